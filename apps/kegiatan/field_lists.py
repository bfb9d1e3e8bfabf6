"""Attendance lists that a person stores on a phone, for places without signal."""

import datetime as dt
from itertools import groupby

from django.db.models import Q
from django.utils import timezone

from apps.kegiatan.models import Kegiatan, Kehadiran

AROUND = dt.timedelta(hours=24)
"""How long a phone keeps names."""


def lists_for(user, most: int) -> list[tuple[Kegiatan, list[Kehadiran], int]]:
    """Activities within a day, own ones first: (activity, people for the phone, number of all people).

    At most `most` people over all lists. Officers do not get activities that a Pokmas planned by itself.
    """
    now = timezone.now()
    near = Kegiatan.objects.visible_to(user).filter(
        status=Kegiatan.Status.RENCANA, mulai__lt=now + AROUND, selesai__gt=now - AROUND
    )
    if not user.scope.mitra:
        near = near.filter(Q(mitra=None) | Q(dibuat_oleh=user))
    activities = sorted(
        near.select_related("bapas"), key=lambda one: (one.dibuat_oleh_id != user.pk, one.mulai, one.pk)
    )
    people = _people(activities, user)
    lists, left = [], most
    for kegiatan in activities:
        everybody = people.get(kegiatan.pk, [])
        if taken := everybody[:left]:
            lists.append((kegiatan, taken, len(everybody)))
        left -= len(taken)
    return lists


def goes_along(kegiatan: Kegiatan, user) -> bool:
    """True when the field mode gives `user` this list on its day."""
    return bool(user.scope.mitra) or kegiatan.mitra_id is None or kegiatan.dibuat_oleh_id == user.pk


def _people(activities, user) -> dict[int, list[Kehadiran]]:
    """Id of an activity → people on its list, in one query, filtered by office to use its index."""
    offices = {kegiatan.bapas_id for kegiatan in activities}
    rows = Kehadiran.objects.filter(bapas__in=offices, kegiatan__in=activities).known_to(user)
    return {pk: list(some) for pk, some in groupby(rows.order_by("kegiatan", "kode"), lambda row: row.kegiatan_id)}
