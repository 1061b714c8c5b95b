"""Where the reference schemas of Open Referral are, and how to judge by them; skipped where they are not."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from tests.conformance.bristol import shared_data

VERSIONS = ("hsds-3.0", "hsds-3.1-dev", "oruk-3.0")


@cache
def schema(version: str, name: str) -> Draft202012Validator:
    """A compiled schema, with its formats checked."""
    folder = shared_data() / "hsds" / version
    path = folder / "schema" / "compiled" / f"{name}.json"
    if version == "oruk-validator-3.0":
        path = folder / f"{name}.json"
    return Draft202012Validator(
        json.loads(path.read_text(encoding="utf-8")), format_checker=Draft202012Validator.FORMAT_CHECKER
    )


def refused(document: Any, name: str, version: str = "hsds-3.0") -> list[str]:
    """What the reference schema says against a document."""
    return [f"{error.json_path}: {error.message[:120]}" for error in schema(version, name).iter_errors(document)]


def example(version: str, name: str) -> Any:
    return json.loads((shared_data() / "hsds" / version / "examples" / f"{name}.json").read_text(encoding="utf-8"))


def lost(before: Any, after: Any, where: str = "$") -> list[str]:
    """What the first document says and the second does not say the same way."""
    if isinstance(before, dict) and isinstance(after, dict):
        return [
            words
            for key, value in before.items()
            for words in (lost(value, after[key], f"{where}.{key}") if key in after else [f"{where}.{key} is gone"])
        ]
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        return [words for n, value in enumerate(before) for words in lost(value, after[n], f"{where}[{n}]")]
    return [] if before == after and type(before) is type(after) else [f"{where}: {before!r} became {after!r}"]
