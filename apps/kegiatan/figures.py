"""Figures about activities. Sums per Bapas; the caller masks small counts."""

from collections import Counter
from collections.abc import Collection
from datetime import date

from apps.rekap.reading import happened


def held_per_office(offices: Collection[int], *, since: date, until: date) -> dict[int, int]:
    """Bapas id → closed activities that began from `since` up to and including `until`."""
    found: Counter[int] = Counter()
    for row in happened(offices, "kegiatan", since=since, until=until):
        found[row.bapas_id] += row.n
    return dict(found)
