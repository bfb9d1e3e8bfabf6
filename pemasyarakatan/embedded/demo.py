"""`bin/demo`: the whole portal on this machine, from nothing to an address and log-ins."""

import csv
import hashlib
import http.client
import os
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from signal import SIGQUIT, SIGTERM

from pemasyarakatan.embedded.errors import StopAsked, exit_code
from pemasyarakatan.embedded.folder import Lock, take_lock, working_folder
from pemasyarakatan.embedded.portal import PROJECT, manage, start_servers
from pemasyarakatan.embedded.service import Service
from pemasyarakatan.embedded.sockets import listening_socket
from pemasyarakatan.embedded.steps import run_openly, run_quietly
from pemasyarakatan.embedded.supervisor import Supervisor
from pemasyarakatan.embedded.terminal import say

HOME = PROJECT / "var" / "demo"
LOGS, PREPARED = HOME / "log", HOME / "siap"
ACCOUNTS, ADDRESS = HOME / "akun.csv", HOME / "url"
STATIC = PROJECT / "var" / "static"
SOURCES = ("apps", "fixtures", "pemasyarakatan", "static", "requirements.txt")
NEEDS_MB = 500


def main() -> int:
    working_folder(LOGS, needs_mb=NEEDS_MB)
    lock = take_lock(HOME, told=_already_running())
    ADDRESS.unlink(missing_ok=True)  # left by a demo that was killed
    held = listening_socket(os.environ.get("PORTAL_PORT"))
    with Supervisor() as parent:
        try:
            run(parent, lock, held)
        except StopAsked:
            say("\nMenghentikan portal …")
        finally:
            ADDRESS.unlink(missing_ok=True)
    say("Portal sudah berhenti. Datanya tersimpan; bin/demo menyalakannya lagi.")
    return 0


def run(parent: Supervisor, lock: Lock, held: socket.socket) -> None:
    """From stored data to a portal that answers, then watch over it."""
    address = f"http://127.0.0.1:{held.getsockname()[1]}"
    say("Menyalakan portal:")
    env = start_servers(parent, HOME, lock, address)
    prepare(parent, env.owner)
    for service in portal_services(env.web, held, lock):
        parent.start(service)
    ADDRESS.write_text(f"{address}\n")
    say(greeting(address))
    parent.watch()


def _already_running() -> str:
    address = ADDRESS.read_text().strip() if ADDRESS.exists() else "alamat yang sedang disiapkan"
    return (
        f"Demo dari folder ini sudah berjalan di {address}. "
        "Pakai yang itu, atau hentikan dahulu dengan Ctrl-C di terminalnya."
    )


# -- migrations, reference and sample data, static files -------------------------------------
def prepare(parent: Supervisor, env: dict[str, str]) -> None:
    """Bring the database and the static files up to date; nothing to do when nothing changed."""
    stamp = _stamp(env["DATABASE_URL"])
    if _is_prepared(stamp):
        return
    PREPARED.unlink(missing_ok=True)
    for label, *arguments in (
        ("Menyusun basis data", "migrate", "--no-input"),
        ("Memuat data acuan", "muat_acuan"),
        ("Mengumpulkan berkas tampilan", "collectstatic", "--no-input"),
    ):
        log = LOGS / f"{arguments[0]}.log"
        run_quietly(parent, label, manage(*arguments), env=env, log=log)
    sample = manage("seed_demo", "--ukuran", "kecil", "--akun", str(ACCOUNTS))
    run_openly(parent, "Mengisi data contoh", sample, env=env)
    ACCOUNTS.chmod(0o600)
    PREPARED.write_text(stamp)


def _is_prepared(stamp: str) -> bool:
    """A server that is not ours may have changed meanwhile: then always look."""
    return (
        "DATABASE_URL" not in os.environ
        and ACCOUNTS.exists()
        and STATIC.exists()
        and PREPARED.exists()
        and PREPARED.read_text() == stamp
    )


def _stamp(database_url: str) -> str:
    """A digest of the name, size and time of every file that migrations, data or styles come from."""
    digest = hashlib.sha256(database_url.encode())
    for path in _sources():
        facts = path.stat()
        digest.update(f"{path}{facts.st_size}{facts.st_mtime_ns}".encode())
    return digest.hexdigest()


def _sources() -> Iterator[Path]:
    for name in SOURCES:
        path = PROJECT / name
        found = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (file for file in found if file.is_file() and file.suffix != ".pyc")


# -- the portal itself -----------------------------------------------------------------------
def portal_services(env: dict[str, str], held: socket.socket, lock: Lock) -> Iterator[Service]:
    celery = (sys.executable, "-m", "celery", "--app", "pemasyarakatan", "--workdir", str(PROJECT))
    fds = (lock.descriptor,)
    yield Service(
        label="Web",
        argv=(
            *(sys.executable, "-m", "gunicorn", "pemasyarakatan.wsgi:application"),
            *("--bind", f"fd://{held.fileno()}", "--chdir", str(PROJECT)),
            *("--worker-class", "gthread", "--workers", "2", "--threads", "4", "--preload"),
            *("--graceful-timeout", "8", "--no-control-socket"),
        ),
        env=env,
        log=LOGS / "web.log",
        ready=_answers(held.getsockname()[1]),
        keep_fds=(*fds, held.fileno()),
    )
    yield Service(
        label="Pekerja laporan",
        argv=(
            *(*celery, "worker", "--concurrency", "1", "--loglevel", "INFO"),
            *("--without-gossip", "--without-mingle"),
        ),
        env=env,
        log=LOGS / "pekerja.log",
        stop_signals=(SIGTERM, SIGQUIT),  # finish the task; hand it back
        orphan_signal=SIGQUIT,
        grace=8,
        keep_fds=fds,
    )
    yield Service(
        label="Penjadwal",
        argv=(*celery, "beat", "--pidfile=", "--loglevel", "INFO"),
        env=env,
        log=LOGS / "penjadwal.log",
        keep_fds=fds,
    )


def _answers(port: int) -> Callable[[], bool]:
    def answers() -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
        try:
            connection.request("GET", "/sehat/")
            return connection.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    return answers


def greeting(address: str) -> str:
    """The address and one log-in per role."""
    return "\n".join(
        [
            f"\nPortal siap: {address}\n",
            *_log_ins(),
            f"\nSemua akun contoh ada di {ACCOUNTS.relative_to(PROJECT)}; surel keluar di "
            f"{HOME.relative_to(PROJECT)}/surel/; catatan di {LOGS.relative_to(PROJECT)}/.",
            "Semua orang di dalamnya rekaan. Tekan Ctrl-C untuk berhenti.",
        ]
    )


def _log_ins() -> Iterator[str]:
    with ACCOUNTS.open(newline="", encoding="utf-8") as file:
        first_of_role = {row["peran"]: row for row in reversed(list(csv.DictReader(file)))}
    rows = [("Peran", "Surel", "Kata sandi", "Unit")]
    rows += [(r["peran"], r["surel"], r["sandi"], r["unit"]) for r in first_of_role.values()]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield (
            "  "
            + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        )


if __name__ == "__main__":
    sys.exit(exit_code(main))
