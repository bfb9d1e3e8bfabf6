"""Sends reports to the Kanwil. Sending stores the numbers of that moment; sending again makes a new version."""

from datetime import date

from django.db import IntegrityError, transaction

from apps.dasar.errors import Refused
from apps.harian.figures import collect
from apps.harian.models import LaporanKanwil


def newest(bapas_id: int, jenis: str, day: date) -> LaporanKanwil | None:
    """The newest version, None if the office has sent none."""
    rows = LaporanKanwil.objects.filter(bapas=bapas_id, jenis=jenis, tanggal=day)
    return rows.select_related("dikirim_oleh", "bapas").order_by("-versi").first()


def send(*, by, jenis: str, day: date, seen: int, catatan: str) -> LaporanKanwil:
    """Store and send the numbers. `seen` is the version that the sender saw, 0 for none.

    Refused when somebody else sent in the meantime, so a second click sends nothing twice.
    """
    bapas = by.penugasan.bapas
    row = LaporanKanwil(
        bapas=bapas, jenis=jenis, tanggal=day, versi=seen + 1, catatan=catatan, dikirim_oleh=by,
        angka=collect(bapas, jenis, day),
    )  # fmt: skip
    last = newest(bapas.pk, jenis, day)
    if (last.versi if last else 0) == seen:
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError:
            pass
        else:
            return row
    raise Refused("Laporan ini baru saja dikirim. Muat ulang halaman untuk melihat versi terbaru.")
