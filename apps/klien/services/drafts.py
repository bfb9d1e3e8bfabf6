"""Unfinished registrations: stored from the first page on, until the client is registered."""

import uuid

from django.db import transaction

from apps.dasar.locks import held
from apps.klien.models import DrafRegistrasi, Klien


def open_draft(*, by, kunci: uuid.UUID) -> DrafRegistrasi:
    """The draft of `by` with this key, locked; a new key gives an empty draft that is not stored yet."""
    return _locked(by, kunci) or DrafRegistrasi(bapas=by.penugasan.bapas, oleh=by, kunci=kunci)


def keep_step(*, draf: DrafRegistrasi, step: str, values: dict[str, list[str]]) -> DrafRegistrasi:
    """Store the values of one page, valid or not. An empty first page makes no draft.

    When two first pages with one key arrive together, the second one overwrites the first.
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
    return held(drafts).first()


@transaction.atomic
def finish(*, draf: DrafRegistrasi, klien: Klien) -> None:
    """Empty the draft of a registered client, and link it to the client."""
    draf.isi, draf.klien = "", klien
    draf.save()


def remove_outdated() -> int:
    """Delete drafts that nobody continued; gives their number. The caller opens the scope."""
    return DrafRegistrasi.objects.outdated().delete()[0]
