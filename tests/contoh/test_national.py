"""The bulk load: many processes, no checks on the way, and every check proved to be back at the end."""

from functools import partial

import psycopg2
import pytest
from django.db import DatabaseError, IntegrityError, connection
from django.utils import timezone

from apps.akun.models import Pengguna
from apps.kegiatan.models import Kegiatan, Kehadiran
from apps.klien.models import CatatanBimbingan, JadwalLapor, Klien, MasaBimbingan, Orang
from apps.program.models import ProgramTahunan
from apps.wajib_lapor.models import PerubahanJadwal
from apps.wilayah.models import Bapas, Mitra
from contoh import guards, loading
from contoh.offices import NATIONAL_CLIENTS, national
from tests import factories as make
from tests.contoh.conftest import keep_few_offices
from tests.contoh.history import IMPOSSIBLE, ONLY_SMALL, found, in_the_future

pytestmark = pytest.mark.django_db(transaction=True)
SHARE = 0.001
NOBODYS_TERM = """
INSERT INTO klien_masabimbingan (bapas_id, klien_id, jenis_program_id, sk_nomor, sk_tanggal, mulai, selesai)
VALUES (-1, -1, -1, '', now(), now(), now())
"""
TABLES = ["klien_klien", "klien_masabimbingan", "klien_catatanbimbingan"]
load = partial(loading.load_national, password="rahasia", say=lambda text: None, share=SHARE, processes=2)


def everything_guarded() -> set[tuple]:
    """Constraints, indexes, row policies and triggers of the whole schema."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint "
            "WHERE connamespace = 'public'::regnamespace "
            "UNION ALL SELECT indexname, indexdef, true FROM pg_indexes WHERE schemaname = 'public' "
            "UNION ALL SELECT relname, relrowsecurity::text, relforcerowsecurity FROM pg_class WHERE relkind = 'r' "
            "UNION ALL SELECT tgrelid::regclass::text, tgname, tgenabled = 'O' FROM pg_trigger WHERE NOT tgisinternal"
        )
        return set(cursor.fetchall())


@pytest.fixture
def few_offices():
    keep_few_offices()


def test_a_national_load_has_its_size_and_leaves_every_guard_in_place(few_offices):
    before = everything_guarded()
    load()
    assert everything_guarded() == before
    offices = Bapas.objects.filter(aktif=True)
    assert Klien.objects.count() == round(NATIONAL_CLIENTS * SHARE)
    assert Klien.objects.active().count() == sum(amount.active for amount in national(offices.count(), SHARE))
    for model in (MasaBimbingan, JadwalLapor, Orang):
        assert model.objects.count() == Klien.objects.count()
    assert 10 <= CatatanBimbingan.objects.count() / Klien.objects.count() <= 14
    assert Kehadiran.objects.count() > 12 * Kegiatan.objects.count()  # small offices have fewer clients than seats
    assert ProgramTahunan.objects.values("bapas").distinct().count() == offices.count()
    for what, question in IMPOSSIBLE.items():
        assert what in ONLY_SMALL or not found(question), what
    assert not in_the_future()
    assert set(Klien.objects.as_of(timezone.localdate())) == set(Klien.objects.active())
    assert PerubahanJadwal.objects.exists()
    fresh = make.KlienFactory(bapas=offices[0], kode="KL-1999-00001", nomor_register="uji")
    assert fresh.pk > NATIONAL_CLIENTS * SHARE


def test_a_failed_load_leaves_everything_as_it_was(few_offices):
    """A row that points nowhere is noticed when the foreign keys are built again."""
    before = everything_guarded()
    with pytest.raises(DatabaseError), guards.unguarded(TABLES, lambda text: None), connection.cursor() as cursor:
        cursor.execute(NOBODYS_TERM)
    assert everything_guarded() == before
    assert not MasaBimbingan.objects.exists()


def test_people_leave_with_a_failed_load(few_offices):
    make.KlienFactory(pk=1, bapas=Bapas.objects.filter(aktif=True)[0])
    with pytest.raises(psycopg2.Error):  # it comes from another process
        load()
    assert not loading.present()
    assert not Pengguna.objects.filter(email__endswith=".example").exists()
    assert not Mitra.objects.filter(kontak__endswith=".example").exists()


def test_clients_leave_too_when_the_last_step_fails(few_offices):
    """Programmes come last; here one of their numbers is taken."""
    make.ProgramFactory(pk=1, bapas=Bapas.objects.filter(aktif=True)[0])
    with pytest.raises(IntegrityError):
        load()
    assert not loading.present()
    assert not Klien.objects.exists()
