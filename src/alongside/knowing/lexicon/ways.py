"""The five ways to feel well, and which concepts serve each: what a thing serves is read from its words, else from the
parts of life its holder named (book, table 6.1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from alongside import frameworks
from alongside.ground.people.language import page_language
from alongside.knowing.lexicon.book import added, merged, written

SURE = 52  # hundredths from which something counts as serving a concept


@dataclass(frozen=True)
class Way:
    """One of the five: what it is called, its parts of life, and the concepts that serve it."""

    key: str
    label: str
    hint: str
    domains: tuple[str, ...]
    concepts: frozenset[str]


class Serving(NamedTuple):
    """What serves some ways: these concepts, from a weight in hundredths on; where none is so sure, these parts of
    life."""

    concepts: tuple[str, ...]
    domains: tuple[str, ...]
    sure: int = SURE


def ways() -> list[Way]:
    """The five ways in the order of the file, in the reader's language."""
    by_way: dict[str, set[str]] = {one["key"]: set() for one in _file()}
    for concept in merged(written(), added()):
        for key in concept.ways:
            by_way.get(key, set()).add(concept.key)
    return [
        Way(one["key"], _said(one["label"]), _said(one["hint"]), tuple(one["domains"]), frozenset(by_way[one["key"]]))
        for one in _file()
    ]


def way(key: str) -> Way | None:
    return next((one for one in ways() if one.key == key), None)


def way_keys() -> tuple[str, ...]:
    return tuple(one["key"] for one in _file())


def way_choices() -> list[tuple[str, str]]:
    """Each way's key and its name, read from the file alone."""
    return [(one["key"], _said(one["label"])) for one in _file()]


def serving_any(keys: Iterable[str]) -> Serving | None:
    """What serves any of these ways; None where none is named."""
    wanted = set(keys)
    found = [one for one in ways() if one.key in wanted] if wanted else []
    if not found:
        return None
    concepts = frozenset[str]().union(*(one.concepts for one in found))
    return Serving(tuple(sorted(concepts)), tuple(dict.fromkeys(name for one in found for name in one.domains)))


def _said(texts: dict[str, str]) -> str:
    return texts.get(page_language()) or texts["en"]


def _file() -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = frameworks.load("ways_to_wellbeing")["way"]
    return listed
