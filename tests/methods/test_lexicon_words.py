"""Loose words: whose talk somebody's words are, and how much of what shows a concept something on offer says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.methods.lexicon_words import Talk, Vocabulary
from alongside.methods.phrases import stems_of

BOATS, BREAD = 0, 1
TALK = Talk(
    [("I miss the river", "My boat leaks", "The boat goes out without me"), ("I'd like to bake", "My loaf won't rise")],
    [("oars", "old river", "mornings"), ("flour", "oven", "mornings")],
)
SIGNS = [("rowing club", "boat yard"), ("bread making", "bakery")]
OFFERS = [
    ("Rowing Club. Adults learn to row on the river in a club boat.", "Boat Repair. A yard where you mend your boat."),
    ("Bread Making. A bakery teaches adults to make bread.", "Community Oven. Bake your own bread with neighbours."),
]
SHOWS = Vocabulary(SIGNS, OFFERS)


def talk(text: str) -> np.ndarray:
    return TALK.of(frozenset(stems_of(text)))


def test_words_count_for_the_concept_in_whose_talk_they_turn_up() -> None:
    assert talk("my oars are gone")[BOATS] > 0 == talk("my oars are gone")[BREAD]
    assert talk("no flour left")[BREAD] > 0 == talk("no flour left")[BOATS]


def test_what_everybody_says_counts_less_than_what_only_some_do() -> None:
    assert talk("oars")[BOATS] > talk("mornings")[BOATS] > 0


def test_words_that_nobody_uses_thin_it_out() -> None:
    assert 0 < talk("oars zeppelins quokkas")[BOATS] < talk("oars")[BOATS]


def test_nothing_said_speaks_of_nothing() -> None:
    assert not talk("").any() and not talk("the of and").any() and not talk("🦊" * 5_000).any()


def test_an_offer_speaks_of_what_it_serves_wherever_the_words_stand() -> None:
    found = SHOWS.of("Saturday mornings", "The club has a boat on the river, and a yard to mend it in")
    assert found[BOATS] > 3 * found[BREAD]
    assert SHOWS.of("Chess", "Openings and endings")[BOATS] == 0


def test_an_offer_made_up_says_all_that_can_be_asked() -> None:
    """What is like the best of a concept's own offers, and as long as usual texts are, counts in full, and no more."""
    for n, those in enumerate(OFFERS):
        best = max(float(SHOWS.of(*text.split(". ", 1))[n]) for text in those)
        assert 0.6 < best <= 1
    assert SHOWS.of("Boat boat river club yard", "boat river rowing club yard row mend " * 40)[BOATS] == 1


def test_a_title_counts_more_than_a_line_in_passing() -> None:
    title = SHOWS.of("Bakery", "Open every day to all who like to come")
    passing = SHOWS.of("Open every day", "All who like to come are near the bakery")
    assert title[BREAD] > passing[BREAD] > 0


def test_a_concept_with_one_poor_sign_does_not_take_everything() -> None:
    """A steward's own concept, named by a common word: one mention is not all there is to say."""
    shows = Vocabulary([*SIGNS, ("club",)], [*OFFERS, ("club",)])
    assert shows.of("Hall", "Rooms, also for a club")[2] < 1


def test_without_concepts_there_is_nothing() -> None:
    assert Talk([], []).of(frozenset({"boat"})).shape == (0,)
    assert Vocabulary([], []).of("Boat", "boat").shape == (0,)


@pytest.mark.parametrize("shown", [Talk, Vocabulary])
def test_every_concept_has_both_lists(shown: type) -> None:
    with pytest.raises(ValueError, match="zip"):
        shown([("a boat",)], [])


@given(st.text(max_size=200), st.text(max_size=400))
def test_whatever_stands_there_is_from_nothing_to_all(title: str, words: str) -> None:
    found = SHOWS.of(title, words)
    assert ((found >= 0) & (found <= 1)).all() and np.isfinite(found).all()
    assert (TALK.of(frozenset(stems_of(words))) >= 0).all()
