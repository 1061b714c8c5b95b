"""What a decision's set-up may be: nothing that lets organisations decide over people's heads can be saved.

Half of the say is a floor for people and communities, never what is suggested. Where the money or the things are
theirs, they hold all of it, and in somebody's own life that person does (table 1.1; chapters 1, 6 and 7).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from alongside.methods.say.model import (
    LEAST_CAP,
    MILLION,
    MOST_CAP,
    MOST_GROUPS,
    TIES,
    Basis,
    Form,
    Group,
    Half,
    Rule,
    Setup,
    Side,
    Tie,
)

LEAST_FLOOR = {True: 10, False: 50}  # of people directly affected, in per cent: for money (where not ticking an idea
# does not speak against it), and for everything else (where fewer than half in favour means more than half are not)
STEPS = (100, 100_000)  # from a ten-thousandth to a tenth of the first share
MAJORITY = 50  # more than so many per cent is a majority


@dataclass(frozen=True)
class Fault:
    """Why a set-up cannot be saved: a code, the field it is about, the group if it is about one, and the numbers."""

    code: str
    field: str
    group: str = ""
    have: int | None = None
    need: int | None = None


def faults(setup: Setup) -> tuple[Fault, ...]:
    """Everything that keeps `setup` from being saved, in the order of the page; empty where it may be.

    Words are the page's business. The properties that hold for whatever this lets through are tested as such.
    """
    return (*_of_groups(setup), *_of_say(setup), *_of_rule(setup), *_of_money(setup))


def _of_groups(setup: Setup) -> Iterator[Fault]:
    """What is wrong with single groups: names, weights, whose floor it is."""
    keys = [group.key for group in setup.groups]
    if len(keys) > MOST_GROUPS:
        yield Fault("too_many_groups", "groups", have=len(keys), need=MOST_GROUPS)
    for key in sorted({key for key in keys if not key or keys.count(key) > 1}):
        yield Fault("same_group_twice" if key else "group_without_key", "groups", key)
    for group in setup.groups:
        if not 0 <= group.weight_ppm <= MILLION:
            yield Fault("weight_out_of_range", "weight_ppm", group.key, group.weight_ppm, MILLION)
        if group.side is Side.POLITICIANS and group.weight_ppm:
            yield Fault("politicians_hold_no_votes", "weight_ppm", group.key, group.weight_ppm, 0)
        yield from _of_floor(setup, group)


def _of_floor(setup: Setup, group: Group) -> Iterator[Fault]:
    """A floor belongs to people or a community that votes; the affected must have one that means something."""
    least = LEAST_FLOOR[setup.rule.of_money] if group.affected else 1
    if group.affected and not group.side.us:
        yield Fault("affected_are_people", "affected", group.key)
    if group.affected and not group.weight_ppm:
        yield Fault("affected_must_vote", "weight_ppm", group.key, 0, 1)
    if group.affected and group.floor_pct is None:
        yield Fault("affected_need_a_floor", "floor_pct", group.key, need=least)
    if group.floor_pct is not None and not least <= group.floor_pct <= 100:
        yield Fault("floor_out_of_range", "floor_pct", group.key, group.floor_pct, least)
    if group.floor_pct is not None and not group.side.us:
        yield Fault("organisations_have_no_floor", "floor_pct", group.key, group.floor_pct)
    if group.floor_pct is not None and group.side.us and not group.affected and not group.weight_ppm:
        yield Fault("floor_without_vote", "floor_pct", group.key, group.floor_pct)


def _of_say(setup: Setup) -> Iterator[Fault]:
    """What is wrong with the parts of the say together."""
    total = sum(group.weight_ppm for group in setup.groups)
    if total != MILLION:
        yield Fault("weights_do_not_sum", "weight_ppm", have=total, need=MILLION)
    if not any(group.side.us for group in setup.voting):
        yield Fault("no_people", "groups")
    elif setup.us_ppm < setup.floor_pct * MILLION // 100:
        yield Fault("people_below_floor", "weight_ppm", have=setup.us_ppm, need=setup.floor_pct * MILLION // 100)
    if setup.basis is Basis.OWN_LIFE and len(setup.voting) > 1:
        yield Fault("own_life_is_one_persons", "groups", have=len(setup.voting), need=1)
    suppliers, commissioners = (
        sum(group.weight_ppm for group in setup.groups if group.side is side)
        for side in (Side.SUPPLIERS, Side.COMMISSIONERS)
    )
    if suppliers > 0 and not setup.suppliers_agreed:
        yield Fault("suppliers_not_agreed", "suppliers_agreed", have=suppliers, need=0)
    if suppliers > commissioners:
        yield Fault("suppliers_above_commissioners", "weight_ppm", have=suppliers, need=commissioners)
    if not LEAST_CAP <= setup.cap_pct <= MOST_CAP:
        yield Fault("cap_out_of_range", "cap_pct", have=setup.cap_pct, need=MOST_CAP)


def _of_rule(setup: Setup) -> Iterator[Fault]:
    """What is wrong with the rule: whose it is, its threshold, its quorum, its halves, its ties."""
    if (setup.rule is Rule.SUPPORTED) != (setup.basis is Basis.OWN_LIFE):
        yield Fault("supported_is_for_own_life", "rule")
    least = MAJORITY if setup.rule.of_yes_and_no else 0
    if not least <= setup.threshold_pct < 100:
        yield Fault("threshold_out_of_range", "threshold_pct", have=setup.threshold_pct, need=least)
    if setup.threshold_pct and setup.rule in (Rule.CONSENT, Rule.SUPPORTED, Rule.EQUAL_SHARES, Rule.GREEDY):
        yield Fault("rule_has_no_threshold", "threshold_pct", have=setup.threshold_pct, need=0)
    if setup.quorum < 0:
        yield Fault("quorum_out_of_range", "quorum", have=setup.quorum, need=0)
    if setup.winners < 1:
        yield Fault("no_winner", "winners", have=setup.winners, need=1)
    if setup.most is not None and setup.most < 1:
        yield Fault("no_mark", "most", have=setup.most, need=1)
    if sorted(setup.ties) != sorted(TIES) or setup.ties[-1] is not Tie.LOT:
        yield Fault("ties_not_decided", "ties", have=len(setup.ties), need=len(TIES))
    elif setup.rule.of_money and setup.ties != TIES:
        yield Fault("ties_of_money_are_fixed", "ties")
    yield from _of_halves(setup)


def _of_halves(setup: Setup) -> Iterator[Fault]:
    """A double majority needs two sides or more, apart, each of groups that vote, and one of people alone."""
    if setup.rule is not Rule.DOUBLE_MAJORITY:
        if setup.halves:
            yield Fault("rule_has_no_halves", "halves", have=len(setup.halves), need=0)
        return
    if len(setup.halves) < 2:
        yield Fault("halves_missing", "halves", have=len(setup.halves), need=2)
    voting = {group.key: group for group in setup.voting}
    named = [key for half in setup.halves for key in half.groups]
    for key in sorted({key for key in named if named.count(key) > 1}):
        yield Fault("group_in_two_halves", "halves", key)
    for key in sorted(set(named) - set(voting)):
        yield Fault("half_without_vote", "halves", key)
    for half in setup.halves:
        if not half.groups:
            yield Fault("half_is_empty", "halves", half.name)
        if not 1 <= half.floor_pct <= 100:
            yield Fault("half_floor_out_of_range", "halves", half.name, half.floor_pct, MAJORITY)
    if not any(_of_us_alone(half, voting) for half in setup.halves):
        yield Fault("no_half_of_people", "halves")


def _of_us_alone(half: Half, voting: dict[str, Group]) -> bool:
    """Whether one side of a double majority is made of people and communities, and its floor is half or more."""
    own = all(key in voting and voting[key].side.us for key in half.groups)
    return bool(half.groups) and own and half.floor_pct >= MAJORITY


def _of_money(setup: Setup) -> Iterator[Fault]:
    """What is wrong with a budget."""
    if not setup.rule.of_money:
        if setup.budget_pence is not None:
            yield Fault("rule_has_no_budget", "budget_pence", have=setup.budget_pence)
        return
    if setup.budget_pence is None or setup.budget_pence < 1:
        yield Fault("budget_missing", "budget_pence", have=setup.budget_pence, need=1)
    if setup.step_ppm is not None and not STEPS[0] <= setup.step_ppm <= STEPS[1]:
        yield Fault("step_out_of_range", "step_ppm", have=setup.step_ppm, need=STEPS[0])
    if setup.form is Form.POINTS and setup.most is None:
        yield Fault("points_missing", "most", need=1)


def suggested(basis: Basis, rule: Rule | None = None, *, budget_pence: int | None = None) -> Setup:
    """A fair set-up to start from: three quarters for people and communities in shared matters, never the floor.

    In somebody's own life the person decides, supported; in their own money or things, people and communities hold
    all. Politicians advise. The result has no faults (a budget is needed for rules of money). What cannot be had, a
    supported decision in what is shared, becomes the nearest thing, consent.
    """
    rule = Rule.CONSENT if rule is Rule.SUPPORTED else rule or Rule.APPROVAL
    rule = Rule.SUPPORTED if basis is Basis.OWN_LIFE else rule
    return Setup(
        basis=basis,
        groups=SUGGESTED[basis],
        rule=rule,
        threshold_pct=MAJORITY if rule.of_yes_and_no else 0,
        halves=_halves(basis) if rule is Rule.DOUBLE_MAJORITY else (),
        budget_pence=budget_pence if rule.of_money else None,
    )


SUGGESTED = {
    Basis.OWN_LIFE: (Group("person", Side.PEOPLE, MILLION), Group("supporters", Side.PEOPLE)),
    Basis.OURS: (Group("people", Side.PEOPLE, 700_000), Group("communities", Side.COMMUNITIES, 300_000)),
    Basis.SHARED: (
        Group("people", Side.PEOPLE, 500_000),
        Group("communities", Side.COMMUNITIES, 250_000),
        Group("commissioners", Side.COMMISSIONERS, 250_000),
        Group("suppliers", Side.SUPPLIERS),
        Group("politicians", Side.POLITICIANS),
    ),
}


def _halves(basis: Basis) -> tuple[Half, ...]:
    """The two sides of a suggested double majority."""
    if basis is Basis.SHARED:
        return (
            Half("us", frozenset({"people", "communities"})),
            Half("organisations", frozenset({"commissioners"})),
        )
    return (Half("people", frozenset({"people"})), Half("communities", frozenset({"communities"})))
