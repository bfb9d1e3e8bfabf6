"""One PK with one client of the own office, logged in, on a Monday without holidays."""

import datetime as dt

import pytest

from tests import factories as make


@pytest.fixture
def monday(today):
    """The Monday after next: surely in the future, surely a working day in a database without holidays."""
    return today + dt.timedelta(days=14 - today.weekday())


@pytest.fixture
def pk(officer):
    return officer("pk", nama="Ratna Dewi")


@pytest.fixture
def klien(ours, pk, today):
    """An own client, due three days ago, registered a year ago."""
    return make.KlienFactory(
        bapas=ours, pk_pembimbing=pk, nama="Budi Santoso", panggilan="Budi",
        diregistrasi=today - dt.timedelta(days=365), telepon="0812 3456 7890",
        jadwal__berikutnya=today - dt.timedelta(days=3), jadwal__pertama=today - dt.timedelta(days=335),
    )  # fmt: skip


@pytest.fixture
def own(pk, ours):
    """own("Lima", jadwal__berikutnya=…) → a client of the PK."""

    def client(nama, **facts):
        return make.KlienFactory(bapas=ours, pk_pembimbing=pk, nama=nama, **facts)

    return client
