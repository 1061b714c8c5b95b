"""Receipts and codes: enough of them, unmistakable, told apart over the telephone, and kept by nobody."""

from __future__ import annotations

import math
import re
from collections import Counter

import pytest
from rapidfuzz import process
from rapidfuzz.distance import OSA

from alongside.ground.history.acting import Fault
from alongside.planning.ballots import receipts
from alongside.planning.rolls import codes

WORDS = receipts.words()


def sound(word: str) -> str:
    """Roughly how a word sounds: what is said alike, and vowels that are easily taken for one another, become one."""
    for said, alike in (
        ("tch", "ch"),
        ("dge", "j"),
        ("ck", "k"),
        ("qu", "kw"),
        ("x", "ks"),
        ("ph", "f"),
        ("wh", "w"),
        ("gh", ""),
    ):
        word = word.replace(said, alike)
    word = re.sub(r"c(?=[eiy])|z", "s", word).replace("ch", "C").replace("sh", "S").replace("c", "k").replace("y", "i")
    word = re.sub(r"(?<=[aeiou])w(?=[aeiou])", "", re.sub(r"(.)\1", r"\1", word))
    return re.sub(r"[aeiou]+$", "", re.sub(r"[aeiou]+", "a", word))


def test_there_are_as_many_receipts_as_we_say() -> None:
    assert len(WORDS) == len(set(WORDS)) == 2_048
    many = len(WORDS) ** 2 * (receipts.MOST - receipts.LEAST + 1)
    assert many == 377_487_360
    assert 28.4 < math.log2(many) < 28.6
    assert 39 < math.log2(len(codes.LETTERS) ** codes.LONG) < 40


def test_words_are_plain_and_no_longer_than_nine_letters() -> None:
    assert all(re.fullmatch(r"[a-z]{3,9}", word) for word in WORDS)
    assert not [word for word in WORDS if re.match(r"kn|wr|ps|ph|gn", word)], "letters that nobody says"


def test_one_slip_of_the_hand_makes_no_other_word() -> None:
    """No two differ by one letter put in, left out or changed, or by two that changed places."""
    near = process.cdist(WORDS, WORDS, scorer=OSA.distance, score_cutoff=1)
    assert int((near <= 1).sum()) == len(WORDS)  # each is near itself alone


def test_no_word_sounds_like_another() -> None:
    alike = Counter(sound(word) for word in WORDS)
    assert not [word for word in WORDS if alike[sound(word)] > 1]


def test_no_word_names_a_number() -> None:
    numbers = {
        "two",
        "six",
        "ten",
        "eleven",
        "twelve",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "hundred",
        "thousand",
        "dozen",
    }
    assert not numbers & set(WORDS)


@pytest.mark.parametrize(
    "typed", ["heron 42 plum", " HERON  42  Plum\n", "heron-42-plum", "heron42plum", "Heron, 42, plum."]
)
def test_a_receipt_is_read_as_people_write_it(typed: str) -> None:
    assert receipts.plain(typed) == "heron 42 plum"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "a number of two figures"),
        ("heron 4 plum", "a number of two figures"),
        ("heron 42", "a number of two figures"),
        ("heron ٤٢ plum", "a number of two figures"),
        ("herno 42 plum", "Could it be “heron”"),
        ("heron 42 plumm", "Could it be “plum”"),
        ("heron 42 qqqqqqqq", "is in no receipt. Look at it again"),
        ("plum " * 3_000, "a number of two figures"),
    ],
)
def test_what_is_no_receipt_says_what_is_wrong(typed: str, words: str) -> None:
    with pytest.raises(Fault, match=words):
        receipts.plain(typed)


def test_lots_fall_on_the_whole_list() -> None:
    drawn = [receipts.draw().split() for _n in range(6_000)]
    numbers = Counter(int(number) for _one, number, _two in drawn)
    assert set(numbers) == set(range(10, 100))
    assert max(numbers.values()) < 3 * min(numbers.values()) + 40
    assert len({one for one, _number, _two in drawn}) > 1_850


@pytest.mark.parametrize("typed", ["K7QM-3PXD", "k7qm3pxd", " K7QM 3PXD ", "k7qm–3pxd"])
def test_a_code_is_read_as_people_write_it(typed: str) -> None:
    assert codes.plain(typed) == "K7QM3PXD"
    assert codes.hashed(typed) == codes.hashed("K7QM-3PXD")


def test_codes_hold_no_letter_that_is_taken_for_another() -> None:
    assert not set("0O1IL") & set(codes.LETTERS)
    assert len({codes.fresh() for _n in range(2_000)}) == 2_000
