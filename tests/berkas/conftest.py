"""One PK with one client; files go to a folder of the test."""

import pytest

from tests import factories as make


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def pk(officer):
    return officer("pk", nama="Ratna Dewi")


@pytest.fixture
def klien(ours, pk):
    return make.KlienFactory(bapas=ours, pk_pembimbing=pk, nama="Budi Santoso", panggilan="Budi")
