"""One PK with one client of the own office, logged in."""

import datetime as dt

import pytest

from tests import factories as make


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
