"""What is it most about? What a thing wanted may be about, asked back beside the ideas for it, to be answered in one
tap. What is tapped is kept with the wish, in the person's own plan, and goes when they change its words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from alongside.knowing.outcomes.models import Outcome
from alongside.knowing.search.choosing import NONE, every_choice, likely, may_be_about
from alongside.planning.plans import queries
from alongside.planning.plans.models import Plan


class Tap(NamedTuple):
    """One thing that a wish may be about: its key, its words, and whether it is chosen now."""

    key: str
    words: str
    chosen: bool


class Asking(NamedTuple):
    """What is asked back of one wish: what to tap, whether "none of these" was said, and whether to ask at once."""

    taps: list[Tap]
    none: bool
    at_once: bool

    @property
    def chosen(self) -> list[str]:
        return [tap.words for tap in self.taps if tap.chosen]


def asking(outcome: Outcome, said: Sequence[str], found_little: bool) -> Asking | None:
    """What to ask back, or None where there is nothing to choose from: as where words speak of harm."""
    taps = [Tap(key, words, key in said) for key, words in likely(outcome.words, said)]
    return Asking(taps, NONE in said, found_little and not said) if taps or said else None


def chosen_for(plan: Plan, outcome: Outcome) -> list[str]:
    """What is chosen now, of what there is to choose from: stewards may take a concept out."""
    return [key for key in queries.said_about(plan, outcome) if may_be_about(key)]


def everything(said: list[str]) -> list[tuple[str, list[Tap]]]:
    """All there is to choose from, by part of life."""
    return [(part, [Tap(key, words, key in said) for key, words in those]) for part, those in every_choice()]


def tapped(said: list[str], add: str, drop: str) -> list[str]:
    """What is chosen once this is tapped. "None of these" and anything else put each other out."""
    if add == NONE:
        return [NONE]
    kept = [one for one in said if one not in (drop, add) and not (add and one == NONE)]
    return [*kept, add] if add else kept
