"""The report on a sentence for the prosecutor, as PDF. It carries the client's identity and is marked RAHASIA."""

import datetime as dt

from apps.dasar.letters import letter
from apps.jejak.models import Riwayat
from apps.kerja_sosial.balance import balance_of
from apps.kerja_sosial.models import JamKerja, KerjaSosial, Ketidakhadiran

TITLE = "Laporan pelaksanaan {}"


def report(ks: KerjaSosial, *, by, on: dt.date):
    """`ks` comes with its client, verdict, place and office. Entries that were replaced are left out."""
    hours = JamKerja.objects.filter(bapas=ks.bapas_id, kerja_sosial=ks).counted()
    context = {
        "ks": ks,
        "klien": ks.klien,
        "putusan": ks.putusan,
        "neraca": balance_of(ks, on),
        "jam": hours.select_related("pengesahan", "tempat").order_by("tanggal", "mulai"),
        "absen": Ketidakhadiran.objects.counted().filter(bapas=ks.bapas_id, kerja_sosial=ks),
        "penutup": closing(ks),
        "tanggal": on,
    }
    title = TITLE.format(ks.get_jenis_display().lower())
    return letter("kerja_sosial/pdf/laporan.html", context, bapas=ks.bapas, title=title, by=by)


def closing(ks: KerjaSosial) -> Riwayat | None:
    """The move that ended the sentence, None while it runs."""
    if ks.berjalan:
        return None
    return Riwayat.objects.filter(bapas=ks.bapas_id, objek="kerja_sosial", objek_id=ks.pk).order_by("-pada").first()
