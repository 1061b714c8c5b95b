"""Parts are read in per cent, to the tenth that is nearest, and nothing is rounded before that."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.methods.percent import percent, tenths


@pytest.mark.parametrize(
    ("part", "said"),
    [("0", "0"), ("1", "100"), ("1/2", "50"), ("1/3", "33.3"), ("2/3", "66.7"), ("1/8", "12.5"), ("1/100000", "0")],
)
def test_a_part_is_read_in_per_cent(part, said):
    assert percent(Fraction(part)) == said


def test_a_half_of_a_tenth_goes_to_the_even_one():
    assert [tenths(Fraction(twice, 20)) for twice in (1, 3, 5)] == ["0", "0.2", "0.2"]


@given(st.fractions(0, 10**9))
def test_what_is_read_is_never_further_off_than_half_a_tenth(number):
    said = tenths(number)
    assert abs(Fraction(said) - number) <= Fraction(1, 20) and not said.endswith(".0")
