"""Our validator says what the reference says: on the mock sets, on every example, and on examples made worse."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from alongside.exchange.validating.queries import HSDS, HSDS_31, ORUK, validate, validate_all
from tests.conformance.bristol import shared_data
from tests.conformance.standard import VERSIONS, example, refused

PROFILES = {"hsds-3.0": HSDS, "hsds-3.1-dev": HSDS_31, "oruk-3.0": ORUK}
WHOLE = ("service_full", "organization_full", "service_at_location_full")
SCHEMAS = {"service_full": "service", "organization_full": "organization"}
SCHEMAS |= {"service_at_location_full": "service_at_location"}


def mocks(kind: str) -> list[Path]:
    return sorted((shared_data() / "hsds" / "oruk-validator-3.0" / "mocks" / f"V3.0-UK-{kind}").glob("*.json"))


@pytest.mark.parametrize(("kind", "errors"), [("Default", 0), ("Warn", 0), ("Fail", 9)])
def test_the_mock_sets_get_the_verdict_of_the_national_validator(kind: str, errors: int) -> None:
    verdicts = {path.stem: validate(path.read_bytes()) for path in mocks(kind)}
    assert sum(len(one.errors) for one in verdicts.values()) == errors
    together = validate_all([path.read_bytes() for path in mocks(kind)])
    assert (len(together.errors), together.valid) == (errors, kind != "Fail")
    if kind == "Warn":
        assert verdicts["taxonomy_term"].warnings and verdicts["taxonomy_term"].valid
    if kind == "Fail":
        assert [len(verdicts[name].errors) for name in ("service_full", "service_list")] == [1, 8]
        assert not verdicts["api_details"].valid
        assert {one.field for one in verdicts["api_details"].interface} == {"profile", "openapi_url"}


def test_each_finding_names_record_field_value_reason_and_how_to_mend() -> None:
    for path in mocks("Fail"):
        verdict = validate(path.read_bytes())
        for one in (*verdict.errors, *verdict.warnings, *verdict.interface):
            assert one.record and one.field and one.reason and one.mend
        row = verdict.as_dict()
        assert row["valid"] is verdict.valid
        assert all({"record", "field", "value", "reason"} <= error.keys() for error in row["errors"])


@pytest.mark.parametrize("version", VERSIONS)
def test_every_example_of_the_standard_is_sound(version: str) -> None:
    for path in sorted((shared_data() / "hsds" / version / "examples").glob("*.json")):
        for profile in ("", PROFILES[version]):
            assert validate(path.read_bytes(), profile).errors == [], path.name


def ways(thing: Any, where: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every field of a document."""
    if isinstance(thing, dict):
        for key, value in thing.items():
            yield (*where, key)
            yield from ways(value, (*where, key))
    elif isinstance(thing, list):
        for n, value in enumerate(thing):
            yield from ways(value, (*where, n))


def worsened(document: Any, way: tuple[Any, ...], value: Any) -> Any:
    changed = copy.deepcopy(document)
    inner = changed
    for step in way[:-1]:
        inner = inner[step]
    if value is ...:
        del inner[way[-1]]
    else:
        inner[way[-1]] = value
    return changed


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", WHOLE)
def test_an_example_made_worse_in_one_place_gets_the_verdict_of_the_schema(version: str, name: str) -> None:
    """Every field in turn is taken away, or holds what it may not. Web addresses apart: the national validator
    lets them pass, so they are warnings here."""
    document = example(version, name)
    dice = random.Random(f"{version} {name}")
    places = list(ways(document))
    for way in dice.sample(places, min(90, len(places))):
        for value in (..., dice.choice([None, 7, "words", "", True, [], {}, [7], {"a": 1}, "2026-01-01T10:00:00Z"])):
            changed = worsened(document, way, value)
            said = [words for words in refused(changed, SCHEMAS[name], version) if "is not a 'uri'" not in words]
            found = validate(json.dumps(changed).encode(), PROFILES[version]).errors
            assert bool(said) == bool(found), (way, value, said, found)


def test_a_blank_is_missing_where_we_are_strict() -> None:
    data = (shared_data() / "services" / "bristol-oruk-services.json").read_bytes()
    plain, strict = validate(data), validate(data, strict=True)
    assert plain.counts["errors"] == 221 and {one.field for one in plain.errors} == {"email"}
    blank = [one for one in strict.errors if "blank" in one.reason]
    again = [one for one in strict.errors if "earlier record" in one.reason]
    assert len(blank) >= 219 and len(again) == 1 and len(strict.errors) == len(blank) + 1
