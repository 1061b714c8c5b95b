"""What a run says of a place: who is met, by neighbourhood, kind and band; and by what mark a run is known.

Nothing here may leave as it is. Counts of people go through `methods/disclosure`, by the caller (`Cell.people` counts
distinct people for that), and time through `methods/disclosure_sums`. Paid time stands beside unpaid time to be
reported; no figure here is an aim, and less paid time is no gain. Serves tables 7.2 and 7.5 of the book.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from hashlib import sha256
from typing import Any, NamedTuple

import numpy as np

from alongside.methods.complement.problem import Answer, Ints, Problem

BY = ("group", "band", "kind")


class Cell(NamedTuple):
    """One place in the table: -1, 0 or nothing stand for "all". Time is in steps of half an hour. `some` are people of
    whose wishes here at least a part is met; `unpaid` and `paid` are all steps suggested, with choices beyond what is
    met."""

    group: int
    band: int
    kind: str
    wishes: int
    people: int
    some: int
    wanted: int
    met: int
    unpaid: int
    paid: int


def coverage(problem: Problem, answer: Answer, group: Ints | None = None, by: Sequence[str] = BY) -> tuple[Cell, ...]:
    """What is wished for and met, by any of neighbourhood (`group`: a label for each wish; below 0 it has none and is
    left out), band and kind, in that order. A wish of two kinds stands under both, so cells of kinds do not add up.
    Raises ValueError for another way of dividing, or for neighbourhoods without labels."""
    if not set(by) <= set(BY) or ("group" in by and group is None):
        raise ValueError(f"a table is divided by some of {BY}, by group only where each wish has a label")
    wish, kind = _rows(problem, "kind" in by)
    here = np.full(len(problem.wishes), -1) if group is None or "group" not in by else np.asarray(group)
    if "group" in by:
        wish, kind = wish[here[wish] >= 0], kind[here[wish] >= 0]
    band = problem.wishes.band[wish] if "band" in by else np.zeros(len(wish))
    keys = np.column_stack([here[wish], band, kind]).astype(np.int64)
    cells, at = np.unique(keys, axis=0, return_inverse=True)
    person, met = problem.wishes.person[wish], answer.met[wish].astype(np.int64)
    unpaid, paid = _books(problem, answer)
    sums = [
        np.bincount(at, minlength=len(cells)),
        _distinct(at, person, len(cells)),
        _distinct(at[met > 0], person[met > 0], len(cells)),
        *(
            np.bincount(at, values, len(cells))
            for values in (problem.wishes.steps[wish], met, unpaid[wish], paid[wish])
        ),
    ]
    return tuple(
        Cell(int(one[0]), int(one[1]), "" if one[2] < 0 else problem.words[one[2]], *(int(many[row]) for many in sums))
        for row, one in enumerate(cells)
    )


def _rows(problem: Problem, by_kind: bool) -> tuple[Ints, Ints]:
    """Rows of wishes, once for each kind that they are of (kind -1: once each)."""
    every = np.arange(len(problem.wishes))
    if not by_kind:
        return every, np.full(len(every), -1)
    of = [np.flatnonzero(problem.wishes.kinds >> np.uint64(bit) & np.uint64(1)) for bit in range(len(problem.words))]
    none = np.flatnonzero(problem.wishes.kinds == 0)
    rows = np.concatenate([none, *of])
    return rows, np.repeat(np.arange(-1, len(of)), [len(none), *map(len, of)])


def _distinct(cell: Ints, person: Ints, cells: int) -> Ints:
    """How many different people stand in each cell."""
    both = np.unique(np.column_stack([cell, person]), axis=0)
    return np.bincount(both[:, 0], minlength=cells).astype(np.int64)


def _books(problem: Problem, answer: Answer) -> tuple[Ints, Ints]:
    """Steps suggested for each wish out of unpaid and out of paid offers."""
    paid, many = problem.offers.paid[answer.pairs.offer], len(problem.wishes)
    books = (np.bincount(answer.pairs.wish[of], answer.steps[of], many).astype(np.int64) for of in (~paid, paid))
    unpaid, bought = books
    return unpaid, bought


def digest(*things: Any) -> str:
    """A mark of everything that a run comes from, or of what came out: 64 hexadecimal digits, the same wherever and
    whenever the same problem (or candidates, or answer) is given, and another for any other."""
    mark = sha256()
    _feed(mark, things)
    return mark.hexdigest()


def _feed(mark: Any, thing: Any) -> None:
    """Every part with its type and length, so that no two different things read alike."""
    if is_dataclass(thing):
        for one in fields(thing):
            mark.update(f"{one.name}=".encode())
            _feed(mark, getattr(thing, one.name))
    elif isinstance(thing, np.ndarray):
        plain = np.ascontiguousarray(thing, thing.dtype.newbyteorder("<"))
        mark.update(f"{plain.dtype.kind}{plain.dtype.itemsize}{plain.shape};".encode() + plain.tobytes())
    elif isinstance(thing, (tuple, list, frozenset, set)):
        parts = sorted(thing) if isinstance(thing, (frozenset, set)) else thing
        mark.update(f"{len(parts)}:".encode())
        for part in parts:
            _feed(mark, part)
    else:
        words = repr(thing)
        mark.update(f"{type(thing).__name__}{len(words)}:{words};".encode())
