"""In which language somebody wrote what they look for: that of the page, but for Welsh words on an English page."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.utils.translation import get_language

from alongside import frameworks
from alongside.knowing.search.meant import read
from alongside.methods.phrases import stems_of


def spoken_in(words: str) -> str:
    """The language of the page, as two letters. On an English page it is Welsh where most of the words are ones that
    the lexicon knows in Welsh alone: whoever writes "canu" there asks for singing, not for canoes."""
    page = (get_language() or "en")[:2]
    stems = set(stems_of(read(words)))
    if page != "en" or not stems:
        return page
    return "cy" if 2 * len(stems & _only_welsh()) > len(stems) else page


@cache
def _only_welsh() -> frozenset[str]:
    """Stems of what the data files say in Welsh and nowhere in English."""
    concepts = [one for file in frameworks.load_all("what_matters").values() for one in file["concept"]]
    welsh = [(one["label"].get("cy", ""), *_of(one, "says_cy", "signs_cy")) for one in concepts]
    english = [(one["label"]["en"], *_of(one, "says", "words", "signs", "offers")) for one in concepts]
    return _stems(welsh) - _stems(english)


def _of(concept: dict[str, Any], *parts: str) -> list[str]:
    return [text for part in parts for text in concept.get(part, ())]


def _stems(texts: Iterable[Iterable[str]]) -> frozenset[str]:
    return frozenset(stem for those in texts for text in those for stem in stems_of(text))
