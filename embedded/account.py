"""The service account for PostgreSQL when the operator is root, because PostgreSQL refuses to run as root.

Modes of the operator's folders are never changed: files that the account cannot reach are placed under
`OUTSIDE` instead.
"""

import hashlib
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from embedded.errors import Halted

NAME = "portal-pg"
OUTSIDE = Path("/var/lib/portal-pg")
SBIN = "/usr/sbin:/sbin:/usr/bin:/bin"


@dataclass(frozen=True)
class Account:
    uid: int
    gid: int

    @property
    def popen_arguments(self) -> dict[str, Any]:
        return {"user": self.uid, "group": self.gid, "extra_groups": [], "cwd": "/"}

    def reaches(self, path: Path) -> bool:
        """Whether this account may enter the folder or run the file `path`."""
        asked = ["test", "-x", str(path)]
        return subprocess.run(asked, check=False, **self.popen_arguments).returncode == 0

    def owns(self, path: Path) -> None:
        os.chown(path, self.uid, self.gid)


def service_account() -> Account | None:
    """The account, or None for an ordinary user, who needs none."""
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam(NAME)
    except KeyError:
        entry = _created()
    return Account(entry.pw_uid, entry.pw_gid)


def _created() -> pwd.struct_passwd:
    useradd = shutil.which("useradd", path=SBIN)
    if useradd is None:
        return pwd.getpwnam("nobody")
    options = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    made = subprocess.run([useradd, *options, "--shell", "/usr/sbin/nologin", NAME], check=False, capture_output=True)
    if made.returncode != 0:
        raise Halted(
            f"Akun sistem {NAME} untuk PostgreSQL tidak dapat dibuat: "
            f"{made.stderr.decode(errors='replace').strip()}. Jalankan sebagai pengguna biasa."
        )
    return pwd.getpwnam(NAME)


def reachable_home(wanted: Path, account: Account | None) -> Path:
    """Make the folder `wanted` for `account`; when the account cannot reach it, a link to a folder under OUTSIDE."""
    wanted.parent.mkdir(parents=True, exist_ok=True)
    if account is None:
        wanted.mkdir(mode=0o700, exist_ok=True)
        return wanted
    within_reach = account.reaches(wanted.parent) and not wanted.is_symlink()
    home = wanted if within_reach else _outside(wanted)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    account.owns(home)
    return home


def _outside(wanted: Path) -> Path:
    home = OUTSIDE / hashlib.sha256(str(wanted).encode()).hexdigest()[:12]
    OUTSIDE.mkdir(mode=0o755, parents=True, exist_ok=True)
    if not wanted.is_symlink():  # new, or the operator removed var/ to start again
        shutil.rmtree(home, ignore_errors=True)
        wanted.symlink_to(home)
    return home


def reachable_copy(package: Path, program: Path, account: Account | None) -> Path:
    """`program` of the installed `package`, copied under OUTSIDE when the account cannot run it."""
    if account is None or account.reaches(program):
        return program
    tag = hashlib.sha256(f"{program}{program.stat().st_mtime_ns}".encode()).hexdigest()[:12]
    home = OUTSIDE / f"program-{tag}"
    if not home.exists():
        _copy_package(package, home)
    return home / program.relative_to(package.parent)


def _copy_package(package: Path, home: Path) -> None:
    """Copy the package with the libraries beside it: they are found by a relative path."""
    unfinished = home.with_suffix(f".{os.getpid()}")
    unfinished.mkdir(mode=0o755, parents=True)
    for folder in (package, package.with_name(f"{package.name}.libs")):
        if folder.exists():
            shutil.copytree(folder, unfinished / folder.name, symlinks=True)
    unfinished.rename(home)
