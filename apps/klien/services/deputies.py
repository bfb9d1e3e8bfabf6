"""A deputy for a PK on leave: named, ended early. What the deputy may do follows from the row (`guided_by`)."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from apps.dasar.errors import Refused
from apps.dasar.locks import lock
from apps.dasar.violations import refusals
from apps.jejak.services import record_move
from apps.klien.models import Pengganti, officers

OBJECT = "pengganti"


@transaction.atomic
def name_deputy(*, pengganti: Pengganti, by) -> Pengganti:
    """Store the deputy; the same form sent again gives the first row. PostgreSQL refuses two deputies on one day."""
    pengganti.bapas, pengganti.dibuat_oleh = by.penugasan.bapas, by
    rows = Pengganti.objects.visible_to(by).filter(diakhiri_pada=None)
    facts = {name: getattr(pengganti, name) for name in ("digantikan", "pengganti", "mulai", "selesai", "alasan")}
    if same := rows.filter(**facts).first():
        return same
    people = {pengganti.digantikan_id, pengganti.pengganti_id}
    if officers(pengganti.bapas).filter(pk__in=people).count() < len(people):
        raise Refused("PK itu tidak lagi bertugas di kantor Anda. Pilih PK lain.")
    meanwhile = rows.filter(mulai__lte=pengganti.selesai, selesai__gte=pengganti.mulai)
    if meanwhile.filter(Q(digantikan=pengganti.pengganti_id) | Q(pengganti=pengganti.digantikan_id)).exists():
        raise Refused("Pada hari-hari itu penggantinya sendiri digantikan, atau PK ini sedang menggantikan.")
    with refusals():
        pengganti.save(force_insert=True)
    record_move(pengganti, OBJECT, dari="", ke="berjalan", by=by, catatan=pengganti.alasan)
    return pengganti


@transaction.atomic
def end_deputy(*, pengganti: Pengganti, by) -> Pengganti:
    """The deputy stops now, or never begins."""
    current = lock(pengganti)
    if current.diakhiri_pada is None:
        current.diakhiri_pada, current.diakhiri_oleh = timezone.now(), by
        current.save(update_fields=["diakhiri_pada", "diakhiri_oleh"])
        record_move(current, OBJECT, dari="berjalan", ke="diakhiri", by=by)
    return current
