"""A folder for servers of our own."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A folder that a service account may enter; pytest's own are for their owner only."""
    folder = Path(tempfile.mkdtemp(prefix="portal-uji-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)
