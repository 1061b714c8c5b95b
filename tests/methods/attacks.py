"""The attack protocol of disclosure control, as an attacker would run it on what was published.

Each attack works on published figures alone. It is tried on raw and on merely suppressed tables too, where
it must succeed, so that an attack that finds nothing is known to be a good attack.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack

SHARES = (0.35, 0.25, 0.15, 0.10, 0.08, 0.04, 0.02, 0.01)
CATEGORIES = tuple("abcdefgh")

Cell = tuple[str, str]
Table = Mapping[str, Mapping[str, int | None]]


def town(seed: int, people: int = 12_000, areas: int = 40) -> list[Cell]:
    """Invented people, each in one area and one category, as skewed as real outcomes are."""
    draw = random.Random(seed)
    return [(f"w{draw.randrange(areas):02}", draw.choices(CATEGORIES, SHARES)[0]) for _ in range(people)]


def count(people: Sequence[Cell], areas: int = 40) -> dict[str, dict[str, int]]:
    table = {f"w{n:02}": dict.fromkeys(CATEGORIES, 0) for n in range(areas)}
    for area, category in people:
        table[area][category] += 1
    return table


def ranges(
    bounds: Mapping[Cell, tuple[float, float]],
    sums: Sequence[tuple[Sequence[Cell], float, float]],
    wanted: Sequence[Cell],
) -> dict[Cell, float]:
    """How narrowly a linear programme can pin each wanted cell: the width of its range."""
    place = {cell: n for n, cell in enumerate(bounds)}
    rows = np.repeat(np.arange(len(sums)), [len(cells) for cells, _low, _high in sums])
    columns = [place[cell] for cells, _low, _high in sums for cell in cells]
    added = csr_array((np.ones(len(columns)), (rows, columns)), shape=(len(sums), len(place)))
    both = np.concatenate([[high for *_cells, high in sums], [-low for _cells, low, _high in sums]])
    limits = {"A_ub": vstack([added, -added]), "b_ub": both, "bounds": list(bounds.values())}
    return {cell: _width(place[cell], len(place), limits) for cell in wanted}


def _width(column: int, columns: int, limits: Mapping[str, Any]) -> float:
    ends = []
    for sign in (1.0, -1.0):
        found = linprog(sign * np.eye(1, columns, column)[0], method="highs", **limits)
        assert found.success, found.message
        ends.append(sign * found.fun)
    return float(ends[1] - ends[0])


def claims(before: Table, after: Table) -> list[Cell]:
    """Differencing: the cells that changed, hidden to shown and back included."""
    return [(area, name) for area in after for name in after[area] if before[area][name] != after[area][name]]


def differencing(
    publish_pair: Callable[[list[Cell], list[Cell]], tuple[Table, Table]],
    size: int,
    targets: int,
    seed: int,
) -> tuple[int, int]:
    """Publish one area without and with a group of `size`; claim a target when exactly one cell changed.

    Gives the number of claims and how many were right.
    """
    draw = random.Random(seed)
    made = right = 0
    for _ in range(targets):
        everyone = [("w00", draw.choices(CATEGORIES, SHARES)[0]) for _ in range(draw.randint(60, 400))]
        changed = claims(*publish_pair(everyone[size:], everyone))
        if len(changed) == 1:
            made += 1
            right += changed[0] == everyone[0]
    return made, right
