"""First days of work with clients who come from paper, shared out over the open days of each officer: what an office
brings on one day must not be due on one day. Pure."""

from collections import Counter
from datetime import date, timedelta

from apps.acuan.calendar import ONE_DAY, Calendar

GRACE = timedelta(days=21)
"""Old work of imported clients is due between one and three times this after the import, shared out (own rule)."""
SHORTEST = 7
"""First reports are shared out over one frequency of days, or over so many when people come more often."""


class FirstDays:
    """Gives one day after the other; `officer` is an id, or None while nobody guides the client."""

    def __init__(self, calendar: Calendar, today: date):
        self.calendar, self.today = calendar, today
        self.turns: Counter[tuple] = Counter()
        self.spans: dict[tuple[date, date], list[date]] = {}

    def report(
        self, officer: int | None, every: int, *, last: date | None, begin: date | None, end: date | None
    ) -> date | None:
        """The first report of a client who comes every `every` days and came on the day `last`: as often as asked after
        that day; where it is past, or unknown, the next turn. Inside the term from `begin` to `end`, each unknown as
        None; None when no open day is left of it.
        """
        since, until = begin or self.today, end or date.max
        wished = last + timedelta(days=every) if last else self.today
        if wished > self.today and since <= (day := self.calendar.open_day(wished)) <= until:
            return day
        first = max(self.today + ONE_DAY, since)
        return self._turn("lapor", officer, first, min(first + timedelta(days=max(every, SHORTEST) - 1), until))

    def grace(self, officer: int | None) -> date | None:
        """Until when old work of the next client of `officer` is not late."""
        return self._turn("tenggang", officer, self.today + GRACE, self.today + 3 * GRACE)

    def _turn(self, what: str, officer: int | None, first: date, last: date) -> date | None:
        if (first, last) not in self.spans:
            days = ((first + timedelta(days=n)) for n in range((last - first).days + 1))
            self.spans[first, last] = [day for day in days if self.calendar.is_open(day)]
        days_open = self.spans[first, last]
        turn = self.turns[what, officer]
        self.turns[what, officer] += 1
        return days_open[turn % len(days_open)] if days_open else None
