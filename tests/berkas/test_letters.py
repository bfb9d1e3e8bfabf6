"""The two papers that the portal prints: contract and card of guidance."""

import datetime as dt
import io

import pikepdf
import pytest
from django.urls import reverse

from apps.jejak.models import Akses
from tests import factories as make
from tests.papers import words

pytestmark = pytest.mark.django_db


def read(login, user, name, klien) -> str:
    answer = login(user).get(reverse(f"berkas:{name}", args=[klien.pk]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    with pikepdf.open(io.BytesIO(answer.content)) as document:
        assert document.Root.MarkInfo.Marked
    return words(answer.content)


def test_the_contract_names_both_sides_and_leaves_room_to_sign(login, pk, klien, database_role):
    make.MasaFactory(klien=klien)
    make.PenjaminFactory(klien=klien)
    text = read(login, pk, "contract", klien)
    for part in ("Budi Santoso", klien.kode, "Ratna Dewi", "Sri Wahyuni", "Pembebasan bersyarat", "setiap 30 hari"):
        assert part in text
    assert f"dicetak oleh {pk.nama}" in text
    assert "ditandatangani secara elektronik" not in text.lower()
    assert Akses.objects.get(verba="unduh").rincian == "kontrak bimbingan"


def test_the_card_lists_contacts_without_prose_and_has_room_for_more(login, pk, klien):
    make.CatatanFactory(klien=klien, tanggal=dt.date(2026, 11, 3), catatan="Bercerita tentang bengkel")
    make.CatatanFactory(klien=klien, tanggal=dt.date(2026, 11, 5), hadir=False, alasan="sakit")
    text = read(login, pk, "card", klien)
    assert "1 03-11-2026" in text
    assert "Tidak hadir" in text
    assert "bengkel" not in text
    assert "13" in text


def test_a_card_of_ten_contacts_is_one_page(login, pk, klien):
    """Seen: the last empty rows alone on a second page. Visits at home and absences wrap inside their cells."""
    make.MasaFactory(klien=klien)
    for number in range(10):
        absent = number % 3 == 0
        make.CatatanFactory(
            klien=klien, tanggal=dt.date(2026, 1 + number, 3), cara="kunjungan", hadir=not absent,
            alasan="sakit" if absent else "",
        )  # fmt: skip
    answer = login(pk).get(reverse("berkas:card", args=[klien.pk]))
    with pikepdf.open(io.BytesIO(answer.content)) as document:
        assert len(document.pages) == 1
    assert "Bawa kartu ini" in words(answer.content)


def test_a_child_stands_on_paper_by_code(login, pk, ours):
    facts = {"lahir": "2012-05-01", "kategori_usia": "anak", "jenis_register": "bimbingan-anak"}
    child = make.KlienFactory(bapas=ours, pk_pembimbing=pk, nama="Nama Anak Rahasia", **facts)
    make.PenjaminFactory(klien=child, nama="Ibu Rahasia")
    for name in ("contract", "card"):
        text = read(login, pk, name, child)
        assert child.kode in text
        assert "Rahasia" not in text
