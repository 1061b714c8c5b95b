"""Ties, broken by an order that was declared before anyone voted: lowest cost, most votes, a published lot.

The lot is drawn by a seed of which only a hash is known before the count and which is published after it, so that
nobody can choose it to suit a result and anybody can draw it again, as in `methods/equal_shares`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import groupby

from alongside.methods.equal_shares.ties import lot
from alongside.methods.say.model import Option, Tie
from alongside.methods.say.outcome import TieMet

Key = tuple[int | str, ...]


def order(
    level: Iterable[Sequence[str]],
    options: Mapping[str, Option],
    votes: Mapping[str, int],
    declared: Sequence[Tie],
    seed: str,
) -> tuple[tuple[str, ...], tuple[TieMet, ...]]:
    """Put options into one order. `level` holds sets of options that stand alike, the best set first. Each tie is
    listed with what decided between its first two."""

    def key_of(option: str) -> Key:
        keys: dict[Tie, int | str] = {
            Tie.LOWEST_COST: options[option].cost,
            Tie.MOST_VOTES: -votes[option],
            Tie.LOT: lot(seed, option),
        }
        return tuple(keys[tie] for tie in declared)

    ordered: list[str] = []
    ties = []
    for alike in level:
        placed = sorted(alike, key=key_of)
        ordered += placed
        if len(placed) > 1:
            first, second = key_of(placed[0]), key_of(placed[1])
            by = next(tie for tie, a, b in zip(declared, first, second, strict=True) if a != b)
            ties.append(TieMet(tuple(placed), by))
    return tuple(ordered), tuple(ties)


def levels(values: Mapping[str, Fraction]) -> list[list[str]]:
    """Options by their value, highest first, those of one value together."""
    ranked = sorted(values, key=lambda option: values[option], reverse=True)
    return [list(alike) for _value, alike in groupby(ranked, key=lambda option: values[option])]
