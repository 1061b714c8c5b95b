"""What somebody types is read as whole pence, or not at all."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.methods.pence import MOST, pence_of, pounds


@pytest.mark.parametrize(
    ("typed", "pence"),
    [
        ("5200", 520_000),
        ("£5,200", 520_000),
        (" £ 5,200.00 ", 520_000),
        ("12.50", 1_250),
        ("0", 0),
        ("1,234,567.89", 123_456_789),
    ],
)
def test_sums_are_read(typed: str, pence: int) -> None:
    assert pence_of(typed) == pence


@pytest.mark.parametrize(
    "typed", ["", "£", "1.5", "5,2", "-3", "five", "1e3", "٣", "1,23", "12.345", "1 000", "9" * 40, "£££3"]
)
def test_what_is_no_sum_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"sum of money|too large"):
        pence_of(typed)


@given(st.integers(0, MOST))
def test_what_is_written_is_read_again(pence: int) -> None:
    assert pence_of(pounds(pence)) == pence


@pytest.mark.parametrize(
    ("pence", "said"),
    [(520_000, "£5,200"), (1_250, "£12.50"), (5, "£0.05"), (-3_800, "−£38"), (Fraction(7, 2), "£0.04")],
)
def test_sums_are_written(pence: int | Fraction, said: str) -> None:
    assert pounds(pence) == said
