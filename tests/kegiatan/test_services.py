"""The verbs of an activity and its list, through the services."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.db import connections, transaction
from django.utils import timezone

from apps.dasar.errors import Refused
from apps.dasar.locks import lock
from apps.jejak.models import Perubahan, Riwayat
from apps.kegiatan import services
from apps.kegiatan.models import Kegiatan, Kehadiran
from apps.wilayah.scope import database_scope
from tests import factories as make
from tests.waiting import until_somebody_waits

HELD = {"hasil": "10 klien lulus.", "biaya": 500_000}


@pytest.fixture
def coordinator(ours):
    """Of a Pokmas that our office appointed."""
    mitra = make.MitraFactory()
    make.PokmasFactory(bapas=ours, mitra=mitra)
    return make.officer("koordinator_pokmas", mitra=mitra)


@pytest.fixture
def today(ours, coordinator):
    """An activity of that Pokmas that has begun."""
    return make.KegiatanFactory(
        bapas=ours, mitra=coordinator.penugasan.mitra, mulai=timezone.now(), kuota=3,
        dibuat_oleh=coordinator,
    )  # fmt: skip


def plan(**facts):
    begin = timezone.now() + dt.timedelta(days=2)
    return {
        "judul": "Latihan las", "jenis": "pelatihan", "mulai": begin, "selesai": begin + dt.timedelta(hours=2),
        "tempat": "Balai desa", "kuota": 10, "sumber": "pokmas", "biaya_rencana": 0,
        "kategori": [make.KategoriFactory()], **facts,
    }  # fmt: skip


class TestCreate:
    def test_a_partner_holds_it_with_the_office_that_appointed_it(self, coordinator, ours):
        kegiatan = services.create(by=coordinator, bapas=ours, mitra=coordinator.penugasan.mitra, **plan())
        assert (kegiatan.bapas, kegiatan.mitra, kegiatan.bidang) == (ours, coordinator.penugasan.mitra, "kemandirian")
        assert Riwayat.objects.get(objek="kegiatan", objek_id=kegiatan.pk).ke == "rencana"

    def test_not_with_another_office(self, coordinator, theirs):
        with pytest.raises(Refused, match="bekerja sama"):
            services.create(by=coordinator, bapas=theirs, mitra=coordinator.penugasan.mitra, **plan())

    def test_not_for_another_partner(self, coordinator, ours):
        with pytest.raises(Refused):
            services.create(by=coordinator, bapas=ours, mitra=make.MitraFactory(), **plan())

    def test_a_second_tap_returns_the_first_activity(self, coordinator, ours):
        facts = plan()
        first, second = (
            services.create(by=coordinator, bapas=ours, mitra=coordinator.penugasan.mitra, **facts) for _ in "12"
        )
        assert first == second

    def test_an_office_names_itself_or_an_own_active_pokmas(self, officer, coordinator, ours, theirs):
        pk = officer("pk")
        assert services.create(by=pk, bapas=ours, mitra=None, **plan()).mitra is None
        group = coordinator.penugasan.mitra
        assert services.create(by=pk, bapas=ours, mitra=group, **plan()).mitra == group
        stranger = make.PokmasFactory(bapas=theirs).mitra
        for bapas, mitra in [(ours, stranger), (theirs, None)]:
            with pytest.raises(Refused):
                services.create(by=pk, bapas=bapas, mitra=mitra, **plan())


class TestOfficesOfAPartner:
    def test_a_candidate_or_dismissed_group_has_none(self, ours):
        group = make.PokmasFactory(bapas=ours, status="nonaktif")
        assert not services.offices_of(group.mitra)

    def test_a_partner_without_a_group_chooses_in_its_region(self, ours, theirs):
        place = make.KabKotaFactory(kode="99.77", provinsi=make.ProvinsiFactory(kode="98", kanwil=ours.kanwil))
        assert list(services.offices_of(make.MitraFactory(kabkota=place))) == [ours]

    def test_a_partner_of_unknown_place_chooses_among_all(self, ours, theirs):
        assert {ours, theirs} <= set(services.offices_of(make.MitraFactory(kabkota=None)))


class TestList:
    def test_a_partner_adds_by_code_and_gets_the_call_name_only_with_consent(self, today, coordinator, ours):
        silent = make.KlienFactory(bapas=ours, panggilan="Rahasia")
        open_ = make.KlienFactory(bapas=ours, panggilan="Adi", izin_panggilan=True)
        with database_scope(coordinator.scope):
            services.enlist_by_code(today, [silent.kode, open_.kode], by=coordinator)
        assert dict(today.daftar_hadir().values_list("kode", "panggilan")) == {silent.kode: "", open_.kode: "Adi"}

    @pytest.mark.parametrize("case", ["nobody", "other office", "no longer a client"])
    def test_every_unknown_code_gets_the_same_sentence_and_nobody_is_added(
        self, today, coordinator, ours, theirs, case
    ):
        known = make.KlienFactory(bapas=ours).kode
        code = {
            "nobody": lambda: "KL-2020-99999",
            "other office": lambda: make.KlienFactory(bapas=theirs).kode,
            "no longer a client": lambda: make.KlienFactory(bapas=ours, status="selesai").kode,
        }[case]()
        with pytest.raises(services.UnknownCode) as refusal:
            services.enlist_by_code(today, [known, code], by=coordinator)
        assert str(refusal.value) == (
            f"Kode tidak dikenal di {ours}: {code}. Periksa kartu klien, atau tanyakan kepada PK."
        )
        assert not today.daftar_hadir().exists()

    def test_guessing_ends_after_twenty_wrong_codes_whatever_the_activity(self, today, coordinator, ours):
        cache.clear()
        Kegiatan.objects.filter(pk=today.pk).update(kuota=services.WRONG_CODES)
        wrong = [f"KL-2020-{n:05}" for n in range(services.WRONG_CODES)]
        with pytest.raises(services.UnknownCode):
            services.enlist_by_code(today, wrong, by=coordinator)
        other = make.KegiatanFactory(bapas=ours, mitra=today.mitra)
        with pytest.raises(Refused, match="Terlalu banyak kode"):
            services.enlist_by_code(other, [make.KlienFactory(bapas=ours).kode], by=coordinator)
        assert not other.daftar_hadir().exists()

    def test_who_is_on_the_list_stays_once(self, today, coordinator, ours):
        klien = make.KlienFactory(bapas=ours)
        assert [services.enlist(today, [klien], by=coordinator) for _ in "12"] == [1, 0]

    def test_the_quota_holds(self, today, coordinator, ours):
        clients = make.KlienFactory.create_batch(4, bapas=ours)
        services.enlist(today, clients[:2], by=coordinator)
        with pytest.raises(Refused, match="Tersisa 1 tempat"):
            services.enlist(today, clients, by=coordinator)
        assert today.daftar_hadir().count() == 2

    def test_a_full_list_does_not_tell_which_codes_exist(self, today, coordinator, ours):
        Kegiatan.objects.filter(pk=today.pk).update(kuota=1)
        listed = make.KehadiranFactory(kegiatan=today).kode
        sentences = set()
        for code in (make.KlienFactory(bapas=ours).kode, "KL-2001-99999"):
            with pytest.raises(Refused, match="Tersisa 0 tempat") as refusal:
                services.enlist_by_code(today, [code], by=coordinator)
            sentences.add(str(refusal.value))
        assert len(sentences) == 1
        assert services.enlist_by_code(today, [listed], by=coordinator) == 0

    def test_only_unmarked_people_are_struck(self, today, coordinator):
        row = make.KehadiranFactory(kegiatan=today, dicatat_oleh=coordinator)
        marked = make.KehadiranFactory(kegiatan=today, status="hadir", dicatat_oleh=coordinator)
        services.strike(row)
        with pytest.raises(Refused, match="sudah dicatat"):
            services.strike(marked)
        assert list(today.daftar_hadir()) == [marked]


class TestMarks:
    def test_a_second_submit_changes_nothing(self, today, coordinator):
        row = make.KehadiranFactory(kegiatan=today)
        assert services.mark(today, {row.pk: "hadir"}, by=coordinator) == 1
        first = Kehadiran.objects.get(pk=row.pk)
        assert services.mark(today, {row.pk: "hadir"}, by=coordinator) == 0
        assert Kehadiran.objects.get(pk=row.pk).dicatat_pada == first.dicatat_pada
        assert Perubahan.objects.filter(tabel="kegiatan_kehadiran", baris_id=row.pk).count() == 1

    def test_a_row_of_another_activity_is_not_touched(self, today, coordinator, ours):
        stranger = make.KehadiranFactory(kegiatan=make.KegiatanFactory(bapas=ours))
        assert services.mark(today, {stranger.pk: "hadir"}, by=coordinator) == 0

    def test_not_before_the_day(self, ours, coordinator):
        row = make.KehadiranFactory(kegiatan=make.KegiatanFactory(bapas=ours))
        with pytest.raises(Refused, match="mulai hari kegiatan"):
            services.mark(row.kegiatan, {row.pk: "hadir"}, by=coordinator)


class TestEnd:
    def test_closing_keeps_result_and_cost(self, today, coordinator):
        make.KehadiranFactory(kegiatan=today, status="hadir")
        services.close(today, by=coordinator, **HELD)
        today.refresh_from_db()
        assert (today.status, today.hasil, today.biaya) == ("selesai", HELD["hasil"], HELD["biaya"])
        assert Riwayat.objects.get(objek="kegiatan", objek_id=today.pk, ke="selesai").oleh == coordinator

    def test_not_before_it_began_nor_without_attendance(self, ours, today, coordinator):
        tomorrow = make.KehadiranFactory(kegiatan=make.KegiatanFactory(bapas=ours)).kegiatan
        with pytest.raises(Refused, match="belum mulai"):
            services.close(tomorrow, by=coordinator, **HELD)
        make.KehadiranFactory(kegiatan=today)
        with pytest.raises(Refused, match="Daftar hadir belum diisi"):
            services.close(today, by=coordinator, **HELD)

    @pytest.mark.parametrize("end", [
        {"status": "selesai", "hasil": "Baik.", "biaya": 0, "ditutup_pada": timezone.now()},
        {"status": "batal", "alasan_batal": "Hujan."},
    ])  # fmt: skip
    def test_what_is_over_stays_over(self, ours, coordinator, end):
        kegiatan = make.KegiatanFactory(bapas=ours, mulai=timezone.now(), **end)
        row = make.KehadiranFactory(kegiatan=kegiatan)
        for attempt in (
            lambda: services.close(kegiatan, by=coordinator, **HELD),
            lambda: services.mark(kegiatan, {row.pk: "hadir"}, by=coordinator),
            lambda: services.enlist(kegiatan, [make.KlienFactory(bapas=ours)], by=coordinator),
            lambda: services.change(kegiatan, seen="0", **plan()),
            lambda: services.cancel(kegiatan, by=coordinator, alasan="Lain."),
        ):
            with pytest.raises(Refused):
                attempt()

    def test_what_took_place_is_not_cancelled(self, today, coordinator):
        make.KehadiranFactory(kegiatan=today, status="hadir")
        with pytest.raises(Refused, match="Tutup dengan hasilnya"):
            services.cancel(today, by=coordinator, alasan="Hujan.")

    def test_the_quota_does_not_shrink_below_the_list(self, today):
        make.KehadiranFactory.create_batch(2, kegiatan=today)
        with pytest.raises(Refused, match="kurang dari 2"):
            services.change(today, seen="0", **plan(kuota=1))


@pytest.mark.django_db(transaction=True)
def test_twenty_people_at_once_never_exceed_the_quota(ours):
    kegiatan = make.KegiatanFactory(bapas=ours, kuota=5)
    clients, by = make.KlienFactory.create_batch(20, bapas=ours), kegiatan.dibuat_oleh

    def add(klien):
        try:
            return services.enlist(kegiatan, [klien], by=by)
        except Refused:
            return 0
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        added = sum(pool.map(add, clients))
    assert added == kegiatan.daftar_hadir().count() == 5


@pytest.mark.django_db(transaction=True)
def test_giving_up_waits_for_a_list_that_is_just_being_filled(ours):
    """A cancelled activity has no attendance, even when both are saved at one moment."""
    row = make.KehadiranFactory(kegiatan=make.KegiatanFactory(bapas=ours, mulai=timezone.now()))

    def give_up():
        try:
            services.cancel(row.kegiatan, by=row.kegiatan.dibuat_oleh, alasan="Hujan deras.")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            lock(row.kegiatan)
            Kehadiran.objects.filter(pk=row.pk).update(status=Kehadiran.Status.HADIR)
            cancelling = pool.submit(give_up)
            until_somebody_waits()
        with pytest.raises(Refused, match="sudah diisi"):
            cancelling.result(timeout=20)
    assert Kegiatan.objects.get().status == "rencana"


@pytest.mark.django_db(transaction=True)
def test_two_taps_at_once_make_one_activity(ours, officer):
    by, facts = officer("operator"), plan()

    def tap(_):
        try:
            return services.create(by=by, bapas=ours, mitra=None, **facts).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        made = set(pool.map(tap, range(4)))
    assert made == set(Kegiatan.objects.values_list("pk", flat=True))
    assert len(made) == 1
