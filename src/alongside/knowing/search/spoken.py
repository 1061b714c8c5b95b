"""In which language somebody wrote what they look for: that of the page, but for Welsh words on an English page."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from django.utils.translation import get_language

from alongside.knowing.lexicon.queries import written
from alongside.knowing.search.meant import read
from alongside.methods.phrases import stems_of


def spoken_in(words: str, page: str = "") -> str:
    """As two letters, the language of the page, or `page`, the one in which the words are kept. Of an English one it is
    Welsh where most of the words are ones that the lexicon knows in Welsh alone: whoever writes "canu" there asks for
    singing, not for canoes."""
    page = (page or get_language() or "en")[:2]
    stems = set(stems_of(read(words)))
    if page != "en" or not stems:
        return page
    return "cy" if 2 * len(stems & _only_welsh()) > len(stems) else page


@cache
def _only_welsh() -> frozenset[str]:
    """Stems of what the data files say in Welsh and nowhere in English."""
    welsh = ((one.label_cy, *one.says_cy, *one.signs_cy) for one in written())
    english = ((one.label, *one.says, *one.words, *one.signs, *one.offers) for one in written())
    return _stems(welsh) - _stems(english)


def _stems(texts: Iterable[Iterable[str]]) -> frozenset[str]:
    return frozenset(stem for those in texts for text in those for stem in stems_of(text))
