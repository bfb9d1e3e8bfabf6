"""The finished file: a random name, encrypted with the key ring, read by nobody but `views.download`."""

import tempfile
from collections.abc import Iterator
from typing import IO

from django.core.files import File
from django.core.files.storage import default_storage

from apps.klien.crypto import seal_file, unseal_file

FOLDER = "unduhan"


def store(kode: str, plain: IO[bytes]) -> str:
    """Store the file under its one name, and return the name."""
    name = name_of(kode)
    default_storage.delete(name)
    with tempfile.TemporaryFile() as sealed:
        seal_file(plain, sealed, name)
        sealed.seek(0)
        return default_storage.save(name, File(sealed))


def parts(name: str) -> Iterator[bytes]:
    """The file a part at a time. Raises `FileNotFoundError` at once when it is gone."""
    sealed = default_storage.open(name)

    def read() -> Iterator[bytes]:
        with sealed:
            yield from unseal_file(sealed, name)

    return read()


def delete(kode: str) -> None:
    """Delete the file of this job, also one that a killed worker left behind."""
    default_storage.delete(name_of(kode))


def name_of(kode: str) -> str:
    return f"{FOLDER}/{kode}"
