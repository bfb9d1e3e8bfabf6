"""Names of static files carry their content, also where one script asks for another."""

import re
import shutil

import pytest
from django.conf import settings

from pemasyarakatan.storage import StaticFiles

IMPORT = re.compile(r"""(?:from |import\()["'](\./[^"']+)["']""")


@pytest.fixture
def collected(tmp_path, settings):
    """Our scripts as production serves them."""
    settings.DEBUG = False
    shutil.copytree(settings.BASE_DIR / "static" / "js", tmp_path / "js")
    storage = StaticFiles(location=tmp_path)
    names = [f"js/{file.name}" for file in (tmp_path / "js").iterdir()]
    list(storage.post_process({name: (storage, name) for name in names}))
    return tmp_path / "js"


def test_a_script_asks_for_the_name_that_carries_the_content(collected):
    asked = [name for file in collected.glob("*.????????????.js") for name in IMPORT.findall(file.read_text("utf-8"))]
    assert len(asked) >= len([None for file in sources() for _ in IMPORT.findall(file.read_text("utf-8"))]) > 0
    assert [name for name in asked if not re.search(r"\.[0-9a-f]{12}\.js$", name)] == []
    assert [name for name in asked if not (collected / name).exists()] == []


def sources():
    return (settings.BASE_DIR / "static" / "js").glob("*.js")
