"""A vote is counted once, when it is over, by the terms that were declared; and can be proved from its ballots."""

from argparse import Namespace
from fractions import Fraction

import pytest

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.models import Event
from alongside.planning.ballots.models import Ballot, BallotMark
from alongside.planning.decisions.models import Decision, Stage
from alongside.planning.results import actions, queries
from alongside.planning.results.models import Result, ResultOption, ResultPaid
from alongside.planning.rolls.models import Roll
from alongside.site.commands import keep
from alongside.site.commands.invariants import INVARIANTS
from alongside.site.commands.keep import COMMANDS
from tests.planning.ballots.box import A_VOTE, AFFECTED, COUNCILS, OURS, over, voting
from tests.planning.deciding import OURS as OUR_GROUPS
from tests.planning.deciding import fresh, money
from tests.planning.results.counted import (
    APP,
    BENCHES,
    BUDDIES,
    BY_HALF,
    COMMUNITIES,
    LARKMERE,
    LIFTS,
    MACHINE,
    counted,
    fill,
    voted,
)

pytestmark = pytest.mark.django_db
BEGINS_WITH = A_VOTE
PROOF = "what was decided is what the ballots say"


def fates(result):
    return {row.option.idea.title: row for row in result.options.select_related("option__idea")}


def test_a_budget_is_counted_by_fair_shares(cast):
    result = counted(cast)
    assert (result.state, result.ballots, result.verdict) == ("decided", 83, "")
    assert result.decision.stage == Stage.DECIDED and result.decision.stage_on == result.counted_on
    rows = fates(result)
    won = [title for title, row in sorted(rows.items(), key=lambda pair: pair[1].place or 99) if row.place]
    assert won[0] == "Shared lifts" and "A travel app" not in won
    lifts = rows["Shared lifts"]
    assert (lifts.picked, lifts.place, lifts.short_pence) == (80, 1, None)
    assert rows["A travel app"].short_pence > 0 and rows["A travel app"].why_not in ("short", "room")
    assert result.spent_pence == sum(row.option.cost_pence for row in rows.values() if row.place)


def test_who_paid_what_adds_up_to_the_penny(cast):
    result = counted(cast)
    paid = sum(Fraction(row.paid) for row in ResultPaid.objects.filter(fate__result=result).exclude(paid=""))
    assert paid == result.spent_pence
    by_group = {row.group.key: row for row in result.groups.select_related("group")}
    assert sum(Fraction(row.paid) for row in by_group.values()) == result.spent_pence
    assert sum(Fraction(row.share) for row in by_group.values()) == 1
    assert Fraction(result.of_us) >= Fraction(1, 2)
    assert by_group[COUNCILS].with_nothing == 3 and by_group[OURS].ballots == 60


def test_counting_again_changes_nothing(cast):
    result = counted(cast)
    rows = ResultOption.objects.count()
    again = actions.count(by=MACHINE, decision=result.decision)
    assert again == result and Result.objects.count() == 1 and ResultOption.objects.count() == rows
    assert actions.count_due(by=MACHINE) == 0


def test_the_press_of_a_button_sent_twice_counts_once(cast):
    decision = voted(cast)
    first = actions.count(by=cast.commissioner.actor, decision=decision, key="one")
    second = actions.count(by=cast.commissioner.actor, decision=decision, key="one")
    assert first == second and Event.objects.filter(verb="results.count").count() == 1


def test_nothing_is_counted_before_the_vote_is_over(cast):
    decision = voting(cast)
    fill(decision, LARKMERE)
    with pytest.raises(Refused, match="before the vote is over"):
        actions.count(by=cast.commissioner.actor, decision=decision)
    with pytest.raises(Refused, match="still open"):
        actions.close_and_count(by=cast.commissioner.actor, decision=decision)
    assert not Result.objects.exists() and fresh(decision).stage == Stage.OPEN


def test_the_worker_closes_and_counts_what_is_over(cast):
    decision = voting(cast)
    fill(decision, LARKMERE)
    assert actions.count_due(by=MACHINE) == 0
    over(decision)
    assert actions.count_due(by=MACHINE) == 1
    assert fresh(decision).stage == Stage.DECIDED


@pytest.mark.parametrize("who", ["resident", "neighbour", "outsider", "councillor", "supplier"])
def test_nobody_else_has_it_counted(cast, who):
    decision = voted(cast)
    with pytest.raises(Refused):
        actions.count(by=getattr(cast, who).actor, decision=decision)


def test_a_decision_that_was_stopped_is_not_counted(cast):
    decision = voted(cast)
    Decision.objects.filter(pk=decision.pk).update(stage=Stage.STOPPED)
    with pytest.raises(Fault):
        actions.count(by=MACHINE, decision=decision)
    assert not Result.objects.exists()


def test_who_counted_leaves_a_trace_and_no_choice_does(cast):
    result = counted(cast)
    event = Event.objects.get(verb="results.count")
    assert event.record_id == result.decision.record_id
    assert "marks" not in event.fields


# --- What may not happen ---


def test_what_people_affected_do_not_pick_cannot_win_and_says_so(cast):
    said = LARKMERE | {AFFECTED: [(12, (BENCHES,))]}
    result = counted(cast, said)
    lifts = fates(result)["Shared lifts"]
    assert (lifts.place, lifts.why_not) == (None, "floor")
    assert lifts.why == f"floor;{AFFECTED};0;1/5"
    assert fates(result)["Benches to rest on"].place == 1


def test_where_none_of_them_voted_it_goes_back_for_talk(cast):
    said = {key: rows for key, rows in LARKMERE.items() if key != AFFECTED}
    result = counted(cast, said)
    assert (result.state, result.verdict) == ("talk_again", "floor")
    assert result.decision.stage == Stage.TALK_AGAIN
    assert not any(row.place for row in result.options.all())


def test_where_too_few_took_part_nothing_is_decided(cast):
    result = counted(cast, {OURS: [(3, (LIFTS,))]}, terms=money(quorum=20))
    assert (result.state, result.verdict, result.why) == ("not_decided", "quorum", "quorum;;3;20")
    assert result.decision.stage == Stage.NOT_DECIDED


def test_where_only_organisations_voted_nothing_is_decided(cast):
    result = counted(cast, {COUNCILS: [(3, (APP,))]})
    assert (result.state, result.verdict) == ("not_decided", "nobody_of_us")
    assert result.groups.get(group__key=COUNCILS).held == ""


def test_a_vote_in_which_nobody_took_part_ends_too(cast):
    result = counted(cast, {})
    assert (result.state, result.ballots) == ("not_decided", 0)


# --- Other rules ---


def test_picks_are_counted_without_money(cast):
    result = counted(cast, groups=BY_HALF, terms={"rule": "approval", "winners": 2, "threshold_pct": 0})
    rows = fates(result)
    places = {title: row.place for title, row in rows.items()}
    assert places["Shared lifts"] == 1 and sorted(filter(None, places.values())) == [1, 2]
    assert rows["A travel app"].why_not == "others" and result.spent_pence == 0


def test_both_sides_must_want_it(cast):
    result = counted(cast, groups=BY_HALF, terms={"rule": "approval", "both_sides": True})
    rows = fates(result)
    assert rows["Shared lifts"].place is None and "half;organisations;0;1/2" in rows["Shared lifts"].why
    assert result.state == "talk_again"


def test_scores_places_and_consent(cast):
    marks = {LIFTS: 5, BENCHES: 3}
    scores = {OURS: [(9, marks)], AFFECTED: [(6, marks)]}
    best = counted(cast, scores, groups=BY_HALF, terms={"rule": "score", "winners": 1})
    assert fates(best)["Shared lifts"].place == 1
    places = {OURS: [(9, {BENCHES: 1, LIFTS: 2})], AFFECTED: [(6, {LIFTS: 1, BENCHES: 2})]}
    ranked = counted(cast, places, groups=BY_HALF, terms={"rule": "ranking", "winners": 1})
    assert fates(ranked)["Benches to rest on"].place == 1
    against = {OURS: [(9, {LIFTS: 1, BENCHES: -1})], AFFECTED: [(6, {LIFTS: 1, BENCHES: 1})]}
    agreed = counted(cast, against, groups=BY_HALF, terms={"rule": "consent", "winners": None})
    rows = fates(agreed)
    assert rows["Shared lifts"].place == 1 and rows["Benches to rest on"].why_not == "objection"


def test_what_is_ours_is_paid_for_by_us_alone(cast):
    said = {OURS: [(9, (LIFTS,))], COMMUNITIES: [(8, (BUDDIES,))]}
    result = counted(cast, said, groups=OUR_GROUPS, terms=money(basis="ours"))
    assert result.of_us == "1" and result.state == "decided"


# --- The proof ---


def test_what_is_kept_is_what_a_recount_gives(cast):
    counted(cast)
    assert list(queries.broken()) == []


@pytest.mark.parametrize(
    ("meddle", "said"),
    [
        (lambda result: ResultOption.objects.filter(result=result, place=1).update(place=None), "options"),
        (lambda result: Result.objects.filter(pk=result.pk).update(spent_pence=1), "head"),
        (lambda result: ResultPaid.objects.filter(fate__result=result).first().delete(), "paid"),
        (lambda result: BallotMark.objects.filter(option__n=LIFTS).first().delete(), "head"),
        (lambda result: Ballot.objects.filter(group__key=AFFECTED).update(organisation=True), "head"),
    ],
)
def test_whoever_meddles_with_a_count_is_found_out(cast, meddle, said):
    result = counted(cast)
    meddle(result)
    (told,) = [fault for fault in queries.broken() if "counting again" in fault]
    assert said in told and str(result.decision.record.key) in told


def test_more_ballots_than_people_are_found_out(cast):
    result = counted(cast)
    roll = Roll.objects.filter(decision=result.decision)
    Roll.objects.filter(pk=roll.first().pk).delete()
    assert any("83 ballots were counted, and 82 took part" in fault for fault in queries.broken())


def test_paper_that_could_not_be_read_is_no_fault(cast):
    result = counted(cast)
    seat = Roll.objects.filter(decision=result.decision).first().seat
    spare = type(seat).objects.create(decision=result.decision, group=seat.group, way="list")
    Roll.objects.create(seat=spare, decision=result.decision, channel="paper", day=result.counted_on)
    assert list(queries.broken()) == []


def test_a_result_below_a_floor_is_found_out(cast):
    result = counted(cast)
    Result.objects.filter(pk=result.pk).update(of_us="1/3")
    assert any("paid for less than their floor" in fault for fault in queries.broken())
    result.groups.filter(group__key=OURS).update(held="0")
    assert any("less than their floor of the say" in fault for fault in queries.broken())
    result.groups.filter(group__key=COUNCILS).update(held="3/4")
    assert any("more than the cap" in fault for fault in queries.broken())


def test_what_won_below_the_floor_of_the_people_affected_is_found_out(cast):
    """One of the twelve wanted the lifts, so says the table; a fifth of them had to."""
    result = counted(cast)
    paid = ResultPaid.objects.filter(fate__result=result, fate__option__n=LIFTS, group__key=AFFECTED)
    assert paid.update(picked=1) == 1
    assert any(f"option {LIFTS} won below the floor of {AFFECTED}" in fault for fault in queries.broken())
    paid.update(picked=3)
    assert not any("below the floor" in fault for fault in queries.broken())


def test_what_cannot_be_counted_again_and_what_is_counted_and_open_is_found_out(cast, monkeypatch):
    result = counted(cast)
    Decision.objects.filter(pk=result.decision.pk).update(stage=Stage.OPEN)
    assert any("it was counted, and is still open" in fault for fault in queries.broken())

    def broken(decision):
        raise ValueError("a mark for what is not there")

    monkeypatch.setattr(queries, "count_of", broken)
    assert any("it cannot be counted again (ValueError)" in fault for fault in queries.broken())


def test_one_that_cannot_be_counted_keeps_no_other_waiting(cast, monkeypatch, caplog):
    """In the night, two are over; of the first a row is spoilt."""
    spoilt, well = voted(cast), voted(cast)
    whole = actions.count_of
    monkeypatch.setattr(actions, "count_of", lambda one: whole(one) if one == well else 1 / 0)
    assert actions.count_due(by=MACHINE) == 1
    assert [one.decision for one in Result.objects.all()] == [well]
    assert f"Decision {spoilt.pk} could not be counted" in caplog.text


def test_a_decision_said_to_be_over_that_was_never_counted_is_found_out(cast):
    decision = voted(cast)
    Decision.objects.filter(pk=decision.pk).update(stage=Stage.DECIDED)
    assert any("nothing was counted" in fault for fault in queries.broken())


def test_alongside_check_holds_every_stored_decision_against_its_ballots(cast):
    """What somebody changed behind everybody's back is told by `alongside check`, with the key of the decision."""
    result = counted(cast)
    assert (INVARIANTS[PROOF], list(INVARIANTS[PROOF]())) == (queries.broken, [])
    ResultOption.objects.filter(result=result, place=1).update(picked=1)
    done = COMMANDS["check"].run(Namespace())
    told = [one["what"] for one in done.data["broken"] if one["check"] == PROOF]
    assert not done.well and len(told) == 1 and str(result.decision.record.key) in told[0]


def test_every_night_what_is_over_is_counted(cast):
    decision = voting(cast)
    fill(decision, LARKMERE)
    over(decision)
    assert keep.count_due is actions.count_due
    keep.count_due(by=MACHINE)
    assert Result.objects.get().decision_id == decision.pk
