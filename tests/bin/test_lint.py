"""`bin/lint` takes a migration as `makemigrations` writes it, so that a newcomer's first one passes."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import migrations, models
from django.db.migrations.writer import MigrationWriter

from apps.klien.crypto import SealedTextField

PROJECT = Path(__file__).parents[2]
RUFF = Path(sys.executable).with_name("ruff")
LONG = (
    "Keterangan kolom yang lebih panjang daripada satu baris kode, seperti banyak keterangan lain di portal ini. " * 2
)


@pytest.fixture
def project(tmp_path):
    """A project with our rules and one migration: two new columns, one of them of a type of our own."""
    migration = migrations.Migration("0099_coba", "klien")
    migration.operations = [
        migrations.AddField("klien", "sandi", SealedTextField(blank=True, db_comment=LONG)),
        migrations.AddField("klien", "hari", models.DateField(null=True, db_comment=LONG)),
    ]
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    folder = tmp_path / "apps" / "klien" / "migrations"
    folder.mkdir(parents=True)
    (folder / "0099_coba.py").write_text(MigrationWriter(migration).as_string())
    return tmp_path


@pytest.mark.parametrize("check", [["check"], ["format", "--check"]], ids=["rules", "format"])
def test_a_migration_passes_as_it_was_written(project, check):
    answer = subprocess.run([RUFF, *check, "."], cwd=project, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stdout + answer.stderr
