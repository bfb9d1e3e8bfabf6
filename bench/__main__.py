"""`python -m bench [name …]`: run the benchmarks on a database that holds the sample data.

Reads DATABASE_URL (the web role), DATABASE_OWNER_URL (its owner; only to fill an empty database) and REDIS_URL.
"""

import argparse
import os
import subprocess
import sys
from contextlib import closing
from importlib import import_module
from pathlib import Path

import psycopg2

PROJECT = Path(__file__).resolve().parents[1]
BENCHMARKS = (
    "bimbingan_post",
    "bimbingan_admin",
    "campuran",
    "dasbor_kanwil",
    "dasbor_masa_lalu",
    "dasbor_nasional",
    "impor_csv",
    "impor_xlsx",
    "impor_saingan",
    "klien_cari",
    "klien_cari_dinding",
    "klien_halaman",
    "rekap_tulis",
    "rilis_hari",
    "serangan",
    "unduhan_csv",
    "unduhan_xlsx",
)


OWN_DATABASES = ("campuran",)
"""They fill databases of their own, in the size asked for."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description="Ratios on the sample data; see bench/README.md.")
    parser.add_argument("name", nargs="*", choices=[*BENCHMARKS, []], help="which (all when none is named)")
    parser.add_argument("--ukuran", choices=("nasional", "kecil"), default="nasional", help="size of missing data")
    options = parser.parse_args()
    names = options.name or BENCHMARKS
    if not set(names) <= set(OWN_DATABASES):
        prepare(options.ukuran)
    start_django()
    verdicts = []
    for name in names:
        print(f"{name} …", flush=True)
        run = import_module(f"bench.{name}").run
        verdict = run(options.ukuran) if name in OWN_DATABASES else run()
        verdicts.append(verdict)
        print(verdict, flush=True)
    return 0 if all(verdict.passed for verdict in verdicts) else 1


def prepare(size: str) -> None:
    """Fill an empty database as its owner; a full one stays unchanged."""
    if not os.environ.get("DATABASE_OWNER_URL"):
        return
    for command in (
        ("migrate", "-v0"),
        ("muat_acuan",),
        ("seed_demo", "--ukuran", size, "--paksa", "--akun", os.devnull),
    ):
        subprocess.run([sys.executable, "manage.py", *command], cwd=PROJECT, check=True)
    with closing(psycopg2.connect(os.environ["DATABASE_OWNER_URL"])) as link:  # as autovacuum leaves it in time
        link.autocommit = True
        link.cursor().execute("VACUUM ANALYZE klien_klien")


def start_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pemasyarakatan.settings")
    import_module("django").setup()


if __name__ == "__main__":
    sys.exit(main())
