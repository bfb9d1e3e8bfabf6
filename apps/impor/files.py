"""Stored uploads: a random name, encrypted with the key ring, deleted after a week."""

import base64

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from apps.klien.crypto import seal, unseal

FOLDER = "impor"
GONE = "Berkas ini sudah dihapus dari server. Unggah lagi."


def store(kode: str, body: bytes, suffix: str = "") -> str:
    """Store `body` and return its name."""
    name = f"{FOLDER}/{kode}{suffix}"
    default_storage.delete(name)
    return default_storage.save(name, ContentFile(seal(base64.b64encode(body).decode("ascii"), f"impor.{name}")))


def fetch(name: str) -> bytes:
    """Raises `FileNotFoundError` when the file is gone."""
    with default_storage.open(name) as file:
        return base64.b64decode(unseal(file.read(), f"impor.{name}"))


def delete(*names: str) -> None:
    for name in filter(None, names):
        default_storage.delete(name)
