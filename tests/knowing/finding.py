"""Things to be found by a search, and what it found."""

from __future__ import annotations

from alongside.ground.people.models import Party
from alongside.knowing.assets.actions import offer
from alongside.knowing.assets.models import Asset
from alongside.knowing.lexicon.actions import classify_waiting
from alongside.knowing.search.actions import catch_up
from alongside.knowing.search.queries import Found
from tests.cast import MACHINE


def put(holder: Party, title: str, words: str = "", **more: object) -> Asset:
    """Something that everyone may find."""
    given = {"kind": "activity", "audience": "everyone"} | more
    return offer(by=MACHINE, holder=holder, title=title, words=words, **given)  # type: ignore[arg-type]


def learn() -> None:
    """What the worker does: vectors of new words, and what each thing serves."""
    catch_up(by=MACHINE)
    classify_waiting(by=MACHINE)


def titles(found: Found) -> list[str]:
    """What was found, best first."""
    return [result.asset.title for result in found.results]
