"""One way from status to status: what may follow what, also for two at once, and no second place that writes it."""

import importlib
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connections

from apps.dasar.errors import Refused
from apps.jejak.models import Riwayat
from apps.laporan.models import Laporan
from apps.laporan.services import cancel
from apps.pokmas.services import appoint, dismiss
from tests import factories as make

DECREE = {"sk_nomor": "SK-7", "sk_tanggal": "2026-03-01"}
SOURCES = {
    file.relative_to(settings.BASE_DIR): file.read_text(encoding="utf-8")
    for file in sorted((Path(settings.BASE_DIR) / "apps").rglob("*.py"))
    if "migrations" not in file.parts
}
TABLES = {
    (name := ".".join(path.with_suffix("").parts)): importlib.import_module(name).NEXT
    for path, text in SOURCES.items()
    if re.search(r"(?m)^NEXT = ", text)
}
WRITES_STATUS = r"(?m)^\s*[\w., ]*\.status\b[\w., ]* = |\.update\([^)]*\bstatus="
FREE = {"kegiatan.Kehadiran", "impor.BarisImpor"}
"""A mark on a list may be corrected to any other; a row of a file is sorted once."""


def at_once(task, times=4):
    """`task` on so many connections together: what each of them gave, or the sentence that refused it."""

    def run(_):
        try:
            return task()
        except Refused as refusal:
            return str(refusal)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


@pytest.mark.parametrize("name", TABLES)
def test_every_status_says_what_may_follow(name):
    (kind,) = {type(status) for status in TABLES[name]}
    assert set(TABLES[name]) == set(kind)
    assert {status for following in TABLES[name].values() for status in following} <= set(kind)


def test_every_model_with_a_status_has_its_table():
    known = [{str(status) for status in table} for table in TABLES.values()]
    without = {
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("apps.")
        for field in model._meta.local_fields
        if field.name == "status" and {value for value, _ in field.choices} not in known
    }
    assert without == FREE


def test_a_stored_status_is_written_in_one_place():
    """The others give a status to a row that is not stored yet, keep the stored one, or mark an attendance list."""
    writers = {str(path) for path, text in SOURCES.items() if re.search(WRITES_STATUS, text)}
    assert writers == {
        "apps/jejak/moves.py", "apps/perjalanan/services/ends.py", "apps/klien/services/needs.py",
        "apps/kegiatan/services.py",
    }  # fmt: skip


@pytest.mark.django_db
def test_a_move_writes_the_row_and_the_trail(officer):
    group, by = make.PokmasFactory(status="calon", sk_nomor="", sk_tanggal=None), officer("kabapas")
    moved = appoint(group, by=by, **DECREE)
    group.refresh_from_db()
    assert (moved.status, group.status, group.sk_nomor) == ("aktif", "aktif", "SK-7")
    line = Riwayat.objects.get(objek="pokmas", objek_id=group.pk)
    assert (line.dari, line.ke, line.oleh, line.catatan) == ("calon", "aktif", by, "SK SK-7")


@pytest.mark.django_db
def test_a_refused_move_says_both_statuses_and_leaves_nothing(officer):
    group = make.PokmasFactory(status="calon")
    with pytest.raises(Refused) as refusal:
        dismiss(group, by=officer("kabapas"), alasan="Bubar")
    assert str(refusal.value) == "Pokmas ini berstatus “Calon”, tidak dapat menjadi “Tidak aktif”."
    group.refresh_from_db()
    assert (group.status, Riwayat.objects.count()) == ("calon", 0)


@pytest.mark.django_db
def test_what_counts_is_the_stored_status_not_that_of_the_page(officer):
    """Two heads have the same page open."""
    page, by = make.PokmasFactory(status="calon"), officer("kabapas")
    appoint(type(page).objects.get(pk=page.pk), by=by, **DECREE)
    with pytest.raises(Refused, match="berstatus “Aktif”"):
        appoint(page, by=by, **DECREE)


@pytest.mark.django_db(transaction=True)
def test_of_four_who_move_a_row_at_once_one_does(ours, officer):
    group, by = make.PokmasFactory(bapas=ours, status="calon"), officer("kabapas")
    outcome = at_once(lambda: appoint(group, by=by, **DECREE).status)
    assert sorted(outcome) == ["Pokmas ini berstatus “Aktif”, tidak dapat menjadi “Aktif”."] * 3 + ["aktif"]
    assert Riwayat.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_four_who_move_a_job_at_once_one_does(ours, officer):
    by = officer("perencana")
    laporan = Laporan.objects.create(
        tingkat="bapas", bapas=ours, tahun=2026, diminta_oleh=by, penugasan=by.penugasan, kode="2346789ACDEF"
    )
    outcome = at_once(lambda: cancel(laporan) or "batal")
    assert sorted(outcome) == ["Laporan ini sudah tidak berjalan, jadi tidak dapat dibatalkan."] * 3 + ["batal"]
