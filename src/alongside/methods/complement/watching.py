"""What a caller may hear of, and stop, in anything that takes long."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[float], None]  # is told the share done, from 0 to 1
Cancel = Callable[[], bool]  # says whether to stop


class Cancelled(Exception):
    """Somebody stopped the run. Nothing of it remains."""


def never() -> bool:
    """Nobody stops it."""
    return False


def unheard(_share: float) -> None:
    """Nobody listens."""


def unless(cancelled: Cancel) -> None:
    """Raise Cancelled where somebody has stopped it."""
    if cancelled():
        raise Cancelled
