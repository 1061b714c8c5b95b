"""Three rings round one person: where each of those who stand on them is drawn, what may be noticed, what changed.

The hierarchical mapping of Kahn and Antonucci (1980), as used for personal networks in chapter 7 of Field and Miller.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Mapping, Sequence
from math import cos, pi, sin
from typing import Generic, NamedTuple, TypeVar

SIZE = 460  # the side of the picture, in its own units
MIDDLE = SIZE / 2
RADII = (76.0, 140.0, 200.0)
START = (-60.0, 30.0, -125.0)  # degrees: where each ring begins, so that the first of each do not stand in one line
CLOSE = 1
FEW = 3  # among fewer than this nothing is said of who knows whom
K = TypeVar("K", bound=Hashable)


class Spot(NamedTuple):
    """The middle of a sign, in units of the picture; y grows downwards."""

    x: float
    y: float


def spots(rings: Sequence[int]) -> list[Spot]:
    """Where each stands, in the order given: spread evenly round the ring of its number (1 is the innermost).

    Raises ValueError for a ring that there is not.
    """
    if not set(rings) <= {1, 2, 3}:
        raise ValueError("a ring is 1, 2 or 3")
    many, seen, found = Counter(rings), Counter[int](), []
    for ring in rings:
        turn = (START[ring - 1] + 360 * seen[ring] / many[ring]) * pi / 180
        seen[ring] += 1
        found.append(
            Spot(round(MIDDLE + RADII[ring - 1] * cos(turn), 1), round(MIDDLE + RADII[ring - 1] * sin(turn), 1))
        )
    return found


def share_who_know(close: int, ties: Collection[tuple[int, int]]) -> float | None:
    """Of all pairs among `close` people, the share who know each other (density, 0 to 1); None for fewer than three.

    `ties` are pairs among them, each once, in either order.
    """
    if close < FEW:
        return None
    pairs = {(min(one, other), max(one, other)) for one, other in ties if one != other}
    return len(pairs) / (close * (close - 1) / 2)


class Change(NamedTuple, Generic[K]):
    """Who stands where between two days; each person in one of the lists and in no other."""

    nearer: list[K]
    new: list[K]
    further: list[K]
    gone: list[K]
    same: list[K]


def between(before: Mapping[K, int], after: Mapping[K, int]) -> Change[K]:
    """What changed from one day's rings (1 is the innermost) to another's, each list in the order of the later day,
    and of the earlier one for those gone. It says where somebody is drawn and weighs nobody."""
    both = [one for one in after if one in before]
    return Change(
        nearer=[one for one in both if after[one] < before[one]],
        new=[one for one in after if one not in before],
        further=[one for one in both if after[one] > before[one]],
        gone=[one for one in before if one not in after],
        same=[one for one in both if after[one] == before[one]],
    )
