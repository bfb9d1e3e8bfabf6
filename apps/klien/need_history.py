"""The steps of a need, as the ledger (the client's page of needs) shows them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from apps.akun.roles import reach
from apps.jejak.models import Riwayat
from apps.klien.models import Kebutuhan, Klien
from apps.klien.services.needs import OBJECT


@dataclass(frozen=True)
class Step:
    """One step of a need: time, words, person, reason."""

    pada: datetime
    kata: str
    oleh: str
    catatan: str = ""


def lives(needs: Sequence[Kebutuhan]) -> dict[int, list[Step]]:
    """Id of a need → its steps, oldest first, from one query. The caller loads `needs` with `dicatat_oleh`."""
    steps = defaultdict(list, {need.pk: [_opening(need)] for need in needs})
    if needs:
        moves = Riwayat.objects.filter(bapas=needs[0].bapas_id, objek=OBJECT, objek_id__in=list(steps))
        for move in moves.select_related("oleh").order_by("pada", "pk"):
            steps[move.objek_id].append(_step(move))
    return steps


def reads_words(user, klien: Klien) -> bool:
    """Whether `user` may read the client's own words: the client's PK, a deputy and the head of the office may."""
    match reach(user, "bimbingan.baca"):
        case "":
            return False
        case "sendiri":
            return klien.pk_pembimbing_id == user.pk or Klien.objects.of_officer(user).filter(pk=klien.pk).exists()
    return True


def _opening(need: Kebutuhan) -> Step:
    return Step(need.dicatat_pada, f"Dicatat dari {need.get_sumber_display().lower()}", need.dicatat_oleh.nama)


def _step(move: Riwayat) -> Step:
    label = Kebutuhan.Status(move.ke).label
    words = "Diperbarui" if move.dari == move.ke else "Dibuka kembali" if move.dari == "tidak" else label
    return Step(move.pada, words, move.oleh.nama, move.catatan)
