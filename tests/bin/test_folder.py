"""The working folder, its lock and its keys."""

import os
import subprocess
import sys

import pytest

from embedded.errors import Halted
from embedded.folder import take_lock, working_folder
from embedded.keys import kept_keys


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path):
    (tmp_path / "var").write_text("bukan folder")
    with pytest.raises(Halted, match="bukan folder"):
        working_folder(tmp_path / "var" / "demo", needs_mb=1)


def test_too_little_room_is_refused_before_anything_starts(tmp_path):
    with pytest.raises(Halted, match="Ruang disk habis"):
        working_folder(tmp_path, needs_mb=10**9)


def test_the_second_one_is_told(tmp_path):
    take = (
        "import sys, pathlib; from embedded.folder import take_lock;"
        "lock = take_lock(pathlib.Path(sys.argv[1]), told='sudah'); print('ada', flush=True); input()"
    )
    first = subprocess.Popen(
        [sys.executable, "-c", take, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    first.stdout.readline()
    with pytest.raises(Halted, match="sudah"):
        take_lock(tmp_path, told="sudah")
    first.kill()
    first.communicate()
    take_lock(tmp_path, told="sudah").file.close()


def test_the_lock_lasts_until_the_last_heir_is_gone(tmp_path):
    """The holder is dead, its child still runs: the next start waits for the child."""
    hand_down = (
        "import sys, pathlib, subprocess; from embedded.folder import take_lock;"
        "lock = take_lock(pathlib.Path(sys.argv[1]), told='sudah');"
        "subprocess.Popen(['sleep', '1.5'], pass_fds=[lock.descriptor])"
    )
    subprocess.run([sys.executable, "-c", hand_down, str(tmp_path)], check=True)
    lock = take_lock(tmp_path, told="sudah")
    assert lock.file.closed is False
    lock.file.close()


def test_keys_are_made_once_and_only_for_their_owner(tmp_path):
    path = tmp_path / "rahasia.json"
    first = kept_keys(path, data=tmp_path / "data")
    assert kept_keys(path, data=tmp_path / "data") == first
    assert path.stat().st_mode & 0o077 == 0
    assert len({first.owner_password, first.web_password, first.admin_password}) == 3


def test_lost_keys_are_not_replaced_while_data_need_them(tmp_path):
    (tmp_path / "data").mkdir()
    with pytest.raises(Halted, match="hilang"):
        kept_keys(tmp_path / "rahasia.json", data=tmp_path / "data")


@pytest.mark.parametrize("content", ["", "{", '{"asing": 1}', "[]"])
def test_broken_keys_are_named(tmp_path, content):
    path = tmp_path / "rahasia.json"
    path.write_text(content)
    with pytest.raises(Halted, match="rusak"):
        kept_keys(path, data=tmp_path / "data")


@pytest.fixture
def closed_folder(tmp_path):
    """Root may write everywhere, so root acts as somebody else meanwhile."""
    tmp_path.chmod(0o500)
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    yield tmp_path
    os.seteuid(before)


def test_a_folder_that_cannot_be_written_is_named(closed_folder):
    with pytest.raises(Halted, match="tidak dapat ditulisi"):
        working_folder(closed_folder / "demo", needs_mb=1)
