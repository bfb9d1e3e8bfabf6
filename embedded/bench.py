"""`bin/bench`: starts servers for the benchmarks in `bench/`, which fill an empty database themselves.

The cluster stays in `var/bench`, because filling it takes minutes. Durability is on, as in
production. A benchmark prints ratios of one run.
"""

import sys

from embedded.errors import exit_code
from embedded.folder import take_lock, working_folder
from embedded.portal import VAR, start_servers
from embedded.postgres import CALM
from embedded.supervisor import Supervisor

HOME = VAR / "bench"
EMPTY_NEEDS_MB, FULL_NEEDS_MB = 12_000, 1_000
NOBODY_LISTENS = "http://127.0.0.1:8000"
ROOMY = CALM | {
    "shared_buffers": "2GB",
    "max_wal_size": "8GB",
    "maintenance_work_mem": "512MB",
    "checkpoint_timeout": "30min",
}


def main(arguments: list[str]) -> int:
    filled_before = (HOME / "postgres").exists()
    working_folder(HOME, needs_mb=FULL_NEEDS_MB if filled_before else EMPTY_NEEDS_MB)
    lock = take_lock(HOME, told="bin/bench dari folder ini sedang berjalan. Tunggu sampai selesai.")
    with Supervisor() as parent:
        env = start_servers(parent, HOME, lock, NOBODY_LISTENS, ROOMY, owner_may="CREATEDB")
        return parent.call([sys.executable, "-m", "bench", *arguments], env=env.owner)


if __name__ == "__main__":
    sys.exit(exit_code(lambda: main(sys.argv[1:])))
