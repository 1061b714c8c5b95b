"""Which parts of life an asset may help with, guessed from its words; the holder can say otherwise."""

from __future__ import annotations

import re
from functools import cache

from alongside import frameworks

_WORD = re.compile(r"[^\W\d_]+")
MOST = 3


def keys() -> list[str]:
    return [domain["key"] for domain in frameworks.load("life_domains")["domain"]]


def guess(text: str) -> list[str]:
    """At most three parts of life whose everyday words stand in the text, the ones with most of them first."""
    found: dict[str, int] = {}
    for word in set(_WORD.findall(text.lower())):
        for key in _pointing().get(word, ()):
            found[key] = found.get(key, 0) + 1
    order = {key: place for place, key in enumerate(keys())}
    return sorted(found, key=lambda key: (-found[key], order[key]))[:MOST]


@cache
def _pointing() -> dict[str, list[str]]:
    """For every everyday word, the parts of life it points to."""
    found: dict[str, list[str]] = {}
    for domain in frameworks.load("life_domains")["domain"]:
        for word in domain["words"]:
            found.setdefault(word.lower(), []).append(domain["key"])
    return found
