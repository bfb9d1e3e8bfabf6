"""The file of a client, held by whoever writes about the client (`apps/dasar/locks.py` says in which order).

Whoever waited here reads the status as it is now. What goes on with a client is refused after every end; what puts the
file right (a correction, a paper, the old book) only when the file goes on at another office, which has the figures.
"""

from apps.dasar.errors import Refused
from apps.dasar.locks import held
from apps.klien.models import Klien


def hold(klien: Klien) -> Klien:
    """The file as it is stored now; others who write about this client wait until the transaction ends."""
    rows = held(Klien.objects.select_related("bapas", "pk_pembimbing"))
    return rows.get(pk=klien.pk, bapas=klien.bapas_id)


def hold_guided(klien: Klien, otherwise: str) -> Klien:
    """`hold`; Refused, with the sentence `otherwise`, when the guidance has ended."""
    current = hold(klien)
    refuse_ended(current, otherwise)
    return current


def hold_here(klien: Klien) -> Klien:
    """`hold`; Refused when the client was handed over."""
    current = hold(klien)
    refuse_handed_over(current)
    return current


def refuse_ended(klien: Klien, otherwise: str = "Bimbingan tidak dapat dicatat.") -> None:
    """Raise `Refused` when the guidance of the client has ended."""
    if klien.status != Klien.Status.AKTIF:
        raise Refused(f"Klien ini berstatus {klien.get_status_display().lower()}. {otherwise}")


def refuse_handed_over(klien: Klien) -> None:
    """Raise `Refused` when the client's file goes on at another office."""
    if klien.status == Klien.Status.DILIMPAHKAN:
        raise Refused("Klien ini sudah dilimpahkan. Berkasnya di kantor ini tidak dapat diubah lagi.")
