"""A postcode is understood however somebody types it, and nothing else is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from alongside.methods.postcode import OUTWARD, exact, readings, shown, tidy


def first(words: str) -> str:
    read = readings(words)
    return read[0].shown if read else ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("LM1 2AB", "LM1 2AB"),
        ("lm12ab", "LM1 2AB"),
        ("  l m 1 2 a b ", "LM1 2AB"),
        ("LM1-2AB", "LM1 2AB"),
        ("LM1.2AB", "LM1 2AB"),
        ("LM1\u00a02AB", "LM1 2AB"),
        ("\u202eLM1 2AB\u202c", "LM1 2AB"),  # marks that turn the direction of writing
        ("ＬＭ１ ２ＡＢ", "LM1 2AB"),
        ("lmi 2ab", "LM1 2AB"),
        ("LM1O 1AA", "LM1O 1AA"),  # a real form (A9A); the next one read is LM10
        ("SWIA OAA", "SW1A 0AA"),
        ("SW1A OAA", "SW1A 0AA"),
        ("0X1 1DP", "OX1 1DP"),
        ("W1A 1HQ", "W1A 1HQ"),
        ("EC1A 1BB", "EC1A 1BB"),
        ("M1 1AE", "M1 1AE"),
    ],
)
def test_a_whole_one_in_any_spacing_and_case(typed: str, meant: str) -> None:
    assert first(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("LM1", "LM1"),
        ("lm 1", "LM1"),
        ("LM1 2", "LM1 2"),
        ("LM12", "LM12"),
        ("LM 12", "LM12"),
        ("LM1 2A", "LM1 2A"),
        ("w1a", "W1A"),
        ("L0", "L0"),
        ("I1", "I1"),
        ("LM1O", "LM1O"),
    ],
)
def test_half_of_one_and_the_gap_says_which_half(typed: str, meant: str) -> None:
    assert first(typed) == meant
    assert not any(one.whole for one in readings(typed)) or not meant


def test_a_word_of_letters_is_never_half_of_one() -> None:
    """Somebody who types the beginning of Priory Walk does not mean Preston."""
    assert readings("Pri") == readings("LMI") == readings("Bo") == []


def test_other_ways_to_read_it_come_after() -> None:
    assert [one.shown for one in readings("LM12")] == ["LM12", "LM1 2"]
    assert [one.shown for one in readings("LM1 2")] == ["LM1 2", "LM12"]
    assert [one.shown for one in readings("LM1O 1AA")] == ["LM1O 1AA", "LM10 1AA"]


@pytest.mark.parametrize(
    "words",
    [
        *("", " ", "benches", "Old Quay", "LM", "LOL", "1", "2AB", "12 High Street", "LM1 2ABC", "LM123AB4", "LM1!2AB"),
        *("ל1 2אב", "LM１²", "1" * 10_000, "LM1 " * 2_500, "\u202e" * 41, "🎹1 2AB", "ſm1 2ab\u0301"),
    ],
)
def test_what_is_none_is_none(words: str) -> None:
    assert readings(words) == [] or not readings(words)[0].whole


@given(st.text(max_size=50))
@example("ß1 1aa")
@example("ﬁ1 1aa")
def test_nothing_typed_can_break_it(words: str) -> None:
    for one in readings(words):
        assert one.start.isascii() and one.start.isalnum() and one.start == one.start.upper()
        assert len(one.start) <= one.length <= 7
        assert one.shown.replace(" ", "") == one.start


@given(st.sampled_from(OUTWARD), st.data())
def test_every_form_is_read_as_it_stands_in_any_dress(form: str, data: st.DataObject) -> None:
    code = "".join(
        data.draw(st.sampled_from("ABCDEFGHJKLMNPQRSTUVWXYZ" if sign == "A" else "23456789")) for sign in form + "9AA"
    )
    dressed = data.draw(
        st.sampled_from([shown(code), code, code.lower(), f" {shown(code).lower()} ", shown(code) + "."])
    )
    (read,) = [one for one in readings(dressed) if one.whole]
    assert (read.start, read.mended) == (code, 0)
    assert exact(shown(code)) == code == tidy(dressed)


def test_a_table_is_read_strictly() -> None:
    """What is forgiven to people is a fault in a file: it may stand for another postcode."""
    assert exact("LM1 2AB") == exact("lm12ab") == exact("LM1  2AB") == "LM12AB"
    assert not any(map(exact, ("LMI 2AB", "LM1 2A", "LM1", "", "2AB LM1", "LM1\u00a02AB", "LM1 2AB" * 2_000)))
