"""Ideas from anyone, in any form: put forward, said better, with what each would bring, and taken back."""

from __future__ import annotations

from typing import Any

import pytest

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor, Source
from alongside.ground.history.models import Event
from alongside.ground.people.actions import block, join
from alongside.ground.people.models import Role
from alongside.ground.records.actions import leave_for_good, let_through, turn_back
from alongside.ground.records.models import Record, State
from alongside.ground.thread.queries import came_from, led_to
from alongside.knowing.barriers.actions import say as say_barrier
from alongside.planning.decisions.models import Decision, Side
from alongside.planning.ideas import actions, queries
from alongside.planning.ideas.actions import Brings
from alongside.planning.ideas.models import Idea, IdeaAsset, IdeaState
from tests.cast import Cast
from tests.planning.deciding import draft, opened
from tests.planning.thinking import FOR_IDEAS, RTL, for_ideas, idea_of, listed, listing, told, voting

pytestmark = pytest.mark.django_db
BEGINS_WITH = FOR_IDEAS
ANYONE = Actor.anyone()


@pytest.fixture
def decision(cast: Cast) -> Decision:
    return for_ideas(cast)


# Putting one forward


def test_anyone_puts_an_idea_forward_and_everyone_reads_it_without_a_name(cast: Cast, decision: Decision) -> None:
    idea = idea_of(cast.resident, decision)
    assert [one.pk for one in queries.ideas(ANYONE, decision)] == [idea.pk]
    assert (idea.side, idea.state, idea.cost_pence, idea.named) == (Side.PEOPLE, IdeaState.OFFERED, 520_000, False)
    assert queries.idea(cast.outsider.actor, decision, idea.record.key) == idea


def test_it_is_tied_to_the_question_and_to_what_it_came_from(cast: Cast, decision: Decision) -> None:
    mair = cast.resident
    step = say_barrier(by=mair.actor, owner=mair.party, words="No bench on the hill", place="Mill Hill")
    idea = idea_of(mair, decision, came_of=step.record)
    assert [link.src_id for link in came_from(ANYONE, idea.record)] == [decision.pk, step.pk]
    assert [link.dst_id for link in led_to(ANYONE, step.record)] == [idea.pk]


def test_nobody_says_that_it_came_from_what_they_cannot_see(cast: Cast, decision: Decision) -> None:
    hidden = opened(cast, cast.neighbour, question="Where shall I live?").record
    with pytest.raises(Refused, match="cannot see"):
        idea_of(cast.outsider, decision, came_of=hidden)


def test_the_event_names_fields_and_holds_no_words(cast: Cast, decision: Decision) -> None:
    idea_of(cast.resident, decision, words="the secret stair")
    event = Event.objects.get(verb="ideas.put_forward")
    assert "words" in event.fields and "secret" not in str(Event.objects.values_list())


def test_pressing_twice_puts_it_forward_once(cast: Cast, decision: Decision) -> None:
    first = idea_of(cast.resident, decision, key="press")
    assert idea_of(cast.resident, decision, key="press") == first
    assert Idea.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"words": RTL}, "words"),
        ({"cost_pence": -1}, "cost"),
        ({"cost_pence": 10**15}, "cost"),
        ({"brings": [Brings("love", "A hug")]}, "kind"),
        ({"brings": [Brings("time", "")]}, "brings"),
        ({"brings": [Brings("time", "Driving", minutes_week=-5)]}, "hours"),
    ],
)
def test_what_cannot_be_kept_says_which_field(
    cast: Cast, decision: Decision, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(Fault) as fault:
        idea_of(cast.resident, decision, **given)
    assert fault.value.field == field and not Idea.objects.exists()


def test_letters_from_right_to_left_are_kept_as_they_are(cast: Cast, decision: Decision) -> None:
    idea = idea_of(cast.resident, decision, title=RTL[:100], words=RTL[:4_990])
    idea.refresh_from_db()
    assert idea.words == RTL[:4_990].strip() and idea.title == " ".join(RTL[:100].split())


def test_outside_the_days_for_ideas_none_is_taken(cast: Cast, decision: Decision) -> None:
    for later in (listing(decision), voting(decision)):
        with pytest.raises(Fault) as fault:
            idea_of(cast.resident, later)
        assert fault.value.field == "title"


def test_a_draft_takes_none_not_even_from_those_who_see_it(cast: Cast) -> None:
    closed = draft(cast)
    with pytest.raises(Fault):
        idea_of(cast.commissioner, closed)
    with pytest.raises(Refused):
        idea_of(cast.resident, closed)


def test_from_somebody_without_an_account_it_waits_for_a_look(cast: Cast, decision: Decision) -> None:
    somebody, _token = cast.passer_by
    idea = idea_of(somebody, decision)
    assert idea.record.state == State.HELD
    assert not queries.ideas(ANYONE, decision).exists()
    assert queries.ideas(somebody.actor, decision).get() == idea  # the writer sees that it waits
    let_through(by=cast.steward.actor, record=idea.record)
    assert queries.ideas(ANYONE, decision).get() == idea
    with pytest.raises(Refused, match="Without an account"):  # else it could be made into something else
        actions.change(by=somebody.actor, idea=idea, title="Buy my soap")


def test_what_a_steward_turned_back_is_on_no_list(cast: Cast, decision: Decision) -> None:
    somebody, _token = cast.passer_by
    idea = idea_of(somebody, decision)
    turn_back(by=cast.steward.actor, record=idea.record, reason="It names a neighbour")
    assert not queries.ideas(ANYONE, decision).exists()
    assert queries.provenance(decision).sides == []
    kept = idea_of(cast.resident, decision)
    listed(cast.commissioner, listing(decision), kept)  # and the list can be made without it


def test_nobody_puts_one_forward_in_somebody_else_s_name_but_their_helper_may(cast: Cast, decision: Decision) -> None:
    mair = cast.resident
    with pytest.raises(Refused):
        idea_of(cast.outsider, decision, owner=mair.party)
    tom = cast.carer.helps(mair).by_way_of(Source.TELEPHONE)
    idea = actions.put_forward(by=tom, decision=decision, owner=mair.party, title="Bus buddies")
    event = Event.objects.get(verb="ideas.put_forward", record=idea.record)
    assert (event.actor, event.on_behalf, event.source) == (cast.carer.party, mair.party, "telephone")
    assert idea.record.owner == mair.party


def test_a_helper_writes_down_what_somebody_without_a_page_says_and_it_is_logged(
    cast: Cast, decision: Decision
) -> None:
    denise = cast.connector
    join(by=cast.steward.actor, member=denise.party, of=cast.council, role=Role.CONNECTOR)
    idea = idea_of(denise, decision, said_by="Mrs Price, by letter")
    assert (idea.said_by, idea.side, idea.named) == ("Mrs Price, by letter", Side.PEOPLE, False)
    group = idea_of(denise, decision, "Lamps", said_by="The scouts", side=Side.COMMUNITIES)
    assert group.side == Side.COMMUNITIES
    with pytest.raises(Refused, match="write down what others say"):
        idea_of(cast.outsider, decision, said_by="Somebody")


@pytest.mark.parametrize(
    ("who", "side"),
    [
        ("resident", Side.PEOPLE),
        ("connector", Side.PEOPLE),
        ("commissioner", Side.COMMISSIONERS),
        ("coordinator", Side.COMMISSIONERS),
        ("councillor", Side.POLITICIANS),
    ],
)
def test_what_somebody_works_for_is_their_side_also_in_their_own_name(
    cast: Cast, decision: Decision, who: str, side: Side
) -> None:
    assert idea_of(getattr(cast, who), decision).side == side


def test_an_idea_in_a_group_s_name_stands_on_the_group_s_side(cast: Cast, decision: Decision) -> None:
    club, agency = cast.lunch_club, cast.agency
    assert idea_of(cast.connector, decision, owner=club).side == Side.COMMUNITIES
    assert idea_of(cast.supplier, decision, "An app", owner=agency).side == Side.SUPPLIERS
    assert idea_of(cast.supplier, decision, "Another app").side == Side.SUPPLIERS  # in his own name all the same


# Blocks, and who sees what


def test_what_has_a_name_is_not_shown_to_whoever_blocked_it_and_what_has_none_is(
    cast: Cast, decision: Decision
) -> None:
    named = idea_of(cast.neighbour, decision, named=True)
    bare = idea_of(cast.neighbour, decision, "Bus buddies")
    block(by=cast.resident.actor, other=cast.neighbour.party)
    assert [one.pk for one in queries.ideas(cast.resident.actor, decision)] == [bare.pk]
    assert {one.pk for one in queries.ideas(ANYONE, decision)} == {named.pk, bare.pk}


def test_a_decision_about_one_s_own_life_shows_its_ideas_to_nobody_else(cast: Cast) -> None:
    own = opened(cast, cast.resident, question="How shall I spend my days?")
    idea = idea_of(cast.resident, own)
    assert not queries.ideas(cast.outsider.actor, own).exists()
    assert not queries.ideas(ANYONE, own).exists()
    assert queries.ideas(cast.resident.actor, own).get() == idea
    with pytest.raises(Refused):
        idea_of(cast.outsider, own, "Move away")


# Saying it better, taking it back


def test_only_its_own_people_say_it_better_and_what_it_said_before_is_kept(cast: Cast, decision: Decision) -> None:
    idea = idea_of(cast.resident, decision)
    for stranger in (cast.outsider, cast.commissioner):
        with pytest.raises(Refused):
            actions.change(by=stranger.actor, idea=idea, title="Mine now")
    actions.change(by=cast.resident.actor, idea=idea, title="Shared lifts, door to door", cost_pence=600_000)
    said = [one.body["title"] for one in idea.record.versions.order_by("n")]
    assert said == ["Shared lifts", "Shared lifts, door to door"]


def test_on_the_list_only_its_price_moves_and_from_the_vote_on_nothing(cast: Cast, decision: Decision) -> None:
    idea = idea_of(cast.resident, decision)
    listed(cast.commissioner, listing(decision), idea)
    idea.refresh_from_db()
    same = {"idea": idea, "title": idea.title, "words": idea.words}
    with pytest.raises(Fault, match="only what it costs"):
        actions.change(by=cast.resident.actor, **(same | {"title": "Gold taps"}), cost_pence=1)
    with pytest.raises(Fault, match="needs its cost"):
        actions.change(by=cast.resident.actor, **same, cost_pence=None)
    actions.change(by=cast.resident.actor, **same, cost_pence=530_000)
    assert queries.options(ANYONE, decision)[0].cost_pence == 530_000
    voting(decision)
    with pytest.raises(Fault, match="stands still"):
        actions.change(by=cast.resident.actor, **same, cost_pence=1)
    assert queries.options(ANYONE, decision)[0].cost_pence == 530_000


def test_its_own_people_take_it_back_and_nobody_sees_it_any_more(cast: Cast, decision: Decision) -> None:
    idea = idea_of(cast.resident, decision)
    with pytest.raises(Refused):
        actions.take_back(by=cast.commissioner.actor, idea=idea)
    actions.take_back(by=cast.resident.actor, idea=idea)
    assert not queries.ideas(cast.resident.actor, decision).exists()
    assert queries.provenance(decision).sides == []
    with pytest.raises(Fault):
        actions.take_back(by=cast.resident.actor, idea=idea)


def test_once_on_the_list_it_is_not_taken_back_alone(cast: Cast, decision: Decision) -> None:
    idea = idea_of(cast.resident, decision)
    listed(cast.commissioner, listing(decision), idea)
    with pytest.raises(Fault, match="on the list"):
        actions.take_back(by=cast.resident.actor, idea=idea)


# What each would bring


def test_others_bring_time_and_things_in_their_own_name_and_its_people_hear(cast: Cast, decision: Decision) -> None:
    idea = idea_of(cast.resident, decision, brings=[Brings("time", "14 drivers, 2 hours a week each")])
    club = cast.lunch_club
    rings = actions.bring(
        by=cast.connector.actor, idea=idea, kind="skills", words="Runs the phone", party=club, minutes_week=90
    )
    assert (rings.agreed, rings.side, rings.minutes_week) == (True, Side.COMMUNITIES, 90)
    first = idea.assets.order_by("pk").first()
    assert first is not None and not first.agreed and first.party is None
    assert "Somebody would bring something to your idea" in told(cast.resident)
    assert [one.words for one in queries.ideas(ANYONE, decision).get().assets.all()] == [
        "14 drivers, 2 hours a week each",
        "Runs the phone",
    ]


def test_nobody_brings_something_in_another_s_name(cast: Cast, decision: Decision) -> None:
    idea = idea_of(cast.resident, decision)
    with pytest.raises(Refused):
        actions.bring(by=cast.outsider.actor, idea=idea, kind="money", words="£1,000", party=cast.agency)
    with pytest.raises(Refused):  # nor in words, to somebody else's idea
        actions.bring(by=cast.outsider.actor, idea=idea, kind="money", words="The council pays", side="commissioners")
    somebody, _token = cast.passer_by
    with pytest.raises(Refused, match="Sign in first"):  # what nobody has looked at would stand in public
        actions.bring(by=somebody.actor, idea=idea, kind="time", words="Buy soap", party=somebody.party)


def test_who_brings_it_takes_it_out_until_the_vote_begins(cast: Cast, decision: Decision) -> None:
    idea = idea_of(cast.resident, decision)
    brought = actions.bring(
        by=cast.neighbour.actor, idea=idea, kind="time", words="Driving", party=cast.neighbour.party
    )
    with pytest.raises(Refused):
        actions.take_out(by=cast.outsider.actor, asset=brought)
    voting(decision)
    brought = IdeaAsset.objects.get()
    with pytest.raises(Fault, match="stands still"):
        actions.take_out(by=cast.neighbour.actor, asset=brought)
    for_now = listing(decision)
    assert for_now.pk == decision.pk
    actions.take_out(by=cast.neighbour.actor, asset=IdeaAsset.objects.get())
    assert not IdeaAsset.objects.exists()


# Who would do it


def test_who_would_do_it_says_so_themselves_or_those_who_run_it_name_a_group(cast: Cast, decision: Decision) -> None:
    idea = idea_of(cast.resident, decision)
    club = cast.lunch_club
    with pytest.raises(Refused):  # the resident belongs to the club and does not speak for it
        actions.say_who(by=cast.resident.actor, idea=idea, run_by=club, unpaid=True)
    actions.say_who(by=cast.resident.actor, idea=idea, run_by=cast.resident.party, unpaid=True)
    actions.say_who(by=cast.commissioner.actor, idea=idea, run_by=cast.agency)
    assert told(cast.agency) == ["You are named as those who would do an idea: Shared lifts"]
    with pytest.raises(Fault, match="People say it themselves"):
        actions.say_who(by=cast.commissioner.actor, idea=idea, run_by=cast.neighbour.party)
    idea.refresh_from_db()
    actions.say_who(by=cast.supplier.actor, idea=idea, run_by=None)  # they may say that it is not them
    idea.refresh_from_db()
    assert idea.run_by is None and not idea.run_unpaid


# When somebody leaves for good


def test_what_a_community_decides_about_stays_without_whoever_has_left(cast: Cast, decision: Decision) -> None:
    idea = idea_of(cast.resident, decision, named=True)
    actions.say(
        by=cast.resident.actor, decision=decision, owner=cast.resident.party, idea=idea, kind="for", words="It works"
    )
    back = idea_of(cast.resident, decision, "My street")
    actions.take_back(by=cast.resident.actor, idea=back)
    listed(cast.commissioner, listing(decision), idea)
    leave_for_good(by=cast.resident.actor, party=cast.resident.party)
    idea.refresh_from_db()
    assert (idea.title, idea.named, idea.record.owner) == ("Shared lifts", False, cast.council)
    reason = queries.points(ANYONE, decision, idea).get()
    assert reason.words == "It works"
    assert [one.idea_id for one in queries.options(ANYONE, decision)] == [idea.pk]
    assert not idea.record.versions.exists()
    assert idea.called == reason.called == "Somebody here"
    with pytest.raises(Refused):  # what is left behind is not theirs to make into something else
        actions.change(by=Actor(person=cast.council), idea=idea, title="Ours")
    assert not Record.objects.filter(owner=cast.resident.party).exclude(state=State.ERASED).exists()
    assert Idea.objects.get(pk=back.pk).title == ""


def test_what_nobody_else_has_seen_goes_with_whoever_wrote_it(cast: Cast, decision: Decision) -> None:
    somebody, _token = cast.passer_by
    idea = idea_of(somebody, decision)
    leave_for_good(by=Actor.system("tests"), party=somebody.party)
    assert not Idea.objects.filter(pk=idea.pk).exists()
