"""Things and maps as they travel, with the nastiest texts a holder could write; and bytes that are nearly a file."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator

from hypothesis import strategies as st

from alongside.exchange.carrying.document import Chart, Holder, NamedArea, Thing, Time
from alongside.ground.people.models import Sort
from alongside.knowing.assets.models import Access, AssetKind, Cost

NASTY = [
    "=HYPERLINK(1)", "+44 1632", "-5", "@home", "\t=1", "'", "''", "'=x", "'Tis so", "→ up", "_x0041_", "_x005F_",
    'say "yes", no; or\tmaybe', "a\nb\r\nc", "\\n \\\\", "| bar", "level: a", "שלום\u202eעולם", "😀👩‍👩‍👧", "\u2028x",
    "\x07bell\x1b", "NaN", "1e5", "007", "TRUE", "</script>", "BEGIN:VEVENT", "a;b\\,c", " ", "e\u0301", "\ufeffmark",
]  # fmt: skip
letters = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
plain_text = st.text(letters, max_size=40)
mixed = st.builds("{}{}".format, st.sampled_from(NASTY), st.text(letters, max_size=8))
wild = st.one_of(st.sampled_from(NASTY), plain_text, mixed)
line = wild.map(lambda text: " ".join(text.split())[:80])
some_words = wild.map(str.strip)
key = st.uuids().map(str)
lats = st.floats(-90, 90, allow_nan=False)
lngs = st.floats(-180, 180, allow_nan=False)

RULES = {"weekly": "FREQ=WEEKLY;BYDAY=TU,TH", "monthly": "FREQ=MONTHLY;BYDAY=1MO;UNTIL=20270101T000000Z"}
SPLINTERS = [b'"', b"\n", b"{", b"[", b"null", b"1e999", b";", b"\xed\xa0\x80", b"BEGIN:VEVENT\n"]


@st.composite
def holders(draw: st.DrawFn) -> Holder:
    kind = draw(st.sampled_from(["person", "community", "organisation"]))
    sorts = {"person": ["person"], "community": ["group", "place"]}.get(kind, [Sort.PUBLIC.value, "voluntary"])
    name = draw(line.filter(bool))
    about = draw(some_words) if kind != "person" else ""
    return Holder(draw(key), kind, draw(st.sampled_from(sorts)), name, about)


@st.composite
def times(draw: st.DrawFn) -> Time:
    words = draw(line)
    day, hour = draw(st.integers(1, 28)), draw(st.integers(8, 20))
    kind = draw(st.sampled_from(["words", "once", "weekly", "monthly"]))
    if kind == "words":
        return Time(words=words or "most days")
    rule = {"weekly": "FREQ=WEEKLY;BYDAY=TU,TH", "monthly": "FREQ=MONTHLY;BYDAY=1MO;UNTIL=20270101T000000Z"}.get(
        kind, ""
    )
    month, offset = draw(st.sampled_from([("01", "+00:00"), ("07", "+01:00")]))
    starts = f"2026-{month}-{day:02}T{hour:02}:30:00{offset}"
    return Time(starts, rule, "Europe/London", draw(st.none() | st.integers(1, 600)), words)


@st.composite
def things(draw: st.DrawFn) -> Thing:
    placed = draw(st.booleans())
    code, name = line.map(lambda text: text[:20]).filter(bool), line.filter(bool)
    area = st.builds(NamedArea, st.just("ward"), st.just("2013"), code, name)
    features = st.dictionaries(st.sampled_from(Access.values), wild.map(lambda text: text.strip()[:200]), max_size=3)
    return Thing(
        key=draw(key),
        title=draw(line.filter(bool)),
        kind=draw(st.sampled_from(AssetKind.values)),
        words=draw(some_words),
        lang=draw(st.sampled_from(["en", "cy"])),
        cost=draw(st.sampled_from(Cost.values)),
        cost_words=draw(some_words),
        open_to=draw(some_words),
        least_age=draw(st.none() | st.integers(0, 130)),
        how=draw(some_words),
        website=draw(st.sampled_from(["", "https://example.org/?a=1&b=2#=x"])),
        paid=draw(st.booleans()),
        confirmed_on=draw(st.sampled_from(["", "2026-02-28"])),
        domains=draw(st.sampled_from([(), ("home",), ("fun", "home")])),
        access=tuple(sorted(draw(features).items())),
        whens=tuple(draw(st.lists(times(), max_size=3))),
        lat=draw(lats) if placed else None,
        lng=draw(lngs) if placed else None,
        precision=draw(st.sampled_from(["", "cell", "exact", "area"])),
        place=draw(line),
        area=draw(st.none() | area),
        per_week=draw(st.none() | st.integers(0, 9999)),
        unit=draw(st.sampled_from(["", "minutes", "places"])),
        holder=draw(st.none() | holders()),
        source=draw(line),
        source_id=draw(some_words),
    )


many_things = st.lists(things(), max_size=4, unique_by=lambda thing: thing.key)
SQUARE = {"type": "Polygon", "coordinates": [[[0.0, 50.0], [1.0, 50.0], [1.0, 51.0], [0.0, 51.0], [0.0, 50.0]]]}
charts = st.builds(
    Chart,
    key=key,
    title=line.filter(bool),
    words=some_words,
    may_stand=some_words,
    may_not=some_words,
    decides=some_words,
    objects_how=some_words,
    review_on=st.sampled_from(["", "2027-01-01"]),
    holder=st.none() | holders(),
    edge=st.sampled_from([None, SQUARE]),
    layers=st.sampled_from([(), (("people", True), ("feed-1", False))]),
)


def mutations(whole: bytes, many: int, seed: int = 1) -> Iterator[bytes]:
    """Copies of a file with some of it changed, moved, doubled, cut off, or put in from nowhere."""
    draw = random.Random(seed)
    for _n in range(many):
        data = bytearray(whole)
        for _turn in range(draw.randint(1, 6)):
            at, size = draw.randrange(len(data) or 1), draw.randint(1, 40)
            kind = draw.randrange(6)
            if kind == 0:
                del data[at : at + size]
            elif kind == 1:
                data[at:at] = draw.randbytes(size)
            elif kind == 2:
                data[at:at] = data[at : at + size * 20]
            elif kind == 3 and data:
                data[at % len(data)] = draw.choice(string.printable.encode() + b"\x00\xff")
            elif kind == 4:
                del data[at:]
            else:
                data[at:at] = draw.choice(SPLINTERS)
        yield bytes(data)
