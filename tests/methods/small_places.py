"""Small made-up places to solve: who wants how much, who offers how much, and which could serve which."""

from typing import NamedTuple

import numpy as np
from hypothesis import strategies as st

from alongside.methods.complement import Offer, Source, Wish
from alongside.methods.complement.levels import given, worth
from alongside.methods.complement.problem import STEP, Pairs, problem_of


class Want(NamedTuple):
    steps: int
    band: int = 3
    whole: bool = False


class Give(NamedTuple):
    limit: int | None
    paid: bool = False
    promised: int = 0
    least: int = 0
    most: int | None = None


class Way(NamedTuple):
    """Which wish and which offer, its place in the person's order, metres, and whether it is give and take."""

    wish: int
    offer: int
    place: int = 1
    metres: int = 0
    mutual: bool = False


def place(wants, gives, ways, kinds=()):
    """A problem and its pairs, in the order in which the ways are given. `kinds` are those of every wish."""
    wishes = [Wish(n, n, frozenset(kinds), want.steps * STEP, divisible=not want.whole) for n, want in enumerate(wants)]
    offers = [
        Offer(
            n,
            100 + n,
            Source.SPECIALIST if give.paid else Source.COMMUNITY,
            give.paid,
            minutes=None if give.limit is None else give.limit * STEP,
            limit_pct=100,
            promised=give.promised * STEP,
            least=give.least,
            most=give.most,
        )
        for n, give in enumerate(gives)
    ]
    problem = problem_of(wishes, offers, bands={n: want.band for n, want in enumerate(wants)})
    return problem, pairs_of(problem, ways)


def pairs_of(problem, ways):
    columns = np.array([tuple(way) for way in ways], np.int64).reshape(-1, 5).T
    wish, offer, at, metres, mutual = columns
    return Pairs(
        wish.astype(np.int32),
        offer.astype(np.int32),
        problem.offers.source[offer],
        at.astype(np.int8),
        metres.astype(np.int32),
        mutual.astype(np.bool_),
    )


def told(answer):
    """Who is given how much by whom: (wish, offer) -> steps, of what is more than nothing."""
    rows = np.flatnonzero(answer.steps)
    return {(int(answer.pairs.wish[row]), int(answer.pairs.offer[row])): int(answer.steps[row]) for row in rows}


def brought(problem, answer):
    """Steps taken from each offer."""
    return given(answer.pairs, answer.steps, len(problem.offers)).tolist()


def worth_of(problem, answer):
    return worth(problem, answer.pairs, answer.steps, answer.met)


want_of = st.tuples(st.integers(0, 5), st.integers(1, 5)).map(lambda one: Want(*one))
give_of = st.tuples(st.none() | st.integers(0, 6), st.booleans(), st.integers(0, 2)).map(lambda one: Give(*one))
whole_or_not = st.tuples(st.integers(1, 4), st.integers(1, 5), st.booleans()).map(lambda one: Want(*one))
group_or_not = st.tuples(
    st.integers(0, 6), st.booleans(), st.just(0), st.integers(0, 3), st.none() | st.integers(1, 4)
).map(lambda one: Give(*one))


@st.composite
def places(draw, wants=want_of, gives=give_of, most_wishes=6, most_offers=6, kinds=()):
    """Any small place with any candidates, each at most once, in any order."""
    these = draw(st.lists(wants, min_size=1, max_size=most_wishes))
    those = draw(st.lists(gives, min_size=1, max_size=most_offers))
    way = st.tuples(
        st.integers(0, len(these) - 1),
        st.integers(0, len(those) - 1),
        st.integers(0, 4),
        st.sampled_from([0, 90, 250, 900, 3000, 50_000]),
        st.booleans(),
    )
    ways = way.map(lambda one: Way(*one))
    size = len(these) * len(those)
    found = draw(st.lists(ways, min_size=min(3, size), max_size=min(size, 18), unique_by=lambda way: way[:2]))
    return place(these, those, found, kinds)
