"""Case, periods of guidance and guarantors of a file, and what happens when two people change the same thing."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from apps.jejak.models import Perubahan, Riwayat
from apps.klien.models import MasaBimbingan, Penjamin, Perkara
from tests import factories as make

pytestmark = pytest.mark.django_db


def url(name, klien, *more):
    return reverse(f"klien:{name}", args=[klien.pk, *more])


def opened(browser, address) -> dict:
    """What a person who opens the form now sends back unchanged."""
    form = browser.get(address).context["form"]
    return {bound.name: bound.value() for bound in form if bound.value() is not None}


@pytest.fixture
def vouch(klien, pk):
    def make_one(**facts):
        facts = {"nama": "Sri Wahyuni", "hubungan": "pasangan", "mulai": dt.date(2026, 1, 5), **facts}
        return Penjamin.objects.create(bapas=klien.bapas, klien=klien, dicatat_oleh=pk, **facts)

    return make_one


# --- case -----------------------------------------------------------------------------------------


def test_the_case_can_be_written_later_and_corrected(login, pk, klien, database_role):
    address = url("case_edit", klien)
    for pasal in ("Pasal 1", "Pasal 2"):
        form = opened(login(pk), address)
        assert login(pk).post(address, {**form, "pasal": pasal}).url == url("case", klien)
    assert Perkara.objects.get(klien=klien).pasal == "Pasal 2"


def test_the_head_reads_the_case_and_does_not_write_it(login, officer, klien):
    head = officer("kabapas")
    assert login(head).get(url("case", klien)).status_code == 200
    assert login(head).get(url("case_edit", klien)).status_code == 403


def test_two_cases_written_at_once_meet_on_the_page_that_compares(login, pk, officer, klien, database_role):
    address, colleague = url("case_edit", klien), officer("operator", nama="Siti R.")
    mine, theirs = opened(login(pk), address), opened(login(colleague), address)
    login(colleague).post(address, {**theirs, "pasal": "Pasal 5", "upt_asal": "Lapas Contoh"})
    answer = login(pk).post(address, {**mine, "pasal": "Pasal 6", "pengadilan": "PN Contoh"})
    assert answer.status_code == 409
    assert Perkara.objects.get(klien=klien).pasal == "Pasal 5"
    for name, value in (("pasal", "Pasal 5"), ("pasal", "Pasal 6"), ("upt_asal", "Lapas Contoh"), ("upt_asal", "")):
        assert f'type="radio" name="{name}" value="{value}"' in answer.text
    chosen = {
        "versi": answer.context["versi"],
        "pasal": "Pasal 5",
        "upt_asal": "",
        "pengadilan": "PN Contoh",
        "golongan": "umum",
    }
    assert login(pk).post(address, chosen).status_code == 302
    case = Perkara.objects.get(klien=klien)
    assert (case.pasal, case.upt_asal, case.pengadilan) == ("Pasal 5", "", "PN Contoh")


def test_each_value_says_who_stored_it_and_when(login, pk, officer, klien, database_role):
    Perkara.objects.create(bapas=klien.bapas, klien=klien, pasal="Pasal 1")
    address = url("case_edit", klien)
    stale = opened(login(pk), address)
    for name, colleague in (("pasal", officer("operator", nama="Siti R.")), ("pidana", officer("pk", nama="Dewi A."))):
        login(colleague).post(address, {**opened(login(colleague), address), name: "baru"})
    answer = login(pk).post(address, {**stale, "upt_asal": "Rutan"})
    who = {row["nama"]: row["oleh"].nama for row in answer.context["beda"]}
    assert who["pasal"] == "Siti R."
    assert who["pidana"] == "Dewi A."
    assert "Dewi A. mengubah data ini pukul" in answer.text


# --- guarantors -----------------------------------------------------------------------------------


def test_a_new_guarantor_takes_over_and_the_last_one_stays_readable(login, pk, klien, vouch, database_role):
    first = vouch()
    form = {"nama": "Agus Salim", "hubungan": "saudara", "mulai": "2026-06-01", "alamat": "Jalan Mawar 3"}
    assert login(pk).post(url("guarantor_add", klien), form).url == url("registry", klien)
    first.refresh_from_db()
    assert (first.selesai, first.alasan) == (dt.date(2026, 6, 1), "Diganti penjamin baru")
    text = login(pk).get(url("registry", klien)).text
    for words in ("Sri Wahyuni", "Agus Salim", "Jalan Mawar 3", "Diganti penjamin baru"):
        assert words in text
    assert "Penjamin: Agus Salim" in login(pk).get(url("detail", klien)).text


def test_a_guarantor_named_twice_by_a_second_tap_stands_once(login, pk, klien, database_role):
    form = {"nama": "Agus Salim", "hubungan": "saudara", "mulai": "2026-06-01", "alamat": "Jalan Mawar 3"}
    for _ in range(2):
        assert login(pk).post(url("guarantor_add", klien), form).url == url("registry", klien)
    assert Penjamin.objects.get().selesai is None


def test_a_change_sent_twice_is_no_conflict(login, pk, klien):
    address = url("edit", klien)
    form = {**opened(login(pk), address), "kegiatan_utama": "bekerja", "pekerjaan": "Montir"}
    first, second = (login(pk).post(address, form) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url


def test_postgresql_holds_one_guarantor_who_vouches(vouch):
    vouch()
    with pytest.raises(IntegrityError), transaction.atomic():
        vouch(nama="Agus Salim")


def test_address_and_telephone_of_a_guarantor_are_unreadable_also_in_the_history(login, pk, klien, vouch):
    stored = vouch(alamat="Jalan Mawar 3", telepon="0812 3456 7890")
    address = url("guarantor_edit", klien, stored.pk)
    login(pk).post(address, {**opened(login(pk), address), "telepon": "0813 0000 0000"})
    stored = Penjamin.objects.get()
    assert (stored.alamat, stored.telepon) == ("Jalan Mawar 3", "0813 0000 0000")
    assert "Mawar" not in str(Perubahan.objects.filter(tabel="klien_penjamin").values_list("lama", "baru"))


def test_two_changes_of_a_guarantor_meet_on_the_page_that_compares(login, pk, officer, klien, vouch, database_role):
    address = url("guarantor_edit", klien, vouch().pk)
    mine, colleague = opened(login(pk), address), officer("operator")
    login(colleague).post(address, {**opened(login(colleague), address), "nama": "Sri W."})
    answer = login(pk).post(address, {**mine, "nama": "Sri Wahyuningsih", "telepon": "0812 3456 7890"})
    assert answer.status_code == 409
    assert Penjamin.objects.get().nama == "Sri W."
    assert "0812 3456 7890" in answer.text


def test_a_guarantor_who_stops_leaves_a_reason(login, pk, klien, vouch, database_role):
    address = url("guarantor_end", klien, vouch().pk)
    assert login(pk).post(address, {"selesai": "2026-02-01", "alasan": ""}).status_code == 422
    assert login(pk).post(address, {"selesai": "2025-02-01", "alasan": "Pindah kota"}).status_code == 409
    assert login(pk).post(address, {"selesai": "2026-02-01", "alasan": "Pindah kota"}).status_code == 302
    assert Penjamin.objects.get().alasan == "Pindah kota"
    assert login(pk).post(address, {"selesai": "2026-02-01", "alasan": "Pindah kota"}).status_code == 409


# --- periods --------------------------------------------------------------------------------------


def period(**facts):
    return {
        "jenis_program": make.JenisProgramFactory().pk, "sk_nomor": "SK-9", "sk_tanggal": "2026-01-02",
        "mulai": "2027-05-04", "selesai": "2027-12-31", **facts,
    }  # fmt: skip


def test_a_further_period_may_not_overlap(login, pk, klien, database_role):
    make.MasaFactory(klien=klien)
    address = url("period_add", klien)
    answer = login(pk).post(address, period(mulai="2027-05-03"))
    assert answer.status_code == 409
    assert "bertumpang tindih" in answer.text
    assert 'value="SK-9"' in answer.text
    assert login(pk).post(address, period()).url == url("registry", klien)
    assert MasaBimbingan.objects.filter(klien=klien).count() == 2


def test_a_period_is_corrected_with_a_reason_that_the_timeline_tells(login, pk, klien, database_role):
    address = url("period_correct", klien, make.MasaFactory(klien=klien).pk)
    form = opened(login(pk), address)
    assert login(pk).post(address, {**form, "selesai": "2027-06-03"}).status_code == 422
    answer = login(pk).post(address, {**form, "selesai": "2027-06-03", "alasan": "Remisi susulan"})
    assert answer.status_code == 302
    assert MasaBimbingan.objects.get().selesai == dt.date(2027, 6, 3)
    assert Riwayat.objects.get(objek="masa").catatan == "Remisi susulan"
    assert "Remisi susulan" in login(pk).get(url("timeline", klien), {"rentang": "semua"}).text
    stale = login(pk).post(address, {**form, "selesai": "2027-07-03", "alasan": "Salah ketik"})
    assert stale.status_code == 409
    assert MasaBimbingan.objects.get().selesai == dt.date(2027, 6, 3)


def test_the_reason_typed_in_a_conflict_travels_along(login, pk, klien):
    address = url("period_correct", klien, make.MasaFactory(klien=klien).pk)
    form = opened(login(pk), address)
    login(pk).post(address, {**form, "sk_nomor": "SK-A", "alasan": "Salah ketik"})
    answer = login(pk).post(address, {**form, "sk_nomor": "SK-B", "alasan": "Nomor keliru"})
    assert 'name="alasan" value="Nomor keliru"' in answer.text


def test_a_programme_for_children_is_refused_for_an_adult(login, pk, klien):
    child = make.JenisProgramFactory(kode="DV", nama="Diversi", untuk="anak")
    answer = login(pk).post(url("period_add", klien), period(jenis_program=child.pk))
    assert answer.context["form"].errors["jenis_program"] == ["Program ini tidak berlaku untuk klien dewasa."]


def test_the_head_reads_the_register_and_changes_nothing(login, officer, klien, vouch):
    stored, head = vouch(), officer("kabapas")
    text = login(head).get(url("registry", klien)).text
    assert "Sri Wahyuni" in text
    assert "Ubah" not in text
    assert login(head).get(url("guarantor_edit", klien, stored.pk)).status_code == 403
