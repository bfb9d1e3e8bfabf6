"""The finished file: a random name, encrypted with the key ring, read by nobody but `views.download`.

Every attempt of a worker has a file of its own, so that none touches what another has made. Its name begins with the
code of the job.
"""

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from typing import IO

from django.core.files import File
from django.core.files.storage import default_storage

from apps.klien.crypto import seal_file, unseal_file

FOLDER = "unduhan"


def new_name(kode: str) -> str:
    """The name of the file of one attempt."""
    return f"{FOLDER}/{kode}-{secrets.token_hex(8)}"


def store(name: str, plain: IO[bytes]) -> str:
    """Store the file under a new name, and return the name."""
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


def delete(name: str) -> None:
    """Delete the file of one attempt."""
    default_storage.delete(name)


def delete_all(kode: str) -> None:
    """Delete the file of this job, and those that killed workers left behind."""
    with suppress(FileNotFoundError):  # nothing was ever stored
        for name in default_storage.listdir(FOLDER)[1]:
            if name.startswith(kode):
                delete(f"{FOLDER}/{name}")
