"""Follow-ups 3, 6 and 12 months after the end of guidance: planned once, answered once."""

from datetime import date

from django.db import transaction

from apps.acuan.calendar import months_later
from apps.dasar.errors import Refused
from apps.dasar.locks import lock
from apps.dasar.violations import refusals
from apps.jejak.services import record_move
from apps.perjalanan.models import PeristiwaAkhir, TindakLanjut

OBJECT = "tindak-lanjut"


def plan(akhir: PeristiwaAkhir) -> None:
    """Plan the three follow-ups of an end."""
    TindakLanjut.objects.bulk_create(
        TindakLanjut(
            bapas_id=akhir.bapas_id, klien_id=akhir.klien_id, akhir=akhir, bulan=months,
            jatuh_tempo=months_later(akhir.tanggal, months),
        )
        for months in TindakLanjut.Bulan.values
    )  # fmt: skip


def cancel(akhir: PeristiwaAkhir) -> None:
    """Cancel the waiting follow-ups of a reversed end. Answered ones stay."""
    TindakLanjut.objects.filter(akhir=akhir, bapas=akhir.bapas_id).waiting().update(batal=True)


@transaction.atomic
def answer(*, tindak_lanjut: TindakLanjut, jawaban: dict, tanggal: date, cara: str, catatan: str, by) -> TindakLanjut:
    """Store the four outcomes (`jawaban`: name → value)."""
    current = lock(tindak_lanjut, "klien", "akhir")
    if current.batal:
        raise Refused("Tindak lanjut ini batal karena registrasi dibuka kembali.")
    if current.tanggal:
        raise Refused("Tindak lanjut ini sudah diisi.")
    if tanggal < current.akhir.tanggal:
        raise Refused("Tanggal dihubungi tidak boleh sebelum bimbingan berakhir.")
    for name, value in {**jawaban, "tanggal": tanggal, "cara": cara, "catatan": catatan, "oleh": by}.items():
        setattr(current, name, value)
    with refusals():
        current.save()
    words = "; ".join(f"{question}: {given.lower()}" for question, given in current.jawaban)
    record_move(current.klien, OBJECT, dari="", ke=current.get_bulan_display(), by=by, catatan=words)
    return current
