"""Search scoring: puts the candidates that a database proposes in the same order on every database.

SQLite and PostgreSQL each propose candidates by words in their own way, and others come by meaning and by
concept; this one scorer weighs them alike. Each kind of evidence is a number from 0 to 1 that does not
depend on the other candidates but for how rare a word is among them, so that scores of different questions
can be compared and "nothing fits" can be said. Evidence adds up as chances do: what is likely for one
reason stays likely when another is missing. Equal scores go by id. Each hit says in codes why it is there.
Sources: Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009), for the weighting of
words, with its usual k1 and b; Porter's English stemmer of the Snowball project, so that "carers" is "carer".
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from math import log
from typing import NamedTuple

import snowballstemmer

from alongside.methods.distance import Point, km_between

# --- What may be tuned (on the half of bench/whatmatters that is for tuning, never on the other) ---
WORDS = 0.90  # how much a question whose every word stands in a title is worth by that alone
SHORT = 3  # questions of up to so many words are a search by words; longer ones are somebody talking,
LONG_WORDS = 0.45  # and their words count for less, down to this share
MEANING = 0.50  # how much a text that means the very same is worth by that alone
UNLIKE, ALIKE = 0.20, 0.65  # the cosines at which meaning begins to count, and counts in full
CONCEPT = 0.85  # how much something that certainly serves what was certainly meant is worth by that alone
SHOWS = 0.40  # how much something that is just like an offer made up for what was certainly meant is worth by that,
LIKE_SOME, LIKE_ONE = 0.30, 0.70  # and the cosines at which this begins to count, and counts in full
PHRASE, IN_TEXT = 0.60, 0.40  # how much the whole question in a title, or in a text, is worth besides
FITS = 0.45  # what is worth this much, before distance, fits
ALMOST = 0.25  # and what is worth this much may be shown as "not quite"
TITLE, HOLDER = 4.0, 2.0  # how much a word in the title, or the holder's name, counts against one in the text
OTHER_SPELLING = 0.85  # how much a word counts that was looked for under another spelling
NEARNESS = 0.30  # how much of the score distance can take away,
HALF_KM = 2.0  # half of it at so many kilometres
UNPLACED = 0.5  # the nearness of what has no place of its own
WHY_LIKE = 0.25  # meaning is given as a reason from this much on
# --- What comes from the source, or from the language ---
K1, B = 1.2, 0.75
USUAL_WORDS = 60  # the length of a usual text, in words
LETTERS_A_WORD = 6
ENOUGH = 4  # a word said more often than this in one text adds nothing

_LITTLE = """
    a about after again all almost already also always am an and another any anybody anyone anything are aren't as at
    be because been before being but by can can't cannot could couldn't did didn't do does doesn't doing don't done each
    else even ever every everybody everyone everything few for from get gets getting go goes going gone got had hardly
    has hasn't have haven't having he he's help her here hers him his how i i'd i'll i'm i've if in instead into is
    isn't it it'd it'll it's its just keep keeps kept like lot lots look looking love made make makes many may maybe me
    might mine more most much must my near nearby need never next no nobody none nor not nothing now of off often
    on once one ones only onto or other others our ours out over own perhaps please put quite rather really same
    seem seems she she's should since so some somebody someone something sometimes somewhere soon still such than that
    that's the their theirs them then there there's these they they're thing things this those though through till to
    too until up upon us very want wanted wants was wasn't we we're we've well went were weren't what what's when where
    whether which while who who's whose why will with without won't would wouldn't yet you you're your yours
"""
STOP_WORDS = frozenset(_LITTLE.split())
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_STEMMER = snowballstemmer.stemmer("english")


class Candidate(NamedTuple):
    """What the scorer needs of one record: its words, its shown place (never the exact one), the cosine of its
    text with the question where it is known, the concepts it serves with their weights from 0 to 1, and by concept
    the cosine of its text with the likest offer that would serve it."""

    id: int
    title: str
    words: str
    holder: str = ""
    lat: float | None = None
    lng: float | None = None
    like: float | None = None
    serves: tuple[tuple[str, float], ...] = ()
    shows: tuple[tuple[str, float], ...] = ()


class Why(NamedTuple):
    """One reason for a hit: `title`, `holder` or `words` with the word, `phrase`, `means` with the key of the
    concept, `like` with the cosine, `near` with kilometres."""

    code: str
    value: str | float


class Hit(NamedTuple):
    """A candidate's id, its score from 0 to 1 (comparable between questions), why it is there, and what it is
    worth before distance, from which `fits` is told."""

    id: int
    score: float
    why: tuple[Why, ...]
    worth: float = 0.0

    @property
    def fits(self) -> bool:
        return self.worth >= FITS

    @property
    def almost(self) -> bool:
        return ALMOST <= self.worth < FITS


class _Term(NamedTuple):
    """One word of the query: as asked, and the stem looked for."""

    word: str
    stem: str


def fits(hits: Sequence[Hit]) -> bool:
    """Whether anything found is worth showing as an answer; where not, saying so is the answer."""
    return any(hit.fits for hit in hits)


def rank(
    query: str,
    candidates: Sequence[Candidate],
    near: Point | None = None,
    top: int = 20,
    *,
    meant: Sequence[tuple[str, float]] = (),
    spelled: Mapping[str, Sequence[str]] | None = None,
) -> list[Hit]:
    """The `top` best candidates for `query`, best first, ties by id.

    `meant` are the concepts that the question means, with weights from 0 to 1; `spelled` gives other spellings
    for words of the query. A question keeps only candidates for which something speaks; an empty one (or only
    words like "the" and "help", with nothing known of their meaning) keeps all, nearest first. The same
    candidates give the same answer in whatever order they come. Distances need both `near` and the
    candidate's place.
    """
    terms = terms_of(query)
    asked = bool(terms or meant or any(one.like is not None for one in candidates))
    words = _words(terms, candidates, spelled or {}) if terms else [(0.0, ())] * len(candidates)
    phrase = " ".join(query.lower().split()) if len(terms) > 1 else ""
    hits = []
    for candidate, (share, why) in zip(candidates, words, strict=True):
        worth, why = _worth(candidate, share * _strength(len(terms)), why, phrase, dict(meant))
        if asked and not worth:
            continue
        nearness, far = _nearness(candidate, near)
        why = why if far is None else (*why, Why("near", round(far, 1)))
        score = worth * (1 - NEARNESS * (1 - nearness)) if asked else 0.0 if far is None else nearness
        hits.append(Hit(candidate.id, round(score, 6), why, round(worth, 6)))
    return sorted(hits, key=lambda hit: (-hit.score, hit.id))[:top]


def _strength(length: int) -> float:
    """What words are worth in a question of so many: all in a search, less where somebody talks."""
    return WORDS * max(LONG_WORDS, min(1.0, SHORT / length)) if length else 0.0


def _worth(
    candidate: Candidate, words: float, why: tuple[Why, ...], phrase: str, meant: Mapping[str, float]
) -> tuple[float, tuple[Why, ...]]:
    """All the evidence for one candidate put together, and the reasons in the order they are told."""
    doubt = 1 - words
    if phrase and (code := _standing_whole(phrase, candidate)):
        doubt *= 1 - (PHRASE if code == "phrase" else IN_TEXT)
        why = (Why(code, phrase), *why)
    served = [(meant[key] * weight, key) for key, weight in candidate.serves if key in meant]
    shown = [(meant[key] * _share(like, LIKE_SOME, LIKE_ONE), key) for key, like in candidate.shows if key in meant]
    if best := min([one for one in served or shown if one[0]], key=lambda one: (-one[0], one[1]), default=None):
        doubt *= (1 - CONCEPT * _any(served)) * (1 - SHOWS * _any(shown))
        why = (*why, Why("means", best[1]))
    alike = 0.0 if candidate.like is None else _share(candidate.like, UNLIKE, ALIKE)
    if alike >= WHY_LIKE:
        why = (*why, Why("like", round(candidate.like or 0.0, 3)))
    return 1 - doubt * (1 - MEANING * alike), why


def _standing_whole(phrase: str, candidate: Candidate) -> str:
    """The reason why, where the whole question stands word after word in the title or the text; else nothing."""
    places = (("phrase", candidate.title.lower()), ("words", candidate.words.lower()))
    whole = rf"(?<![^\W_]){re.escape(phrase)}(?![^\W_])"
    return next((code for code, text in places if phrase in text and re.search(whole, text)), "")


def _share(cosine: float, none: float, full: float) -> float:
    """From 0 to 1, how far a cosine has come from where it begins to count to where it counts in full."""
    return min(1.0, max(0.0, (cosine - none) / (full - none)))


def _any(chances: Sequence[tuple[float, str]]) -> float:
    """The chance that any of several holds; the same in whatever order they come."""
    missed = 1.0
    for weight, _key in sorted(chances):
        missed *= 1 - weight
    return 1 - missed


def _nearness(candidate: Candidate, near: Point | None) -> tuple[float, float | None]:
    """From 1 here to 0 far away, and the kilometres where they are known. Without `near` all stand here."""
    if near is None:
        return 1.0, None
    if candidate.lat is None or candidate.lng is None:
        return UNPLACED, None
    far = km_between(near, Point(candidate.lat, candidate.lng))
    return float(0.5 ** (far / HALF_KM)), far


def terms_of(query: str) -> list[_Term]:
    """The words of a query that carry meaning, each once, in order."""
    found = {word: None for word in _WORD.findall(query.lower()) if word.replace("’", "'") not in STOP_WORDS}
    return [_Term(word, stem_of(word)) for word in found]


@lru_cache(maxsize=50_000)
def stem_of(word: str) -> str:
    """The English stem of a word in small letters."""
    return str(_STEMMER.stemWord(word.replace("’", "'")))


def _words(
    terms: Sequence[_Term], candidates: Sequence[Candidate], spelled: Mapping[str, Sequence[str]]
) -> list[tuple[float, tuple[Why, ...]]]:
    """The share of the question's words that each candidate holds, from 0 to 1: rarer words weigh more, a title
    more than a text (BM25 with a fixed usual length), with the best place where each word stands."""
    others = {term: [_Term(word, stem_of(word)) for word in spelled.get(term.word, ())] for term in terms}
    standing = _standing([*terms, *(other for those in others.values() for other in those)])
    texts = [(c.title, c.holder, c.words) for c in candidates]
    found = [tuple(standing(text.lower()) for text in parts) for parts in texts]
    full = [K1 * (1 - B + B * (sum(map(len, parts)) / LETTERS_A_WORD + 1) / USUAL_WORDS) for parts in texts]
    scores = [0.0] * len(texts)
    why: list[tuple[Why, ...]] = [()] * len(texts)
    whole = 0.0
    for term in terms:
        weights = [_weight(term, others[term], counts) for counts in found]
        rare = log(1 + (len(texts) + 1) / (sum(weight > 0 for weight, _why in weights) + 1))
        whole += rare
        for n, (weight, reason) in enumerate(weights):
            if weight:
                scores[n] += rare * weight / (weight + full[n])
                why[n] = (*why[n], reason)
    return [(score / whole, reasons) for score, reasons in zip(scores, why, strict=True)]


_Counts = tuple[Counter[str], ...]


def _standing(terms: Iterable[_Term]) -> Callable[[str], Counter[str]]:
    """What counts in a text how often each stem stands in it. Words that begin alike are found first, in one pass,
    and only those are stemmed."""
    stems = {term.stem for term in terms}
    beginnings = {term.stem[:-1] or term.stem for term in terms} | {term.word for term in terms}
    begins = "|".join(re.escape(one) for one in sorted(beginnings, key=lambda one: (-len(one), one)))
    alike = re.compile(rf"(?<![^\W_])(?:{begins})[^\W_]*(?:['’][^\W_]+)?")

    def count(text: str) -> Counter[str]:
        return Counter(stem for word in alike.findall(text) for stem in [stem_of(word)] if stem in stems)

    return count


def _weight(term: _Term, others: Iterable[_Term], counts: _Counts) -> tuple[float, Why]:
    """How often a term, or another spelling of it where that is found better, stands in title, holder and words,
    weighted; and the first of them it stands in."""
    found = [
        (share * _weighted(one.stem, counts), one)
        for share, one in ((1.0, term), *((OTHER_SPELLING, o) for o in others))
    ]
    weight, best = max(found, key=lambda one: one[0])
    title, holder, _rest = (count[best.stem] for count in counts)
    return weight, Why("title" if title else "holder" if holder else "words", best.word)


def _weighted(stem: str, counts: _Counts) -> float:
    title, holder, words = (min(count[stem], ENOUGH) for count in counts)
    return TITLE * title + HOLDER * holder + words
