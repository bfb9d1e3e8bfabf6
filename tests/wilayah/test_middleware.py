"""One request = one transaction: what a page wrote before it refused is not kept."""

import pytest

from apps.akun.models import Pengguna

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("peran", [None, "pk", "koordinator_pokmas", "kanwil"])
def test_a_refusal_that_no_page_speaks_of_is_a_409_and_leaves_nothing_behind(client, login, officer, settings, peran):
    if peran:
        login(officer(peran))
    settings.ROOT_URLCONF = "tests.umum.failing"
    response = client.get("/ditolak/")
    assert response.status_code == 409
    assert "Sengaja ditolak." in response.text
    assert not Pengguna.objects.filter(email="tidak-jadi@contoh.id").exists()
