"""Registrations that are not finished: kept from the first page on, until the client stands in the register."""

import uuid

from django.db import transaction

from apps.klien.models import DrafRegistrasi, Klien


def open_draft(*, by, kunci: uuid.UUID) -> DrafRegistrasi:
    """The draft of `by` under this key, locked; a key that is new gives an empty draft that is not stored yet."""
    drafts = DrafRegistrasi.objects.visible_to(by).filter(oleh=by)
    found = drafts.select_for_update(of=("self",)).filter(kunci=kunci).first()
    return found or DrafRegistrasi(bapas=by.penugasan.bapas, oleh=by, kunci=kunci)


def keep_step(*, draf: DrafRegistrasi, step: str, values: dict[str, list[str]]) -> DrafRegistrasi:
    """Store what was typed on one page, right or wrong. A first page without a word makes no draft."""
    draf.keep(step, values)
    if draf.pk or any("".join(typed).strip() for typed in values.values()):
        draf.save()
    return draf


@transaction.atomic
def finish(*, draf: DrafRegistrasi, klien: Klien) -> None:
    """The client is registered: nothing that was typed stays in the draft."""
    draf.isi, draf.klien = "", klien
    draf.save()


def remove_outdated() -> int:
    """Take away what nobody went on with. The caller opens the scope."""
    return DrafRegistrasi.objects.outdated().delete()[0]
