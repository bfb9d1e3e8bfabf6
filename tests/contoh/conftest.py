"""A few offices with reference data, and the sample on top of them."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction

from apps.wilayah.models import Bapas
from contoh.offices import DEMO_REGIONS


def keep_few_offices() -> None:
    """The regions with log-ins only, so that a load takes a second."""
    call_command("muat_acuan", stdout=StringIO())
    Bapas.objects.exclude(kanwil__kode__in=DEMO_REGIONS).update(aktif=False)


def seed(**options) -> str:
    """What the command prints."""
    out = StringIO()
    call_command("seed_demo", paksa=True, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def few_offices(db):
    keep_few_offices()


@pytest.fixture(scope="module")
def loaded_once(django_db_setup, django_db_blocker):
    """One load for a whole module; each test works in a savepoint of its transaction."""
    with django_db_blocker.unblock(), transaction.atomic():
        keep_few_offices()
        seed()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def sample(loaded_once, db):
    """The small sample."""
