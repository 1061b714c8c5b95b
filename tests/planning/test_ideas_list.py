"""The list that people choose from, why the rest is not on it, and who has no vote on what they would be paid for."""

from __future__ import annotations

from typing import Any

import pytest

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor
from alongside.ground.people.actions import block, join
from alongside.ground.people.models import Role
from alongside.planning.decisions.models import Decision, Side
from alongside.planning.ideas import actions, queries
from alongside.planning.ideas.models import Idea, IdeaState, Interest, Option
from alongside.planning.ideas.shortlisting import Row
from tests.cast import Cast
from tests.planning.deciding import money, move, opened
from tests.planning.thinking import FOR_IDEAS, for_ideas, idea_of, listed, listing, told, voting

pytestmark = pytest.mark.django_db
BEGINS_WITH = FOR_IDEAS
ANYONE = Actor.anyone()
TODAY = {"ideas": (0, 0), "vote": (0, 0)}


@pytest.fixture
def decision(cast: Cast) -> Decision:
    return for_ideas(cast)


def numbers(viewer: Actor, decision: Decision) -> list[tuple[int, str, int]]:
    return [(one.n, one.idea.title, one.cost_pence) for one in queries.options(viewer, decision)]


def test_the_list_is_numbered_as_ideas_came_and_its_people_hear(cast: Cast, decision: Decision) -> None:
    lifts, benches = idea_of(cast.resident, decision), idea_of(cast.neighbour, decision, "Benches", cost_pence=480_000)
    made = listed(cast.commissioner, listing(decision), benches, lifts)
    assert [one.n for one in made] == [1, 2]
    assert numbers(ANYONE, decision) == [(1, "Shared lifts", 520_000), (2, "Benches", 480_000)]
    assert told(cast.resident) == ["Your idea is on the list that people choose from: Shared lifts"]
    assert set(Idea.objects.values_list("state", flat=True)) == {IdeaState.LISTED}


def test_what_is_left_out_needs_its_own_reason_and_is_told(cast: Cast, decision: Decision) -> None:
    lifts, app = idea_of(cast.resident, decision), idea_of(cast.supplier, decision, "An app", owner=cast.agency)
    listing(decision)
    with pytest.raises(Fault) as fault:
        actions.shortlist(by=cast.commissioner.actor, decision=decision, ideas=[lifts], left_out={app.pk: " "})
    assert fault.value.field == f"why_{app.record.key}"
    assert not Option.objects.exists()
    listed(cast.commissioner, decision, lifts, why="Nobody asked for it")
    assert told(cast.agency) == ["Your idea is not taken further: An app"]
    sides = {one.side: one for one in queries.provenance(decision).sides}
    assert (sides[Side.PEOPLE].on_list, sides[Side.PEOPLE].dropped) == (1, 0)
    assert sides[Side.SUPPLIERS].droppers == [("Councils and the NHS", 1)]


def test_an_idea_that_nobody_has_looked_at_is_not_left_out_unseen(cast: Cast, decision: Decision) -> None:
    lifts = idea_of(cast.resident, decision)
    somebody, _token = cast.passer_by
    idea_of(somebody, decision, "Lamps")
    with pytest.raises(Fault, match="wait for a look"):
        listed(cast.commissioner, listing(decision), lifts)


def test_the_list_is_made_anew_until_the_vote_begins(cast: Cast, decision: Decision) -> None:
    lifts, benches = idea_of(cast.resident, decision), idea_of(cast.neighbour, decision, "Benches")
    listing(decision)
    listed(cast.commissioner, decision, lifts)
    actions.bring_back(by=cast.commissioner.actor, idea=Idea.objects.get(pk=benches.pk))
    listed(cast.commissioner, decision, benches)
    assert numbers(ANYONE, decision) == [(1, "Benches", 520_000)]
    voting(decision)
    with pytest.raises(Fault, match="cannot be made on these days"):
        listed(cast.commissioner, decision, benches)


@pytest.mark.parametrize(
    ("cost", "says"), [(None, "Say first what this costs"), (2_400_001, "costs more than there is to share")]
)
def test_where_money_is_shared_each_idea_has_a_price_that_can_be_paid(
    cast: Cast, decision: Decision, cost: int | None, says: str
) -> None:
    idea = idea_of(cast.resident, decision, cost_pence=cost)
    with pytest.raises(Fault, match=says):
        listed(cast.commissioner, listing(decision), idea)


def test_a_list_needs_something_on_it_and_its_days(cast: Cast, decision: Decision) -> None:
    idea = idea_of(cast.resident, decision)
    with pytest.raises(Fault, match="cannot be made on these days"):
        listed(cast.commissioner, decision, idea)
    with pytest.raises(Fault, match="at least one"):
        listed(cast.commissioner, listing(decision))
    for stranger in (cast.resident, cast.outsider, cast.councillor):
        with pytest.raises(Refused):
            listed(stranger, decision, idea)


def test_the_ballot_is_the_same_for_whoever_has_blocked_somebody(cast: Cast, decision: Decision) -> None:
    named = idea_of(cast.neighbour, decision, named=True)
    listed(cast.commissioner, listing(decision), named)
    block(by=cast.resident.actor, other=cast.neighbour.party)
    assert numbers(cast.resident.actor, decision) == numbers(ANYONE, decision) != []


def test_whoever_does_not_see_the_decision_sees_no_list(cast: Cast) -> None:
    own = opened(cast, cast.resident, question="How shall I spend my days?", when=TODAY)
    idea = idea_of(cast.resident, own)
    Option.objects.create(decision=own, idea=idea, n=1)
    assert queries.options(cast.outsider.actor, own) == [] != queries.options(cast.resident.actor, own)


# In one room


def test_a_room_puts_up_its_ideas_and_list_in_one(cast: Cast) -> None:
    hall = opened(cast, cast.connector, cast.lunch_club, when=TODAY, terms={"rule": "approval", "secret": False})
    rows = [Row("Walk together"), Row("A longer lunch", side=Side.COMMUNITIES)]
    made = actions.write_up(by=cast.connector.actor, decision=hall, rows=rows)
    assert [one.n for one in made] == [1, 2]
    actions.write_up(by=cast.connector.actor, decision=hall, rows=[Row("Cards")])
    assert [row[1] for row in numbers(ANYONE, hall)] == ["Walk together", "A longer lunch", "Cards"]
    with pytest.raises(Refused):
        actions.write_up(by=cast.resident.actor, decision=hall, rows=rows)


def test_a_secret_vote_has_no_list_written_up_at_once(cast: Cast, decision: Decision) -> None:
    with pytest.raises(Fault, match="one room"):
        actions.write_up(by=cast.commissioner.actor, decision=decision, rows=[Row("Mine")])


# Who would gain


def barred(decision: Decision, somebody: Any) -> list[str]:
    party = getattr(somebody, "party", somebody)
    pks = queries.barred(decision, party)
    return list(Option.objects.filter(pk__in=pks).order_by("n").values_list("idea__title", flat=True))


def test_who_would_be_paid_has_no_vote_on_it_nor_have_those_who_work_for_them(cast: Cast, decision: Decision) -> None:
    app, lifts = idea_of(cast.resident, decision, "A travel app"), idea_of(cast.resident, decision)
    agency = cast.agency
    worker = cast.person("Wanda Worker")
    join(by=cast.supplier.actor, member=worker.party, of=agency, role=Role.SUPPLIER)
    visitor = cast.person("Vera Visitor")
    join(by=cast.supplier.actor, member=visitor.party, of=agency)
    actions.declare(by=cast.supplier.actor, idea=app, party=agency, kind="paid", words="We would write it")
    listed(cast.commissioner, listing(decision), app, lifts)
    for somebody in (agency, cast.supplier, worker):
        assert barred(decision, somebody) == ["A travel app"]
    for somebody in (cast.resident, visitor, cast.outsider):
        assert barred(decision, somebody) == []


def test_who_would_do_it_for_money_is_barred_and_an_unpaid_group_s_members_are_not(
    cast: Cast, decision: Decision
) -> None:
    lifts, app = idea_of(cast.resident, decision), idea_of(cast.resident, decision, "An app")
    club = cast.lunch_club
    actions.say_who(by=cast.connector.actor, idea=idea_of(cast.connector, decision, "Lunch"), run_by=club, unpaid=True)
    actions.say_who(by=cast.commissioner.actor, idea=app, run_by=cast.agency)
    actions.declare(by=cast.resident.actor, idea=lifts, party=cast.resident.party, kind="member", words="I drive")
    listed(cast.commissioner, listing(decision), *Idea.objects.all())
    assert barred(decision, cast.connector) == barred(decision, club) == barred(decision, cast.resident) == []
    assert barred(decision, cast.supplier) == ["An app"]
    assert Interest.objects.get(kind="member").own


def test_an_interest_goes_with_an_idea_that_was_joined_with_another(cast: Cast, decision: Decision) -> None:
    app, lifts = idea_of(cast.resident, decision, "An app"), idea_of(cast.neighbour, decision)
    buses = idea_of(cast.neighbour, decision, "Buses")
    actions.declare(by=cast.supplier.actor, idea=app, party=cast.agency, kind="paid")
    actions.merge(by=cast.resident.actor, idea=app, into=lifts, why="Alike")
    actions.merge(by=cast.neighbour.actor, idea=lifts, into=buses, why="Alike")
    listed(cast.commissioner, listing(decision), buses)
    assert barred(decision, cast.supplier) == ["Buses"]


def test_those_who_run_it_note_an_interest_which_is_told(cast: Cast, decision: Decision) -> None:
    idea = idea_of(cast.resident, decision)
    noted = actions.declare(by=cast.commissioner.actor, idea=idea, party=cast.agency, kind="paid")
    assert not noted.own
    assert told(cast.agency) == ["It is noted that you would gain from an idea: Shared lifts"]
    assert actions.declare(by=cast.supplier.actor, idea=idea, party=cast.agency, kind="paid", words="Yes").own
    assert Interest.objects.count() == 1
    with pytest.raises(Refused):
        actions.declare(by=cast.outsider.actor, idea=idea, party=cast.agency, kind="paid")
    with pytest.raises(Fault):
        actions.declare(by=cast.supplier.actor, idea=idea, party=cast.agency, kind="friend")


def test_nobody_gets_a_vote_by_taking_out_their_own_interest(cast: Cast, decision: Decision) -> None:
    idea = idea_of(cast.resident, decision)
    paid = actions.declare(by=cast.supplier.actor, idea=idea, party=cast.agency, kind="paid")
    with pytest.raises(Refused):
        actions.not_declared(by=cast.supplier.actor, idea=idea, interest=paid)
    own = actions.declare(by=cast.commissioner.actor, idea=idea, party=cast.commissioner.party, kind="paid")
    with pytest.raises(Fault, match="Somebody else"):
        actions.not_declared(by=cast.commissioner.actor, idea=idea, interest=own)
    other = idea_of(cast.resident, decision, "Other")
    with pytest.raises(Fault):
        actions.not_declared(by=cast.commissioner.actor, idea=other, interest=paid)
    actions.not_declared(by=cast.commissioner.actor, idea=idea, interest=paid)
    voting(decision)
    late = actions.declare(by=cast.supplier.actor, idea=idea, party=cast.agency, kind="paid")
    with pytest.raises(Fault, match="stands still"):
        actions.not_declared(by=cast.commissioner.actor, idea=Idea.objects.get(pk=idea.pk), interest=late)


def test_an_interest_can_be_said_while_people_choose_and_not_after(cast: Cast, decision: Decision) -> None:
    idea = idea_of(cast.resident, decision)
    listed(cast.commissioner, listing(decision), idea)
    voting(decision)
    actions.declare(by=cast.supplier.actor, idea=idea, party=cast.agency, kind="paid")
    assert barred(decision, cast.supplier) == ["Shared lifts"]
    Decision.objects.update(stage="decided")
    with pytest.raises(Fault, match="decided already"):
        actions.declare(by=cast.supplier.actor, idea=Idea.objects.get(), party=cast.agency, kind="member")


def test_where_the_question_came_from_stands_with_the_list(cast: Cast) -> None:
    asked = opened(cast, terms=money(), question_side=Side.COMMUNITIES, question_from="The lunch club, in May")
    told_ = queries.provenance(asked)
    assert (told_.set_by, told_.set_from, told_.sides) == (Side.COMMUNITIES, "The lunch club, in May", [])
    move(asked, {"ideas": (0, 5), "vote": (6, 9)})
    idea_of(cast.resident, asked)
    idea_of(cast.connector, asked, "Lunch", owner=cast.lunch_club)
    assert [(one.label, one.put_forward) for one in queries.provenance(asked).sides] == [
        ("People", 1),
        ("Communities", 1),
    ]
