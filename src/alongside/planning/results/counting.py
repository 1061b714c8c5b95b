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
from alongside.planning.decisions.models import Decision, Rule
from alongside.planning.ideas import queries as ideas
from alongside.planning.ideas.models import Option

COUNTER = Actor.system("results.count")


@dataclass(frozen=True)
class Voted:
    """What was declared, what was voted on and by whom.

    `people` are those who took part. `single` says whether the ballots are single people's; of a room of which only
    sums are known they are not, and nothing may be said of them one by one. `said` is how many objections to each
    option were raised in the talk and still stand, where consent decides: they are counted with the ballots.
    """

    setup: say.Setup
    options: tuple[Option, ...]
    ballots: tuple[say.Ballot, ...]
    people: int
    single: bool
    seed: str
    said: dict[str, int]

    @property
    def listed(self) -> list[say.Option]:
        """The options as they are counted."""
        return [say.Option(str(option.n), option.cost_pence) for option in self.options]

    def sum(self, salt: str) -> str:
        """The sum (SHA-256) of everything that was counted: set-up, options, seed and ballots, in an order that says
        nothing. The salt, which nobody can guess, stands before them: else a few ballots could be found by trying."""
        lines = [salt, repr(self.setup), self.seed, *(f"{one.n};{one.cost_pence}" for one in self.options)]
        lines += sorted(f"{one.group};{one.organisation};{sorted(one.marks.items())}" for one in self.ballots)
        lines += [f"said;{key};{many}" for key, many in sorted(self.said.items())]
        return sha256("\n".join(lines).encode()).hexdigest()


@dataclass(frozen=True)
class Counting(Voted):
    """A count whole: the same, and what came of it."""

    outcome: Outcome | MoneyOutcome
    groups: dict[str, GroupCount]


def voted_in(decision: Decision) -> Voted:
    """What there is to count in a decision whose box is closed. Raises Refused before."""
    setup = decisions.say_setup(decision)
    options = tuple(ideas.options(COUNTER, decision))
    found = ballots.counted(decision)
    keys = [str(option.n) for option in options]
    cast = tuple(
        _whole(setup, keys, say.Ballot(one.key, one.group, _marks(one.marks.items()), one.organisation))
        for one in found
    )
    single = all(one.single for one in found)
    people = len(cast) if single else ballots.in_the_room(decision)
    return Voted(setup, options, cast, people, single, decision.lot_seed, _said(decision, options))


def count_of(decision: Decision) -> Counting:
    """Count a decision whose box is closed. Raises Refused before."""
    voted = voted_in(decision)
    setup, listed, seed = voted.setup, voted.listed, voted.seed
    outcome: Outcome | MoneyOutcome
    if setup.rule.of_money:
        outcome = decide(setup, listed, voted.ballots, seed=seed)
    else:
        outcome = choose(setup, listed, voted.ballots, seed=seed, said=voted.said)
    return Counting(**vars(voted), outcome=outcome, groups=counts_of(voted.setup, voted.ballots, outcome.winners))


def _said(decision: Decision, options: Iterable[Option]) -> dict[str, int]:
    if decision.terms.rule != Rule.CONSENT:
        return {}
    left = ideas.objections_left(decision)
    return {str(option.n): left[option.idea_id] for option in options if option.idea_id in left}


def _marks(marks: Iterable[tuple[int, int]]) -> dict[str, int]:
    return {str(n): value for n, value in marks}


def _whole(setup: say.Setup, options: Iterable[str], ballot: say.Ballot) -> say.Ballot:
    """Under a double majority of picks, what a ballot does not pick it says no to."""
    if setup.rule is not say.Rule.DOUBLE_MAJORITY:
        return ballot
    return replace(ballot, marks={key: ballot.marks.get(key, 0) for key in options})
