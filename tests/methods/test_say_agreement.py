"""Two ways to the same truth: power against votes really held, and places in an order against their definition."""

from fractions import Fraction
from itertools import combinations, pairwise, permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.methods.say import Ballot, Option, Rule
from alongside.methods.say.outcome import Verdict
from alongside.methods.say.power import banzhaf, power_of, weighted
from alongside.methods.say.rules import choose
from alongside.methods.say.rules.ranking import beaten_by, one_against_one, strongest_paths
from alongside.methods.say.setup import faults
from alongside.methods.say.shares import Cast, shares_of
from tests.methods.say_setups import setups

IDEA = (Option("lifts"),)
NAMES = "ABCDE"
few = settings(max_examples=max(20, settings().max_examples // 3), deadline=None)


# --- Power, and what votes really do ---


def held(setup, voters, yes):
    """A vote in which every group votes as one: these for the idea, the others against it."""
    ballots = [
        Ballot(f"{group.key}-{n}", group.key, {"lifts": int(group.key in yes)})
        for group in setup.voting
        for n in range(voters[group.key])
    ]
    return choose(setup, IDEA, ballots).verdict is Verdict.DECIDED


@few
@given(setups((Rule.YES_NO, Rule.DOUBLE_MAJORITY)), st.data())
def test_what_power_says_is_what_a_vote_does(setup, data):
    """Whoever is said to be able to decide alone does; whoever has a veto stops it; without us nothing is decided."""
    voters = {group.key: data.draw(st.integers(1, 4)) for group in setup.voting}
    powers = power_of(setup, voters)
    us = {group.key for group in setup.voting if group.side.us}
    everyone = set(voters)
    assert held(setup, voters, us) == powers.us_alone
    assert not held(setup, voters, everyone - us) and not powers.without_us
    for power in powers.groups:
        assert held(setup, voters, everyone - {power.group}) != power.veto


@few
@given(setups((Rule.YES_NO,)), st.data())
def test_a_groups_swings_are_the_votes_that_turn_on_it(setup, data):
    """Counted the long way: a vote for every set of groups, with and without the group."""
    voters = {group.key: data.draw(st.integers(1, 2)) for group in setup.voting}
    keys = sorted(voters)
    won = {
        frozenset(some)
        for size in range(len(keys) + 1)
        for some in combinations(keys, size)
        if held(setup, voters, some)
    }
    swings = {key: sum(some - {key} not in won for some in won if key in some) for key in keys}
    assert {power.group: power.swings for power in power_of(setup, voters).groups} == swings


@given(st.lists(st.integers(1, 30), min_size=1, max_size=7), st.data())
def test_equal_weights_have_equal_power_and_more_never_less(weights, data):
    more_than = data.draw(st.integers(0, sum(weights) - 1))
    swings = banzhaf(len(weights), weighted(weights, more_than))
    for a, b in combinations(range(len(weights)), 2):
        assert (weights[a] < weights[b]) <= (swings[a] <= swings[b])
        assert weights[a] != weights[b] or swings[a] == swings[b]


@given(st.lists(st.integers(1, 30), min_size=1, max_size=6))
def test_whoever_holds_more_than_half_has_all_the_power(weights):
    dictator = sum(weights) + 1
    swings = banzhaf(len(weights) + 1, weighted([dictator, *weights], Fraction(dictator + sum(weights), 2)))
    assert swings[0] == 2 ** len(weights) and set(swings[1:]) == {0}


# --- Places in an order ---

ballot = st.permutations(NAMES).flatmap(
    lambda order: st.integers(1, len(NAMES)).map(lambda n: {name: place for place, name in enumerate(order[:n], 1)})
)
polls = st.lists(st.tuples(ballot, st.integers(1, 9).map(Fraction)), min_size=1, max_size=7)


def strength(against, chain):
    """As strong as its weakest win; nothing where one of its steps is no win."""
    wins = [against[a, b] if against[a, b] > against[b, a] else Fraction(0) for a, b in pairwise(chain)]
    return min(wins)


def best(poll):
    against = one_against_one(poll, NAMES)
    beats = beaten_by(strongest_paths(against, NAMES), NAMES)
    top = max(beats.values())
    return {name for name in NAMES if beats[name] == top}, against


@few
@given(polls)
def test_the_strongest_path_is_the_strongest_of_all_there_are(poll):
    """By the definition: every chain of different ideas from one to the other."""
    against = one_against_one(poll, NAMES)
    path = strongest_paths(against, NAMES)
    for a, b in permutations(NAMES, 2):
        between = [name for name in NAMES if name not in (a, b)]
        chains = ((a, *some, b) for size in range(len(between) + 1) for some in permutations(between, size))
        assert path[a, b] == max(strength(against, chain) for chain in chains)


@given(polls)
def test_nobody_who_is_first_is_beaten_by_a_stronger_path(poll):
    first, against = best(poll)
    path = strongest_paths(against, NAMES)
    assert all(path[winner, other] >= path[other, winner] for winner in first for other in NAMES if other != winner)


@given(polls)
def test_what_loses_to_every_other_one_against_one_is_never_first_alone(poll):
    first, against = best(poll)
    for name in NAMES:
        if all(against[name, other] < against[other, name] for other in NAMES if other != name):
            assert first != {name}


@given(polls, st.data())
def test_moving_an_idea_up_never_harms_it(poll, data):
    """Monotonicity, which counting by elimination cannot promise."""
    first, _against = best(poll)
    winner = min(first)
    n = data.draw(st.integers(0, len(poll) - 1))
    places, share = poll[n]
    order = sorted(places, key=places.__getitem__)
    if winner in order and len(first) == 1:
        order.remove(winner)
        raised = {name: place for place, name in enumerate([winner, *order], 1)}
        assert winner in best([*poll[:n], (raised, share), *poll[n + 1 :]])[0]


@given(polls, st.integers(2, 50))
def test_only_parts_matter_and_not_how_large_they_are(poll, times):
    assert best(poll)[0] == best([(places, share * times) for places, share in poll])[0]


# --- The say, by another way of reckoning ---


@given(setups(), st.data())
def test_one_more_of_us_never_takes_from_us(setup, data):
    """Whoever else of people comes, people and communities together hold no less."""
    cast = {group.key: Cast(data.draw(st.integers(0, 5))) for group in setup.voting}
    before = shares_of(setup, cast)
    ours = [group.key for group in setup.voting if group.side.us]
    key = data.draw(st.sampled_from(ours))
    after = shares_of(setup, cast | {key: Cast(cast[key].ballots + 1)})
    assert after is not None and (before is None or after.us >= before.us)


@given(setups(), st.data())
def test_an_organisation_that_stays_away_gives_what_it_would_hold_to_us(setup, data):
    cast = {group.key: Cast(data.draw(st.integers(1, 5))) for group in setup.voting}
    whole = shares_of(setup, cast)
    for group in setup.voting:
        if not group.side.us:
            without = shares_of(setup, cast | {group.key: Cast(0)})
            assert without.us >= whole.us + whole.held[group.key]


@given(setups())
def test_what_can_be_saved_says_so_each_time(setup):
    assert faults(setup) == () == faults(setup)
