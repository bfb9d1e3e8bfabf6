"""`docs/kamar-baru.md` is true: a copy of the project in which its blocks were followed passes lint and tests."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

PROJECT = Path(settings.BASE_DIR)
PARTS = (
    *("apps", "pemasyarakatan", "templates", "static", "fixtures", "tests"),
    *("bench", "contoh", "docs", "embedded", "manage.py", "pyproject.toml"),
)
BLOCK = re.compile(
    r"""^(?:`(?P<path>[\w./-]+)`(?P<where>[^\n`]*(?:`(?P<mark>[^\n]+)`)?):\n\n)?  # the file, and where in it
        ```(?P<kind>\w+)\n(?P<text>.*?)```$""",
    re.MULTILINE | re.DOTALL | re.VERBOSE,
)
CHOSEN = ("tests/inventaris", "tests/access/test_verbs.py", "tests/access/test_matrix.py", "tests/wilayah/test_wall.py")
WORDS = "inventaris or verb or wall or table"


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The project with the room of the guide."""
    folder = tmp_path_factory.mktemp("kamar")
    for name in PARTS:
        source, leave = PROJECT / name, shutil.ignore_patterns("__pycache__", "vendor")
        shutil.copytree(source, folder / name, ignore=leave) if source.is_dir() else shutil.copy(source, folder / name)
    for block in BLOCK.finditer((PROJECT / "docs" / "kamar-baru.md").read_text()):
        if block["kind"] == "sh":
            program, *arguments = block["text"].split()
            assert program == "bin/manage"
            run(folder, sys.executable, "-m", "embedded.manage", *arguments, env={})
        else:
            write(folder / block["path"], block["where"], block["mark"], block["text"])
    return folder


def write(path: Path, where: str, mark: str | None, text: str) -> None:
    """A new file, or lines before or after the line that begins with `mark`, or at the end."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = path.read_text().splitlines(keepends=True) if where else []
    place = len(lines)
    if mark:
        place = next(number for number, line in enumerate(lines) if line.startswith(mark)) + ("after" in where)
    lines.insert(place, text)
    path.write_text("".join(lines))


def run(folder: Path, *command: str, env: dict[str, str] | None = None) -> str:
    """What the command says; it has to succeed."""
    if env is None:
        env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "TEST_DATABASE_NAME": f"test_kamar_{os.getpid()}",
        }
    env = {name: value for name, value in env.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return done.stdout


def test_the_first_room_stands_as_the_guide_says(copy):
    python = sys.executable
    run(copy, python, "manage.py", "makemigrations", "--check", "--dry-run")
    run(copy, python, "-m", "ruff", "check", ".")
    run(copy, str(Path(python).with_name("lint-imports")))
    assert " passed" in run(copy, python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", WORDS, *CHOSEN)
