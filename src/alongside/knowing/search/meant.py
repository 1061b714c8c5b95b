"""What a question means: its vector, what matters in it, and how much each candidate is like it or serves it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alongside import frameworks
from alongside.ground.meaning.queries import Vectors, available, embed_one, likeness, nearest, text_of
from alongside.knowing.lexicon.queries import lexicon
from alongside.knowing.search import proposing
from alongside.knowing.search.proposing import Row, Wanted
from alongside.methods.lexicon import Lexicon, Meant
from alongside.methods.scoring import Candidate, Hit, terms_of

LOOKED_AT = 400  # nearest ones among which the candidates are chosen,
LOOKED_AT_OF_SOME = 3_000  # and where filters let few through
ON_THE_SPOT = 48  # texts that the file does not know, made into vectors for one question
LETTERS = 1_000  # of a question that are read
GRAVE = 0.15  # harm, fear or despair meant with this weight brings people who can help; better once too often
CLEARLY = 0.5  # of the weight of what is meant first: what weighs less is not told as what a question is about
LOOKED_FOR = 6  # concepts, best first, whose made-up offers are held beside what is here
OFFERED = 6  # so many concepts at most are offered to choose from, where it is asked what a question is about
NONE = "none"  # what somebody chooses who means none of them
FEW = 2  # of so few words (a search: "soup", "my husband") only what is meant first counts, or a word of alarm


class Meaning(NamedTuple):
    """What is known of a question beyond its words; empty where there is no model and nothing is meant."""

    vector: Vectors | None = None
    meant: tuple[Meant, ...] = ()
    labels: Mapping[str, str] = {}
    grave: tuple[str, ...] = ()  # meant or near to it: only what says itself that it is for this will do
    urgent: bool = False  # it speaks of harm, fear or despair, so that people who can help come first
    few: bool = False  # it has hardly any words
    offered: tuple[str, ...] = ()  # what it may be about, best first, for whoever asks to choose from
    chosen: tuple[str, ...] = ()  # what they chose of it, or NONE
    offers: tuple[tuple[str, Vectors], ...] = ()  # by concept, what would serve it just so, to hold beside what is here

    @property
    def concepts(self) -> tuple[str, ...]:
        return tuple(one.key for one in self.meant)

    @property
    def about(self) -> tuple[str, ...]:
        """What it is said to be about, best first: what was chosen, else only what is clearly meant. To be told of an
        illness that one has not spoken of is worse than to be told nothing; what is near to it is for ranking alone."""
        if self.chosen:
            return tuple(self.labels[key] for key in self.chosen if key in self.labels)
        meant = [one for one in self.meant if not one.near]
        clear = [one for one in meant if one.weight >= CLEARLY * meant[0].weight]
        return tuple(dict.fromkeys(self.labels[one.key] for one in clear[: 1 if self.few else None]))


def read(words: str) -> str:
    """A question as it is read: without stray space and signs, and not without end."""
    return " ".join(words.replace("\x00", " ").split())[:LETTERS]


def understood(words: str, lang: str = "", vector: Vectors | None = None, about: Sequence[str] = ()) -> Meaning:
    """What somebody may mean. `vector` spares making it, where many questions were read together; `about` are the
    concepts that they say it is about, or NONE of them. Harm, fear and despair are neither offered nor chosen, and
    nothing is offered where they are what is meant first."""
    text = read(words)
    if not text:
        return Meaning()
    if vector is None and available():
        vector = embed_one(text)
    known = lexicon()
    guessed = known.of_statement(text, vector, lang)
    few = len(terms_of(text)) <= FEW
    alarm = alarming(text)
    urgent = alarm or any(one.urgent and one.weight >= GRAVE for one in guessed[: 1 if few else None])
    plain = () if alarm or any(one.urgent for one in guessed[:1]) else guessed  # whoever is in danger is asked nothing
    offered = tuple(one.key for one in plain if not one.near and not one.urgent)[:OFFERED]
    chosen = tuple(key for key in dict.fromkeys(about) if key in known.by_key and not known.by_key[key].urgent)
    meant = tuple(known.chosen(chosen, guessed))
    if not chosen and NONE in about:
        chosen, meant = (NONE,), tuple(one for one in guessed[: 1 if few else None] if one.urgent)
    welsh = (get_language() or "").startswith("cy")
    concepts = [known.by_key[key] for key in dict.fromkeys([*(one.key for one in meant), *offered])]
    labels = {one.key: (welsh and one.label_cy) or one.label or one.key for one in concepts}
    labels |= {one.key: _("A very hard time") for one in concepts if one.urgent}  # nobody is told what they are
    grave = tuple(one.key for one in meant if known.by_key[one.key].urgent)
    offers = (
        () if few and not chosen else _offers(known, [one.key for one in meant[:LOOKED_FOR] if one.key not in grave])
    )
    return Meaning(vector, meant, labels, grave, urgent, few, offered, chosen, offers)


def _offers(known: Lexicon, keys: Sequence[str]) -> tuple[tuple[str, Vectors], ...]:
    """Vectors of offers that would serve just what is meant, by concept. Of a word or two nobody asks for them: words
    find what bears their name; nor of harm, fear and despair, where only what says so itself will do."""
    return tuple((key, those) for key in keys if (those := known.offers(key)) is not None)


def alarming(text: str) -> bool:
    """Whether a word or phrase of harm, fear or despair stands in a text, in either language (frameworks/alarms)."""
    return _alarms().search(text.replace("’", "'").lower()) is not None


@cache
def _alarms() -> re.Pattern[str]:
    data = frameworks.load("alarms")
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, (*data['en'], *data['cy'])))})(?!\w)")


def told(meaning: Meaning, hit: Hit) -> Hit:
    """The hit with the concept that it serves in everyday words of the page's language."""
    why = (
        one._replace(value=meaning.labels.get(str(one.value), one.value)) if one.code == "means" else one
        for one in hit.why
    )
    return hit._replace(why=tuple(why))


def proposed(wanted: Wanted, meaning: Meaning) -> list[Row]:
    """What may answer by words, by meaning or by what it serves, as wanted, among what everyone may see now."""
    near: list[int] = []
    if meaning.vector is not None:
        most = LOOKED_AT_OF_SOME if wanted.narrowed else LOOKED_AT
        near = [record for record, _cosine in nearest(meaning.vector, most)]
    return proposing.candidates(wanted, near)


def candidates(meaning: Meaning, rows: Sequence[Row]) -> list[Candidate]:
    """The rows as the scorer takes them: each with how like the question it is, and how much it serves."""
    if meaning.vector is None:
        return [_candidate(row) for row in rows]
    vectors = np.concatenate([meaning.vector[None], *(those for _key, those in meaning.offers)])
    like = likeness(vectors, [(row.id, text_of(row.title, row.words)) for row in rows], ON_THE_SPOT)
    return [
        _candidate(row) if cosines is None else _candidate(row, float(cosines[0]), _shown(meaning.offers, cosines[1:]))
        for row, cosines in zip(rows, like, strict=True)
    ]


def _candidate(row: Row, like: float | None = None, shows: tuple[tuple[str, float], ...] = ()) -> Candidate:
    return Candidate(row.id, row.title, row.words, row.who, row.lat, row.lng, like, _served(row.serves), shows)


def _shown(offers: Sequence[tuple[str, Vectors]], cosines: Vectors) -> tuple[tuple[str, float], ...]:
    """By concept, how like something is to the likest of the offers that would serve it."""
    found, start = [], 0
    for key, those in offers:
        found.append((key, float(cosines[start : start + len(those)].max())))
        start += len(those)
    return tuple(found)


def _served(said: str | None) -> tuple[tuple[str, float], ...]:
    pairs = (one.split(":") for one in (said or "").split())
    return tuple(sorted((key, int(hundredths) / 100) for key, hundredths in pairs))
