"""Why no panel can keep all quotas, and the smallest changes to them with which one can."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from alongside.methods.lottery.choosing import room, rules
from alongside.methods.lottery.problem import Ints, Kinds, Quota

WAYS = 3  # suggestions, each by other quotas
DEARER = 100.0  # places off the size of the panel weigh so much more than one off a quota


@dataclass(frozen=True)
class TooFew:
    """In the whole pool only `there` people can be chosen for a quota that wants more."""

    quota: Quota
    there: int


@dataclass(frozen=True)
class DoNotAddUp:
    """The quotas of one question want more places than there are (`least`), or leave some empty (`most`)."""

    question: str
    least: int
    most: int
    size: int


@dataclass(frozen=True)
class Change:
    """One quota as it is, and as it would have to be."""

    quota: Quota
    least: int
    most: int


@dataclass(frozen=True)
class Way:
    """A set of changes that is enough, and by how many places it moves in all; `size` where the panel must shrink."""

    changes: tuple[Change, ...]
    places: int
    size: int


@dataclass(frozen=True)
class Tight:
    """Everything found: what cannot be for itself alone, and the smallest sets of changes, smallest first."""

    too_few: tuple[TooFew, ...]
    sums: tuple[DoNotAddUp, ...]
    ways: tuple[Way, ...]


def why(kinds: Kinds) -> Tight:
    """Which quotas are too tight for this pool, and up to three ways to loosen them. Every way is proven enough, and
    the first is proven smallest: no other moves fewer places. Later ones leave alone what the earlier ones move."""
    ways: list[Way] = []
    fixed: set[int] = set()
    while len(ways) < WAYS:
        found = _smallest(kinds, fixed)
        if found is None or not (found[1].changes or found[1].size != kinds.size):
            break
        moved, way = found
        ways.append(way)
        if not moved:
            break
        fixed |= moved
    return Tight(_too_few(kinds), _sums(kinds), tuple(ways))


def _too_few(kinds: Kinds) -> tuple[TooFew, ...]:
    there = (kinds.within @ kinds.many).astype(int).tolist()
    return tuple(TooFew(one, n) for one, n in zip(kinds.quotas, there, strict=True) if n < one.least)


def _sums(kinds: Kinds) -> tuple[DoNotAddUp, ...]:
    """Questions whose quotas leave no room. Where somebody gave an answer without a quota, the most does not bind."""
    found = []
    for question in dict.fromkeys(one.question for one in kinds.quotas):
        rows = [n for n, one in enumerate(kinds.quotas) if one.question == question]
        least, most = (sum(getattr(kinds.quotas[n], end) for n in rows) for end in ("least", "most"))
        others = bool((kinds.within[rows].sum(axis=0) == 0).any())
        if least > kinds.size or (most < kinds.size and not others):
            found.append(DoNotAddUp(question, least, most, kinds.size))
    return tuple(found)


def _smallest(kinds: Kinds, fixed: set[int]) -> tuple[set[int], Way] | None:
    """The smallest change that leaves these quotas alone: which quotas it moves, and the change."""
    rows, n, q = rules(kinds), len(kinds), len(kinds.quotas)
    if not n:
        return None
    # Beside how many of each kind: by how much each quota's least falls and its most rises, and the panel shrinks.
    slack = np.zeros((len(rows.lb), 2 * q + 1))
    slack[0, -1] = 1.0
    slack[1 : q + 1, :q] = np.eye(q)
    slack[1 : q + 1, q : 2 * q] = -np.eye(q)
    loose = np.array([0.0 if one in fixed else np.inf for one in range(q)])
    most = np.concatenate([kinds.many, loose, loose, [0.0 if _reaches(kinds) else kinds.size]])
    least = np.concatenate([room(kinds).lb, np.zeros(2 * q + 1)])
    cost = np.concatenate([np.zeros(n), np.ones(2 * q), [DEARER]])
    found = milp(
        cost,
        integrality=np.ones(len(cost)),
        bounds=Bounds(least, most),
        constraints=LinearConstraint(np.hstack([rows.A, slack]), rows.lb, rows.ub),
        options={"mip_rel_gap": 0.0},
    )
    if found.x is None:
        return None
    moved = np.rint(found.x).astype(np.int64)
    return _way(kinds, moved[n : n + q], moved[n + q : n + 2 * q], int(moved[-1]))


def _way(kinds: Kinds, fall: Ints, rise: Ints, short: int) -> tuple[set[int], Way]:
    moved = np.flatnonzero(fall + rise).tolist()
    changes = tuple(
        Change(kinds.quotas[one], kinds.quotas[one].least - int(fall[one]), kinds.quotas[one].most + int(rise[one]))
        for one in moved
    )
    return set(moved), Way(changes, int((fall + rise).sum()), kinds.size - short)


def _reaches(kinds: Kinds) -> bool:
    """Whether the pool, with one person a home, can fill the panel at all."""
    return _most(kinds) >= kinds.size


def _most(kinds: Kinds) -> int:
    """The largest panel that the pool has, quotas aside."""
    at_home = {one for home in kinds.homes for one in home}
    return int(sum(n for one, n in enumerate(kinds.many.tolist()) if one not in at_home)) + len(kinds.homes)
