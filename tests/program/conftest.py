"""A small programme of our office, and helpers that act as its people through HTTP."""

import pytest
from django.urls import reverse

from apps.program import services
from apps.program.models import ProgramTahunan
from tests import factories as make
from tests.sessions import log_in


@pytest.fixture
def planner(officer):
    return officer("perencana")


@pytest.fixture
def head(officer):
    return officer("kabapas")


@pytest.fixture
def draft(ours, planner):
    """A draft with one activity and one cost line of Rp2.500.000."""
    program = make.ProgramFactory(bapas=ours, tahun=2026, disusun_oleh=planner, potret={"KR-03": 30})
    make.BiayaFactory(rencana=make.RencanaFactory(program=program))
    return program


@pytest.fixture
def line(draft):
    return draft.rencana.get().biaya.get()


@pytest.fixture
def approved(draft, planner, head):
    """The same programme, sent and approved."""
    services.send(draft, by=planner)
    return services.approve(draft, by=head)


@pytest.fixture
def as_user(client):
    """as_user(user).get("program:year", 2027) – every request of the tests goes through a URL name."""

    class Browser:
        def __init__(self, user):
            log_in(client, user)

        def get(self, name, *args, data=None, **headers):
            return client.get(reverse(name, args=args), data, headers=headers)

        def post(self, name, *args, data=None, **headers):
            return client.post(reverse(name, args=args), data or {}, headers=headers)

    return Browser


@pytest.fixture
def status_of():
    return lambda program: ProgramTahunan.objects.get(pk=program.pk).status
