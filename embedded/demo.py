"""`bin/demo`: the whole portal on this machine, from nothing to an address and log-ins."""

import csv
import hashlib
import http.client
import os
import socket
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from signal import SIGKILL, SIGQUIT, SIGTERM

from embedded.errors import StopAsked, exit_code
from embedded.folder import Lock, take_lock, working_folder
from embedded.portal import PROJECT, VAR, manage, start_servers
from embedded.service import Service
from embedded.sockets import listening_socket
from embedded.steps import Beside, run_openly, run_quietly
from embedded.supervisor import Supervisor
from embedded.terminal import say

HOME = VAR / "demo"
LOGS, MEDIA, MAIL = HOME / "log", HOME / "media", HOME / "surel"
ACCOUNTS, ADDRESS = HOME / "akun.csv", HOME / "url"
STATIC = PROJECT / "var" / "static"
LOCK_FILE = PROJECT / "requirements.txt"
DATA_SOURCES = [PROJECT / "apps", PROJECT / "fixtures", PROJECT / "pemasyarakatan", LOCK_FILE]
STATIC_SOURCES = [PROJECT / "static", LOCK_FILE]
NEEDS_MB = 500


def main() -> int:
    working_folder(LOGS, needs_mb=NEEDS_MB)
    for folder in (LOGS, MEDIA, MAIL):  # HOME itself is passed by the account that PostgreSQL runs under
        folder.mkdir(exist_ok=True)
        folder.chmod(0o700)
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
    """Start the servers, prepare the data, start the portal, then watch over all of them."""
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
    """Bring database and static files up to date, beside each other; quick when nothing changed since last time."""
    static = Stamp("static", "", STATIC_SOURCES, made=STATIC)
    pressing = None
    if not static.is_fresh():
        static.drop_stamp()
        press = manage("collectstatic", "--no-input", "--ignore", "redoc")
        pressing = Beside("Memampatkan berkas tampilan", press, env=env, log=LOGS / "collectstatic.log")
    cluster = HOME / "postgres" / "data" / "PG_VERSION"
    data = Stamp("data", env["DATABASE_URL"], [*DATA_SOURCES, cluster], made=ACCOUNTS)
    if "DATABASE_URL" in os.environ or not data.is_fresh():  # an external server may have changed
        data.drop_stamp()
        for label, *arguments in (
            ("Menyusun basis data", "migrate", "--no-input"),
            ("Memuat data acuan", "muat_acuan"),
        ):
            run_quietly(parent, label, manage(*arguments), env=env, log=LOGS / f"{arguments[0]}.log")
        sample = manage("seed_demo", "--ukuran", "kecil", "--akun", str(ACCOUNTS))
        run_openly(parent, "Mengisi data contoh", sample, env=env)
        ACCOUNTS.chmod(0o600)
        data.write_stamp()
    if pressing:
        pressing.finish(parent)
        static.write_stamp()


class Stamp:
    """A hash over name, size and time of the source files from which something was made."""

    def __init__(self, name: str, context: str, sources: Iterable[Path], *, made: Path) -> None:
        self.path, self.made = HOME / f"siap-{name}", made
        digest = hashlib.sha256(context.encode())
        for file in sorted(_files(sources)):
            facts = file.stat()
            digest.update(f"{file}{facts.st_size}{facts.st_mtime_ns}".encode())
        self.digest = digest.hexdigest()

    def is_fresh(self) -> bool:
        return self.made.exists() and self.path.exists() and self.path.read_text() == self.digest

    def drop_stamp(self) -> None:
        self.path.unlink(missing_ok=True)

    def write_stamp(self) -> None:
        self.path.write_text(self.digest)


def _files(sources: Iterable[Path]) -> Iterator[Path]:
    for source in sources:
        found = source.rglob("*") if source.is_dir() else [source]
        yield from (file for file in found if file.is_file() and file.suffix != ".pyc")


# -- the portal itself -----------------------------------------------------------------------
def portal_services(env: dict[str, str], held: socket.socket, lock: Lock) -> Iterator[Service]:
    celery = (sys.executable, "-m", "celery", "--app", "pemasyarakatan", "--workdir", str(PROJECT))
    fds = (lock.descriptor,)
    yield Service(
        label="Web",
        argv=(
            *(sys.executable, "-m", "gunicorn", "--config", str(PROJECT / "gunicorn.conf.py"), "--chdir", str(PROJECT)),
            *("--bind", f"fd://{held.fileno()}", "--workers", "2", "--graceful-timeout", "8"),
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
        orphan_signal=SIGKILL,  # an orderly stop would wait for a broker that is gone too
        grace=8,
        keep_fds=fds,
    )
    yield Service(
        label="Penjadwal",
        argv=(*celery, "beat", "--pidfile=", "--loglevel", "INFO"),
        env=env,
        log=LOGS / "penjadwal.log",
        orphan_signal=SIGKILL,
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
            f"\nSemua akun contoh ada di {_short(ACCOUNTS)}; surel keluar di "
            f"{_short(HOME)}/surel/; catatan di {_short(LOGS)}/.",
            "Semua orang di dalamnya rekaan. Tekan Ctrl-C untuk berhenti.",
        ]
    )


def _short(path: Path) -> Path:
    return path.relative_to(PROJECT) if path.is_relative_to(PROJECT) else path


def _log_ins() -> Iterator[str]:
    first_of_role: dict[str, dict[str, str]] = {}
    with ACCOUNTS.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            first_of_role.setdefault(row["peran"], row)
    rows = [("Peran", "Surel", "Kata sandi", "Unit")]
    rows += [(r["peran"], r["surel"], r["sandi"], r["unit"]) for r in first_of_role.values()]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for cells in rows:
        yield ("  " + "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip())


if __name__ == "__main__":
    sys.exit(exit_code(main))
