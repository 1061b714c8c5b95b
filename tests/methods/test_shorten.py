"""A wrong value is shown short, on one line, and safe to print, whatever somebody's file holds."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.methods.shorten import SHOWN, shorten

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**40), 10**40) | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner, max_size=6),
    max_leaves=20,
)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        ("Tuesday\n  at\tnoon", "Tuesday at noon"),
        (True, "true"),
        (7.5, "7.5"),
        ([1, [2], 3], "[3]"),
        ({"name": "x", "id": 1}, "{name, id}"),
        ("\u202etxt.exe\x07", "txt.exe"),
        ("a" * 90, "a" * 90),
        ("a" * 91, "a" * 89 + "…"),
    ],
)
def test_a_value_as_it_is_shown(value: object, shown: str) -> None:
    assert shorten(value) == shown


@given(JSON)
def test_whatever_a_file_holds_fits_on_one_printable_line(value: Any) -> None:
    shown = shorten(value)
    assert len(shown) <= SHOWN and shown.isprintable() and shown == shown.strip()
    assert shorten(shown) == shown, "what is shown is shown again as it is"
