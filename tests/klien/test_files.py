"""One client's file: who sees what, that every look leaves a trace, and the reasoned opening."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.jejak.models import Akses, Riwayat
from apps.klien.models import OPENING_MINUTES, Perkara
from tests import factories as make

pytestmark = pytest.mark.django_db
REASON = "Pemeriksaan pengaduan keluarga klien"
PROSE = "Bercerita tentang bengkel"


def url(name, klien):
    return reverse(f"klien:{name}", args=[klien.pk])


@pytest.fixture
def spoken(klien):
    """A contact with prose."""
    return make.CatatanFactory(klien=klien, catatan=PROSE)


def test_the_page_shows_the_client_and_leaves_a_trace(login, pk, klien, spoken, database_role):
    make.MasaFactory(klien=klien)
    make.KebutuhanFactory(klien=klien)
    text = login(pk).get(url("detail", klien)).text
    for words in ("Budi Santoso", klien.kode, "Terlewat 3 hari", "Pembebasan bersyarat", "<b>1</b> terbuka", PROSE):
        assert words in text
    trace = Akses.objects.get()
    assert (trace.verba, trace.objek, trace.objek_id, trace.pengguna) == ("lihat", "klien", klien.pk, pk)


@pytest.mark.parametrize(("peran", "reads"), [("kabapas", True), ("operator", False), ("pk", False)])
def test_prose_is_for_the_own_pk_and_the_head(login, officer, klien, spoken, peran, reads, database_role):
    for page in (url("detail", klien), url("timeline", klien), reverse("klien:guidance", args=[spoken.pk])):
        text = login(officer(peran)).get(page).text
        assert "Hadir" in text
        assert (PROSE in text) is reads


def test_a_colleague_reads_what_was_written_by_the_colleague(login, officer, klien):
    deputy = officer("pk")
    make.CatatanFactory(klien=klien, pk_pencatat=deputy, catatan=PROSE)
    assert PROSE in login(deputy).get(url("timeline", klien)).text


def test_a_corrected_contact_is_struck_and_says_by_whom_and_why(login, pk, klien, spoken):
    make.CatatanFactory(klien=klien, koreksi_dari=spoken, alasan_koreksi="salah tanggal", catatan="Yang benar")
    text = login(pk).get(url("timeline", klien)).text
    assert f"<del>{PROSE}</del>" in text
    assert "Diperbaiki oleh Ratna Dewi karena: salah tanggal" in text
    assert "Yang benar" in text


def test_a_withdrawn_contact_stays_readable_and_its_withdrawal_is_no_contact(login, pk, klien, spoken):
    make.CatatanFactory(klien=klien, koreksi_dari=spoken, alasan_koreksi="salah klien", dibatalkan=True)
    response = login(pk).get(url("timeline", klien), {"jenis": "bimbingan"})
    assert "Dibatalkan oleh Ratna Dewi karena: salah klien" in response.text
    assert len(response.context["hal"]) == 1


def test_a_contact_that_arrived_late_shows_both_times(login, pk, klien):
    now = timezone.now()
    make.CatatanFactory(klien=klien, dibuat_pada=now - dt.timedelta(hours=30), diterima_pada=now)
    assert "Ditulis di HP" in login(pk).get(url("timeline", klien)).text


def test_the_timeline_separates_the_reason_of_an_absence_from_what_follows(login, pk, klien):
    make.CatatanFactory(klien=klien, hadir=False, alasan="sakit", tindak_lanjut="Surat panggilan pertama")
    assert "Alasan: sakit. Tindak lanjut: Surat panggilan pertama" in login(pk).get(url("timeline", klien)).text


def test_the_timeline_tells_everything_newest_first_and_filters(login, pk, klien, today):
    make.MasaFactory(klien=klien, mulai=today - dt.timedelta(days=40))
    make.CatatanFactory(klien=klien, tanggal=today - dt.timedelta(days=2))
    make.CatatanFactory(klien=klien, tanggal=today - dt.timedelta(days=200))
    make.KebutuhanFactory(klien=klien)
    Riwayat.objects.create(bapas=klien.bapas, objek="klien", objek_id=klien.pk, dari="aktif", ke="selesai", oleh=pk)

    def kinds(**query):
        return [event.jenis for event in login(pk).get(url("timeline", klien), query).context["hal"]]

    assert sorted(kinds()[:2]) == ["Kebutuhan", "Status"]
    assert kinds()[2:] == ["Bimbingan", "Masa bimbingan", "Bimbingan", "Status"]
    assert kinds(jenis="bimbingan") == ["Bimbingan", "Bimbingan"]
    assert kinds(jenis="bimbingan", rentang="3") == ["Bimbingan"]


def test_the_timeline_is_searched_by_person_and_by_words_one_may_read(login, pk, officer, klien, database_role):
    make.CatatanFactory(klien=klien, catatan="Bengkel buka pagi")
    make.CatatanFactory(klien=klien, catatan="Sehat", pk_pencatat=officer("pk", nama="Dewi Anggraini"))

    def found(user, **query):
        return [event.oleh for event in login(user).get(url("timeline", klien), query).context["hal"]]

    assert found(pk, kata="bengkel") == ["Ratna Dewi"]
    assert found(pk, oleh="anggra") == ["Dewi Anggraini"]
    assert found(officer("operator"), kata="bengkel") == []


def test_a_long_history_comes_in_pages_and_whole_for_printing(login, pk, klien):
    for _ in range(60):
        make.CatatanFactory(klien=klien)
    browser = login(pk)
    assert len(browser.get(url("timeline", klien)).context["hal"]) == 50
    assert len(browser.get(url("timeline", klien), {"page": 2}).context["hal"]) == 11
    assert len(browser.get(url("timeline", klien), {"cetak": 1}).context["hal"]) == 61
    assert Akses.objects.get(verba="unduh").rincian == "linimasa untuk dicetak"


def test_three_absences_warn_and_leave_the_decision_to_people(login, pk, ours):
    klien = make.KlienFactory(bapas=ours, pk_pembimbing=pk, jadwal__absen_beruntun=3)
    text = login(pk).get(url("detail", klien)).text
    assert "3 kali tidak hadir berturut-turut" in text
    assert "keputusan tetap diambil petugas" in text


def test_address_and_telephone_stay_in_the_office(login, officer, ours, pk):
    klien = make.KlienFactory(bapas=ours, pk_pembimbing=pk, alamat="Jalan Melati 7", telepon="0812 3456 7890")
    assert "Jalan Melati 7" in login(pk).get(url("detail", klien)).text
    text = opened_by(login, officer("kanwil"), klien).text
    assert "Jalan Melati 7" not in text
    assert "0812" not in text


def test_reading_one_contact_is_an_opening_of_the_clients_file(login, pk, klien, spoken):
    login(pk).get(reverse("klien:guidance", args=[spoken.pk]))
    trace = Akses.objects.get()
    assert (trace.objek, trace.objek_id, trace.rincian) == ("klien", klien.pk, f"bimbingan {spoken.pk}")


def test_the_case_is_on_its_own_page_and_traced_as_such(login, pk, klien):
    Perkara.objects.create(bapas=klien.bapas, klien=klien, pasal="Pasal 999")
    for page in ("detail", "timeline", "client_needs"):
        assert "Pasal 999" not in login(pk).get(url(page, klien)).text
    assert "Pasal 999" in login(pk).get(url("case", klien)).text
    assert Akses.objects.filter(objek="perkara", objek_id=klien.pk).count() == 1


# --- the reasoned opening -------------------------------------------------------------------------


def opened_by(login, user, klien):
    answer = login(user).post(reverse("klien:open"), {"kode": klien.kode, "alasan": REASON})
    assert answer.url == url("detail", klien)
    return login(user).get(answer.url)


def test_headquarters_type_a_reason_and_read_for_half_an_hour(login, officer, klien, spoken, database_role):
    staff = officer("kanwil")
    asked = login(staff).get(url("detail", klien))
    assert asked.url == f"{reverse('klien:open')}?klien={klien.pk}"
    assert klien.kode in login(staff).get(asked.url).text
    page = opened_by(login, staff, klien)
    assert "Budi Santoso" in page.text
    assert PROSE not in page.text
    assert Akses.objects.get(verba="buka-alasan").rincian == REASON
    assert login(staff).get(url("case", klien)).status_code == 403


def test_an_opening_ends_by_itself_and_is_nobody_elses(login, officer, klien):
    staff, colleague = officer("kanwil"), officer("kanwil")
    facts = {"bapas": klien.bapas, "objek": "klien", "objek_id": klien.pk, "verba": "buka-alasan"}
    past = timezone.now() - dt.timedelta(minutes=OPENING_MINUTES, seconds=1)
    Akses.objects.create(**facts, pengguna=staff, penugasan=staff.penugasan_aktif, pada=past)
    assert login(staff).get(url("detail", klien)).status_code == 302
    Akses.objects.create(**facts, pengguna=staff, penugasan=staff.penugasan_aktif)
    assert login(staff).get(url("detail", klien)).status_code == 200
    assert login(colleague).get(url("detail", klien)).status_code == 302


def test_one_opening_opens_one_file(login, officer, klien, ours):
    other = make.KlienFactory(bapas=ours)
    staff = officer("kanwil")
    opened_by(login, staff, klien)
    assert login(staff).get(url("timeline", other)).status_code == 404
    assert login(staff).get(reverse("klien:guidance", args=[make.CatatanFactory(klien=other).pk])).status_code == 404


@pytest.mark.parametrize(("reason", "sentence"), [("singkat", "paling sedikit 15 huruf"), ("", "Isi alasan membuka")])
def test_a_reason_is_asked_for_in_earnest(login, officer, klien, reason, sentence):
    answer = login(officer("ditjenpas")).post(reverse("klien:open"), {"kode": klien.kode, "alasan": reason})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert not Akses.objects.exists()


def test_a_file_of_another_region_does_not_exist(login, officer, theirs, database_role):
    foreign = make.KlienFactory(bapas=theirs)
    staff = officer("kanwil")
    assert login(staff).get(url("detail", foreign)).status_code == 404
    answer = login(staff).post(reverse("klien:open"), {"kode": foreign.kode, "alasan": REASON})
    assert (answer.status_code, "tidak ada di wilayah Anda" in answer.text) == (422, True)
    assert foreign.kode not in login(staff).get(reverse("klien:open"), {"klien": foreign.pk}).text


# --- who opened it --------------------------------------------------------------------------------


@pytest.mark.parametrize("peran", ["pk", "kabapas", "auditor"])
def test_the_trail_names_everybody_who_looked_and_not_the_client(login, officer, klien, peran, database_role):
    opened_by(login, officer("kanwil", nama="Staf Wilayah"), klien)
    text = login(officer(peran)).get(url("trail", klien)).text
    assert "Staf Wilayah" in text
    assert REASON in text
    assert klien.nama not in text


def test_own_openings_of_a_day_are_one_row_and_those_of_others_stand_out(login, officer, pk, klien, database_role):
    for reader in (pk, pk, pk, officer("kabapas", nama="Kepala Baru")):
        login(reader).get(url("detail", klien))
    page = login(pk).get(url("trail", klien))
    assert [row.pengguna.nama for row in page.context["hal"]] == ["Kepala Baru", pk.nama]
    assert "(3 kali hari itu)" in page.text


def test_the_page_after_registration_names_the_next_steps(login, pk, klien, database_role):
    text = login(pk).get(f"{url('detail', klien)}?baru").text
    for name in ("asesmen:begin", "wajib_lapor:client", "berkas:upload", "berkas:contract"):
        assert f'href="{reverse(name, args=[klien.pk])}"' in text.split("Berkas klien</h1>")[0]
