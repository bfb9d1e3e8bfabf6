"""One PK with one client of the own office, logged in."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from tests import factories as make

BACKEND = "apps.akun.backends.PenugasanBackend"


@pytest.fixture
def today():
    return timezone.localdate(timezone=ZoneInfo("Asia/Makassar"))


@pytest.fixture
def pk(officer):
    return officer("pk", nama="Ratna Dewi")


@pytest.fixture
def klien(ours, pk, today):
    """An own client, due three days ago, registered a year ago."""
    return make.KlienFactory(
        bapas=ours, pk_pembimbing=pk, nama="Budi Santoso", diregistrasi=today - dt.timedelta(days=365),
        jadwal__berikutnya=today - dt.timedelta(days=3), jadwal__pertama=today - dt.timedelta(days=335),
    )  # fmt: skip


@pytest.fixture
def login(client):
    """login(user) → a client that works as that user."""

    def as_user(user):
        client.force_login(user, backend=BACKEND)
        return client

    return as_user
