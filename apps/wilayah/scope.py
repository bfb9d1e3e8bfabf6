"""Jurisdictions of users and jobs: the only module that builds a `Scope` (tests/wilayah/test_scope.py).

A jurisdiction is a set of Bapas ids, also for a Kanwil and for the nation. Actors outside the service
(Pokmas, OPD, company, Griya) have no Bapas: they carry the id of their own Mitra and see rows addressed to it.

PostgreSQL compares rows with the scope (`rls.py`); `ScopedQuerySet.visible_to` and its siblings for rows that a partner
sees, or that belong to a unit above the office, are the same rule as a filter (`models.py`). Narrower or other rules
exist only in the ORM, beside their models:

- clients, for Kanwil and Ditjenpas only those opened with a reason: `KlienQuerySet.visible_to`
  (klien/models/clients.py)
- prose of guidance, obstacles and assessments, own clients or the whole office: `may_read_prose` and `readable_by`
  (klien/models/guidance.py, klien/models/obstacles.py, asesmen/models.py)
- names on an attendance list, none for partners: `KehadiranQuerySet.known_to` (kegiatan/models.py)
- accounts, which an administrator manages: `offices_of`, `regions_of`, `partners_of` (akun/models/people.py)
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from django.conf import settings
from django.db import connection, transaction
from structlog.contextvars import get_contextvars

from apps.wilayah.models import Bapas


@dataclass(frozen=True)
class Scope:
    """What PostgreSQL compares rows with, and who acts.

    `bapas` opens rows of these offices, `mitra` those addressed to this partner. `kanwil` and `nation` open rows that
    belong to a unit (a report, an agreement, an outreach) and no case: those of this region, those of every unit.
    `tiket` opens the one row of the public desk that carries this secret.

    `actor` (a Pengguna) and `duty` (a Penugasan) open nothing: PostgreSQL writes them into the trail, and refuses a
    line in the name of somebody else (`rls.stamp`). None: the system itself.
    """

    bapas: frozenset[int] = frozenset()
    mitra: int | None = None
    kanwil: int | None = None
    nation: bool = False
    tiket: str = ""
    actor: int | None = None
    duty: int | None = None

    def settings(self) -> list[str]:
        """The values of `NAMES`, in their order. The last is the id of the request or job in the log."""
        ids = ",".join(map(str, sorted(self.bapas)))
        nation = "ya" if self.nation else ""
        request = str(get_contextvars().get("request_id", ""))
        keys = (self.mitra, self.kanwil, nation, self.tiket, self.actor, self.duty, request)
        return [f"{{{ids}}}", *(str(key or "") for key in keys)]


NOTHING = Scope()


def scope_of(user) -> Scope:
    """The jurisdiction of `user` under the current assignment: nothing without one, no offices for an admin.

    A partner has its own id and no office, an officer one office, a Kanwil the offices of its region, headquarters and
    auditors every office. The log-in, not this function, excludes deactivated accounts.
    """
    if not user.is_authenticated:
        return NOTHING
    duty = user.penugasan
    if duty is None:
        return Scope(actor=user.pk)
    who = {"actor": user.pk, "duty": duty.pk}
    if duty.mitra_id:
        return Scope(mitra=duty.mitra_id, **who)
    if duty.bapas_id:
        return Scope(frozenset([duty.bapas_id]), **who)
    if duty.reads_no_cases:
        return Scope(**who)
    offices = Bapas.objects.filter(kanwil=duty.kanwil_id) if duty.kanwil_id else Bapas.objects.all()
    ids = frozenset(offices.values_list("id", flat=True))
    return Scope(ids, kanwil=duty.kanwil_id, nation=not duty.kanwil_id, **who)


def office_scope(bapas_id: int, *, actor: int | None = None) -> Scope:
    """The scope of a system job that works for one office at a time, or for one office on behalf of `actor`."""
    return Scope(frozenset([bapas_id]), actor=actor)


# Scopes for one purpose each. tests/wilayah/test_scope.py lists the modules that may use them.


def nation_scope() -> Scope:
    """Every office, for a system job that works on rows of all offices at once. It has no actor."""
    return Scope(frozenset(Bapas.objects.values_list("pk", flat=True)), nation=True)


def reports_scope() -> Scope:
    """Reports of every unit and no case, for the worker that makes them and the public page that verifies them."""
    return Scope(nation=True)


def desk_scope(tiket: str) -> Scope:
    """The one row with the secret `tiket`, for a person without an account: to write it, and to read its answer."""
    return Scope(tiket=tiket)


def lookup_scope(user, offices: Collection[int]) -> Scope:
    """The scope of `user`; for a partner, with `offices` added for one look-up.

    A partner has no office of its own. The caller filters what it reads this way: active groups of the region, masked
    sums of needs, clients of codes that it typed. The scope of everybody else is unchanged.
    """
    return replace(user.scope, bapas=frozenset(offices)) if user.scope.mitra else user.scope


def handover_scope(giver: int, taker: int, *, actor: int) -> Scope:
    """Both offices of one handover of a client, for its request and its answer.

    It is wider than the jurisdiction of the officer, and may write in both offices.
    """
    return Scope(frozenset([giver, taker]), actor=actor)


def trail_scope(offices: Collection[int], *, by) -> Scope:
    """Offices whose figures a report contains, so that each gets a line in its trail; `by` requested the report.

    The offices were in the jurisdiction of `by` when the figures were collected.
    """
    return Scope(frozenset(offices), nation=True, actor=by.pk, duty=by.penugasan_aktif_id)


@contextmanager
def database_scope(scope: Scope, *, in_a_request: bool = False) -> Iterator[None]:
    """Limit PostgreSQL itself to `scope` until the block ends. Opens a transaction; nests.

    Around a request of the web the statements of the transaction also have limits of time (`REQUEST_PATIENCE`).

    The settings end with the transaction. Only a nested block has to restore the outer settings: a rolled back
    savepoint restores them, a released one does not.
    """
    nested = connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if nested:
            cursor.execute(READ)
            outer = [value or "" for value in cursor.fetchone()]
        set_scope(scope, REQUEST if in_a_request else WRITE)
        yield
        if nested and not connection.needs_rollback:
            cursor.execute(WRITE, outer)


def set_scope(scope: Scope, statement: str = "") -> None:
    """Set `scope` for the rest of the current transaction."""
    with connection.cursor() as cursor:
        cursor.execute(statement or WRITE, scope.settings())


NAMES = tuple(
    f"app.{name}" for name in ["scope", "mitra", "kanwil", "nasional", "tiket", "actor", "penugasan", "permintaan"]
)
READ = "SELECT " + ", ".join(f"current_setting('{name}', true)" for name in NAMES)
WRITE = "SELECT " + ", ".join(f"set_config('{name}', %s, true)" for name in NAMES)
REQUEST = ", ".join(
    [WRITE, *(f"set_config('{name}', '{limit}', true)" for name, limit in settings.REQUEST_PATIENCE.items())]
)
