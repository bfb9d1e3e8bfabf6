"""`bin/test PATH --simpan` keeps its database only while the schema that made it is the same."""

import pytest

from embedded.checks import fingerprint_of_the_schema, main
from embedded.errors import Halted

MIGRATION, POLICIES = "apps/klien/migrations/0002_nama.py", "apps/wilayah/rls.py"
OTHERS = ["apps/klien/models.py", "apps/klien/services/clients.py", "tests/wilayah/test_wall.py", "contoh/names.py"]


@pytest.fixture
def write(tmp_path):
    """write("apps/…", "text") puts a file into a project and gives the fingerprint of its schema."""

    def write_(name, text="lama"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
        return fingerprint_of_the_schema(tmp_path)

    write_("apps/klien/migrations/0001_initial.py")
    write_(POLICIES)
    return write_


def test_a_new_or_changed_migration_or_policy_makes_it_anew(write):
    found = [
        write(MIGRATION),
        write(MIGRATION, "baru"),
        write(POLICIES, "baru"),
        write("apps/pokmas/migrations/0001.py"),
    ]
    assert len(set(found)) == 4


@pytest.mark.parametrize("name", OTHERS)
def test_other_code_lets_it_stand(write, name):
    assert write(MIGRATION) == write(name) == write(name, "baru")


def test_it_is_not_for_a_run_of_everything():
    with pytest.raises(Halted, match="memerlukan tempat uji"):
        main("test", ["--simpan"])
