"""What this kit answers: is this feed sound, and what would have to be mended."""

from __future__ import annotations

from typing import Any

from alongside.exchange.validating import checking, standard
from alongside.exchange.validating.checking import mended as mended
from alongside.exchange.validating.standard import known as known


def errors_of(held: dict[str, Any], kind: str, profile: str = standard.HSDS_31) -> list[tuple[str, str]]:
    """What the standard refuses in one record, as (way to the field, why)."""
    found: list[tuple[str, str]] = []

    def note(path: str, _value: Any, reason: str, is_error: bool) -> None:
        if is_error:
            found.append((path, reason))

    checking.check(held, kind, profile, note)
    return found


def kind_below(kind: str, name: str) -> str:
    """Of which kind the objects in this field are; nothing where it holds words or numbers."""
    for profile in standard.PROFILES[::-1]:
        field = standard.model(profile).get(kind, {}).get(name)
        if field is not None and field.holds in ("list", "object"):
            return field.of[0]
    return ""


def one_to_one(held: dict[str, Any], kind: str) -> dict[str, Any]:
    """A record as a list of them holds it: without what there may be many of."""
    kept: dict[str, Any] = {}
    for name, value in held.items():
        below = kind_below(kind, name) or {"service": "service"}.get(name, "")
        if isinstance(value, list):
            continue
        kept[name] = one_to_one(value, below) if below and isinstance(value, dict) else value
    return kept
