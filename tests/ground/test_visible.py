"""Who may see a record: nobody but its owner until they share it, and nobody the moment they take it back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.ground.consent.actions import let_go, let_in, look, share, take_back
from alongside.ground.consent.models import Look
from alongside.ground.history.acting import Fault, Refused, asked_before
from alongside.ground.history.actor import Actor
from alongside.ground.people.actions import begin, block, join, leave, support, welcome
from alongside.ground.people.models import Kind, Party, Role, Sort
from alongside.ground.records.actions import end, erase, let_through, open_record, put, set_audience, turn_back
from alongside.ground.records.models import Record, SpotExact, State
from alongside.ground.records.queries import everyones, held, private_set, visible_to

MACHINE = Actor.system("tests")
pytestmark = pytest.mark.django_db


@pytest.fixture
def dilys() -> Party:
    return welcome(by=MACHINE, name="Dilys")


@pytest.fixture
def outsider() -> Actor:
    return Actor(person=welcome(by=MACHINE, name="Outsider"))


@pytest.fixture
def record(dilys: Party) -> Record:
    return open_record(by=Actor(person=dilys), kind="note", owner=dilys)


def sees(viewer: Actor, record: Record) -> bool:
    return visible_to(viewer).filter(pk=record.pk).exists()


def test_nothing_is_seen_until_it_is_shared(dilys: Party, record: Record, outsider: Actor) -> None:
    assert sees(Actor(person=dilys), record)
    assert not sees(outsider, record)
    assert not sees(Actor.anyone(), record)


def test_everyone_means_everyone_and_withdrawal_counts_at_once(dilys: Party, record: Record, outsider: Actor) -> None:
    me = Actor(person=dilys)
    set_audience(by=me, record=record, audience="everyone")
    assert sees(outsider, record) and sees(Actor.anyone(), record)
    assert record in everyones()
    set_audience(by=me, record=record, audience="me")
    assert not sees(outsider, record) and not sees(Actor.anyone(), record)


def test_a_community_sees_what_is_shared_with_it_and_leavers_do_not(dilys: Party, record: Record) -> None:
    table = welcome(by=Actor(person=dilys), name="The Table", kind=Kind.COMMUNITY, sort=Sort.GROUP)
    joyce = Actor(person=welcome(by=MACHINE, name="Joyce"))
    membership = join(by=joyce, member=joyce.person, of=table)
    set_audience(by=Actor(person=dilys), record=record, audience="community", community=table)
    assert sees(joyce, record)
    assert record in private_set(joyce) and record not in everyones()
    leave(by=joyce, membership=membership)
    assert not sees(joyce, record)


def test_a_community_audience_must_name_it(dilys: Party, record: Record) -> None:
    with pytest.raises(Fault):
        set_audience(by=Actor(person=dilys), record=record, audience="community")


def test_my_circle_is_those_who_said_yes(dilys: Party, record: Record) -> None:
    megan = Actor(person=welcome(by=MACHINE, name="Megan"))
    set_audience(by=Actor(person=dilys), record=record, audience="circle")
    with pytest.raises(Refused):
        let_in(by=Actor(person=dilys), owner=dilys, member=megan.person)
    let_in(by=megan, owner=dilys, member=megan.person)
    assert sees(megan, record)
    let_go(by=Actor(person=dilys), owner=dilys, member=megan.person)
    assert not sees(megan, record)


def test_a_grant_opens_parts_until_it_is_taken_back(dilys: Party, record: Record) -> None:
    megan = Actor(person=welcome(by=MACHINE, name="Megan"))
    until = timezone.now() + timedelta(days=30)
    grant = share(
        by=Actor(person=dilys), record=record, grantee=megan.person, parts=["wants"], purpose="to help", until=until
    )
    assert sees(megan, record)
    sight = look(by=megan, record=record, parts=["wants"], purpose="reading her plan")
    assert sight.shows("wants") and not sight.shows("money")
    assert Look.objects.get().grant == grant
    with pytest.raises(Refused):
        look(by=megan, record=record, parts=["money"], purpose="curious")
    take_back(by=Actor(person=dilys), grant=grant)
    assert not sees(megan, record)
    with pytest.raises(Refused):
        look(by=megan, record=record, parts=["wants"], purpose="again")


def test_a_share_ends_by_itself(dilys: Party, record: Record) -> None:
    megan = welcome(by=MACHINE, name="Megan")
    with pytest.raises(Fault):
        share(by=Actor(person=dilys), record=record, grantee=megan, parts=["all"], purpose="x", until=timezone.now())


def test_the_owner_leaves_no_look_but_a_helper_does(dilys: Party, record: Record) -> None:
    look(by=Actor(person=dilys), record=record, parts=["wants"], purpose="mine")
    assert not Look.objects.exists()
    tariq = welcome(by=MACHINE, name="Tariq")
    basis = support(by=Actor(person=dilys), person=dilys, supporter=tariq, kind="asked", parts=[("wants", "see")])
    helping = Actor(person=tariq, on_behalf_of=dilys, basis=basis, source="telephone")
    look(by=helping, record=record, parts=["wants"], purpose="helping")
    assert Look.objects.get().reader == tariq
    with pytest.raises(Refused):
        look(by=helping, record=record, parts=["money"], purpose="helping")


def test_a_helper_who_may_only_see_cannot_write(dilys: Party, record: Record) -> None:
    tariq = welcome(by=MACHINE, name="Tariq")
    basis = support(by=Actor(person=dilys), person=dilys, supporter=tariq, kind="asked", parts=[("all", "see")])
    helping = Actor(person=tariq, on_behalf_of=dilys, basis=basis)
    with pytest.raises(Refused):
        set_audience(by=helping, record=record, audience="everyone")


def test_words_of_people_without_an_account_wait_for_a_steward(outsider: Actor) -> None:
    party, _token = begin(by=Actor.anyone())
    record = open_record(by=Actor(person=party), kind="note", owner=party, audience="everyone")
    assert record.state == State.HELD
    host = welcome(by=MACHINE, name="Place", kind=Kind.ORGANISATION, sort=Sort.PUBLIC)
    steward = Actor(person=welcome(by=MACHINE, name="Steward"))
    join(by=MACHINE, member=steward.person, of=host, role=Role.PLACE_STEWARD)
    assert record in held(steward) and record not in held(outsider)
    assert not sees(steward, record), "a steward sees what members see; what waits stands on the desk alone"
    assert not sees(outsider, record)
    with pytest.raises(Refused):
        let_through(by=outsider, record=record)
    let_through(by=steward, record=record)
    assert sees(outsider, record)


def test_what_is_turned_back_is_its_owners_alone(outsider: Actor) -> None:
    party, _token = begin(by=Actor.anyone())
    record = open_record(by=Actor(person=party), kind="note", owner=party, audience="everyone")
    with pytest.raises(Fault):
        turn_back(by=MACHINE, record=record, reason=" ")
    turn_back(by=MACHINE, record=record, reason="It names a neighbour.")
    assert sees(Actor(person=party), record) and not sees(outsider, record)


def test_a_block_hides_both_from_each_other(dilys: Party, record: Record, outsider: Actor) -> None:
    set_audience(by=Actor(person=dilys), record=record, audience="everyone")
    block(by=Actor(person=dilys), other=outsider.person)
    assert not sees(outsider, record)
    theirs = open_record(by=outsider, kind="note", owner=outsider.person, audience="everyone")
    assert not sees(Actor(person=dilys), theirs)


def test_ended_and_erased_things_are_gone(dilys: Party, record: Record, outsider: Actor) -> None:
    me = Actor(person=dilys)
    set_audience(by=me, record=record, audience="everyone")
    end(by=me, record=record)
    assert not sees(outsider, record) and sees(me, record)
    put(record=record, lat=51.4, lng=-2.6, address="1 Our Street")
    erase(by=me, record=record)
    assert not sees(me, record)
    assert not SpotExact.objects.exists()


def test_a_blurred_place_never_shows_the_door(record: Record) -> None:
    spot = put(record=record, lat=51.4545, lng=-2.5879, precision="cell")
    assert (spot.shown_lat, spot.shown_lng) != (51.4545, -2.5879)
    neighbour = put(record=record, lat=51.4546, lng=-2.5880, precision="cell")
    assert neighbour.shown_lat == spot.shown_lat


def test_what_a_page_asks_again_is_answered_anew(record: Record, outsider: Actor) -> None:
    """The words of the question are kept for a request, never its answer; and after an action not even they."""
    before = asked_before.set({})
    try:
        assert not sees(outsider, record)
        Record.objects.filter(pk=record.pk).update(audience="everyone")
        assert sees(outsider, record) and list(asked_before.get() or {}) == [outsider.me.pk]
        set_audience(by=Actor(person=record.owner), record=record, audience="me")
        assert not asked_before.get()
        assert not sees(outsider, record)
    finally:
        asked_before.reset(before)
