"""Short texts of many groups, found by the words they share: rarer words count for more.

Words are taken as their English stems (`methods/scoring`), little words left out. Every phrase belongs to a group,
as a saying to its concept; the groups are numbered as they were given.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import log

import numpy as np
from numpy.typing import NDArray

from alongside.methods.scoring import STOP_WORDS, stem_of

Floats = NDArray[np.float32]
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}")


class Phrases:
    """Short texts of every group by the stems of their words; rarer stems count more."""

    def __init__(self, phrases: Sequence[Sequence[str]]) -> None:
        read = [(n, text, stems_of(text)) for n, those in enumerate(phrases) for text in those]
        self._rows = [(n, text, frozenset(listed)) for n, text, listed in read]
        self._number = len(phrases)
        having: dict[str, list[int]] = defaultdict(list)
        for row, (_n, _text, stems) in enumerate(self._rows):
            for stem in stems:
                having[stem].append(row)
        self._having = {stem: np.array(rows) for stem, rows in having.items()}
        self._rare = {stem: log(1 + len(self._rows) / len(rows)) for stem, rows in having.items()}
        self._owner = np.array([n for n, _text, _stems in self._rows], dtype=np.int64)
        self._length = np.array([self._size(stems) for _n, _text, stems in self._rows] or [1.0])
        gathered: list[set[str]] = [set() for _ in phrases]
        for n, _text, listed in read:
            gathered[n].update(listed)
        self._all = [frozenset(stems) for stems in gathered]
        self._whole = np.array([self._size(stems) for stems in self._all] or [1.0])
        self._lines = [f" {' '.join(listed)} " for _n, _text, listed in read]
        self._keyed: dict[str, list[int]] = defaultdict(list)  # each text under the rarest of its stems
        for row, (_n, _text, stems) in enumerate(self._rows):
            if stems:
                self._keyed[max(stems, key=lambda stem: (self._rare[stem], stem))].append(row)

    @property
    def stems(self) -> set[str]:
        return set(self._having)

    @property
    def most(self) -> float:
        """How rare a word is that no text has."""
        return log(1 + 2 * len(self._rows))

    def has(self, stem: str) -> bool:
        return stem in self._having

    def rare(self, stem: str) -> float:
        return self._rare.get(stem, self.most)

    def best(self, stems: frozenset[str]) -> Floats:
        """For each group the likeness of its likest text: the cosine over rarer stems, from 0 to 1."""
        found = np.zeros(self._number, dtype=np.float32)
        if self._rows:
            np.maximum.at(found, self._owner, self._likeness(stems))
        return found

    def shared(self, stems: frozenset[str]) -> Floats:
        """For each group the likeness of all its texts taken as one."""
        own = self._size(stems)
        sums = [sum(self._rare[stem] ** 2 for stem in stems & all_) for all_ in self._all]
        return np.asarray(np.array(sums or [0.0]) / (self._whole * own), dtype=np.float32)

    def nearest(self, n: int, stems: frozenset[str]) -> tuple[str, float]:
        like = self._likeness(stems)
        rows = np.flatnonzero(self._owner == n)
        if not len(rows):
            return "", 0.0
        row = int(rows[np.argmax(like[rows])])
        return self._rows[row][1], float(like[row])

    def standing_in(self, stems: Sequence[str]) -> list[tuple[int, int]]:
        """The owner and the length of each text that stands in these stems, one word after the other."""
        line = f" {' '.join(stems)} "
        rows = (row for stem in dict.fromkeys(stems) for row in self._keyed.get(stem, ()))
        return [(self._rows[row][0], len(self._rows[row][2])) for row in rows if self._lines[row] in line]

    def _likeness(self, stems: frozenset[str]) -> Floats:
        found = np.zeros(len(self._rows), dtype=np.float32)
        for stem in stems:
            if stem in self._having:
                found[self._having[stem]] += self._rare[stem] ** 2
        return np.asarray(found / (self._length * self._size(stems)), dtype=np.float32)

    def _size(self, stems: Iterable[str]) -> float:
        most = log(1 + len(self._rows))
        return float(sum(self._rare.get(stem, most) ** 2 for stem in stems)) ** 0.5 or 1.0


def stems_of(text: str) -> list[str]:
    """The stems of the words that carry meaning, in order. A short form in capitals (ME, M.E., AA) is a word of
    its own even where it would be a little one."""
    text = text.replace("’", "'")
    if "." in text:
        text = _DOTTED.sub(lambda found: found[0].replace(".", ""), text)
    return [stem for word in _WORD.findall(text) for stem in [_stem(word)] if stem]


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    """The stem of a word as it is written, or nothing for a little word."""
    small = word.lower()
    if small not in STOP_WORDS:
        return stem_of(small)
    return word if word.isupper() and 2 <= len(word) <= 4 else ""
