"""A piece cut out of a place: some of its wishes and offers with the candidates among them, to be solved alone.

Rows keep their order, so a piece gives the same answer alone as within the whole. What two rows mean to each other
beyond kinds (`Problem.meant`) is left behind: candidates are found already.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any, NamedTuple, TypeVar

import numpy as np

from alongside.methods.complement.parts import parts
from alongside.methods.complement.problem import Answer, Flags, Ints, Offers, Pairs, Problem, Small, Wishes

Table = TypeVar("Table", Wishes, Offers)


class Piece(NamedTuple):
    """The small problem and its candidates, and the rows of the whole that they were."""

    problem: Problem
    pairs: Pairs
    wishes: Ints
    offers: Ints
    rows: Ints


class Labels(NamedTuple):
    """Which piece each wish and each offer belongs to; those without a candidate have -1."""

    wish: Small
    offer: Small


def labels_of(problem: Problem, pairs: Pairs) -> Labels:
    """The pieces of all candidates, by number."""
    found = Labels(np.full(len(problem.wishes), -1, np.int32), np.full(len(problem.offers), -1, np.int32))
    for n, part in enumerate(parts(pairs, len(problem.wishes), len(problem.offers))):
        found.wish[part.wishes] = n
        found.offer[part.offers] = n
    return found


def cut(problem: Problem, pairs: Pairs, inside: Flags, also: Ints | None = None) -> Piece:
    """These wishes, all their candidates and the offers that those come from, and `also` these offers."""
    wishes, rows = np.flatnonzero(inside), np.flatnonzero(inside[pairs.wish])
    some = pairs.only(rows)
    reached = np.zeros(len(problem.offers), np.bool_)
    reached[some.offer] = True
    reached[[] if also is None else also] = True
    offers = np.flatnonzero(reached)
    here = replace(
        some,
        wish=np.searchsorted(wishes, some.wish).astype(np.int32),
        offer=np.searchsorted(offers, some.offer).astype(np.int32),
    )
    small = Problem(taken(problem.wishes, wishes), taken(problem.offers, offers), problem.words, problem.fixed)
    return Piece(small, here, wishes, offers, rows)


def taken(table: Table, rows: Ints) -> Table:
    """Some rows of a table, in the order given."""
    some: dict[str, Any] = {}
    for one in fields(table):
        column = getattr(table, one.name)
        some[one.name] = (
            column[rows] if isinstance(column, np.ndarray) else tuple(column[row] for row in rows) if column else ()
        )
    return replace(table, **some)


def put_back(answer: Answer, pairs: Pairs, piece: Piece, solved: Answer) -> Answer:
    """The answer with a piece's own in its place. `pairs` and `answer.steps` are those of the whole, in one order. How
    short it may be is never told too small: what the piece may lack is added to what the whole may."""
    steps, met = answer.steps.copy(), answer.met.copy()
    steps[piece.rows], met[piece.wishes] = solved.steps, solved.met
    return Answer(pairs, steps, met, answer.exact and solved.exact, answer.short + solved.short)


def with_more(pairs: Pairs, steps: Small, more: Pairs) -> tuple[Pairs, Small]:
    """The candidates with some more among them, in the one order of `Pairs`; the new have no steps."""
    if not len(more):
        return pairs, steps
    at = np.searchsorted(pairs.wish, more.wish, side="right")
    columns = {one.name: np.insert(getattr(pairs, one.name), at, getattr(more, one.name)) for one in fields(Pairs)}
    steps = np.insert(steps, at, 0)
    rows = np.flatnonzero(np.isin(columns["wish"], more.wish))
    order = rows[np.lexsort([columns[name][rows] for name in ("offer", "metres", "place", "wish")])]
    for column in (*columns.values(), steps):
        column[rows] = column[order]
    return Pairs(**columns), steps
