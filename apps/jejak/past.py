"""Values on a past day, read from the history: only for facts that have no date of their own.

The value of a row at the end of a day is the one that the first change after that day replaced, or the current one if
nothing changed since. A row without history therefore has its current value.
"""

from datetime import date, timedelta

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Subquery, TextField, When
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from apps.jejak.models import Perubahan, Riwayat
from apps.wilayah.days import midnights, on_days

ONE_DAY = timedelta(days=1)


def state_on(day: date, objek: str, *, status: str = "status") -> Case:
    """The status of each row of the state machine `objek` at the end of `day` in the time zone of its office.

    It is empty if the row did not exist yet.
    """
    moves = Riwayat.objects.filter(objek=objek)
    return _before(moves, "objek_id", "dari", F(status), day)


def value_on(day: date, table: str, column: str) -> Case:
    """The text of `column` of each row of `table` at the end of `day`. Only for tables with a history (`rls.track`).

    NULL if the entry in the history is older than the column: then the value is unknown.
    """
    changes = Perubahan.objects.filter(tabel=table).annotate(sebelum=KeyTextTransform(column, "lama"))
    return _before(changes, "baris_id", "sebelum", Cast(column, TextField()), day)


def _before(history, row: str, earlier: str, now: Combinable, day: date) -> Case:
    """`earlier` of the first entry after `day`, else `now`.

    One subquery finds the rows that have entries; the many rows without any need no further look.
    """
    since = day + ONE_DAY
    changed = history.filter(pada__gte=min(midnights(since))).values(row)
    after = history.filter(on_days("pada", since=since), **{"bapas": OuterRef("bapas"), row: OuterRef("pk")})
    first = after.order_by("pada", "pk").values(earlier)[:1]
    return Case(When(Q(pk__in=changed) & Exists(after), then=Subquery(first)), default=now, output_field=CharField())
