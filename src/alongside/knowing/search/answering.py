"""Answers a question: candidates by words, by meaning and by what they serve, put in one order by one scorer.

Whatever has every word asked for is an answer, as in any search; besides, whatever the scorer says fits. Where
nothing fits, that is the answer, and what comes near is kept apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from django.utils.translation import gettext as _

from alongside.ground.history.actor import Actor
from alongside.ground.meaning.queries import Vectors, available, embed
from alongside.knowing.search import proposing
from alongside.knowing.search.meant import Meaning, candidates, proposed, read, told, understood
from alongside.knowing.search.proposing import Row, Wanted
from alongside.knowing.search.spelling import spellings
from alongside.methods.scoring import Candidate, Hit, Why, rank, terms_of

MOST_TERMS = 12
OTHER_FORM = 0.001  # found by the database in a form of a word that the scorer does not know
NOT_QUITE = 5


class About(NamedTuple):
    """What a question may be about, as (key, everyday words), best first, for whoever asks to choose from; and what
    they chose of it."""

    choices: tuple[tuple[str, str], ...] = ()
    chosen: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What answers a question, best first, and how many there are by kind of holder; what is not quite it where
    nothing is; whether anything has every word; what was understood; and spellings that found something."""

    hits: list[Hit] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    almost: list[Hit] = field(default_factory=list)
    every: bool = True
    meant: tuple[str, ...] = ()
    spelled: tuple[str, ...] = ()
    urgent: bool = False
    about: About = field(default_factory=About)


def terms(words: str) -> tuple[str, ...]:
    """The words of a question that carry meaning, each once, in order; at most a dozen."""
    return tuple(term.word for term in terms_of(read(words)))[:MOST_TERMS]


def vectors_of(questions: Sequence[str]) -> Vectors | None:
    """Vectors of many questions at once, as `best` takes them one by one; None where there is no model."""
    return embed([read(words) for words in questions]) if available() else None


def reasons(why: Sequence[Why]) -> list[str]:
    """Why something was found, in short plain words, the strongest kind of reason last but for distance."""
    said = {
        "title": _("“%(value)s” is in its name"),
        "holder": _("“%(value)s” is in the name of who offers it"),
        "words": _("it speaks of “%(value)s”"),
        "phrase": _("your very words are its name"),
        "means": _("it may help with: %(value)s"),
        "like": _("it means much the same as your words"),
        "near": _("%(value)s km away"),
    }
    return [said[one.code] % {"value": one.value} for one in why if one.code in said]


def answer(viewer: Actor, wanted: Wanted, words: str, lang: str = "", about: Sequence[str] = ()) -> Answer:
    """What answers the question, as a list shows it. `about` is what whoever asks says that it is about."""
    found = _weighed(viewer, wanted, words, lang, about=about)
    seen, literal = found.rows, {pk for pk, row in found.rows.items() if row.literal}
    counts = _counted(found, literal)
    counts.update(seen[hit.id].holder for hit in found.hits if hit.fits and hit.id not in literal)
    known = {hit.id for hit in found.hits}
    hits = [*found.hits, *(Hit(pk, OTHER_FORM, ()) for pk in sorted(literal - known))]
    hits = [hit for hit in hits if not wanted.kinds or seen[hit.id].holder in wanted.kinds]
    shown = [hit for hit in hits if hit.fits or hit.id in literal]
    almost = [hit for hit in hits if hit.almost][:NOT_QUITE] if not shown else []
    meaning = found.meaning
    return Answer(
        shown, counts, almost, bool(literal), meaning.about, _used(found.wanted, shown), meaning.urgent, _about(meaning)
    )


def best(
    viewer: Actor,
    wanted: Wanted,
    words: str,
    vector: Vectors | None = None,
    about: Sequence[str] = (),
    lang: str = "",
) -> Answer:
    """Everything that anything speaks for, best first, whether it fits or not, for ideas and for machines."""
    found = _weighed(viewer, wanted, words, lang, vector, about)
    meaning, spelled = found.meaning, _used(found.wanted, found.hits)
    return Answer(found.hits, meant=meaning.about, spelled=spelled, urgent=meaning.urgent, about=_about(meaning))


def _about(meaning: Meaning) -> About:
    keys = dict.fromkeys([*(key for key in meaning.chosen if key in meaning.labels), *meaning.offered])
    return About(tuple((key, meaning.labels[key]) for key in keys), meaning.chosen)


class _Weighed(NamedTuple):
    """A question as understood; its candidates by id, and which of them only this viewer sees; the hits in order."""

    wanted: Wanted
    meaning: Meaning
    rows: dict[int, Row]
    mine: frozenset[int]
    hits: list[Hit]


def _weighed(
    viewer: Actor,
    wanted: Wanted,
    words: str,
    lang: str = "",
    vector: Vectors | None = None,
    about: Sequence[str] = (),
) -> _Weighed:
    meaning = understood(words, lang, vector, about)
    wanted = replace(wanted, spelled=spellings(wanted.terms), concepts=meaning.concepts, grave=meaning.grave)
    mine = proposing.own_and_shared(viewer, wanted)
    having = {row.id for row in _having(wanted, mine)}
    rows = [*proposed(wanted, meaning), *(row._replace(literal=row.id in having) for row in mine)]
    those = candidates(meaning, rows)
    meant = [(one.key, one.weight) for one in meaning.meant]
    hits = rank(" ".join(wanted.terms), those, wanted.near, len(those), meant=meant, spelled=wanted.spelled)
    hits = [told(meaning, hit) for hit in hits]
    return _Weighed(wanted, meaning, {row.id: row for row in rows}, frozenset(row.id for row in mine), hits)


def _counted(found: _Weighed, literal: set[int]) -> Counter[str]:
    """How many things have every word, by kind of holder: among the candidates, where these are all of them."""
    own, public = literal & found.mine, literal - found.mine
    if len(public) < proposing.MOST and not found.wanted.kinds:
        return Counter(found.rows[pk].holder for pk in literal)
    counts = Counter(proposing.count_words(found.wanted))
    counts.update(found.rows[pk].holder for pk in own)
    return counts


def _having(wanted: Wanted, rows: Sequence[Row]) -> list[Row]:
    """Those of a small set that hold all of the terms."""
    if not rows or not wanted.terms:
        return []
    these = [Candidate(row.id, row.title, row.words, row.who) for row in rows]
    sets = [{hit.id for hit in rank(term, these, None, len(these), spelled=wanted.spelled)} for term in wanted.terms]
    ids = set.intersection(*sets)
    return [row for row in rows if row.id in ids]


def _used(wanted: Wanted, hits: Sequence[Hit]) -> tuple[str, ...]:
    """Other spellings under which something was found that this viewer may see."""
    others = {word for words in wanted.spelled.values() for word in words}
    found = {str(why.value) for hit in hits for why in hit.why if why.code in ("title", "holder", "words")}
    return tuple(sorted(others & found))
