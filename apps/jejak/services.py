"""Writes the trail, and finds in it who changed a row. Nothing here reads personal data."""

from collections.abc import Collection, Mapping

from structlog.contextvars import get_contextvars

from apps.akun.models import Pengguna
from apps.dasar.prepared import Insert
from apps.jejak.models import Akses, Perubahan, Riwayat

_store = Insert(Akses)
"""Every opened page of a client adds a line."""


def record_access(
    request, verba: str, objek: str, *, bapas_id: int, objek_id: int | None = None, rincian: str = ""
) -> None:
    """Note that the user of `request` saw client data of office `bapas_id`."""
    _store(_entry(request.user, verba, objek, bapas_id=bapas_id, objek_id=objek_id, rincian=rincian))


def record_export(request, objek: str, rows_per_office: Mapping[int, int]) -> None:
    """Note an export in the trail of every office whose rows are in the file."""
    Akses.objects.bulk_create(
        _entry(request.user, Akses.Verba.EKSPOR, objek, bapas_id=office, rincian=f"{count} baris")
        for office, count in rows_per_office.items()
    )


def record_download(request, kode: str) -> int:
    """Note that a file was downloaded which the job `kode` exported: one line for each line of that export."""
    made = Akses.objects.filter(pengguna=request.user, verba=Akses.Verba.EKSPOR, permintaan=kode)
    return len(
        Akses.objects.bulk_create(
            _entry(request.user, Akses.Verba.UNDUH, line.objek, bapas_id=line.bapas_id, rincian=line.rincian)
            for line in made
        )
    )


def record_report(
    by: Pengguna, verba: str, objek: str, offices: Collection[int], *, objek_id: int, rincian: str
) -> None:
    """Note in the trail of every office in a report that `by` made or downloaded it. Workers call this too."""
    Akses.objects.bulk_create(
        _entry(by, verba, objek, bapas_id=office, objek_id=objek_id, rincian=rincian) for office in sorted(offices)
    )


def _entry(by: Pengguna, verba, objek, **facts) -> Akses:
    """`permintaan` is the id of the request in the log."""
    facts["rincian"] = facts["rincian"][:300]
    return Akses(
        mitra_id=by.scope.mitra,
        pengguna_id=by.pk,
        penugasan_id=by.penugasan_aktif_id,
        verba=verba,
        objek=objek,
        permintaan=str(get_contextvars().get("request_id", ""))[:36],
        **facts,
    )


def record_move(row, objek: str, *, dari: str, ke: str, by, catatan: str = "") -> None:
    """Note one state move of `row` (a ScopedModel)."""
    Riwayat.objects.create(
        bapas_id=row.bapas_id,
        mitra_id=by.scope.mitra,
        objek=objek,
        objek_id=row.pk,
        dari=dari,
        ke=ke,
        oleh=by,
        catatan=catatan,
    )


def last_change(row) -> Perubahan | None:
    """The newest entry in the history of `row`; its number is the version of the row."""
    history = Perubahan.objects.filter(bapas_id=row.bapas_id, tabel=row._meta.db_table, baris_id=row.pk)
    return history.order_by("-pk").first()


def changers(row, columns: Collection[str], depth: int = 20) -> dict[str, Perubahan]:
    """Column → the newest change that touched it, among the last `depth` changes of `row`. Key "" → the newest at all.

    An encrypted column differs after every save, so it points at the newest change.
    """
    history = Perubahan.objects.filter(bapas_id=row.bapas_id, tabel=row._meta.db_table, baris_id=row.pk)
    found: dict[str, Perubahan] = {}
    for change in history.order_by("-pk")[:depth]:
        found.setdefault("", change)
        for column in columns:
            if change.baru and change.lama.get(column) != change.baru.get(column):
                found.setdefault(column, change)
    return found
