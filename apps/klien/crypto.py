"""Personal fields that are unreadable in the database, in backups and in the history of changes.

AES-256-GCM with a key ring: `FIELD_KEYS[0]` writes, every key reads. The associated data binds a value to its table,
column and row, so that a ciphertext copied to another row does not open. Exact search goes through a keyed HMAC.
"""

import base64
import hashlib
import hmac
import os
from collections.abc import Iterator
from functools import cache
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.forms import CharField
from django.utils.text import capfirst

NONCE_BYTES, KEY_ID_BYTES, LENGTH_BYTES = 12, 4, 4
PART = 1024 * 1024
"""Bytes of a file that are encrypted at a time."""


def _ring() -> dict[bytes, AESGCM]:
    return _ring_of(tuple(settings.FIELD_KEYS))


@cache
def _ring_of(written: tuple[str, ...]) -> dict[bytes, AESGCM]:
    keys = [base64.urlsafe_b64decode(key) for key in written]
    if not keys:
        raise ImproperlyConfigured("FIELD_KEYS kosong: kolom pribadi tidak dapat disandi.")
    return {hashlib.sha256(key).digest()[:KEY_ID_BYTES]: AESGCM(key) for key in keys}


def current_key_id() -> bytes:
    """The prefix of every value that the first key of the ring has sealed."""
    return next(iter(_ring()))


def seal(text: str, bound_to: str) -> bytes:
    """Encrypt `text` with the current key; `bound_to` names table, column and row."""
    return _seal(text.encode(), bound_to)


def unseal(sealed: bytes, bound_to: str) -> str:
    """Decrypt; raises `InvalidTag` when the value was moved or changed or its key is gone."""
    return _unseal(sealed, bound_to).decode()


def seal_file(plain: IO[bytes], sealed: IO[bytes], bound_to: str) -> None:
    """Encrypt a file a part at a time. Each part knows its place, and the last one that it is the last."""
    number, part = 0, plain.read(PART)
    while True:
        following = plain.read(PART)
        body = _seal(part, _place(bound_to, number, last=not following))
        sealed.write(len(body).to_bytes(LENGTH_BYTES, "big") + body)
        if not following:
            return
        number, part = number + 1, following


def unseal_file(sealed: IO[bytes], bound_to: str) -> Iterator[bytes]:
    """Decrypt what `seal_file` wrote, a part at a time; raises `InvalidTag` also when the end is missing."""
    number, length = 0, sealed.read(LENGTH_BYTES)
    while length:
        body = sealed.read(int.from_bytes(length, "big"))
        length = sealed.read(LENGTH_BYTES)
        yield _unseal(body, _place(bound_to, number, last=not length))
        number += 1


def _place(bound_to: str, number: int, *, last: bool) -> str:
    return f"{bound_to}.{number}{'.akhir' if last else ''}"


def _seal(body: bytes, bound_to: str) -> bytes:
    key_id, cipher = next(iter(_ring().items()))
    nonce = os.urandom(NONCE_BYTES)
    return key_id + nonce + cipher.encrypt(nonce, body, bound_to.encode())


def _unseal(sealed: bytes, bound_to: str) -> bytes:
    key_id, rest = bytes(sealed[:KEY_ID_BYTES]), bytes(sealed[KEY_ID_BYTES:])
    cipher = _ring().get(key_id)
    if cipher is None:
        raise InvalidTag(f"Kunci {key_id.hex()} tidak ada di FIELD_KEYS.")
    return cipher.decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], bound_to.encode())


def blind_index(value: str) -> str:
    """Keyed HMAC-SHA-256 of a normalised identifier, 64 hex digits, for exact search and uniqueness."""
    if not settings.BLIND_INDEX_KEY:
        raise ImproperlyConfigured("BLIND_INDEX_KEY kosong: NIK tidak dapat dicari.")
    digits = "".join(filter(str.isdigit, value))
    return hmac.new(settings.BLIND_INDEX_KEY.encode(), digits.encode(), hashlib.sha256).hexdigest()


def telephone_index(number: str) -> str:
    """`blind_index` of a telephone number, however it is written: +62 812… and 0812… are one. Empty without digits."""
    digits = "".join(filter(str.isdigit, number))
    if digits.startswith("62"):
        digits = f"0{digits[2:]}"
    return blind_index(digits) if digits else ""


class _Opened:
    """Descriptor: a value read from the database is decrypted on first access, so lists do not decrypt it."""

    def __init__(self, field):
        self.field = field

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        value = instance.__dict__.get(self.field.attname)
        if isinstance(value, (bytes, memoryview)):
            value = unseal(bytes(value), self.field.binding(instance)) if value else ""
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance, value):
        instance.__dict__[self.field.attname] = value


class SealedTextField(models.BinaryField):
    """Encrypted text. `row` names a field of the model that is set before the first save and never changes."""

    def __init__(self, *args, row: str = "kode", **kwargs):
        self.row = row
        super().__init__(*args, **{"editable": True, **kwargs})

    def contribute_to_class(self, cls, name, private_only=False):
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _Opened(self))

    def binding(self, instance) -> str:
        return f"{self.model._meta.db_table}.{self.column}.{getattr(instance, self.row)}"

    def pre_save(self, instance, add):
        value = instance.__dict__.get(self.attname)
        if isinstance(value, str):
            return seal(value, self.binding(instance)) if value else b""
        return value

    def clean(self, value, model_instance):
        """Keep the plain text: a BinaryField would read it as base64."""
        return value

    def get_default(self):
        return self.default if self.has_default() else ""

    def value_to_string(self, obj):
        return base64.b64encode(self.pre_save(obj, False) or b"").decode()

    def formfield(self, **kwargs):
        facts = {"required": not self.blank, "label": capfirst(self.verbose_name), "help_text": self.help_text}
        return CharField(**{**facts, **kwargs})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        if self.row != "kode":
            kwargs["row"] = self.row
        return name, path, args, kwargs


class TelephoneIndexField(models.CharField):
    """`telephone_index` of the sealed column `of`, kept with it: nobody sets it."""

    def __init__(self, *args, of: str, **kwargs):
        self.of = of
        super().__init__(*args, **{"max_length": 64, "default": "", "blank": True, "editable": False, **kwargs})

    def pre_save(self, instance, add):
        number = instance.__dict__.get(self.of)
        if isinstance(number, str):
            setattr(instance, self.attname, telephone_index(number))
        return getattr(instance, self.attname)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}
