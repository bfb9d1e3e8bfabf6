"""Shared by demo and benchmarks: the portal's settings, its two database roles, `manage.py`."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from embedded.broker import Broker
from embedded.errors import Halted
from embedded.folder import Lock
from embedded.keys import Keys, kept_keys
from embedded.postgres import CALM, Cluster, Role
from embedded.supervisor import Supervisor

PROJECT = Path(__file__).resolve().parents[1]
VAR = Path(os.environ.get("PORTAL_VAR", PROJECT / "var")).absolute()


def manage(*arguments: str) -> list[str]:
    return [sys.executable, str(PROJECT / "manage.py"), *arguments]


@dataclass(frozen=True)
class Environments:
    """Environment variables of the web role, and the same with the address of the owner, for migrations and data."""

    owner: dict[str, str]
    web: dict[str, str]


def start_servers(
    parent: Supervisor,
    home: Path,
    lock: Lock,
    address: str,
    postgres_settings: dict[str, str] = CALM,
    owner_may: str = "NOCREATEDB",
) -> Environments:
    """Start database and broker unless the operator has set external ones; gives the environments for them."""
    keys = kept_keys(home / "rahasia.json", data=home / "postgres")
    owner_url, web_url = _database(parent, home, lock, keys, postgres_settings, owner_may)
    web = _settings(home, keys, address) | {
        "DATABASE_URL": web_url,
        "REDIS_URL": _broker(parent, home, lock),
    }
    return Environments(owner=web | {"DATABASE_OWNER_URL": owner_url}, web=web)


def _database(
    parent: Supervisor, home: Path, lock: Lock, keys: Keys, settings: dict[str, str], owner_may: str
) -> tuple[str, str]:
    """The database addresses for the owner and for the web role."""
    if given := os.environ.get("DATABASE_URL"):
        owner_url = os.environ.get("DATABASE_OWNER_URL")
        if not owner_url:
            raise Halted(
                "DATABASE_URL terisi, tetapi DATABASE_OWNER_URL belum. Isi dengan alamat peran "
                "pemilik basis data (lihat .env.example), atau kosongkan keduanya."
            )
        return owner_url, given
    fds = (lock.descriptor,)
    cluster = Cluster(home / "postgres", keys.admin_password, settings=settings, keep_fds=fds)
    cluster.create()
    parent.start(cluster.service)
    owner = Role("portal_owner", keys.owner_password, f"NOSUPERUSER NOBYPASSRLS {owner_may}")
    web = Role("portal_web", keys.web_password, "NOSUPERUSER NOBYPASSRLS")
    cluster.set_up(owner, web, owner=owner.name)
    return cluster.url(owner), cluster.url(web)


def _broker(parent: Supervisor, home: Path, lock: Lock) -> str:
    if given := os.environ.get("REDIS_URL"):
        return given
    broker = Broker(home / "broker", keep_fds=(lock.descriptor,))
    parent.start(broker.service)
    return broker.url


def _settings(home: Path, keys: Keys, address: str) -> dict[str, str]:
    """Settings for sample data on this machine; the operator's environment overrides them."""
    port = address.rpartition(":")[2]
    return {
        **keys.env,
        "DEMO": "true",
        "DEBUG": "false",
        "HTTPS": "false",
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "CSRF_TRUSTED_ORIGINS": f"{address},http://localhost:{port}",
        "PORTAL_URL": address,
        "MEDIA_ROOT": str(home / "media"),
        "EMAIL_URL": (home / "surel").as_uri(),
        "MFA_REQUIRED_ROLES": "",
        "MALLOC_ARENA_MAX": "2",  # fewer glibc arenas: less memory per thread
        **os.environ,
    }
