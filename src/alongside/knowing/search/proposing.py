"""What the database proposes to a search: candidates by words or by place, and how many there are.

Plain SQL over the search table of `knowing/installed.py`, which holds only what everyone may see, and the
same SQL over the viewer's own and shared things, which `records.queries.private_set` names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import cos, radians
from typing import Any, NamedTuple

from django.db import connection

from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Kind
from alongside.ground.records.queries import SHOWN, private_set
from alongside.knowing.installed import ACCENTS, POSTGRESQL_NAME, SQLITE_NAME, TABLE, WORDS
from alongside.methods.distance import Point

MOST = 120  # candidates the database proposes for one scorer to order
MOST_OWN = 500
READ = 600  # letters of the text that the scorer reads
KM_A_DEGREE = 111.195
NOWHERE = 10**15  # what has no shown place comes after all that has one
MIX, MODULUS = 1_103_515_245, 2_147_483_647  # a step and a prime that spread numbers in a row
WEIGHTS = "4.0, 1.0, 2.0, 0.0"  # title, words, holder's name, kind of holder
_FOLD = str.maketrans(*ACCENTS)


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for: words, from where, and what must be so. Within one filter any will do,
    but every access feature must be there."""

    terms: tuple[str, ...] = ()
    near: Point | None = None
    domains: tuple[str, ...] = ()
    days: tuple[int, ...] = ()
    cost: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    hidden: tuple[int, ...] = field(default=())  # holders the viewer and they have closed to each other
    lapsed: tuple[int, ...] = field(default=())  # records that have come to their last day and stand here yet


class Row(NamedTuple):
    """One candidate: its words, its holder, its shown place, and how far that is in square metres."""

    id: int
    holder: str
    title: str
    words: str
    who: str
    lat: float | None
    lng: float | None
    far: int


class Sql(NamedTuple):
    text: str
    values: list[Any]


def by_words(wanted: Wanted, every: bool = True) -> list[Row]:
    """The best candidates for the terms by the database's own measure: all of the terms, or any of them."""
    match, conditions = _match(wanted.terms, every), _conditions(wanted)
    if connection.vendor == "sqlite":
        best = f"{WORDS} f JOIN {TABLE} s ON s.record = f.rowid WHERE {WORDS} MATCH %s"
        order = f"AND f.rank MATCH 'bm25({WEIGHTS})'{conditions.text} ORDER BY f.rank"
        values = [*match.values, *conditions.values]
    else:
        best = f"{TABLE} s WHERE s.document @@ {match.text}"
        order = f"{conditions.text} ORDER BY ts_rank_cd(s.document, {match.text}) DESC, s.record"
        values = [*match.values, *conditions.values, *match.values]
    return _rows(f"SELECT {_columns('0')} FROM {best} {order} LIMIT {MOST}", values)


def count_words(wanted: Wanted, every: bool = True) -> dict[str, int]:
    """How many match, by kind of holder; the holder filter is left out so that each kind's number shows."""
    match, conditions = _match(wanted.terms, every), _conditions(wanted, kinds=False)
    if connection.vendor == "sqlite" and not conditions.text:
        return _counted_by_index(str(match.values[0]))
    if connection.vendor == "sqlite":
        found = f"{WORDS} f JOIN {TABLE} s ON s.record = f.rowid WHERE {WORDS} MATCH %s"
    else:
        found = f"{TABLE} s WHERE s.document @@ {match.text}"
    return _counted(f"{found}{conditions.text}", [*match.values, *conditions.values])


def by_place(wanted: Wanted, after: tuple[int, int] | None, most: int) -> list[Row]:
    """The next ones from nearest to farthest, or mixed evenly where there is no `near`. `after` is the key
    of the last one seen: (how far, record)."""
    key = _far(wanted.near)
    text, values = _conditions(wanted)
    if after:
        text, values = f"{text} AND ({key}, s.record) > (%s, %s)", [*values, *after]
    first = f"SELECT s.record, {key} AS far FROM {TABLE} s WHERE 1 = 1{text} ORDER BY 2, 1 LIMIT {most}"
    sql = f"SELECT {_columns('n.far')} FROM ({first}) n JOIN {TABLE} s ON s.record = n.record ORDER BY n.far, 1"
    return _rows(sql, values)


def count_all(wanted: Wanted) -> dict[str, int]:
    conditions = _conditions(wanted, kinds=False)
    return _counted(f"{TABLE} s WHERE 1 = 1{conditions.text}", conditions.values)


def by_domain(wanted: Wanted, domain: str, most: int) -> list[Row]:
    """What is said to help with one part of life, nearest or newest first."""
    return by_place(Wanted(near=wanted.near, domains=(domain,), hidden=wanted.hidden, lapsed=wanted.lapsed), None, most)


def own_and_shared(viewer: Actor, wanted: Wanted) -> list[Row]:
    """The small second set: what this viewer sees beyond what everyone sees, under the same filters but
    the holder's."""
    if viewer.party is None:
        return []
    mine = private_set(viewer).filter(kind="asset", state__in=SHOWN).order_by("-pk").values("pk")[:MOST_OWN]
    ids, params = mine.query.sql_with_params()
    conditions = _conditions(replace(wanted, lapsed=()), kinds=False)  # what is over is its owner's again
    name = SQLITE_NAME if connection.vendor == "sqlite" else POSTGRESQL_NAME
    inner = (
        f"SELECT a.record_id AS record, r.owner_id AS owner, p.kind AS holder, a.cost, a.title, a.words, {name} AS who,"
        " t.shown_lat AS lat, t.shown_lng AS lng FROM knowing_asset a JOIN ground_record r ON r.id = a.record_id"
        " JOIN ground_party p ON p.id = r.owner_id LEFT JOIN ground_spot t ON t.record_id = r.id"
        f" WHERE a.record_id IN ({ids})"
    )
    sql = f"SELECT {_columns(_far(wanted.near))} FROM ({inner}) s WHERE 1 = 1{conditions.text}"
    return _rows(sql, [*params, *conditions.values])


def _columns(far: str) -> str:
    return f"s.record, s.holder, s.title, substr(s.words, 1, {READ}), s.who, s.lat, s.lng, {far}"


def _far(near: Point | None) -> str:
    """Square metres on a flat map about `near`, whole so that both databases order alike; without `near`, a
    number that mixes holders and days evenly and is always the same."""
    if near is None:
        return f"(s.record * {MIX} %% {MODULUS})"
    up, across = 1000 * KM_A_DEGREE, 1000 * KM_A_DEGREE * cos(radians(near.lat))
    dy, dx = f"((s.lat - ({near.lat!r})) * {up!r})", f"((s.lng - ({near.lng!r})) * {across!r})"
    square = f"{dy} * {dy} + {dx} * {dx}"
    whole = f"CAST({square} AS integer)" if connection.vendor == "sqlite" else f"CAST(floor({square}) AS bigint)"
    return f"COALESCE({whole}, {NOWHERE})"


def _match(terms: Sequence[str], every: bool) -> Sql:
    """The terms as each database asks for words. Terms are letters and figures only, each quoted or bound."""
    if connection.vendor == "sqlite":
        words = (" AND " if every else " OR ").join(f'"{term}"' for term in terms)
        return Sql("%s", [f"{{title words who}} : ({words})"])
    one = "plainto_tsquery('english', %s)"
    return Sql(f"({(' && ' if every else ' || ').join([one] * len(terms))})", [term.translate(_FOLD) for term in terms])


def _conditions(wanted: Wanted, kinds: bool = True) -> Sql:
    text = ""
    values: list[Any] = []

    def add(condition: str, chosen: Sequence[Any]) -> None:
        nonlocal text
        if chosen:
            text += " AND " + condition.replace("%s", ", ".join(["%s"] * len(chosen)))
            values.extend(chosen)

    add("s.holder IN (%s)", wanted.kinds if kinds else ())
    add("s.cost IN (%s)", wanted.cost)
    add("EXISTS (SELECT 1 FROM knowing_assetday d WHERE d.asset_id = s.record AND d.weekday IN (%s))", wanted.days)
    add(
        "EXISTS (SELECT 1 FROM knowing_assetdomain d WHERE d.asset_id = s.record AND d.domain IN (%s))",
        wanted.domains,
    )
    for feature in wanted.access:
        add("EXISTS (SELECT 1 FROM knowing_assetaccess d WHERE d.asset_id = s.record AND d.feature = %s)", [feature])
    add("s.owner NOT IN (%s)", wanted.hidden)
    add("s.record NOT IN (%s)", wanted.lapsed)
    return Sql(text, values)


def _counted_by_index(match: str) -> dict[str, int]:
    """Counts that FTS5 reads off its index, without opening a row: all, and all but one of the kinds."""
    one = f"(SELECT count(*) FROM {WORDS} WHERE {WORDS} MATCH %s)"
    rest, *kinds = Kind.values
    asked = [match, *(f"{match} AND holder : {kind}" for kind in kinds)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join([one] * len(asked))}", asked)
        whole, *numbers = cursor.fetchone()
    counts = {rest: whole - sum(numbers), **dict(zip(kinds, numbers, strict=True))}
    return {kind: number for kind, number in counts.items() if number}


def _rows(sql: str, values: Sequence[Any]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [Row(*row) for row in cursor.fetchall()]


def _counted(found: str, values: Sequence[Any]) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT s.holder, count(*) FROM {found} GROUP BY s.holder", values)
        return {str(holder): int(number) for holder, number in cursor.fetchall()}
