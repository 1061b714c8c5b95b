"""Checks one record against the standard's models, and mends one where it can be mended. Knows no database."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from typing import Any

from alongside.exchange.validating import finding, standard
from alongside.exchange.validating.standard import Field

DASHES = (8, 13, 18, 23)
RFC_4122 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", re.IGNORECASE)
URI = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+", re.IGNORECASE)
TIME = re.compile(
    r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt ]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?"
    r"([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)"
)
Note = Callable[[str, Any, str, bool], None]  # the way to the field, what stands there, why, whether an error


def is_uuid(value: object) -> bool:
    """Whether this is written as a uuid is: 36 characters with dashes in their places. Real feeds use versions that
    no standard knows, and the reference schemas take them."""
    if not isinstance(value, str) or len(value) != 36 or any(value[at] != "-" for at in DASHES):
        return False
    try:
        uuid.UUID(value)
    except ValueError:
        return False
    return True


def fault(field: Field, value: Any) -> tuple[str, bool]:
    """Why a value may not stand in a field, and whether that is an error; two empty words where it may."""
    if field.holds == "number":
        fits = isinstance(value, int | float) and not isinstance(value, bool)
        return ("", False) if fits else (finding.NOT_NUMBER, True)
    if field.holds == "list":
        return ("", False) if isinstance(value, list) else (finding.NOT_LIST, True)
    if field.holds == "object":
        return ("", False) if isinstance(value, dict) else (finding.NOT_OBJECT, True)
    if not isinstance(value, str):
        return finding.NOT_TEXT, True
    return _word_fault(field, value)


def _word_fault(field: Field, value: str) -> tuple[str, bool]:
    match field.holds:
        case "choice" if value not in field.of:
            return finding.NOT_CHOICE, True
        case "uuid" if not is_uuid(value):
            return finding.NOT_UUID, True
        case "uuid" if not RFC_4122.fullmatch(value):
            return finding.ODD_UUID, False
        case "email" if "@" not in value:
            return finding.NOT_EMAIL, True
        case "uri" if not URI.fullmatch(value):
            return finding.NOT_URI, False
        case "time" if not TIME.fullmatch(value):
            return finding.NOT_TIME, True
    return "", False


def check(
    held: dict[str, Any], kind: str, profile: str, note: Note, where: str = "", *, blanks_are_missing: bool = False
) -> None:
    """Note everything wrong in one object and in all that hangs below it.

    A blank where the standard asks for something is always noted; `blanks_are_missing` also passes over blanks
    in fields that may be left out, which the standard itself takes for badly written ones.
    """
    fields = standard.model(profile)[kind]
    for field in fields.values():
        path = f"{where}.{field.name}" if where else field.name
        if field.name not in held:
            if field.required:
                note(path, None, finding.MISSING, True)
            continue
        value = held[field.name]
        blank = isinstance(value, str) and not value.strip()
        if blank and field.required and field.holds == "text":
            note(path, value, finding.BLANK, False)
            continue
        if blank and blanks_are_missing and not field.required:
            continue
        reason, is_error = fault(field, value)
        if reason:
            note(path, value, reason, is_error)
        if not is_error:
            _below(field, value, profile, note, path, blanks_are_missing=blanks_are_missing)
    for name in held.keys() - standard.known(kind):
        note(f"{where}.{name}" if where else str(name), held[name], finding.UNKNOWN, False)


def _below(field: Field, value: Any, profile: str, note: Note, path: str, *, blanks_are_missing: bool) -> None:
    if field.holds == "object":
        check(value, field.of[0], profile, note, path, blanks_are_missing=blanks_are_missing)
    elif field.holds == "list":
        for n, entry in enumerate(value):
            if isinstance(entry, dict):
                check(entry, field.of[0], profile, note, f"{path}[{n}]", blanks_are_missing=blanks_are_missing)
            else:
                note(f"{path}[{n}]", entry, finding.NOT_OBJECT, True)


def mended(held: dict[str, Any], kind: str, profile: str = standard.HSDS_31) -> dict[str, Any] | None:
    """The same object without what the standard refuses; None where something it asks for is wrong or not there.

    What is sound comes back as it was, with every field, also those that the standard does not know.
    """
    fields = standard.model(profile)[kind]
    kept: dict[str, Any] = {}
    for name, value in held.items():
        field = fields.get(name)
        if field is None:
            kept[name] = value
            continue
        reason, is_error = fault(field, value)
        if is_error or reason == finding.NOT_URI:
            continue
        found = _mended_below(field, value, profile)
        if found is not None:
            kept[name] = found
    return kept if all(field.name in kept for field in fields.values() if field.required) else None


def _mended_below(field: Field, value: Any, profile: str) -> Any:
    if field.holds == "object":
        return mended(value, field.of[0], profile)
    if field.holds == "list":
        below = (mended(entry, field.of[0], profile) for entry in value if isinstance(entry, dict))
        return [entry for entry in below if entry is not None]
    return value
