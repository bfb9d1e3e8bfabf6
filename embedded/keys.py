"""Secrets of one demo or test run, made once and readable only by the operator."""

import base64
import dataclasses
import json
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from embedded.errors import Halted


def _password() -> str:
    return secrets.token_urlsafe(24)


def _key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


@dataclass(frozen=True)
class Keys:
    secret_key: str = field(default_factory=lambda: secrets.token_urlsafe(64))
    field_key: str = field(default_factory=_key)
    blind_index_key: str = field(default_factory=_key)
    admin_password: str = field(default_factory=_password)
    owner_password: str = field(default_factory=_password)
    web_password: str = field(default_factory=_password)

    @property
    def env(self) -> dict[str, str]:
        """Environment variables for the portal; the passwords are part of the database addresses."""
        return {
            "SECRET_KEY": self.secret_key,
            "FIELD_KEYS": self.field_key,
            "BLIND_INDEX_KEY": self.blind_index_key,
        }


def kept_keys(path: Path, *, data: Path) -> Keys:
    """The keys in `path`, made on the first run; `Halted` when `data` exists without its keys."""
    if not path.exists():
        if data.exists():
            raise Halted(
                f"Kunci demo {path} hilang, padahal datanya masih ada. Kembalikan berkas itu, "
                f"atau mulai dari awal dengan menghapus folder {path.parent}."
            )
        _write(path, Keys())
    try:
        return Keys(**json.loads(path.read_text()))
    except (ValueError, TypeError) as error:
        raise Halted(
            f"Kunci demo {path} rusak. Kembalikan dari salinan, atau mulai dari awal dengan "
            f"menghapus folder {path.parent}."
        ) from error


def _write(path: Path, keys: Keys) -> None:
    """Write all or nothing: with a half-written key file the data could not be read."""
    unfinished = path.with_suffix(".baru")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(dataclasses.asdict(keys), file, indent=2)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
