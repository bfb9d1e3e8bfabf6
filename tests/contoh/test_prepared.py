"""Every statement that is composed once gives, for any user and any values, what its QuerySet gives now."""

import datetime as dt
import inspect
from collections.abc import Iterator
from functools import cache

import pytest
from django.db import models
from django.utils import timezone

from apps.akun.models import Pengguna
from apps.akun.roles import Peran
from apps.dasar.prepared import EVERY
from apps.dasar.rooms import modules
from apps.klien.models import Klien, asked_for
from apps.wilayah.scope import database_scope
from contoh.accounts import DOMAIN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample")]
modules("tasks_today"), modules("client_page"), modules("urls")  # each statement registers itself when it is imported
LONG = dt.timedelta(days=400)
EMPTY_IN_SAMPLE = 18
"""Statements that may find nothing there: revocations, transfers, finals to approve, files with a virus, …"""


def facts(row, *above) -> dict:
    """Everything that a row holds, with the rows that were read along; two rows may point at each other."""
    if not isinstance(row, models.Model):
        return {"row": row}
    beside = {name: one for name, one in row._state.fields_cache.items() if one is not None and one not in above}
    related = {name: facts(one, row, *above) for name, one in beside.items()}
    return {name: value for name, value in vars(row).items() if name != "_state"} | related


def values(statement, user, day: dt.date, klien: Klien) -> Iterator[dict]:
    """Values for the parameters of a statement, with and without those it can do without."""
    now = timezone.now()
    known = {
        "day": day, "until": day + LONG, "end": day + LONG, "first": day - LONG, "last": day + LONG,
        "since": now - LONG, "now": now, "key": "tidak-ada", "klien": klien.pk, "pk": klien.pk,
        "office": klien.bapas_id,
    }  # fmt: skip
    asked = list(inspect.signature(statement).parameters.values())[1:]
    needed = {one.name: known[one.name] for one in asked if one.name in known and one.default is one.empty}
    yield needed
    if any(one.kind == one.VAR_KEYWORD for one in asked):
        yield needed | {"kode": klien.kode}
    if any(one.name == "asked" for one in asked):
        yield needed | asked_for(f"{klien.nama} {klien.kode[-5:]}") | {"officer": klien.pk_pembimbing_id}
        yield needed | asked_for("0812 3456 7890")
    if any(one.name == "officer" for one in asked):
        yield needed | {"officer": klien.pk_pembimbing_id}


@cache
def _people() -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    people = Pengguna.objects.with_duty().filter(email__endswith=f"@{DOMAIN}", penugasan_aktif__isnull=False)
    for person in filter(lambda person: person.penugasan, people.order_by("pk")):
        found.setdefault(person.penugasan.peran, []).append(person.pk)
    return found


@pytest.mark.parametrize("role", [role for role in Peran if role not in (Peran.ADMIN, Peran.AUDITOR)])
def test_a_statement_composed_once_gives_what_its_queryset_gives(role):
    """Two people of a role in different units, two days and two clients: the second one meets the first one's
    statement."""
    found = {}
    _people.cache_clear()
    for pk in {_people()[role][0], _people()[role][-1]}:
        user = Pengguna.objects.with_duty().get(pk=pk)
        with database_scope(user.scope):
            for statement, given in _cases(user):
                plain = [facts(row) for row in statement.compose(user, **given)]
                assert [facts(row) for row in statement(user, **given)] == plain, (statement.__name__, given)
                found[statement] = found.get(statement, 0) + len(plain)
    if role == Peran.PK:
        empty = [statement.__name__ for statement in EVERY if not found[statement]]
        assert len(empty) <= EMPTY_IN_SAMPLE, empty


def _cases(user):
    own = Klien.objects.filter(bapas__in=user.scope.bapas).order_by("pk")
    clients = [own.first(), own.last()] if own.exists() else [Klien.objects.order_by("pk").first() or Klien(pk=1)]
    for statement in EVERY:
        for klien, day in zip(
            clients, (timezone.localdate(), timezone.localdate() - dt.timedelta(days=200)), strict=False
        ):
            for given in values(statement, user, day, klien):
                yield statement, given
