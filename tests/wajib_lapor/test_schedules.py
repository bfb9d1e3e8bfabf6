"""One client's schedule, and many at once: reasons, closed days, stale forms, double posts, undo."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.acuan.models import HariLibur
from apps.klien.models import JadwalLapor
from apps.wajib_lapor.models import PerubahanJadwal
from apps.wajib_lapor.together import spread
from tests import factories as make
from tests.wajib_lapor.factories import PerubahanFactory

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
BULK = reverse("wajib_lapor:bulk")


def stored(klien):
    return JadwalLapor.objects.get(klien=klien)


def page_of(klien):
    return reverse("wajib_lapor:client", args=[klien.pk])


@pytest.fixture
def typed(klien, monday):
    """typed(jam="09:00") → what the open schedule form sends."""

    def form(**facts):
        return {
            "kunci": str(uuid.uuid4()), "versi": stored(klien).versi, "seberapa": "30",
            "berikutnya": monday.isoformat(), "alasan": "Klien bekerja pagi hari", **facts,
        }  # fmt: skip

    return form


class TestOneClient:
    def test_the_form_starts_from_what_is_stored(self, login, pk, klien, today):
        JadwalLapor.objects.update(frekuensi_hari=21, terakhir=today)
        form = login(pk).get(page_of(klien)).context["form"]
        assert (form["seberapa"].value(), form["frekuensi_hari"].value()) == ("lain", 21)
        assert form["berikutnya"].value() >= today  # the stored date has passed: the next working day is offered
        assert form["berikutnya"].value().weekday() < 5

    def test_a_reason_for_a_change_is_for_those_who_see_schedules(self, login, pk, officer, klien):
        PerubahanFactory(klien=klien, alasan="Istri baru melahirkan")
        timeline, staff = reverse("klien:timeline", args=[klien.pk]), officer("kanwil")
        assert "Istri baru melahirkan" in login(pk).get(timeline).text
        login(staff).post(reverse("klien:open"), {"kode": klien.kode, "alasan": "Pemeriksaan pengaduan keluarga"})
        assert "Istri baru melahirkan" not in login(staff).get(timeline).text

    def test_without_a_contact_the_date_is_the_first(self, login, pk, klien):
        assert "Lapor pertama" in login(pk).get(page_of(klien)).text

    def test_frequency_date_and_details_are_stored_with_reason_and_history(
        self, login, pk, klien, typed, monday, database_role
    ):
        answer = login(pk).post(
            page_of(klien), typed(seberapa="7", jam="09:30", cara="kunjungan", tempat="Jalan Melati 4")
        )
        assert answer.url == reverse("klien:detail", args=[klien.pk])
        plan = stored(klien)
        assert (plan.frekuensi_hari, plan.berikutnya, plan.rincian_janji) == (
            7, monday, "09.30 · Kunjungan rumah · Jalan Melati 4",
        )  # fmt: skip
        change = PerubahanJadwal.objects.get()
        assert (change.alasan, change.oleh, change.sebelum["frekuensi_hari"]) == ("Klien bekerja pagi hari", pk, 30)
        assert "Klien bekerja pagi hari" in login(pk).get(page_of(klien)).text
        assert "Klien bekerja pagi hari" in login(pk).get(reverse("klien:detail", args=[klien.pk])).text

    @pytest.mark.parametrize(
        ("facts", "field", "sentence"),
        [
            ({"alasan": ""}, "alasan", "Isi alasan perubahan."),
            ({"berikutnya": ""}, "berikutnya", "Isi tanggal lapor."),
            ({"berikutnya": "2020-01-06"}, "berikutnya", "Tanggal tidak boleh sebelum hari ini"),
            ({"berikutnya": "2099-01-01"}, "berikutnya", "Tanggal paling lambat"),
            ({"berikutnya": "9999-12-31"}, "berikutnya", "Tanggal paling lambat"),
            ({"seberapa": "lain"}, "frekuensi_hari", "Isi jarak lapor dalam hari."),
            ({"seberapa": "lain", "frekuensi_hari": "181"}, "frekuensi_hari", "Frekuensi lapor antara 1 dan 180 hari."),
            ({"tempat": "Kantor Bapas Kelas I"}, "tempat", "Hapus kata “Bapas”."),
        ],
    )
    def test_mistakes_are_named_and_nothing_is_stored(self, login, pk, klien, typed, facts, field, sentence):
        answer = login(pk).post(page_of(klien), typed(**facts))
        assert answer.status_code == 422
        assert answer.context["form"].errors[field][0].startswith(sentence)
        assert not PerubahanJadwal.objects.exists()

    def test_another_frequency_counts_only_when_it_is_chosen(self, login, pk, klien, typed):
        login(pk).post(page_of(klien), typed(seberapa="14", frekuensi_hari="999"))
        assert stored(klien).frekuensi_hari == 14

    def test_a_closed_day_needs_a_tick(self, login, pk, klien, typed, monday):
        saturday = monday + 5 * DAY
        HariLibur.objects.create(tanggal=monday + 7 * DAY, nama="Libur uji")
        answer = login(pk).post(page_of(klien), typed(berikutnya=saturday.isoformat()))
        sentence = answer.context["form"].errors["berikutnya"][0]
        assert "hari Sabtu" in sentence
        assert "Hari kerja berikutnya Selasa" in sentence
        login(pk).post(page_of(klien), typed(berikutnya=saturday.isoformat(), tetap="on"))
        assert stored(klien).berikutnya == saturday

    def test_a_stale_form_shows_both_and_may_be_saved_again(self, login, pk, klien, typed, monday):
        before = typed()
        JadwalLapor.objects.update(berikutnya=monday + 7 * DAY, frekuensi_hari=14, versi=9)
        answer = login(pk).post(page_of(klien), before)
        assert answer.status_code == 409
        assert "Tersimpan sekarang" in answer.text
        assert {row["label"] for row in answer.context["beda"]} == {"Seberapa sering", "Lapor pertama"}
        assert answer.context["versi"] == "9"
        assert 'name="alasan" value="Klien bekerja pagi hari"' in answer.text
        assert stored(klien).berikutnya == monday + 7 * DAY
        login(pk).post(page_of(klien), {**before, "versi": 9})
        assert stored(klien).berikutnya == monday

    def test_the_same_form_twice_is_one_change(self, login, pk, klien, typed):
        form = typed()
        for _ in range(2):
            assert login(pk).post(page_of(klien), form).status_code == 302
        assert PerubahanJadwal.objects.count() == 1

    def test_a_client_who_ended_is_refused_in_a_sentence(self, login, pk, own, typed):
        answer = login(pk).post(page_of(own("Selesai", status="selesai")), typed(versi=1))
        assert (answer.status_code, "berstatus selesai" in answer.text) == (409, True)

    def test_a_contact_after_it_replaces_the_appointment(self, login, pk, klien, typed, today, monday):
        login(pk).post(page_of(klien), typed(cara="kunjungan"))
        form = login(pk).get(reverse("klien:guidance_new"), {"klien": klien.pk}).context["form"]
        assert (form["cara"].value(), form["berikutnya"].value()) == ("kunjungan", monday)

    def test_the_operator_may_and_the_head_may_not(self, login, officer, klien, typed):
        assert login(officer("operator")).post(page_of(klien), typed()).status_code == 302
        assert login(officer("kabapas")).get(page_of(klien)).status_code == 403


class TestSpread:
    def test_all_on_one_day_or_so_many_per_working_day(self, monday):
        friday = monday + 4 * DAY
        HariLibur.objects.create(tanggal=monday + 7 * DAY, nama="Libur uji")
        assert spread(friday, 3, None, keep_first=False) == [friday] * 3
        assert spread(friday, 5, 2, keep_first=False) == [friday, friday, *[monday + 8 * DAY] * 2, monday + 9 * DAY]

    def test_a_closed_first_day_is_stepped_over_unless_it_is_wanted(self, monday):
        saturday = monday + 5 * DAY
        assert spread(saturday, 2, 1, keep_first=False) == [monday + 7 * DAY, monday + 8 * DAY]
        assert spread(saturday, 2, 1, keep_first=True) == [saturday, monday + 7 * DAY]


class TestManyClients:
    @pytest.fixture
    def chosen(self, own, today):
        return [own(f"Klien {n}", jadwal__berikutnya=today - n * DAY, jadwal__pertama=today) for n in (3, 2, 1)]

    @pytest.fixture
    def form(self, chosen, monday):
        def sent(step, **facts):
            return {
                "klien": [klien.pk for klien in chosen], "langkah": step, "tanggal": monday.isoformat(),
                "alasan": "", **facts,
            }  # fmt: skip

        return sent

    def save(self, browser, form, **facts):
        """Check, then save what the page of answers holds."""
        check = browser.post(BULK, form("periksa", **facts))
        seen = [f"{k.pk}-{k.jadwal.versi}" for k in check.context["klien"]]
        last = form("simpan", **facts, kunci=str(check.context["kunci"]), terlihat=seen)
        return last, browser.post(BULK, last)

    def test_ticks_lead_to_the_form_and_foreign_ones_are_dropped(self, login, pk, chosen, theirs):
        foreign = make.KlienFactory(bapas=theirs, nama="Orang lain")
        page = login(pk).get(BULK, {"klien": [chosen[0].pk, foreign.pk, "x"]})
        assert "Jadwalkan 1 klien" in page.text
        assert "Orang lain" not in page.text
        assert "Belum ada klien yang dipilih" in login(pk).get(BULK).text

    def test_a_whole_filtered_list_can_be_chosen(self, login, pk, chosen, own):
        own("Bukan")
        page = login(pk).get(BULK, {"semua": 1, "q": "Klien", "tab": "semua"})
        assert "Jadwalkan 3 klien" in page.text

    def test_a_year_typed_wrongly_is_noticed(self, login, pk, form):
        answer = login(pk).post(BULK, form("periksa", tanggal="9999-12-31"))
        assert answer.status_code == 422
        assert "Tanggal paling lambat" in answer.text

    def test_more_than_200_are_refused(self, login, pk, own):
        for number in range(201):
            own(f"Klien {number}")
        assert login(pk).get(BULK, {"semua": 1}).status_code == 422

    def test_answers_are_checked_before_anything_is_stored(self, login, pk, chosen, form, own, monday):
        own("Sudah ada", jadwal__berikutnya=monday)
        page = login(pk).post(BULK, form("periksa", sebar="2", jam="09:00"))
        assert [(day.date, len(day.clients), day.others) for day in page.context["hari"]] == [
            (monday, 2, 1), (monday + DAY, 1, 0),
        ]  # fmt: skip
        assert not PerubahanJadwal.objects.exists()
        again = login(pk).post(BULK, form("ubah", sebar="2"))
        assert again.context["form"]["sebar"].value() == "2"

    def test_a_closed_day_is_warned_about_and_kept_only_with_a_sentence(self, login, pk, form, monday):
        saturday = (monday + 5 * DAY).isoformat()
        answer = login(pk).post(BULK, form("periksa", tanggal=saturday))
        assert (answer.status_code, "adalah hari Sabtu" in answer.text) == (422, True)
        answer = login(pk).post(BULK, form("periksa", tanggal=saturday, tetap="on"))
        assert "Tulis mengapa" in answer.text
        answer = login(pk).post(BULK, form("periksa", tanggal=saturday, tetap="on", alasan="Kegiatan hari Sabtu"))
        assert "kantor tutup, hari Sabtu" in answer.text

    def test_all_are_stored_at_once_and_only_once(self, login, pk, chosen, form, monday, database_role):
        browser = login(pk)
        sent, answer = self.save(browser, form, sebar="2", cara="kunjungan")
        assert answer.url == f"{reverse('wajib_lapor:agenda')}?minggu={monday:%G-W%V}"
        assert [stored(klien).berikutnya for klien in chosen] == [monday, monday, monday + DAY]
        assert stored(chosen[0]).cara_rencana == "kunjungan"
        assert browser.post(BULK, sent).status_code == 302
        assert PerubahanJadwal.objects.count() == 3
        assert set(PerubahanJadwal.objects.values_list("alasan", flat=True)) == {"Dijadwalkan bersama"}

    def test_somebody_who_moved_meanwhile_stops_the_whole_act(self, login, pk, chosen, form, today):
        check = login(pk).post(BULK, form("periksa"))
        seen = [f"{k.pk}-{k.jadwal.versi}" for k in check.context["klien"]]
        JadwalLapor.objects.filter(klien=chosen[1]).update(versi=7)
        answer = login(pk).post(BULK, form("simpan", kunci=str(uuid.uuid4()), terlihat=seen))
        assert (answer.status_code, chosen[1].kode in answer.text) == (409, True)
        assert not PerubahanJadwal.objects.exists()
        assert f"{chosen[1].pk}-7" in answer.text

    @pytest.mark.parametrize("broken", ["²", "9" * 5000, "-", ""])
    def test_a_version_that_is_no_number_was_not_seen(self, login, pk, chosen, form, broken):
        seen = [f"{chosen[0].pk}-{broken}", f"{broken}-{chosen[1].jadwal.versi}"]
        answer = login(pk).post(BULK, form("simpan", kunci=str(uuid.uuid4()), terlihat=seen))
        assert answer.status_code == 409

    def test_undo_puts_everything_back_but_what_changed_since(self, login, pk, chosen, form, today, database_role):
        browser = login(pk)
        self.save(browser, form, jam="09:00")
        act = PerubahanJadwal.objects.first()
        JadwalLapor.objects.filter(klien=chosen[2]).update(versi=99)
        page = browser.get(reverse("dasbor:beranda"))
        assert "3 klien dijadwalkan" in page.text
        undo = reverse("wajib_lapor:undo", args=[act.kunci])
        assert undo in page.text
        answer = browser.post(undo, {"dari": "beranda"})
        assert answer.url == reverse("dasbor:beranda")
        first, second, third = map(stored, chosen)
        assert (first.berikutnya, first.janji, first.jam) == (today - 3 * DAY, None, None)
        assert (second.berikutnya, third.jam) == (today - 2 * DAY, dt.time(9))
        page = browser.get(reverse("dasbor:beranda"))
        assert "Jadwal 2 klien dikembalikan. 1 klien tetap" in page.text
        assert undo not in page.text

    def test_undo_is_for_oneself_and_for_minutes(self, login, pk, officer, klien):
        old = PerubahanFactory(klien=klien, oleh=pk, pada=timezone.now() - dt.timedelta(minutes=11))
        undo = reverse("wajib_lapor:undo", args=[old.kunci])
        answer = login(pk).post(undo)
        assert (answer.status_code, "dalam 10 menit" in answer.text) == (409, True)
        assert login(officer("pk")).post(undo).status_code == 404
