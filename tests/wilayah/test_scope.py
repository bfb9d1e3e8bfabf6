"""What a scope holds, and who may open one that is wider than a jurisdiction."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from structlog.contextvars import bound_contextvars

from apps.wilayah.scope import NOTHING, lookup_scope, nation_scope, office_scope, scope_of, trail_scope
from tests import factories as make

ROOT = Path(settings.BASE_DIR)
PRODUCT = ("apps", "pemasyarakatan", "contoh", "embedded")
HERE = "apps/wilayah/scope.py"
ONE_PURPOSE = {
    "handover_scope": {"apps/perjalanan/services/handover.py"},
    "lookup_scope": {"apps/kegiatan/services.py", "apps/klien/unmet.py", "apps/pokmas/services.py"},
    "nation_scope": {
        "apps/impor/working.py",
        "apps/jejak/seals.py",
        "apps/klien/scans.py",
        "apps/klien/tasks.py",
        "apps/rekap/tasks.py",
        "apps/rilis/releasing.py",
        "contoh/loading.py",
    },
    "reports_scope": {"apps/laporan/making.py", "apps/laporan/models.py", "apps/laporan/services.py"},
    "desk_scope": set(),
    "trail_scope": {"apps/laporan/making.py"},
}


def where(pattern: str) -> set[str]:
    """Files of the product in which `pattern` occurs, `scope.py` itself left out."""
    files = [file for folder in PRODUCT for file in (ROOT / folder).rglob("*.py")]
    found = {str(file.relative_to(ROOT)) for file in files if re.search(pattern, file.read_text(encoding="utf-8"))}
    return found - {HERE}


# ── where scopes are built ──


def test_a_scope_is_built_in_one_module_only():
    assert re.search(r"\bScope\(", (ROOT / HERE).read_text(encoding="utf-8"))
    assert where(r"\bScope\(") == set()


def test_nobody_else_writes_the_settings_that_policies_read():
    assert where(r"set_config\(|SET (LOCAL|SESSION) app\.") == set()


@pytest.mark.parametrize(("name", "users"), ONE_PURPOSE.items())
def test_a_scope_of_one_purpose_has_the_users_that_are_known(name, users):
    assert where(rf"\b{name}\b") == users


# ── what they hold ──


def test_an_officer_works_for_the_own_office(officer, ours, theirs):
    for peran in ("pk", "operator", "perencana", "kabapas"):
        user = officer(peran)
        assert (scope_of(user).bapas, scope_of(user).mitra, scope_of(user).actor) == ({ours.pk}, None, user.pk)


def test_a_region_and_the_nation_are_sets_of_offices(officer, ours, theirs):
    neighbour = make.BapasFactory(kanwil=ours.kanwil)
    assert scope_of(officer("kanwil")).bapas == {ours.pk, neighbour.pk}
    assert scope_of(officer("ditjenpas")).bapas == scope_of(officer("auditor")).bapas == nation_scope().bapas
    assert nation_scope().bapas == {ours.pk, neighbour.pk, theirs.pk}


def test_a_partner_has_no_office_and_an_admin_nothing(officer, ours):
    partner = officer("koordinator_pokmas")
    assert (scope_of(partner).bapas, scope_of(partner).mitra) == (frozenset(), partner.penugasan.mitra_id)
    assert (scope_of(officer("admin")).bapas, scope_of(officer("admin")).mitra) == (frozenset(), None)


def test_nobody_without_a_duty_has_a_scope(officer, today):
    user = officer("pk")
    duty = user.penugasan
    duty.mulai = duty.selesai = today - timedelta(days=2)
    assert scope_of(AnonymousUser()) == NOTHING
    assert replace(scope_of(user), actor=None) == NOTHING  # who it is stands in the history; it opens nothing
    assert scope_of(user).actor == user.pk


def test_a_look_up_opens_offices_for_a_partner_and_widens_nobody_else(officer, ours, theirs):
    partner, pk, kanwil = officer("koordinator_pokmas"), officer("pk"), officer("kanwil")
    opened = lookup_scope(partner, [theirs.pk])
    assert (opened.bapas, opened.mitra, opened.actor) == ({theirs.pk}, partner.penugasan.mitra_id, partner.pk)
    assert partner.scope.bapas == frozenset()
    assert lookup_scope(pk, [theirs.pk]) == pk.scope
    assert lookup_scope(kanwil, [theirs.pk]) == kanwil.scope


def test_offices_are_written_for_postgresql_in_order(ours, theirs, officer):
    assert office_scope(ours.pk).settings() == [f"{{{ours.pk}}}", "", "", "", "", "", "", ""]
    first, second = sorted([ours.pk, theirs.pk])
    by = officer("kanwil")
    with bound_contextvars(request_id="a-b"):
        values = trail_scope([second, first], by=by).settings()
    who = [str(by.pk), str(by.penugasan.pk), "a-b"]
    assert values == [f"{{{first},{second}}}", "", "", "ya", "", *who]
