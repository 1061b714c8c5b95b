"""What the database proposes to a search: candidates by words, by place or by name, and how many there are.

Plain SQL over the search table of `knowing/installed.py`, which holds only what everyone may see, and the
same SQL over the viewer's own and shared things, which `records.queries.private_set` names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import cos, radians
from typing import Any, NamedTuple

from django.db import connection

from alongside.ground.consent.queries import going_out
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Kind
from alongside.ground.records.queries import SHOWN, private_set
from alongside.knowing.installed import ACCENTS, DUE, POSTGRESQL_NAME, SAID_OF_IT, SQLITE_NAME, TABLE, WORDS
from alongside.knowing.lexicon.queries import Serving
from alongside.methods.distance import Point

MOST = 120  # candidates the database proposes for one scorer to order
MOST_OWN = 500
NEAREST, SERVING, OF_EACH = 100, 60, 30  # by meaning; of the near ones, by concept; and by each concept
FEW = 20  # where fewer things have every word, those with some of them are looked at too
NOTES = 1_000  # of what came or went lately, read to find those
FRESH = 32  # things so new that the vector file does not know them, looked at each time
READ = 2_000  # letters of the text that the scorer reads
SERVES = "knowing_assetconcept"
# What was guessed of words that have changed since counts for nothing; what people said of a thing stands.
TRUE = (
    "c.weight > 0 AND (c.how IN ('ticked', 'steward') OR NOT EXISTS"
    " (SELECT 1 FROM knowing_assetsense w WHERE w.asset_id = c.asset_id AND w.lexicon = ''))"
)
KM_A_DEGREE = 111.195
NOWHERE = 10**15  # what has no shown place comes after all that has one
MIX, MODULUS = 1_103_515_245, 2_147_483_647  # a step and a prime that spread numbers in a row
PARTS = {  # of a day, by when something starts and ends
    "morning": "d.starts < '12:00:00'",
    "afternoon": "d.starts < '17:00:00' AND COALESCE(d.ends, d.starts) >= '12:00:00'",
    "evening": "COALESCE(d.ends, d.starts) >= '17:00:00'",
}
WEIGHTS = "4.0, 1.0, 2.0, 0.0"  # title, words, holder's name, kind of holder
_QUERY = "plainto_tsquery('english', %s)"
_FOLD = str.maketrans(*ACCENTS)


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for: words, from where, and what must be so. Within one filter any will do,
    but every access feature must be there."""

    terms: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()  # what was meant,
    grave: tuple[str, ...] = ()  # and of it harm, fear and despair
    spelled: Mapping[str, Sequence[str]] = field(default_factory=dict)  # other spellings of terms
    near: Point | None = None
    km: float | None = None
    domains: tuple[str, ...] = ()
    serving: Serving | None = None  # what serves a way to feel well
    days: tuple[int, ...] = ()
    parts: tuple[str, ...] = ()
    cost: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    hidden: tuple[int, ...] = ()  # holders the viewer and they have closed to each other
    lapsed: tuple[int, ...] = ()  # records that have come to their last day and stand here yet
    out: bool = False  # whether the answer leaves this place, so that only what may go out stands in it

    @property
    def narrowed(self) -> bool:
        """Whether anything must be so that may leave many out; a block does too, where the holder offers much."""
        where = self.out or self.km is not None or self.hidden
        return bool(where or self.domains or self.serving or self.days or self.parts or self.cost or self.access)


class Row(NamedTuple):
    """One candidate: its words, its holder, its shown place, and how far that is in square metres; `literal` says
    that it has every word, and `serves` how much of what was meant it serves."""

    id: int
    holder: str
    title: str
    words: str
    who: str
    lat: float | None
    lng: float | None
    far: int
    literal: bool = False
    serves: str | None = ""


class Sql(NamedTuple):
    text: str
    values: list[Any]


def candidates(wanted: Wanted, nearest: Sequence[int]) -> list[Row]:
    """What is as wanted and may answer, in one statement, chosen among what everyone may see now: the best that have
    every word; where those are few, the best that have any; the first of the `nearest` in meaning; the first of
    them that serve a wanted concept; what serves each concept best; and the newest things, which the vector file
    does not know yet. Only what comes by its every word is filtered by kind of holder; the caller counts the rest."""
    conditions, literal, serves = _conditions(wanted, kinds=False), _is_literal(wanted), _serves(wanted)
    places = ", ".join(f"({int(pk)}, {place})" for place, pk in enumerate(nearest))
    named = f"VALUES {places}" if places else "SELECT 0, 0 WHERE 1 = 0"
    here = f"JOIN {TABLE} s ON s.record = n.record WHERE 1 = 1{conditions.text}"
    asked = [_best(wanted, every=True)] if wanted.terms else []
    if len(wanted.terms) > 1:
        asked.append(_best_of_any(wanted))
    asked.append(Sql(f"SELECT n.record FROM named n {here} ORDER BY n.place LIMIT {NEAREST}", conditions.values))
    if wanted.concepts:
        asked += _by_concept(wanted, here, conditions)
    # Only what this viewer may find takes one of the places, or a gap would tell of what they may not.
    newest = (
        f"SELECT record, max(n) AS place FROM (SELECT * FROM {DUE} ORDER BY n DESC LIMIT {NOTES}) d GROUP BY record"
    )
    asked.append(
        Sql(f"SELECT n.record FROM ({newest}) n {here} ORDER BY n.place DESC LIMIT {FRESH}", conditions.values)
    )
    union = " UNION ".join(f"SELECT * FROM ({one.text}) q{n}" for n, one in enumerate(asked))
    sql = f"WITH named(record, place) AS ({named}), picked(record) AS ({union})"
    return _rows(
        f"{sql} SELECT {_columns('0')}, {literal.text}, {serves.text} FROM picked n {here}",
        [value for one in (*asked, literal, serves, conditions) for value in one.values],
    )


def _best(wanted: Wanted, every: bool, limit: str = str(MOST), kinds: bool = True) -> Sql:
    """The records that have all of the words, or any, best first by the database's own measure."""
    match, conditions = _match(wanted, every), _conditions(wanted, kinds)
    if connection.vendor == "sqlite":
        found = f"{WORDS} f JOIN {TABLE} s ON s.record = f.rowid WHERE {WORDS} MATCH %s"
        order = f"AND f.rank MATCH 'bm25({WEIGHTS})'{conditions.text} ORDER BY f.rank"
        return Sql(f"SELECT s.record FROM {found} {order} LIMIT {limit}", [*match.values, *conditions.values])
    order = f"{conditions.text} ORDER BY ts_rank_cd(s.document, {match.text}) DESC, s.record"
    values = [*match.values, *conditions.values, *match.values]
    return Sql(f"SELECT s.record FROM {TABLE} s WHERE s.document @@ {match.text}{order} LIMIT {limit}", values)


def _best_of_any(wanted: Wanted) -> Sql:
    """The best that have any of the words, where few have every one."""
    match, conditions = _match(wanted, every=True), _conditions(wanted, kinds=False)
    found = _found(match.text)
    few = f"SELECT count(*) FROM (SELECT 1 FROM {found}{conditions.text} LIMIT {FEW}) few"
    best = _best(wanted, every=False, limit=f"(CASE WHEN ({few}) < {FEW} THEN {MOST} ELSE 0 END)", kinds=False)
    return Sql(best.text, [*best.values, *match.values, *conditions.values])


def _by_concept(wanted: Wanted, here: str, conditions: Sql) -> list[Sql]:
    """Of those near in meaning the ones that serve a wanted concept; and for each concept what serves it best."""
    marks = ", ".join(["%s"] * len(wanted.concepts))
    true = f"{TRUE} AND {_sure(wanted)}"
    some = f"EXISTS (SELECT 1 FROM {SERVES} c WHERE c.asset_id = n.record AND {true} AND c.concept IN ({marks}))"
    which = f"SELECT n.record FROM named n {here} AND {some} ORDER BY n.place LIMIT {SERVING}"
    best = (
        f"SELECT c.asset_id FROM {SERVES} c JOIN {TABLE} s ON s.record = c.asset_id WHERE c.concept = %s"
        f" AND {true}{conditions.text} ORDER BY c.weight DESC, c.asset_id LIMIT {OF_EACH}"
    )
    return [
        Sql(which, [*conditions.values, *wanted.concepts]),
        *(Sql(best, [concept, *conditions.values]) for concept in wanted.concepts),
    ]


def count_words(wanted: Wanted) -> dict[str, int]:
    """How many have every word, by kind of holder; the holder filter is left out so that each kind's number shows."""
    match, conditions = _match(wanted, every=True), _conditions(wanted, kinds=False)
    if connection.vendor == "sqlite" and not conditions.text:
        return _counted_by_index(str(match.values[0]))
    return _counted(f"{_found(match.text)}{conditions.text}", [*match.values, *conditions.values])


def _found(match: str) -> str:
    if connection.vendor == "sqlite":
        return f"{WORDS} f JOIN {TABLE} s ON s.record = f.rowid WHERE {WORDS} MATCH {match}"
    return f"{TABLE} s WHERE s.document @@ {match}"


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
    # What is over is its owner's again; and what goes out to its owner's own program is not restricted.
    conditions = _conditions(replace(wanted, lapsed=(), out=False), kinds=False)
    name = SQLITE_NAME if connection.vendor == "sqlite" else POSTGRESQL_NAME
    inner = (
        f"SELECT a.record_id AS record, r.owner_id AS owner, p.kind AS holder, a.cost, a.title, {SAID_OF_IT} AS words,"
        f" {name} AS who, t.shown_lat AS lat, t.shown_lng AS lng"
        " FROM knowing_asset a JOIN ground_record r ON r.id = a.record_id"
        " JOIN ground_party p ON p.id = r.owner_id LEFT JOIN ground_spot t ON t.record_id = r.id"
        f" WHERE a.record_id IN ({ids})"
    )
    serves = _serves(wanted)
    sql = f"SELECT {_columns(_far(wanted.near))}, 0, {serves.text} FROM ({inner}) s WHERE 1 = 1{conditions.text}"
    return _rows(sql, [*serves.values, *params, *conditions.values])


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


def _match(wanted: Wanted, every: bool) -> Sql:
    """The terms as each database asks for words, each in any of its spellings. Terms are letters and figures
    only, each quoted or bound."""
    terms = [(term, *wanted.spelled.get(term, ())) for term in wanted.terms]
    if connection.vendor == "sqlite":
        one = [" OR ".join(f'"{word}"' for word in words) for words in terms]
        words = (" AND " if every else " OR ").join(f"({word})" if len(terms) > 1 else word for word in one)
        return Sql("%s", [f"{{title words who}} : ({words})"])
    one = [f"({' || '.join([_QUERY] * len(words))})" for words in terms]
    bound = [word.translate(_FOLD) for words in terms for word in words]
    return Sql(f"({(' && ' if every else ' || ').join(one)})", bound)


def _is_literal(wanted: Wanted) -> Sql:
    """Whether one row of the search table has every word."""
    if not wanted.terms:
        return Sql("1 = 0", [])
    match = _match(wanted, every=True)
    if connection.vendor == "sqlite":
        return Sql(f"EXISTS (SELECT 1 FROM {WORDS} f WHERE f.rowid = s.record AND {WORDS} MATCH %s)", match.values)
    return Sql(f"s.document @@ {match.text}", match.values)


def _sure(wanted: Wanted) -> str:
    """In the face of harm, fear or despair no guess by meaning counts. Keys are ours: letters and underscores."""
    keys = ", ".join(f"'{key}'" for key in wanted.grave if key.replace("_", "").isalnum())
    return f"(c.how <> 'meaning' OR c.concept NOT IN ({keys}))" if keys else "1 = 1"


def _serves(wanted: Wanted) -> Sql:
    """How much a row of the search table serves each wanted concept: "key:hundredths", with spaces between."""
    if not wanted.concepts:
        return Sql("''", [])
    joined = "group_concat" if connection.vendor == "sqlite" else "string_agg"
    marks = ", ".join(["%s"] * len(wanted.concepts))
    which = f"c.asset_id = s.record AND {TRUE} AND {_sure(wanted)} AND c.concept IN ({marks})"
    return Sql(
        f"(SELECT {joined}(c.concept || ':' || c.weight, ' ') FROM {SERVES} c WHERE {which})", [*wanted.concepts]
    )


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
    if wanted.near and wanted.km is not None:
        text += f" AND {_far(wanted.near)} <= {int((wanted.km * 1000) ** 2)}"
    parts = " OR ".join(f"({PARTS[part]})" for part in wanted.parts)
    during = f" AND ({parts})" if parts else ""
    weekly = "EXISTS (SELECT 1 FROM knowing_assetday d WHERE d.asset_id = s.record"
    add(f"{weekly} AND d.weekday IN (%s){during})", wanted.days)
    text += f" AND {weekly}{during})" if parts and not wanted.days else ""
    add(
        "EXISTS (SELECT 1 FROM knowing_assetdomain d WHERE d.asset_id = s.record AND d.domain IN (%s))",
        wanted.domains,
    )
    if wanted.serving:
        served = _is_of_a_way(wanted.serving)
        text, values = text + served.text, [*values, *served.values]
    for feature in wanted.access:
        add("EXISTS (SELECT 1 FROM knowing_assetaccess d WHERE d.asset_id = s.record AND d.feature = %s)", [feature])
    add("s.owner NOT IN (%s)", wanted.hidden)
    add("s.record NOT IN (%s)", wanted.lapsed)
    if wanted.out:
        ids, params = going_out(Actor.anyone()).filter(kind="asset").values("pk").query.sql_with_params()
        text, values = f"{text} AND s.record IN ({ids})", [*values, *params]
    return Sql(text, values)


def _is_of_a_way(serving: Serving) -> Sql:
    """By what a thing is found to serve; where nothing is sure, by its parts of life. As sets, each read once."""
    sure = f"SELECT c.asset_id FROM {SERVES} c WHERE c.weight >= {int(serving.sure)}"
    parts = "SELECT d.asset_id FROM knowing_assetdomain d WHERE d.domain IN"
    concepts, domains = (", ".join(["%s"] * len(many)) or "NULL" for many in serving[:2])
    found = f"s.record IN ({sure} AND c.concept IN ({concepts}))"
    else_by = f"(s.record NOT IN ({sure}) AND s.record IN ({parts} ({domains})))"
    return Sql(f" AND ({found} OR {else_by})", [*serving.concepts, *serving.domains])


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
