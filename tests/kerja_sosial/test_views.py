"""Through the pages, under both database roles: recording, confirming, what a partner reads, what leaves the office."""

import datetime as dt
import io
import uuid
from decimal import Decimal

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from apps.dasbor.beranda import groups
from apps.jejak.models import Akses, Riwayat
from apps.kerja_sosial import figures, pins
from apps.kerja_sosial.models import JamKerja, KerjaSosial, PengesahanJam, TempatKerjaSosial
from tests import factories as make
from tests.clock import office_today
from tests.kerja_sosial import factories as own

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("database_role")]
PIN = "482916"


@pytest.fixture
def pk(officer):
    own.limits(), own.limits("anak")
    return officer("pk")


@pytest.fixture
def place(ours, officer):
    return own.TempatFactory(bapas=ours, mitra=officer("mitra").penugasan.mitra, nama="Dinas Contoh")


@pytest.fixture
def ks(ours, pk, place):
    klien = make.KlienFactory(
        bapas=ours, nama="Raharja Contoh", pk_pembimbing=pk, izin_panggilan=True, panggilan="Raha"
    )
    return own.KerjaSosialFactory(bapas=ours, klien=klien, tempat=place, panggilan="Raha")


@pytest.fixture
def rahasia(ks):
    """Words of the verdict that nobody at the place may read."""
    ks.putusan.nomor = "RAHASIA-PUTUSAN"
    ks.putusan.save()
    return "RAHASIA-PUTUSAN"


def day(n=1):
    return office_today() - dt.timedelta(days=n)


def typed(**facts):
    start = {"kunci": uuid.uuid4(), "tanggal": day(), "mulai": "08:00", "selesai": "12:00", "istirahat": "0"}
    return start | {"kegiatan": "Menyapu halaman"} | facts


def url(name, *args):
    return reverse(f"kerja_sosial:{name}", args=args)


def verdict(place, **facts):
    today = office_today()
    return {
        "putusan-nomor": "12/Pid.S/2026", "putusan-tanggal": today, "putusan-pengadilan": "PN Uji",
        "putusan-kejaksaan": "Kejari Uji", "putusan-jaksa": "Jaksa Contoh", "putusan-persetujuan": today,
        "total_jam": 60, "jam_per_hari": "3,5", "hari": [1, 3], "tempat": place.pk, "mulai": today,
        "batas": today + dt.timedelta(days=100), **facts,
    }  # fmt: skip


class TestVerdict:
    def test_a_pk_records_a_verdict(self, login, pk, place, ours):
        klien = make.KlienFactory(bapas=ours, pk_pembimbing=pk)
        answer = login(pk).post(url("create", klien.pk), verdict(place))
        assert answer.status_code == 302
        ks = KerjaSosial.objects.get()
        assert (ks.jam_per_hari, ks.hari, ks.mitra, ks.putusan.nomor) == (
            Decimal("3.5"), [1, 3], place.mitra, "12/Pid.S/2026",
        )  # fmt: skip

    def test_the_law_answers_409_and_keeps_what_was_typed(self, login, pk, place, ours):
        klien = make.KlienFactory(bapas=ours, pk_pembimbing=pk)
        answer = login(pk).post(url("create", klien.pk), verdict(place, total_jam=241))
        assert answer.status_code == 409
        assert "Jumlah jam harus 8–240 jam" in answer.text
        assert "12/Pid.S/2026" in answer.text

    def test_both_forms_name_their_mistakes_at_once(self, login, pk, place, ours):
        klien = make.KlienFactory(bapas=ours, pk_pembimbing=pk)
        data = verdict(place, jam_per_hari="3,3") | {"putusan-nomor": "", "hari": []}
        answer = login(pk).post(url("create", klien.pk), data)
        assert answer.status_code == 422
        for sentence in ("Isi nomor putusan.", "Isi kelipatan setengah jam", "Pilih paling sedikit satu hari."):
            assert sentence in answer.text

    def test_a_child_is_offered_only_places_that_take_children(self, login, pk, ours):
        own.TempatFactory(bapas=ours, nama="Bengkel Dewasa", untuk="dewasa", pendidikan=False)
        own.TempatFactory(bapas=ours, nama="Taman Baca", untuk="anak")
        answer = login(pk).get(url("create", own.child(bapas=ours).pk))
        assert "Taman Baca" in answer.text
        assert "Bengkel Dewasa" not in answer.text
        assert "ancaman_tahun" not in answer.text

    def test_a_change_somebody_overtook_is_a_conflict(self, login, pk, ks):
        data = verdict(ks.tempat, mulai=ks.mulai, batas=ks.batas, versi=1) | {"putusan-tanggal": ks.mulai}
        assert login(pk).post(url("edit", ks.pk), data).status_code == 302
        answer = login(pk).post(url("edit", ks.pk), data | {"total_jam": 90, "hari": [1, 2]})
        assert answer.status_code == 409
        assert "mengubah data ini" in answer.text
        assert {row["nama"] for row in answer.context["beda"]} == {"total_jam", "hari"}
        assert 'type="radio" name="total_jam" value="90"' in answer.text
        assert "Tersimpan sekarang" in answer.text

    def test_the_one_that_runs_comes_first_also_when_it_began_earlier(self, login, pk, ks):
        """A wrong entry was closed and the right one, with an earlier day, written after it."""
        KerjaSosial.objects.filter(pk=ks.pk).update(status="tidak", ditutup=day())
        again = own.KerjaSosialFactory(
            bapas=ks.bapas, klien=ks.klien, tempat=ks.tempat, mulai=ks.mulai - dt.timedelta(days=7)
        )
        page = login(pk).get(url("of_client", ks.klien_id)).text
        assert url("hours", again.pk) in page
        assert "Sebelumnya" in page

    def test_a_child_that_is_grown_in_the_file_keeps_the_verdict_of_a_child(self, login, pk, ours):
        """The day of birth was put right: the file says adult now, the verdict does not change."""
        klien = own.child(bapas=ours, pk_pembimbing=pk)
        ks = own.KerjaSosialFactory(bapas=ours, klien=klien, tempat=own.TempatFactory(bapas=ours, untuk="anak"))
        type(klien).objects.filter(pk=klien.pk).update(kategori_usia="dewasa", jenis_register="bimbingan-dewasa")
        page = login(pk).get(url("edit", ks.pk)).text
        assert ks.tempat.nama in page
        assert "ancaman_tahun" not in page

    def test_a_decision_of_the_court_lies_not_in_the_future(self, login, pk, ks):
        data = {"nomor": "3/Pen", "tanggal": day(-1), "batas": ks.batas + dt.timedelta(days=90)}
        assert login(pk).post(url("extend", ks.pk), data).status_code == 422
        assert login(pk).post(url("extend", ks.pk), data | {"tanggal": day()}).status_code == 302

    def test_a_conflict_shows_what_is_stored_now(self, login, pk, ks):
        data = verdict(ks.tempat, mulai=ks.mulai, batas=ks.batas, versi=7) | {"putusan-tanggal": ks.mulai}
        answer = login(pk).post(url("edit", ks.pk), data)
        assert "Tersimpan sekarang" in answer.text
        assert ks.putusan.nomor in answer.text

    def test_a_client_moves_when_nothing_waits_and_old_hours_stay_where_they_were(self, login, pk, ks, ours):
        entry = own.JamFactory(kerja_sosial=ks)
        other = own.TempatFactory(bapas=ours, nama="Taman Kota")
        data = verdict(other, mulai=ks.mulai, batas=ks.batas, versi=1) | {"putusan-tanggal": ks.mulai}
        answer = login(pk).post(url("edit", ks.pk), data)
        assert answer.status_code == 409
        assert "4 jam masih menunggu pengesahan di Dinas Contoh" in answer.text
        pins.set_pin(ks.tempat, PIN, by=pk)
        login(pk).post(url("confirm", ks.pk), {"pin": PIN})
        assert login(pk).post(url("edit", ks.pk), data).status_code == 302
        login(pk).post(url("correct", entry.pk), typed(selesai="11:00", alasan="Pulang lebih awal"))
        assert JamKerja.objects.get(menggantikan=entry).tempat == ks.tempat
        login(pk).post(url("confirm", ks.pk), {"pin": PIN})
        ks.refresh_from_db()
        assert (ks.tempat, ks.mitra, ks.jam_disahkan) == (other, None, 3)


class TestHours:
    def test_written_and_confirmed_on_one_phone(self, login, pk, ks):
        pins.set_pin(ks.tempat, PIN, by=pk)
        answer = login(pk).post(url("hours", ks.pk), typed(pin=PIN), follow=True)
        assert "4 jam tersimpan dan disahkan." in answer.text
        confirmation = PengesahanJam.objects.get()
        assert (confirmation.cara, confirmation.pengawas, confirmation.oleh) == ("pin", ks.tempat.pengawas, pk)

    def test_a_wrong_pin_saves_nothing_and_is_counted(self, login, pk, ks):
        pins.set_pin(ks.tempat, PIN, by=pk)
        for _ in range(2):
            answer = login(pk).post(url("hours", ks.pk), typed(pin="111222"))
        assert answer.status_code == 422
        assert "Masih boleh mencoba 3 kali" in answer.text
        assert "Menyapu halaman" in answer.text
        assert not JamKerja.objects.exists()
        assert Riwayat.objects.filter(objek="pin-pengawas", ke="salah").count() == 2

    def test_without_pin_the_hours_wait_and_are_confirmed_later(self, login, pk, ks):
        login(pk).post(url("hours", ks.pk), typed())
        pins.set_pin(ks.tempat, PIN, by=pk)
        page = login(pk).get(url("confirm", ks.pk))
        assert "Sahkan 4 jam" in page.text
        login(pk).post(url("confirm", ks.pk), {"pin": PIN})
        ks.refresh_from_db()
        assert ks.jam_disahkan == 4

    def test_the_screen_that_the_supervisor_reads_names_an_adult_and_not_a_child(self, login, pk, ours, ks):
        klien = own.child(bapas=ours, nama="Nama Anak")
        child = own.KerjaSosialFactory(bapas=ours, klien=klien, tempat=ks.tempat)
        for sentence in (ks, child):
            own.JamFactory(kerja_sosial=sentence)
            for name in ("hours", "confirm"):
                text = login(pk).get(url(name, sentence.pk)).text
                assert ("Raharja Contoh" in text) == (sentence is ks)
                assert "Nama Anak" not in text
                assert "tahun<br>" not in text

    def test_a_double_tap_writes_once(self, login, pk, ks):
        form = typed()
        for _ in range(2):
            assert login(pk).post(url("hours", ks.pk), form).status_code == 302
        assert JamKerja.objects.count() == 1

    def test_refusals_keep_what_was_typed(self, login, pk, ks):
        answer = login(pk).post(url("hours", ks.pk), typed(selesai="17:00"))
        assert answer.status_code == 409
        assert "Paling banyak 8 jam dalam satu hari" in answer.text
        assert "Menyapu halaman" in answer.text

    def test_a_correction_leaves_the_old_line_readable(self, login, pk, ks):
        login(pk).post(url("hours", ks.pk), typed())
        entry = JamKerja.objects.get()
        data = typed(selesai="11:00", alasan="Pulang lebih awal")
        assert login(pk).post(url("correct", entry.pk), data).status_code == 302
        page = login(pk).get(url("of_client", ks.klien_id)).text
        assert "Koreksi: Pulang lebih awal" in page
        assert "<s>4 jam</s>" in page

    def test_from_the_first_hour_to_the_end(self, login, pk, ours, place):
        klien = make.KlienFactory(bapas=ours, pk_pembimbing=pk)
        ks = own.KerjaSosialFactory(bapas=ours, klien=klien, tempat=place, total_jam=8)
        assert login(pk).post(url("complete", ks.pk)).status_code == 409
        pins.set_pin(place, PIN, by=pk)
        for n in (1, 2):
            login(pk).post(url("hours", ks.pk), typed(tanggal=day(n), pin=PIN))
        login(pk).post(url("complete", ks.pk))
        ks.refresh_from_db()
        assert (ks.status, ks.ditutup) == ("selesai", office_today())

    def test_not_carried_out_is_recorded_with_a_reason(self, login, pk, ks):
        login(pk).post(url("absence", ks.pk), {"tanggal": day(), "beralasan": "tidak", "uraian": "Tidak ada kabar"})
        login(pk).post(url("give_up", ks.pk), {"alasan": "Tidak dilaksanakan tanpa alasan"})
        ks.refresh_from_db()
        assert ks.status == "tidak"
        page = login(pk).get(url("of_client", ks.klien_id)).text
        assert "Tanpa alasan" in page
        for name in ("hours", "confirm", "edit", "extend", "absence", "complete", "give_up"):
            assert login(pk).get(url(name, ks.pk)).status_code == 409
        assert login(pk).get(url("report", ks.pk)).status_code == 200

    def test_a_mistaken_absence_is_struck_and_the_day_can_be_written_again(self, login, pk, ks):
        form = {"tanggal": day(), "beralasan": "tidak", "uraian": "Salah klien"}
        login(pk).post(url("absence", ks.pk), form)
        strike = url("absence_strike", ks.ketidakhadiran.get().pk)
        assert strike in login(pk).get(url("of_client", ks.klien_id)).text
        assert login(pk).post(strike, {"alasan": ""}).status_code == 422
        assert login(pk).post(strike, {"alasan": "Yang tidak hadir klien lain"}).status_code == 302
        assert login(pk).post(strike, {"alasan": "Sekali lagi"}).status_code == 409
        page = login(pk).get(url("of_client", ks.klien_id)).text
        assert "Dicoret: Yang tidak hadir klien lain" in page
        assert not ks.ketidakhadiran.counted().exists()
        assert "Tidak hadir tanpa alasan" not in login(pk).get(reverse("klien:detail", args=[ks.klien_id])).text
        assert login(pk).post(url("absence", ks.pk), form | {"beralasan": "ya"}).status_code == 302


class TestPartner:
    def test_the_supervisor_sees_names_by_consent_and_never_the_verdict(self, login, officer, ks, rahasia):
        own.JamFactory(kerja_sosial=ks)
        browser = login(officer("mitra"))
        for page in (browser.get(url("my_place")), browser.get(url("hours", ks.pk)), browser.get("/")):
            assert "Raha" in page.text
            for secret in (rahasia, "Raharja Contoh", "Kejari", "Jaksa"):
                assert secret not in page.text

    def test_a_name_whose_consent_is_taken_back_is_gone_at_the_place(self, login, officer, ks):
        ks.klien.izin_panggilan = False
        ks.klien.save()
        page = login(officer("mitra")).get(url("my_place")).text
        assert "Raha" not in page
        assert ks.kode in page
        ks.klien.izin_panggilan, ks.klien.panggilan = True, "Budi"
        ks.klien.save()
        assert "Budi" in login(officer("mitra")).get(url("my_place")).text

    def test_a_child_is_a_code(self, login, officer, ours, place, pk):
        klien = own.child(bapas=ours, nama="Nama Anak", panggilan="Adik", izin_panggilan=True)
        login(pk).post(url("create", klien.pk), verdict(place))
        page = login(officer("mitra")).get(url("my_place")).text
        assert klien.kode in page
        assert "Adik" not in page

    def test_a_client_without_a_name_for_the_place_is_called_by_code_once(self, login, officer, ks):
        type(ks).objects.filter(pk=ks.pk).update(panggilan="")
        page = login(officer("mitra")).get(url("hours", ks.pk)).text
        strip = page[page.index('class="p-ident') : page.index("</div>", page.index('class="p-ident'))]
        assert strip.count(ks.kode) == 1

    def test_confirms_with_the_own_account(self, login, officer, ks):
        entry = own.JamFactory(kerja_sosial=ks)
        user = officer("mitra")
        login(user).post(url("my_place"), {"jam": [entry.pk]})
        confirmation = PengesahanJam.objects.get()
        assert (confirmation.cara, confirmation.oleh, confirmation.pengawas) == ("akun", user, user.nama)

    def test_hours_of_others_cannot_be_confirmed(self, login, officer, ours):
        entry = own.JamFactory(kerja_sosial=own.KerjaSosialFactory(bapas=ours))
        login(officer("mitra")).post(url("my_place"), {"jam": [entry.pk]})
        assert not PengesahanJam.objects.exists()

    def test_writes_hours_that_count_at_once(self, login, officer, ks):
        answer = login(officer("mitra")).post(url("hours", ks.pk), typed(), follow=True)
        assert "4 jam tersimpan dan disahkan." in answer.text
        ks.refresh_from_db()
        assert ks.jam_disahkan == 4


class TestPlaces:
    FACTS = {
        "nama": "Puskesmas Baru", "jenis": "kesehatan", "alamat": "Jalan A", "pekerjaan": "Loket", "untuk": "semua",
        "pendidikan": "on", "nirlaba": "on", "kapasitas": 3, "pengawas": "Ibu B",
    }  # fmt: skip

    def test_a_new_place(self, login, officer):
        login(officer("operator")).post(url("place_create"), self.FACTS)
        assert TempatKerjaSosial.objects.get().kapasitas == 3

    @pytest.mark.parametrize(
        ("missing", "sentence"),
        [("nirlaba", "tidak mencari untung"), ("pendidikan", "klien anak harus mendidik")],
    )
    def test_what_the_law_wants(self, login, officer, missing, sentence):
        facts = {name: value for name, value in self.FACTS.items() if name != missing}
        answer = login(officer("operator")).post(url("place_create"), facts)
        assert answer.status_code == 422
        assert sentence in answer.text

    def test_a_name_twice_and_a_capacity_too_small_are_refused(self, login, officer, ks):
        browser = login(officer("operator"))
        assert browser.post(url("place_create"), self.FACTS | {"nama": ks.tempat.nama}).status_code == 409
        other = own.KerjaSosialFactory(bapas=ks.bapas, tempat=ks.tempat)
        assert other.tempat == ks.tempat
        answer = browser.post(
            url("place_edit", ks.tempat_id), self.FACTS | {"kapasitas": 1, "aktif": "on", "versi": "0"}
        )
        assert answer.status_code == 409
        assert "tidak boleh kurang dari 2" in answer.text

    def test_the_supervisor_chooses_a_pin_that_is_not_easy(self, login, officer, place):
        browser = login(officer("operator"))
        for easy in ("111111", "123456", "12345"):
            assert browser.post(url("place_pin", place.pk), {"pin": easy, "ulang": easy}).status_code == 422
        assert browser.post(url("place_pin", place.pk), {"pin": PIN, "ulang": "482917"}).status_code == 422
        answer = browser.post(url("place_pin", place.pk), {"pin": PIN, "ulang": PIN}, follow=True)
        assert "PIN diatur" in answer.text
        assert PIN not in answer.text


class TestWhatLeaves:
    def test_the_report_for_the_prosecutor(self, login, pk, ks, rahasia):
        own.JamFactory(kerja_sosial=ks)
        answer = login(pk).get(url("report", ks.pk))
        assert answer["Content-Type"] == "application/pdf"
        assert ks.klien.nama not in answer["Content-Disposition"]
        with pikepdf.open(io.BytesIO(answer.content)) as pdf:
            assert pdf.Root.Lang == "id"
            assert pdf.Root.MarkInfo.Marked
        trail = Akses.objects.filter(verba="unduh").get()
        assert (trail.objek, trail.objek_id, trail.pengguna) == ("klien", ks.klien_id, pk)

    def test_the_list_as_a_file_never_runs_a_formula(self, login, pk, ks):
        TempatKerjaSosial.objects.filter(pk=ks.tempat_id).update(nama="=1+1")
        answer = login(pk).get(url("export"))
        table = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
        assert "=1+1" in table[1]
        assert "'=1+1" in login(pk).get(url("export"), {"format": "csv"}).content.decode("utf-8-sig")
        assert Akses.objects.filter(verba="ekspor", objek="kerja_sosial").count() == 2

    def test_filters(self, login, pk, ks):
        page = login(pk).get(url("list"), {"status": "selesai"})
        assert "Raharja" not in page.text
        assert "Raharja" in login(pk).get(url("list"), {"tempat": ks.tempat_id, "q": "raharja"}).text


class TestElsewhere:
    def test_the_clients_page_shows_the_balance_and_the_timeline(self, login, pk, ks):
        own.JamFactory(kerja_sosial=ks)
        page = login(pk).get(reverse("klien:detail", args=[ks.klien_id])).text
        assert "0 jam dari 40 jam disahkan" in page
        assert "Menunggu pengesahan pengawas" in page
        assert url("of_client", ks.klien_id) in page

    def test_a_pk_is_told_what_falls_behind_and_a_place_what_waits(self, pk, officer, ks):
        KerjaSosial.objects.filter(pk=ks.pk).update(batas=office_today() + dt.timedelta(days=7))
        own.JamFactory(kerja_sosial=ks)
        (mine,) = [group for group in groups(pk) if "Kerja sosial" in group.title]
        assert mine.rows[0].tag == "Sisa 8 hari"
        theirs = {group.title: group.total for group in groups(officer("mitra"))}
        assert theirs["Jam kerja sosial menunggu pengesahan"] == 1
        assert theirs["Kerja sosial hari ini"] == 1

    def test_the_head_sees_what_is_late_and_the_operator_where_nobody_can_confirm(self, pk, officer, ks):
        own.KerjaSosialFactory(bapas=ks.bapas, tempat=own.TempatFactory(bapas=ks.bapas, nama="Taman Kota"))
        KerjaSosial.objects.filter(pk=ks.pk).update(batas=day())
        (late,) = [group for group in groups(officer("kabapas")) if "erja sosial" in group.title]
        assert (late.total, late.rows[0].what) == (1, "Kurang 40 jam")
        (silent,) = [group for group in groups(officer("operator")) if "erja sosial" in group.title]
        assert [row.about for row in silent.rows] == ["Taman Kota"]

    def test_offices_without_such_clients_are_not_told(self, pk, officer):
        assert not [group for who in (pk, officer("mitra")) for group in groups(who) if "erja sosial" in group.title]

    def test_figures(self, ks, ours):
        own.JamFactory(kerja_sosial=ks)
        own.KerjaSosialFactory(bapas=ours, klien=own.child(bapas=ours), tempat=ks.tempat)
        assert figures.running_per_office([ours.pk], day=day(0)) == {ours.pk: 2}
        KerjaSosial.objects.filter(pk=ks.pk).update(status="tidak", ditutup=day(2))
        assert [figures.running_per_office([ours.pk], day=day(n))[ours.pk] for n in (3, 2)] == [2, 1]
        assert figures.hours_worked([ours.pk], since=day(7), until=day(0)) == {ours.pk: 4}


PAGES = ("list", "places", "of_client", "my_place")


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_flat_and_small(login, officer, pk, ks, budget, name):
    """As many questions for 12 rows as for 2."""
    browser = login(officer("mitra") if name == "my_place" else pk)
    address = url(name, ks.klien_id) if name == "of_client" else url(name)

    def questions():
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(address).status_code == 200
        return [q for q in captured if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "SET ROLE", "RESET ROLE"))]

    grow(ks, 1)
    few = len(questions())
    grow(ks, 10)
    many = questions()
    assert len(many) == few
    assert len(many) <= budget(f"kerja_sosial:{name}")


def grow(ks, rows):
    start = ks.jam.count()
    for n in range(start, start + rows):
        other = own.KerjaSosialFactory(bapas=ks.bapas, tempat=ks.tempat)
        own.JamFactory(kerja_sosial=other)
        own.JamFactory(kerja_sosial=ks, tanggal=ks.mulai + dt.timedelta(days=n), jam=1)
