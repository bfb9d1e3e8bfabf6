"""Periods are released once, by whoever comes first, and nobody reads more of them than they may."""

import datetime as dt
import threading

import pytest
import time_machine
from django.core.management import call_command
from django.db import OperationalError, connection, connections

from apps.rilis import reading, releasing, tasks
from apps.rilis.models import Khalayak, Masa, Rilis, Wajah
from apps.wilayah.models import Bapas
from apps.wilayah.scope import NOTHING, database_scope, nation_scope, office_scope
from tests import factories as make
from tests.roles import as_web_role

OCTOBER, DAY = dt.date(2026, 10, 1), dt.date(2026, 10, 31)
pytestmark = pytest.mark.django_db


def contacts(bapas, times, month=OCTOBER, **facts):
    klien = make.KlienFactory(bapas=bapas, diregistrasi=dt.date(2026, 1, 5))
    for day in range(1, times + 1):
        make.CatatanFactory(klien=klien, tanggal=month.replace(day=day), **facts)


def done(bapas, first=OCTOBER, audience=Khalayak.DINAS):
    return reading.of_office(Masa.BULAN, first, bapas.pk, audience)("hadir")


def test_a_period_is_released_once_and_late_entries_do_not_change_it(ours):
    contacts(ours, 8)
    first = releasing.release(Masa.BULAN, OCTOBER)
    contacts(ours, 3)
    assert releasing.release(Masa.BULAN, OCTOBER) == first
    assert done(ours) == 8


def test_without_a_release_there_is_no_number(ours):
    assert done(ours) == -2  # printed "–"
    releasing.release(Masa.BULAN, OCTOBER)
    assert done(ours) == 0


@pytest.mark.parametrize(("masa", "first", "last_open", "closed"), [
    (Masa.HARI, DAY, DAY, dt.date(2026, 11, 1)),
    (Masa.BULAN, OCTOBER, dt.date(2026, 11, 6), dt.date(2026, 11, 7)),
    (Masa.TRIWULAN, dt.date(2026, 7, 1), dt.date(2026, 10, 6), dt.date(2026, 10, 7)),
    (Masa.TAHUN, dt.date(2025, 1, 1), dt.date(2026, 1, 6), dt.date(2026, 1, 7)),
])  # fmt: skip
def test_a_period_closes_when_late_entries_have_come_in(masa, first, last_open, closed):
    assert not releasing.closed(masa, first, last_open)
    assert releasing.closed(masa, first, closed)
    assert (masa, first) not in releasing.due(last_open)
    assert (masa, first) in releasing.due(closed)


def test_what_is_due_is_released_and_no_more(ours):
    today = dt.date(2026, 11, 7)
    made = releasing.release_due(today)
    assert made == Rilis.objects.count() > 12
    assert releasing.due(today) == []
    assert releasing.release_due(today + dt.timedelta(days=1)) == 1
    assert set(Rilis.objects.filter(masa=Masa.HARI).values_list("mulai", flat=True)) >= {
        dt.date(2026, 11, 6), dt.date(2026, 11, 7), DAY,
    }  # fmt: skip


def test_a_first_look_needs_the_newest_of_each_kind(ours):
    releasing.release_newest(dt.date(2026, 11, 8))
    assert set(Rilis.objects.values_list("masa", "mulai")) == {
        ("hari", dt.date(2026, 11, 7)), ("bulan", OCTOBER), ("triwulan", dt.date(2026, 7, 1)),
        ("tahun", dt.date(2025, 1, 1)),
    }  # fmt: skip


def test_states_of_single_days_are_forgotten_and_those_of_month_ends_stay(ours, web_role_requests):
    early, month_end = dt.date(2026, 9, 15), dt.date(2026, 9, 30)
    releasing.release(Masa.HARI, early)
    with as_web_role():
        releasing.release_due(dt.date(2026, 11, 7))
    left = set(Rilis.objects.filter(masa=Masa.HARI).values_list("mulai", flat=True))
    assert early not in left
    assert month_end in left
    assert not Wajah.objects.filter(rilis__mulai=early).exists()


@pytest.mark.django_db(transaction=True)
def test_a_lost_connection_leaves_nothing_and_the_next_worker_goes_on():
    office = make.BapasFactory()
    contacts(office, 8)

    def cut(execute, sql, params, many, context):
        """PostgreSQL ends the session when the faces arrive."""
        if sql.startswith('INSERT INTO "rilis_wajah"'):
            execute("SELECT pg_terminate_backend(pg_backend_pid())", None, False, context)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(cut), pytest.raises(OperationalError):
        releasing.release(Masa.BULAN, OCTOBER)
    connection.close()
    assert not Rilis.objects.exists()
    releasing.release(Masa.BULAN, OCTOBER)
    assert done(office) == 8


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_one_release():
    contacts(make.BapasFactory(), 8)
    start = threading.Barrier(2)

    def work():
        start.wait()
        try:
            releasing.release(Masa.BULAN, OCTOBER)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(2)]
    [worker.start() for worker in workers]
    [worker.join() for worker in workers]
    assert Rilis.objects.count() == 1
    assert Wajah.objects.filter(khalayak=Khalayak.DINAS, bapas__isnull=False, kabkota=None).count() == 1


def test_the_count_behind_a_hidden_face_is_stored_nowhere(ours):
    second = make.BapasFactory(kanwil=ours.kanwil)
    contacts(ours, 3, hadir=False, alasan="bekerja"), contacts(second, 17, hadir=False, alasan="bekerja")
    releasing.release(Masa.BULAN, OCTOBER)
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(angka::text, ' ') FROM rilis_wajah")
        stored = cursor.fetchone()[0]
    assert '"*"' in stored
    assert '"absen": 20' in stored
    assert '"absen": 3' not in stored
    assert '"absen": 17' not in stored


def test_a_kanwil_reads_itself_and_its_offices(ours, theirs, officer):
    for office in (ours, theirs):
        contacts(office, 8)
    releasing.release(Masa.BULAN, OCTOBER)
    everything = reading.nation() | reading.regions([ours.kanwil_id, theirs.kanwil_id])
    everything |= reading.offices([ours.pk, theirs.pk])
    seen = {}
    for name, scope in {
        "kanwil": officer("kanwil").scope, "ditjenpas": officer("ditjenpas").scope, "nobody": NOTHING,
        "office": office_scope(ours.pk),
    }.items():  # fmt: skip
        with as_web_role(), database_scope(scope):
            found = reading.read_one(Masa.BULAN, OCTOBER, Khalayak.DINAS, everything)
            seen[name] = (bool(found.nation.angka), set(found.regions), set(found.offices))
    assert seen == {
        "kanwil": (False, {ours.kanwil_id}, {ours.pk}),
        "ditjenpas": (True, {ours.kanwil_id, theirs.kanwil_id}, {ours.pk, theirs.pk}),
        "nobody": (False, set(), set()),
        "office": (False, set(), {ours.pk}),
    }


def test_an_office_that_is_closed_is_in_no_sum(ours):
    closed = make.BapasFactory(kanwil=ours.kanwil)
    contacts(ours, 8), contacts(closed, 9)
    Bapas.objects.filter(pk=closed.pk).update(aktif=False)
    releasing.release(Masa.BULAN, OCTOBER)
    assert reading.read_one(Masa.BULAN, OCTOBER, Khalayak.DINAS, reading.nation()).nation("hadir") == 8


def test_the_cost_does_not_grow_with_offices(ours, queries):
    few = queries(lambda: releasing.release(Masa.HARI, DAY))
    for _ in range(4):
        make.KlienFactory(bapas=make.BapasFactory(kanwil=ours.kanwil))
    assert queries(lambda: releasing.release(Masa.HARI, DAY - dt.timedelta(days=1))) <= few + 1


def test_the_command_and_the_task_release_what_is_due(ours, capsys, django_capture_on_commit_callbacks):
    with time_machine.travel(dt.datetime(2026, 11, 8, 3, tzinfo=dt.UTC)):
        call_command("rilis", "daftar")
        assert "bulan 2026-10-01 belum dirilis" in capsys.readouterr().out
        call_command("rilis", "terbitkan")
        assert "bulan 2026-10-01 dirilis" in capsys.readouterr().out
        assert releasing.due(dt.date(2026, 11, 8)) == []
        with database_scope(nation_scope()):
            Rilis.objects.all().delete()
        left = len(releasing.due(dt.date(2026, 11, 8)))
        for waiting in range(left - 1, -1, -1):  # one period each, so that other work gets its turn
            with django_capture_on_commit_callbacks() as handed_over:
                tasks.release_due()
            assert (len(releasing.due(dt.date(2026, 11, 8))), len(handed_over)) == (waiting, 1)
        assert Rilis.objects.filter(masa=Masa.BULAN, mulai=OCTOBER).exists()
        with django_capture_on_commit_callbacks() as handed_over:
            tasks.release_due()
        assert handed_over == []
