"""An officer and one of his clients."""

import pytest

from tests import factories as make


@pytest.fixture
def pk(officer):
    return officer("pk", nama="Ratna Dewi")


@pytest.fixture
def klien(ours, pk):
    return make.KlienFactory(bapas=ours, pk_pembimbing=pk)
