"""Pages of an assessment ask the database as often for much as for little."""

import pytest
from django.urls import reverse

from tests import factories as make
from tests.asesmen.factories import AsesmenFactory, ButirFactory
from tests.klien.test_budgets import questions

pytestmark = pytest.mark.django_db
PAGES = ("list", "detail", "check", "domain")


def grow(klien, draft, times):
    """Finished assessments, and needs on every page of the draft."""
    for _ in range(times):
        AsesmenFactory(klien=klien, selesai=True)
        for isian in draft.isian.all():
            category = make.KategoriFactory(kode=f"B-{isian.kebutuhan.count()}{isian.domain}"[:8], domain=isian.domain)
            ButirFactory(isian=isian, kategori=category)


@pytest.mark.parametrize("name", PAGES)
def test_flat_and_small(login, pk, klien, address, name, budget):
    source = AsesmenFactory(klien=klien, selesai=True)
    draft = AsesmenFactory(klien=klien, salin_dari=source)
    more = () if name == "list" else (draft, "kerja") if name == "domain" else (draft,)
    url, browser = address(name, *more), login(pk)
    grow(klien, draft, 1)
    few = questions(lambda: browser.get(url))
    grow(klien, draft, 4)
    many = questions(lambda: browser.get(url))
    assert len(many) == len(few), "\n".join(many)
    assert len(many) <= budget(f"asesmen:{name}"), "\n".join(many)


def test_a_page_that_saves_itself_is_cheap(login, pk, klien, address, budget):
    draft, browser = AsesmenFactory(klien=klien), login(pk)
    url = address("domain", draft, "kerja")

    def save():
        answer = browser.post(url, {"kekuatan": "Rajin", "versi": "0"}, headers={"X-Simpan-Otomatis": "1"})
        answer.status_code = 200 if answer.status_code == 204 else 500
        return answer

    asked = questions(save)
    assert len(asked) <= budget("asesmen:domain POST"), "\n".join(asked)


def test_the_unmet_needs_of_a_region_are_few_questions(login, pk, klien, budget):
    browser = login(pk)
    for _ in range(3):
        make.KebutuhanFactory(klien=klien)
    asked = questions(lambda: browser.get(reverse("klien:needs")))
    assert len(asked) <= budget("klien:needs"), "\n".join(asked)
