"""People whom nothing goes smoothly for: who move, come twice, share an address, or change their mind."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from alongside.ground.history.acting import Refused
from alongside.ground.history.actor import Actor
from alongside.ground.history.models import Event
from alongside.ground.people import actions as people
from alongside.ground.people.models import Login, Membership, Party
from alongside.ground.records.actions import leave_for_good, set_audience
from alongside.knowing.assets.models import Asset
from alongside.knowing.assets.queries import found
from alongside.knowing.workshops import actions, queries
from alongside.knowing.workshops.models import Card, Guest, Workshop
from tests.cast import Cast
from tests.knowing.workshopping import answers, held, keys, maries, seen, text, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop(cast: Cast) -> Workshop:
    _ = cast.place
    return held(cast, cast.builder)


def asked(cast: Cast, workshop: Workshop) -> dict[str, str]:
    """Each guest's link, by name."""
    actions.ask(by=cast.builder.actor, workshop=workshop)
    return {guest.name: queries.link_of(guest) for guest in Guest.objects.filter(answered_at=None)}


def listed(viewer: Actor) -> list[str]:
    return sorted(found(viewer).values_list("title", flat=True))


def test_two_who_share_one_address_answer_each_for_their_own(cast: Cast, workshop: Workshop) -> None:
    """Marie and Col live together and have one e-mail address; the page of that address is one."""
    jam = maries(cast, workshop, who=cast.builder)
    song = maries(cast, workshop, "A song", "C2", who=cast.builder, name="Col Lloyd")
    assert jam.guest != song.guest
    links = asked(cast, workshop)
    assert "A song" not in text(Client().get(links["Marie Lloyd"]))
    answers(Client(), links["Marie Lloyd"], do="yes", yes=[str(jam.key)], audience="everyone")
    song.refresh_from_db()
    assert song.words == "A song" and listed(cast.anyone) == ["Jam making"]
    answers(Client(), links["Col Lloyd"], do="no")
    assert listed(cast.anyone) == ["Jam making"] and Login.objects.get(email="marie@example.org").party


def test_whoever_has_a_page_already_keeps_the_name_they_gave_it(cast: Cast, workshop: Workshop) -> None:
    cast.neighbour.login.email = "joe@example.org"
    cast.neighbour.login.save()
    card = maries(cast, workshop, "Dominoes", who=cast.builder, name="Joe", reach="joe@example.org")
    link = asked(cast, workshop)["Joe"]
    answers(Client(), link, do="yes", yes=[str(card.key)], audience="everyone")
    assert Asset.objects.get().record.owner == cast.neighbour.party
    cast.neighbour.party.refresh_from_db()
    assert cast.neighbour.party.name == "Joseph Okafor", "and no second page is opened"


def test_a_guest_who_comes_to_two_workshops_answers_for_each(cast: Cast, workshop: Workshop) -> None:
    later = held(cast, cast.builder, title="What Mill Street has, again")
    maries(cast, workshop, who=cast.builder)
    bread = maries(cast, later, "Bread", "C1", who=cast.builder)
    for one in (workshop, later):
        actions.ask(by=cast.builder.actor, workshop=one)
    first, second = Guest.objects.order_by("pk")
    assert "Bread" not in text(Client().get(queries.link_of(first)))
    answers(Client(), queries.link_of(first), do="no")
    answers(Client(), queries.link_of(second), do="yes", yes=[str(bread.key)], audience="everyone")
    assert listed(cast.anyone) == ["Bread"] and Card.objects.get(workshop=workshop).state == "wiped"


def test_a_forgotten_card_is_a_guest_anew_after_the_first_answer(cast: Cast, workshop: Workshop) -> None:
    jam = maries(cast, workshop, who=cast.builder)
    first = asked(cast, workshop)["Marie Lloyd"]
    answers(Client(), first, do="yes", yes=[str(jam.key)], audience="everyone")
    late = maries(cast, workshop, "A song", "C9", who=cast.builder)
    assert late.guest is not None and late.guest.answered_at is None
    second = asked(cast, workshop)["Marie Lloyd"]
    assert first != second and "Thank you" in text(Client().get(first)) and "A song" in text(Client().get(second))
    answers(Client(), second, do="yes", yes=[str(late.key)], audience="everyone")
    assert listed(cast.anyone) == ["A song", "Jam making"]
    assert len({one.record.owner for one in Asset.objects.all()}) == 1, "one page for both"


@pytest.mark.parametrize(
    ("audience", "member", "stranger", "state"),
    [("everyone", True, True, "shared"), ("community", True, False, "shared"), ("me", False, False, "kept")],
)
def test_who_may_see_it_is_the_guests_to_say_and_to_say_again(
    cast: Cast, workshop: Workshop, audience: str, member: bool, stranger: bool, state: str
) -> None:
    card = maries(cast, workshop, who=cast.builder)
    link = asked(cast, workshop)["Marie Lloyd"]
    answers(Client(), link, do="yes", yes=[str(card.key)], audience=audience)
    assert ("Jam making" in listed(cast.resident.actor)) is member, "somebody of the lunch club"
    assert ("Jam making" in listed(cast.outsider.actor)) is stranger
    assert Card.objects.get().state == state
    thing = Asset.objects.get()
    set_audience(by=Actor(person=thing.record.owner), record=thing.record, audience="me")
    assert listed(cast.resident.actor) == [] == listed(cast.outsider.actor), "taken back, from that moment"


def test_somebody_who_leaves_after_a_dispute_leaves_nothing(cast: Cast, workshop: Workshop) -> None:
    _ = cast.steward
    card = maries(cast, workshop, who=cast.builder)
    link = asked(cast, workshop)["Marie Lloyd"]
    answers(Client(), link, do="yes", yes=[str(card.key)], audience="everyone")
    owner = Asset.objects.get().record.owner
    leave_for_good(by=Actor(person=owner), party=owner)
    assert "Thank you" in text(Client().get(link))
    assert "You said: this was not me" in text(Client().post(link, {"do": "dispute"}, follow=True))
    assert not Asset.objects.exists() and Party.objects.get(pk=owner.pk).state == "erased"
    guest = Guest.objects.get()
    assert (guest.name, guest.reach, guest.code) == ("", "", "")


def test_a_connector_of_the_club_is_not_let_into_a_builders_workshop_of_another(cast: Cast) -> None:
    """Whoever looks after one community reads no cards of another."""
    other = people.welcome(by=cast.supplier.actor, kind="community", sort="group", name="The other side of the hill")
    theirs = actions.open_workshop(
        by=cast.supplier.actor, community=other, title="Over the hill", day=held(cast).day, tables=2
    )
    card = typed(cast, theirs, "Sheep", cast.supplier, code="C1")
    assert queries.workshop(cast.connector.actor, theirs.record.key) is None
    for act in (
        lambda: seen(cast, theirs, cast.connector),
        lambda: actions.take_out(by=cast.connector.actor, card=card),
        lambda: actions.ask(by=cast.connector.actor, workshop=theirs),
        lambda: actions.close(by=cast.connector.actor, workshop=theirs),
    ):
        with pytest.raises(Refused):
            act()
    assert Card.objects.get(workshop=theirs).words == "Sheep"


def test_whoever_stops_looking_after_the_community_holds_nothing_of_it_any_more(cast: Cast) -> None:
    workshop = held(cast)
    people.join(by=cast.connector.actor, member=cast.neighbour.party, of=cast.lunch_club, role="keeper")
    card = maries(cast, workshop, who=cast.neighbour)
    people.leave(
        by=cast.connector.actor,
        membership=Membership.objects.get(member=cast.neighbour.party, of=cast.lunch_club, until=None),
    )
    assert queries.workshop(cast.neighbour.actor, workshop.record.key) is None
    with pytest.raises(Refused):
        actions.forget_guest(by=cast.neighbour.actor, guest=card.guest or Guest())
    with pytest.raises(Refused):
        actions.take_out(by=cast.neighbour.actor, card=card)


def test_what_history_keeps_says_who_did_what_and_none_of_the_words(cast: Cast, workshop: Workshop) -> None:
    card = maries(cast, workshop, who=cast.builder)
    given: dict[str, Any] = {"wish": False, "kind": "", "may_share": False, "name": "Marie Lloyd"}
    actions.mend(by=cast.builder.actor, card=card, words="Jam, any amount", reach="marie@example.org", **given)
    actions.ask(by=cast.builder.actor, workshop=workshop)
    actions.answer(by=actions.LINK, guest=Guest.objects.get(), yes=keys(card))
    events = Event.objects.filter(verb__startswith="workshops.").order_by("pk")
    assert [one.verb.removeprefix("workshops.") for one in events] == ["open", "type_card", "mend", "ask", "answer"]
    for one in events:
        said = " ".join(str(getattr(one, field.attname)) for field in one._meta.concrete_fields)
        assert "Jam" not in said and "Marie" not in said and "marie@" not in said
