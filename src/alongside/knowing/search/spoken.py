"""In which language somebody wrote what they look for: that of the page, but for Welsh words on an English page."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from django.utils.translation import get_language

from alongside.knowing.lexicon.queries import lexicon
from alongside.knowing.search.meant import read
from alongside.methods.lexicon import Lexicon
from alongside.methods.phrases import stems_of


def spoken_in(words: str) -> str:
    """The language of the page, as two letters. On an English page it is Welsh where most of the words are ones that
    the lexicon knows in Welsh alone: whoever writes "canu" there asks for singing, not for canoes."""
    page = (get_language() or "en")[:2]
    stems = set(stems_of(read(words)))
    if page != "en" or not stems:
        return page
    return "cy" if 2 * len(stems & _only_welsh(lexicon())) > len(stems) else page


@lru_cache(maxsize=2)
def _only_welsh(known: Lexicon) -> frozenset[str]:
    """Stems of what is said in Welsh and nowhere in English."""
    welsh = [(one.label_cy, *one.says_cy, *one.signs_cy) for one in known.concepts]
    english = [(one.label, *one.says, *one.words, *one.signs, *one.offers) for one in known.concepts]
    return _stems(welsh) - _stems(english)


def _stems(texts: Iterable[Iterable[str]]) -> frozenset[str]:
    return frozenset(stem for those in texts for text in those for stem in stems_of(text))
