"""`bin/bench`: sample data of the whole nation once, then the benchmarks in `bench/`.

The cluster stays in `var/bench`, because filling it takes minutes. Durability is on, as in
production: what a benchmark prints are ratios of one run.
"""

import sys

from pemasyarakatan.embedded.errors import exit_code
from pemasyarakatan.embedded.folder import take_lock, working_folder
from pemasyarakatan.embedded.portal import VAR, manage, start_servers
from pemasyarakatan.embedded.postgres import CALM
from pemasyarakatan.embedded.steps import run_openly, run_quietly
from pemasyarakatan.embedded.supervisor import Supervisor
from pemasyarakatan.embedded.terminal import say

HOME = VAR / "bench"
NEEDS_MB = 12_000
NOBODY_LISTENS = "http://127.0.0.1:8000"
ROOMY = CALM | {
    "shared_buffers": "2GB",
    "max_wal_size": "8GB",
    "maintenance_work_mem": "512MB",
    "checkpoint_timeout": "30min",
}


def main(arguments: list[str]) -> int:
    working_folder(HOME, needs_mb=NEEDS_MB)
    lock = take_lock(HOME, told="bin/bench dari folder ini sedang berjalan. Tunggu sampai selesai.")
    with Supervisor() as parent:
        say("Menyiapkan data tolok ukur:")
        env = start_servers(parent, HOME, lock, NOBODY_LISTENS, ROOMY)
        for label, *command in (
            ("Menyusun basis data", "migrate", "--no-input"),
            ("Memuat data acuan", "muat_acuan"),
        ):
            log = HOME / f"{command[0]}.log"
            run_quietly(parent, label, manage(*command), env=env.owner, log=log)
        sample = manage("seed_demo", "--ukuran", "nasional")
        run_openly(parent, "Mengisi data nasional", sample, env=env.owner)
        both = env.web | {"DATABASE_OWNER_URL": env.owner["DATABASE_URL"]}
        return parent.call([sys.executable, "-m", "bench", *arguments], env=both)


if __name__ == "__main__":
    sys.exit(exit_code(lambda: main(sys.argv[1:])))
