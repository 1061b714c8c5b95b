"""What people mean by what they say: from somebody's own words to what matters, and from an offer to what it serves.

A concept is one thing that may matter, with the ways people put it and the signs by which something on offer
shows that it serves it. People seldom use the words a directory uses ("the house is so quiet since he died"), so
a saying is compared by meaning (vectors of the sayings, given by the caller) and by words. Part of the book served:
what matters to people comes first, not what services call themselves (Field and Miller, chapters 1 and 7).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from alongside.methods.scoring import terms_of

Floats = NDArray[np.float32]
MOST = 8  # concepts that one statement may mean
LEAST = 0.15  # a concept weighing less is not meant
BESIDE = 0.35  # nor is one weighing less than this share of the best
SIGN_TITLE, SIGN_WORDS = 0.9, 0.6  # a sign in the title, and in the text, of something on offer


@dataclass(frozen=True)
class Concept:
    """One thing that may matter. `says` are people's own words, `signs` what an offer that serves it says."""

    key: str
    domain: str = ""
    label: str = ""
    label_cy: str = ""
    ways: tuple[str, ...] = ()
    help: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    says_cy: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    signs_cy: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    urgent: bool = False


class Meant(NamedTuple):
    """One concept that a statement means: its weight from 0 to 1, and the saying or sign that showed it."""

    key: str
    weight: float
    because: str
    urgent: bool = False


def texts(concepts: Sequence[Concept]) -> list[str]:
    """What the caller makes vectors of, in this order: every label and English saying, then one line of signs
    for each concept. `Lexicon` takes the vectors in the same order."""
    said = [text for concept in concepts for text in (concept.label, *concept.says)]
    return said + [f"{concept.label}: {', '.join(concept.signs)}" for concept in concepts]


class Lexicon:
    """All concepts, ready to be asked. Without `vectors` it goes by words alone."""

    def __init__(self, concepts: Sequence[Concept], vectors: Floats | None = None) -> None:
        """`vectors` are unit rows for `texts(concepts)`. Raises ValueError where a key comes twice or rows miss."""
        self.concepts = tuple(concepts)
        self.by_key = {concept.key: concept for concept in concepts}
        if len(self.by_key) != len(self.concepts):
            raise ValueError("every concept has a key of its own")
        self._said: list[tuple[int, str]] = [
            (n, text) for n, concept in enumerate(concepts) for text in (concept.label, *concept.says)
        ]
        spoken = len(self._said)
        self._said += [
            (n, text)
            for n, concept in enumerate(concepts)
            for text in (*concept.says_cy, *concept.signs, concept.label_cy)
        ]
        if vectors is not None and len(vectors) != spoken + len(self.concepts):
            raise ValueError("one vector for each text")
        self._spoken = vectors[:spoken] if vectors is not None else None
        self._shown = vectors[spoken:] if vectors is not None else None
        self._owner = np.array([n for n, _ in self._said], dtype=np.int64)
        self._words = _Index([text for _, text in self._said])
        self._signs = _Index([sign for concept in concepts for sign in (*concept.signs, *concept.signs_cy)])
        self._sign_owner = [n for n, concept in enumerate(concepts) for _ in (*concept.signs, *concept.signs_cy)]

    def of_statement(self, text: str, vector: Floats | None = None, lang: str = "") -> list[Meant]:
        """What a statement means, best first, at most eight, weights from 0 to 1; nothing where nothing is meant.

        `vector` is the unit vector of `text`. Meaning is English only: for another `lang` words alone decide.
        """
        if not self.concepts or not text.strip():
            return []
        shared = self._words.likeness(text)
        close = np.zeros(len(self._said), dtype=np.float32)
        if vector is not None and self._spoken is not None and lang in ("", "en"):
            close[: len(self._spoken)] = self._spoken @ vector
        each = _weight(close, shared)
        found: dict[int, tuple[float, int]] = {}
        for row in np.argsort(-each)[: MOST * 8]:
            found.setdefault(int(self._owner[row]), (float(each[row]), int(row)))
        best = max(weight for weight, _ in found.values())
        meant = [
            Meant(self.concepts[n].key, round(weight, 4), self._said[row][1], self.concepts[n].urgent)
            for n, (weight, row) in found.items()
            if weight >= max(LEAST, BESIDE * best)
        ]
        return sorted(meant, key=lambda one: (-one.weight, one.key))[:MOST]

    def of_offer(
        self, title: str, words: str, vector: Floats | None = None, ticked: Iterable[str] = ()
    ) -> list[tuple[str, float]]:
        """What something on offer serves, best first, weights from 0 to 1. What its holder ticked weighs 1."""
        found: dict[int, float] = {}
        for text, most in ((title, SIGN_TITLE), (words, SIGN_WORDS)):
            for row in self._signs.standing_in(text):
                n = self._sign_owner[row]
                found[n] = 1 - (1 - found.get(n, 0.0)) * (1 - most)
        if vector is not None and self._shown is not None:
            for n, near in enumerate(self._shown @ vector):
                if near > 0.3:
                    found[n] = max(found.get(n, 0.0), min(1.0, float(near)))
        weighed = {self.concepts[n].key: round(weight, 4) for n, weight in found.items()}
        weighed |= {key: 1.0 for key in ticked if key in self.by_key}
        return sorted(weighed.items(), key=lambda one: (-one[1], one[0]))


class _Index:
    """Short texts by the stems of their words."""

    def __init__(self, rows: Sequence[str]) -> None:
        self._stems = [tuple(term.stem for term in terms_of(row)) for row in rows]
        self._having: dict[str, list[int]] = defaultdict(list)
        for n, stems in enumerate(self._stems):
            for stem in set(stems):
                self._having[stem].append(n)
        self._rare = {stem: log(1 + len(rows) / len(having)) for stem, having in self._having.items()}
        self._length = np.array([sqrt(sum(self._rare[s] ** 2 for s in set(stems))) or 1.0 for stems in self._stems])

    def likeness(self, text: str) -> Floats:
        """How much of the rarer words each text shares with this one, from 0 to 1 (the cosine over stems)."""
        found = np.zeros(len(self._stems), dtype=np.float32)
        stems = {term.stem for term in terms_of(text)}
        most = log(1 + len(self._stems))
        length = sqrt(sum(self._rare.get(stem, most) ** 2 for stem in stems)) or 1.0
        for stem in stems:
            if stem in self._having:
                found[self._having[stem]] += self._rare[stem] ** 2
        return np.asarray(found / (self._length * length), dtype=np.float32)

    def standing_in(self, text: str) -> list[int]:
        """The texts of which every word stands in this one."""
        stems = {term.stem for term in terms_of(text)}
        near = {n for stem in stems for n in self._having.get(stem, ())}
        return sorted(n for n in near if stems.issuperset(self._stems[n]))


def _weight(close: Floats, shared: Floats) -> Floats:
    """From likeness in meaning and in words to a weight from 0 to 1."""
    return np.asarray(1 / (1 + np.exp(-(9 * (close - 0.5) + 4 * shared))), dtype=np.float32)
