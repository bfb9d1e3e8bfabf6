"""The field form: defaults, what it refuses, one record per key, answers for a queue."""

import datetime as dt
import json
import re
import uuid
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.acuan.models import HariLibur
from apps.dasar.wording import tanggal
from apps.jejak.models import Akses
from apps.klien.models import CatatanBimbingan, JadwalLapor, Kebutuhan
from apps.wilayah.days import today as today_of
from tests import factories as make
from tests.sessions import log_in

pytestmark = pytest.mark.django_db
FORM = reverse("klien:guidance_new")


@pytest.fixture
def typed(klien, today):
    """typed(hadir="tidak") → what the open form sends after one tap on "Hadir"."""

    def form(**facts):
        return {
            "klien": klien.pk, "kunci": str(uuid.uuid4()), "cara": "kantor", "kapan": "hari-ini", "hadir": "ya",
            "bidang": "kepribadian", "berikutnya": (today + dt.timedelta(days=30)).isoformat(), **facts,
        }  # fmt: skip

    return form


def test_the_form_knows_everything_but_whether_the_client_came(login, pk, klien, today, database_role):
    make.CatatanFactory(klien=klien, cara="kunjungan", tanggal=today - dt.timedelta(days=30))
    HariLibur.objects.create(tanggal=next_open(today + dt.timedelta(days=30)), nama="Libur uji")
    form = login(pk).get(FORM, {"klien": klien.pk}).context["form"]
    assert form["cara"].value() == "kunjungan"
    assert form["kapan"].value() == "hari-ini"
    assert form["hadir"].value() is None
    assert form["berikutnya"].value() == next_open(next_open(today + dt.timedelta(days=30)) + dt.timedelta(days=1))


def test_an_appointment_gives_its_mode_and_stays_the_next_date(login, pk, klien, today):
    make.CatatanFactory(klien=klien, cara="kantor", tanggal=today - dt.timedelta(days=30))
    ahead = today + dt.timedelta(days=4)
    JadwalLapor.objects.update(berikutnya=ahead, janji=ahead, janji_pada=timezone.now(), cara="kunjungan")
    form = login(pk).get(FORM, {"klien": klien.pk}).context["form"]
    assert (form["cara"].value(), form["berikutnya"].value()) == ("kunjungan", ahead)


def next_open(day):
    return day + dt.timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)


def test_a_meeting_of_a_group_does_not_change_how_the_next_one_is_met(login, pk, klien, today):
    make.CatatanFactory(klien=klien, cara="telepon", tanggal=today - dt.timedelta(days=9))
    make.CatatanFactory(klien=klien, cara="kelompok", tanggal=today - dt.timedelta(days=2))
    assert login(pk).get(FORM, {"klien": klien.pk}).context["form"]["cara"].value() == "telepon"


def test_the_form_does_not_open_for_a_client_whose_guidance_is_over(login, pk, ours):
    over = make.KlienFactory(bapas=ours, pk_pembimbing=pk, status="selesai")
    answer = login(pk).get(FORM, {"klien": over.pk})
    assert answer.status_code == 409
    assert "Klien ini berstatus selesai. Bimbingan tidak dapat dicatat." in answer.text
    assert reverse("klien:detail", args=[over.pk]) in answer.text


def test_open_needs_come_first_among_the_topics(login, pk, klien):
    make.KebutuhanFactory(klien=klien)
    form = login(pk).get(FORM, {"klien": klien.pk}).context["form"]
    assert form.fields["topik"].choices[0][0] == "keterampilan"


def test_an_error_does_not_change_the_order_of_the_topics(login, pk, klien, typed):
    make.KebutuhanFactory(klien=klien)
    form = login(pk).post(FORM, typed(hadir="")).context["form"]
    assert form.fields["topik"].choices[0][0] == "keterampilan"


def test_opening_the_form_shows_a_client_and_so_leaves_a_trace(login, pk, klien):
    login(pk).get(FORM, {"klien": klien.pk})
    assert Akses.objects.get().objek_id == klien.pk


def test_without_a_client_the_due_ones_are_offered_and_a_code_is_asked(login, pk, klien, theirs):
    foreign = make.KlienFactory(bapas=theirs)
    assert klien.nama in login(pk).get(FORM).text
    assert login(pk).get(FORM, {"kode": klien.kode.lower()}).url == f"{FORM}?klien={klien.pk}"
    answer = login(pk).get(FORM, {"kode": foreign.kode})
    assert (answer.status_code, "Tidak ada klien yang cocok di kantor Anda" in answer.text) == (422, True)


def test_one_tap_and_save_stores_the_contact(login, pk, klien, typed, today, database_role):
    answer = login(pk).post(FORM, typed())
    record = CatatanBimbingan.objects.get()
    assert answer.url == f"{reverse('klien:detail', args=[klien.pk])}?tersimpan={record.pk}"
    assert (record.tanggal, record.hadir, record.pk_pencatat, record.bapas) == (today, True, pk, klien.bapas)
    jadwal = JadwalLapor.objects.get(klien=klien)
    assert (jadwal.terakhir, jadwal.berikutnya) == (today, today + dt.timedelta(days=30))
    page = login(pk).get(answer.url).text
    assert "Bimbingan tersimpan" in page
    assert reverse("klien:guidance_undo", args=[record.pk]) in page


def test_everything_that_can_be_added_is_stored(login, pk, typed, today):
    need = make.KategoriFactory()
    login(pk).post(FORM, typed(
        kapan="kemarin", topik=["pekerjaan", "keluarga"], catatan="Sudah bekerja", kondisi="Sehat", kendala="Jarak",
        bidang="kemandirian", kebutuhan_kategori=need.pk, kebutuhan_mendesak="3bulan", kebutuhan_uraian="Las",
    ))  # fmt: skip
    record = CatatanBimbingan.objects.get()
    assert (record.tanggal, record.topik, record.kondisi, record.bidang) == (
        today - dt.timedelta(days=1), ["pekerjaan", "keluarga"], "Sehat", "kemandirian",
    )  # fmt: skip
    assert Kebutuhan.objects.get().sumber == "bimbingan"


@pytest.mark.parametrize("facts", [{"kebutuhan_uraian": "Las dasar"}, {"kebutuhan_mendesak": "3bulan"}])
def test_a_described_need_is_named_or_nothing_is_saved(login, pk, typed, facts):
    answer = login(pk).post(FORM, typed(**facts))
    errors = answer.context["form"].errors
    assert (answer.status_code, errors) == (422, {"kebutuhan_kategori": ["Pilih kebutuhan."]})
    assert "Las dasar" in answer.text or not facts.get("kebutuhan_uraian")
    assert not CatatanBimbingan.objects.exists()


@pytest.mark.parametrize(
    ("facts", "shown"),
    [
        ({}, False),
        ({"kondisi": "Sehat"}, True),
        ({"bidang": "kemandirian"}, True),
    ],
)
def test_after_an_error_what_was_added_is_in_sight(login, pk, typed, facts, shown):
    answer = login(pk).post(FORM, typed(hadir="", **facts))
    assert ('<details class="govuk-details" open>' in answer.text) is shown


def test_an_obstacle_in_words_says_how_it_is_counted(login, pk, klien):
    assert "Agar terhitung, centang juga jenisnya di atas." in login(pk).get(FORM, {"klien": klien.pk}).text


def test_an_absence_has_a_reason_and_presence_drops_it(login, pk, typed):
    answer = login(pk).post(FORM, typed(hadir="tidak"))
    assert (answer.status_code, answer.context["form"].errors) == (
        422, {"alasan": ["Pilih alasan tidak hadir."], "tindak_lanjut": ["Isi tindak lanjut."]},
    )  # fmt: skip
    login(pk).post(FORM, typed(hadir="tidak", alasan="sakit", tindak_lanjut="Telepon keluarga"))
    login(pk).post(FORM, typed(alasan="sakit", tindak_lanjut="Telepon keluarga"))
    stored = CatatanBimbingan.objects.order_by("pk").values_list("hadir", "alasan", "tindak_lanjut")
    assert list(stored) == [(False, "sakit", "Telepon keluarga"), (True, "", "")]


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"hadir": ""}, "hadir", "Pilih klien hadir atau tidak hadir."),
        ({"cara": ""}, "cara", "Pilih cara bertemu."),
        ({"kapan": "lain"}, "tanggal", "Isi tanggal bimbingan."),
        ({"kapan": "lain", "tanggal": "2099-01-01"}, "tanggal", "Tanggal bimbingan tidak boleh setelah hari ini"),
        ({"kapan": "lain", "tanggal": "2001-01-01"}, "tanggal", "Tanggal bimbingan tidak boleh sebelum klien diregist"),
        ({"berikutnya": "2020-01-01"}, "berikutnya", "Pertemuan berikutnya harus setelah tanggal bimbingan."),
        ({"berikutnya": "2099-01-01"}, "berikutnya", "Tanggal paling lambat"),
        ({"berikutnya": "9999-12-31"}, "berikutnya", "Tanggal paling lambat"),
    ],
)
def test_mistakes_are_named_and_what_was_typed_stays(login, pk, typed, facts, field, sentence):
    answer = login(pk).post(FORM, typed(catatan="Isi yang diketik", **facts))
    assert answer.status_code == 422
    assert answer.context["form"].errors[field][0].startswith(sentence)
    assert "Isi yang diketik" in answer.text
    assert "Galat:" in answer.text
    assert not CatatanBimbingan.objects.exists()


def test_today_is_today_at_the_office(officer, monkeypatch):
    """At 23.30 in Jakarta the next day has begun in Makassar."""
    late = dt.datetime(2026, 11, 22, 23, 30, tzinfo=ZoneInfo("Asia/Jakarta"))
    monkeypatch.setattr(timezone, "now", lambda: late)
    assert today_of(officer("pk")) == dt.date(2026, 11, 23)
    assert today_of(officer("ditjenpas")) == dt.date(2026, 11, 22)


def test_a_clock_that_was_never_set_is_not_believed(login, pk, typed, today):
    login(pk).post(FORM, typed(dibuat_pada="0001-01-01T00:00:00+14:00"))
    assert CatatanBimbingan.objects.get().tanggal == today


def test_a_double_tap_is_one_record_and_one_answer(login, pk, typed, database_role):
    form = typed()
    first, second = (login(pk).post(FORM, form) for _ in range(2))
    assert first.url == second.url
    assert CatatanBimbingan.objects.count() == 1


def test_without_javascript_the_form_brings_a_key_of_its_own(login, pk, klien, typed):
    key = login(pk).get(FORM, {"klien": klien.pk}).context["form"]["kunci"].value()
    for _ in range(2):
        login(pk).post(FORM, typed(kunci=str(key), dibuat_pada=""))
    assert str(CatatanBimbingan.objects.get().kunci) == str(key)


def test_a_used_key_with_another_content_is_not_swallowed(login, pk, typed):
    form = typed()
    login(pk).post(FORM, form)
    answer = login(pk).post(FORM, {**form, "hadir": "tidak", "alasan": "sakit", "tindak_lanjut": "Telepon"})
    assert answer.status_code == 409
    assert "Buka formulir baru" in answer.text


def test_another_note_under_a_used_key_is_not_swallowed(login, pk, typed):
    form = typed(catatan="Sudah bekerja")
    login(pk).post(FORM, form)
    assert login(pk).post(FORM, {**form, "catatan": "Belum bekerja"}).status_code == 409


def test_going_back_and_saving_the_same_again_is_one_record(login, pk, typed, database_role):
    need = {"kebutuhan_kategori": make.KategoriFactory().pk, "kebutuhan_mendesak": "3bulan"}
    for form in (typed(topik=["keluarga"]), typed(topik=["keluarga"]), typed(topik=["keluarga"], **need)):
        login(pk).post(FORM, form)
    assert [record.topik for record in CatatanBimbingan.objects.all()] == [["keluarga"]] * 2
    login(pk).post(FORM, typed(topik=["keluarga"], **need))
    assert (CatatanBimbingan.objects.count(), Kebutuhan.objects.count()) == (2, 1)


@pytest.mark.parametrize("absent", [{}, {"hadir": "tidak", "alasan": "sakit", "tindak_lanjut": "Telepon"}])
def test_what_was_undone_may_be_written_anew(login, pk, typed, absent):
    for _ in range(2):
        login(pk).post(FORM, typed(**absent))
        assert CatatanBimbingan.objects.counted().count() == 1
        login(pk).post(reverse("klien:guidance_undo", args=[CatatanBimbingan.objects.counted().get().pk]))
        assert not CatatanBimbingan.objects.counted().exists()


def test_the_same_words_later_are_another_contact(login, pk, typed):
    login(pk).post(FORM, typed())
    CatatanBimbingan.objects.update(dibuat_pada=timezone.now() - dt.timedelta(minutes=11))
    login(pk).post(FORM, typed())
    assert CatatanBimbingan.objects.count() == 2


@pytest.mark.parametrize(("sent", "kept"), [("2026-11-20T03:00:00.000Z", True), ("2099-01-01T00:00:00Z", False),
                                            ("kemarin", False), ("2026-99-99T00:00:00Z", False)])  # fmt: skip
def test_the_clock_of_the_device_is_kept_when_it_can_be_true(login, pk, typed, sent, kept):
    login(pk).post(FORM, typed(dibuat_pada=sent))
    record = CatatanBimbingan.objects.get()
    assert (record.dibuat_pada == dt.datetime(2026, 11, 20, 3, tzinfo=dt.UTC)) is kept
    assert record.dibuat_pada <= record.diterima_pada


def test_other_offices_clients_do_not_exist(login, pk, theirs, typed, database_role):
    foreign = make.KlienFactory(bapas=theirs)
    assert login(pk).get(FORM, {"klien": foreign.pk}).status_code == 404
    assert login(pk).post(FORM, typed(klien=foreign.pk)).status_code == 404
    assert login(pk).post(FORM, typed(klien="x")).status_code == 404
    assert not CatatanBimbingan.objects.exists()


# --- a device with a queue ------------------------------------------------------------------------


@pytest.fixture
def send(client, typed):
    """send(key) → answer and decoded body of a request out of a queue."""

    def post(key=None, **facts):
        form = typed(**facts)
        del form["kunci"]
        answer = client.post(FORM, form, headers={"X-Idempotency-Key": key or str(uuid.uuid4())})
        return answer.status_code, json.loads(answer.content)

    return post


def test_a_queue_is_told_stored_then_seen(login, pk, klien, send, database_role):
    login(pk)
    key = str(uuid.uuid4())
    status, body = send(key, klien=klien.kode)
    assert (status, body["klien"], body["nama"]) == (201, klien.kode, klien.panggilan)
    assert send(key, klien=klien.kode) == (200, body)
    assert str(CatatanBimbingan.objects.get().kunci) == key


def test_a_queue_is_never_redirected(client, login, officer, send):
    assert send()[0] == 401
    login(officer("pk"))
    status, body = send(hadir="")
    assert (status, body["galat"]["hadir"][0]["message"]) == (422, "Pilih klien hadir atau tidak hadir.")
    assert send(key="bukan-kunci")[0] == 422
    log_in(client, officer("operator"))
    assert client.post(FORM, {}, headers={"X-Idempotency-Key": "x"}).status_code == 403


def test_a_code_that_is_unknown_to_the_office_is_a_mistake_to_repair(login, pk, theirs, send, database_role):
    login(pk)
    for code in (make.KlienFactory(bapas=theirs).kode, "KL-2001-99999", "bukan kode"):
        status, body = send(klien=code)
        assert (status, list(body["galat"])) == (422, ["klien"])


def test_today_is_the_day_on_which_the_device_saved(login, pk, klien, send, today):
    login(pk)
    saved = dt.datetime.combine(today, dt.time(9), ZoneInfo("Asia/Makassar")) - dt.timedelta(days=2)
    assert send(klien=klien.kode, dibuat_pada=saved.isoformat())[0] == 201
    assert CatatanBimbingan.objects.get().tanggal == today - dt.timedelta(days=2)


def test_an_entry_of_another_account_is_not_taken(client, login, pk, officer, typed):
    login(pk)
    headers = {"X-Idempotency-Key": str(uuid.uuid4()), "X-Akun": str(officer("operator").pk)}
    assert client.post(FORM, typed(), headers=headers).status_code == 401
    assert client.post(FORM, typed(), headers={**headers, "X-Akun": str(pk.pk)}).status_code == 201


def test_a_queue_is_not_led_to_the_second_factor(login, pk, typed, settings):
    settings.MFA_REQUIRED_ROLES = frozenset({"pk"})
    answer = login(pk).post(FORM, typed(), headers={"X-Idempotency-Key": str(uuid.uuid4())})
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/json")


# --- Mode lapangan ----------------------------------------------------------------------------------


def test_the_field_page_offers_own_clients_in_the_order_of_the_day(login, pk, klien, ours, today, officer):
    def due(days, name, **facts):
        day = today + dt.timedelta(days=days)
        make.KlienFactory(bapas=ours, pk_pembimbing=pk, nama=name, jadwal__berikutnya=day, **facts)

    for days, name in ((7, "Gita"), (6, "Eka"), (-3, "Citra"), (0, "Bima")):
        due(days, name)
    noon = {"jadwal__janji": today, "jadwal__janji_pada": timezone.now(), "jadwal__jam": "09:00"}
    due(0, "Adi Putra", **noon)
    make.KlienFactory(bapas=ours, pk_pembimbing=officer("pk"), nama="Orang lain", jadwal__berikutnya=today)
    text = login(pk).get(reverse("klien:field_mode")).text
    places = [text.index(name) for name in ("Adi Putra", "Bima", "Citra", "Eka", "Klien lain (1)", "Gita")]
    assert places == sorted(places)
    assert "Orang lain" not in text
    assert text.count(" checked") == 2, "those of today are chosen"


def test_names_for_the_field_tell_two_apart_and_are_chosen_own_and_traced(
    login, pk, klien, ours, today, officer, database_role
):
    other = make.KlienFactory(bapas=ours, pk_pembimbing=officer("pk"), jadwal__berikutnya=today)
    own = {"bapas": ours, "pk_pembimbing": pk, "panggilan": "Haris", "jadwal__berikutnya": today}
    two = [
        make.KlienFactory(nama="Haris Pontoh, S.H.", kelurahan="Tatura Utara", **own),
        make.KlienFactory(nama="H. Haris Lamadjido", kelurahan="Besusu Timur", **own),
    ]
    answer = login(pk).post(reverse("klien:field_mode"), {"klien": [row.pk for row in (*two, other)] + ["x"]})
    shown = [(one["kode"], one["panggilan"], one["desa"], one["waktu"]) for one in answer.json()["nama"]]
    assert shown == [
        (two[1].kode, "Haris L.", "Besusu Timur", tanggal(today)[:-5]),
        (two[0].kode, "Haris P.", "Tatura Utara", tanggal(today)[:-5]),
    ]
    assert answer["Cache-Control"] == "no-store"
    traces = Akses.objects.filter(rincian__startswith="Mode lapangan").values_list("objek_id", flat=True)
    assert set(traces) == {row.pk for row in two}


def test_never_more_than_thirty_names(login, pk, ours, today):
    many = make.KlienFactory.create_batch(31, bapas=ours, pk_pembimbing=pk, jadwal__berikutnya=today)
    client = login(pk)
    for elsewhere, left in {"": 30, "12": 18, "30": 0, "99": 0, "sepuluh": 30, "9" * 5000: 30}.items():
        data = {"terpakai": elsewhere, "klien": [row.pk for row in many]}
        assert len(client.post(reverse("klien:field_mode"), data).json()["nama"]) == left


# --- what helps to write ----------------------------------------------------------------------------


def test_the_last_note_stands_beside_the_next_one_for_those_who_may_read_it(login, pk, klien, officer, database_role):
    make.CatatanFactory(klien=klien, pk_pencatat=pk, catatan="Mulai bekerja di bengkel")
    form = f"{FORM}?klien={klien.pk}"
    assert "Mulai bekerja di bengkel" in login(pk).get(form).text
    assert "Mulai bekerja di bengkel" not in login(officer("pk")).get(form).text


def test_what_an_absence_needs_is_never_called_optional(login, pk, klien, typed):
    shown = login(pk).post(FORM, typed(hadir=""))
    assert shown.status_code == 422
    labels = re.findall("Alasan tidak hadir[^/]*|Tindak lanjut[^/]*", shown.text)
    assert labels
    assert not any("(pilihan)" in label for label in labels)
