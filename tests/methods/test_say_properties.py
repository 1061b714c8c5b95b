"""What holds for whatever can be saved and whoever votes: the floors, the caps, the affected, and who would gain."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.methods.say import Ballot, Basis, Form, Rule, Side, suggested
from alongside.methods.say.effect import counts_of, together
from alongside.methods.say.model import LEAST_OF_US, SMALL
from alongside.methods.say.money import decide
from alongside.methods.say.outcome import Code, Verdict
from alongside.methods.say.power import power_of
from alongside.methods.say.rules import choose
from alongside.methods.say.rules.support import supports
from alongside.methods.say.shares import cast_of, shares_of
from tests.methods.say_setups import CHOOSING, OPTIONS, US, rooms, setups, votes

MONEY = (Rule.EQUAL_SHARES, Rule.GREEDY)
few = settings(max_examples=max(20, settings().max_examples // 3), deadline=None)


def of_side(setup, *sides):
    return {group.key for group in setup.groups if group.side in sides}


def the_say(setup, ballots):
    shares = shares_of(setup, cast_of(setup, ballots))
    return shares, {ballot.key: shares.of(ballot) for ballot in ballots} if shares else {}


@given(rooms())
def test_all_parts_of_the_say_together_are_exactly_one(vote):
    setup, ballots = vote
    shares, each = the_say(setup, ballots)
    if shares:
        assert sum(each.values()) == 1 == sum(shares.held.values())
        assert all(part >= 0 for part in each.values())


@given(rooms())
def test_people_and_communities_never_hold_less_than_their_floor(vote):
    setup, ballots = vote
    shares, each = the_say(setup, ballots)
    if shares:
        us = sum(each[ballot.key] for ballot in ballots if ballot.group in of_side(setup, *US))
        assert us == shares.us >= Fraction(LEAST_OF_US[setup.basis], 100)
        assert us >= Fraction(setup.us_ppm, 1_000_000)


@given(rooms())
def test_no_organisation_holds_more_than_the_cap(vote):
    setup, ballots = vote
    _shares, each = the_say(setup, ballots)
    for ballot in ballots:
        if each and (ballot.organisation or ballot.group not in of_side(setup, *US)):
            assert each[ballot.key] <= Fraction(setup.cap_pct, 100)


@given(rooms())
def test_suppliers_never_hold_more_than_commissioners_whoever_stays_away(vote):
    setup, ballots = vote
    _shares, each = the_say(setup, ballots)
    held = {
        side: sum(each[ballot.key] for ballot in ballots if ballot.group in of_side(setup, side))
        for side in (Side.SUPPLIERS, Side.COMMISSIONERS, Side.POLITICIANS)
        if each
    }
    if held:
        assert held[Side.SUPPLIERS] <= held[Side.COMMISSIONERS]
        assert held[Side.POLITICIANS] == 0


@given(rooms())
def test_people_are_alike_whoever_they_are(vote):
    """In one group every person's ballot weighs the same, and an organisation's never more than a person's."""
    setup, ballots = vote
    _shares, each = the_say(setup, ballots)
    for key in of_side(setup, *US) if each else ():
        persons = {each[one.key] for one in ballots if one.group == key and not one.organisation}
        organisations = {each[one.key] for one in ballots if one.group == key and one.organisation}
        assert len(persons) <= 1 and len(organisations) <= 1
        assert not persons or not organisations or max(organisations) <= max(persons)


@given(rooms())
def test_where_no_person_or_community_voted_there_is_no_say_at_all(vote):
    setup, ballots = vote
    us = [b for b in ballots if b.group in of_side(setup, *US) & {group.key for group in setup.voting}]
    persons = [ballot for ballot in us if not ballot.organisation]
    shares = shares_of(setup, cast_of(setup, ballots))
    if persons:
        assert shares is not None
    elif not us:
        assert shares is None
    elif shares is None:
        assert len(us) * setup.cap_pct < 100, "so few communities can hold it all only above the cap"


@given(setups(), st.data())
def test_nothing_can_be_decided_without_people_and_communities(setup, data):
    voters = {group.key: data.draw(st.integers(0, 9)) for group in setup.voting}
    powers = power_of(setup, voters)
    if powers is not None:
        assert not powers.without_us
        assert sum(power.share for power in powers.groups) == 1
        assert sum(power.index for power in powers.groups) in (0, 1)


@few
@given(votes(CHOOSING))
def test_what_the_people_affected_do_not_support_never_wins(vote):
    setup, ballots = vote
    outcome = choose(setup, OPTIONS, ballots)
    for group in setup.groups:
        own = [ballot for ballot in ballots if ballot.group == group.key]
        for winner in outcome.winners if group.floor_pct is not None else ():
            for_it = sum(bool(supports(setup.rule, ballot.said.get(winner))) for ballot in own)
            assert own and Fraction(for_it, len(own)) >= Fraction(group.floor_pct, 100)


@few
@given(votes(MONEY))
def test_what_the_people_affected_do_not_support_is_never_paid_for(vote):
    setup, ballots = vote
    outcome = decide(setup, OPTIONS, ballots)
    for group in setup.groups:
        own = [ballot for ballot in ballots if ballot.group == group.key]
        for winner in outcome.winners if group.floor_pct is not None else ():
            for_it = sum(ballot.said.get(winner, 0) > 0 for ballot in own)
            assert own and Fraction(for_it, len(own)) >= Fraction(group.floor_pct, 100)


@few
@given(votes(MONEY))
def test_people_and_communities_paid_at_least_their_floor_of_whatever_is_decided(vote):
    setup, ballots = vote
    outcome = decide(setup, OPTIONS, ballots)
    if outcome.verdict is Verdict.DECIDED:
        assert outcome.paid.us_part >= Fraction(LEAST_OF_US[setup.basis], 100)
        assert outcome.paid.spent <= setup.budget_pence and outcome.winners
        paid = sum(amount for sums in outcome.paid.by_group.values() for amount in sums.values())
        assert paid == outcome.paid.spent == sum(o.cost for o in OPTIONS if o.key in outcome.winners)
    else:
        assert outcome.why and not outcome.winners


@few
@given(votes((*CHOOSING, *MONEY)), st.data())
def test_who_would_gain_from_an_idea_has_no_vote_on_it(vote, data):
    """Whatever those who would gain write beside an idea, nothing that is counted changes, down to the last ballot."""
    setup, ballots = vote
    ballots = [replace(one, barred=one.barred or data.draw(st.sampled_from(BARRED))) for one in ballots]
    for_it = [replace(one, marks={**one.said, **dict.fromkeys(one.barred, 1)}) for one in ballots]
    nothing = [replace(one, marks=one.said) for one in ballots]
    assert tally(setup, ballots) == tally(setup, for_it) == tally(setup, nothing)


BARRED = [frozenset({option.key}) for option in OPTIONS]


def tally(setup, ballots):
    """The outcome with all that went into it: what stands behind each idea, or every ballot as it was counted."""
    outcome = counted(setup, ballots)
    if not setup.rule.of_money:
        return outcome
    problem = outcome.result.problem.ballots if outcome.result else None
    return outcome.verdict, outcome.winners, outcome.out, problem, counts_of(setup, ballots, outcome.winners)


@pytest.mark.parametrize("rule", [Rule.APPROVAL, Rule.EQUAL_SHARES, Rule.GREEDY])
def test_one_vote_that_would_decide_is_not_counted_for_who_would_be_paid(rule):
    """Five want benches, and six the lifts; one of the six would drive them. So it is five against five."""
    one = suggested(Basis.OURS, rule, budget_pence=600_000)
    cast = [Ballot(f"b{n}", "people", {"benches": 1}) for n in range(5)]
    cast += [Ballot(f"l{n}", "people", {"lifts": 1}) for n in range(6)]
    assert "lifts" in counted(one, cast).winners
    driver = replace(cast[-1], barred=frozenset({"lifts"}))
    benches = counted(one, [*cast[:-1], driver])
    assert counts_of(one, [driver], ("lifts",))["people"].votes == {}
    assert benches.winners == ("benches",)


def counted(setup, ballots):
    return decide(setup, OPTIONS, ballots) if setup.rule.of_money else choose(setup, OPTIONS, ballots)


@few
@given(votes((*CHOOSING, *MONEY)), st.randoms(use_true_random=False))
def test_the_order_in_which_ballots_and_ideas_come_means_nothing(vote, chance):
    setup, ballots = vote
    first = counted(setup, ballots)
    shuffled, options = list(ballots), list(OPTIONS)
    chance.shuffle(shuffled)
    chance.shuffle(options)
    second = decide(setup, options, shuffled) if setup.rule.of_money else choose(setup, options, shuffled)
    assert (first.verdict, first.winners, first.why) == (second.verdict, second.winners, second.why)


@few
@given(votes((*CHOOSING, *MONEY)))
def test_a_decision_that_is_not_made_says_why_and_one_that_is_has_winners(vote):
    setup, ballots = vote
    outcome = counted(setup, ballots)
    if outcome.verdict is Verdict.DECIDED:
        assert outcome.winners and not outcome.why
    else:
        assert not outcome.winners and outcome.why
    if outcome.verdict is Verdict.BACK_TO_TALK:
        assert any(why.code.for_talk for why in outcome.why)


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 3 * SMALL)), st.permutations("abcdefgh"))
def test_no_row_stands_for_fewer_than_five_while_there_are_five(counts, keys):
    rows = together(keys, counts)
    assert sorted(key for row in rows for key in row) == sorted(keys)
    sizes = [sum(counts.get(key, 0) for key in row) for row in rows]
    assert min(sizes) >= SMALL or len(rows) == 1


@few
@given(votes((*CHOOSING, *MONEY)))
def test_every_ballot_of_who_holds_a_say_is_in_the_effect_once(vote):
    setup, ballots = vote
    outcome = counted(setup, ballots)
    counts = counts_of(setup, ballots, outcome.winners)
    assert list(counts) == [group.key for group in setup.voting]
    assert sum(one.ballots for one in counts.values()) == sum(ballot.group in counts for ballot in ballots)
    for one in counts.values():
        assert 0 <= one.nothing <= one.ballots and max(one.votes.values(), default=0) <= one.ballots


@given(votes((Rule.CONSENT,)))
def test_nothing_goes_ahead_by_consent_over_an_objection(vote):
    setup, ballots = vote
    voting = {group.key for group in setup.voting}
    outcome = choose(setup, OPTIONS, ballots)
    for winner in outcome.winners:
        assert not any(one.said.get(winner) == -1 for one in ballots if one.group in voting)
    for standing in outcome.standings:
        assert (standing.objections > 0) == (Code.OBJECTION in {why.code for why in standing.why})


@given(votes((Rule.RANKING,)))
def test_an_idea_that_beats_every_other_one_against_one_wins(vote):
    """Where the conditions leave it in: Condorcet's rule."""
    setup, ballots = vote
    outcome = choose(setup, OPTIONS, ballots)
    may_win = [row.option for row in outcome.standings if not row.why or row.why[0].code is Code.OTHERS]
    for a in may_win:
        if all(outcome.against[a, b] > outcome.against[b, a] for b in may_win if b != a):
            assert outcome.winners[0] == a


@given(votes((Rule.SUPPORTED,)))
def test_in_somebodys_own_life_nothing_is_decided_without_their_yes(vote):
    setup, ballots = vote
    own = [ballot for ballot in ballots if ballot.group == "person"]
    yes = {key for ballot in own for key, value in ballot.said.items() if value}
    outcome = choose(setup, OPTIONS, ballots)
    assert set(outcome.winners) <= yes and bool(outcome.winners) == bool(yes)


@given(votes((Rule.EQUAL_SHARES,)))
@few
def test_a_ballots_part_of_the_money_is_its_part_of_the_say(vote):
    setup, ballots = vote
    outcome = decide(setup, OPTIONS, ballots)
    if outcome.result is not None:
        problem = outcome.result.problem
        held = sum(holds * ballot.copies for holds, ballot in zip(problem.endowments, problem.ballots))
        grown = outcome.us_raised or 0
        if not grown:
            assert held == setup.budget_pence
        assert setup.form is not Form.TICKS or all(points == 1 for one in problem.ballots for _id, points in one.marks)
