"""A wrong value as whoever can put it right is shown it: every reader of others' files says it alike."""

from __future__ import annotations

SHOWN = 90  # characters that are worth showing


def shorten(value: object) -> str:
    """The value as at most 90 characters on one line that are safe to print and to keep; a list as how many it holds,
    an object as its first names. Nothing is refused."""
    match value:
        case None:
            return ""
        case str():
            shown = value[: SHOWN * 2]
        case bool():
            shown = "true" if value else "false"
        case list() | tuple():
            shown = f"[{len(value)}]"
        case dict():
            shown = "{" + ", ".join(str(key)[:20] for key in list(value)[:4]) + "}"
        case _:
            shown = str(value)[: SHOWN * 2]
    shown = " ".join("".join(c if c.isprintable() else " " for c in shown).split())
    return shown if len(shown) <= SHOWN else shown[: SHOWN - 1] + "…"
