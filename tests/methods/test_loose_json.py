"""JSON as others write it is read without falling over: keys twice, long numbers, depth without end."""

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.methods.loose_json import DEEPEST, Doubled, parse, too_deep

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=15,
)


def nested(depth: int) -> Any:
    thing: Any = 1
    for level in range(depth):
        thing = [thing] if level % 2 else {"in": thing}
    return thing


@given(JSON)
def test_what_is_plain_json_is_read_as_it_is(thing: Any) -> None:
    read = parse(json.dumps(thing))
    assert read == thing
    assert not isinstance(read, Doubled)


def test_a_key_written_twice_is_named_and_the_last_one_stands() -> None:
    read = parse('{"name": "Lunch", "id": 1, "name": "Tea"}')
    assert read == {"name": "Tea", "id": 1}
    assert isinstance(read, Doubled) and read.twice == ("name",)
    many = ", ".join(f'"{key}": 1' for key in "fedcbafedcba")
    assert parse(f"{{{many}}}").twice == tuple("abcde"), "five are enough to put it right"


def test_a_number_too_long_to_read_is_no_number_of_ours() -> None:
    assert parse("9" * 40) == int("9" * 40)
    assert parse("9" * 5_000) == math.inf


@pytest.mark.parametrize("broken", ["", "{", "[1,]", "lunch"])
def test_what_is_no_json_says_so(broken: str) -> None:
    with pytest.raises(ValueError):
        parse(broken)


def test_depth_is_told_without_going_down() -> None:
    assert not too_deep("words")
    assert not too_deep(nested(DEEPEST))
    assert too_deep(nested(DEEPEST + 1))
    assert too_deep(nested(100_000))
