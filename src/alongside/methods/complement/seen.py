"""One wish and everything of its kind beside it, as an answer leaves it: what a reason is read from.

What nobody is told of is left out here: people who are kept apart, offers whose holder does not want to be asked for
this, and sources that the person has ruled out.
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import numpy as np

from alongside.methods.complement.against import Against, against, alike_to, days_of, words_of
from alongside.methods.complement.model import Looked, Reason, Source
from alongside.methods.complement.problem import DAYTIME, OPEN, RULED_OUT, Answer, Bits, Flags, Floats, Ints, Problem
from alongside.methods.complement.rules import Rules, km

# The first that applies is why an offer did not serve; what nobody is told of is left out before.
WHY = tuple(
    Against[name]
    for name in (
        "not_open_to_you",
        "not_for_unpaid",
        "access_missing",
        "out_of_reach",
        "times_differ",
        "asked_this_week",
    )
)
CODES = (*(str(bit.name) for bit in WHY), "at_limit", "needs_more_people", "enough_shown")
NEVER_TOLD = int(Against.apart | Against.holder_refuses | Against.ruled_out)
# What came nearest to serving speaks for its source.
NEAREST_FIRST = (
    "at_limit",
    "asked_this_week",
    "needs_more_people",
    "times_differ",
    "out_of_reach",
    "access_missing",
    "enough_shown",
    "not_open_to_you",
    "not_for_unpaid",
)


class Before(NamedTuple):
    """A source that was looked at before an idea's own, and why it did not serve, or not alone."""

    source: Source
    why: Reason


class Used(NamedTuple):
    """Of each offer, how many steps an answer takes and how many wishes it serves with them."""

    steps: Ints
    served: Ints


def used_of(problem: Problem, answer: Answer) -> Used:
    """What an answer makes of each offer; reckoned once for all wishes."""
    many, by = len(problem.offers), answer.pairs.offer
    steps = np.bincount(by, answer.steps, many).astype(np.int64)
    return Used(steps, np.bincount(by[answer.steps > 0], minlength=many).astype(np.int64))


class Seen:
    """One wish, and everything of its kind beside it: what stands against each offer, what is left of it, and what
    an answer suggests. Arrays run over `offer`, the rows of the offers that may be told of."""

    def __init__(
        self, problem: Problem, rules: Rules, answer: Answer, wish: int, used: Used, hidden: Flags | None = None
    ) -> None:
        self.problem, self.rules, self.answer, self.wish = problem, rules, answer, wish
        self.wanted = int(problem.wishes.steps[wish])
        rows = alike_to(rules, wish)
        rows = rows if hidden is None else rows[~hidden[rows]]
        bits = against(rules, np.full(len(rows), wish), rows)
        told = bits & NEVER_TOLD == 0
        self.offer, self.bits = rows[told], bits[told]
        self.mine = np.full(len(self.offer), wish)
        self.source = rules.source(self.mine, self.offer)
        offers = problem.offers
        self.left = np.where(offers.limit[self.offer] >= OPEN, OPEN, offers.spare[self.offer] - used.steps[self.offer])
        self.served = used.served[self.offer]
        first, last = np.searchsorted(answer.pairs.wish, np.array([wish, wish + 1], answer.pairs.wish.dtype))
        self.pair = slice(int(first), int(last))
        self.order, self.steps = self._in_answer()

    def _in_answer(self) -> tuple[Ints, Ints]:
        """For each offer its place among the candidates of this wish (OPEN where it is none), and its steps."""
        places = np.full(len(self.problem.offers), OPEN, np.int64)
        theirs = self.answer.pairs.offer[self.pair]
        places[theirs] = np.arange(len(theirs))
        order, steps = places[self.offer], np.zeros(len(self.offer), np.int64)
        known = order < OPEN
        steps[known] = self.answer.steps[self.pair][order[known]]
        return order, steps

    @property
    def chosen(self) -> list[int]:
        """What is suggested, in the person's order."""
        return sorted(np.flatnonzero(self.steps > 0).tolist(), key=lambda at: int(self.order[at]))

    @cached_property
    def km(self) -> Floats:
        return km(self.rules.at_wish[self.mine], self.rules.at_offer[self.offer])

    @cached_property
    def week(self) -> Bits:
        """The hours at which each may be asked: of unpaid others, by day only."""
        found: Bits = self.problem.offers.week[self.offer]
        found[~self.problem.offers.paid[self.offer] & (self.source != Source.OWN)] &= DAYTIME
        return found

    @property
    def short(self) -> int:
        """Steps that are wished for and not met."""
        return max(self.wanted - int(self.answer.met[self.wish]), 0)

    @cached_property
    def order_of_sources(self) -> list[Source]:
        """The sources that are looked at, first first."""
        places = self.problem.wishes.place_of[self.wish]
        return sorted((one for one in Source if places[one - 1] < RULED_OUT), key=lambda one: int(places[one - 1]))

    @property
    def least_left(self) -> int:
        """How much must be left of an offer for it to be any use: all of it where one holder is wished for."""
        return self.wanted if self.problem.wishes.whole[self.wish] else 1

    @cached_property
    def why(self) -> Ints:
        """For each offer the row in CODES of why it does not serve: the first thing that applies."""
        offers = self.problem.offers
        full = (self.left < self.least_left) | (self.served >= offers.most[self.offer])
        waits = self.served < offers.least[self.offer]
        tests = [*(self.bits & int(bit) != 0 for bit in WHY), full, waits]
        found: Ints = np.select(tests, range(len(tests)), len(tests)).astype(np.int64)
        return found

    def why_not(self, at: int) -> str:
        """Why an offer that is not suggested does not serve."""
        return CODES[int(self.why[at])]

    @cached_property
    def looked(self) -> tuple[Looked, ...]:
        """For each source in the person's order: how many offers of this kind, how many ideas, why not the others."""
        found = []
        for source in self.order_of_sources:
            there = self.source == source
            given = int((there & (self.steps > 0)).sum())
            many = np.bincount(self.why[there & (self.steps == 0)], minlength=len(CODES)).tolist()
            why = {code: number for code, number in sorted(zip(CODES, many, strict=True)) if number}
            found.append(Looked(int(self.problem.wishes.id[self.wish]), source, int(there.sum()), given, why))
        return tuple(found)

    def before(self, source: Source) -> tuple[Before, ...]:
        """What was looked at before a source; a source ruled out stands first, and was not looked at."""
        places = self.problem.wishes.place_of[self.wish]
        out = [one for one in Source if places[one - 1] >= RULED_OUT and one < source]
        found = [Before(one, Reason("ruled_out")) for one in out]
        for looked in self.looked:
            if looked.source is source:
                break
            found.append(Before(looked.source, self._spokesman(looked)))
        return tuple(found)

    def _spokesman(self, looked: Looked) -> Reason:
        if looked.ideas:
            return Reason("some", looked.ideas)
        for code in NEAREST_FIRST:
            if looked.why_not.get(code):
                those = (self.source == looked.source) & (self.steps == 0) & (self.why == CODES.index(code))
                return Reason(code, self.value_of(code, np.flatnonzero(those)))
        return Reason("none")

    def value_of(self, code: str, places: Ints) -> str | int | float | None:
        """What is told with a code of the nearest of some offers: kilometres, a feature or a weekday."""
        at = int(places[np.lexsort((self.offer[places], self.km[places]))[0]])
        wishes, offers, offer = self.problem.wishes, self.problem.offers, self.offer[at]
        if code == "out_of_reach":
            return round(float(self.km[at]), 1)
        if code == "access_missing":
            return words_of(self.problem, int(wishes.needs[self.wish] & offers.lacks[offer]))[0]
        if code == "times_differ":
            return days_of(self.week[at])[0]
        return None
