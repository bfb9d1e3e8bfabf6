"""Registrations that are not finished: kept from the first page on, until the client stands in the register."""

import uuid

from django.db import transaction

from apps.klien.models import DrafRegistrasi, Klien


def open_draft(*, by, kunci: uuid.UUID) -> DrafRegistrasi:
    """The draft of `by` under this key, locked; a key that is new gives an empty draft that is not stored yet."""
    return _locked(by, kunci) or DrafRegistrasi(bapas=by.penugasan.bapas, oleh=by, kunci=kunci)


def keep_step(*, draf: DrafRegistrasi, step: str, values: dict[str, list[str]]) -> DrafRegistrasi:
    """Store what was typed on one page, right or wrong. A first page without a word makes no draft.

    Of two first pages under one key that arrive together, both are stored: the later one stands.
    """
    if draf.pk is None and any("".join(typed).strip() for typed in values.values()):
        DrafRegistrasi.objects.bulk_create([draf], ignore_conflicts=True)
        draf = _locked(draf.oleh, draf.kunci) or draf
    draf.store_page(step, values)
    if draf.pk:
        draf.save()
    return draf


def _locked(by, kunci: uuid.UUID) -> DrafRegistrasi | None:
    drafts = DrafRegistrasi.objects.visible_to(by).filter(oleh=by, kunci=kunci)
    return drafts.select_for_update(of=("self",)).first()


@transaction.atomic
def finish(*, draf: DrafRegistrasi, klien: Klien) -> None:
    """The client is registered: nothing that was typed stays in the draft."""
    draf.isi, draf.klien = "", klien
    draf.save()


def remove_outdated() -> int:
    """Take away what nobody went on with. The caller opens the scope."""
    return DrafRegistrasi.objects.outdated().delete()[0]
