"""Codes that people read out over the telephone and type from paper."""

import secrets

ALPHABET = "234679ACDEFGHJKLMNPQRTUVWXYZ"
"""Letters and digits that are not mistaken for another: no 0 O, 1 I, 5 S, 8 B."""


def readable_code(length: int) -> str:
    """A code of `length` characters that nobody can guess."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
