"""Where only people's and communities' shares grow, the quick count comes to exactly what one count a step does."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings, target
from hypothesis import strategies as st

from alongside.methods.equal_shares.steps import Steps
from alongside.methods.say import Ballot, Basis, Completion, Form, Group, Option, Rule, Setup, Side, Utility
from alongside.methods.say.model import MILLION
from alongside.methods.say.money import _us_first, problem_of, rule_of
from alongside.methods.say.shares import cast_of, shares_of
from tests.methods.plain_growing import us_first

HALF = (Group("people", Side.PEOPLE, 500_000), Group("council", Side.COMMISSIONERS, 500_000))
THIRDS = (
    Group("street", Side.PEOPLE, 300_000),
    Group("groups", Side.COMMUNITIES, 200_000),
    Group("council", Side.COMMISSIONERS, 500_000),
)


@st.composite
def scattered(draw):
    """Many people whose small shares are spread over cheap ideas, and a few councils that agree on dear ones."""
    costs = draw(st.lists(st.integers(0, 40), min_size=2, max_size=9))
    options = [Option(str(n), cost * 1_000) for n, cost in enumerate(costs)]
    keys = [option.key for option in options]
    setup = Setup(
        Basis.SHARED,
        draw(st.sampled_from([HALF, THIRDS])),
        Rule.EQUAL_SHARES,
        cap_pct=25,
        form=draw(st.sampled_from(Form)),
        utility=draw(st.sampled_from(Utility)),
        most=10,
        budget_pence=draw(st.integers(20, 120)) * 1_000,
        completion=draw(st.sampled_from([Completion.ADD1, Completion.GREEDY])),
        step_ppm=draw(st.sampled_from([100_000, 50_000, 33_333, 20_000])),
    )
    cast = []
    for group in setup.groups:
        some = st.lists(st.sampled_from(keys), min_size=1, max_size=2 if group.side.us else 4, unique=True)
        for n in range(draw(st.integers(1, 8 if group.side.us else 3))):
            said = draw(some)
            points = {key: place for place, key in enumerate(said, 1)} if setup.form is not Form.TICKS else {}
            cast.append(Ballot(f"{group.key}{n}", group.key, points or dict.fromkeys(said, 1)))
    return setup, options, cast


def asked(setup, options, cast):
    shares = shares_of(setup, cast_of(setup, cast))
    return setup, problem_of(setup, options, cast, shares), rule_of(setup, "larkmere")


def same(quick, plain):
    """The same part, winners, prices, ties and payments, or nothing in both."""
    if quick is None or plain is None:
        assert quick is plain
        return
    assert quick[1] == plain[1]
    for name in ("problem", "rule", "rounds", "ties", "completion", "lost"):
        assert getattr(quick[0], name) == getattr(plain[0], name), name
    assert quick[0].purses.by_group() == plain[0].purses.by_group()


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(scattered())
def test_it_comes_to_exactly_what_a_count_for_each_step_comes_to(vote):
    given = asked(*vote)
    plain = us_first(*given)
    target(float(plain[1]) if plain else -1.0)
    same(_us_first(*given), plain)


def ticks(group, *keys):
    return [Ballot(f"{group}{n}", group, dict.fromkeys(one, 1)) for n, one in enumerate(keys)]


def test_where_nothing_changes_over_many_steps_the_first_of_them_is_told():
    """Ten people at 5,000 pence each; one wants what costs 6,600 and gets it once shares grow by 0.32. From there on
    nothing changes for long, and what people paid does not either."""
    setup = Setup(Basis.SHARED, HALF, Rule.EQUAL_SHARES, cap_pct=25, budget_pence=100_000, step_ppm=100)
    options = [Option("own", 6_600), Option("far", 90_000), Option("road", 6_000)]
    cast = ticks("people", ("own",), *[("far",)] * 9) + ticks("council", ("road",), ("road",))
    given = asked(setup, options, cast)
    quick = _us_first(*given)
    assert quick[1] == Fraction(32, 100) and quick[0].spent == 12_600
    coarse = replace(setup, step_ppm=10_000)
    same(_us_first(*asked(coarse, options, cast)), us_first(*asked(coarse, options, cast)))


def test_the_step_at_which_people_have_paid_half_is_found_between_two_counts_that_are_alike():
    """People and a council buy the same thing in the same way throughout, and people pay a little more of it the more
    they hold: half of it is reached between two steps at which nothing else changes."""
    setup = Setup(Basis.SHARED, HALF, Rule.EQUAL_SHARES, cap_pct=25, budget_pence=100_000, step_ppm=1_000)
    cast = ticks("people", *[("hall",)] * 10) + ticks("council", ("hall",), ("hall",))
    options = [Option("hall", 100_000)]
    shares = shares_of(setup, cast_of(setup, cast))
    problem = problem_of(setup, options, cast, shares)
    # As if people had come with less: a fifth of the money, and two councils with what is left.
    less = tuple(
        one._replace(endowment=Fraction(4_000 if one.group == "people" else 30_000)) for one in problem.ballots
    )
    given = (setup, replace(problem, ballots=less), rule_of(setup, "larkmere"))
    quick, plain = _us_first(*given), us_first(*given)
    same(quick, plain)
    assert quick[1] == Fraction(1, 4) and quick[0].purses.by_group()["people"] == {"hall": 50_000}


@pytest.mark.parametrize("cost", [0, 100])
def test_what_costs_nothing_or_hardly_anything_is_bought_at_once(cost):
    setup = Setup(Basis.SHARED, HALF, Rule.EQUAL_SHARES, cap_pct=25, budget_pence=100_000, step_ppm=100_000)
    cast = ticks("people", ("free",)) + ticks("council", ("free",))
    given = asked(setup, [Option("free", cost)], cast)
    same(_us_first(*given), us_first(*given))


def test_steps_over_which_nothing_changes_are_not_counted_one_by_one(monkeypatch):
    """Ten thousand steps, and not a twentieth as many counts."""
    counts = []
    at = Steps.at
    monkeypatch.setattr(Steps, "at", lambda self, steps: counts.append(steps) or at(self, steps))
    setup = Setup(Basis.SHARED, HALF, Rule.EQUAL_SHARES, cap_pct=25, budget_pence=1_000_000, step_ppm=100)
    options = [Option(str(n), 400_000 + n) for n in range(6)] + [Option("road", 260_000), Option("bridge", 240_000)]
    cast = ticks("people", *[(str(n % 6),) for n in range(300)]) + ticks("council", *[("road", "bridge")] * 4)
    given = asked(setup, options, cast)
    assert _us_first(*given) is None and max(counts) == MILLION // 100
    assert len(counts) == len(set(counts)) < 500
