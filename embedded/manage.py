"""`bin/manage`: `manage.py` for work on the code, with the settings of the tests and, unless `DATABASE_URL` says
otherwise, without a database: `makemigrations` and `check` need none."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence

from embedded.checks import NOWHERE
from embedded.portal import manage

UNCHECKED = "ignore::RuntimeWarning:django.core.management.commands.makemigrations"
"""Without a database nobody knows which migrations it has seen, which is no news here."""


def environment(given: Mapping[str, str]) -> dict[str, str]:
    return {"DATABASE_URL": NOWHERE, "PYTHONWARNINGS": UNCHECKED, **given, "DJANGO_SETTINGS_MODULE": "tests.settings"}


def main(arguments: Sequence[str]) -> int:
    return subprocess.call(manage(*arguments), env=environment(os.environ))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
