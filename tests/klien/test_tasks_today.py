"""What the Beranda gets from this room."""

import datetime as dt

import pytest
from django.utils import timezone

from apps.dasar.worklist import SHOWN
from apps.klien.tasks_today import done, groups
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def summary(user):
    return {group.title: [row.about.partition(",")[0] for row in group.rows] for group in groups(user)}


def test_a_pk_gets_the_pressing_needs_of_own_clients(pk, ours, klien):
    make.KebutuhanFactory(klien=klien)
    make.KebutuhanFactory(klien=klien, mendesak="nanti")
    make.KebutuhanFactory(klien=make.KlienFactory(bapas=ours, nama="Klien rekan"))
    assert summary(pk) == {"Kebutuhan mendesak yang terbuka": ["Budi Santoso"]}


def test_a_group_shows_seven_and_counts_all(pk, klien, queries):
    for _ in range(SHOWN + 2):
        make.KebutuhanFactory(klien=klien)
    pk.scope  # noqa: B018
    assert queries(lambda: groups(pk)) == 3  # needs, registrations to go on with, colleagues on leave
    (needs,) = groups(pk)
    assert (len(needs.rows), needs.total) == (SHOWN, SHOWN + 2)


def test_the_operator_completes_files(officer, klien):
    assert summary(officer("operator"))["Klien aktif tanpa NIK"] == ["Budi Santoso"]


def test_what_was_logged_just_now_can_be_undone(pk, klien, officer):
    now = make.CatatanFactory(klien=klien, pk_pencatat=pk)
    make.CatatanFactory(klien=klien, pk_pencatat=pk, diterima_pada=timezone.now() - dt.timedelta(minutes=11))
    make.CatatanFactory(klien=klien, pk_pencatat=officer("pk"))
    (row,) = done(pk)
    assert (row.about, row.undo) == (f"Budi Santoso, {klien.kode}", f"/bimbingan/{now.pk}/urungkan/")


@pytest.mark.parametrize("peran", ["perencana", "kanwil", "ditjenpas", "koordinator_pokmas", "auditor", "admin"])
def test_others_get_no_names(officer, klien, peran):
    assert groups(officer(peran)) == []
