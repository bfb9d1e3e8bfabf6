"""The guidance of one client: begin, end, meetings and changes. Pure numbers.

Days are day numbers (`date.toordinal`). The next meeting is drawn first and the others are computed backwards from it,
so that the schedule, the log and the absences agree without a second pass.
"""

from bisect import bisect_left
from dataclasses import dataclass, field, replace
from random import Random

from contoh.offices import Amount, Office

ENDINGS = {"selesai": 90, "dicabut": 4, "dilimpahkan": 3, "meninggal": 1, "melarikan": 2}
FLED, HANDED_OVER = "melarikan", "dilimpahkan"
ENDED_VISITS = (6, 18)
FLEE, MOVE, REASSIGN = 0.015, 0.06, 0.02
"""Shares of terms with a flight and return, with a moved meeting, and with a previous officer."""
LATEST_DECISION = 9
"""Largest number of days from the end of guidance to its decision."""


@dataclass(frozen=True)
class End:
    """An end of guidance on `day`, decided on `decided`. `back`: the day on which a client who fled came back."""

    kind: str
    day: int
    decided: int
    back: int | None = None


@dataclass(frozen=True)
class Move:
    """A meeting moved from the day `before` to the day `to`, on the day `asked`, after visit number `after`."""

    after: int
    asked: int
    before: int
    to: int


@dataclass(frozen=True)
class Term:
    """The guidance of one client, and the reporting duty of today."""

    mulai: int
    selesai: int
    """The last day of the term (HMB)."""
    every: int
    visits: list[int]
    """Days of the visits, oldest first; none is today, so that nothing lies in the future."""
    absences: int = 0
    """Number of the last visits that the client missed."""
    due: int | None = None
    end: End | None = None
    flight: End | None = None
    move: Move | None = None
    planned: dict[int, int] = field(default_factory=dict)
    """Visit number → the next day planned at that visit, when the meeting took place on another day."""

    @property
    def until(self) -> int | None:
        """The day on which guidance ended; None while it runs."""
        return self.end.day if self.end else None

    @property
    def versions(self) -> int:
        """Number of changes of the file's status."""
        return (1 if self.end else 0) + (2 if self.flight else 0)

    @property
    def schedule_version(self) -> int:
        """Version of the schedule: every record, move, end and return counts."""
        return 1 + len(self.visits) + (1 if self.move else 0) + self.versions

    def next_after(self, number: int) -> int | None:
        """The next meeting, as planned at visit `number`."""
        if number in self.planned:
            return self.planned[number]
        return self.visits[number + 1] if number + 1 < len(self.visits) else self.due


def running(rng: Random, amount: Amount, now: int, number: int, *, may_flee: bool) -> Term:
    """An active client."""
    every = 30 if rng.random() < 0.88 else rng.choice((7, 14, 14, 60))
    due = now + _days_left(rng, every)
    start = now - rng.randint(5, min(amount.months * 30, 660))
    soon = number % 25 == 7  # a few terms end within a month
    end = now + (rng.randint(3, 29) if soon else rng.randint(35, 600))
    visits = []
    day = due - every
    while (visit := working_day(min(day, now - 1))) > start:
        visits.append(visit)
        day -= every + rng.choice((0, 0, 0, -1, 1, 2))
    absences = min(rng.choices((0, 1, 2, 3), (84, 9, 4, 3))[0], len(visits))
    term = Term(start, end, every, visits[::-1], absences, due)
    if may_flee and every == 30 and len(visits) > 5 and rng.random() < FLEE:
        return _with_flight(rng, term)
    return _with_move(rng, term, now)


def ended(rng: Random, amount: Amount, now: int) -> Term:
    """A client whose guidance is over: one visit a month until the end."""
    kind = rng.choices(list(ENDINGS), list(ENDINGS.values()))[0]
    count = rng.randint(*ENDED_VISITS)
    span = count * 30 + rng.randint(5, 29)
    over = now - rng.randint(5, amount.oldest - span)
    start = over - span
    visits = [working_day(start + 30 * n + rng.randint(1, 8)) for n in range(1, count + 1)]
    hmb = {"selesai": over, HANDED_OVER: now + rng.randint(20, 400)}.get(kind, over + rng.randint(20, 400))
    decided = over if kind == HANDED_OVER else min(over + rng.randint(0, LATEST_DECISION), now - 1)
    kept = [day for day in visits[bisect_left(visits, now - amount.months * 31) :] if day <= over]
    term = Term(start, hmb, 30, kept, end=End(kind, over, decided))
    return _with_move(rng, term, now)


def working_day(day: int) -> int:
    """The day, or the Friday before a weekend day: nobody records on a weekend."""
    weekday = (day - 1) % 7
    return day if weekday < 5 else day - (weekday - 4)


def officers_of(rng: Random, office: Office, pk: int, term: Term) -> tuple[int, int | None, int]:
    """(last or present officer, previous officer, first day of the later one) of a term in the caseload of `pk`."""
    staff, last = office.staff, office.staff.officers[-1]
    if staff.former and pk == last:
        if term.end and term.end.decided < staff.since:
            return staff.former, None, term.mulai
        return pk, staff.former if term.mulai < staff.since else None, max(staff.since, term.mulai)
    others = [one for one in staff.officers[:-1] if one != pk]
    first, until = term.mulai + 10, (term.until or term.visits[-1]) if term.visits else term.mulai
    if term.flight or not others or first >= until or rng.random() > REASSIGN:
        return pk, None, term.mulai
    return pk, rng.choice(others), rng.randint(first, until)


def _days_left(rng: Random, every: int) -> int:
    """Days until the next report: some today, some overdue, most ahead."""
    draw = rng.random()
    if draw < 0.06:
        return 0
    if draw < 0.17:
        return -rng.randint(1, 24)
    return rng.randint(1, every)


def _with_flight(rng: Random, term: Term) -> Term:
    """Remove two meetings: the client fled, and came back on the day of the next one."""
    last = rng.randint(0, len(term.visits) - term.absences - 4)
    visits = term.visits[: last + 1] + term.visits[last + 3 :]
    over = visits[last] + rng.randint(3, 12)
    flight = End(FLED, over, over + rng.randint(1, LATEST_DECISION), back=visits[last + 1])
    return replace(term, visits=visits, flight=flight, planned={last: term.visits[last + 1]})


def _with_move(rng: Random, term: Term, now: int) -> Term:
    """Sometimes move one meeting: it was first planned for another day, and moved before that day."""
    if not term.visits or rng.random() > MOVE:
        return term
    after = rng.randrange(len(term.visits))
    to = term.next_after(after)
    if to is None:
        return term
    first, before = term.visits[after] + 1, working_day(to + rng.choice((-7, -3, -2, 2, 3, 7)))
    latest = min(before, to, now - 1)
    if before == to or latest < first:
        return term
    return replace(term, move=Move(after, rng.randint(first, latest), before, to), planned={after: before})
