"""What comes of a decision: decided, not decided, or back to talk; each idea's standing; every tie; every reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from alongside.methods.say.model import Tie
from alongside.methods.say.shares import Shares


class Verdict(StrEnum):
    """`BACK_TO_TALK` where something has enough votes and yet may not go ahead: there is something to talk about."""

    DECIDED = "decided"
    NOT_DECIDED = "not_decided"
    BACK_TO_TALK = "back_to_talk"


class Code(StrEnum):
    """Why an idea did not win, or a decision was not made."""

    NOBODY_OF_US = "nobody_of_us"  # no person and no community voted
    QUORUM = "quorum"  # too few people and communities voted
    THRESHOLD = "threshold"  # not more than the share of the say that was asked for
    FLOOR = "floor"  # too little support in a group that has its own floor
    HALF = "half"  # too little support on one side of a double majority
    OBJECTION = "objection"  # an objection is left
    OBJECTION_SAID = "objection_said"  # one that was said in the talk, and nobody put right
    NOBODY_PICKED = "nobody_picked"  # nobody who holds a part of the say is for it
    NO_YES = "no_yes"  # the person whose life it is has not said yes
    OTHERS = "others"  # others had more
    US_PAID_TOO_LITTLE = "us_paid_too_little"  # people and communities paid for too little of what would be bought

    @property
    def for_talk(self) -> bool:
        return self in (Code.FLOOR, Code.HALF, Code.OBJECTION, Code.OBJECTION_SAID, Code.US_PAID_TOO_LITTLE)


@dataclass(frozen=True)
class Why:
    """One reason: what there is and what was needed; the group (or side of a double majority) it is about."""

    code: Code
    group: str = ""
    have: Fraction | None = None
    need: Fraction | None = None


@dataclass(frozen=True)
class Standing:
    """How one idea came out. `value` is what the rule counts: the mean score, the share of the say, or the ideas it
    beats one against one. `votes` are ballots for it, `support` the share of the say for it, `objections` what is
    left of them; `advice` how many for it in each group that only advises. `why` is empty for those that may win."""

    option: str
    value: Fraction
    votes: int
    support: Fraction
    objections: int = 0
    advice: Mapping[str, int] = field(default_factory=dict)
    why: tuple[Why, ...] = ()


@dataclass(frozen=True)
class TieMet:
    """These stood alike; they were put in this order, the first before the next `by` what was declared."""

    options: tuple[str, ...]
    by: Tie


@dataclass(frozen=True)
class Outcome:
    """`winners` best first. `standings` in the order of the result, those that may not win last. `against[a, b]` is
    the share of the say that prefers a to b, where places in an order were counted."""

    verdict: Verdict
    winners: tuple[str, ...] = ()
    standings: tuple[Standing, ...] = ()
    ties: tuple[TieMet, ...] = ()
    why: tuple[Why, ...] = ()
    shares: Shares | None = None
    against: Mapping[tuple[str, str], Fraction] = field(default_factory=dict)
