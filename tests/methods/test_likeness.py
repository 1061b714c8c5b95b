"""Likely duplicates: found through other hands' spelling, told apart where they differ, the same in any order."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.methods.likeness import LIKELY, Alike, alike
from alongside.methods.likeness_evidence import Thing
from alongside.methods.likeness_words import address_of, figures, initials, mail_of, site_of, tells_apart, words_of
from bench._duplicates_seed import Copy, Listed, near_misses, seeded
from bench.duplicates import invented, judged, things_of

CHOIR = Thing(
    id=1,
    title="Saint Anne Community Choir",
    words="We sing folk songs and rounds on Tuesdays. No need to read music. Tea afterwards in the vestry.",
    holder="Friends of Saint Anne Association",
    address="12 Mill Road, Eastbrook, ZZ1 1AA",
    phone="01632 960 111",
    email="sing@example.org",
    website="https://www.example.org/choir/",
    lat=51.5,
    lng=-2.5,
)


def score(other: Thing, one: Thing = CHOIR) -> float:
    found = alike([one, other], least=0.0)
    return found[0].score if found else 0.0


def as_other_hands(**changes: object) -> Thing:
    return CHOIR._replace(id=2, **changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "St Anne Comm. Choir"},
        {"title": "Choir: Saint Anne community"},
        {"title": "SAINT ANNE COMMUNITY CHIOR!"},
        {"title": "Saint Anne Community Choir (Friends of Saint Anne Association)"},
        {"holder": "Friends of St. Anne Assoc. Ltd"},
        {"address": "", "lat": None, "lng": None},
        {"lat": 51.5006, "lng": -2.5009},
        {"phone": "+44 1632 960111", "email": "", "website": "example.org/choir"},
        {"words": "Folk songs and rounds, tea in the vestry. Nobody needs to read music."},
        {"words": "", "phone": "", "email": "", "website": ""},
        {"title": "St. Anne's Community Choir", "holder": "", "words": "", "address": ""},
    ],
)
def test_the_same_thing_in_other_hands_is_found(changes: dict[str, object]) -> None:
    assert score(as_other_hands(**changes)) >= LIKELY


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Repair café", "words": "Bring what is broken, and a screwdriver. We mend lamps and zips."},
        {
            "holder": "Harbour Town Council",
            "address": "9 Quay Lane, Harbour",
            "phone": "01632 960 999",
            "email": "quay@example.org",
            "website": "https://harbour.example.org",
            "lat": 51.9,
        },
        {
            "title": "Saint Anne Toddler Disco",
            "words": "Loud music for people under five, and their grown-ups on mats.",
        },
    ],
)
def test_another_thing_is_not_taken_for_it(changes: dict[str, object]) -> None:
    assert score(as_other_hands(**changes)) < LIKELY


def test_numbers_days_and_steps_tell_one_of_a_row_from_the_next() -> None:
    first = CHOIR._replace(title="1st Eastbrook Cubs")
    assert score(first._replace(id=2, title="2nd Eastbrook Cubs"), first) < score(first._replace(id=2), first)
    yoga = Thing(1, "Yoga on Mondays", holder="Eastbrook Hall")
    assert score(Thing(2, "Yoga on Tuesdays", holder="Eastbrook Hall"), yoga) < LIKELY


def test_every_pair_says_why_the_heaviest_reason_first() -> None:
    [pair] = alike([CHOIR, as_other_hands(title="St Anne Choir", email="other@example.org")])
    codes = [reason.code for reason in pair.reasons]
    assert {"same_words", "same_holder", "same_phone", "same_website", "same_address", "near"} <= set(codes)
    weights = [reason.weight for reason in pair.reasons]
    assert weights == sorted(weights, reverse=True)
    assert "other_email" in codes
    assert 0 <= pair.score <= 1


def test_what_is_not_known_neither_speaks_for_nor_against() -> None:
    bare = Thing(2, CHOIR.title)
    codes = {reason.code for pair in alike([CHOIR, bare], least=0.0) for reason in pair.reasons}
    assert codes == {"same_title"}


def test_a_way_to_get_in_touch_that_many_share_tells_little() -> None:
    """Twelve groups in one hall answer the same telephone."""
    hall = [
        Thing(n, f"{name} at the hall", f"We do {name} with {name} things.", "Eastbrook Hall", phone="01632 960 555")
        for n, name in enumerate(
            ["chess", "yoga", "dance", "bowls", "judo", "drama", "bingo", "poetry", "tango", "jazz", "knots", "kites"]
        )
    ]
    assert alike(hall) == []


def test_the_same_in_any_order() -> None:
    things = things_of(invented(120), seeded(invented(120), 0.4, 5))
    mixed = list(things)
    random.Random(1).shuffle(mixed)
    assert alike(mixed) == alike(things)


def test_each_pair_stands_once_and_never_a_thing_with_itself() -> None:
    found = alike(things_of(invented(80), seeded(invented(80), 0.5, 6)))
    pairs = [frozenset((pair.one, pair.other)) for pair in found]
    assert len(pairs) == len(set(pairs))
    assert all(len(pair) == 2 for pair in pairs)


def test_only_pairs_with_the_thing_asked_about() -> None:
    things = things_of(invented(60), seeded(invented(60), 0.5, 6))
    whole = alike(things)
    asked = whole[0].one
    assert alike(things, only={asked}) == [pair for pair in whole if asked in (pair.one, pair.other)]


def test_copies_of_invented_things_are_found_and_near_misses_are_not() -> None:
    """The figure of the claim on others' data is in bench/duplicates.py; this guards it on invented things."""
    base = invented(400)
    copies: list[Copy] = seeded(base, 0.3, 21)
    found = {frozenset((str(p.one), str(p.other))) for p in alike(things_of(base, copies, near_misses(base, 0.1, 22)))}
    precision, recall = judged(found, copies)
    assert precision >= 0.95
    assert recall >= 0.9


text = st.text(max_size=60)
thing = st.builds(
    Thing,
    id=st.integers(0, 10**6),
    title=text,
    words=text,
    holder=text,
    address=text,
    phone=text,
    email=text,
    website=text,
    lat=st.none() | st.floats(-90, 90),
    lng=st.none() | st.floats(-180, 180),
)


@settings(deadline=None, max_examples=60)
@given(st.lists(thing, max_size=12, unique_by=lambda one: one.id))
def test_no_text_at_all_breaks_it(things: list[Thing]) -> None:
    found: list[Alike] = alike(things, least=0.0)
    assert all(0 <= pair.score <= 1 and pair.one != pair.other for pair in found)


@given(st.text(), st.text())
def test_what_speaks_for_a_pair_is_the_same_both_ways(one: str, other: str) -> None:
    a, b = Thing(1, one, holder="Mill Road Hall"), Thing(2, other, holder="Mill Road Hall")
    assert score(b, a) == pytest.approx(score(a._replace(id=2), b._replace(id=1)), abs=0.02)


def test_words_are_cut_alike_however_they_are_written() -> None:
    assert words_of("St. Anne's Comm. Centre & Gdns") == words_of("st annes community ctr and gardens")
    assert words_of("Café Llŷn") == words_of("Cafe Llyn")
    assert words_of("The And") == ("the", "and")
    assert words_of("") == ()


def test_ways_to_get_in_touch_are_cut_alike() -> None:
    assert figures("+44 (0)1632 960-111") == figures("01632 960 111; ext")
    assert figures("999") == frozenset()
    assert mail_of(" MAILTO:Sing@Example.org ") == "sing@example.org"
    assert mail_of("none") == ""
    assert site_of("HTTP://www.Example.org/a/#top") == site_of("https://example.org/a")
    assert site_of("none") == ""
    assert initials("Friends of Saint Anne Association Ltd") == "fosaa"
    assert initials("Age Concern") == ""


def test_an_address_has_words_and_what_tells_doors_apart() -> None:
    place = address_of("12a Mill Rd, Eastbrook, ZZ1 1AA")
    assert "mill" in place.words and "12a" in place.numbers and "zz11aa" in place.numbers
    assert address_of("") == (frozenset(), frozenset())


def test_what_tells_one_of_a_row_apart() -> None:
    assert tells_apart("2nd Eastbrook Cubs, Mondays") == {"2", "mon"}
    assert tells_apart("Tai chi for beginners") == tells_apart("Beginner's tai chi")
    assert tells_apart("Lunch club") == frozenset()


def test_a_listed_thing_fits_field_for_field() -> None:
    """The generator was written first; the matcher takes what it makes."""
    assert Listed._fields == Thing._fields
