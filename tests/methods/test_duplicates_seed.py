"""The generator that judges the matcher of duplicates is itself judged: realistic, repeatable, and never empty."""

from __future__ import annotations

import re
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from bench._duplicates_seed import EDITS, Listed, near_misses, seeded

TITLES = (
    "Lunch club",
    "Stay and play",
    "Mill Road walking group",
    "Chair yoga",
    "Repair morning",
    "Saint Bride's choir",
)
PLACES = ("Eastbrook", "Westfield", "Harbour Street", "The Old Library", "Northgate")


def made_up(n: int = 60) -> list[Listed]:
    """Things of an invented town."""
    return [
        Listed(
            id=f"t{number}",
            title=f"{TITLES[number % 6]} - {PLACES[number % 5]} {number}",
            words=f"We meet weekly and offer help to older people. Tea is free. Ask number {number} for more advice.",
            holder=f"{PLACES[number % 5]} Community Association & Friends Ltd",
            address=f"{number} Mill Road, Eastbrook",
            phone=f"01632 960 {number:03}",
            email=f"hello{number}@example.org",
            website=f"https://www.example.org/{number}",
            lat=51.4 + number / 1000,
            lng=-2.6 - number / 1000,
        )
        for number in range(n)
    ]


def test_the_same_seed_gives_the_same_copies_and_another_seed_others() -> None:
    assert seeded(made_up(), seed=3) == seeded(made_up(), seed=3)
    assert seeded(made_up(), seed=3) != seeded(made_up(), seed=4)


def test_as_many_as_asked_for_each_of_another_thing_with_an_id_that_tells_nothing() -> None:
    copies = seeded(made_up(), share=0.5)
    assert len(copies) == 30
    assert len({copy.of for copy in copies}) == 30
    assert not any(copy.of in copy.thing.id for copy in copies)


def test_every_copy_differs_and_says_by_which_edits() -> None:
    things = {thing.id: thing for thing in made_up()}
    for copy in seeded(made_up(), share=1.0):
        assert copy.thing._replace(id=copy.of) != things[copy.of]
        assert copy.edits and set(copy.edits) <= set(EDITS)
        assert copy.thing.title.strip()


def test_every_kind_of_edit_happens_in_a_hundred_copies() -> None:
    done = Counter(edit for seed in range(2) for copy in seeded(made_up(), 1.0, seed) for edit in copy.edits)
    assert set(done) == set(EDITS)
    assert min(done.values()) >= 8


def one_edit(kind: str) -> list[tuple[Listed, Listed]]:
    import random

    return [(thing, EDITS[kind](random.Random(n), thing)) for n, thing in enumerate(made_up())]


def test_abbreviations_shorten_words_that_people_shorten() -> None:
    assert any("Rd" in after.title for _before, after in one_edit("abbreviation"))
    assert all("Rd" in after.address for _before, after in one_edit("abbreviation"))


def test_and_becomes_a_sign() -> None:
    assert any("Stay & play" in after.title for _before, after in one_edit("ampersand"))
    assert all("Association and Friends" in after.holder for _before, after in one_edit("ampersand"))


def test_words_change_their_order_and_none_is_lost() -> None:
    for before, after in one_edit("order"):
        assert sorted(re.findall(r"\w+", before.title)) == sorted(re.findall(r"\w+", after.title))
    assert all(before.title != after.title for before, after in one_edit("order"))


def test_a_slip_of_the_keyboard_changes_a_letter_or_two() -> None:
    for before, after in one_edit("typing"):
        assert abs(len(before.title) - len(after.title)) <= 2
        assert before.title != after.title


def test_a_point_moves_by_some_streets_at_most() -> None:
    for before, after in one_edit("moved"):
        assert before.lat is not None and after.lat is not None
        assert abs(before.lat - after.lat) < 0.004


def test_a_telephone_number_keeps_its_figures_or_goes() -> None:
    for before, after in one_edit("phone"):
        figures = re.sub(r"\D", "", after.phone).removeprefix("44").removeprefix("0")
        assert not figures or figures == re.sub(r"\D", "", before.phone)[1:]


def test_an_address_goes_and_sometimes_the_point_with_it() -> None:
    after = [after for _before, after in one_edit("no address")]
    assert not any(one.address for one in after)
    assert {one.lat is None for one in after} == {True, False}


def test_a_holder_is_spelt_in_another_way() -> None:
    assert all(before.holder != after.holder for before, after in one_edit("holder"))


def test_a_description_is_written_anew_from_the_same_matter() -> None:
    changed = [(before, after) for before, after in one_edit("description") if after.words]
    assert all(before.words != after.words for before, after in changed)
    assert len(changed) > 40


def test_near_misses_share_a_title_or_a_holder_but_not_the_thing() -> None:
    things = {thing.id: thing for thing in made_up()}
    for miss in near_misses(made_up(), 0.5):
        before = things[miss.of]
        same_title, same_holder = miss.thing.title == before.title, miss.thing.holder == before.holder
        assert same_title != same_holder
        assert miss.thing.id.startswith("near-")


words = st.text(max_size=80)


@given(
    st.lists(
        st.builds(Listed, id=st.uuids().map(str), title=words, words=words, holder=words, address=words, phone=words),
        min_size=1,
        max_size=8,
        unique_by=lambda thing: thing.id,
    ),
    st.integers(0, 10_000),
)
def test_any_list_at_all_can_be_said_again(things: list[Listed], seed: int) -> None:
    copies = seeded(things, 1.0, seed)
    assert len(copies) == len(things)
    assert {copy.of for copy in copies} == {thing.id for thing in things}
