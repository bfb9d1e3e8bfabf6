"""The statements of every request give what the ORM gives, whoever asks."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.akun.backends import person as person_of
from apps.akun.models import Pengguna
from apps.akun.roles import Peran
from apps.dasar.prepared import Insert
from apps.klien.models import CatatanBimbingan, JadwalLapor
from apps.klien.views.guidance import _schedule
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
        (found,) = person_of(pk=person.pk)
        assert found.penugasan.unit_nama
        assert found.penugasan.zona_waktu
    assert len(asked) == 1
    assert loaded(found) == loaded(Pengguna.objects.with_duty().get(pk=person.pk))
    assert person_of(pk=0) == []


def test_the_schedule_is_the_one_that_the_user_may_lock(officer, ours, theirs):
    person = officer("pk")
    mine, foreign = make.KlienFactory(bapas=ours), make.KlienFactory(bapas=theirs)
    rows = JadwalLapor.objects.visible_to(person).for_record()
    for column in ("pk", "kode"):
        with CaptureQueriesContext(connection) as asked:
            (found,) = _schedule(person, **{column: getattr(mine, column)})
        assert asked[0]["sql"].endswith('FOR NO KEY UPDATE OF "klien_klien", "klien_jadwallapor"')
        assert loaded(found) == loaded(rows.get(klien=mine))
        assert _schedule(person, **{column: getattr(foreign, column)}) == []
        assert _schedule(officer("mitra"), **{column: getattr(mine, column)}) == []


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
