"""Who is directly affected: said by oneself, confirmed by somebody else before the vote, and told in numbers after."""

from __future__ import annotations

import pytest
from django.test import Client

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.models import Event
from alongside.planning.decisions.models import Basis, Decision
from alongside.planning.results import actions as results
from alongside.planning.rolls import actions, queries
from alongside.planning.rolls.affected import Put
from alongside.planning.rolls.models import Seat
from alongside.planning.rolls.queries import standings
from tests.cast import MACHINE, Cast, Somebody
from tests.planning.ballots.box import AFFECTED, OURS, cast_for, closed, put, voting
from tests.planning.deciding import SHARED, move, opened
from tests.planning.thinking import NOW_LISTING, NOW_VOTE

pytestmark = pytest.mark.django_db


@pytest.fixture
def decision(cast: Cast) -> Decision:
    """Eight days before the vote opens."""
    assert cast.place.name
    return move(voting(cast), NOW_LISTING)


def says(somebody: Somebody, decision: Decision, key: str = AFFECTED) -> Seat:
    return actions.say_affected(by=somebody.actor, decision=decision, group=decision.groups.get(key=key))


def groups(somebody: Somebody, decision: Decision) -> list[str]:
    return [group.key for one in standings(somebody.actor, decision) for group in one.groups]


def test_ones_own_word_puts_nobody_there(cast: Cast, decision: Decision) -> None:
    says(cast.resident, decision)
    assert groups(cast.resident, decision) == [OURS]
    decision = move(decision, NOW_VOTE)
    with pytest.raises(Fault, match="group"):
        cast_for(cast.resident, decision, 1, group=AFFECTED)
    cast_for(cast.resident, decision, 1, group=OURS)
    assert list(queries.people_with_two_places()) == []


def test_whoever_keeps_the_roll_confirms_the_first_and_they_the_next(cast: Cast, decision: Decision) -> None:
    first, second, third = cast.resident, cast.neighbour, cast.outsider
    for somebody in (first, second, third):
        says(somebody, decision)
    waiting = queries.waiting(cast.commissioner.actor, decision)
    seat = next(one for one in waiting if one.party == first.party)
    actions.confirm(by=cast.commissioner.actor, decision=decision, seat=seat)
    name = second.party.name.upper()
    confirmed = actions.confirm(by=first.actor, decision=decision, name=name)
    assert (confirmed.confirmed_by, confirmed.by_keeper) == (first.party, False)
    assert groups(second, decision) == [AFFECTED]
    with pytest.raises(Refused, match="one of the same group"):
        actions.confirm(by=second.actor, decision=decision, name=third.party.name)
    assert Event.objects.filter(verb="rolls.confirm").count() == 2
    with pytest.raises(Refused):
        queries.waiting(first.actor, decision)


def test_nobody_confirms_themselves_nor_who_did_not_say_it(cast: Cast, decision: Decision) -> None:
    put(cast, decision, AFFECTED, cast.resident)
    for name in (cast.neighbour.party.name, cast.resident.party.name, "", "x" * 10_000):
        with pytest.raises(Fault, match="Nobody of this name"):
            actions.confirm(by=cast.resident.actor, decision=decision, name=name)
    own = says(cast.commissioner, decision)
    with pytest.raises(Fault, match="Nobody of this name"):
        actions.confirm(by=cast.commissioner.actor, decision=decision, seat=own)


def test_one_of_them_confirms_three_and_no_more(cast: Cast, decision: Decision) -> None:
    put(cast, decision, AFFECTED, cast.resident)
    names = ["Ada Quill", "Bo Tarn", "Cai Moss", "Dot Fenn"]
    for name in names:
        says(cast.person(name), decision)
    for name in names[:3]:
        actions.confirm(by=cast.resident.actor, decision=decision, name=name)
    with pytest.raises(Fault, match="3 people"):
        actions.confirm(by=cast.resident.actor, decision=decision, name=names[3])


def test_all_of_it_ends_when_the_vote_opens(cast: Cast, decision: Decision) -> None:
    says(cast.neighbour, decision)
    put(cast, decision, AFFECTED, cast.resident)
    decision = move(decision, NOW_VOTE)
    for by in (cast.resident, cast.commissioner):
        with pytest.raises(Refused, match="The vote has begun"):
            actions.confirm(by=by.actor, decision=decision, name=cast.neighbour.party.name)
    with pytest.raises(Refused, match="The vote has begun"):
        says(cast.outsider, decision)
    assert cast.resident.client().get(f"/decide/{decision.record.key}/affected/").status_code == 404


def test_it_can_be_taken_back_and_goes_with_a_list(cast: Cast, decision: Decision) -> None:
    says(cast.neighbour, decision)
    actions.confirm(by=cast.commissioner.actor, decision=decision, name=cast.neighbour.party.name)
    actions.say_affected(by=cast.neighbour.actor, decision=decision, group=None)
    assert groups(cast.neighbour, decision) == [OURS]
    with pytest.raises(Fault, match="Choose one of the groups"):
        says(cast.neighbour, decision, OURS)
    put(cast, decision, OURS, cast.resident)
    with pytest.raises(Fault, match="A list or a code"):
        says(cast.resident, decision)
    with pytest.raises(Refused):
        actions.say_affected(by=cast.anyone, decision=decision, group=decision.groups.get(key=AFFECTED))


def test_where_all_are_affected_nobody_has_a_place_before_somebody_confirms_it(cast: Cast) -> None:
    """Else leaving out every other group would be the way round."""
    only = [SHARED[1].__class__("Affected", "people", 1_000_000, affected=True, floor_pct=50)]
    decision = opened(cast, cast.connector, cast.lunch_club, groups=only, open_to="everyone")
    assert standings(cast.resident.actor, decision) == []
    says(cast.resident, decision, "affected")
    assert standings(cast.resident.actor, decision) == []
    actions.confirm(by=cast.connector.actor, decision=decision, name=cast.resident.party.name)
    assert groups(cast.resident, decision) == ["affected"]


def test_ones_own_life_is_ones_own_word(cast: Cast) -> None:
    decision = opened(cast, cast.resident)
    assert decision.terms.basis == Basis.OWN_LIFE
    assert standings(cast.resident.actor, decision)
    assert queries.affected_groups(decision, cast.resident.party) == []


def test_the_result_tells_how_many_were_confirmed_and_by_whom(cast: Cast, decision: Decision) -> None:
    put(cast, decision, AFFECTED, cast.resident)
    crowd = [cast.person(f"Ada Quill{n * 'i'}") for n in range(6)]
    for somebody in crowd:
        says(somebody, decision)
    for seat in queries.waiting(cast.commissioner.actor, decision)[:5]:
        actions.confirm(by=cast.commissioner.actor, decision=decision, seat=seat)
    actions.confirm(by=cast.resident.actor, decision=decision, name=crowd[-1].party.name)
    decision = move(decision, NOW_VOTE)
    for somebody in (cast.resident, *crowd):
        cast_for(somebody, decision, 1, group=AFFECTED)
    name = decision.groups.get(key=AFFECTED).name
    assert queries.numbers(decision) == [Put(name, 6, 1)]
    results.count(by=MACHINE, decision=closed(decision, cast.commissioner))
    page = Client().get(f"/decide/{decision.record.key}/result/").content.decode()
    assert "put there by those who look after this decision: 6; confirmed by others: fewer than 5" in page


# On the pages


def test_saying_it_confirming_it_and_reading_it_on_the_ballot(cast: Cast, decision: Decision) -> None:
    me, keeper, base = cast.neighbour.client(), cast.commissioner.client(), f"/decide/{decision.record.key}/"
    assert "Are you directly affected?" in me.get(base).content.decode()
    waits = me.post(f"{base}affected/", {"do": "say", "group": AFFECTED, "key": "1"}, follow=True).content.decode()
    assert "It waits for somebody to confirm it" in waits
    roll = keeper.get(f"{base}roll/").content.decode()
    assert "They say that they are directly affected" in roll and cast.neighbour.party.shown_name in roll
    put(cast, decision, AFFECTED, cast.resident)
    other = cast.resident.client()
    wrong = other.post(f"{base}affected/", {"do": "confirm", "name": "Nobody", "key": "2"}).content.decode()
    assert "Nobody of this name has said" in wrong and 'value="Nobody"' in wrong
    said = {"do": "confirm", "name": cast.neighbour.party.name, "key": "3"}
    assert "It is confirmed" in other.post(f"{base}affected/", said, follow=True).content.decode()
    says(cast.outsider, decision)
    move(decision, NOW_VOTE)
    assert "you said so, and somebody confirmed it" in me.get(f"{base}choose/").content.decode()
    assert "put you there" in other.get(f"{base}choose/").content.decode()
    late = cast.outsider.client().get(f"{base}choose/").content.decode()
    assert "Nobody confirmed it before the vote opened" in late


def test_the_button_of_whoever_keeps_the_roll(cast: Cast, decision: Decision) -> None:
    seat = says(cast.neighbour, decision)
    address = f"/decide/{decision.record.key}/roll/confirm/"
    assert cast.resident.client().post(address, {"seat": str(seat.pk)}).status_code == 404
    for sent in ("", "x" * 10_000, str(decision.record.key)):
        cast.commissioner.client().post(address, {"seat": sent, "key": sent[:9]})
    assert groups(cast.neighbour, decision) == [OURS]
    page = cast.commissioner.client().post(address, {"seat": str(seat.pk), "key": "1"}, follow=True).content.decode()
    assert "It is confirmed" in page and groups(cast.neighbour, decision) == [AFFECTED]
    keeper, affected = cast.commissioner.party.shown_name, cast.neighbour.party.shown_name
    assert f"<bdi>{keeper}</bdi>: <bdi>{affected}</bdi>" in page, "who confirmed it is on the roll"
    with pytest.raises(Refused):
        queries.confirmed(cast.resident.actor, decision)
