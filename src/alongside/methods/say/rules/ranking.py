"""Places in an order, counted one against one: the Schulze method, by each ballot's part of the say.

Why this one: an idea that beats every other one against one always wins; where there is none, because the wins go
round in a circle, the weakest wins of circles give way. A group cannot do better by putting forward the same idea
twice (independence of clones), and moving an idea up never harms it (monotonicity), which counting by elimination
cannot promise, nor points by places the first. What is left out stands below all that is named.
Source: Markus Schulze, "A New Monotonic, Clone-Independent, Reversal Symmetric, and Condorcet-Consistent Single-Winner
Election Method", Social Choice and Welfare 36 (2011), with winning votes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import permutations

Pair = tuple[str, str]


def one_against_one(
    ballots: Iterable[tuple[Mapping[str, int], Fraction]], options: Sequence[str]
) -> dict[Pair, Fraction]:
    """For each two options the share of the say that puts the first above the second. Place 1 is the best."""
    against = {pair: Fraction(0) for pair in permutations(options, 2)}
    for places, share in ballots:
        named = [option for option in options if places.get(option, 0) > 0]
        rest = [option for option in options if places.get(option, 0) <= 0]
        for above in named:
            for below in named:
                if places[above] < places[below]:
                    against[above, below] += share
            for below in rest:
                against[above, below] += share
    return against


def strongest_paths(against: Mapping[Pair, Fraction], options: Sequence[str]) -> dict[Pair, Fraction]:
    """For each two options the strength of the strongest chain of wins from the first to the second, a chain being
    as strong as its weakest win."""
    path = {
        (a, b): against[a, b] if against[a, b] > against[b, a] else Fraction(0) for a, b in permutations(options, 2)
    }
    for middle in options:
        for a, b in permutations([option for option in options if option != middle], 2):
            path[a, b] = max(path[a, b], min(path[a, middle], path[middle, b]))
    return path


def beaten_by(path: Mapping[Pair, Fraction], options: Sequence[str]) -> dict[str, int]:
    """How many others each option beats by its strongest path: the order of the result, highest first. The relation
    is transitive, so who beats more others never stands behind one who beats them; of two
    that nobody beats, the one that beats more others goes first."""
    return {a: sum(path[a, b] > path[b, a] for b in options if b != a) for a in options}
