"""Look around: what people, communities and organisations offer, found by what matters, place and what must be so.

Two sets (design/model.md, decision 11): what everyone may see, and the viewer's own and shared things. The
database and the vector file propose, `methods/scoring` orders, and what is shown is checked again by `visible_to`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from alongside.ground.consent.queries import allowed
from alongside.ground.history.actor import Actor
from alongside.ground.meaning.queries import Vectors
from alongside.ground.records.queries import shut_out
from alongside.knowing.assets.models import Asset
from alongside.knowing.assets.queries import listed
from alongside.knowing.lexicon.queries import serving_any
from alongside.knowing.search import proposing
from alongside.knowing.search.answering import About, answer, best, terms
from alongside.knowing.search.answering import Answer as Answer
from alongside.knowing.search.answering import reasons as reasons
from alongside.knowing.search.answering import vectors_of as vectors_of
from alongside.knowing.search.proposing import Row, Wanted
from alongside.knowing.search.spoken import spoken_in
from alongside.methods.distance import Point, km_between
from alongside.methods.scoring import Hit, Why

PAGE = 20
BY_DOMAIN = 0.05  # what helps with the right part of life but shares no word comes after what does
SAYS = ("title", "holder", "words", "phrase")  # reasons that are words


@dataclass(frozen=True)
class Result:
    """One thing found: its number in the list and on the map, how far, and why it is here."""

    number: int
    asset: Asset
    km: float | None
    why: tuple[Why, ...]


@dataclass(frozen=True)
class Found:
    """One page of what was found. `counts` by kind of holder before that filter; `next` is the cursor of the
    next page or empty; `order` is best, nearest or mixed; `loose` says that no one thing had every word. Where
    nothing fits, `almost` holds what comes near. `meant` is what was understood, best first; `spelled` other
    spellings that found something; `urgent` says that people who can help come before anything else."""

    results: list[Result] = field(default_factory=list)
    total: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    next: str = ""
    order: str = "mixed"
    loose: bool = False
    almost: list[Result] = field(default_factory=list)
    meant: tuple[str, ...] = ()
    spelled: tuple[str, ...] = ()
    urgent: bool = False
    about: About = field(default_factory=About)


@dataclass(frozen=True)
class _Place:
    """Where in an order something stands: small comes first; `n` were shown before it."""

    n: int
    key: tuple[float, int]


def look_around(
    viewer: Actor,
    words: str = "",
    near: Point | None = None,
    domains: Iterable[str] = (),
    days: Iterable[int] = (),
    cost: Iterable[str] = (),
    access: Iterable[str] = (),
    kinds: Iterable[str] = (),
    page: str = "",
    km: float | None = None,
    parts: Iterable[str] = (),
    lang: str = "",
    out: bool = False,
    ways: Iterable[str] = (),
    about: Sequence[str] = (),
) -> Found:
    """One page of what this viewer may see. `page` is the cursor of the page before; a broken one starts anew.
    `km` is the farthest from `near`; `parts` are parts of the day; `ways` keys of ways to feel well; `lang` is the
    language of the words; `about` is what whoever asks says that they are about; `out` says that the answer leaves
    this place, as to a program, so that only what its holder lets go out stands in it."""
    hidden, lapsed = shut_out(viewer)
    wanted = Wanted(
        terms=terms(words),
        near=near,
        km=km if near else None,
        domains=tuple(domains),
        serving=serving_any(ways),
        days=tuple(days),
        parts=tuple(parts),
        cost=tuple(cost),
        access=tuple(access),
        kinds=tuple(kinds),
        hidden=hidden,
        lapsed=lapsed,
        out=out,
    )
    after = _read(page)
    if wanted.terms:
        return _by_words(viewer, wanted, answer(viewer, wanted, words, lang, about), after)
    return _browse(viewer, wanted, after)


def best_for(
    viewer: Actor,
    words: str,
    near: Point | None = None,
    km: float | None = None,
    top: int = 20,
    vector: Vectors | None = None,
    about: Sequence[str] = (),
) -> Answer:
    """The `top` best for what somebody said, whether they fit or not: each hit tells. `vector` spares making one;
    `about` is what they say that it is about."""
    hidden, lapsed = shut_out(viewer)
    wanted = Wanted(terms=terms(words), near=near, km=km if near else None, hidden=hidden, lapsed=lapsed)
    found = best(viewer, wanted, words, vector, about)
    return replace(found, hits=found.hits[:top])


def ideas_for(
    viewer: Actor,
    words: str,
    domain: str = "",
    limit: int = 30,
    near: Point | None = None,
    about: Sequence[str] = (),
    lang: str = "",
) -> list[Hit]:
    """What could help with what somebody said: what has one of the words or comes near in meaning, then anything
    for that part of life. Hits carry record ids, best first, ties by id; a reason `domain` says that it is for
    that part. `about` is what they say that it is about, and `lang` the language in which their words are kept."""
    hidden, lapsed = shut_out(viewer)
    wanted = Wanted(terms=terms(words), near=near, hidden=hidden, lapsed=lapsed)
    own = [one.id for one in proposing.own_and_shared(viewer, replace(wanted, domains=(domain,)))] if domain else []
    fitting = [row.id for row in proposing.by_domain(wanted, domain, proposing.MOST)] if domain else []
    hits = best(viewer, wanted, words, about=about, lang=spoken_in(words, lang)).hits if wanted.terms else []
    found = {hit.id: hit for hit in hits if hit.fits or any(why.code in SAYS for why in hit.why)}
    for pk in {*fitting, *own}:
        hit = found.get(pk, Hit(pk, 0.0, ()))
        found[pk] = hit._replace(score=round(hit.score + BY_DOMAIN, 6), why=(*hit.why, Why("domain", domain)))
    welcome = set(allowed("suggested").filter(pk__in=found).values_list("pk", flat=True))
    return sorted((hit for hit in found.values() if hit.id in welcome), key=lambda hit: (-hit.score, hit.id))[:limit]


def _by_words(viewer: Actor, wanted: Wanted, said: Answer, after: _Place) -> Found:
    rest = [hit for hit in said.hits if (-hit.score, hit.id) > after.key]
    shown, more = rest[:PAGE], len(rest) > PAGE
    following = _write(_Place(after.n + PAGE, (-shown[-1].score, shown[-1].id))) if more else ""
    return Found(
        _results(viewer, wanted, shown, after.n),
        _total(wanted, said.counts),
        dict(said.counts),
        following,
        "best",
        not said.every,
        _results(viewer, wanted, said.almost, 0),
        said.meant,
        said.spelled,
        said.urgent,
        said.about,
    )


def _browse(viewer: Actor, wanted: Wanted, after: _Place) -> Found:
    mine = proposing.own_and_shared(viewer, wanted)
    counts = Counter(proposing.count_all(wanted))
    counts.update(row.holder for row in mine)
    start = (int(after.key[0]), after.key[1]) if after.n else None
    rows = proposing.by_place(wanted, start, PAGE + 1)
    rows += [row for row in _of_kinds(wanted, mine) if start is None or (row.far, row.id) > start]
    rows.sort(key=lambda row: (row.far, row.id))
    shown, more = rows[:PAGE], len(rows) > PAGE
    results = _results(viewer, wanted, [Hit(row.id, 0.0, ()) for row in shown], after.n)
    following = _write(_Place(after.n + PAGE, (shown[-1].far, shown[-1].id))) if more else ""
    order = "nearest" if wanted.near else "mixed"
    return Found(results, _total(wanted, counts), dict(counts), following, order)


def _of_kinds(wanted: Wanted, rows: list[Row]) -> list[Row]:
    return [row for row in rows if not wanted.kinds or row.holder in wanted.kinds]


def _total(wanted: Wanted, counts: Counter[str]) -> int:
    return sum(number for kind, number in counts.items() if not wanted.kinds or kind in wanted.kinds)


def _results(viewer: Actor, wanted: Wanted, hits: Sequence[Hit], before: int) -> list[Result]:
    why = {hit.id: hit.why for hit in hits}
    assets = listed(viewer, list(why)) if hits else []
    return [
        Result(number, asset, distance(asset, wanted.near), why[asset.pk])
        for number, asset in enumerate(assets, before + 1)
    ]


def distance(asset: Asset, near: Point | None) -> float | None:
    """Kilometres from `near` to the shown place, where both are known."""
    spot = getattr(asset.record, "spot", None)
    if near is None or spot is None or spot.shown_lat is None or spot.shown_lng is None:
        return None
    return km_between(near, Point(spot.shown_lat, spot.shown_lng))


def _write(place: _Place) -> str:
    return f"{place.n}_{place.key[0]!r}_{place.key[1]}"


def _read(page: str) -> _Place:
    """The place a cursor names, or the very first where it is not one of ours."""
    first = _Place(0, (float("-inf"), 0))
    try:
        n, far, pk = page[:80].split("_")
        place = _Place(int(n), (float(far), int(pk)))
    except ValueError:
        return first
    sane = 0 < place.n < 10**6 and abs(place.key[0]) <= proposing.NOWHERE and abs(place.key[1]) < 2**62
    return place if sane else first
