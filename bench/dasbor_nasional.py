"""The twelve months of the national dashboard, read from the sums, against the raw GROUP BY for the same numbers.

The detail also tells what the whole page costs, all panels and the frame included: after a change (30 clients and the
contacts of today in 60 offices wait for the next merge), when nothing changed since, and without any figures. It is the
least of several visits: other work on the machine only adds.
"""

import time

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.akun.models import Pengguna
from apps.akun.roles import Peran
from apps.rekap import tasks
from apps.rekap.models import Andil, Tanda
from apps.wilayah.scope import database_scope, scope_of
from bench.dasbor_kanwil import against_raw
from bench.masuk import session_of
from bench.measure import Verdict

PASS, AIM = 1 / 300, 1 / 600
VISITS, CLIENTS, OFFICES = 9, 30, 60
PAGE, EMPTY = "/nasional/", "/tidak-ada/"


def run() -> Verdict:
    reader = Pengguna.objects.with_duty().filter(penugasan_aktif__peran=Peran.DITJENPAS).order_by("-pk").first()
    verdict = against_raw("national dashboard", reader, PASS, AIM)
    changed, same, empty = costs(reader, PAGE)
    detail = (
        f"{verdict.detail} The page, SQL/processor in ms: {changed} after a change, {same} without one, "
        f"{empty} for a page without figures."
    )
    return Verdict(verdict.name, verdict.ratio, PASS, AIM, detail, higher_is_better=False)


def costs(reader: Pengguna, page: str) -> list[str]:
    settings.ALLOWED_HOSTS = ["*"]
    visitor = Client(headers={"Cookie": session_of(reader)["Cookie"]})
    kinds = ((page, True), (page, False), (EMPTY, False))
    visits: dict[tuple[str, bool], list[tuple[float, float]]] = {kind: [] for kind in kinds}
    for _ in range(VISITS):
        for address, changes in kinds:
            if changes:
                _change(reader)
            visits[address, changes].append(_visit(visitor, address))
    tasks.merge()
    return ["/".join(f"{min(column):.0f}" for column in zip(*found, strict=True)) for found in visits.values()]


def _visit(visitor: Client, address: str) -> tuple[float, float]:
    """(milliseconds of SQL, milliseconds of processor time in Python)."""
    with CaptureQueriesContext(connection) as asked:
        before = time.thread_time()
        visitor.get(address)
        processor = time.thread_time() - before
    return sum(float(query["time"]) for query in asked) * 1000, processor * 1000


def _change(reader: Pengguna) -> None:
    """Merge what there is, and mark keys as a morning does between two merges; no row changes."""
    tasks.merge()
    day = timezone.localdate().toordinal() - timezone.datetime(1970, 1, 1).toordinal()
    with database_scope(scope_of(reader)):
        clients = list(Andil.objects.filter(ukuran="terlewat").values_list("bapas_id", "kunci")[:CLIENTS])
        marks = [Tanda(bapas_id=office, sumber="klien", kunci=key) for office, key in clients]
        marks += [Tanda(bapas_id=pk, sumber="bimbingan", kunci=day) for pk in sorted(reader.scope.bapas)[:OFFICES]]
        Tanda.objects.bulk_create(marks)
