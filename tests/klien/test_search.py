"""A search that forgives: the same clients for every way of writing, wherever a person is chosen."""

import pytest
from django.urls import reverse

from apps.dasar.folding import fold
from apps.klien.models import Klien
from tests import factories as make

pytestmark = pytest.mark.django_db

WRITTEN = [
    "Ma’ruf Siregar", "O`Brien ʼAbd", "H. Moh. Rizal-Uji", "José  Ñandú", "KL-2026-02427", "1/11/2026 (B)", "ÅNGSTRÖM",
    "ﬁtri", "李明", "Ωμέγα", "a_b%c\\d~e", "",
]  # fmt: skip


@pytest.fixture
def maruf(ours, pk):
    """A client with everything that a search reads; beside somebody else."""
    make.KlienFactory(bapas=ours, pk_pembimbing=pk, nama="Dwi Bambang")
    return make.KlienFactory(
        bapas=ours, pk_pembimbing=pk, nama="Ma’ruf Haris Pontoh", alias="Bang Jagoan", panggilan="Uup",
        kode="KL-2026-02427", nomor_register="BUG-018", kelurahan="Mekar Sari", telepon="0812 3456-7890",
    )  # fmt: skip


TERMS = [
    "2427", "02427", "2026-02427", "KL2026-02427", "kl-2026-02427", "pontoh haris", "ma'ruf", "MARUF", "ma`ruf pon",
    "jagoan", "bang jagoan", "uup", "bug-018", "bug018", "mekar", "haris mekar", "081234567890", "+62 812-3456-7890",
]  # fmt: skip


@pytest.mark.parametrize("term", TERMS)
def test_every_way_of_writing_finds_the_client(login, pk, maruf, term, database_role):
    listed = login(pk).get(reverse("klien:list"), {"q": term})
    assert [klien.pk for klien in listed.context["tabel"].hal] == [maruf.pk]


def test_the_same_search_chooses_for_guidance_and_a_group(login, pk, maruf, database_role):
    one = login(pk).get(reverse("klien:guidance_new"), {"kode": "pontoh ma'ruf"})
    assert one.url == reverse("klien:guidance_new", query={"klien": maruf.pk})
    group = login(pk).get(reverse("klien:guidance_group"), {"q": "0812 3456 7890"})
    assert [klien.pk for klien in group.context["lain"]] == [maruf.pk]


def test_several_clients_are_offered_for_guidance_and_none_is_said(login, pk, maruf, ours, theirs, database_role):
    make.KlienFactory(bapas=ours, pk_pembimbing=pk, nama="Haris Lain")
    make.KlienFactory(bapas=ours, nama="Haris Rekan")
    make.KlienFactory(bapas=theirs, nama="Haris Jauh")
    page = login(pk).get(reverse("klien:guidance_new"), {"kode": "haris"})
    assert [klien.nama for klien in page.context["temuan"]] == ["Haris Lain", "Ma’ruf Haris Pontoh", "Haris Rekan"]
    nobody = login(pk).get(reverse("klien:guidance_new"), {"kode": "zzz"})
    assert (nobody.status_code, "Tidak ada klien yang cocok" in nobody.text) == (422, True)


def test_a_changed_telephone_is_found_at_once(login, pk, maruf):
    maruf.telepon = "0899 0000 1111"
    maruf.save()
    search = lambda term: list(login(pk).get(reverse("klien:list"), {"q": term}).context["tabel"].hal)  # noqa: E731
    assert (search("0899-0000-1111"), search("0812 3456 7890")) == ([maruf], [])


def test_python_and_postgresql_fold_alike():
    made = [make.KlienFactory(nama=words, alias=words) for words in WRITTEN]
    stored = dict(Klien.objects.values_list("pk", "nama_urut"))
    assert [stored[klien.pk] for klien in made] == [fold(words) for words in WRITTEN]
