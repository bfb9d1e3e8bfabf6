"""`bin/lint` and `bin/test`: every check of the project, the fastest first.

`bin/test` alone runs everything; `bin/test <arguments>` hands the arguments to pytest and runs
nothing else. PostgreSQL and the broker are deleted afterwards, unless `--simpan` keeps the
database in `var/uji` for the next run.
"""

import contextlib
import hashlib
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from embedded.broker import Broker
from embedded.errors import Halted, exit_code
from embedded.folder import take_lock, working_folder
from embedded.keys import Keys, kept_keys
from embedded.portal import PROJECT, VAR, manage
from embedded.postgres import DATABASE, THROWAWAY, Cluster, Role
from embedded.supervisor import Supervisor
from embedded.terminal import say

PROGRAMS = Path(sys.executable).parent
POSTGRES_15 = Path("/usr/lib/postgresql/15/bin")
KEEP = "--simpan"
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first is the same engine without the program around it, which costs the tests half of their processor time."""
NOWHERE = "postgres://tanpa@127.0.0.1:1/tanpa"
"""A database address for checks that load the settings and never connect."""

PRODUCTION = {
    "DEBUG": "false",
    "DEMO": "false",
    "HTTPS": "true",
    "ALLOWED_HOSTS": "portal.contoh.go.id",
    "CSRF_TRUSTED_ORIGINS": "https://portal.contoh.go.id",
    "PORTAL_URL": "https://portal.contoh.go.id",
    "TRUSTED_PROXIES": "1",
    "EMAIL_URL": "submission://portal:sandi@surel.contoh.go.id:587",
}
PARALLEL = ["-n", "2"]
WITHOUT_BROWSER, WITH_BROWSER = [*PARALLEL, "-m", "not browser"], [*PARALLEL, "-m", "browser"]
Result = tuple[str, bool]


@dataclass(frozen=True)
class Check:
    label: str
    argv: Sequence[str]
    env: dict[str, str]


def main(command: str, arguments: Sequence[str]) -> int:
    if command == "lint":
        with Supervisor() as parent:
            return _report(_run(parent, lint_checks(_settings(Keys()) | {"DATABASE_URL": NOWHERE})))
    on_15 = "--pg15" in arguments
    if on_15 and not POSTGRES_15.exists():
        raise Halted("PostgreSQL 15 belum terpasang: sudo apt-get install -y postgresql-15")
    to_pytest = [argument for argument in arguments if argument not in ("--pg15", KEEP)]
    if KEEP in arguments:
        if on_15 or not to_pytest:
            raise Halted(f"{KEEP} memerlukan tempat uji dan tidak berlaku bersama --pg15: bin/test tests/klien {KEEP}")
        return _report(_kept_tests(to_pytest))
    return _report(_all_tests(to_pytest, on_15=on_15))


def _all_tests(to_pytest: list[str], *, on_15: bool) -> list[Result]:
    everything = not to_pytest and not on_15
    results: list[Result] = []
    with throwaway_servers(POSTGRES_15 if on_15 else None) as (parent, env):
        if everything:
            results += _run(parent, [*lint_checks(env), *project_checks(env)])
        chosen = [_tests("Uji", env, to_pytest)] if to_pytest else _both_kinds_of_tests(env)
        results += _run(parent, chosen)
    if everything and os.environ.get("CI") == "true" and POSTGRES_15.exists():
        with throwaway_servers(POSTGRES_15) as (parent, env):
            results += _run(parent, _on_copies(env, ("Uji pada PostgreSQL 15", WITHOUT_BROWSER)))
    return results


def _kept_tests(to_pytest: list[str]) -> list[Result]:
    """The chosen tests on the database of the last run; changed migrations create it again."""
    folder = working_folder(VAR / "uji", needs_mb=1000)
    take_lock(folder, told=f"Uji lain dengan {KEEP} sedang berjalan dari folder ini.")
    keys = kept_keys(folder / "kunci.json", data=folder / "pg")
    made_of = folder / "migrasi"
    now = fingerprint_of_the_schema(PROJECT)
    known = made_of.exists() and made_of.read_text() == now
    made_of.unlink(missing_ok=True)  # a run killed during migration must not count as complete
    with _servers(folder, keys, None) as (parent, env):
        again = () if known else ("--create-db",)
        results = _run(parent, [_tests("Uji", env, ["--reuse-db", *again, *to_pytest])])
    made_of.write_text(now)
    return results


def fingerprint_of_the_schema(project: Path) -> str:
    """A hash over all migrations and over the policies and constraints that they use."""
    sources = [*project.glob("apps/*/migrations/*.py"), *project.glob("apps/wilayah/*.py")]
    digest = hashlib.sha256()
    for path in sorted(sources):
        digest.update(str(path.relative_to(project)).encode() + path.read_bytes())
    return digest.hexdigest()


# -- the checks ------------------------------------------------------------------------------
def lint_checks(env: dict[str, str]) -> list[Check]:
    """Checks that need no database."""
    return [
        Check("Gaya Python", (_program("ruff"), "check", "."), env),
        Check("Bentuk Python", (_program("ruff"), "format", "--check", "."), env),
        Check("Templat", (_program("djlint"), "templates", "--lint", "--quiet"), env),
        Check("Lantai antaraplikasi", (_program("lint-imports"),), env),
        Check("Tipe", (_program("mypy"),), env),
        Check("Berkas pihak ketiga", (sys.executable, "bin/vendor_ui", "--check"), env),
    ]


def project_checks(env: dict[str, str]) -> list[Check]:
    strict = ("check", "--deploy", "--fail-level", "WARNING")
    return [
        Check("Migrasi lengkap", manage("makemigrations", "--check", "--dry-run"), env),
        Check("Setelan produksi", manage(*strict), env | PRODUCTION),
    ]


def _both_kinds_of_tests(env: dict[str, str]) -> list[Check]:
    """Two runs, because the browser leaves an event loop in its process, with which tests that fork fail."""
    return _on_copies(env, ("Uji", WITHOUT_BROWSER), ("Uji peramban", WITH_BROWSER))


def _on_copies(env: dict[str, str], *runs: tuple[str, Sequence[str]]) -> list[Check]:
    """All migrations once; each process of the runs then copies the database that they made."""
    migrated = Check("Migrasi", manage("migrate", "-v0"), env)
    return [migrated, *(_tests(label, env | {"TEST_TEMPLATE": DATABASE}, arguments) for label, arguments in runs)]


def _tests(label: str, env: dict[str, str], arguments: Sequence[str]) -> Check:
    return Check(label, (_program("pytest"), *arguments), env)


def _program(name: str) -> str:
    return str(PROGRAMS / name)


# -- running them ----------------------------------------------------------------------------
def _run(parent: Supervisor, checks: Sequence[Check]) -> list[Result]:
    """Run all checks even when one fails, so that one run shows every failure."""
    results: list[Result] = []
    for check in checks:
        say(f"── {check.label}")
        since = time.monotonic()
        passed = parent.call(check.argv, env=check.env) == 0
        say(f"   {'beres' if passed else 'GAGAL'}, {time.monotonic() - since:.0f} dtk")
        results.append((check.label, passed))
    return results


def _report(results: list[Result]) -> int:
    failed = [label for label, passed in results if not passed]
    say("Semua pemeriksaan beres." if not failed else f"Belum beres: {', '.join(failed)}.")
    return 1 if failed else 0


# -- servers for the tests ----------------------------------------------------------------------
@contextlib.contextmanager
def throwaway_servers(programs: Path | None) -> Iterator[tuple[Supervisor, dict[str, str]]]:
    """PostgreSQL and a broker in a temporary folder."""
    folder = Path(tempfile.mkdtemp(prefix="portal-uji-"))
    folder.chmod(0o755)  # mkdtemp's 0700 would keep the service account out
    try:
        with _servers(folder, Keys(), programs) as running:
            yield running
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _servers(folder: Path, keys: Keys, programs: Path | None) -> Iterator[tuple[Supervisor, dict[str, str]]]:
    """A fast PostgreSQL without durability, a broker, and the environment variables for their clients."""
    tester = Role(
        "portal_tester", keys.owner_password, "CREATEDB BYPASSRLS", "portal_web", may_set="session_replication_role"
    )
    cluster = Cluster(folder / "pg", keys.admin_password, settings=THROWAWAY, programs=programs)
    broker = Broker(folder / "broker")
    cluster.create()
    with Supervisor() as parent:
        parent.start(cluster.service)
        parent.start(broker.service)
        cluster.set_up(Role("portal_web", keys.web_password), tester, owner=tester.name)
        yield (
            parent,
            _settings(keys)
            | {
                "DATABASE_URL": cluster.url(tester),
                "REDIS_URL": broker.url,
                "MEDIA_ROOT": str(folder / "media"),
            },
        )


def _settings(keys: Keys) -> dict[str, str]:
    """The shell's environment without variables of the portal, plus keys for the tests."""
    ours = re.findall(r"^#?([A-Z_]+)=", (PROJECT / ".env.example").read_text(), re.MULTILINE)
    ours.append("DJANGO_SETTINGS_MODULE")  # tests have settings of their own
    inherited = {name: value for name, value in os.environ.items() if name not in ours}
    return {**inherited, **keys.env, "DEBUG": "true", "CHROMIUM": _browser()}


def _browser() -> str:
    given = os.environ.get("CHROMIUM")
    return given or next(filter(None, map(shutil.which, BROWSERS)), "")


if __name__ == "__main__":
    sys.exit(exit_code(lambda: main(sys.argv[1], sys.argv[2:])))
