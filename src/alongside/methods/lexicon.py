"""What people mean by what they say: from somebody's own words to what matters, and from an offer to what it serves.

A concept is one thing that may matter, with the ways people put it and the signs by which something on offer
shows that it serves it. People seldom use the words a directory uses ("the house is so quiet since he died"), so
words and meaning (vectors of the sayings and signs, given by the caller) are weighed together, against how
like this statement is to all the other concepts: what is near to everything means nothing. The weights are
those under which the sayings themselves find their own concept best when each is left out in turn
(docs/reference/the-lexicon.md). Part of the book served: what matters to people comes first, not what services
call themselves (Field and Miller, chapters 1 and 7).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extractOne

from alongside.methods.lexicon_meaning import USUAL, Meaning
from alongside.methods.lexicon_words import Talk, Vocabulary
from alongside.methods.phrases import Floats, Phrases, stems_of

MOST = 6  # concepts that one statement may mean,
MOST_NEAR = 8  # and concepts near to those that may help too, which weigh
BESIDE = 0.3  # so much of the one they are near to
CHOSEN_TOO = 0.7  # what else somebody says it is about, beside what they say first,
UNCHOSEN = 0.5  # and how much of what they did not choose stays
LEAST = 0.1  # a concept weighing less than this share of the best is not meant
MIDDLE, STEEP = 2.5, 0.75  # standard deviations above all concepts at which one weighs a half, and how fast it grows
UNKNOWN = 2  # the power of the share of a statement's words, the rarer the more, that the lexicon knows at all
LONG, LIKE = 6, 88.0  # from so many letters on, a word that is this like a known one (of 100) is taken for it
BEHIND = 0.4  # how fast a concept loses weight by standard deviations behind the best
# How much else counts beside likeness in meaning (lexicon_meaning): words shared with the signs, concepts near by,
# and how much of it is said as people say who talk of the concept, both in standard deviations.
WORDS_SHOWN, NEAR, TALK = 0.6, 0.25, 0.3
SEARCH = 4  # so few words, little ones too, are a search, and nobody's way of talking
FEW, USUAL_SCORE, USUAL_SPREAD = 60, 0.37, 0.14  # of fewer concepts the middle is not told by themselves,
USUAL_TALK, SPREAD_TALK = 0.2, 0.4  # nor that of their talk
# Without meaning (another language, no model), shared words alone: from how much on, and how fast it grows.
SOME_WORDS, STEEP_WORDS = 0.45, 0.12
# An offer: how sure a sign of one word, or of several, in its title or its text makes it; this and its likeness in
# meaning, in standard deviations above all concepts, add up.
SIGN_TITLE, SIGN_WORDS = (0.8, 0.9), (0.3, 0.6)
SIGNS, MIDDLE_OFFER, STEEP_OFFER = 5.0, 4.0, 1.2
USUAL_OFFER, SPREAD_OFFER = 0.40, 0.15
GUESSED, SPOKEN = 0.65, 0.90  # what this is worth at most, and what it is worth that all loose words speak of it
LEAST_GUESS, LEAST_OFFER = 0.12, 0.20
MOST_OFFER = 32  # concepts that one offer may serve
READ = 6_000  # letters of an offer's text in which signs are looked for

_NAME = re.compile(r"(?<=[^.!?\s] )[A-Z][^\W\d_]+")


@dataclass(frozen=True)
class Concept:
    """One thing that may matter. `says` are people's own words, `words` others that turn up when they talk of it,
    `signs` what an offer that serves it says, and `offers` whole offers of that kind, made up as a directory may put
    them."""

    key: str
    domain: str = ""
    label: str = ""
    label_cy: str = ""
    ways: tuple[str, ...] = ()
    help: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    says_cy: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    signs_cy: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    urgent: bool = False


class Meant(NamedTuple):
    """One concept that a statement means: its weight from 0 to 1, and the saying or sign that showed it."""

    key: str
    weight: float
    because: str
    urgent: bool = False
    near: bool = False  # not meant itself, but near to what is


class Served(NamedTuple):
    """One concept that an offer serves: its weight from 0 to 1, and how that is known: words, meaning or ticked."""

    key: str
    weight: float
    how: str


def texts(concepts: Sequence[Concept]) -> list[str]:
    """What the caller makes vectors of, in this order: every label and English saying, then every English sign, then
    every offer made up. `Lexicon` takes the vectors in the same order."""
    return [text for part in (_said, _shown, _offered) for concept in concepts for text in part(concept)]


def _said(concept: Concept) -> tuple[str, ...]:
    return (concept.label or concept.key, *concept.says)


def _shown(concept: Concept) -> tuple[str, ...]:
    return concept.signs or (concept.label or concept.key,)


def _offered(concept: Concept) -> tuple[str, ...]:
    return concept.offers or (", ".join(_shown(concept)),)


class Lexicon:
    """All concepts, ready to be asked. Without `vectors` it goes by words alone."""

    def __init__(self, concepts: Sequence[Concept], vectors: Floats | None = None) -> None:
        """`vectors` are unit rows for `texts(concepts)`. Raises ValueError where a key comes twice or rows miss."""
        self.concepts = tuple(concepts)
        self.by_key = {concept.key: concept for concept in concepts}
        self._number = {concept.key: n for n, concept in enumerate(concepts)}
        if len(self.by_key) != len(self.concepts):
            raise ValueError("every concept has a key of its own")
        if vectors is not None and len(vectors) != len(texts(concepts)):
            raise ValueError("one vector for each text")
        self._meaning = None
        if vectors is not None and concepts:
            said, shown, offered = ([part(one) for one in concepts] for part in (_said, _shown, _offered))
            self._meaning = Meaning(said, shown, offered, vectors)
            self._talk = Talk(said, [one.words for one in concepts])
            self._vocabulary = Vocabulary([(*one.signs, one.label) for one in concepts], offered)
        self._says = Phrases([(*_said(one), *one.says_cy, one.label_cy) for one in concepts])
        self._signs = Phrases([(*one.signs, *one.signs_cy) for one in concepts])
        self._known_stems = sorted(self._says.stems | self._signs.stems)
        self._near = _beside(concepts)
        self._beside = {one.key: np.flatnonzero(self._near[n]) for n, one in enumerate(concepts)}

    def of_statement(self, text: str, vector: Floats | None = None, lang: str = "") -> list[Meant]:
        """What a statement means, best first, at most six concepts and eight near to them, weights from 0 to 1;
        nothing where nothing is meant.

        `vector` is the unit vector of `text`. Meaning is English only: for another `lang` words alone decide.
        """
        stems = frozenset(stems_of(text))
        if not self.concepts or not text.strip():
            return []
        if vector is not None and self._meaning is not None and lang in ("", "en"):
            weights = self._by_meaning(vector, stems, len(text.split()) > SEARCH) * self._known(text) ** UNKNOWN
        else:
            vector, weights = None, _grown((self._says.best(stems) - SOME_WORDS) / STEEP_WORDS)
            weights = weights * (weights > LEAST)
        least = LEAST * float(weights.max())
        order = [int(n) for n in np.argsort(-weights, kind="stable")[:MOST] if weights[n] > least]
        meant = [self._meant(n, float(weights[n]), vector, stems) for n in order]
        return [*meant, *self._besides(meant)]

    def chosen(self, keys: Sequence[str], meant: Sequence[Meant]) -> list[Meant]:
        """What a statement means once somebody has said what it is about: the first of `keys` in full and the others
        nearly so, then what is near to them, then what else was understood (`meant`), at half, but for what is
        urgent, which stays as it was. Keys that are no concept's are left out; without any, `meant` stands."""
        there = [key for key in dict.fromkeys(keys) if key in self.by_key]
        said = [
            Meant(key, CHOSEN_TOO if n else 1.0, self.by_key[key].label, self.by_key[key].urgent)
            for n, key in enumerate(there)
        ]
        said += self._besides(said)
        named = {one.key for one in said}
        rest = [
            one if one.urgent else one._replace(weight=round(UNCHOSEN * one.weight, 4))
            for one in meant
            if one.key not in named
        ]
        return [*said, *rest] if there else list(meant)

    def offers(self, key: str) -> Floats | None:
        """The vectors of offers that would serve this concept just so; None without vectors, or such a concept."""
        known = self._meaning is not None and key in self._number
        return self._meaning.offers(self._number[key]) if self._meaning is not None and known else None

    def _known(self, text: str) -> float:
        """The share of the words that the lexicon knows, by rarity: of what nobody here speaks of, nothing is sure.
        Names within a sentence do not count."""
        names = {stem for word in _NAME.findall(text) for stem in stems_of(word)}
        stems = set(stems_of(text))
        known = {stem for stem in stems if self._knows(stem)}
        rare = {stem: max(self._says.rare(stem) if stem in known else self._says.most, 0.0) for stem in stems}
        whole = sum(rare[stem] for stem in stems if stem in known or stem not in names)
        return sum(rare[stem] for stem in known) / whole if whole else 1.0

    def _knows(self, stem: str) -> bool:
        if self._says.has(stem) or self._signs.has(stem):
            return True
        return len(stem) >= LONG and extractOne(stem, self._known_stems, scorer=ratio, score_cutoff=LIKE) is not None

    def _besides(self, meant: Sequence[Meant]) -> list[Meant]:
        """Concepts near to those meant, by the strongest of these, each once."""
        found: dict[str, Meant] = {}
        there = {one.key for one in meant}
        for one in meant:
            for n in self._beside[one.key]:
                key = self.concepts[n].key
                if key not in there:
                    found.setdefault(key, Meant(key, round(BESIDE * one.weight, 4), one.because, near=True))
        return sorted(found.values(), key=lambda one: (-one.weight, one.key))[:MOST_NEAR]

    def of_offer(
        self, title: str, words: str, vector: Floats | None = None, ticked: Iterable[str] = ()
    ) -> list[Served]:
        """What something on offer serves, best first, weights from 0 to 1. What its holder ticked weighs 1."""
        vectors = None if vector is None else np.asarray(vector)[None]
        (found,) = self.of_offers([(title, words)], vectors)
        chosen = [Served(key, 1.0, "ticked") for key in dict.fromkeys(ticked) if key in self.by_key]
        named = {one.key for one in chosen}
        return [*chosen, *(one for one in found if one.key not in named)]

    def of_offers(self, offers: Sequence[tuple[str, str]], vectors: Floats | None = None) -> list[list[Served]]:
        """The same for many (title, words) at once, with a row of `vectors` for each; the quick way."""
        if vectors is None or self._meaning is None or not offers:
            return [self._by_signs(self._signs_in(*offer)) for offer in offers]
        above = _standing_out(self._meaning.of_offers(vectors), USUAL_OFFER, SPREAD_OFFER)
        return [
            self._served(self._signs_in(title, words), above[n], self._vocabulary.of(title, words[:READ]))
            for n, (title, words) in enumerate(offers)
        ]

    def _by_meaning(self, vector: Floats, stems: frozenset[str], talking: bool) -> Floats:
        assert self._meaning is not None
        scores = self._meaning.of_statement(vector) + WORDS_SHOWN * self._signs.shared(stems)
        scores = scores + NEAR * (self._near @ scores)
        above = _standing_out(scores[None], USUAL_SCORE, USUAL_SPREAD)[0]
        if talking:
            above = above + TALK * _standing_out(self._talk.of(stems)[None], USUAL_TALK, SPREAD_TALK)[0]
        return np.asarray(_grown((above - MIDDLE) / STEEP) * np.exp(BEHIND * (above - above.max())), dtype=np.float32)

    def _meant(self, n: int, weight: float, vector: Floats | None, stems: frozenset[str]) -> Meant:
        concept = self.concepts[n]
        because = self._says.nearest(n, stems)
        if vector is not None and self._meaning is not None:
            because = because if because[1] > USUAL else self._meaning.nearest(n, vector)
        return Meant(concept.key, round(weight, 4), because[0], concept.urgent)

    def _signs_in(self, title: str, words: str) -> dict[int, float]:
        """By concept, how sure the signs make it that stand in the title and the text."""
        doubt: dict[int, float] = {}
        for text, sure in ((title, SIGN_TITLE), (words[:READ], SIGN_WORDS)):
            for n, length in self._signs.standing_in(stems_of(text)):
                doubt[n] = doubt.get(n, 1.0) * (1 - sure[length > 1])
        return {n: 1 - left for n, left in doubt.items()}

    def _by_signs(self, signs: dict[int, float]) -> list[Served]:
        """Signs alone are as sure as they say."""
        return self._first({n: (sure, "words") for n, sure in signs.items()})

    def _served(self, signs: dict[int, float], above: Floats, spoken: Floats) -> list[Served]:
        """Signs and meaning together decide, and the more so the more of the words speak of it."""
        sum_ = above.copy()
        for n, sure in signs.items():
            sum_[n] += SIGNS * sure
        guessed = _grown((sum_ - MIDDLE_OFFER) / STEEP_OFFER)
        weights = 1 - (1 - GUESSED * guessed * (guessed >= LEAST_GUESS)) * (1 - SPOKEN * spoken)
        return self._first(
            {
                int(n): (float(weights[n]), "words" if SIGNS * signs.get(int(n), 0.0) >= above[n] else "meaning")
                for n in np.flatnonzero(weights >= LEAST_OFFER)
            }
        )

    def _first(self, weights: dict[int, tuple[float, str]]) -> list[Served]:
        rows = [Served(self.concepts[n].key, round(weight, 4), how) for n, (weight, how) in weights.items()]
        return sorted(rows, key=lambda one: (-one.weight, one.key))[:MOST_OFFER]


def _beside(concepts: Sequence[Concept]) -> Floats:
    """A row for each concept: an even share of each concept that it names as near, or that names it."""
    number = {concept.key: n for n, concept in enumerate(concepts)}
    near = np.zeros((len(concepts), len(concepts)), dtype=np.float32)
    for n, concept in enumerate(concepts):
        for key in concept.near:
            if key in number and key != concept.key:
                near[n, number[key]] = near[number[key], n] = 1
    return np.asarray(near / np.maximum(near.sum(axis=1, keepdims=True), 1), dtype=np.float32)


def _standing_out(scores: Floats, usual: float, spread: float) -> Floats:
    """How many standard deviations each score of a row stands above the row's mean; of few, above what is usual."""
    if scores.shape[1] < FEW:
        return np.asarray((scores - usual) / spread, dtype=np.float32)
    own = np.maximum(scores.std(axis=1, keepdims=True), 1e-6)
    return np.asarray((scores - scores.mean(axis=1, keepdims=True)) / own, dtype=np.float32)


def _grown(steps: Floats) -> Floats:
    """From 0 to 1, a half at 0 (the logistic curve)."""
    return np.asarray(1 / (1 + np.exp(-np.clip(steps, -30, 30))), dtype=np.float32)
