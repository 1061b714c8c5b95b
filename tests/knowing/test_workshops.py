"""A mapping workshop: cards typed in by a few, shown to nobody until whoever wrote them says so."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from alongside.ground.consent.models import Look
from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.models import Event
from alongside.ground.notices.models import Notice
from alongside.ground.people.models import Party
from alongside.ground.records.queries import export
from alongside.knowing.assets.actions import offer
from alongside.knowing.assets.models import Asset, AssetKind
from alongside.knowing.maps import actions as maps
from alongside.knowing.search.queries import look_around
from alongside.knowing.workshops import actions, queries
from alongside.knowing.workshops.guessing import after, kind_of, plain_code
from alongside.knowing.workshops.models import Card, CardState, Guest, Workshop
from tests.cast import Cast
from tests.knowing.workshopping import held, maries, seen, typed
from tests.together import together

pytestmark = pytest.mark.django_db
RIGHT_TO_LEFT = "שלום \U0001f9d3\u202e" * 2_500


# Who holds it, and who types


@pytest.mark.parametrize("who", ["connector", "coordinator", "builder", "steward"])
def test_those_whose_work_it_is_or_whose_map_it_is_open_a_workshop(cast: Cast, who: str) -> None:
    workshop = held(cast, getattr(cast, who), in_room=23)
    assert queries.workshop(getattr(cast, who).actor, workshop.record.key) == workshop
    assert Event.objects.get(verb="workshops.open").record_id == workshop.record_id
    assert workshop.in_room == 23, "those in the room are counted, not named"


@pytest.mark.parametrize("who", ["resident", "outsider", "councillor", "supplier"])
def test_nobody_else_opens_one_or_finds_it(cast: Cast, who: str) -> None:
    with pytest.raises(Refused):
        held(cast, getattr(cast, who))
    workshop = held(cast)
    assert queries.workshop(getattr(cast, who).actor, workshop.record.key) is None
    assert queries.workshop(cast.anyone, workshop.record.key) is None


def test_a_steward_of_the_map_who_keeps_nothing_else_may_hold_one(cast: Cast) -> None:
    found = maps.start(by=cast.connector.actor, community=cast.lunch_club, title="Mill Street")
    row = maps.vouch(by=cast.connector.actor, map=found, party=cast.resident.party)
    with pytest.raises(Refused):
        held(cast, cast.resident)
    maps.say_yes(by=cast.resident.actor, stewardship=row)
    assert held(cast, cast.resident)


def test_helping_somebody_with_their_page_makes_nobody_a_host(cast: Cast) -> None:
    helping = cast.coordinator.helps(cast.resident)
    with pytest.raises(Refused):
        actions.open_workshop(by=helping, community=cast.lunch_club, title="x", day=timezone.localdate())
    workshop = held(cast, cast.coordinator)
    assert queries.workshop(helping, workshop.record.key) is None


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"day": date(2020, 1, 1)}, "day"),
        ({"tables": 0}, "tables"),
        ({"in_room": 10_000}, "in_room"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(cast: Cast, given: dict[str, Any], field: str) -> None:
    with pytest.raises(Fault) as fault:
        held(cast, **given)
    assert fault.value.field == field


def test_a_typist_is_let_in_and_shut_out_again(cast: Cast) -> None:
    workshop = held(cast)
    with pytest.raises(Refused):
        typed(cast, workshop, "Jam", cast.neighbour)
    actions.let_type(by=cast.connector.actor, workshop=workshop, party=cast.neighbour.party)
    told = Notice.objects.filter(to=cast.neighbour.party, link=f"/workshop/{workshop.record.key}/")
    assert told.count() == 1, "they hear of it, with the way there"
    assert typed(cast, workshop, "Jam", cast.neighbour).typed_by == cast.neighbour.party
    with pytest.raises(Refused):
        actions.let_type(by=cast.neighbour.actor, workshop=workshop, party=cast.outsider.party)
    actions.end_typing(by=cast.connector.actor, workshop=workshop, party=cast.neighbour.party)
    assert not told.exists(), "nobody is led where they may not go"
    with pytest.raises(Refused):
        typed(cast, workshop, "Bread", cast.neighbour)
    with pytest.raises(Refused):
        seen(cast, workshop, cast.neighbour)


def test_after_it_is_closed_nobody_types_and_a_forgotten_pile_opens_it_again(cast: Cast) -> None:
    workshop = held(cast)
    card = typed(cast, workshop, "Jam making", code="C1")
    actions.close(by=cast.connector.actor, workshop=workshop)
    with pytest.raises(Refused, match="closed"):
        typed(cast, workshop, "Bread")
    assert queries.cards(seen(cast, workshop)) == [card], "what is in can still be read and answered for"
    actions.close(by=cast.connector.actor, workshop=workshop, again=True)
    assert typed(cast, workshop, "Bread")


# Typing in


def test_the_code_says_offer_or_wish_and_helps_to_guess_the_kind(cast: Cast) -> None:
    workshop = held(cast)
    offer, lend = typed(cast, workshop, "Jam making", code="c 07"), typed(cast, workshop, "A ladder", code="C8")
    more = typed(cast, workshop, "Somewhere to sing", code="M1")
    assert (offer.code, offer.wish, offer.kind) == ("C7", False, AssetKind.SKILL)
    assert lend.kind == AssetKind.EQUIPMENT
    assert (more.wish, more.kind) == (True, "")
    mended = actions.mend(by=cast.connector.actor, card=lend, words="Ladders", wish=False, kind="space", may_share=True)
    assert (mended.words, mended.kind, mended.may_share) == ("Ladders", "space", True)


@pytest.mark.parametrize(
    ("text", "code"), [("c7", "C7"), (" P 012 ", "P12"), ("Z3", ""), ("C0", ""), ("C1000", ""), ("٣", ""), ("", "")]
)
def test_codes_are_read_as_people_write_them(text: str, code: str) -> None:
    assert plain_code(text) == code


def test_the_next_code_is_the_one_after_and_welsh_words_are_known() -> None:
    assert (after("C9"), after("C999")) == ("C10", "")
    assert kind_of("C1", "Canu mewn côr") == AssetKind.ACTIVITY
    assert kind_of("P1", "Something else") == AssetKind.SPACE
    assert kind_of("P1", "Knit and talk", group=True) == AssetKind.ACTIVITY, "what a group does"
    assert kind_of("P1", "Chairs to lend", group=True) == AssetKind.EQUIPMENT


def test_each_typist_goes_on_from_their_own_pile(cast: Cast) -> None:
    workshop = held(cast)
    actions.let_type(by=cast.connector.actor, workshop=workshop, party=cast.neighbour.party)
    typed(cast, workshop, "Jam", code="C4")
    typed(cast, workshop, "A bench", cast.neighbour, code="P30")
    sight = seen(cast, workshop)
    assert queries.next_code(sight, cast.connector.party) == "C5"
    assert queries.next_code(sight, cast.neighbour.party) == "P31"


def test_the_same_card_typed_twice_says_so_and_shows_the_first(cast: Cast) -> None:
    workshop = held(cast)
    typed(cast, workshop, "Jam making", code="C1")
    with pytest.raises(Fault, match=r"in already, typed by Denise C\.: “Jam making”"):
        typed(cast, workshop, "jam MAKING", code="C1")
    with pytest.raises(Fault, match="other words"):
        typed(cast, workshop, "A ladder", code="C1")
    assert Card.objects.count() == 1


def test_a_card_without_a_code_gets_one_of_its_own(cast: Cast) -> None:
    workshop = held(cast)
    assert [typed(cast, workshop, word).code for word in ("Jam", "Bread")] == ["X1", "X2"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"words": "  "}, "words"),
        ({"words": RIGHT_TO_LEFT}, "words"),
        ({"code": "77"}, "code"),
        ({"whose": "person"}, "name"),
        ({"whose": "person", "name": RIGHT_TO_LEFT}, "name"),
        ({"whose": "person", "name": "Marie", "reach": RIGHT_TO_LEFT}, "reach"),
        ({"whose": "cat"}, "whose"),
        ({"table": 5}, "table"),
        ({"kind": "gold"}, "kind"),
    ],
)
def test_what_cannot_be_typed_is_said_at_its_field_and_writes_nothing(
    cast: Cast, given: dict[str, Any], field: str
) -> None:
    workshop = held(cast)
    with pytest.raises(Fault) as fault:
        typed(cast, workshop, **{"words": "Jam", **given})
    assert fault.value.field == field
    assert not Card.objects.exists() and not Guest.objects.exists()


def test_signs_that_turn_the_writing_round_are_left_out_and_the_rest_is_the_writers_own(cast: Cast) -> None:
    assert typed(cast, held(cast), "=SUM(A1) \u202eשלום\x00").words == "=SUM(A1) שלום"


def test_two_cards_of_one_name_are_one_guest_and_another_way_to_reach_them_is_another_person(cast: Cast) -> None:
    workshop = held(cast)
    first = maries(cast, workshop, reach="")
    second = maries(cast, workshop, "Bread", "C2")
    third = maries(cast, workshop, "A song", "C3", reach="01632 960 111")
    assert first.guest_id == second.guest_id != third.guest_id
    assert Guest.objects.get(pk=first.guest_id).reach == "marie@example.org"
    mended = actions.mend(
        by=cast.connector.actor,
        card=third,
        words="Two songs",
        wish=False,
        kind="",
        may_share=False,
        name="Marie Lloyd",
        reach="01632 960 222",
    )
    assert mended.guest_id == third.guest_id and Guest.objects.get(pk=third.guest_id).reach == "01632 960 222"


@pytest.mark.django_db(transaction=True)
def test_two_who_type_the_same_code_at_once_write_it_once(cast: Cast) -> None:
    workshop = held(cast)

    def one(words: str) -> Any:
        return lambda: typed(cast, Workshop.objects.get(pk=workshop.pk), words, code="C1")

    came = together(one("Jam making"), one("A ladder"))
    assert sorted(type(found).__name__ for found in came) == ["Card", "Fault"]
    assert Card.objects.count() == 1


# Who reads a card


def test_every_look_at_the_cards_is_written_down_and_nobody_else_gets_one(cast: Cast) -> None:
    workshop = held(cast)
    maries(cast, workshop)
    assert len(queries.cards(seen(cast, workshop))) == 1
    assert Look.objects.filter(record=workshop.record, reader=cast.connector.party, part="cards").count() == 1
    for nobody in (cast.outsider, cast.resident, cast.commissioner, cast.steward):
        with pytest.raises(Refused):
            seen(cast, workshop, nobody)


def test_a_card_nobody_answered_for_is_on_no_list_map_or_search_and_in_no_download(cast: Cast) -> None:
    workshop = held(cast)
    maries(cast, workshop, may_share=True)
    assert look_around(cast.anyone, "jam making").results == []
    assert not Asset.objects.exists() and not Party.objects.filter(name="Marie Lloyd").exists()
    theirs = str(export(cast.connector.actor, cast.lunch_club))
    assert "What Mill Street has" in theirs
    assert "Jam making" not in theirs and "Marie" not in theirs and "marie@" not in theirs


def test_what_is_on_the_map_already_is_offered_beside_a_card_and_never_merged(cast: Cast) -> None:
    there = offer(
        by=cast.connector.actor,
        holder=cast.lunch_club,
        kind="activity",
        title="Mill Street lunch on Tuesdays",
        audience="everyone",
    )
    workshop = held(cast)
    card = typed(
        cast, workshop, "Mill Street lunch on Tuesdays", code="P1", whose="group", name="Mill Street lunch club"
    )
    assert queries.likely_here(seen(cast, workshop), card) == [there]
    assert Asset.objects.count() == 1 and card.state == CardState.TYPED


# What shall we do with it?


def test_the_room_writes_its_lines_under_three_questions(cast: Cast) -> None:
    workshop = held(cast)
    step = actions.write_step(by=cast.connector.actor, workshop=workshop, who="ourselves", words="A jam morning")
    assert queries.steps(cast.connector.actor, workshop) == [step]
    assert queries.steps(cast.outsider.actor, workshop) == []
    for given, field in (({"who": "cats"}, "who"), ({"words": " "}, "words"), ({"words": "x" * 201}, "words")):
        with pytest.raises(Fault) as fault:
            actions.write_step(
                by=cast.connector.actor, workshop=workshop, **{"who": "ourselves", "words": "x", **given}
            )
        assert fault.value.field == field
    with pytest.raises(Refused):
        actions.write_step(by=cast.outsider.actor, workshop=workshop, who="ourselves", words="x")
    actions.drop_step(by=cast.connector.actor, workshop=workshop, step=str(step.key))
    assert queries.steps(cast.connector.actor, workshop) == []
