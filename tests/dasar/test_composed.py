"""A query that is composed once gives what the ORM gives, whoever asks, and has no rule of its own."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.akun.backends import PERSON
from apps.akun.models import Pengguna
from apps.akun.roles import Peran
from apps.dasar.composed import Composed, Given, Insert, offices_of
from apps.klien.models import CatatanBimbingan, JadwalLapor, Klien
from apps.klien.views.guidance import SCHEDULE_OF
from tests import factories as make

pytestmark = pytest.mark.django_db


def loaded(row) -> dict:
    """The columns of a row, and of the rows that came with it."""
    state = row._state.fields_cache
    own = {name: value for name, value in vars(row).items() if name != "_state"}
    return own | {name: one and loaded(one) for name, one in state.items() if name != "jadwal"}


@pytest.mark.parametrize("peran", Peran)
def test_the_user_comes_with_assignment_and_unit(officer, peran):
    person = officer(peran)
    with CaptureQueriesContext(connection) as asked:
        found = PERSON.first(pk=person.pk)
        assert found.penugasan.unit_nama
        assert found.penugasan.zona_waktu
    assert len(asked) == 1
    assert loaded(found) == loaded(Pengguna.objects.with_duty().get(pk=person.pk))
    assert PERSON.first(pk=0) is None


def test_the_schedule_is_the_one_that_the_user_may_lock(officer, ours, theirs):
    person = officer("pk")
    mine, foreign = make.KlienFactory(bapas=ours), make.KlienFactory(bapas=theirs)
    rows = JadwalLapor.objects.visible_to(person).for_record()
    for column in ("pk", "kode"):
        with CaptureQueriesContext(connection) as asked:
            found = SCHEDULE_OF[column].first(bapas=offices_of(person), named=getattr(mine, column))
        assert asked[0]["sql"].endswith('FOR UPDATE OF "klien_jadwallapor"')
        assert loaded(found) == loaded(rows.get(klien=mine))
        assert SCHEDULE_OF[column].first(bapas=offices_of(person), named=getattr(foreign, column)) is None
        assert SCHEDULE_OF[column].first(bapas=offices_of(officer("mitra")), named=getattr(mine, column)) is None


def test_values_of_the_database_are_converted(ours):
    """A NIK is stored sealed: the ORM opens it, and so does this."""
    nik = make.KlienFactory(bapas=ours).nik
    sealed = Composed(lambda: Klien.objects.filter(bapas=Given("bapas")))
    assert [row.nik for row in sealed.all(bapas=ours.pk)] == [nik]


def test_a_row_is_stored_once_with_its_key(ours, officer):
    klien, by = make.KlienFactory(bapas=ours), officer("pk")

    def record(kunci, **facts):
        return CatatanBimbingan(
            bapas=ours, klien=klien, pk_pencatat=by, kunci=kunci, tanggal=timezone.localdate(), cara="kantor",
            hadir=True, topik=["pekerjaan", "keluarga"], **facts,
        )  # fmt: skip

    store, kunci = Insert(CatatanBimbingan), uuid.uuid4()
    first, again, other = record(kunci, catatan="satu"), record(kunci, catatan="dua"), record(uuid.uuid4())
    assert [store(one) for one in (first, again, other)] == [True, False, True]
    assert again.pk is None
    kept = CatatanBimbingan.objects.get(pk=first.pk)
    names = [field.attname for field in CatatanBimbingan._meta.concrete_fields]
    assert [getattr(kept, name) for name in names] == [getattr(first, name) for name in names]
