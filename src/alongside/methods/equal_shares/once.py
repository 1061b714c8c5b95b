"""One count by the Method of Equal Shares: quick in floating point where that is certain, exact where it is not.

Each round looks for the project with the lowest price at which its backers can pay for it together. A price can only
rise as money is spent, so an old price is a lower bound and most projects need no second look. Every number in
floating point is kept with a bound on its error. Where the bounds of two prices overlap, or it is in doubt who can
still pay in full, the same is worked out in whole numbers (`chain`), so that the outcome never rests on rounding.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush

import numpy as np

from alongside.methods.equal_shares.chain import Chain
from alongside.methods.equal_shares.columns import Columns
from alongside.methods.equal_shares.prices import EPS, Price, approach, exact, loosely
from alongside.methods.equal_shares.purses import Round, Stage
from alongside.methods.equal_shares.result import Tie
from alongside.methods.equal_shares.ties import Order

AFRESH = 1e-9  # of an endowment: where errors could have grown to this, purses are worked out anew
LEAST = 1e-300  # a ballot that still has something is never shown to have nothing


@dataclass
class Bought:
    """A round as it was counted: which project, how many backers still had something, and how many gave it all."""

    project: int
    payers: int
    emptied: int


class Count:
    """A count of these columns where endowments are raised by a part of themselves. Stops as soon as more than
    `limit` is spent: then `over`.

    `trace` is every judgement that was made, in order: which project was looked at, and who was taken to give all
    they have. For the same trace all numbers are straight lines in the part by which endowments are raised, and all
    judgements are that one line is below another. So where two counts have the same trace, every count between them
    has it too, and the same outcome and ties.
    """

    def __init__(self, columns: Columns, order: Order, raised: Fraction, limit: int) -> None:
        self.columns, self.order, self.limit = columns, order, limit
        self.left = columns.endowments(raised)
        self.largest = float(self.left.max(initial=0.0))
        self.error = EPS * self.largest  # how far any of `left` may be from the truth
        self.chain = Chain(columns, raised)
        self.bought: list[Bought] = []
        self.ties: list[Tie] = []
        self.trace: list[tuple[int, bytes, bytes]] = []
        self.spent = 0
        self.start = [project.cost / project.units for project in columns.projects]
        scales = [project.scale for project in columns.projects]
        self.heap = [(loosely(gave / scale), n) for n, (gave, scale) in enumerate(zip(self.start, scales, strict=True))]
        heapify(self.heap)
        while self.spent <= limit and (found := self._cheapest()) is not None:
            self._buy(*found)

    @property
    def over(self) -> bool:
        return self.spent > self.limit

    @property
    def funded(self) -> list[int]:
        return [one.project for one in self.bought]

    def rounds(self) -> list[Round]:
        """All rounds, with exact prices."""
        made = []
        for n, one in enumerate(self.bought):
            project = self.columns.projects[one.project]
            gave = self.chain.given(n)
            made.append(
                Round(
                    number=n + 1,
                    project=project.id,
                    cost=project.cost,
                    stage=Stage.SHARES,
                    supporters=int(project.copies.sum()),
                    payers=one.payers,
                    emptied=one.emptied,
                    price=gave / project.scale,
                    each=gave if project.worth is None else None,
                )
            )
        return made

    def _cheapest(self) -> tuple[int, Price] | None:
        """The project to buy next; None where no backers can pay for one."""
        looked: list[tuple[int, Price]] = []
        best = float("inf")
        while self.heap and self.heap[0][0] <= best:
            _, n = heappop(self.heap)
            project = self.columns.projects[n]
            price = approach(project, self.left[project.rows], self.error, self.start[n], best)
            self.trace.append((n, b"" if price is None else price.emptied.tobytes(), b""))
            if price is not None and price.doubtful:
                price = self._exactly(n, price)
            if price is None:
                continue
            self.start[n] = price.gave
            if price.low > best:
                heappush(self.heap, (price.low, n))
                continue
            looked.append((n, price))
            best = min(best, price.high)
        level = [(n, price) for n, price in looked if price.low <= best]
        if not level:
            return None
        chosen = level[0] if len(level) == 1 else self._decide(level)
        for n, price in looked:
            if n != chosen[0]:
                heappush(self.heap, (price.low, n))
        return chosen

    def _exactly(self, n: int, price: Price) -> Price | None:
        project = self.columns.projects[n]
        found = exact(project, self.left[project.rows], self.error, price, self.chain)
        known = None if found is None else found.exact
        self.trace.append((n, known.emptied.tobytes(), known.even.tobytes()) if known else (n, b"", b"exactly"))
        return found

    def _decide(self, close: list[tuple[int, Price]]) -> tuple[int, Price]:
        """The cheapest of some that floating point cannot tell apart; by the declared order where they are level."""
        sure = []
        for n, price in close:
            worked = price if price.exact else self._exactly(n, price)
            if worked is not None and worked.exact is not None:
                sure.append((worked.exact.gave / self.columns.projects[n].scale, n, worked))
        lowest = min(key for key, _, _ in sure)
        level = {self.columns.projects[n].id: (n, price) for key, n, price in sure if key == lowest}
        if len(level) == 1:
            return next(iter(level.values()))
        tie = self.order.choose(len(self.bought) + 1, list(level))
        self.ties.append(tie)
        return level[tie.chosen]

    def _buy(self, n: int, price: Price) -> None:
        """Take from every backer what it gives."""
        project = self.columns.projects[n]
        left = self.left[project.rows]
        alive = left > 0
        due = price.gave if project.worth is None else price.gave * project.worth
        known = price.exact
        doubt = self.error + (price.error + EPS * price.gave) * project.most
        if known is None and np.any(alive & (np.abs(left - due) <= doubt)):
            price = self._exactly(n, price) or price
            known = price.exact
        emptied = alive & (left < due) if known is None else known.emptied
        none = emptied if known is None else emptied | known.even
        self.left[project.rows] = np.where(alive & ~none, np.maximum(left - due, LEAST), 0.0)
        units = project.units - int(project.weight[emptied | ~alive].sum())
        self.trace.append((n, emptied.tobytes(), none.tobytes()))
        self.chain.add(n, project.rows[emptied], units)
        voices = int(project.copies[alive].sum())
        self.bought.append(Bought(n, voices, int(project.copies[none].sum())))
        self.spent += project.cost
        self.error += (price.error + EPS * price.gave) * project.most + EPS * self.largest
        if self.error > AFRESH * self.largest:
            self._afresh()

    def _afresh(self) -> None:
        """Work out what every ballot has left from the exact prices of all rounds."""
        self.left = np.where(self.left > 0, np.maximum(self.chain.afresh(), LEAST), 0.0)
        self.error = 2 * EPS * self.largest * (len(self.bought) + 2)
