"""Search scoring: puts the candidates that a database proposes in the same order on every database.

SQLite and PostgreSQL each find up to a few hundred candidates by words in their own way; this one scorer
weighs them alike: the words (BM25 over the candidates, a title counting most), the whole phrase, and the
distance. Equal scores go by id. Each hit says in codes why it is there. Source of the weighting: Robertson
and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009), with its usual k1 and b.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import NamedTuple

from alongside.methods.distance import Point, km_between

K1, B = 1.2, 0.75
TITLE, HOLDER = 4.0, 2.0  # how much a word in the title, or the holder's name, counts against one in the text
PHRASE = 0.5  # added where the whole query stands in the title
NEARNESS = 0.35  # added at no distance at all, halved with every HALF_KM
HALF_KM = 2.0
LETTERS_A_WORD = 6
ENOUGH = 4  # a word said more often than this in one text adds nothing

_LITTLE = (
    "a about all also am an and any anyone are as at be been but by can could do does for from get had "
    "has have he help her here him his how i i'd i'm if in into is it its just like look looking love "
    "me more my near nearby need of on or our out people please she so some somebody someone something "
    "somewhere that the their them there they this to up us want wants was we what when where which who "
    "will with would you your"
)
STOP_WORDS = frozenset(_LITTLE.split())
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_ENDINGS = ("ings", "ing", "ers", "ies", "ied", "ed", "es", "er", "s", "y", "e")
_TAIL = re.compile(r"(?:e|y|s|es|ies|ied|ed|er|ers|ing|ings|['’]s)?(?![^\W_])")


class Candidate(NamedTuple):
    """What the scorer needs of one record: its words and its shown place (never the exact one)."""

    id: int
    title: str
    words: str
    holder: str = ""
    lat: float | None = None
    lng: float | None = None


class Why(NamedTuple):
    """One reason for a hit: `title`, `holder` or `words` with the word, `phrase`, `near` with kilometres."""

    code: str
    value: str | float


class Hit(NamedTuple):
    """A candidate's id, its score (higher is better, 1 for the best words nearby) and why it is there."""

    id: int
    score: float
    why: tuple[Why, ...]


@dataclass(frozen=True)
class _Term:
    """One word of the query: as asked, the stem looked for, and endings that may follow it."""

    word: str
    stem: str
    tail: re.Pattern[str]


def rank(query: str, candidates: Sequence[Candidate], near: Point | None = None, top: int = 20) -> list[Hit]:
    """The `top` best candidates for `query`, best first, ties by id.

    A query with words keeps only candidates that have at least one of them; a query without (empty, or only
    words like "the" and "help") keeps all, nearest first. The same candidates give the same answer in
    whatever order they come. Distances need both `near` and the candidate's place.
    """
    terms = terms_of(query)
    words = _words(terms, candidates) if terms else [(0.0, ())] * len(candidates)
    best = max((score for score, _ in words), default=0.0) or 1.0
    phrase = " ".join(query.lower().split())
    hits = []
    for candidate, (score, why) in zip(candidates, words, strict=True):
        if terms and not score:
            continue
        total = score / best
        if len(terms) > 1 and phrase in candidate.title.lower():
            total, why = total + PHRASE, (Why("phrase", phrase), *why)
        if near is not None and candidate.lat is not None and candidate.lng is not None:
            far = km_between(near, Point(candidate.lat, candidate.lng))
            total, why = total + NEARNESS * 0.5 ** (far / HALF_KM), (*why, Why("near", round(far, 1)))
        hits.append(Hit(candidate.id, round(total, 6), why))
    return sorted(hits, key=lambda hit: (-hit.score, hit.id))[:top]


def terms_of(query: str) -> list[_Term]:
    """The words of a query that carry meaning, each once, in order."""
    found = {word: None for word in _WORD.findall(query.lower()) if word not in STOP_WORDS}
    return [_Term(word, stem, _tail(stem)) for word in found for stem in [stem_of(word)]]


def stem_of(word: str) -> str:
    """A light English stem: without endings such as -s, -ing and -ed, but never under three letters."""
    for mark in ("'s", "’s"):
        word = word.removesuffix(mark)
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= 3 and any(letter in "aeiouy" for letter in stem):
            doubled = len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "lsz"
            return stem[:-1] if doubled and ending in ("ing", "ings", "ed", "er", "ers") else stem
    return word


def _tail(stem: str) -> re.Pattern[str]:
    """Endings that may follow a stem, its last letter doubled or not (swim, swimming)."""
    return re.compile(f"(?:{re.escape(stem[-1])})?{_TAIL.pattern}")


def _words(terms: Sequence[_Term], candidates: Sequence[Candidate]) -> list[tuple[float, tuple[Why, ...]]]:
    """BM25 of every candidate over the query's terms, with the best place where each term stands."""
    texts = [(c.title.lower(), c.holder.lower(), c.words.lower()) for c in candidates]
    lengths = [sum(map(len, text)) / LETTERS_A_WORD + 1 for text in texts]
    average = sum(lengths) / len(lengths) if lengths else 1.0
    scores = [0.0] * len(texts)
    why: list[tuple[Why, ...]] = [()] * len(texts)
    for term in terms:
        weights = [_weight(term, text) for text in texts]
        having = sum(weight > 0 for weight, _ in weights)
        rare = log(1 + (len(texts) - having + 0.5) / (having + 0.5))
        for n, (weight, place) in enumerate(weights):
            if weight:
                full = K1 * (1 - B + B * lengths[n] / average)
                scores[n] += rare * weight * (K1 + 1) / (weight + full)
                why[n] = (*why[n], Why(place, term.word))
    return list(zip(scores, why, strict=True))


def _weight(term: _Term, text: tuple[str, str, str]) -> tuple[float, str]:
    """How often a term stands in title, holder and words, weighted, and the first of them it stands in."""
    title, holder, words = (_times(term, part) if term.stem in part else 0 for part in text)
    place = "title" if title else "holder" if holder else "words"
    return TITLE * title + HOLDER * holder + words, place


def _times(term: _Term, text: str) -> int:
    """How often a term stands in a text as a word of its own, up to enough."""
    times, at = 0, text.find(term.stem)
    while at >= 0 and times < ENOUGH:
        end = at + len(term.stem)
        times += (at == 0 or not text[at - 1].isalnum()) and term.tail.match(text, end) is not None
        at = text.find(term.stem, end)
    return times
