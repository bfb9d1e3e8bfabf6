"""A machine as `docs/produksi.md` describes it, in a temporary folder: its places, its blocks, its servers."""

import contextlib
import os
import pwd
import re
import shlex
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from embedded.account import service_account

PROJECT = Path(__file__).resolve().parents[2]
NOTES = (PROJECT / "docs" / "produksi.md").read_text()
POSTGRES = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
PACKAGED_UNITS = Path("/lib/systemd/system")
SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
SUPERUSER = "postgres"
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_wal_size=2GB")
WAIT = 60  # seconds
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def sections() -> dict[int, list[str]]:
    """The blocks of the notes by the number of their section."""
    parts = re.split(r"^## (\d+)\. .*$", NOTES, flags=re.MULTILINE)[1:]
    return {int(number): BLOCK.findall(text) for number, text in zip(parts[::2], parts[1::2], strict=True)}


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


class Machine:
    """The places of section 1 lie under `root`; units of the distribution and of the portal run as child processes."""

    def __init__(self, root: Path, *, portal: Path, ports: dict[str, int], backup: Path, keys: Path) -> None:
        self.root, self.ports, self.account = root, ports, service_account()
        self.running: dict[str, subprocess.Popen] = {}
        self.folders = {name: root / name.lower() for name in ("PGHOST", "PGBOUNCER", "REDIS", "REDIS_DATA", "CADDY")}
        self.folders |= {name: root / name.lower() for name in ("UNITS", "NIGHTLY", "SETTINGS")}
        self.places = {name: str(folder) for name, folder in self.folders.items()}
        self.places |= {name: str(port) for name, port in ports.items()}
        self.places |= {"PORTAL": str(portal), "MEDIA": str(root / "media"), "BACKUP": str(backup), "KEYS": str(keys)}
        self.places |= {
            "MAIL": (root / "surel").as_uri(),
            "AS_POSTGRES": "",
            "RUN_AS": pwd.getpwuid(os.geteuid()).pw_name,
        }
        for folder in (root, *self.folders.values()):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o755)
        self._as_packaged()
        self.people = root / "etc"  # the accounts of this machine are not those of the one that tests
        self.people.mkdir()
        (self.people / "group").write_text("clamav:x:106:\n")
        for name in ("passwd", "shadow", "gshadow"):
            (self.people / name).touch()
        self.tempat = self.folders["SETTINGS"] / "tempat.sh"
        self.tempat.write_text(self._with_our_places(sections()[1][0]))

    def _with_our_places(self, block: str) -> str:
        for name, value in self.places.items():
            block, count = re.subn(rf"^((?:export )?{name})=\S*.*$", rf"\1={value}", block, flags=re.MULTILINE)
            assert count == 1, f"{name} is no place of section 1"
        return block

    def _as_packaged(self) -> None:
        """What a Debian package left: files that its server may read, and a fresh PostgreSQL cluster."""
        for name in ("pgbouncer.ini", "userlist.txt"):
            self._hand_over(self.folders["PGBOUNCER"] / name, mode=0o640)
        self._hand_over(self.folders["PGHOST"], mode=0o755)
        data = self.folders["PGHOST"] / "data"
        self._as_server(
            *(POSTGRES / "initdb", "--pgdata", data, "--username", SUPERUSER, "--encoding", "UTF8", "--no-sync"),
            *("--locale", "C.UTF-8", "--auth-local", "trust", "--auth-host", "scram-sha-256", "--data-checksums"),
        )
        for line in (*FAST, f"port={self.ports['PGPORT']}", f"unix_socket_directories='{self.folders['PGHOST']}'"):
            self._as_server("sh", "-c", f'echo "{line}" >>{data}/postgresql.conf')

    def _hand_over(self, path: Path, *, mode: int) -> None:
        if not path.exists():
            path.touch()
        path.chmod(mode)
        if self.account:
            self.account.owns(path)

    def _as_server(self, *command) -> None:
        subprocess.run([*map(str, command)], check=True, capture_output=True, **self._popen_arguments)

    @property
    def _popen_arguments(self) -> dict:
        return self.account.popen_arguments if self.account else {}

    # -- following the notes -----------------------------------------------------------------------
    def follow(self, number: int, *blocks: int) -> str:
        """Do what the section says, or only those of its blocks; gives what the commands said."""
        every = sections()[number]
        return "".join(self._do(every[index]) for index in blocks or range(len(every)))

    def _do(self, block: str) -> str:
        if block.startswith("systemctl "):
            for line in block.splitlines():
                self._systemctl(*line.split()[1:])
            return ""
        return self.bash(re.sub(r"^(useradd|usermod) ", rf"\1 --prefix {self.root} ", block))

    def bash(self, script: str, *, check: bool = True, **env: str) -> str:
        """What a script says that begins with section 1; nothing of our own environment reaches it."""
        given = {"PATH": SYSTEM_PATH, "HOME": str(self.root), "LANG": "C.UTF-8", **env}
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", f". {self.tempat}\n{script}"],
            env=given, cwd="/", capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        assert not check or done.returncode == 0, f"{script}\n{done.stdout[-2000:]}{done.stderr[-3000:]}"
        return done.stdout + done.stderr

    def value(self, file: str, name: str) -> str:
        """A variable of one of the files of section 2."""
        return self.bash(f'. "$SETTINGS/{file}.env"; printf %s "${name}"')

    # -- what systemd does -------------------------------------------------------------------------
    def _systemctl(self, verb: str, *names: str) -> None:
        for name in [name for name in names if name != "--now"]:
            if verb in ("restart", "disable"):
                self.stop(name)
            if verb in ("restart", "enable") and name != "caddy":  # it needs a certificate: tests of its own
                self.start(name)

    def start(self, name: str) -> None:
        """Run what the unit says, and wait until it answers."""
        command, env, ours = self._unit(name)
        arguments = {} if ours or name.startswith("redis") else self._popen_arguments
        with (self.root / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                command, env={"PATH": SYSTEM_PATH, "LANG": "C.UTF-8", **env}, stdin=subprocess.DEVNULL, stdout=log,
                stderr=log, start_new_session=True, **{"cwd": self.places["PORTAL"], **arguments},
            )  # fmt: skip
        self._wait_for(name)

    def _unit(self, name: str) -> tuple[list[str], dict[str, str], bool]:
        """Command and environment of a unit, and whether it is one of the notes."""
        if name == "postgresql":
            return [str(POSTGRES / "postgres"), "-D", str(self.folders["PGHOST"] / "data")], {}, False
        own = self.folders["UNITS"] / f"{name}.service"
        packaged = PACKAGED_UNITS / f"{re.sub('@.*', '@', name)}.service"
        text = (own if own.exists() else packaged).read_text().replace("%i", name.partition("@")[2])
        said = dict(re.findall(r"^(ExecStart|EnvironmentFile|Environment)=(.*)$", text, re.MULTILINE))
        command = said["ExecStart"].replace("/etc/pgbouncer", self.places["PGBOUNCER"])
        command = command.replace("/etc/redis", self.places["REDIS"]).replace("supervised systemd", "supervised no")
        env = dict(word.split("=", 1) for word in shlex.split(said.get("Environment", "")))
        if file := said.get("EnvironmentFile"):
            env |= dict(word.split("=", 1) for word in shlex.split(Path(file).read_text()))
        return shlex.split(command), env, own.exists()

    def _wait_for(self, name: str) -> None:
        port = self.ports.get(
            {"postgresql": "PGPORT", "pgbouncer": "POOL_PORT", "portal-web": "WEB_PORT"}.get(name, "REDIS_PORT")
        )
        until = time.monotonic() + WAIT
        while name not in ("portal-worker", "portal-beat"):
            said = (self.root / f"{name}.log").read_text()[-3000:]
            assert self.running[name].poll() is None, f"{name} ended:\n{said}"
            assert time.monotonic() < until, f"{name} does not answer:\n{said}"
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                if name != "postgresql" or self._postgres_answers():
                    return
            time.sleep(0.1)

    def _postgres_answers(self) -> bool:
        return subprocess.call([POSTGRES / "pg_isready", "-q", "-h127.0.0.1", f"-p{self.ports['PGPORT']}"]) == 0

    def stop(self, name: str) -> None:
        if process := self.running.pop(name, None):
            process.send_signal(signal.SIGINT if name in ("postgresql", "pgbouncer") else signal.SIGTERM)
            try:
                process.wait(WAIT)
            finally:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)

    @contextlib.contextmanager
    def switched_on(self) -> Iterator["Machine"]:
        """PostgreSQL runs, as its package left it; in the end everything stops."""
        try:
            self.start("postgresql")
            yield self
        finally:
            for name in reversed(list(self.running)):
                self.stop(name)
