"""How much each office gets: sums are exact, sizes stay within what is known of real offices."""

from hypothesis import given
from hypothesis import strategies as st

from contoh import offices


@given(total=st.integers(0, 10**7), weights=st.lists(st.floats(0.1, 100), min_size=1, max_size=120))
def test_shares_add_up_and_none_is_negative(total, weights):
    parts = offices.shares(total, weights)
    assert sum(parts) == total
    assert len(parts) == len(weights)
    assert min(parts) >= 0


def test_the_national_size_is_the_one_that_was_asked_for():
    amounts = offices.national(89)
    assert sum(amount.active for amount in amounts) == offices.NATIONAL_ACTIVE
    assert sum(amount.clients for amount in amounts) == offices.NATIONAL_CLIENTS
    assert sum(amount.groups for amount in amounts) == offices.NATIONAL_GROUPS
    assert sum(amount.activities for amount in amounts) == offices.NATIONAL_ACTIVITIES
    assert all(250 <= amount.active <= 3_100 for amount in amounts)


def test_the_same_seed_draws_the_same_numbers():
    assert offices.draw("a").random() == offices.draw("a").random() != offices.draw("b").random()
