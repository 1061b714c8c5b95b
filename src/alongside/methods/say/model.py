"""What goes in and comes out of a decision with an equal say, as plain values.

Table 1.1 and chapters 6 and 7 of the book: people and communities have an equal say in all key decisions. The book
gives no arithmetic; the numbers here are our proposal, and each is a named constant beside its reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

MILLION = 1_000_000  # the whole say, in parts
LEAST_OF_US = {"own_life": 100, "ours": 100, "shared": 50}  # the floor of people and communities, in per cent
CAP, LEAST_CAP, MOST_CAP = 10, 1, 25  # what one organisation may hold at most, in per cent: usual, and its bounds
MOST_GROUPS = 12  # so that every coalition of groups can be looked at
SMALL = 5  # groups of fewer ballots are never shown apart
FIVE = 5  # the best score
CONTENT = 3  # a score of so much supports an idea


class Basis(StrEnum):
    """Whose decision it is: a person's own life, people's own money or things, or a matter shared with others."""

    OWN_LIFE = "own_life"
    OURS = "ours"
    SHARED = "shared"


class Side(StrEnum):
    """Who is in the room. "Us" are people and communities; the rest are organisations."""

    PEOPLE = "people"
    COMMUNITIES = "communities"
    COMMISSIONERS = "commissioners"
    SUPPLIERS = "suppliers"
    POLITICIANS = "politicians"

    @property
    def us(self) -> bool:
        return self in (Side.PEOPLE, Side.COMMUNITIES)


class Rule(StrEnum):
    """How choices become a result."""

    CONSENT = "consent"
    SCORE = "score"
    APPROVAL = "approval"
    RANKING = "ranking"
    YES_NO = "yes_no"
    DOUBLE_MAJORITY = "double_majority"
    SUPPORTED = "supported"
    EQUAL_SHARES = "equal_shares"
    GREEDY = "greedy"

    @property
    def of_money(self) -> bool:
        return self in (Rule.EQUAL_SHARES, Rule.GREEDY)

    @property
    def of_yes_and_no(self) -> bool:
        return self in (Rule.YES_NO, Rule.DOUBLE_MAJORITY)


class Form(StrEnum):
    """What somebody writes on a ballot about money: ticks, points, or places in an order."""

    TICKS = "ticks"
    POINTS = "points"
    RANKS = "ranks"


class Utility(StrEnum):
    """What a tick is worth in equal shares: the cost of the idea, or one."""

    COST = "cost"
    CARDINALITY = "cardinality"


class Completion(StrEnum):
    """What happens with money that equal shares leaves: shares grow step by step, the most wanted go next, nothing."""

    ADD1 = "add1"
    GREEDY = "greedy"
    NONE = "none"


class Tie(StrEnum):
    """What decides between two that stand alike, in the order that was declared."""

    LOWEST_COST = "lowest_cost"
    MOST_VOTES = "most_votes"
    LOT = "lot"


TIES = (Tie.LOWEST_COST, Tie.MOST_VOTES, Tie.LOT)


@dataclass(frozen=True)
class Group:
    """Some of those who take part. `weight_ppm` is their part of the say; without any they advise.

    `floor_pct` is the share of this group's ballots that an idea needs, or it cannot win, whatever the rest say.
    `affected` marks the people directly affected.
    """

    key: str
    side: Side
    weight_ppm: int = 0
    affected: bool = False
    floor_pct: int | None = None


@dataclass(frozen=True)
class Half:
    """One side of a double majority: groups that together need `floor_pct` of their say in favour."""

    name: str
    groups: frozenset[str]
    floor_pct: int = 50


@dataclass(frozen=True)
class Setup:
    """All that is declared before anyone votes. Money is in pence; `quorum` counts ballots of people and communities.

    `threshold_pct`: more than so much of the say must be for an idea. `winners`: how many ideas may be chosen where
    no money limits them. `most`: how many ticks, or points, one ballot may hold. `step_ppm`: by which part of its
    first size each share grows in a round of topping up; None is a pound where all ballots hold the same, else a
    thousandth. `halves` belong to a double majority.
    """

    basis: Basis
    groups: tuple[Group, ...]
    rule: Rule = Rule.APPROVAL
    cap_pct: int = CAP
    suppliers_agreed: bool = False
    threshold_pct: int = 0
    quorum: int = 0
    winners: int = 1
    halves: tuple[Half, ...] = ()
    form: Form = Form.TICKS
    most: int | None = None
    budget_pence: int | None = None
    utility: Utility = Utility.COST
    completion: Completion = Completion.ADD1
    step_ppm: int | None = None
    ties: tuple[Tie, ...] = TIES

    @property
    def voting(self) -> tuple[Group, ...]:
        """The groups that hold a part of the say."""
        return tuple(group for group in self.groups if group.weight_ppm > 0)

    @property
    def us_ppm(self) -> int:
        """What people and communities hold together at the start."""
        return sum(group.weight_ppm for group in self.groups if group.side.us)

    @property
    def floor_pct(self) -> int:
        """What people and communities must hold, and pay, at least."""
        return LEAST_OF_US[self.basis]


@dataclass(frozen=True)
class Option:
    """An idea that can be chosen. Cost in pence; 0 where it costs nothing."""

    key: str
    cost: int = 0


@dataclass(frozen=True)
class Ballot:
    """One secret ballot: its group and what it says of each option.

    `marks`: tick 1; score 0 to 5; place 1 (best) and on; points; yes 1 and no 0; consent 1, standing aside 0 and
    an objection -1. What is not marked is not said. `organisation`: cast for an organisation on the side of
    communities; on the other sides every ballot is. `barred`: options from which its holder would gain money.
    """

    key: str
    group: str
    marks: Mapping[str, int] = field(default_factory=dict)
    organisation: bool = False
    barred: frozenset[str] = frozenset()

    @property
    def said(self) -> dict[str, int]:
        """What it says, without what its holder may not vote on."""
        return {option: value for option, value in self.marks.items() if option not in self.barred}
