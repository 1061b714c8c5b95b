"""A decision's own ballots, counted by the rule that was declared: from stored rows to an outcome, and back to rows.

Nothing is written here. Counting the same rows again gives the same, today and in ten years: `alongside check` does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256

from alongside.ground.history.actor import Actor
from alongside.methods import say
from alongside.methods.say.effect import GroupCount, counts_of
from alongside.methods.say.money import MoneyOutcome, decide
from alongside.methods.say.outcome import Outcome
from alongside.methods.say.rules import choose
from alongside.planning.ballots import queries as ballots
from alongside.planning.decisions import queries as decisions
from alongside.planning.decisions.models import Decision
from alongside.planning.ideas import queries as ideas
from alongside.planning.ideas.models import Option

COUNTER = Actor.system("results.count")


@dataclass(frozen=True)
class Counting:
    """A count whole: what was declared, what was voted on and by whom, and what came of it.

    `people` are those who took part. `single` says whether the ballots are single people's; of a room of which only
    sums are known they are not, and nothing may be said of them one by one.
    """

    setup: say.Setup
    options: tuple[Option, ...]
    ballots: tuple[say.Ballot, ...]
    people: int
    single: bool
    seed: str
    outcome: Outcome | MoneyOutcome
    groups: dict[str, GroupCount]

    @property
    def sha(self) -> str:
        """The sum of everything that was counted: set-up, options, seed and ballots, in an order that says nothing."""
        lines = [repr(self.setup), self.seed, *(f"{one.n};{one.cost_pence}" for one in self.options)]
        lines += sorted(f"{one.group};{one.organisation};{sorted(one.marks.items())}" for one in self.ballots)
        return sha256("\n".join(lines).encode()).hexdigest()


def count_of(decision: Decision) -> Counting:
    """Count a decision whose box is closed. Raises Refused before."""
    setup = decisions.say_setup(decision)
    options = tuple(ideas.options(COUNTER, decision))
    found = ballots.counted(decision)
    keys = [str(option.n) for option in options]
    cast = tuple(
        _whole(setup, keys, say.Ballot(one.key, one.group, _marks(one.marks.items()), one.organisation))
        for one in found
    )
    single = not any(" " in one.key for one in found)  # sums of a room have a group and a number for a key
    people = len(cast) if single else ballots.in_the_room(decision)
    listed = [say.Option(str(option.n), option.cost_pence) for option in options]
    rule = decide if setup.rule.of_money else choose
    outcome = rule(setup, listed, cast, seed=decision.lot_seed)
    counts = counts_of(setup, cast, outcome.winners)
    return Counting(setup, options, cast, people, single, decision.lot_seed, outcome, counts)


def _marks(marks: Iterable[tuple[int, int]]) -> dict[str, int]:
    return {str(n): value for n, value in marks}


def _whole(setup: say.Setup, options: Iterable[str], ballot: say.Ballot) -> say.Ballot:
    """Under a double majority of picks, what a ballot does not pick it says no to."""
    if setup.rule is not say.Rule.DOUBLE_MAJORITY:
        return ballot
    return replace(ballot, marks={key: ballot.marks.get(key, 0) for key in options})
