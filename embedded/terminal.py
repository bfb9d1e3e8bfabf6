"""Output for the operator."""

import sys


def say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


def complain(sentence: str) -> None:
    sys.stderr.write(f"\n{sentence}\n")


def overwrite(sentence: str) -> None:
    """Replace the current line of a terminal; do nothing when the output is a file."""
    if sys.stdout.isatty():
        sys.stdout.write(f"\r{sentence}")
        sys.stdout.flush()
