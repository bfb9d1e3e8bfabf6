"""`bin/penyerang`: a reader with a solver goes through every page of the sample data. Exit 1 when it works a count out.

The sample and its releases stay in `var/penyerang`.
"""

import sys

from embedded.bench import FULL_NEEDS_MB, NOBODY_LISTENS, ROOMY
from embedded.errors import exit_code
from embedded.folder import take_lock, working_folder
from embedded.portal import VAR, start_servers
from embedded.supervisor import Supervisor

HOME = VAR / "penyerang"


def main(arguments: list[str]) -> int:
    working_folder(HOME, needs_mb=FULL_NEEDS_MB)
    lock = take_lock(HOME, told="bin/penyerang dari folder ini sedang berjalan. Tunggu sampai selesai.")
    with Supervisor() as parent:
        env = start_servers(parent, HOME, lock, NOBODY_LISTENS, ROOMY)
        pages = {**env.owner, "DEBUG": "true"}  # they need no `collectstatic` then
        return parent.call([sys.executable, "-m", "bench.penyerang", *arguments], env=pages)


if __name__ == "__main__":
    sys.exit(exit_code(lambda: main(sys.argv[1:])))
