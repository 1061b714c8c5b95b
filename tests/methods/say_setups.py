"""Any set-up that may be saved, and any ballots for it: what the properties of an equal say are tried on."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import assume
from hypothesis import strategies as st

from alongside.methods.say import Ballot, Basis, Form, Group, Half, Option, Rule, Setup, Side, faults
from alongside.methods.say.model import LEAST_OF_US, MILLION

US = (Side.PEOPLE, Side.COMMUNITIES)
OPTIONS = (Option("lifts", 520_000), Option("benches", 480_000), Option("lights", 660_000), Option("app", 1_150_000))
CHOOSING = (Rule.CONSENT, Rule.SCORE, Rule.APPROVAL, Rule.RANKING, Rule.YES_NO, Rule.DOUBLE_MAJORITY)


@st.composite
def parts(draw, total, count):
    """`total` cut into `count` parts, none of them nought."""
    cuts = draw(st.lists(st.integers(1, total - 1), min_size=count - 1, max_size=count - 1, unique=True))
    edges = [0, *sorted(cuts), total]
    return [b - a for a, b in pairwise(edges)]


@st.composite
def groups_of(draw, basis, rule):
    """Groups whose weights keep the floor of `basis`, some of them with a floor of their own, some only advising."""
    if basis is Basis.OWN_LIFE:
        return (Group("person", Side.PEOPLE, MILLION), Group("advocate", Side.PEOPLE))
    us = draw(st.integers(1, 3))
    least = LEAST_OF_US[basis] * MILLION // 100
    ours = MILLION if least == MILLION else draw(st.integers(least, MILLION))
    groups = [Group(f"us{n}", draw(st.sampled_from(US)), weight) for n, weight in enumerate(draw(parts(ours, us)))]
    for n in range(us):
        if draw(st.integers(0, 3)) == 0:
            groups[n] = replace(groups[n], affected=draw(st.booleans()), floor_pct=draw(st.integers(1, 100)))
    rest = MILLION - ours
    if rest > 1 and draw(st.booleans()):
        suppliers = draw(st.integers(1, max(1, rest // 2)))
        groups.append(Group("suppliers", Side.SUPPLIERS, suppliers))
        rest -= suppliers
    if rest > 1:
        groups.append(Group("council", Side.COMMISSIONERS, rest // 2))
        rest -= rest // 2
    if rest:
        groups.append(Group("health", Side.COMMISSIONERS, rest))
    groups.append(Group("councillors", Side.POLITICIANS))
    return tuple(draw(st.permutations(groups)))


@st.composite
def setups(draw, rules=tuple(Rule)):
    """A set-up without faults."""
    rule = draw(st.sampled_from(rules))
    shared = (Basis.OURS, Basis.SHARED, Basis.SHARED)
    basis = Basis.OWN_LIFE if rule is Rule.SUPPORTED else draw(st.sampled_from(shared))
    groups = draw(groups_of(basis, rule))
    voting = [group for group in groups if group.weight_ppm]
    halves = ()
    if rule is Rule.DOUBLE_MAJORITY:
        first = frozenset(group.key for group in voting if group.side.us)
        second = frozenset(group.key for group in voting) - first
        halves = (Half("us", first, draw(st.integers(50, 80))), Half("others", second, draw(st.integers(1, 100))))
    setup = Setup(
        basis=basis,
        groups=groups,
        rule=rule,
        cap_pct=draw(st.integers(1, 25)),
        suppliers_agreed=True,
        threshold_pct=draw(st.integers(50, 80)) if rule.of_yes_and_no else 0,
        winners=draw(st.integers(1, 3)),
        halves=halves,
        form=draw(st.sampled_from(Form)) if rule.of_money else Form.TICKS,
        most=10,
        budget_pence=draw(st.integers(400_000, 3_000_000)) if rule.of_money else None,
        step_ppm=50_000,
    )
    assume(not faults(setup))
    return setup


MARKS = {
    Rule.CONSENT: st.integers(-1, 1),
    Rule.SCORE: st.integers(0, 5),
    Rule.RANKING: st.integers(1, 4),
    Rule.EQUAL_SHARES: st.integers(1, 5),
    Rule.GREEDY: st.integers(1, 5),
}


@st.composite
def ballots_of(draw, setup, most=6):
    """Some ballots for `setup`: groups of every size, also none, and holders who may not vote on something."""
    ballots = []
    keys = [option.key for option in OPTIONS]
    marks = MARKS.get(setup.rule, st.integers(0, 1))
    for group in setup.groups:
        count = draw(st.integers(0, 1 if setup.rule is Rule.SUPPORTED and group.weight_ppm else most))
        for n in range(count):
            said = draw(st.dictionaries(st.sampled_from(keys), marks, max_size=4))
            if setup.rule.of_money and setup.form is Form.RANKS:
                said = {key: place for place, key in enumerate(said, 1)}
            barred = draw(st.frozensets(st.sampled_from(keys), max_size=1)) if draw(st.booleans()) else frozenset()
            organisation = draw(st.booleans()) and group.side is Side.COMMUNITIES
            ballots.append(Ballot(f"{group.key}-{n}", group.key, said, organisation, barred))
    return ballots


@st.composite
def votes(draw, rules=tuple(Rule)):
    """A set-up that may be saved, and ballots for it."""
    setup = draw(setups(rules))
    return setup, draw(ballots_of(setup))


@st.composite
def rooms(draw):
    """A set-up that may be saved, and who voted: blank ballots, since only the say in them matters."""
    setup = draw(setups())
    ballots = []
    for group in setup.groups:
        for n in range(draw(st.integers(0, 8))):
            organisation = group.side is Side.COMMUNITIES and draw(st.booleans())
            ballots.append(Ballot(f"{group.key}-{n}", group.key, organisation=organisation))
    return setup, ballots
