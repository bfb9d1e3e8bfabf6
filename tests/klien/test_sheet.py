"""The list of clients like a sheet: order, village, paper."""

import pytest
from django.urls import reverse

from tests import factories as make

pytestmark = pytest.mark.django_db
LIST = reverse("klien:list")


@pytest.fixture
def listed(login, pk, ours):
    """listed(urut="nama") → names; the clients are of two villages and one has ended twice over."""
    for name, village in (("ilham", "Mekar Sari"), ("Ízzat", "Besusu"), ("Ahmad", "Mekarsari"), ("I’in", "")):
        make.KlienFactory(bapas=ours, pk_pembimbing=pk, nama=name, kelurahan=village)
    return lambda **query: [klien.nama for klien in login(pk).get(LIST, query).context["tabel"].shown]


def test_names_stand_in_folded_order_both_ways(listed, database_role):
    assert listed(urut="nama") == ["Ahmad", "I’in", "ilham", "Ízzat"]
    assert listed(urut="-nama") == ["Ízzat", "ilham", "I’in", "Ahmad"]


def test_a_village_is_a_filter_and_an_order(listed, database_role):
    assert sorted(listed(desa="mekar")) == ["Ahmad", "ilham"]
    assert listed(urut="desakelurahan")[-3:] == ["Ízzat", "ilham", "Ahmad"]


def test_pages_of_ended_clients_follow_the_names_and_lose_nobody(login, pk, ours, database_role):
    for number in range(30):
        make.KlienFactory(bapas=ours, pk_pembimbing=pk, nama=f"Nama {number % 15:02}", status="selesai")
    first = login(pk).get(LIST, {"tab": "selesai", "urut": "nama"}).context["tabel"].hal
    rest = login(pk).get(f"{LIST}?{first.older}").context["tabel"].hal
    names = [klien.nama for klien in (*first, *rest)]
    assert (len(names), names, len({klien.pk for klien in (*first, *rest)})) == (30, sorted(names), 30)
    assert "Nama" not in first.older


def test_the_whole_list_goes_on_paper_with_count_and_filter(login, pk, ours, database_role):
    for _ in range(30):
        make.KlienFactory(bapas=ours, pk_pembimbing=pk, kelurahan="Besusu")
    page = login(pk).get(LIST, {"cetak": "1", "desa": "besusu"})
    assert len(list(page.context["tabel"].shown)) == 30
    assert "<b>30 klien</b> · Desa/kelurahan: besusu" in page.text
