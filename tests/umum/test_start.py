"""What refuses to start: weak, missing or malformed keys. Each is named with the command that makes a good one."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

from embedded.keys import Keys

GOOD = Keys().env
NAMES = ("SECRET_KEY", "FIELD_KEYS", "BLIND_INDEX_KEY")
TOLD = re.compile(r"python -c \\?[\"'](.+?\))\\?[\"']")


def start(**keys: str) -> subprocess.CompletedProcess:
    env = {"PATH": os.environ["PATH"], "DATABASE_URL": os.environ["DATABASE_URL"], **keys}
    command = [sys.executable, "-c", "import pemasyarakatan.settings"]
    return subprocess.run(command, env=env, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)


def test_good_keys_start():
    assert start(**GOOD).returncode == 0


def test_all_mistakes_are_told_together_each_with_the_command_that_mends_it():
    told = start().stderr
    assert start().returncode != 0
    for name in NAMES:
        assert re.search(rf"{name}.*Make (one|a key): python -c", told), name
    made = [
        subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True).stdout.strip()
        for command in TOLD.findall(told)
    ]
    assert len(made) == len(NAMES)
    assert start(**dict(zip(NAMES, made, strict=True))).returncode == 0, "the commands as they are told make good keys"


@pytest.mark.parametrize(
    ("name", "weak"),
    [
        ("SECRET_KEY", "abc"), ("SECRET_KEY", "a" * 64), ("SECRET_KEY", "django-insecure-" + GOOD["SECRET_KEY"]),
        ("FIELD_KEYS", "bukan-base64"), ("FIELD_KEYS", "MDAw" * 10 + "MDA="), ("FIELD_KEYS", GOOD["FIELD_KEYS"][:40]),
        ("FIELD_KEYS", GOOD["FIELD_KEYS"] + ","), ("BLIND_INDEX_KEY", "pendek"), ("BLIND_INDEX_KEY", "ab" * 30),
    ],
    ids=lambda value: value if value in GOOD else "lemah",
)  # fmt: skip
def test_a_weak_key_is_refused_and_its_value_not_shown(name, weak):
    done = start(**GOOD | {name: weak})
    assert done.returncode != 0
    assert name in done.stderr
    assert weak not in done.stderr
    assert not [other for other in NAMES if other != name and f'"{other}"' in done.stderr]
