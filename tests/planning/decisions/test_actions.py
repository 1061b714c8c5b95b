"""Putting a question: who may, what opens, what stops it, and what each step leaves behind."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor
from alongside.ground.history.models import Event
from alongside.ground.people import actions as people
from alongside.ground.people.models import Kind, Party, Role, Sort
from alongside.ground.records.models import Audience, Level
from alongside.ground.thread.models import Link
from alongside.planning.decisions import actions, opening, queries
from alongside.planning.decisions.actions import SetupFault
from alongside.planning.decisions.models import Decision, Stage
from alongside.planning.decisions.terms import sha
from tests.cast import MACHINE, Cast, Somebody
from tests.planning.deciding import (
    A_DRAFT,
    NOW_VOTING,
    OURS,
    QUESTION,
    SHARED,
    as_told,
    days,
    draft,
    fresh,
    money,
    move,
    opened,
)
from tests.together import together

pytestmark = pytest.mark.django_db
BEGINS_WITH = A_DRAFT
RTL = "كيف ننفق المال؟ 🚌🪑" * 700


def household(cast: Cast, *members: Somebody) -> Party:
    home = people.welcome(by=members[0].actor, kind=Kind.COMMUNITY, sort=Sort.HOUSEHOLD, name="The Pughs")
    for member in members[1:]:
        people.join(by=MACHINE, member=member.party, of=home)
    return home


def ask(by: Somebody | Actor, owner: Party, **given: Any) -> Decision:
    actor = by if isinstance(by, Actor) else by.actor
    return actions.ask(by=actor, owner=owner, **({"question": QUESTION} | given))


# Asking


def test_the_commissioner_asks_for_the_whole_area(cast: Cast) -> None:
    it = ask(cast.commissioner, cast.council)
    assert it.record.level == Level.WIDE_AREA
    assert it.record.audience == Audience.ME
    assert it.stage == Stage.DRAFT
    assert it.terms.basis == "shared"
    assert sum(group.weight_ppm for group in it.groups.all()) == 1_000_000
    assert opening.faults_of(fresh(it)) == []


def test_the_keeper_asks_for_her_club_where_people_hold_all(cast: Cast) -> None:
    it = ask(cast.connector, cast.lunch_club)
    assert it.record.level == Level.COMMUNITY
    assert it.terms.basis == "ours"
    assert {group.side for group in it.groups.all()} == {"people", "communities"}


def test_mair_asks_about_her_own_life_and_holds_all_of_the_say(cast: Cast) -> None:
    it = ask(cast.resident, cast.resident.party)
    assert (it.terms.basis, it.terms.rule, it.draft.open_to) == ("own_life", "supported", "circle")
    assert [(group.key, group.weight_ppm) for group in queries.voting(fresh(it))] == [("person", 1_000_000)]
    assert it.groups.get(key="person").name == "Mair P."


@pytest.mark.usefixtures("nobody_yet")
def test_tom_who_helps_mair_asks_with_her(cast: Cast) -> None:
    helping = cast.carer.helps(cast.resident)
    it = ask(helping, cast.resident.party)
    assert it.record.owner == cast.resident.party
    assert Event.objects.get(verb="decisions.ask").on_behalf == cast.resident.party
    assert queries.drafts(helping) == [it]


def test_in_a_household_each_member_may_ask(cast: Cast) -> None:
    home = household(cast, cast.carer, cast.resident)
    it = ask(cast.resident, home)
    assert it.draft.open_to == Audience.COMMUNITY


@pytest.mark.parametrize("who", ["resident", "neighbour", "supplier", "councillor", "outsider", "coordinator"])
def test_no_other_asks_for_the_area(cast: Cast, who: str) -> None:
    with pytest.raises(Refused, match="for the whole area if that is your work"):
        ask(getattr(cast, who), cast.council)


def test_a_plain_member_asks_nothing_for_the_club(cast: Cast) -> None:
    with pytest.raises(Refused):
        ask(cast.resident, cast.lunch_club)


def test_nobody_asks_about_somebody_elses_life(cast: Cast) -> None:
    for who in (cast.neighbour, cast.commissioner, cast.steward):
        with pytest.raises(Refused):
            ask(who, cast.resident.party)


def test_helping_the_keeper_is_not_running_her_club(cast: Cast) -> None:
    with pytest.raises(Refused):
        ask(cast.carer.helps(cast.connector), cast.lunch_club)


def test_a_page_on_a_device_alone_opens_no_decision(cast: Cast) -> None:
    somebody, _token = cast.passer_by
    with pytest.raises(Refused):
        ask(somebody, somebody.party)


def test_whoever_has_left_the_council_runs_its_decisions_no_more(cast: Cast) -> None:
    it = draft(cast)
    [membership] = cast.memberships(cast.commissioner.party)
    people.leave(by=cast.commissioner.actor, membership=membership)
    assert queries.decision(cast.commissioner.actor, it.record.key) is None
    with pytest.raises(Refused, match="Only those who look after this decision"):
        actions.declare(by=cast.commissioner.actor, decision=it)


@pytest.mark.usefixtures("nobody_yet")
def test_pressing_twice_asks_once(cast: Cast) -> None:
    one, two = (ask(cast.commissioner, cast.council, key="same") for _ in range(2))
    assert one == two
    assert Decision.objects.count() == 1


@pytest.mark.usefixtures("nobody_yet")
def test_a_question_has_words_and_an_end(cast: Cast) -> None:
    with pytest.raises(Fault, match="Write the question"):
        ask(cast.commissioner, cast.council, question=" \x00 ")
    with pytest.raises(Fault, match="Use 200 letters or fewer"):
        ask(cast.commissioner, cast.council, question=RTL)
    with pytest.raises(Fault, match="Use 5,000 letters or fewer"):
        ask(cast.commissioner, cast.council, why=RTL)
    assert not Decision.objects.exists()


def test_what_led_to_it_is_tied_only_where_the_asker_may_see_it(cast: Cast) -> None:
    seen, hidden = opened(cast), draft(cast, cast.resident)
    it = ask(cast.commissioner, cast.council, src=seen.record)
    ask(cast.commissioner, cast.council, src=hidden.record)
    assert [(link.src, link.dst) for link in Link.objects.all()] == [(seen.record, it.record)]


# Writing


def test_words_are_kept_and_what_is_not_named_stays(cast: Cast) -> None:
    it = draft(cast)
    actions.write(by=cast.commissioner.actor, decision=it, can_change="Only the colour.")
    assert fresh(it).can_change == "Only the colour."
    assert fresh(it).fairness.startswith("People who cannot read")
    assert "can_change" in Event.objects.filter(verb="decisions.write").latest("pk").fields


def test_an_organisation_answers_or_a_person_by_name(cast: Cast) -> None:
    it = draft(cast)
    actions.write(by=cast.commissioner.actor, decision=it, answered_by=cast.council)
    with pytest.raises(Fault, match="Choose an organisation"):
        actions.write(by=cast.commissioner.actor, decision=it, answered_by=cast.neighbour.party)


def test_an_answer_is_due_on_a_day_to_come(cast: Cast) -> None:
    with pytest.raises(Fault, match="still to come"):
        actions.write(by=cast.commissioner.actor, decision=draft(cast), answer_by=queries.today() - timedelta(days=1))


def test_a_club_serves_the_area_and_never_the_other_way(cast: Cast) -> None:
    above = opened(cast)
    below = draft(cast, cast.connector, cast.lunch_club, question="Where do we meet?")
    actions.write(by=cast.connector.actor, decision=below, serves=above)
    with pytest.raises(Fault, match="Choose a decision above"):
        actions.write(by=cast.commissioner.actor, decision=draft(cast), serves=below)
    actions.declare(by=cast.connector.actor, decision=below)
    assert queries.below(cast.anyone, above) == [below]
    assert queries.above(cast.anyone, fresh(below)) == above
    assert Link.objects.get(kind="serves").dst == above.record


def test_once_it_is_open_its_words_stand_still(cast: Cast) -> None:
    it, by = opened(cast), cast.commissioner.actor
    with pytest.raises(Fault, match="stand still"):
        actions.write(by=by, decision=it, question="And now?")
    with pytest.raises(Fault, match="stand still"):
        actions.set_terms(by=by, decision=it, quorum=0)
    with pytest.raises(Fault, match="stand still"):
        actions.set_groups(by=by, decision=it, groups=SHARED)
    with pytest.raises(Fault, match="stand still"):
        actions.set_ways(by=by, decision=it, ways=["list"])
    assert as_told(fresh(it))


# Declaring


def test_declaring_opens_it_to_everyone_and_tells_both_sums(cast: Cast) -> None:
    it = opened(cast, terms=money(), groups=SHARED)
    assert it.stage == Stage.OPEN
    assert it.record.audience == Audience.EVERYONE
    assert it.terms_sha == sha(queries.as_declared(it))
    assert it.terms.lot_sha == sha(it.lot_seed)
    assert len(it.lot_seed) == 64
    assert it.lot_seed not in queries.as_declared(it)
    assert "group=people-who-cannot-get-ou;people;150000;affected;20;People who cannot get out" in (
        queries.as_declared(it)
    )
    assert Event.objects.filter(verb="decisions.declare", record=it.record).count() == 1


def test_each_decision_has_its_own_lot(cast: Cast) -> None:
    assert opened(cast).lot_seed != opened(cast).lot_seed


def test_a_draft_with_nothing_in_it_says_all_that_is_missing(cast: Cast) -> None:
    it = ask(cast.commissioner, cast.council)
    actions.write(by=cast.commissioner.actor, decision=it, binds=False)
    with pytest.raises(SetupFault) as caught:
        actions.declare(by=cast.commissioner.actor, decision=it)
    assert [one.field for one in caught.value.found] == [
        *("why", "can_change", "cannot_change", "answers_for", "answered_name", "answer_by", "fairness", "counted"),
        "vote_since",
    ]
    assert fresh(it).stage == Stage.DRAFT
    assert fresh(it).terms.lot_sha == ""


def test_one_that_binds_needs_nobody_to_answer(cast: Cast) -> None:
    it = draft(cast)
    actions.write(by=cast.commissioner.actor, decision=it, binds=True, answered_name="", answer_by=None)
    assert actions.declare(by=cast.commissioner.actor, decision=it).stage == Stage.OPEN


def test_days_that_have_passed_open_nothing(cast: Cast) -> None:
    it = move(draft(cast), NOW_VOTING)
    with pytest.raises(SetupFault, match="still to come"):
        actions.declare(by=cast.commissioner.actor, decision=it)


def test_nobody_answers_before_the_last_day_for_choosing(cast: Cast) -> None:
    it = draft(cast)
    actions.write(by=cast.commissioner.actor, decision=it, answer_by=queries.today() + timedelta(days=50))
    with pytest.raises(SetupFault, match="after the last day for choosing"):
        actions.declare(by=cast.commissioner.actor, decision=it)


def test_a_club_may_keep_it_to_itself(cast: Cast) -> None:
    it = draft(cast, cast.connector, cast.lunch_club)
    actions.set_ways(by=cast.connector.actor, decision=it, ways=["member"], open_to="community")
    actions.declare(by=cast.connector.actor, decision=it)
    assert fresh(it).record.community == cast.lunch_club
    assert queries.decision(cast.resident.actor, it.record.key) == it
    assert queries.decision(cast.outsider.actor, it.record.key) is None
    assert queries.decision(cast.anyone, it.record.key) is None


def test_only_those_who_run_it_declare_it(cast: Cast) -> None:
    it = draft(cast)
    for who in (cast.resident, cast.councillor, cast.supplier, cast.outsider):
        with pytest.raises(Refused):
            actions.declare(by=who.actor, decision=it)


def test_it_opens_once(cast: Cast) -> None:
    it = opened(cast)
    with pytest.raises(Fault, match="stand still"):
        actions.declare(by=cast.commissioner.actor, decision=it)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_press_at_once_one_opens_it(live_cast: Cast) -> None:
    cast = live_cast
    it, colleague = draft(cast), cast.staff("Ann Lloyd", Role.COMMISSIONER)

    def press(who: Somebody) -> None:
        actions.declare(by=who.actor, decision=Decision.objects.get(pk=it.pk))

    said = together(partial(press, cast.commissioner), partial(press, colleague))
    assert [getattr(one, "field", one) for one in said if one is not None] == ["question"]
    assert Event.objects.filter(verb="decisions.declare").count() == 1
    assert as_told(fresh(it))
    assert fresh(it).terms.lot_sha == sha(fresh(it).lot_seed)


# Stopping, coming out, talking again


def test_stopping_takes_a_reason_that_everyone_reads(cast: Cast) -> None:
    it = opened(cast)
    with pytest.raises(Fault, match="Write why it stops"):
        actions.stop(by=cast.commissioner.actor, decision=it)
    with pytest.raises(Fault, match="Use 2,000 letters"):
        actions.stop(by=cast.commissioner.actor, decision=it, why=RTL)
    actions.stop(by=cast.commissioner.actor, decision=it, why="The money is not ours to give.")
    seen = queries.decision(cast.anyone, it.record.key)
    assert seen is not None
    assert (seen.stage, seen.stage_why) == ("stopped", "The money is not ours to give.")
    assert not queries.is_open_for(seen, "ideas")
    with pytest.raises(Fault, match="is not open"):
        actions.stop(by=cast.commissioner.actor, decision=it, why="Again")


def test_a_draft_goes_without_a_reason(cast: Cast) -> None:
    it = draft(cast)
    actions.stop(by=cast.commissioner.actor, decision=it)
    assert queries.drafts(cast.commissioner.actor) == []


def test_only_the_count_says_how_it_came_out(cast: Cast) -> None:
    it = opened(cast, when=NOW_VOTING)
    with pytest.raises(Refused, match="Only the count"):
        actions.conclude(by=cast.commissioner.actor, decision=it, stage="decided")
    with pytest.raises(Fault, match="no way"):
        actions.conclude(by=MACHINE, decision=it, stage="draft")
    actions.conclude(by=MACHINE, decision=it, stage="decided")
    assert (fresh(it).stage, fresh(it).stage_on) == ("decided", queries.today())
    with pytest.raises(Fault, match="is not open"):
        actions.conclude(by=MACHINE, decision=it, stage="not_decided")


def test_one_that_was_not_decided_goes_back_to_talk_as_a_new_draft(cast: Cast) -> None:
    it = opened(cast, terms=money(), groups=SHARED, when=NOW_VOTING)
    actions.conclude(by=MACHINE, decision=it, stage="talk_again", why="People paid too little.")
    again = actions.talk_again(by=cast.commissioner.actor, decision=it)
    assert again.pk != it.pk
    assert fresh(again).stage == Stage.DRAFT
    assert (again.question, fresh(again).terms.budget_pence) == (it.question, 2_400_000)
    assert [(group.name, group.weight_ppm) for group in again.groups.all()] == [
        (group.name, group.weight_ppm) for group in it.groups.all()
    ]
    assert (fresh(again).terms_sha, fresh(again).lot_seed, fresh(again).terms.lot_sha) == ("", "", "")
    assert not again.phases.exists()
    assert Link.objects.get(src=it.record, kind="led_to").dst == again.record
    assert fresh(it).stage == "talk_again"
    with pytest.raises(Fault, match="went back to talk before"):
        actions.talk_again(by=cast.commissioner.actor, decision=it)


def test_before_anyone_votes_it_can_go_back_to_talk_with_a_reason(cast: Cast) -> None:
    it = opened(cast)
    with pytest.raises(Fault, match="Write why"):
        actions.talk_again(by=cast.commissioner.actor, decision=it)
    actions.talk_again(by=cast.commissioner.actor, decision=it, why="We asked the wrong question.")
    assert (fresh(it).stage, fresh(it).stage_why) == ("talk_again", "We asked the wrong question.")


def test_while_people_choose_nothing_goes_back_to_talk(cast: Cast) -> None:
    it = opened(cast, when=NOW_VOTING)
    with pytest.raises(Fault, match="choosing already"):
        actions.talk_again(by=cast.commissioner.actor, decision=it, why="I do not like where it goes.")
    actions.conclude(by=MACHINE, decision=it, stage="decided")
    with pytest.raises(Fault, match="was not made"):
        actions.talk_again(by=cast.commissioner.actor, decision=it, why="I do not like it.")


def test_days_move_only_ahead_and_only_for_what_has_not_begun(cast: Cast) -> None:
    when = {"ideas": (-2, 5), "vote": (10, 20), "answer": (21, 30)}
    it, by = opened(cast, when=when), cast.commissioner.actor
    actions.plan_phases(by=by, decision=it, days=days(when | {"vote": (12, 22), "answer": (23, 32)}))
    assert queries.phase(fresh(it), "vote").since == queries.today() + timedelta(days=12)  # type: ignore[union-attr]
    for change, words in (
        ({"ideas": (-2, 9)}, "has begun"),
        ({"vote": (11, 22)}, "only move to a later"),
        ({"talk": (0, 5)}, "none can come or go"),
    ):
        with pytest.raises(Fault, match=words):
            actions.plan_phases(by=by, decision=it, days=days(when | {"vote": (12, 22), "answer": (23, 32)} | change))
    actions.conclude(by=MACHINE, decision=it, stage="decided")
    with pytest.raises(Fault, match="is over"):
        actions.plan_phases(by=by, decision=it, days=days(when))


def test_ours_needs_no_organisation(cast: Cast) -> None:
    assert opened(cast, cast.connector, cast.lunch_club, groups=OURS).stage == Stage.OPEN


def test_every_idea_is_answered_by_a_day_even_where_none_was_named(cast: Cast) -> None:
    """What binds need not name who answers; without a day of its own nothing would ever be late."""
    it = draft(cast, binds=True, answer_by=None)
    opened_ = actions.declare(by=cast.commissioner.actor, decision=it)
    assert opened_.answer_by == it.phases.get(kind="answer").until
