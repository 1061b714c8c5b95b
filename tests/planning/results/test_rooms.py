"""What a room decided, and what somebody decides about their own life: the same count, told rightly."""

import pytest
from django.test import Client
from django.urls import reverse

from alongside.planning.ballots import actions as boxes
from alongside.planning.ballots.models import BallotBox
from alongside.planning.halls.actions import Evening, hold
from alongside.planning.halls.reading import Counted, How, Wall
from alongside.planning.results import actions, queries
from alongside.planning.results.counting import count_of
from tests.planning.ballots.box import over
from tests.planning.deciding import move, opened
from tests.planning.pages import words_of as words
from tests.planning.results.counted import MACHINE, fill
from tests.planning.thinking import NOW_IDEAS, NOW_LISTING, NOW_VOTE, idea_of, listed

pytestmark = pytest.mark.django_db
ASKED = Evening("What shall we do first?", "What we do this spring", "The lunch club", winners=1)


def evening(cast, how=How.HANDS, people=40, benches=12, money=None, **given):
    cost = money and money // 2
    ideas = (Wall("Shared lifts", cost, 31, 0), Wall("Benches to rest on", cost, benches, 0))
    counted = Counted(how, people, 0, ideas, given.pop("dots", None), money)
    return hold(by=cast.connector.actor, owner=cast.lunch_club, evening=ASKED, counted=counted)


def read(decision, client=None):
    return words((client or Client()).get(reverse("results:one", args=[decision.record.key])))


def test_of_a_room_the_page_says_who_was_there_and_nothing_of_single_people(cast):
    decision = evening(cast)
    said = read(decision, cast.connector.client())
    assert "40 people and groups took part." in said and "got at least one idea" not in said
    assert "31 hands." in said and "12 hands. Others had more." in said and "Look up my receipt" not in said
    assert "This was decided in the room, in front of everyone who was there." in said


def test_of_dots_people_are_counted_and_not_dots(cast):
    decision = evening(cast, How.DOTS, people=20, dots=3)
    result = queries.result(MACHINE, decision)
    assert result.ballots == 20 and count_of(decision).people == 20
    assert not count_of(decision).single and result.with_nothing == 0


def test_dots_are_called_dots_and_not_people_who_picked(cast):
    """Of 20 people 31 cannot have picked it."""
    said = read(evening(cast, How.DOTS, people=20, dots=3), cast.connector.client())
    assert "Each had 3 dots. The ideas with most dots go first." in said
    assert "31 dots." in said and "picked it" not in said and "of the say. Others" not in said


def test_where_nothing_is_bought_nothing_has_a_price(cast):
    client = cast.connector.client()
    assert "£0" not in words(client.get(f"/decide/{evening(cast).record.key}/"))
    assert "£400" in words(client.get(f"/decide/{evening(cast, money=80_000).record.key}/"))


def test_an_idea_that_lost_by_lot_is_not_told_that_others_had_more(cast):
    decision = evening(cast, benches=31)
    said = read(decision, cast.connector.client())
    assert "31 hands. Another had as much, and went first." in said and "Others had more." not in said
    wall = words(cast.connector.client().get(reverse("halls:page", args=[decision.record.key])))
    assert "were level" in wall  # also on the sheet that hangs there


def test_hands_do_not_say_what_the_other_rule_would_have_bought(cast):
    """Nobody knows who put a hand up for both."""
    said = read(evening(cast, money=80_000), cast.connector.client())
    assert "31 hands." in said and "The other way to count" not in said


def test_what_a_room_decided_is_proved_like_any_other(cast):
    evening(cast)
    assert list(queries.broken()) == []


def test_no_file_of_single_choices_comes_out_of_a_room(cast):
    decision = evening(cast)
    response = cast.connector.client().get(reverse("recount:choices", args=[decision.record.key]))
    assert response.status_code == 404


# --- Somebody's own life ---


def own_life(cast, said):
    """Alf's question about his own life: two ideas, a yes or none, and what his supporters advise."""
    me = cast.resident
    decision = opened(cast, by=me, owner=me.party, when=NOW_IDEAS)
    ideas = [idea_of(me, decision, title) for title in ("Live with my sister", "Stay in my flat")]
    move(decision, NOW_LISTING)
    listed(me, decision, *ideas)
    decision = move(decision, NOW_VOTE)
    BallotBox.objects.get_or_create(decision=decision)
    fill(decision, said)
    decision = over(decision)
    boxes.close(by=MACHINE, decision=decision)
    return actions.count(by=MACHINE, decision=decision)


def keys(cast):
    """The person's own group, and that of those who advise."""
    decision = opened(cast, by=cast.resident, owner=cast.resident.party, when=NOW_IDEAS)
    voting = next(group.key for group in decision.groups.all() if group.weight_ppm)
    return voting, next(group.key for group in decision.groups.all() if not group.weight_ppm)


def test_the_persons_yes_decides_whatever_others_advise(cast):
    person, others = keys(cast)
    result = own_life(cast, {person: [(1, (2,))], others: [(6, (1,))]})
    rows = {row.option.idea.title: row for row in result.options.select_related("option__idea")}
    assert result.state == "decided" and rows["Stay in my flat"].place == 1
    assert rows["Live with my sister"].place is None and rows["Live with my sister"].picked == 0
    assert [(row.group.key, row.share, row.held) for row in result.groups.select_related("group")] == [
        (person, "1", "1")
    ]


def test_without_the_persons_yes_nothing_is_decided(cast):
    person, others = keys(cast)
    result = own_life(cast, {person: [(1, ())], others: [(6, (1,))]})
    assert (result.state, result.verdict) == ("not_decided", "no_yes")
    alone = own_life(cast, {others: [(6, (1,))]})
    assert (alone.state, alone.verdict) == ("not_decided", "nobody_of_us")


def test_what_came_of_somebodys_own_life_is_theirs_to_read(cast):
    person, _others = keys(cast)
    decision = own_life(cast, {person: [(1, (2,))]}).decision
    assert "The person said yes to it." in read(decision, cast.resident.client())
    address = reverse("results:one", args=[decision.record.key])
    assert Client().get(address).status_code == 404
    assert cast.outsider.client().get(address).status_code == 404
    assert cast.commissioner.client().get(address).status_code == 404
