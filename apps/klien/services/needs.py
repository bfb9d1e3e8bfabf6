"""The ledger of needs (table Kebutuhan). Every step of a need stays in the trail of states (table Riwayat)."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Case, When
from django.utils import timezone

from apps.dasar.errors import Refused
from apps.dasar.locks import lock
from apps.jejak.moves import move
from apps.jejak.services import record_move
from apps.jejak.versions import refuse_changed
from apps.klien.models import Kebutuhan, Klien
from apps.klien.services import obstacles
from apps.klien.services.holding import hold_guided, refuse_ended
from apps.wilayah.days import today

OBJECT = "kebutuhan"
UNWRITTEN = "Kebutuhannya tidak dapat dicatat atau diubah."
Status = Kebutuhan.Status
CLOSED = {Status.TERPENUHI, Status.TIDAK, Status.BATAL}
OPEN = {Status.TERBUKA, Status.DIRUJUK, Status.DILAYANI}
NEXT = {
    Status.TERBUKA: {Status.DIRUJUK, Status.DILAYANI, *CLOSED},
    Status.DIRUJUK: {Status.TERBUKA, Status.DILAYANI, *CLOSED},
    Status.DILAYANI: CLOSED,
    Status.TIDAK: {Status.TERBUKA},
    Status.TERPENUHI: set(),
    Status.BATAL: set(),
}


def needs_reason(dari: str, ke: str) -> bool:
    """Whether the step needs a reason. Not met, cancelled and reopened do: it is evidence for next year's programme."""
    return ke in {Status.TIDAK, Status.BATAL} or dari == Status.TIDAK


@transaction.atomic
def add_need(*, kebutuhan: Kebutuhan, klien: Klien, by) -> Kebutuhan:
    """Store a need of `klien`, whose file the caller holds."""
    kebutuhan.klien, kebutuhan.bapas_id, kebutuhan.dicatat_oleh = klien, klien.bapas_id, by
    kebutuhan.save(force_insert=True)
    return kebutuhan


@transaction.atomic
def note_need(*, kebutuhan: Kebutuhan, klien: Klien, by) -> Kebutuhan:
    """`add_need` for a form that may be sent twice: the same need, noted by the same user within the hour, gives the
    first row."""
    hold_guided(klien, UNWRITTEN)
    same = {name: getattr(kebutuhan, name) for name in ("kategori", "mendesak", "uraian", "kata_klien")}
    since = timezone.now() - timedelta(hours=1)
    noted = Kebutuhan.objects.filter(bapas=klien.bapas_id, klien=klien, dicatat_oleh=by, dicatat_pada__gte=since)
    return noted.filter(status=Status.TERBUKA, **same).first() or add_need(kebutuhan=kebutuhan, klien=klien, by=by)


@transaction.atomic
def move_need(*, kebutuhan: Kebutuhan, ke: str, by, alasan: str = "", jenis_kendala: obstacles.Kinds = ()) -> Kebutuhan:
    """Move a need one step further, end it, or reopen an unmet one. Only an unmet need has obstacles."""
    if needs_reason(kebutuhan.status, ke) and not alasan:
        raise Refused("Isi alasan.")
    refuse_ended(lock(kebutuhan, above="klien").klien, UNWRITTEN)
    moved = _move(kebutuhan, Status(ke), by=by, alasan=alasan)
    if moved.status == Status.TIDAK:
        obstacles.of_need(jenis_kendala, moved, on=today(by), by=by)
    return moved


@transaction.atomic
def edit_need(*, kebutuhan: Kebutuhan, seen: str, by) -> Kebutuhan:
    """Save a changed priority or wording, unless somebody changed the row since version `seen` was read."""
    current = lock(kebutuhan, "bapas", above="klien")
    refuse_ended(current.klien, UNWRITTEN)
    refuse_changed(current, seen)
    if current.status not in OPEN:
        raise Refused(f"Kebutuhan ini sudah {current.get_status_display().lower()}. Buka kembali untuk mengubahnya.")
    kebutuhan.status = current.status
    kebutuhan.save()
    _note(kebutuhan, _what_changed(current, kebutuhan), by)
    return kebutuhan


@transaction.atomic
def confirm_need(*, wanted: Kebutuhan, klien: Klien, by, catatan: str) -> tuple[Kebutuhan, bool]:
    """Store a need that was found by an assessment. It updates an existing need of the same category
    (`needs_to_confirm`) instead; then the second value is True. The caller holds the file."""
    known = needs_to_confirm(klien).filter(kategori=wanted.kategori_id).first()
    if known is None:
        return add_need(kebutuhan=wanted, klien=klien, by=by), False
    if known.status == Status.TIDAK:
        known = _move(known, Status.TERBUKA, by=by, alasan=catatan)
    current = lock(known)
    for name in ("mendesak", "uraian", "kata_klien"):
        setattr(current, name, getattr(wanted, name) or getattr(current, name))
    changed = _what_changed(known, current)
    current.save()
    _note(current, f"{catatan}. {changed}", by)
    return current, True


def needs_to_confirm(klien: Klien):
    """Needs that an assessment may confirm: open ones before those that ended unmet, the newest first."""
    rows = Kebutuhan.objects.filter(bapas=klien.bapas_id, klien=klien, status__in=[*OPEN, Status.TIDAK])
    return rows.order_by(Case(When(status=Status.TIDAK, then=1), default=0), "-dicatat_pada", "-pk")


def _move(kebutuhan: Kebutuhan, to: Status, *, by, alasan: str) -> Kebutuhan:
    facts = {"alasan": alasan, "ditutup_pada": timezone.now()} if to in CLOSED else {"alasan": "", "ditutup_pada": None}
    return move(kebutuhan, to, NEXT, by=by, objek=OBJECT, note=alasan, **facts)


def _note(kebutuhan: Kebutuhan, words: str, by) -> None:
    """Record a step that leaves the status unchanged."""
    record_move(kebutuhan, OBJECT, dari=kebutuhan.status, ke=kebutuhan.status, by=by, catatan=words)


def _what_changed(before: Kebutuhan, after: Kebutuhan) -> str:
    """The change in words for everybody who sees the ledger, without the client's own words."""
    if before.mendesak != after.mendesak:
        return f"Mendesak: {before.get_mendesak_display()} menjadi {after.get_mendesak_display()}."
    return "Uraian diperbarui." if before.uraian != after.uraian else "Isi tetap."
