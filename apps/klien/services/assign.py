"""The one service that changes the PK (Pembimbing Kemasyarakatan) of clients: one client or many, to one PK or several.

Each change is a line of the trail of states with the ids of both PKs. The same act moves clients back (`dari`).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import cycle

from django.db import transaction
from django.db.models import F

from apps.akun.roles import may
from apps.dasar.errors import Refused
from apps.dasar.locks import lock_all
from apps.jejak.models import Riwayat
from apps.klien.models import Klien, officers

VERB = "klien.alihkan"
OBJECT = "klien-pk"
"""Kind of these lines in the trail of states; `dari` and `ke` are ids of PKs."""


@dataclass
class Assigned:
    """What an act did: the clients that moved (as stored), and those that stayed, each with the reason."""

    moved: list[Klien] = field(default_factory=list)
    left: list[tuple[Klien, str]] = field(default_factory=list)


def evenly(clients: Iterable[int], pks: Collection[int]) -> dict[int, int]:
    """Client → PK, in turn: nobody gets two more than another."""
    return dict(zip(clients, cycle(pks), strict=False)) if pks else {}


@transaction.atomic
def assign(*, to: Mapping[int, int], by, alasan: str, dari: int | None = None) -> Assigned:
    """Give each client (id) of `to` the PK (id) that stands there. `dari`: only clients whom this PK still guides.

    The files are locked in the order of their ids and read again: whoever ended or moved one meanwhile wins, and it
    stays with a reason. A client outside the reach of `by`, or a PK who does not work at the office today, refuses the
    whole act. A second sending finds nothing left to do.
    """
    if not may(by, VERB):
        raise Refused("Peran Anda tidak dapat mengalihkan klien.")
    if not alasan.strip():
        raise Refused("Isi alasan.")
    clients = lock_all(Klien.objects.visible_to(by).filter(pk__in=to))
    if len(clients) != len(to):
        raise Refused("Sebagian klien tidak ada di kantor Anda. Pilih lagi.")
    known = set(officers(by.penugasan.bapas).filter(pk__in=set(to.values())).values_list("pk", flat=True))
    if known != set(to.values()):
        raise Refused("PK tujuan tidak lagi bertugas di kantor Anda. Pilih PK lain.")
    done, lines = Assigned(), []
    for klien in clients:
        reason = _obstacle(klien, to[klien.pk], dari)
        if reason:
            done.left.append((klien, reason))
            continue
        lines.append(line_of(klien, klien.pk_pembimbing_id, to[klien.pk], by=by, alasan=alasan))
        klien.pk_pembimbing_id, klien.versi = to[klien.pk], klien.versi + 1
        done.moved.append(klien)
    for pk in known:
        taken = [klien.pk for klien in done.moved if klien.pk_pembimbing_id == pk]
        Klien.objects.filter(bapas__in=by.scope.bapas, pk__in=taken).update(pk_pembimbing=pk, versi=F("versi") + 1)
    Riwayat.objects.bulk_create(lines)
    return done


def line_of(klien: Klien, dari: int, ke: int, *, by, alasan: str) -> Riwayat:
    """The line of the trail for one client whose PK changes."""
    return Riwayat(
        bapas_id=klien.bapas_id, objek=OBJECT, objek_id=klien.pk, dari=str(dari), ke=str(ke), oleh=by, catatan=alasan
    )


def _obstacle(klien: Klien, to: int, dari: int | None) -> str:
    """Why this client stays with the present PK, or ""."""
    if klien.status != Klien.Status.AKTIF:
        return f"berstatus {klien.get_status_display().lower()}"
    if dari is not None and klien.pk_pembimbing_id != dari:
        return "sudah dialihkan orang lain"
    return "sudah dibimbing PK itu" if klien.pk_pembimbing_id == to else ""
