"""The ledger of needs: what is open, what was met, and why not."""

from django.db import transaction
from django.utils import timezone

from apps.jejak.services import record_move
from apps.klien.models import Kebutuhan, Klien
from apps.wilayah.errors import Refused

Status = Kebutuhan.Status
CLOSED = {Status.TERPENUHI, Status.TIDAK, Status.BATAL}
NEXT = {
    Status.TERBUKA: {Status.DIRUJUK, Status.DILAYANI, *CLOSED},
    Status.DIRUJUK: {Status.TERBUKA, Status.DILAYANI, *CLOSED},
    Status.DILAYANI: CLOSED,
    Status.TIDAK: {Status.TERBUKA},
    Status.TERPENUHI: set(),
    Status.BATAL: set(),
}


@transaction.atomic
def add_need(*, kebutuhan: Kebutuhan, klien: Klien, by) -> Kebutuhan:
    """Write a need into the ledger of `klien`."""
    kebutuhan.klien, kebutuhan.bapas_id, kebutuhan.dicatat_oleh = klien, klien.bapas_id, by
    kebutuhan.save(force_insert=True)
    return kebutuhan


def close_need(*, kebutuhan: Kebutuhan, ke: str, by, alasan: str = "") -> Kebutuhan:
    """Say how a need ended. Unmet and cancelled needs carry a reason: it is evidence for next year's programme."""
    if Status(ke) in {Status.TIDAK, Status.BATAL} and not alasan:
        raise Refused("Isi alasan.")
    return _move(kebutuhan, Status(ke), by=by, alasan=alasan, ditutup_pada=timezone.now())


@transaction.atomic
def _move(kebutuhan: Kebutuhan, to: Status, *, by, **facts) -> Kebutuhan:
    rows = Kebutuhan.objects.select_for_update(of=("self",))
    current = rows.get(pk=kebutuhan.pk, bapas=kebutuhan.bapas_id)
    if to not in NEXT[Status(current.status)]:
        raise Refused(
            f"Kebutuhan berstatus {current.get_status_display().lower()} tidak dapat menjadi {to.label.lower()}."
        )
    before, current.status = current.status, to
    for name, value in facts.items():
        setattr(current, name, value)
    current.save()
    record_move(current, "kebutuhan", dari=before, ke=to, by=by, catatan=facts.get("alasan", ""))
    return current
