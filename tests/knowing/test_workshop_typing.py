"""Several type at once, and each slip can be mended: by whoever made it, until the card is somebody's to answer for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from shapely import from_geojson

from alongside.ground.consent.models import Grant, Look
from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.models import Event
from alongside.ground.people.models import PartyState
from alongside.ground.places.actions import draw_edge
from alongside.knowing.assets.actions import offer
from alongside.knowing.assets.models import Asset
from alongside.knowing.maps import actions as maps
from alongside.knowing.workshops import actions, queries
from alongside.knowing.workshops.drawing import _rings, wall_map
from alongside.knowing.workshops.models import Card, Guest, Step, Workshop
from alongside.knowing.workshops.steps import MOST_STEPS
from tests.cast import MACHINE, Cast, Somebody
from tests.knowing.two_wards import two_wards
from tests.knowing.workshopping import held, keys, maries, seen, text, typed
from tests.together import together

pytestmark = pytest.mark.django_db
RIGHT_TO_LEFT = "שלום \U0001f9d3\u202e" * 2_500
SAME: dict[str, Any] = {"wish": False, "kind": "", "may_share": False}


@pytest.fixture
def workshop(cast: Cast) -> Workshop:
    """Held by the connector; the neighbour and the outsider were let in to type."""
    workshop = held(cast)
    for who in (cast.neighbour, cast.outsider):
        actions.let_type(by=cast.connector.actor, workshop=workshop, party=who.party)
    return workshop


def mend(who: Somebody, card: Card, words: str = "Jam and chutney", **more: Any) -> Card:
    return actions.mend(by=who.actor, card=card, words=words, **{**SAME, **more})


# Whose a card is to change


def test_whoever_typed_a_card_mends_it_and_takes_it_out_and_no_other_typist_does(
    cast: Cast, workshop: Workshop
) -> None:
    card = typed(cast, workshop, "Jam", cast.neighbour, code="C1")
    assert mend(cast.neighbour, card).words == "Jam and chutney"
    for act in (lambda: mend(cast.outsider, card, "Ham"), lambda: actions.take_out(by=cast.outsider.actor, card=card)):
        with pytest.raises(Refused, match="Whoever typed a card"):
            act()
    assert mend(cast.connector, card, "Jam making").words == "Jam making", "whoever holds the workshop can"
    assert [one.actor for one in Event.objects.filter(verb="workshops.mend").order_by("pk")] == [
        cast.neighbour.party,
        cast.connector.party,
    ]
    actions.take_out(by=cast.neighbour.actor, card=card)
    assert not Card.objects.exists() and Event.objects.get(verb="workshops.take_out").actor == cast.neighbour.party


def test_once_somebody_is_asked_a_typist_neither_changes_nor_wipes_their_card(cast: Cast, workshop: Workshop) -> None:
    card = maries(cast, workshop, who=cast.neighbour)
    mend(cast.neighbour, card, name="Marie Lloyd", reach="marie@example.org")
    actions.ask(by=cast.connector.actor, workshop=workshop)
    card = Card.objects.get()
    with pytest.raises(Refused, match="until somebody is asked"):
        mend(cast.neighbour, card, "Sam making")
    with pytest.raises(Refused):
        actions.take_out(by=cast.neighbour.actor, card=card)
    card.refresh_from_db()
    assert card.words == "Jam and chutney"


def test_a_typist_with_the_card_open_is_too_late_once_somebody_was_asked(cast: Cast, workshop: Workshop) -> None:
    """What the page was given beforehand does not count: the card is read afresh."""
    stale = maries(cast, workshop, who=cast.neighbour)
    assert stale.guest is not None and stale.guest.asked_at is None
    actions.ask(by=cast.connector.actor, workshop=workshop)
    with pytest.raises(Refused):
        mend(cast.neighbour, stale)
    with pytest.raises(Refused):
        actions.take_out(by=cast.neighbour.actor, card=stale)
    assert Card.objects.get().words == "Jam making"


def test_whoever_types_says_neither_yes_nor_no_for_a_guest(cast: Cast, workshop: Workshop) -> None:
    """A person's say is their own: only those who hold the workshop write it down, and answer for it by name."""
    card = maries(cast, workshop, who=cast.neighbour)
    assert card.guest is not None
    by = cast.neighbour.actor.by_way_of("visit")
    for yes in (keys(card), set()):
        with pytest.raises(Refused, match="Only those who hold this workshop"):
            actions.say_for(by=by, guest=card.guest, yes=yes, audience="everyone", word="jam", agreed=True)
    with pytest.raises(Refused, match="or take them out"):
        actions.forget_guest(by=by, guest=card.guest)
    card.refresh_from_db()
    assert card.words == "Jam making" and Guest.objects.get().name == "Marie Lloyd"
    actions.forget_guest(by=cast.connector.actor.by_way_of("phone"), guest=card.guest)
    told = Event.objects.get(verb="workshops.forget_guest")
    assert (told.actor, told.source) == (cast.connector.party, "phone")


@pytest.mark.parametrize("act", ["let_type", "end_typing", "close", "note", "ask", "put"])
def test_whoever_only_types_does_not_hold_it(cast: Cast, workshop: Workshop, act: str) -> None:
    place = typed(cast, workshop, "Sun all day", cast.neighbour, code="P1", whose="place", name="The bench")
    by, party = cast.neighbour.actor, cast.carer.party
    acts: dict[str, Any] = {
        "let_type": lambda: actions.let_type(by=by, workshop=workshop, party=party),
        "end_typing": lambda: actions.end_typing(by=by, workshop=workshop, party=cast.outsider.party),
        "close": lambda: actions.close(by=by, workshop=workshop),
        "note": lambda: actions.note(by=by, workshop=workshop, in_room=900, tables=1),
        "ask": lambda: actions.ask(by=by, workshop=workshop),
        "put": lambda: actions.put_on_map(by=by, card=place),
    }
    with pytest.raises(Refused, match="Only whoever holds"):
        acts[act]()
    assert not Asset.objects.exists() and queries.typists(workshop) == sorted(
        [cast.connector.party, cast.neighbour.party, cast.outsider.party], key=lambda one: (one.name, one.pk)
    )


def test_after_an_answer_nobody_changes_the_card(cast: Cast, workshop: Workshop) -> None:
    card = maries(cast, workshop)
    actions.answer(by=cast.resident.actor, guest=card.guest or Guest(), yes=keys(card))
    for act in (lambda: mend(cast.connector, card), lambda: actions.take_out(by=cast.connector.actor, card=card)):
        with pytest.raises(Fault, match="has been answered for"):
            act()
    assert Asset.objects.get().title == "Jam making"


def test_a_card_taken_out_meanwhile_is_not_there_to_mend(cast: Cast, workshop: Workshop) -> None:
    card = typed(cast, workshop, "Jam", cast.neighbour, code="C1")
    actions.take_out(by=cast.connector.actor, card=Card.objects.get())
    with pytest.raises(Fault):
        actions.take_out(by=cast.neighbour.actor, card=card)
    with pytest.raises(Fault, match="taken out"):
        mend(cast.neighbour, card)
    assert not Card.objects.exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"words": ""}, "words"),
        ({"words": RIGHT_TO_LEFT}, "words"),
        ({"kind": "gold"}, "kind"),
        ({"name": RIGHT_TO_LEFT}, "name"),
        ({"name": "Marie Lloyd", "reach": RIGHT_TO_LEFT}, "reach"),
        ({"name": "Another", "reach": RIGHT_TO_LEFT}, "reach"),
    ],
)
def test_what_cannot_be_mended_is_said_at_its_field(
    cast: Cast, workshop: Workshop, given: dict[str, Any], field: str
) -> None:
    card = maries(cast, workshop)
    with pytest.raises(Fault) as fault:
        mend(cast.connector, card, **given)
    assert fault.value.field == field
    card = Card.objects.select_related("guest").get()
    assert card.words == "Jam making" and card.guest and card.guest.reach == "marie@example.org"


# Two at once


def test_of_two_who_mend_one_card_the_second_is_shown_what_the_first_wrote(cast: Cast, workshop: Workshop) -> None:
    card = typed(cast, workshop, "Jam", cast.neighbour, code="C1")
    mend(cast.neighbour, card, "Jam making", was="Jam")
    with pytest.raises(Fault, match="It says “Jam making” now"):
        mend(cast.connector, card, "Ham", was="Jam")
    assert mend(cast.connector, card, "Ham", was="Jam making").words == "Ham", "having read it, they may"


@pytest.mark.django_db(transaction=True)
def test_two_who_mend_one_card_at_the_same_moment_lose_no_words_unseen(cast: Cast) -> None:
    workshop = held(cast)
    card = typed(cast, workshop, "Jam", code="C1")

    def one(words: str) -> Any:
        fresh = Card.objects.select_related("workshop__record__owner").get(pk=card.pk)
        return lambda: mend(cast.connector, fresh, words, was="Jam")

    came = together(one("Jam making"), one("Ham"))
    assert sorted(type(found).__name__ for found in came) == ["Card", "Fault"]
    assert f"“{Card.objects.get().words}”" in str(next(found for found in came if isinstance(found, Fault)))


@pytest.mark.django_db(transaction=True)
def test_two_who_type_cards_without_a_code_at_once_get_two_codes(cast: Cast) -> None:
    workshop = held(cast)

    def one(words: str) -> Any:
        fresh = Workshop.objects.select_related("record__owner").get(pk=workshop.pk)
        return lambda: typed(cast, fresh, words, whose="person", name="Marie Lloyd")

    together(one("Jam"), one("Bread"))
    assert sorted(Card.objects.values_list("code", flat=True)) == ["X1", "X2"]
    assert Guest.objects.count() == 1, "and one person is one person"


@pytest.mark.django_db(transaction=True)
def test_a_workshop_that_is_closed_while_somebody_types_takes_the_card_or_refuses_it_whole(cast: Cast) -> None:
    workshop = held(cast)

    def fresh() -> Workshop:
        return Workshop.objects.select_related("record__owner").get(pk=workshop.pk)

    one, two = fresh(), fresh()
    came = together(
        lambda: typed(cast, one, "Jam", whose="person", name="Marie Lloyd"),
        lambda: actions.close(by=cast.connector.actor, workshop=two),
    )
    assert type(came[0]).__name__ in ("Card", "Refused")
    assert Card.objects.count() == Guest.objects.count() == (1 if isinstance(came[0], Card) else 0)


# Two people of one name


def test_two_of_one_name_at_two_tables_are_two_people(cast: Cast, workshop: Workshop) -> None:
    """Else the one who gave an address would read the other's cards."""
    hers = maries(cast, workshop, table=1)
    also_hers = maries(cast, workshop, "Bread", "C2", reach="", table=1)
    anothers = maries(cast, workshop, "My debts", "C3", reach="", table=3)
    assert hers.guest == also_hers.guest != anothers.guest
    again = maries(cast, workshop, "A song", "C4", table=4)
    assert again.guest == hers.guest, "by the same address she is herself at any table"


def test_a_name_put_right_leaves_nobody_behind_and_joins_the_one_it_is(cast: Cast, workshop: Workshop) -> None:
    hers, slip = maries(cast, workshop), maries(cast, workshop, "Bread", "C2", name="Marie Loyd", reach="")
    assert Guest.objects.count() == 2
    mended = mend(cast.connector, slip, "Bread", name="marie lloyd")
    assert mended.guest == hers.guest and Guest.objects.count() == 1, "no name is kept without a card"
    mend(cast.connector, slip, "Bread", name="Col Reid", reach="col@example.org")
    assert sorted(Guest.objects.values_list("name", flat=True)) == ["Col Reid", "Marie Lloyd"]


def test_the_last_card_of_a_guest_takes_their_name_with_it(cast: Cast, workshop: Workshop) -> None:
    one, two = maries(cast, workshop), maries(cast, workshop, "Bread", "C2")
    actions.take_out(by=cast.connector.actor, card=one)
    assert Guest.objects.get().reach == "marie@example.org"
    actions.take_out(by=cast.connector.actor, card=two)
    assert not Guest.objects.exists()


# Who types, and until when


def test_the_right_to_type_ends_ninety_days_after_the_workshop(cast: Cast) -> None:
    workshop = held(cast, day=timezone.localdate() + timedelta(days=10))
    actions.let_type(by=cast.connector.actor, workshop=workshop, party=cast.neighbour.party)
    grant = Grant.objects.get(grantee=cast.neighbour.party)
    assert grant.until is not None
    assert (timezone.localdate(grant.until) - workshop.day).days == 91, "through the ninetieth day"
    past = timezone.now() - timedelta(minutes=1)
    Grant.objects.filter(pk=grant.pk).update(since=past - timedelta(days=1), until=past)
    with pytest.raises(Refused):
        typed(cast, workshop, "Jam", cast.neighbour)
    assert queries.workshop(cast.neighbour.actor, workshop.record.key) is None


def test_letting_somebody_in_twice_is_once_and_nobody_and_no_group_is_let_in(cast: Cast, workshop: Workshop) -> None:
    actions.let_type(by=cast.connector.actor, workshop=workshop, party=cast.neighbour.party)
    assert Grant.objects.filter(grantee=cast.neighbour.party).count() == 1
    for nobody in (None, cast.council):
        with pytest.raises(Fault, match="address of another person"):
            actions.let_type(by=cast.connector.actor, workshop=workshop, party=nobody)


def test_who_was_shut_out_with_the_page_open_types_nothing_and_reads_nothing(cast: Cast, workshop: Workshop) -> None:
    client, address = cast.neighbour.client(), f"/workshop/{workshop.record.key}/"
    _ = cast.place
    assert client.get(address).status_code == 200
    looks = Look.objects.filter(reader=cast.neighbour.party).count()
    assert looks == 1
    actions.end_typing(by=cast.connector.actor, workshop=workshop, party=cast.neighbour.party)
    given = {"words": "Jam", "code": "C1", "whose": "nobody", "key": "k"}
    assert client.post(address, given).status_code == 404 and not Card.objects.exists()
    assert Look.objects.filter(reader=cast.neighbour.party).count() == looks
    assert Event.objects.get(verb="workshops.end_typing").actor == cast.connector.party


def test_one_community_s_host_is_not_anothers(cast: Cast, workshop: Workshop) -> None:
    """The supplier looks after a group too; that opens no door here."""
    assert cast.agency.is_person is False
    with pytest.raises(Refused):
        actions.open_workshop(
            by=cast.supplier.actor, community=cast.agency, title="Ours", day=timezone.localdate()
        )  # an organisation draws no map of itself in this way
    for act in (
        lambda: typed(cast, workshop, "Jam", cast.supplier),
        lambda: actions.note(by=cast.supplier.actor, workshop=workshop, in_room=3, tables=1),
        lambda: actions.write_step(by=cast.supplier.actor, workshop=workshop, who="ourselves", words="x"),
        lambda: actions.drop_step(by=cast.supplier.actor, workshop=workshop, step="x"),
    ):
        with pytest.raises(Refused):
            act()


def test_the_numbers_of_the_room_are_noted_and_kept_within_reason(cast: Cast, workshop: Workshop) -> None:
    noted = actions.note(by=cast.connector.actor, workshop=workshop, in_room=24, tables=6)
    assert (noted.in_room, noted.tables) == (24, 6)
    for given, field in (({"in_room": -1, "tables": 1}, "in_room"), ({"in_room": 1, "tables": 100}, "tables")):
        with pytest.raises(Fault) as fault:
            actions.note(by=cast.connector.actor, workshop=workshop, **given)
        assert fault.value.field == field
    workshop.refresh_from_db()
    assert (workshop.in_room, workshop.tables) == (24, 6)
    assert Event.objects.filter(verb="workshops.note").count() == 1


def test_the_last_code_of_a_room_s_own_paper_is_the_last(cast: Cast, workshop: Workshop) -> None:
    Card.objects.bulk_create(
        Card(workshop=workshop, code=f"X{n}", whose="nobody", words="Jam") for n in range(1, 1000) if n != 500
    )
    assert typed(cast, workshop, "Bread").code == "X500", "a gap is used"
    with pytest.raises(Fault, match="Write the code on the card"):
        typed(cast, workshop, "Cake")


def test_a_room_writes_at_most_sixty_lines_and_none_without_end(cast: Cast, workshop: Workshop) -> None:
    Step.objects.bulk_create(Step(workshop=workshop, who="ourselves", words="x") for _ in range(MOST_STEPS - 1))
    given = {"by": cast.neighbour.actor, "workshop": workshop, "who": "by_others"}
    with pytest.raises(Fault, match="200 letters"):
        actions.write_step(words=RIGHT_TO_LEFT, **given)
    last = actions.write_step(words="A bench \u202ehalfway", **given)
    assert last.words == "A bench halfway", "whoever types writes for the room"
    with pytest.raises(Fault, match="room for 60 lines"):
        actions.write_step(words="One more", **given)
    actions.drop_step(by=cast.neighbour.actor, workshop=workshop, step=str(last.key))
    assert Step.objects.count() == MOST_STEPS - 1
    other = held(cast, title="Another")
    theirs = actions.write_step(by=cast.connector.actor, workshop=other, who="ourselves", words="Theirs")
    actions.drop_step(by=cast.neighbour.actor, workshop=workshop, step=str(theirs.key))
    assert Step.objects.filter(pk=theirs.pk).exists(), "a line of another room is not this one's to take out"


def test_somebody_who_leaves_for_good_leaves_cards_that_still_say_who_waits(cast: Cast, workshop: Workshop) -> None:
    card = maries(cast, workshop, who=cast.neighbour)
    cast.neighbour.party.state = PartyState.PAUSED
    cast.neighbour.party.save(update_fields=["state"])
    assert queries.cards(seen(cast, workshop)) == [card]
    actions.ask(by=cast.connector.actor, workshop=workshop)
    actions.answer(by=actions.LINK, guest=card.guest or Guest(), yes=keys(card))
    assert Asset.objects.get().title == "Jam making"


def test_the_night_wipes_each_workshop_once(cast: Cast, workshop: Workshop) -> None:
    maries(cast, workshop)
    Workshop.objects.update(day=timezone.localdate() - timedelta(days=100))
    assert (actions.wipe_due(by=MACHINE), actions.wipe_due(by=MACHINE)) == (1, 0)
    with pytest.raises(Refused):
        actions.close(by=cast.connector.actor, workshop=Workshop.objects.get(), again=True)
    assert not Guest.objects.exclude(name="", reach="").exists() and not Card.objects.exclude(guest=None).exists()


# The same on pages


@pytest.fixture
def typist(cast: Cast, workshop: Workshop) -> Client:
    _ = cast.place
    return cast.neighbour.client()


def test_a_typist_reads_anothers_card_and_is_told_who_can_change_it(
    cast: Cast, workshop: Workshop, typist: Client
) -> None:
    card = maries(cast, workshop)
    page = text(typist.get(f"/workshop/{workshop.record.key}/card/{card.key}/"))
    assert "Jam making" in page and "Denise C. typed this card" in page and "Save the card" not in page
    for do in ("mend", "out", "put"):
        given = {"do": do, "words": "Ham", "name": "Marie Lloyd", "wish": "no", "was": "Jam making"}
        text(typist.post(f"/workshop/{workshop.record.key}/card/{card.key}/", given))
    card.refresh_from_db()
    assert card.words == "Jam making"


def test_a_card_s_page_asks_only_what_can_be_said_of_it(cast: Cast, workshop: Workshop, typist: Client) -> None:
    for code, whose, name, asks in (
        ("C1", "person", "Marie", {"name", "reach"}),
        ("P1", "group", "The bell ringers", {"name"}),
        ("P2", "place", "The steps", {"name"}),
        ("X1", "nobody", "", set()),
    ):
        card = typed(cast, workshop, "Sun all day", cast.neighbour, code=code, whose=whose, name=name)
        page = text(typist.get(f"/workshop/{workshop.record.key}/card/{card.key}/"))
        assert {field for field in ("name", "reach") if f'name="{field}"' in page} == asks, whose
        given = {"do": "mend", "words": "Shade all day", "name": name, "wish": "no", "kind": "", "was": "Sun all day"}
        assert typist.post(f"/workshop/{workshop.record.key}/card/{card.key}/", given).status_code == 302
    assert set(Card.objects.values_list("words", flat=True)) == {"Shade all day"}
    assert set(Card.objects.values_list("about", flat=True)) == {"", "The bell ringers", "The steps"}


def test_signs_at_one_spot_of_the_wall_map_stand_side_by_side(cast: Cast, workshop: Workshop) -> None:
    """A hall with three clubs in it: each number can be read."""
    west, _east = two_wards()
    draw_edge(by=cast.connector.actor, party=cast.lunch_club, parts=[west])
    cast.lunch_club.refresh_from_db()
    maps.start(by=cast.connector.actor, community=cast.lunch_club, title="Mill Street")
    for lng in (0.5, 0.5, 0.501, 0.999, 0.999):
        offer(
            by=cast.connector.actor, holder=cast.lunch_club, kind="activity", title=f"Lunch at {lng}",
            audience="everyone", lat=51.5, lng=lng, precision="exact",
        )  # fmt: skip
    signs = wall_map(Workshop.objects.select_related("record__owner").get(pk=workshop.pk)).signs
    assert len(signs) == 5
    for number, x, y, _title in signs:
        assert 0 <= x <= 1000
        assert not [one for one in signs if one[0] != number and abs(one[1] - x) < 36 and abs(one[2] - y) < 36]


def test_a_typist_finds_no_way_to_answer_for_a_guest(cast: Cast, workshop: Workshop, typist: Client) -> None:
    card = maries(cast, workshop, reach="")
    assert card.guest is not None
    people = f"/workshop/{workshop.record.key}/people/"
    page = text(typist.get(people))
    assert "Marie Lloyd" in page and "Pass it on" in page
    for hidden in ("Write down what they say", "Take them out", "Print the letters", "Ask all who"):
        assert hidden not in page
    assert typist.get(f"{people}{card.guest.key}/").status_code == 404
    said = {"yes": [], "audience": "everyone", "source": "visit"}
    assert typist.post(f"{people}{card.guest.key}/", said).status_code == 404
    assert typist.post(f"{people}{card.guest.key}/", {"do": "forget"}).status_code == 404
    card.refresh_from_db()
    assert card.words == "Jam making"


def test_two_screens_mend_one_card_and_the_second_reads_the_first(
    cast: Cast, workshop: Workshop, typist: Client
) -> None:
    card = typed(cast, workshop, "Jam", cast.neighbour, code="C1")
    address = f"/workshop/{workshop.record.key}/card/{card.key}/"
    assert 'name="was" value="Jam"' in text(typist.get(address))
    given = {"do": "mend", "name": "", "reach": "", "wish": "no", "kind": "", "was": "Jam"}
    assert cast.connector.client().post(address, {**given, "words": "Jam making"}).status_code == 302
    page = text(typist.post(address, {**given, "words": "Ham"}))
    assert "Somebody has changed this card meanwhile" in page and 'value="Ham"' in page, "nothing typed is lost"
    assert 'name="was" value="Jam making"' in page
    assert typist.post(address, {**given, "words": "Ham", "was": "Jam making"}).status_code == 302


def test_a_card_typed_on_two_screens_and_by_browser_back_is_in_once(
    cast: Cast, workshop: Workshop, typist: Client
) -> None:
    address, given = f"/workshop/{workshop.record.key}/", {"words": "Jam", "code": "C1", "whose": "nobody", "key": "a"}
    typist.post(address, given)
    assert typist.post(address, given).status_code == 302, "browser back, and Enter again"
    other = text(cast.connector.client().post(address, {**given, "key": "b"}))
    assert "Card C1 is in already, typed by Joseph O.: “Jam”" in other
    changed = text(typist.post(address, {**given, "words": "Ham"}))
    assert "with other words" in changed and 'value="Ham"' in changed
    assert Card.objects.get().words == "Jam"


@pytest.mark.parametrize("field", ["words", "name", "reach", "code", "table"])
def test_ten_thousand_letters_from_right_to_left_are_answered_in_words(
    cast: Cast, workshop: Workshop, typist: Client, field: str
) -> None:
    given = {"words": "Jam", "code": "C1", "whose": "person", "name": "Marie", "reach": "", "table": ""}
    page = typist.post(f"/workshop/{workshop.record.key}/", {**given, field: RIGHT_TO_LEFT})
    assert page.status_code == 200 and "There is a problem" in text(page) and not Card.objects.exists()


@pytest.mark.parametrize("query", ["?card=x", "?card=00000000-0000-0000-0000-000000000000", "?code=<b>&card=%00"])
def test_a_crooked_address_shows_the_page_as_it_is(workshop: Workshop, typist: Client, query: str) -> None:
    page = typist.get(f"/workshop/{workshop.record.key}/{query}")
    assert page.status_code == 200 and "<b>" not in text(page)


def test_the_edge_of_two_parts_with_a_hole_is_drawn_whole() -> None:
    square = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]
    hole = [[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]]
    away = [[9, 9], [10, 9], [10, 10], [9, 9]]
    shape = f'{{"type": "MultiPolygon", "coordinates": [[{square}, {hole}], [{away}]]}}'
    assert [len(ring) for ring in _rings(from_geojson(shape))] == [5, 5, 4]
    assert list(_rings(from_geojson('{"type": "Point", "coordinates": [1, 2]}'))) == []
