"""Where what is done stands between services and people (figure 1.3 of Asset-Based Commissioning)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.methods.mix import Piece, stop

P, S = Piece(by_service=False), Piece(by_service=True)
PIECES = st.lists(st.builds(Piece, by_service=st.booleans(), critical=st.booleans()), max_size=20)


@pytest.mark.parametrize(
    ("pieces", "where"),
    [
        ([], None),
        ([S, S], 1),
        ([P], 5),
        ([P, S], 3),
        ([P, P, P, P, S], 4),
        ([P, S, S], 2),
        ([P, Piece(by_service=True, critical=True)], 2),
        ([Piece(by_service=False, critical=True), P, S, S], 3),
    ],
)
def test_the_place_on_the_line(pieces: list[Piece], where: int | None) -> None:
    assert stop(pieces) == where


@given(PIECES)
def test_one_more_by_people_never_moves_it_towards_services(pieces: list[Piece]) -> None:
    before, after = stop(pieces), stop([*pieces, P])
    assert after is not None
    assert before is None or after >= before


@given(PIECES)
def test_the_line_looks_the_same_from_both_ends(pieces: list[Piece]) -> None:
    here, there = stop(pieces), stop([Piece(not one.by_service, one.critical) for one in pieces])
    assert (here is None) == (there is None)
    assert here is None or there is None or here + there == 6
