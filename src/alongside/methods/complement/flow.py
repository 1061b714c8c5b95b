"""The best answer for wishes that several holders may share: an exact flow of least cost through one piece.

Time flows from each wish through its two books (unpaid and paid) to the offers and their limits; what is not met or
not shown flows past them at a price above all else. Since amounts are whole, so is the answer. Serves the best
complementary use of all assets. Source: Ahuja, Magnanti and Orlin, *Network Flows* (1993), chapter 10 (cost scaling,
as in OR-tools); Mendelsohn and Dulmage (1958): that paid offers keep what they bring lowers nobody's time met.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from alongside.methods.complement.levels import LOAD, Weights, costs, room, weights
from alongside.methods.complement.parts import Part
from alongside.methods.complement.problem import Flags, Ints, Pairs, Problem


class Filled(NamedTuple):
    """Steps of each pair of the piece, and whether the order of objectives surely holds along every chain."""

    steps: Ints
    exact: bool


class _Arcs(NamedTuple):
    """Where from, where to, at most how much, at what cost a step."""

    tail: Ints
    head: Ints
    most: Ints
    cost: Ints


class Bounds(NamedTuple):
    """At least and at most how many steps for each pair of a piece: how what is settled already is told to `flow`."""

    least: Ints
    most: Ints


def flow(problem: Problem, pairs: Pairs, part: Part, keep: Ints | None = None, bounds: Bounds | None = None) -> Filled:
    """The best steps for each pair of this piece. `keep[offer]`, where it is not negative, is what an offer brings in
    all, neither more nor less: what paid offers bring when the paid book is solved alone. All wishes are taken as
    divisible and all groups as of any size, but for what `bounds` settle. Raises ValueError where `keep` and `bounds`
    cannot be kept."""
    these = pairs.only(part.pairs)
    wish = np.cumsum(np.diff(these.wish, prepend=these.wish[0]) != 0).astype(np.int64)
    offer = np.searchsorted(part.offers, these.offer)
    unpaid = ~problem.offers.paid[these.offer]
    both = _some(wish[unpaid], len(part.wishes)) & _some(wish[~unpaid], len(part.wishes))
    band = np.unique(problem.wishes.band[part.wishes], return_inverse=True)[1].astype(np.int64) + 1
    levels = costs(these, unpaid)
    weigh = weights(wish, levels, both, len(part.offers), int(band.max()))
    kept = np.full(len(part.offers), -1, np.int64) if keep is None else keep[part.offers]
    while True:
        cost = weigh.place * levels[0] + weigh.one_way * levels[1] + levels[2]
        net = _Net(problem, part, both, kept, band, weigh)
        steps = net.solve(net.pairs(wish, offer, unpaid, cost), bounds)
        if steps is not None:
            return Filled(steps, weigh.chain >= len(part.offers))
        weigh = weights(wish, levels, both, weigh.chain // 2, int(band.max()))


def _some(wish: Ints, n_wishes: int) -> Flags:
    found = np.zeros(n_wishes, np.bool_)
    found[wish] = True
    return found


class _Net:
    """The network of one piece. Nodes: wishes, offers, the two books of wishes with both, and the end."""

    def __init__(self, problem: Problem, part: Part, both: Flags, keep: Ints, band: Ints, weigh: Weights) -> None:
        self.n_wishes, self.n_offers = len(part.wishes), len(part.offers)
        self.want = problem.wishes.steps[part.wishes].astype(np.int64)
        self.both, self.keep, self.band, self.weigh = both, keep, band, weigh
        self.room = room(problem.offers, part.offers)
        self.split = np.flatnonzero(both)
        self.end = self.n_wishes + self.n_offers + 2 * len(self.split)

    def solve(self, pairs: _Arcs, bounds: Bounds | None) -> Ints | None:
        """Steps of each pair; nothing where the weights are too large for the solver."""
        solver, supplies = SimpleMinCostFlow(), self._supplies()
        least = np.zeros(len(pairs.tail), np.int64) if bounds is None else bounds.least
        if bounds is not None:
            np.add.at(supplies, pairs.tail, -least)
            np.add.at(supplies, pairs.head, least)
            pairs = pairs._replace(most=np.minimum(pairs.most, bounds.most) - least)
        arcs = [pairs, *self._books(), *self._past(), self._limits()]
        tail, head, most, price = (np.concatenate(columns) for columns in zip(*arcs, strict=True))
        keys = solver.add_arcs_with_capacity_and_unit_cost(tail.astype(np.int32), head.astype(np.int32), most, price)
        solver.set_nodes_supplies(np.arange(self.end + 1, dtype=np.int32), supplies)
        status = solver.solve()
        if status == solver.Status.BAD_COST_RANGE and self.weigh.chain:
            return None
        if status != solver.Status.OPTIMAL:
            raise ValueError(f"this piece has no answer ({status.name})")
        found: Ints = solver.flows(keys[: len(least)])
        return found + least

    def pairs(self, wish: Ints, offer: Ints, unpaid: Flags, cost: Ints) -> _Arcs:
        """From a wish's book to each offer in it."""
        spare = np.where(self.keep < 0, self.room.sum(axis=1), self.keep)
        book = np.tile(np.arange(self.n_wishes), (2, 1))
        first = self.n_wishes + self.n_offers
        book[0, self.split] = first + np.arange(len(self.split))
        book[1, self.split] = first + len(self.split) + np.arange(len(self.split))
        most = np.minimum(self.want[wish], spare[offer])
        return _Arcs(book[unpaid.astype(np.int8), wish], self.n_wishes + offer, most, cost)

    def _books(self) -> list[_Arcs]:
        """From a wish to each of its two books: up to its whole amount in each."""
        heads = np.arange(self.n_wishes + self.n_offers, self.end).reshape(2, -1)
        free = np.zeros(len(self.split), np.int64)
        return [_Arcs(self.split, head, self.want[self.split], free) for head in heads]

    def _past(self) -> list[_Arcs]:
        """What is not shown, and above it what is not met: the dearer, the less the person is served."""
        wishes = np.arange(self.n_wishes)
        unmet = _Arcs(wishes, np.full_like(wishes, self.end), self.want, self.weigh.met * self.band + self.weigh.shown)
        less = _Arcs(self.split, np.full_like(self.split, self.end), self.want[self.split], self.split * 0)
        return [unmet, less._replace(cost=less.cost + self.weigh.shown)]

    def _limits(self) -> _Arcs:
        """From offers to the end, as much as falls under each cost of load; kept offers have no choice."""
        left = np.where(self.keep[:, None] < 0, self.room, 0)
        offers, steps = np.nonzero(left)
        cost = np.array(LOAD, np.int64)[steps] * self.weigh.load
        return _Arcs(self.n_wishes + offers, np.full_like(offers, self.end), left[offers, steps], cost)

    def _supplies(self) -> Ints:
        """Every wish sends its amount once for each book; kept offers take theirs, the end takes the rest."""
        found = np.zeros(self.end + 1, np.int64)
        found[: self.n_wishes] = self.want * (1 + self.both)
        found[self.n_wishes : self.n_wishes + self.n_offers] = -np.maximum(self.keep, 0)
        found[self.end] = -found.sum()
        return found
