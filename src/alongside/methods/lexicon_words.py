"""Loose words of a concept, wherever they stand: in what somebody says, and in what something on offer says.

Two sides of one bridge. `Talk` weighs the words of a statement by the concepts in whose talk they turn up, rarer words
more. `Vocabulary` weighs the words of something on offer as BM25 does (Robertson and Zaragoza, 2009), but not against
whatever else happens to be here: what is usual, and how much is all that can be asked, is told by the offers made up
for the concepts. So a thing is found to serve the same wherever it stands, and whatever stands beside it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

from alongside.methods.phrases import Floats, stems_of
from alongside.methods.scoring import ENOUGH, K1, B

TOLD = 2  # what a word counts that is named as turning up in such talk, against one in a saying
SATURATED = 1.5  # sayings with a word at which it counts half of what it can
RARER = 1.5  # the power of how rare a word is
TITLE = 3  # how often a word in a title counts
USUAL_STEMS, USUAL_MADE_UP = 60, 24  # the length of a usual text, and of an offer made up, in stems
LEAST_ASKED = 0.15  # of what is asked of a usual concept is asked of every one


class Talk:
    """For each concept the words that turn up when people talk of it."""

    def __init__(self, sayings: Sequence[Sequence[str]], words: Sequence[Sequence[str]]) -> None:
        """`sayings` and `words` of each concept, in the same order."""
        self._number = len(sayings)
        counts = [Counter(stem for text in those for stem in set(stems_of(text))) for those in sayings]
        for count, those in zip(counts, words, strict=True):
            count.update({stem: TOLD * n for stem, n in Counter(_stems_of_each(those)).items()})
        worth = [{stem: number / (number + SATURATED) for stem, number in count.items()} for count in counts]
        self._having = _weighed(worth, _rare_in_talk(counts))

    def of(self, stems: frozenset[str]) -> Floats:
        """How much a statement with these stems speaks as people do of each concept; 0 where it does not."""
        found = np.zeros(self._number, dtype=np.float32)
        for stem in sorted(stems & self._having.keys()):
            concepts, weights = self._having[stem]
            found[concepts] += weights
        return np.asarray(found / max(1, len(stems)) ** 0.5, dtype=np.float32)


class Vocabulary:
    """For each concept the words of its signs and of the offers made up for it."""

    def __init__(self, shown: Sequence[Sequence[str]], offered: Sequence[Sequence[str]]) -> None:
        """Signs (with the name) and made-up offers of each concept, in the same order."""
        self._number = len(shown)
        bags = [
            {stem: min(n, ENOUGH) for stem, n in Counter(_stems_of_each([*signs, *offers])).items()}
            for signs, offers in zip(shown, offered, strict=True)
        ]
        made_up = [[_counted(*_parted(text)) for text in those] for those in offered]
        self._having = _weighed(bags, _rare_on_offer([counts for those in made_up for counts in those], bags))
        best = np.array([self._best_of(n, those) for n, those in enumerate(made_up)] or [0.0], dtype=np.float32)
        self._all = np.maximum(best, max(LEAST_ASKED * float(best.mean()), 1e-9))

    def of(self, title: str, words: str) -> Floats:
        """From 0 to 1 for each concept: how much the words speak of it, against the best of the offers made up."""
        if not self._number:
            return np.zeros(0, dtype=np.float32)
        return np.asarray(np.minimum(1, self._speaks(_counted(title, words), USUAL_STEMS) / self._all))

    def _best_of(self, n: int, made_up: Sequence[Mapping[str, int]]) -> float:
        """The most that one of a concept's own offers speaks of it."""
        return max((float(self._speaks(counts, USUAL_MADE_UP)[n]) for counts in made_up), default=0.0)

    def _speaks(self, counts: Mapping[str, int], usual: int) -> Floats:
        length = B * sum(counts.values()) / usual
        found = np.zeros(self._number, dtype=np.float32)
        for stem, number in counts.items():
            if stem in self._having:
                concepts, weights = self._having[stem]
                found[concepts] += weights * (number * (K1 + 1) / (number + K1 * (1 - B + length)))
        return found


_Having = dict[str, tuple[NDArray[np.int64], Floats]]


def _weighed(bags: Sequence[Mapping[str, float]], rare: Mapping[str, float]) -> _Having:
    """By stem, the concepts that have it and how much it speaks for each."""
    having: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for n, bag in enumerate(bags):
        for stem, worth in bag.items():
            having[stem].append((n, worth * rare[stem]))
    return {
        stem: (np.array([n for n, _weight in rows]), np.array([weight for _n, weight in rows], dtype=np.float32))
        for stem, rows in having.items()
    }


def _rare_in_talk(counts: Sequence[Mapping[str, int]]) -> dict[str, float]:
    whole: Counter[str] = Counter()
    for count in counts:
        whole.update(count)
    return {stem: log(1 + len(counts) / number) ** RARER for stem, number in whole.items()}


def _rare_on_offer(made_up: Sequence[Mapping[str, int]], bags: Sequence[Mapping[str, int]]) -> dict[str, float]:
    """BM25's weight of a word by how many of the made-up offers it stands in."""
    standing = Counter(stem for counts in made_up for stem in counts)
    number = len(made_up)
    return {stem: log(1 + (number - standing[stem] + 0.5) / (standing[stem] + 0.5)) for bag in bags for stem in bag}


def _stems_of_each(texts: Sequence[str]) -> list[str]:
    """The stems of several texts, each once for every text that has it."""
    return [stem for text in texts for stem in set(stems_of(text))]


def _parted(offer: str) -> tuple[str, str]:
    """The title and the text of an offer made up."""
    title, _stop, text = offer.partition(". ")
    return title, text


def _counted(title: str, words: str) -> Counter[str]:
    """How often each stem stands there, in a title more than once."""
    found = Counter(stems_of(words))
    for stem in stems_of(title):
        found[stem] += TITLE
    return found
