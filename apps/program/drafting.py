"""Verbs on a draft: activities, cost lines, explanations. Each takes the programme's lock and refuses a frozen one."""

from collections.abc import Iterable

from django.db import transaction

from apps.acuan.models import KategoriKebutuhan
from apps.dasar.errors import Refused
from apps.dasar.wording import rupiah
from apps.jejak.versions import refuse_changed
from apps.program.models import KebutuhanTanpaProgram, ProgramTahunan, RencanaKegiatan, RincianBiaya
from apps.program.needs import snapshot
from apps.program.plan import number
from apps.program.services import locked_draft
from apps.wilayah.days import today_at


@transaction.atomic
def save_activity(activity: RencanaKegiatan, *, program: ProgramTahunan) -> RencanaKegiatan:
    """Add or change a planned activity."""
    current = locked_draft(program)
    if activity.pk:
        _refuse_if_gone(activity)
    activity.program, activity.bapas_id = current, current.bapas_id
    activity.save()
    return activity


@transaction.atomic
def delete_activity(activity: RencanaKegiatan) -> None:
    """Delete an activity with its cost lines."""
    locked_draft(activity.program)
    activity.delete()


@transaction.atomic
def save_line(line: RincianBiaya, *, activity: RencanaKegiatan, seen: str = "") -> RincianBiaya:
    """Add or change a cost line, unless a colleague changed it since the version `seen`."""
    locked_draft(activity.program)
    _refuse_if_gone(activity)
    if line.pk:
        _refuse_if_gone(line)
        _refuse_if_changed(RincianBiaya.objects.get(bapas=line.bapas_id, pk=line.pk), seen)
    line.rencana, line.bapas_id = activity, activity.bapas_id
    line.save()
    return line


@transaction.atomic
def duplicate_line(line: RincianBiaya) -> RincianBiaya:
    """Add a copy of the line below the others."""
    locked_draft(line.rencana.program)
    line.pk, line.asal, line._state.adding = None, None, True
    line.save()
    return line


@transaction.atomic
def delete_line(line: RincianBiaya) -> None:
    locked_draft(line.rencana.program)
    line.delete()


@transaction.atomic
def add_lines(lines: Iterable[RincianBiaya], *, activity: RencanaKegiatan) -> int:
    """Add pasted lines, all or none; a line that already exists is skipped. Gives the number added."""
    locked_draft(activity.program)
    _refuse_if_gone(activity)
    known = {line_key(line) for line in activity.biaya.filter(bapas=activity.bapas_id)}
    fresh = [line for line in lines if line_key(line) not in known]
    for line in fresh:
        line.rencana, line.bapas_id = activity, activity.bapas_id
    RincianBiaya.objects.bulk_create(fresh)
    return len(fresh)


@transaction.atomic
def explain(program: ProgramTahunan, kategori: KategoriKebutuhan, *, reason: str) -> None:
    """Store the reason why a need gets no activity this year."""
    current = locked_draft(program)
    KebutuhanTanpaProgram.objects.update_or_create(
        bapas_id=current.bapas_id, program=current, kategori=kategori, defaults={"alasan": reason}
    )


@transaction.atomic
def refresh_needs(program: ProgramTahunan) -> ProgramTahunan:
    """Take a new snapshot of the needs, dated today."""
    current = locked_draft(program)
    current.potret_pada = today_at(current.bapas)
    current.potret = snapshot(current.bapas_id, current.potret_pada)
    current.save(update_fields=["potret", "potret_pada"])
    return current


def line_key(line: RincianBiaya) -> tuple:
    """The values by which two cost lines are the same."""
    return line.akun_id, line.uraian, line.hitungan, line.volume, line.satuan, line.harga, line.sumber


def _refuse_if_changed(stored: RincianBiaya, seen: str) -> None:
    """Raise `Changed` with the stored values, because the form stays open in its table. The lock on the programme also
    protects the line."""
    refuse_changed(stored, seen, sentence=(
        f"Baris ini baru saja diubah orang lain menjadi “{stored}”, {number(stored.volume)} {stored.satuan} × "
        f"{rupiah(stored.harga)}. Bandingkan, lalu simpan lagi bila isian Anda yang benar."
    ))  # fmt: skip


def _refuse_if_gone(row: RencanaKegiatan | RincianBiaya) -> None:
    """Raise `Refused` when a colleague deleted the row while the form was open: saving would bring it back."""
    if not type(row).objects.filter(bapas=row.bapas_id, pk=row.pk).exists():
        raise Refused(f"“{row}” sudah dihapus orang lain.")
