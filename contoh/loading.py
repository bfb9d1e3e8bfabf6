"""Loads the sample data: the small set in one transaction, the national one with one process per core."""

import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from datetime import date
from functools import partial
from multiprocessing import get_context

from django.core.management.color import no_style
from django.db import connection, connections, transaction
from django.utils import timezone

from apps.akun.models import Pengguna
from apps.jejak.models import Perubahan, Riwayat
from apps.kegiatan.models import Kegiatan
from apps.klien.models import CatatanBimbingan, Kebutuhan, Klien, Orang
from apps.pokmas.models import Anggota
from apps.program.models import ProgramTahunan
from apps.rekap import keeping
from apps.rilis.releasing import release_newest
from apps.wilayah.models import Bapas
from apps.wilayah.scope import database_scope, nation_scope, office_scope
from contoh import activities, clients
from contoh.accounts import DOMAIN, assign_as_helper
from contoh.appointments import add_appointments
from contoh.assessments import add_assessments
from contoh.berkas import add_papers
from contoh.copying import copy_all
from contoh.groups import groups_of, members_of
from contoh.guards import empty, owner_exempt, unguarded
from contoh.handovers import add_handovers
from contoh.kerja_sosial import add_community_service
from contoh.leave import add_leave
from contoh.litmas import add_books, send_reports
from contoh.obstacles import add_obstacles
from contoh.offices import Lists, Office, national, small
from contoh.paths import add_paths
from contoh.programmes import add_programmes
from contoh.revisions import add_revisions
from contoh.staffing import dismiss_all, read_lists, read_offices, staff_all
from contoh.waiting_import import add_import

Say = Callable[[str], None]
LOADED = (ProgramTahunan, Klien, Kegiatan, Riwayat, Perubahan)
"""Tables that must be empty before the load."""
NUMBERED = (Orang, Klien, Kebutuhan, Kegiatan, ProgramTahunan)
"""Models whose rows come with their ids."""
CORRECTIONS = 4


def present() -> bool:
    """True when the sample users exist."""
    return Pengguna.objects.filter(email__endswith=f"@{DOMAIN}").exists()


def occupied() -> bool:
    """True when the portal is already in use: sample data would mix with it."""
    with database_scope(nation_scope()):
        return any(model.objects.exists() for model in LOADED)


def load_small(*, password: str, say: Say) -> None:
    """Load a demonstration: four offices in detail, a little data in the others. All or nothing."""
    today, lists = timezone.localdate(), read_lists()
    with owner_exempt(), database_scope(nation_scope()):
        offices = staff_all(read_offices(small), today, password)
        for office in offices:
            _load_clients_and_activities(office, lists, today, add_programmes)
            _add_groups(office, today)
            add_obstacles(office, today)
            add_books(office, today)
            add_papers(office, today)
            add_appointments(office, today)
            add_community_service(office, today)
            add_paths(office, today)
            add_import(office, today)
            add_leave(office, today)
            if office.amount.detailed:
                add_assessments(office, today)
        _lend_and_correct(offices, today)
        _set_sequences()
        add_handovers(offices, today)
        add_revisions(offices, today)
        for office in offices:
            send_reports(office, today)
        _forget_own_changes()
        keeping.merge([office.id for office in offices])
    say("Merilis angka masa yang terakhir ditutup …")
    release_newest()
    say(f"Data contoh selesai: {len(offices)} Bapas.")


def load_national(*, password: str, say: Say, share: float = 1.0, processes: int | None = None) -> None:
    """Load data of the size of the whole service, or a share of it. A failure restores the state before."""
    today, lists = timezone.localdate(), read_lists()
    amounts = national(Bapas.objects.filter(aktif=True).count(), share)
    with transaction.atomic():
        offices = staff_all(read_offices(lambda shown: amounts.pop(0)), today, password)
    tables = [table.name for table in (*clients.Tables(), *activities.Tables())]
    with ExitStack() as on_failure:
        on_failure.callback(dismiss_all)
        with unguarded(tables, say):
            _in_processes(partial(_load_alone, lists=lists, today=today), offices, processes, say)
        on_failure.callback(empty, tables)
        _finish(offices, lists, today)
        on_failure.pop_all()
    say("Menghitung rekap …")
    _in_processes(_recap, offices, processes, say)
    say("Merapikan tabel (VACUUM ANALYZE) …")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def _finish(offices: list[Office], lists: Lists, today: date) -> None:
    """Load the smaller tables that need the clients of an office."""
    with transaction.atomic(), database_scope(nation_scope()):
        _defer_constraints()
        for office in offices:
            add_programmes(office, lists, today)
            _add_groups(office, today)
        _lend_and_correct(offices, today)
        _set_sequences()
        add_revisions(offices, today)
        _forget_own_changes()


def _in_processes(work: Callable[[Office], int], offices: list[Office], processes: int | None, say: Say) -> None:
    connections.close_all()  # a connection does not survive the fork
    largest_first = sorted(offices, key=lambda office: -office.amount.clients)
    with ProcessPoolExecutor(processes or os.cpu_count(), get_context("fork")) as pool:
        for number, rows in enumerate(pool.map(work, largest_first), start=1):
            say(f"Bapas {number}/{len(offices)}: {rows:,} baris".replace(",", "."))


def _load_alone(office: Office, *, lists: Lists, today: date) -> int:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit = off")
        return _load_clients_and_activities(office, lists, today, lambda *_: {})


def _recap(office: Office) -> int:
    """Count the sums of one office: the triggers that would have marked its rows were off during the load."""
    with database_scope(office_scope(office.id)):
        return keeping.build(office.id)


def _load_clients_and_activities(office: Office, lists: Lists, today: date, plans_of) -> int:
    """COPY clients and activities of one office; gives the number of rows."""
    with connection.cursor() as cursor:
        cases, events = clients.Tables(), activities.Tables()
        people = clients.add_clients(office, lists, today, cases)
        sent = copy_all(cases, cursor)
        activities.add_activities(office, people, plans_of(office, lists, today), lists, today, events)
        sent |= copy_all(events, cursor)
    return sum(sent.values())


def _add_groups(office: Office, today: date) -> None:
    rng = office.rng("anggota")
    for group in groups_of(office, today):
        group.save()
        Anggota.objects.bulk_create(members_of(office, group, rng))


def _lend_and_correct(offices: list[Office], today: date) -> None:
    """Add a user with two assignments, and corrected records."""
    shown = sorted((office for office in offices if office.shown is not None), key=lambda office: office.shown)
    if len(shown) < 2:
        return
    officer = shown[0].staff.officers[0]
    assign_as_helper(officer, shown[1], today)
    records = CatatanBimbingan.objects.filter(bapas=shown[0].id, pk_pencatat=officer, hadir=True).exclude(catatan="")
    for record in records.order_by("-tanggal", "pk")[:CORRECTIONS]:
        _correct(record)


def _correct(record: CatatanBimbingan) -> None:
    """Correct a record: the same facts with a longer text; the old row stays."""
    facts = {field.attname: getattr(record, field.attname) for field in record._meta.local_concrete_fields}
    del facts["id"], facts["kunci"]
    CatatanBimbingan.objects.create(
        **facts | {"koreksi_dari_id": record.pk, "alasan_koreksi": "Melengkapi isi pembicaraan.",
                   "catatan": f"{record.catatan} Disepakati datang tepat waktu."}
    )  # fmt: skip


def _defer_constraints() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _forget_own_changes() -> None:
    """Delete history rows without an actor: the load itself made these changes."""
    Perubahan.objects.filter(oleh_id=None).delete()


def _set_sequences() -> None:
    """Set the sequences after the ids of the loaded rows."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), NUMBERED):
            cursor.execute(statement)
        cursor.execute("SELECT setval('klien_kode_seq', GREATEST(max(id), 1)) FROM klien_klien")
