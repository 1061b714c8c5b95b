"""Each ballot's exact part of the say, from the groups' parts and who voted.

A group's part is shared equally among its ballots. What one organisation would hold above the cap, the part of a group
from which nobody voted, and what suppliers would hold above commissioners pass to people and communities, in
proportion to what their groups hold. So their floor can only be exceeded, never missed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from alongside.methods.say.model import MILLION, Ballot, Group, Setup, Side


@dataclass(frozen=True)
class Cast:
    """How many ballots a group cast, and how many of them for an organisation. On the sides of commissioners,
    suppliers and politicians every ballot is an organisation's, whatever is said here."""

    ballots: int
    organisations: int = 0


@dataclass(frozen=True)
class Shares:
    """What one ballot of each group holds, a person's or community's and an organisation's; together one whole.

    `start` is what each group was given, `held` what its ballots hold in the end.
    """

    each: Mapping[str, Fraction]
    each_organisation: Mapping[str, Fraction]
    start: Mapping[str, Fraction]
    held: Mapping[str, Fraction]
    us: Fraction

    def of(self, ballot: Ballot) -> Fraction:
        """The part of the say in one ballot; none where its group only advises."""
        if ballot.organisation and ballot.group in self.each_organisation:
            return self.each_organisation[ballot.group]
        return self.each.get(ballot.group, Fraction(0))


def cast_of(setup: Setup, ballots: Iterable[Ballot]) -> dict[str, Cast]:
    """How many of each group voted. `ValueError` for a ballot of a group that is not in the set-up."""
    every: Counter[str] = Counter()
    organisations: Counter[str] = Counter()
    for ballot in ballots:
        every[ballot.group] += 1
        organisations[ballot.group] += ballot.organisation
    unknown = set(every) - {group.key for group in setup.groups}
    if unknown:
        raise ValueError(f"No such group in this decision: {', '.join(sorted(unknown))}.")
    return {group.key: Cast(every[group.key], organisations[group.key]) for group in setup.groups}


def shares_of(setup: Setup, cast: Mapping[str, Cast]) -> Shares | None:
    """Every ballot's part of the say, or None where there is no result: no person and no community voted, or so few
    communities and no person that they could hold it all only above the cap.

    Promises, for any set-up without faults: all parts together are exactly one; people and communities hold at least
    their floor; no organisation more than the cap; suppliers together no more than commissioners.
    """
    voting = [group for group in setup.voting if cast.get(group.key, Cast(0)).ballots > 0]
    us = [group for group in voting if group.side.us]
    persons = {group.key: cast[group.key].ballots - cast[group.key].organisations for group in us}
    each = {group.key: _each_outside(setup, group, cast[group.key].ballots) for group in voting if not group.side.us}
    _hold_suppliers(setup, cast, each)
    outside = sum((part * cast[key].ballots for key, part in each.items()), Fraction(0))
    shared = _share_among_us(setup, us, cast, 1 - outside)
    if shared is None:
        return None
    organisations = {**each, **shared[1]}
    each |= shared[0]
    held = {
        group.key: each[group.key] * persons.get(group.key, 0)
        + organisations[group.key] * (cast[group.key].ballots - persons.get(group.key, 0))
        for group in voting
    }
    return Shares(
        each,
        organisations,
        {group.key: Fraction(group.weight_ppm, MILLION) for group in setup.voting},
        {group.key: held.get(group.key, Fraction(0)) for group in setup.voting},
        1 - outside,
    )


def _each_outside(setup: Setup, group: Group, ballots: int) -> Fraction:
    """What one organisation of a group outside people and communities holds: its equal part, up to the cap."""
    return min(Fraction(group.weight_ppm, MILLION * ballots), Fraction(setup.cap_pct, 100))


def _hold_suppliers(setup: Setup, cast: Mapping[str, Cast], each: dict[str, Fraction]) -> None:
    """Make suppliers' parts smaller, all alike, until together they hold no more than commissioners do."""
    sides = {group.key: group.side for group in setup.groups}
    held = {
        side: sum((part * cast[key].ballots for key, part in each.items() if sides[key] is side), Fraction(0))
        for side in (Side.SUPPLIERS, Side.COMMISSIONERS)
    }
    if held[Side.SUPPLIERS] > held[Side.COMMISSIONERS]:
        less = held[Side.COMMISSIONERS] / held[Side.SUPPLIERS]
        for key in each:
            if sides[key] is Side.SUPPLIERS:
                each[key] *= less


Each = dict[str, Fraction]


def _share_among_us(
    setup: Setup, us: list[Group], cast: Mapping[str, Cast], pool: Fraction
) -> tuple[Each, Each] | None:
    """Share the pool of people and communities: by the weights of the groups that voted, equally inside each. What
    one that is no person would hold above the cap goes to people, by the same weights; where none voted, to the
    others below the cap. A person's part and another's, for each group; None where nobody is left to take it."""
    weights = {group.key: group.weight_ppm for group in us}
    persons = {key: cast[key].ballots - cast[key].organisations for key in weights}
    cap, each, others, over = Fraction(setup.cap_pct, 100), Each(), Each(), Fraction(0)
    for key, weight in weights.items():
        each[key] = pool * weight / sum(weights.values()) / cast[key].ballots
        others[key] = min(each[key], cap)
        over += (each[key] - others[key]) * cast[key].organisations
    taking = {key: weight for key, weight in weights.items() if persons[key]}
    for key, weight in taking.items():
        each[key] += over * weight / sum(taking.values()) / persons[key]
    if taking:
        return each, others
    while over:
        below = {key: weight for key, weight in weights.items() if others[key] < cap}
        if not below:
            return None
        more = {key: over * weight / sum(below.values()) / cast[key].ballots for key, weight in below.items()}
        over = Fraction(0)
        for key, part in more.items():
            over += max(others[key] + part - cap, Fraction(0)) * cast[key].ballots
            others[key] = min(others[key] + part, cap)
    return (each, others) if us else None
