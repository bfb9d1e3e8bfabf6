"""Uploaded and made files, whole or not at all."""

import logging
import os
import secrets
import time
from contextlib import suppress
from pathlib import Path

from django.core.files.storage import FileSystemStorage

from apps.dasar.errors import NotKept

PARTS, FORGOTTEN = "sebagian", 3600
"""Folder of files that are being written; seconds after which one there belongs to a process that was killed."""
logger = logging.getLogger(__name__)


class MediaFiles(FileSystemStorage):
    """A file has its name when all of it is on the disk. A full disk is `NotKept`, and nothing stays behind."""

    def _save(self, name, content):
        part = f"{PARTS}/{secrets.token_hex(16)}"
        try:
            super()._save(part, content)
            self._move(part, name)
        except OSError as error:
            with suppress(OSError):
                self.delete(part)
            logger.error("file_not_kept: %s", error.strerror)
            raise NotKept from error
        return name

    def _move(self, part: str, name: str) -> None:
        whole, target = self.path(part), self.path(name)
        with open(whole, "rb") as written:
            os.fsync(written.fileno())
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.replace(whole, target)

    def remove_forgotten(self) -> None:
        """Delete what killed processes had begun to write."""
        with suppress(FileNotFoundError):  # nothing was ever written
            for part in Path(self.path(PARTS)).iterdir():
                if part.stat().st_mtime < time.time() - FORGOTTEN:
                    part.unlink(missing_ok=True)
