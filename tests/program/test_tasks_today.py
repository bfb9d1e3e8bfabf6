"""What the Beranda offers the planner and the head of the office."""

import datetime as dt

import pytest
from django.utils import timezone

from apps.program import services
from apps.program.models import ProgramTahunan
from apps.program.tasks_today import groups
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_the_planner_goes_on_with_drafts_and_is_reminded_of_next_year(planner, draft):
    first, waiting = groups(planner)
    assert [row.about for row in first.rows] == ["Program 2026 versi 1", f"Program {year() + 1} belum dibuat"]
    assert first.rows[0].url == "/program/2026/"
    assert waiting.rows == []


def test_a_returned_draft_shows_the_reason(planner, head, draft):
    services.send(draft, by=planner)
    services.give_back(draft, by=head, note="Honor terlalu tinggi")
    assert groups(planner)[0].rows[0].what == "Dikembalikan: Honor terlalu tinggi"


def test_the_head_sees_what_waits_with_its_age(planner, head, draft, line):
    services.send(draft, by=planner)
    ProgramTahunan.objects.update(diajukan_pada=timezone.now() - dt.timedelta(days=4))
    (group,) = groups(head)
    assert group.total == 1
    assert (group.rows[0].note, group.rows[0].what) == ("menunggu 4 hari", "Rp2.500.000 untuk 20 klien")
    services.approve(draft, by=head)
    make.RealisasiFactory(rincian=line, dicatat_oleh=planner)
    assert groups(head)[0].rows[0].about == "Realisasi 2026"


def test_other_offices_and_other_roles_get_nothing(officer, theirs, draft, planner):
    services.send(draft, by=planner)
    assert groups(make.officer("kabapas", bapas=theirs))[0].rows == []
    assert groups(officer("pk")) == []


def year():
    return timezone.localdate().year
