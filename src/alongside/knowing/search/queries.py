"""Look around: what people, communities and organisations offer, found by words, place and what must be so.

Two sets (design/model.md, decision 11): what everyone may see, and the viewer's own and shared things. The
database proposes, `methods/scoring` orders, and what is shown is checked again by `visible_to`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from alongside.ground.consent.queries import allowed
from alongside.ground.history.actor import Actor
from alongside.ground.records.queries import shut_out
from alongside.knowing.assets.models import Asset
from alongside.knowing.assets.queries import listed
from alongside.knowing.search import proposing
from alongside.knowing.search.proposing import Row, Wanted
from alongside.methods.distance import Point, km_between
from alongside.methods.scoring import Candidate, Hit, Why, rank, terms_of

PAGE = 20
MOST_TERMS = 12
MOST_LETTERS = 200
BY_DOMAIN = 0.05  # what helps with the right part of life but shares no word comes after what does
OTHER_FORM = 0.001  # found by the database in a form of a word that the scorer does not know


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
    next page or empty; `order` is best, nearest or mixed; `loose` says that no one thing had every word."""

    results: list[Result] = field(default_factory=list)
    total: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    next: str = ""
    order: str = "mixed"
    loose: bool = False


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
) -> Found:
    """One page of what this viewer may see. `page` is the cursor of the page before; a broken one starts anew."""
    hidden, lapsed = shut_out(viewer)
    wanted = Wanted(
        terms=terms(words),
        near=near,
        domains=tuple(domains),
        days=tuple(days),
        cost=tuple(cost),
        access=tuple(access),
        kinds=tuple(kinds),
        hidden=hidden,
        lapsed=lapsed,
    )
    after = _read(page)
    mine = proposing.own_and_shared(viewer, wanted)
    return _by_words(viewer, wanted, mine, after) if wanted.terms else _browse(viewer, wanted, mine, after)


def ideas_for(viewer: Actor, words: str, domain: str = "", limit: int = 30, near: Point | None = None) -> list[Hit]:
    """What could help with what somebody said: anything with one of the words, then anything for that part of
    life. Hits carry record ids, best first, ties by id; a reason `domain` says that it is for that part."""
    hidden, lapsed = shut_out(viewer)
    wanted = Wanted(terms=terms(words), near=near, hidden=hidden, lapsed=lapsed)
    rows = {row.id: row for row in proposing.own_and_shared(viewer, wanted)}
    own = [one.id for one in proposing.own_and_shared(viewer, replace(wanted, domains=(domain,)))] if domain else []
    if wanted.terms:
        rows |= {row.id: row for row in proposing.by_words(wanted, every=False)}
    fitting = {row.id: row for row in proposing.by_domain(wanted, domain, proposing.MOST)} if domain else {}
    fits = {*fitting, *own}
    hits = _ranked(wanted, list((rows | fitting).values())) if wanted.terms else []
    found = {hit.id: hit for hit in hits if hit.score > OTHER_FORM}
    for pk in fits:
        hit = found.get(pk, Hit(pk, 0.0, ()))
        found[pk] = Hit(pk, round(hit.score + BY_DOMAIN, 6), (*hit.why, Why("domain", domain)))
    welcome = set(allowed("suggested").filter(pk__in=found).values_list("pk", flat=True))
    return sorted((hit for hit in found.values() if hit.id in welcome), key=lambda hit: (-hit.score, hit.id))[:limit]


def terms(words: str) -> tuple[str, ...]:
    """The words of a query that carry meaning, each once, in order; at most a dozen."""
    return tuple(term.word for term in terms_of(words[:MOST_LETTERS]))[:MOST_TERMS]


def ordered(wanted: Wanted, mine: list[Row]) -> tuple[list[Hit], Counter[str], bool]:
    """Everything proposed for the words in the one order, how many there are by kind of holder, and whether
    every word was met."""
    every = True
    counts = Counter(proposing.count_words(wanted))
    own = _having(wanted.terms, mine, every)
    if not counts and not own and len(wanted.terms) > 1:
        every = False
        counts = Counter(proposing.count_words(wanted, every))
        own = _having(wanted.terms, mine, every)
    counts.update(row.holder for row in own)
    rows = [*proposing.by_words(wanted, every), *_of_kinds(wanted, own)]
    return _ranked(wanted, rows), counts, every


def _by_words(viewer: Actor, wanted: Wanted, mine: list[Row], after: _Place) -> Found:
    hits, counts, every = ordered(wanted, mine)
    rest = [hit for hit in hits if (-hit.score, hit.id) > after.key]
    shown, more = rest[:PAGE], len(rest) > PAGE
    why = {hit.id: hit.why for hit in shown}
    results = _results(viewer, wanted, [hit.id for hit in shown], after.n, why)
    following = _write(_Place(after.n + PAGE, (-shown[-1].score, shown[-1].id))) if more else ""
    return Found(results, _total(wanted, counts), dict(counts), following, "best", not every)


def _browse(viewer: Actor, wanted: Wanted, mine: list[Row], after: _Place) -> Found:
    counts = Counter(proposing.count_all(wanted))
    counts.update(row.holder for row in mine)
    start = (int(after.key[0]), after.key[1]) if after.n else None
    rows = proposing.by_place(wanted, start, PAGE + 1)
    rows += [row for row in _of_kinds(wanted, mine) if start is None or (row.far, row.id) > start]
    rows.sort(key=lambda row: (row.far, row.id))
    shown, more = rows[:PAGE], len(rows) > PAGE
    results = _results(viewer, wanted, [row.id for row in shown], after.n, {})
    following = _write(_Place(after.n + PAGE, (shown[-1].far, shown[-1].id))) if more else ""
    order = "nearest" if wanted.near else "mixed"
    return Found(results, _total(wanted, counts), dict(counts), following, order)


def _ranked(wanted: Wanted, rows: list[Row]) -> list[Hit]:
    """All candidates in the one order, those last that the database found in another form of a word."""
    candidates = [Candidate(row.id, row.title, row.words, row.who, row.lat, row.lng) for row in rows]
    hits = rank(" ".join(wanted.terms), candidates, wanted.near, len(candidates))
    known = {hit.id for hit in hits}
    return hits + [Hit(pk, OTHER_FORM, ()) for pk in sorted({row.id for row in rows} - known)]


def _having(searched: tuple[str, ...], rows: list[Row], every: bool) -> list[Row]:
    """Those of a small set that hold all of the terms, or any."""
    candidates = [Candidate(row.id, row.title, row.words, row.who) for row in rows]
    sets = [{hit.id for hit in rank(term, candidates, None, len(candidates))} for term in searched] if rows else []
    ids = (set.intersection(*sets) if every else set.union(*sets)) if sets else set()
    return [row for row in rows if row.id in ids]


def _of_kinds(wanted: Wanted, rows: list[Row]) -> list[Row]:
    return [row for row in rows if not wanted.kinds or row.holder in wanted.kinds]


def _total(wanted: Wanted, counts: Counter[str]) -> int:
    return sum(number for kind, number in counts.items() if not wanted.kinds or kind in wanted.kinds)


def _results(
    viewer: Actor, wanted: Wanted, ids: list[int], before: int, why: dict[int, tuple[Why, ...]]
) -> list[Result]:
    assets = listed(viewer, ids)
    return [
        Result(number, asset, distance(asset, wanted.near), why.get(asset.pk, ()))
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
