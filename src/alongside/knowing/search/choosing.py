"""What is it about? Somebody chooses instead of being guessed at: of what their words may mean, or of everything.

The small model that reads a question guesses wrong about every other one that is said sideways; the right guess is
mostly among its first six. So it is asked back, in one tap (docs/explanation/search-by-what-matters.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from alongside.knowing.lexicon.queries import choices, lexicon
from alongside.knowing.search.forms import MOST_ABOUT as MOST_ABOUT
from alongside.knowing.search.forms import Asked
from alongside.knowing.search.meant import NONE as NONE
from alongside.knowing.search.meant import understood
from alongside.knowing.search.queries import Found
from alongside.knowing.search.spoken import spoken_in


class Chip(NamedTuple):
    """One thing that a question may be about: where a tap on it leads, its words, and whether it is chosen now."""

    address: str
    words: str
    chosen: bool


class Asking(NamedTuple):
    """What is asked back: what to choose from, what was chosen in words, where "none of these" leads and whether that
    was said, where to choose from everything, and whether to ask at once."""

    chips: list[Chip]
    chosen: list[str]
    none: Chip
    everything: str
    at_once: bool

    @property
    def said(self) -> bool:
        return self.none.chosen or bool(self.chosen)


def about(asked: Asked, found: Found) -> Asking | None:
    """What to ask back about a question, or None where there is nothing to choose from. It is asked at once where no
    one thing has every word, for then all hangs on what was meant."""
    if not found.about.choices:
        return None
    said, chosen = found.about.chosen, [key for key in found.about.chosen if key != NONE]
    chips = [Chip(_tapped(asked, chosen, key), words, key in said) for key, words in found.about.choices]
    none = Chip(asked.query(about=() if NONE in said else (NONE,)), "", NONE in said)
    words = [chip.words for chip in chips if chip.chosen]
    return Asking(chips, words, none, asked.query(), not said and (found.loose or not found.total))


def _tapped(asked: Asked, chosen: list[str], key: str) -> str:
    """The address once this is tapped: it is chosen besides what is chosen already, or is so no more."""
    return asked.query(about=tuple(one for one in chosen if one != key) if key in chosen else (*chosen, key))


def all_that_matters(asked: Asked) -> list[tuple[str, list[Chip]]]:
    """Every concept by part of life. A tap says that the words asked are about it or, without words, looks for it.
    Harm, fear and despair are looked for in their own words, so that people who can help come first."""
    urgent = {one.key for one in lexicon().concepts if one.urgent}
    return [(part, [_link(asked, key, label, key in urgent) for key, label in those]) for part, those in choices()]


def _link(asked: Asked, key: str, label: str, urgent: bool) -> Chip:
    words = asked.words if asked.words and not urgent else label
    return Chip(asked.query(words=words, about=() if urgent else (key,)), label, key in asked.about)


def may_be_about(key: str) -> bool:
    """Whether somebody can say that their words are about this: a concept that is not of harm, fear or despair."""
    return key == NONE or ((one := lexicon().by_key.get(key)) is not None and not one.urgent)


def likely(words: str, chosen: Sequence[str]) -> list[tuple[str, str]]:
    """What words may be about, as key and everyday words, what was chosen first: for a page that asks it back but is
    no search. Of words of harm, fear or despair nothing."""
    meaning = understood(words, spoken_in(words), about=chosen)
    keys = dict.fromkeys([*(key for key in meaning.chosen if key in meaning.labels), *meaning.offered])
    return [(key, meaning.labels[key]) for key in keys]


def every_choice() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every concept that can be chosen, as key and everyday words, by part of life."""
    return [(part, [one for one in those if may_be_about(one[0])]) for part, those in choices()]
