"""What the law and the place allow, and what PostgreSQL keeps even when somebody goes around the services."""

import datetime as dt
import uuid
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction
from django.db.models import Sum
from django.utils import timezone

from apps.dasar.errors import Refused
from apps.dasar.violations import refusals
from apps.jejak.models import Riwayat
from apps.jejak.versions import Changed, version
from apps.kerja_sosial import pins, services
from apps.kerja_sosial.models import (
    JamKerja,
    KerjaSosial,
    Ketidakhadiran,
    PengesahanJam,
    PinPengawas,
    PutusanKerjaSosial,
    TempatKerjaSosial,
)
from apps.kerja_sosial.services import Work
from apps.klien.models import Klien
from apps.wilayah.scope import Scope, database_scope, office_scope
from tests import factories as make
from tests.kerja_sosial import factories as own
from tests.roles import as_web_role

pytestmark = pytest.mark.django_db
BEGIN = dt.date(2026, 3, 2)


@pytest.fixture
def officer_pk(officer):
    own.limits(), own.limits("anak")
    return officer("pk")


@pytest.fixture
def place(ours):
    return own.TempatFactory(bapas=ours)


@pytest.fixture
def ks(ours):
    return own.KerjaSosialFactory(bapas=ours)


def plan(place, **facts):
    return KerjaSosial(
        **{"tempat": place, "total_jam": 60, "jam_per_hari": Decimal(4), "hari": [1, 3], "mulai": BEGIN,
           "batas": dt.date(2026, 9, 2), **facts}
    )  # fmt: skip


def verdict(**facts):
    return PutusanKerjaSosial(
        **{"nomor": "12/Pid.S/2026/PN Uji", "tanggal": dt.date(2026, 2, 20), "pengadilan": "PN Uji",
           "kejaksaan": "Kejari Uji", "jaksa": "Jaksa Contoh", "persetujuan": dt.date(2026, 2, 18), **facts}
    )  # fmt: skip


def yesterday(days=1):
    return timezone.localdate() - dt.timedelta(days=days)


def work(day=None, begin=8, end=12, **facts):
    return Work(day or yesterday(), dt.time(begin), dt.time(end), "Membersihkan taman", **facts)


def write(ks, by, **facts):
    return services.record(ks, work(**facts), kunci=uuid.uuid4(), by=by)


def sign(ks, by, **facts):
    rows = JamKerja.objects.filter(kerja_sosial=ks)
    facts = {"cara": "pin", "pengawas": "Ibu Pengawas", **facts}
    return services.confirm(list(rows.values_list("pk", flat=True)), rows=rows, by=by, **facts)


class TestVerdict:
    def start(self, by, klien, *, place, verdict_facts=None, **facts):
        return services.start(plan(place, **facts), verdict(**(verdict_facts or {})), klien=klien, by=by)

    def test_limits_of_the_day_and_what_the_place_may_know_are_copied(self, officer_pk, place, ours):
        klien = make.KlienFactory(bapas=ours, izin_panggilan=True, panggilan="Budi")
        ks = self.start(officer_pk, klien, place=place)
        assert (ks.batas_jam_min, ks.batas_jam_maks, ks.batas_jam_hari, ks.batas_bulan) == (8, 240, 8, 6)
        assert (ks.kode, ks.panggilan, ks.jenis) == (klien.kode, "Budi", "dewasa")
        assert ks.putusan.bapas_id == ours.pk

    @pytest.mark.parametrize(
        ("facts", "sentence"),
        [
            ({"total_jam": 7}, "8–240 jam"),
            ({"total_jam": 241}, "8–240 jam"),
            ({"jam_per_hari": Decimal("8.5")}, "paling banyak 8 jam"),
            ({"batas": dt.date(2026, 9, 3)}, "paling lambat 2 September 2026"),
        ],
    )
    def test_the_law_blocks(self, officer_pk, place, ours, facts, sentence):
        with pytest.raises(Refused, match=sentence):
            self.start(officer_pk, make.KlienFactory(bapas=ours), place=place, **facts)

    @pytest.mark.parametrize("hours", [6, 121])
    def test_a_child_serves_between_7_and_120_hours(self, officer_pk, place, ours, hours):
        with pytest.raises(Refused, match="7–120 jam"):
            self.start(officer_pk, own.child(bapas=ours), place=place, total_jam=hours)

    def test_a_child_goes_only_where_it_learns_and_is_known_by_code(self, officer_pk, place, ours):
        workshop = own.TempatFactory(bapas=ours, untuk="dewasa", pendidikan=False)
        klien = own.child(bapas=ours, izin_panggilan=True, panggilan="Adi")
        with pytest.raises(Refused, match="mendidik"):
            self.start(officer_pk, klien, place=workshop)
        ks = self.start(officer_pk, klien, place=place)
        assert (ks.panggilan, ks.tempat_pendidikan, ks.jenis) == ("", True, "anak")

    def test_eligibility_only_warns(self, officer_pk, place, ours):
        facts = {"ancaman_tahun": 5, "pidana_bulan": 7, "denda": 10_000_001}
        ks = self.start(officer_pk, make.KlienFactory(bapas=ours), place=place, verdict_facts=facts)
        assert ks.putusan.peringatan.count(".") >= 3
        assert "kurang dari 5 tahun" in ks.putusan.peringatan

    def test_a_verdict_older_than_every_known_limit_is_refused(self, officer_pk, place, ours):
        with pytest.raises(Refused, match="Daftar acuan"):
            self.start(
                officer_pk, make.KlienFactory(bapas=ours), place=place, verdict_facts={"tanggal": dt.date(2025, 12, 31)}
            )

    def test_nothing_begins_before_its_verdict(self, officer_pk, place, ours):
        with pytest.raises(Refused, match="sebelum putusan, 3 Maret 2026"):
            self.start(
                officer_pk, make.KlienFactory(bapas=ours), place=place, verdict_facts={"tanggal": dt.date(2026, 3, 3)}
            )

    def test_a_registration_that_ended_meanwhile_gets_no_sentence(self, officer_pk, place, ours):
        """The caller holds the client as it was; the service asks the row."""
        ended = make.KlienFactory(bapas=ours, status="selesai")
        ended.status = "aktif"
        with pytest.raises(Refused, match="berstatus selesai"):
            self.start(officer_pk, ended, place=place)

    def test_one_running_sentence_per_client(self, officer_pk, place, ks):
        with pytest.raises(Refused, match="masih menjalani"):
            self.start(officer_pk, ks.klien, place=place)

    def test_a_full_day_is_refused_another_day_is_not(self, officer_pk, place, ours):
        place.kapasitas = 1
        place.save()
        self.start(officer_pk, make.KlienFactory(bapas=ours), place=place)
        with pytest.raises(Refused, match="penuh pada hari Rabu"):
            self.start(officer_pk, make.KlienFactory(bapas=ours), place=place, hari=[3, 4])
        assert self.start(officer_pk, make.KlienFactory(bapas=ours), place=place, hari=[2, 4])

    def test_more_time_needs_a_decision_of_the_court(self, officer_pk, ks):
        longer = ks.mulai + dt.timedelta(days=250)
        services.extend(ks, nomor="3/Pen", tanggal=timezone.localdate(), batas=longer, by=officer_pk)
        ks.refresh_from_db()
        assert (ks.batas, ks.perpanjangan.nomor) == (longer, "3/Pen")

    def test_a_decision_gives_the_time_it_gives_and_no_more(self, officer_pk, ks):
        given = ks.mulai + dt.timedelta(days=250)
        services.extend(ks, nomor="3/Pen", tanggal=timezone.localdate(), batas=given, by=officer_pk)
        ks.refresh_from_db()
        services.change(ks, ks.putusan, versi=2)
        ks.batas = given + dt.timedelta(days=1)
        with pytest.raises(Refused, match="menurut penetapan pengadilan"):
            services.change(ks, ks.putusan, versi=3)

    def test_a_correction_is_not_refused_because_of_the_place(self, officer_pk, ks):
        """It closed and it is full: whoever is there already keeps the seat."""
        own.KerjaSosialFactory(bapas=ks.bapas, tempat=ks.tempat)
        TempatKerjaSosial.objects.update(aktif=False, kapasitas=1)
        ks.putusan.nomor = "13/Pid.S/2026"
        assert services.change(ks, ks.putusan, versi=1).versi == 2
        ks.batas += dt.timedelta(days=1)
        with pytest.raises(Refused, match="sudah penuh"):
            services.change(ks, ks.putusan, versi=2)

    def test_a_change_that_somebody_else_overtook_is_refused(self, officer_pk, ks):
        services.change(ks, ks.putusan, versi=1)
        with pytest.raises(Changed):
            services.change(ks, ks.putusan, versi=1)

    def test_a_change_never_cuts_off_hours_that_were_worked(self, officer_pk, ks):
        write(ks, officer_pk)
        ks.total_jam = 8
        services.change(ks, ks.putusan, versi=1)
        ks.mulai = timezone.localdate()
        with pytest.raises(Refused, match="di luar masa ini"):
            services.change(ks, ks.putusan, versi=2)


class TestLedger:
    def test_hours_count_and_a_double_tap_counts_once(self, officer_pk, ks):
        key = uuid.uuid4()
        first = services.record(ks, work(), kunci=key, by=officer_pk)
        assert services.record(ks, work(), kunci=key, by=officer_pk) == first
        ks.refresh_from_db()
        assert (ks.jam_tercatat, ks.jam_disahkan) == (4, 0)

    def test_a_form_that_was_sent_is_not_sent_again_for_other_hours(self, officer_pk, ks):
        key = uuid.uuid4()
        services.record(ks, work(), kunci=key, by=officer_pk)
        with pytest.raises(Refused, match="Buka formulir baru"):
            services.record(ks, work(day=yesterday(2)), kunci=key, by=officer_pk)

    def test_halves_without_the_break(self):
        assert work(begin=8, end=12, istirahat=Decimal("0.5")).jam == Decimal("3.5")
        assert Work(yesterday(), dt.time(8), dt.time(9, 50), "x").jam == Decimal("1.5")

    def test_eight_hours_a_day_and_no_overlap(self, officer_pk, ks):
        write(ks, officer_pk, begin=7, end=13)
        with pytest.raises(Refused, match="Bertumpang tindih"):
            write(ks, officer_pk, begin=12, end=14)
        with pytest.raises(Refused, match="Paling banyak 8 jam"):
            write(ks, officer_pk, begin=13, end=16)
        assert write(ks, officer_pk, begin=13, end=15).jam == 2

    def test_never_above_the_verdict(self, officer_pk, ours):
        ks = own.KerjaSosialFactory(bapas=ours, total_jam=8)
        write(ks, officer_pk, begin=8, end=14)
        with pytest.raises(Refused, match="tinggal 2 jam"):
            write(ks, officer_pk, day=yesterday(2))

    def test_only_inside_the_period(self, officer_pk, ks):
        with pytest.raises(Refused, match="Tanggal harus di antara"):
            write(ks, officer_pk, day=ks.mulai - dt.timedelta(days=1))

    def test_a_correction_replaces_and_waits_for_a_new_confirmation(self, officer_pk, ks):
        entry = write(ks, officer_pk)
        sign(ks, officer_pk)
        services.correct(entry, work(end=11), alasan="Pulang lebih awal", kunci=uuid.uuid4(), by=officer_pk)
        ks.refresh_from_db()
        assert (ks.jam_tercatat, ks.jam_disahkan) == (3, 0)
        with pytest.raises(Refused, match="sudah dikoreksi"):
            services.correct(entry, None, alasan="Lagi", kunci=uuid.uuid4(), by=officer_pk)

    def test_a_correction_may_take_back_everything(self, officer_pk, ks):
        entry = write(ks, officer_pk)
        services.correct(entry, None, alasan="Salah orang", kunci=uuid.uuid4(), by=officer_pk)
        ks.refresh_from_db()
        assert ks.jam_tercatat == 0
        assert not JamKerja.objects.filter(kerja_sosial=ks).counted().exists()

    def test_confirming_twice_changes_nothing(self, officer_pk, ks):
        write(ks, officer_pk)
        assert [sign(ks, officer_pk), sign(ks, officer_pk)] == [4, 0]
        ks.refresh_from_db()
        assert ks.jam_disahkan == 4

    def test_complete_only_with_every_hour_confirmed(self, officer_pk, ours):
        ks = own.KerjaSosialFactory(bapas=ours, total_jam=8)
        write(ks, officer_pk, end=16)
        with pytest.raises(Refused, match="Baru 0 jam dari 8 jam"):
            services.complete(ks, by=officer_pk, on=timezone.localdate())
        sign(ks, officer_pk)
        done = services.complete(ks, by=officer_pk, on=timezone.localdate())
        assert done.status == "selesai"
        assert Riwayat.objects.get(objek="kerja_sosial", ke="selesai").oleh == officer_pk
        with pytest.raises(Refused, match="tidak dapat diubah"):
            write(ks, officer_pk, day=yesterday(3))

    def test_absence_is_recorded_once_and_not_on_a_day_of_work(self, officer_pk, ks):
        write(ks, officer_pk)
        facts = {"beralasan": False, "uraian": "Tidak dapat dihubungi"}
        with pytest.raises(Refused, match="klien bekerja"):
            services.note_absence(Ketidakhadiran(tanggal=yesterday(), **facts), ks=ks, by=officer_pk)
        services.note_absence(Ketidakhadiran(tanggal=yesterday(2), **facts), ks=ks, by=officer_pk)
        with pytest.raises(Refused, match="sudah dicatat"):
            services.note_absence(Ketidakhadiran(tanggal=yesterday(2), **facts), ks=ks, by=officer_pk)

    def test_hours_of_the_same_day_show_that_it_was_no_absence(self, officer_pk, ks):
        facts = {"beralasan": False, "uraian": "Belum datang pukul delapan"}
        services.note_absence(Ketidakhadiran(tanggal=yesterday(), **facts), ks=ks, by=officer_pk)
        assert Ketidakhadiran.objects.counted().count() == 1
        entry = write(ks, officer_pk)
        assert not Ketidakhadiran.objects.counted().exists()
        services.correct(entry, None, alasan="Salah orang", kunci=uuid.uuid4(), by=officer_pk)
        assert Ketidakhadiran.objects.counted().count() == 1


class TestPlace:
    def save(self, place, **facts):
        for name, value in facts.items():
            setattr(place, name, value)
        with refusals():
            return services.save_place(place, bapas=place.bapas, mitra=place.mitra, seen=version(place))

    def test_a_place_of_adults_may_begin_to_teach_and_stop(self, ours):
        ks = own.KerjaSosialFactory(bapas=ours, tempat=own.TempatFactory(bapas=ours, untuk="dewasa", pendidikan=False))
        for teaches in (True, False):
            self.save(ks.tempat, pendidikan=teaches)
            ks.refresh_from_db()
            assert ks.tempat_pendidikan == teaches

    def test_where_a_child_was_placed_it_goes_on_teaching(self, ours):
        ks = own.KerjaSosialFactory(bapas=ours, klien=own.child(bapas=ours), total_jam=20)
        KerjaSosial.objects.update(status="tidak", ditutup=timezone.localdate())
        with pytest.raises(Refused, match="mendidik"):
            self.save(ks.tempat, untuk="dewasa", pendidikan=False)

    def test_one_seat_may_be_promised_twice_one_after_the_other(self, officer_pk, ours):
        place = own.TempatFactory(bapas=ours, kapasitas=1)
        own.KerjaSosialFactory(bapas=ours, tempat=place, batas=yesterday(-30))
        own.KerjaSosialFactory(bapas=ours, tempat=place, mulai=yesterday(-31))
        assert self.save(place, jabatan="Kepala dapur").jabatan == "Kepala dapur"


class TestPin:
    def test_five_wrong_ones_lock_for_a_quarter_of_an_hour(self, officer_pk, place):
        pins.set_pin(place, "482916", by=officer_pk)
        for left in (4, 3, 2, 1):
            with pytest.raises(pins.WrongPin, match=f"mencoba {left} kali"):
                pins.check_pin(place, "000000", by=officer_pk)
        with pytest.raises(pins.WrongPin, match="terkunci selama 15 menit"):
            pins.check_pin(place, "000000", by=officer_pk)
        with pytest.raises(pins.WrongPin, match="Coba lagi dalam 15 menit"):
            pins.check_pin(place, "482916", by=officer_pk)
        PinPengawas.objects.update(terkunci_sampai=timezone.now())
        pins.check_pin(place, "482916", by=officer_pk)
        trail = Riwayat.objects.filter(objek="pin-pengawas").order_by("pk").values_list("ke", flat=True)
        assert list(trail) == ["diatur", *["salah"] * 4, "terkunci", "benar"]

    def test_only_a_hash_is_stored(self, officer_pk, place):
        pins.set_pin(place, "482916", by=officer_pk)
        assert "482916" not in PinPengawas.objects.get().sandi


class TestDatabase:
    """Raw writes: nobody goes around the ledger."""

    def refused(self, match, call):
        with pytest.raises(IntegrityError, match=match), transaction.atomic():
            call()

    def test_totals_and_days(self, ks):
        own.JamFactory(kerja_sosial=ks)
        self.refused("one day", lambda: own.JamFactory(kerja_sosial=ks, mulai=dt.time(13), selesai=dt.time(18), jam=5))
        self.refused("overlaps", lambda: own.JamFactory(kerja_sosial=ks, mulai=dt.time(11), selesai=dt.time(13), jam=2))
        self.refused("clock", lambda: own.JamFactory(kerja_sosial=ks, tanggal=yesterday(2), jam=5))
        self.refused("period", lambda: own.JamFactory(kerja_sosial=ks, tanggal=ks.batas + dt.timedelta(days=1)))
        self.refused("halves", lambda: own.JamFactory(kerja_sosial=ks, tanggal=yesterday(2), jam=Decimal("3.3")))

    def test_the_verdict_is_the_end(self, ours):
        ks = own.KerjaSosialFactory(bapas=ours, total_jam=8)
        for day in (1, 2):
            own.JamFactory(kerja_sosial=ks, tanggal=yesterday(day))
        self.refused("never_above_verdict", lambda: own.JamFactory(kerja_sosial=ks, tanggal=yesterday(3), jam=1))

    @pytest.mark.parametrize(
        ("facts", "name"),
        [
            ({"total_jam": 241}, "hours_within_limits"),
            ({"total_jam": 300, "batas_jam_maks": 300}, "limits_within_law"),
            ({"batas_jam_hari": 9}, "limits_within_law"),
            ({"batas_bulan": 7}, "limits_within_law"),
            ({"jam_per_hari": Decimal(9)}, "day_within_limits"),
            ({"batas": dt.date(2099, 1, 1)}, "deadline_within_law"),
            ({"hari": [8]}, "days_of_the_week"),
            ({"hari": []}, "days_of_the_week"),
            ({"jam_tercatat": 41}, "never_above_verdict"),
            ({"status": "selesai", "ditutup": BEGIN}, "complete_when_confirmed"),
        ],
    )
    def test_constraints_of_a_sentence(self, ks, facts, name):
        self.refused(name, lambda: KerjaSosial.objects.filter(pk=ks.pk).update(**facts))

    def test_a_child_is_bound_to_a_place_that_teaches(self, ours):
        workshop = own.TempatFactory(bapas=ours, untuk="dewasa", pendidikan=False)
        ks = own.KerjaSosialFactory(bapas=ours, klien=own.child(bapas=ours), total_jam=20)
        rows = KerjaSosial.objects.filter(pk=ks.pk)
        self.refused("place_teaches", lambda: rows.update(tempat=workshop))
        self.refused("child_learns", lambda: rows.update(tempat=workshop, tempat_pendidikan=False))
        self.refused("child_learns", lambda: rows.update(panggilan="Adi"))
        own_place = TempatKerjaSosial.objects.filter(pk=ks.tempat_id)
        self.refused("child_learns", lambda: own_place.update(untuk="dewasa", pendidikan=False))

    def test_a_place_is_never_for_profit(self, ours):
        self.refused("never_for_profit", lambda: own.TempatFactory(bapas=ours, nirlaba=False))

    def test_ledger_and_confirmations_only_grow_for_the_web_role(self, ks, officer_pk):
        write(ks, officer_pk)
        sign(ks, officer_pk)
        with as_web_role(), database_scope(office_scope(ks.bapas_id)):
            for model in (JamKerja, PengesahanJam):
                for attack in (lambda rows: rows.update(bapas=ks.bapas), lambda rows: rows._raw_delete("default")):
                    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                        attack(model.objects.all())


class TestPartner:
    """Under the web role: a partner reads what is addressed to it, never the client, the verdict or the PIN."""

    @pytest.fixture
    def partner(self, ours, officer):
        user = officer("mitra")
        place = own.TempatFactory(bapas=ours, mitra=user.penugasan.mitra)
        return user, own.KerjaSosialFactory(bapas=ours, tempat=place)

    def test_reads_own_rows_only(self, partner, ks, officer_pk):
        user, mine = partner
        pins.set_pin(mine.tempat, "482916", by=officer_pk)
        with as_web_role(), database_scope(Scope(mitra=user.penugasan.mitra_id)):
            assert KerjaSosial.objects.get() == mine
            assert TempatKerjaSosial.objects.get() == mine.tempat
            assert not any(model.objects.exists() for model in (Klien, PutusanKerjaSosial, PinPengawas))

    def test_writes_and_confirms_own_hours_only(self, partner, ks, officer_pk):
        user, mine = partner
        foreign = own.JamFactory(kerja_sosial=ks)
        with as_web_role(), database_scope(Scope(mitra=user.penugasan.mitra_id, actor=user.pk)):
            write(mine, user)
            assert sign(mine, user, cara="akun") == 4
            with pytest.raises(DatabaseError), transaction.atomic():
                PengesahanJam.objects.create(
                    bapas_id=ks.bapas_id, mitra_id=user.penugasan.mitra_id, jam_kerja_id=foreign.pk, cara="akun",
                    pengawas="x", oleh=user,
                )  # fmt: skip
        mine.refresh_from_db()
        assert (mine.jam_tercatat, mine.jam_disahkan) == (4, 4)


class TestAtTheSameMoment:
    """Two connections, one row."""

    pytestmark = pytest.mark.django_db(transaction=True)

    @staticmethod
    def together(tasks):
        def run(task):
            try:
                return task() and "ok"
            except (Refused, IntegrityError) as refusal:
                return str(refusal)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(tasks)) as pool:
            return list(pool.map(run, tasks))

    def test_the_last_seat_is_given_once(self, officer_pk, ours):
        place = own.TempatFactory(bapas=ours, kapasitas=2)
        clients = make.KlienFactory.create_batch(6, bapas=ours)
        outcome = self.together(
            [lambda k=k: services.start(plan(place), verdict(), klien=k, by=officer_pk) for k in clients]
        )
        assert outcome.count("ok") == 2 == KerjaSosial.objects.count()

    def test_a_client_gets_one_sentence(self, officer_pk, place, ours):
        klien = make.KlienFactory(bapas=ours)
        outcome = self.together(
            [lambda: services.start(plan(place), verdict(), klien=klien, by=officer_pk) for _ in range(4)]
        )
        assert outcome.count("ok") == 1 == KerjaSosial.objects.count()

    @pytest.mark.parametrize("door", ["services", "raw insert"])
    def test_hours_never_pass_the_verdict(self, officer_pk, ours, door):
        """Eight people write four hours each, on eight days, on a verdict of twelve: three fit, whatever the door."""
        ks = own.KerjaSosialFactory(bapas=ours, total_jam=12)
        if door == "services":
            tasks = [lambda n=n: write(ks, officer_pk, day=yesterday(n)) for n in range(1, 9)]
        else:
            facts = {"kerja_sosial": ks, "dicatat_oleh": officer_pk}
            tasks = [lambda n=n: own.JamFactory(tanggal=yesterday(n), **facts) for n in range(1, 9)]
        assert self.together(tasks).count("ok") == 3
        ks.refresh_from_db()
        assert ks.jam_tercatat == 12 == ks.jam.aggregate(n=Sum("jam"))["n"]

    @pytest.mark.parametrize("door", ["services", "raw insert"])
    def test_a_day_never_passes_eight_hours(self, officer_pk, ks, door):
        """Six people write two hours each on one day, one after the other on the clock: four fit."""
        if door == "services":
            tasks = [lambda n=n: write(ks, officer_pk, begin=6 + 2 * n, end=8 + 2 * n) for n in range(6)]
        else:
            facts = {"kerja_sosial": ks, "dicatat_oleh": officer_pk, "jam": 2}
            tasks = [
                lambda n=n: own.JamFactory(mulai=dt.time(6 + 2 * n), selesai=dt.time(8 + 2 * n), **facts)
                for n in range(6)
            ]
        assert self.together(tasks).count("ok") == 4

    def test_hours_are_confirmed_once(self, officer_pk, ks):
        write(ks, officer_pk)
        assert sorted(self.together([lambda: str(sign(ks, officer_pk)) and True for _ in range(4)])) == ["ok"] * 4
        ks.refresh_from_db()
        assert (ks.jam_disahkan, PengesahanJam.objects.count()) == (4, 1)

    def test_wrong_pins_at_once_are_all_counted(self, officer_pk, place):
        pins.set_pin(place, "482916", by=officer_pk)
        self.together([lambda: pins.check_pin(place, "000000", by=officer_pk) for _ in range(5)])
        assert PinPengawas.objects.get().terkunci_sampai > timezone.now()


def test_the_running_totals_are_what_the_ledger_says(ks, officer_pk):
    write(ks, officer_pk)
    sign(ks, officer_pk)
    write(ks, officer_pk, day=yesterday(2), end=10)
    with connection.cursor() as cursor:
        cursor.execute("SELECT jam_tercatat, jam_disahkan FROM kerja_sosial_kerjasosial WHERE id = %s", [ks.pk])
        assert cursor.fetchone() == (Decimal(6), Decimal(4))
