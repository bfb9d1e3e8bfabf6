"""The acts themselves: what they store, what they refuse, and how the schedule follows the log."""

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from apps.dasar.errors import Refused
from apps.jejak.models import Riwayat
from apps.jejak.versions import Changed
from apps.klien import services
from apps.klien.models import CatatanBimbingan, JadwalLapor, Kebutuhan, Klien, MasaBimbingan
from apps.klien.services.clients import age_group
from apps.klien.services.guidance import refresh_all
from tests import factories as make

pytestmark = pytest.mark.django_db
Status = Kebutuhan.Status


@pytest.fixture
def parts(ours, pk, today):
    """parts(nik="…") → the rows of one registration."""

    def build(programme=None, **facts):
        klien = Klien(**{
            "nomor_register": "17", "tahun_register": 2026, "nama": "Siti Rahmawati", "panggilan": "Siti",
            "lahir": dt.date(1995, 2, 1), "jenis_kelamin": "P", "kabkota": make.KabKotaFactory(), "pk_pembimbing": pk,
            "diregistrasi": today, **facts,
        })  # fmt: skip
        masa = MasaBimbingan(
            jenis_program=programme or make.JenisProgramFactory(), sk_nomor="SK-1", sk_tanggal=today, mulai=today,
            selesai=today + dt.timedelta(days=300),
        )  # fmt: skip
        return {"klien": klien, "masa": masa, "jadwal": JadwalLapor(pertama=today + dt.timedelta(days=30))}

    return build


@pytest.fixture
def log(klien, pk, today):
    """log(days_ago=2, hadir=False) → a stored contact."""

    def write(*, days_ago=0, hadir=True, again_in=30, **facts):
        met = today - dt.timedelta(days=days_ago)
        catatan = CatatanBimbingan(
            kunci=uuid.uuid4(), tanggal=met, cara="kantor", hadir=hadir, alasan="" if hadir else "sakit",
            berikutnya=met + dt.timedelta(days=again_in), **facts,
        )  # fmt: skip
        return services.log_guidance(catatan=catatan, jadwal=schedule(klien), by=pk)[0]

    return write


def schedule(klien):
    return JadwalLapor.objects.select_related("klien").get(klien=klien)


def worked_out(klien):
    jadwal = schedule(klien)
    return jadwal.terakhir, jadwal.berikutnya, jadwal.absen_beruntun


# --- registration ---------------------------------------------------------------------------------


def test_a_registration_opens_the_whole_file(parts, pk, today):
    klien = services.register(**parts(nik="3201010101010001"), by=pk)
    assert klien.kode.startswith(f"KL-{today.year}-")
    assert (klien.jenis_register, klien.kategori_usia) == ("bimbingan-dewasa", "dewasa")
    assert klien.masa.get().sk_nomor == "SK-1"
    assert klien.jadwal.berikutnya == today + dt.timedelta(days=30)
    assert Klien.objects.get(pk=klien.pk).nik == "3201010101010001"


def test_codes_never_repeat(parts, pk):
    codes = {services.register(**parts(nomor_register=str(n)), by=pk).kode for n in range(3)}
    assert len(codes) == 3


@pytest.mark.parametrize(("years", "group"), [(17, "anak"), (18, "dewasa")])
def test_the_age_on_the_day_of_registration_decides(years, group):
    day = dt.date(2026, 11, 22)
    assert age_group(day.replace(year=day.year - years), day) == group


def test_a_child_goes_into_the_childrens_register_with_a_programme_for_children(parts, pk):
    diversion = make.JenisProgramFactory(kode="DV", nama="Diversi", untuk="anak")
    klien = services.register(**parts(diversion, lahir=dt.date(2012, 1, 1)), by=pk)
    assert (klien.jenis_register, klien.kategori_usia) == ("bimbingan-anak", "anak")


def test_a_programme_for_adults_is_refused_for_a_child(parts, pk):
    with pytest.raises(Refused, match="tidak berlaku untuk klien anak"):
        services.register(**parts(lahir=dt.date(2012, 1, 1)), by=pk)


def test_somebody_active_in_another_office_is_refused_without_saying_where(parts, pk, theirs):
    there = make.officer("pk", bapas=theirs)
    services.register(**parts(nik="3201010101010001", pk_pembimbing=there), by=there)
    with pytest.raises(Refused, match=r"^Orang ini sudah terdaftar aktif\. Periksa kembali NIK\.$"):
        services.register(**parts(nik="3201010101010001"), by=pk)
    assert not Klien.objects.filter(bapas=pk.penugasan.bapas).exists()


def test_a_register_number_that_is_taken_is_refused_in_a_sentence(parts, pk):
    services.register(**parts(), by=pk)
    with pytest.raises(Refused, match="Nomor register ini sudah dipakai"):
        services.register(**parts(nama="Orang Lain"), by=pk)


def test_the_same_registration_sent_twice_is_one_file(parts, pk):
    first = services.register(**parts(), by=pk)
    assert services.register(**parts(), by=pk) == first
    assert Klien.objects.count() == 1


def test_a_change_raises_the_version_and_a_stale_one_is_not_saved(klien, pk):
    mine, other = Klien.objects.get(pk=klien.pk), Klien.objects.get(pk=klien.pk)
    other.nama = "Budi S."
    assert services.update(klien=other, versi=1, by=pk).versi == 2
    mine.nama = "Budi Santosa"
    with pytest.raises(Changed) as change:
        services.update(klien=mine, versi=1, by=pk)
    assert change.value.current.nama == Klien.objects.get(pk=klien.pk).nama == "Budi S."


# --- guidance and the schedule --------------------------------------------------------------------


def test_a_contact_moves_the_schedule(klien, log, today):
    log(days_ago=1)
    assert worked_out(klien) == (today - dt.timedelta(days=1), today + dt.timedelta(days=29), 0)


def test_absences_in_a_row_are_counted_until_the_client_comes(klien, log, today):
    log(days_ago=9)
    for days_ago in (6, 4, 2):
        log(days_ago=days_ago, hadir=False)
    assert worked_out(klien)[2] == 3
    log(days_ago=1)
    assert worked_out(klien)[2] == 0
    log(hadir=False)
    assert worked_out(klien)[0::2] == (today - dt.timedelta(days=1), 1)


def test_a_contact_written_late_does_not_push_back_a_newer_date(klien, log, today):
    log(days_ago=0, again_in=10)
    log(days_ago=5, again_in=30)
    assert worked_out(klien)[:2] == (today, today + dt.timedelta(days=10))


def test_undoing_the_only_contact_restores_the_first_date(klien, log, pk):
    before = klien.jadwal.pertama
    services.undo(original=log(), jadwal=schedule(klien), by=pk)
    assert worked_out(klien) == (None, before, 0)


def test_undoing_an_absence_uncounts_it(klien, log, pk):
    log(days_ago=5, hadir=False)
    second = log(days_ago=2, hadir=False)
    services.undo(original=second, jadwal=schedule(klien), by=pk)
    assert worked_out(klien)[2] == 1


def test_a_correction_replaces_and_is_counted_instead(klien, log, pk, today):
    wrong = log(days_ago=2, hadir=False)
    right = CatatanBimbingan(
        tanggal=today - dt.timedelta(days=2), cara="kantor", hadir=True, alasan_koreksi="salah pilih",
        berikutnya=today + dt.timedelta(days=20),
    )  # fmt: skip
    services.correct(original=wrong, catatan=right, jadwal=schedule(klien), by=pk)
    assert worked_out(klien) == (today - dt.timedelta(days=2), today + dt.timedelta(days=20), 0)
    assert CatatanBimbingan.objects.get(pk=wrong.pk).hadir is False
    with pytest.raises(Refused, match="sudah diperbaiki"):
        services.withdraw(original=wrong, jadwal=schedule(klien), by=pk, alasan="terlambat")


def test_undo_is_for_ones_own_record_and_ten_minutes(klien, log, pk, officer):
    record = log()
    with pytest.raises(Refused, match="10 menit"):
        services.undo(original=record, jadwal=schedule(klien), by=officer("pk"))
    record.diterima_pada -= dt.timedelta(minutes=11)
    with pytest.raises(Refused, match="10 menit"):
        services.undo(original=record, jadwal=schedule(klien), by=pk)


def test_a_known_key_gives_the_first_record(klien, log, pk):
    first = log()
    again = CatatanBimbingan(kunci=first.kunci, tanggal=first.tanggal, cara="kantor", hadir=True)
    assert services.log_guidance(catatan=again, jadwal=schedule(klien), by=pk) == (first, False)
    assert CatatanBimbingan.objects.count() == 1


def test_a_key_cannot_stand_for_another_contact(klien, log, pk):
    first = log()
    other = CatatanBimbingan(kunci=first.kunci, tanggal=first.tanggal, cara="kantor", hadir=False, alasan="sakit")
    with pytest.raises(Refused, match="Buka formulir baru"):
        services.log_guidance(catatan=other, jadwal=schedule(klien), by=pk)


def test_no_guidance_for_an_ended_registration(ours, pk, today):
    ended = make.KlienFactory(bapas=ours, pk_pembimbing=pk, status="selesai")
    catatan = CatatanBimbingan(tanggal=today, cara="kantor", hadir=True)
    with pytest.raises(Refused, match="berstatus selesai"):
        services.log_guidance(catatan=catatan, jadwal=schedule(ended), by=pk)


# --- needs ----------------------------------------------------------------------------------------


def test_a_closed_need_keeps_reason_time_and_trace(klien, pk):
    need = make.KebutuhanFactory(klien=klien)
    closed = services.move_need(kebutuhan=need, ke=Status.TIDAK, by=pk, alasan="Tidak ada kuota")
    assert (closed.status, closed.alasan, closed.ditutup_pada is not None) == (Status.TIDAK, "Tidak ada kuota", True)
    move = Riwayat.objects.get(objek="kebutuhan", objek_id=need.pk)
    assert (move.dari, move.ke, move.catatan) == ("terbuka", "tidak", "Tidak ada kuota")


def test_an_unmet_need_needs_a_reason(klien, pk):
    with pytest.raises(Refused, match="Isi alasan"):
        services.move_need(kebutuhan=make.KebutuhanFactory(klien=klien), ke=Status.TIDAK, by=pk)


@pytest.mark.parametrize("status", [status for status, following in services.NEXT.items() if not following])
def test_what_has_ended_stays_ended(klien, pk, status, today):
    need = make.KebutuhanFactory(klien=klien, status=status, alasan="x", ditutup_pada=dt.datetime.now(tz=dt.UTC))
    with pytest.raises(Refused, match="tidak dapat menjadi"):
        services.move_need(kebutuhan=need, ke=Status.TERPENUHI, by=pk)


def appoint(klien, day, at=None):
    JadwalLapor.objects.filter(klien=klien).update(janji=day, berikutnya=day, janji_pada=at or timezone.now())


def test_an_appointment_stands_until_a_contact_after_it_was_made(klien, log, today):
    days = dt.timedelta(days=1)
    first = log(days_ago=3)
    appoint(klien, today + 5 * days)
    services.refresh(schedule(klien))
    assert schedule(klien).berikutnya == today + 5 * days  # an older contact, corrected or not, changes nothing
    log(days_ago=2)  # written late, about a day before the appointment was made
    assert schedule(klien).berikutnya == today + 5 * days
    contact = log()
    assert schedule(klien).berikutnya == contact.berikutnya
    services.undo(original=contact, jadwal=schedule(klien), by=first.pk_pencatat)
    assert schedule(klien).janji_berlaku


def all_at_once(jadwal):
    refresh_all(bapas_id=jadwal.bapas_id, klien_ids=[jadwal.klien_id])


@pytest.mark.parametrize("work_out", [services.refresh, all_at_once])
def test_the_day_of_an_appointment_is_that_of_the_office(klien, ours, work_out):
    """At eight in Jayapura it is still the day before in Greenwich."""
    type(ours).objects.filter(pk=ours.pk).update(zona_waktu="Asia/Jayapura")
    morning = dt.datetime(2026, 11, 10, 8, tzinfo=ZoneInfo("Asia/Jayapura"))
    appoint(klien, dt.date(2026, 11, 25), morning)
    late = morning + dt.timedelta(hours=2)
    make.CatatanFactory(klien=klien, tanggal="2026-11-09", berikutnya="2026-12-09", diterima_pada=late)
    work_out(schedule(klien))
    assert schedule(klien).berikutnya == dt.date(2026, 11, 25)
    make.CatatanFactory(klien=klien, tanggal="2026-11-10", berikutnya="2026-12-10", diterima_pada=late)
    work_out(schedule(klien))
    assert schedule(klien).berikutnya == dt.date(2026, 12, 10)


@pytest.mark.parametrize("work_out", [services.refresh, all_at_once])
def test_one_missed_day_is_one_absence_however_often_it_was_written_down(klien, work_out, today):
    """The third absence is a ground to propose revocation: two officers who log the same day must not make it two."""
    for days_ago in (40, 40, 10):
        day = today - dt.timedelta(days=days_ago)
        make.CatatanFactory(klien=klien, tanggal=day, hadir=False, alasan="kontak")
    work_out(schedule(klien))
    assert schedule(klien).absen_beruntun == 2


def test_details_of_an_appointment_hold_only_for_its_date(klien, today):
    appoint(klien, today)
    JadwalLapor.objects.filter(klien=klien).update(cara="kunjungan", jam=dt.time(9), tempat="Jalan Melati 4")
    assert schedule(klien).rincian_janji == "09.00 · Kunjungan rumah · Jalan Melati 4"
    JadwalLapor.objects.filter(klien=klien).update(berikutnya=today + dt.timedelta(days=9))
    assert (schedule(klien).rincian_janji, schedule(klien).cara_rencana) == ("", "")
