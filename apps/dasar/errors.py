"""The exceptions whose text a user reads."""

SHELF_FULL = "Berkas belum dapat disimpan di server. Hubungi petugas bantuan, lalu coba lagi."


class Refused(Exception):
    """A rule was broken. The message is a sentence for the user; views answer it with 409."""


class NotKept(Refused, OSError):
    """A file could not be written: the disk is full, or away. Nothing of it is left."""

    def __str__(self) -> str:
        return SHELF_FULL
