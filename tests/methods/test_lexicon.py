"""From what somebody says to what matters, and from an offer to what it serves, with a small lexicon of our own."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.methods.lexicon import MOST, MOST_NEAR, Concept, Lexicon, texts
from alongside.methods.phrases import stems_of

COMPANY = Concept(
    "company",
    "people",
    "Company most days",
    "Cwmni",
    says=("I am lonely", "The house is so quiet since he went", "I don't see a soul"),
    says_cy=("Rwy'n unig iawn heddiw",),
    signs=("befriending", "coffee morning", "lunch club"),
    signs_cy=("bore coffi",),
    near=("grief",),
)
GRIEF = Concept("grief", "people", "Somebody has died", says=("My wife died in spring",), signs=("bereavement",))
TIRED = Concept("tired", "health", "Always tired", says=("I'm worn out all the time",), signs=("ME", "chronic fatigue"))
HARM = Concept("harm", "safe", "Afraid at home", says=("I'm afraid of him",), signs=("refuge",), urgent=True)
ALL = (COMPANY, GRIEF, TIRED, HARM)


def along(*places: int) -> np.ndarray:
    """A unit vector that points evenly along these of eight directions."""
    vector = np.zeros(8, dtype=np.float32)
    vector[list(places)] = 1
    return vector / np.linalg.norm(vector)


def with_meaning() -> Lexicon:
    """Each concept's texts point in a direction of their own."""
    rows = []
    for part in ("says", "signs", "offers"):
        for n, concept in enumerate(ALL):
            number = {"says": 1 + len(concept.says), "signs": len(concept.signs), "offers": len(concept.offers) or 1}
            rows += [along(n)] * number[part]
    return Lexicon(ALL, np.stack(rows))


by_words = Lexicon(ALL)


def keys(found: list) -> list[str]:
    return [one.key for one in found]


def test_somebody_s_own_words_show_what_they_mean_and_why():
    first = by_words.of_statement("I'm so lonely")[0]
    assert first.key == "company"
    assert first.because == "I am lonely"
    assert 0.5 < first.weight <= 1
    assert not first.urgent


def test_meaning_finds_what_no_word_shows():
    lexicon = with_meaning()
    assert keys(by_words.of_statement("nobody comes")) == []
    assert keys(lexicon.of_statement("nobody comes quiet", along(0)))[0] == "company"


def test_meaning_is_left_out_in_another_language():
    lexicon = with_meaning()
    assert keys(lexicon.of_statement("Rwy'n unig iawn", along(2), lang="cy"))[0] == "company"


def test_what_is_near_comes_with_it_and_weighs_less():
    meant = by_words.of_statement("I am lonely")
    assert [(one.key, one.near) for one in meant] == [("company", False), ("grief", True)]
    assert meant[1].weight < meant[0].weight / 2


def test_what_nobody_speaks_of_is_not_taken_to_be_understood():
    lexicon = with_meaning()
    known = lexicon.of_statement("lonely", along(0))[0].weight
    strange = lexicon.of_statement("lonely zeppelin quokkas", along(0))
    assert not strange or strange[0].weight < known / 3


def test_a_slip_of_the_pen_is_forgiven():
    lexicon = with_meaning()
    right = lexicon.of_statement("bereavement", along(1))[0].weight
    assert lexicon.of_statement("bereavment", along(1))[0].weight == pytest.approx(right)


def test_a_name_within_a_sentence_takes_nothing_away():
    lexicon = with_meaning()
    plain = lexicon.of_statement("I am lonely", along(0))[0].weight
    assert lexicon.of_statement("I am lonely in Wiltonbury", along(0))[0].weight == pytest.approx(plain)


def test_danger_is_marked():
    assert by_words.of_statement("I'm afraid of him")[0].urgent


@pytest.mark.parametrize("text", ["", "   ", "the and of", "\u202e🦊" * 5_000, "x" * 10_000])
def test_nothing_is_meant_by_nothing(text):
    assert by_words.of_statement(text) == []
    with_meaning().of_statement(text, along(7))


def test_signs_in_a_title_count_more_than_in_passing():
    title = {one.key: one.weight for one in by_words.of_offer("Lunch club", "Every Tuesday")}
    passing = {one.key: one.weight for one in by_words.of_offer("Hall", "Rooms for hire, used by a lunch club")}
    assert title["company"] > passing["company"] > 0


def test_a_sign_of_several_words_must_stand_together():
    assert by_words.of_offer("Lunch", "A club for chess") == []
    assert keys(by_words.of_offer("Lunch clubs", "")) == ["company"]


def test_a_short_form_in_capitals_is_no_little_word():
    assert keys(by_words.of_offer("For people with M.E.", "")) == ["tired"]
    assert by_words.of_offer("Come with me", "Ask me anything") == []
    assert stems_of("Tell me about ME") == ["tell", "ME"]


def test_meaning_bears_a_sign_out():
    lexicon = with_meaning()
    borne = {one.key: one.weight for one in lexicon.of_offer("Hall", "a befriending visit", along(0))}
    alone = {one.key: one.weight for one in lexicon.of_offer("Hall", "a befriending visit", along(7))}
    assert borne["company"] > alone.get("company", 0)


def test_the_holder_s_own_ticks_come_first_and_strange_ones_are_left_out():
    found = by_words.of_offer("Lunch club", "", ticked=("harm", "no such thing"))
    assert [(one.key, one.how) for one in found] == [("harm", "ticked"), ("company", "words")]
    assert found[0].weight == 1
    assert keys(by_words.of_offer("Lunch club", "", ticked=("company",))) == ["company"]


def test_two_concepts_of_one_key_and_missing_vectors_are_refused():
    with pytest.raises(ValueError, match="key of its own"):
        Lexicon([COMPANY, COMPANY])
    with pytest.raises(ValueError, match="one vector"):
        Lexicon(ALL, np.zeros((3, 8), dtype=np.float32))


def test_an_empty_lexicon_knows_nothing_and_says_so():
    empty = Lexicon([])
    assert empty.of_statement("I am lonely") == []
    assert empty.of_offer("Lunch club", "") == []
    assert texts([]) == []


@given(st.text(max_size=300), st.text(max_size=300))
def test_whatever_is_said_weights_are_weights(text, title):
    meant = by_words.of_statement(text)
    assert len(meant) <= MOST + MOST_NEAR
    assert all(0 < one.weight <= 1 for one in meant)
    assert len(set(keys(meant))) == len(meant)
    assert all(0 < one.weight <= 1 for one in by_words.of_offer(title, text))


def test_a_thousand_offers_a_second_beyond_the_embedding():
    chance = np.random.default_rng(1)
    many = [
        Concept(f"c{n}", says=(f"I want thing {n}",), signs=tuple(f"sign{n} word{m}" for m in range(8)))
        for n in range(400)
    ]
    vectors = chance.normal(size=(len(texts(many)), 384)).astype(np.float32)
    lexicon = Lexicon(many, vectors / np.linalg.norm(vectors, axis=1, keepdims=True))
    offers = [(f"Sign{n % 400} word1", "Come along and meet people over a cup of tea. " * 10) for n in range(500)]
    shown = chance.normal(size=(500, 384)).astype(np.float32)
    lexicon.of_offers(offers[:10], shown[:10])
    began = time.process_time()
    found = lexicon.of_offers(offers, shown / np.linalg.norm(shown, axis=1, keepdims=True))
    assert len(found) == 500
    assert 500 / (time.process_time() - began) > 300  # a loaded machine; alone it is beyond 1,000


def test_offers_made_up_stand_for_a_concept_and_its_signs_do_where_nobody_made_any_up():
    made = Concept("tea", label="Tea", signs=("kettle",), offers=("Tea for all. A cup.", "Tea van. It comes."))
    bare = Concept("bare", label="Bare", signs=("one sign", "two signs"))
    said, signs = ["Tea", "Bare"], ["kettle", "one sign", "two signs"]
    assert texts([made, bare]) == [*said, *signs, *made.offers, "one sign, two signs"]
    rows = np.stack([along(n) for n in range(8)])
    known = Lexicon([made, bare], rows)
    np.testing.assert_array_equal(known.offers("tea"), rows[5:7])
    np.testing.assert_array_equal(known.offers("bare"), rows[7:])
    assert known.offers("nothing") is None and Lexicon([made, bare]).offers("tea") is None
