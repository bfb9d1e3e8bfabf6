"""Small counts identify people: outside the owning office they are not shown (UU 27/2022)."""

SMALLEST_SHOWN = 5


def suppressed(count: int) -> bool:
    """True when `count` persons are too few to be shown outside the owning Bapas."""
    return 0 < count < SMALLEST_SHOWN
