"""Moves between stages of guidance, and the stages in the prison's papers."""

from datetime import date

from django.db import transaction

from apps.dasar.errors import Refused
from apps.dasar.violations import refusals
from apps.dasar.wording import tanggal
from apps.jejak.services import record_move
from apps.klien.models import Klien
from apps.klien.services.holding import hold_guided, hold_here
from apps.perjalanan.models import Tahap, TahapBimbingan, TahapLapas

NEXT = {Tahap.AWAL: {Tahap.LANJUTAN}, Tahap.LANJUTAN: {Tahap.AKHIR}, Tahap.AKHIR: set()}
"""Stage → stages to which a sidang TPP may move a client. Only the correction of a mistake goes back."""
BACK = {Tahap.LANJUTAN: Tahap.AWAL, Tahap.AKHIR: Tahap.LANJUTAN}
OBJECT = "tahap"


def following(stage: str) -> list[Tahap]:
    """Stages to which a client may move from `stage`."""
    return sorted(NEXT[Tahap(stage)])


@transaction.atomic
def move(*, klien: Klien, ke: str, mulai: date, tpp_tanggal: date, tpp_nomor: str, by) -> TahapBimbingan:
    """Move the client to the next stage, by decision of a sidang TPP."""
    current, stage = _now(klien)
    if Tahap(ke) not in NEXT[stage]:
        raise Refused(f"Klien berada di {stage.label.lower()}, tidak dapat berpindah ke {Tahap(ke).label.lower()}.")
    if current and mulai < current.mulai:
        raise Refused(f"Tahap sekarang dimulai {tanggal(current.mulai)}. Isi tanggal mulai setelahnya.")
    step = TahapBimbingan(
        sebelumnya=current, dari=stage, tahap=ke, mulai=mulai, tpp_tanggal=tpp_tanggal, tpp_nomor=tpp_nomor
    )
    return _add(step, klien, by, f"Sidang TPP {tanggal(tpp_tanggal)}, nomor {tpp_nomor}")


@transaction.atomic
def take_back(*, klien: Klien, alasan: str, by, hari: date) -> TahapBimbingan:
    """Take back the last move, which was a mistake. It stays readable; the stage before it counts again."""
    current, stage = _now(klien)
    if current is None or stage not in BACK or current.alasan:
        raise Refused("Tidak ada perpindahan tahap yang dapat dibatalkan.")
    if current.bawaan:
        raise Refused("Tahap ini dibawa dari kantor atau berkas sebelumnya. Tidak ada perpindahan yang dibatalkan.")
    step = TahapBimbingan(
        sebelumnya=current, dari=stage, tahap=BACK[stage], mulai=max(hari, current.mulai), alasan=alasan
    )
    return _add(step, klien, by, f"Perpindahan dibatalkan: {alasan}")


def bring_along(*, klien: Klien, from_stage: TahapBimbingan | None, by) -> None:
    """Copy the stage of a client from another office, with the decision on which it is based."""
    if from_stage and from_stage.tahap != Tahap.AWAL:
        brought = TahapBimbingan(tahap=from_stage.tahap, mulai=from_stage.mulai, bawaan=True, **_decision(from_stage))
        _add(brought, klien, by, "Tahap bawaan dari Bapas sebelumnya")


def _decision(stage: TahapBimbingan | None) -> dict:
    """Date and number of the sidang TPP on which a stage is based; for a correction, that of two moves before."""
    while stage and not stage.tpp_tanggal:
        stage = stage.sebelumnya and stage.sebelumnya.sebelumnya
    return {"tpp_tanggal": stage.tpp_tanggal, "tpp_nomor": stage.tpp_nomor} if stage else {}


@transaction.atomic
def note_prison_stage(*, tahap: TahapLapas, klien: Klien, by) -> TahapLapas:
    """Store a stage from the prison's papers. Nothing is decided here."""
    hold_here(klien)
    tahap.klien, tahap.bapas_id, tahap.dicatat_oleh = klien, klien.bapas_id, by
    with refusals():
        tahap.save(force_insert=True)
    return tahap


@transaction.atomic
def strike_prison_stage(*, tahap: TahapLapas, alasan: str) -> None:
    """Strike an entry that was typed wrongly; the row stays readable."""
    rows = TahapLapas.objects.filter(pk=tahap.pk, bapas=tahap.bapas_id, dicoret_karena="")
    if not rows.update(dicoret_karena=alasan):
        raise Refused("Catatan ini sudah dicoret.")


def _now(klien: Klien) -> tuple[TahapBimbingan | None, Tahap]:
    """The current stage of an active client, with the file locked."""
    hold_guided(klien, "Tahapnya tidak dapat berpindah.")
    stage = TahapBimbingan.objects.current_of(klien)
    return stage, Tahap(stage.tahap) if stage else Tahap.AWAL


def _add(step: TahapBimbingan, klien: Klien, by, note: str) -> TahapBimbingan:
    step.klien, step.bapas_id, step.dicatat_oleh = klien, klien.bapas_id, by
    with refusals():
        step.save(force_insert=True)
    record_move(klien, OBJECT, dari=step.dari, ke=step.tahap, by=by, catatan=note)
    return step
