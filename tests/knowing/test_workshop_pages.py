"""Pages of a mapping workshop, from printing to the grown map, by those who hold it and those who fill in cards."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from alongside.ground.consent.models import Look
from alongside.ground.history.models import Event
from alongside.ground.people.models import Login
from alongside.ground.places.actions import draw_edge
from alongside.knowing.assets.actions import offer
from alongside.knowing.assets.models import Asset
from alongside.knowing.maps import actions as maps
from alongside.knowing.workshops import actions, queries
from alongside.knowing.workshops.drawing import wall_map
from alongside.knowing.workshops.models import Card, Guest, Step, Workshop
from tests.cast import Cast
from tests.knowing.two_wards import two_wards
from tests.knowing.workshopping import answers, held, keys, maries, text, typed

pytestmark = pytest.mark.django_db
RIGHT_TO_LEFT = "שלום \U0001f9d3" * 2_000
CARD = {"words": "Jam making", "code": "C1", "whose": "nobody", "name": "", "reach": "", "table": ""}


def at(workshop: Workshop, end: str = "") -> str:
    return f"/workshop/{workshop.record.key}/{end}"


@pytest.fixture
def open_workshop(cast: Cast) -> Workshop:
    _ = cast.place
    return held(cast, cast.builder)


@pytest.fixture
def builder(cast: Cast, open_workshop: Workshop) -> Client:
    return cast.builder.client()


def test_a_builder_opens_one_from_the_communitys_page(cast: Cast) -> None:
    _ = cast.place
    client = cast.builder.client()
    address = f"/p/{cast.lunch_club.key}/workshops/"
    assert address in text(client.get(f"/p/{cast.lunch_club.key}/"))
    given = {"title": "What Mill Street has", "day": "2020-01-01", "place": "", "tables": "3", "in_room": "20"}
    page = client.post(address, given)
    assert "last three months" in text(page) and 'value="What Mill Street has"' in text(page), "nothing typed is lost"
    done = client.post(address, {**given, "day": timezone.localdate().isoformat()})
    assert done.status_code == 302 and done["Location"] == at(Workshop.objects.get())
    assert "What Mill Street has" in text(client.get(address))


@pytest.mark.parametrize("who", ["outsider", "resident", "councillor", "passer_by"])
@pytest.mark.parametrize("end", ["", "people/", "print/", "letters/", "what-now/"])
def test_outsiders_find_no_page_of_it(cast: Cast, open_workshop: Workshop, who: str, end: str) -> None:
    client = Client() if who == "passer_by" else getattr(cast, who).client()
    assert client.get(at(open_workshop, end)).status_code in (302, 404)
    client.post(at(open_workshop, end), CARD)
    assert not Card.objects.exists()


def test_a_builder_without_the_second_factor_reads_nothing(cast: Cast, open_workshop: Workshop) -> None:
    assert cast.builder.client(second_factor=False).get(at(open_workshop)).status_code == 302


def test_from_print_to_the_grown_map(
    cast: Cast, open_workshop: Workshop, builder: Client, django_capture_on_commit_callbacks: Any
) -> None:
    """The journey: print, type, ask, a yes by the link, and what the room makes of it."""
    assert 'class="workshop-code">C1<' in text(builder.get(at(open_workshop, "print/")))
    person = {**CARD, "whose": "person", "name": "Marie Lloyd", "reach": "marie@example.org", "may_share": "on"}
    builder.post(at(open_workshop), person)
    builder.post(at(open_workshop), {**person, "words": "Somewhere to sing", "code": "M1"})
    with django_capture_on_commit_callbacks(execute=True):
        page = builder.post(at(open_workshop, "people/"), {"do": "ask"}, follow=True)
    assert "1 message is on its way" in text(page)
    found = re.search(r"http\S+(/workshop-cards/\S+)", mail.outbox[0].body)
    assert found is not None
    marie = Client()
    assert "Jam making" in text(marie.get(found[1]))
    assert not Asset.objects.exists(), "opening the link changes nothing"
    empty = answers(marie, found[1], do="yes", audience="everyone")
    assert "Tick at least one" in empty and Card.objects.filter(state="typed").count() == 2, "no card is lost by a slip"
    yes = {"do": "yes", "yes": sorted(keys(*Card.objects.all())), "audience": "everyone"}
    assert "Thank you" in answers(marie, found[1], **yes)
    assert [one.title for one in Asset.objects.all()] == ["Jam making"]
    now = text(builder.get(at(open_workshop, "what-now/")))
    assert "Jam making" in now and "Somewhere to sing" in now and "Marie" not in now
    builder.post(at(open_workshop, "what-now/"), {"words": "A jam morning", "who": "ourselves"})
    assert "A jam morning" in text(builder.get(at(open_workshop, "what-now/")))
    builder.post(at(open_workshop, "what-now/"), {"do": str(Step.objects.get().key)})
    assert not Step.objects.exists()


def test_enter_saves_and_the_page_stands_ready_for_the_next_card(open_workshop: Workshop, builder: Client) -> None:
    """Fields and keys per card: on a pile of one person's cards only the words are typed, and Enter."""
    first = builder.post(
        at(open_workshop), {**CARD, "code": "c7", "whose": "person", "name": "Marie", "table": "2"}, follow=True
    )
    page = text(first)
    assert "Card C7 is in." in page
    for kept in ('value="C8"', 'value="Marie"', 'name="table" value="2"'):
        assert kept in page
    assert re.search(r'name="words"[^>]*autofocus', page), "the hands need no mouse"
    assert re.search(r'value="person"[^>]*checked', page)
    fields = set(re.findall(r'<(?:input|select)[^>]* name="(\w+)"', page)) - {"csrfmiddlewaretoken", "key", "theme"}
    assert {"words", "code", "table", "whose", "name", "reach", "may_share"} <= fields
    hidden = re.findall(r'type="hidden" name="(\w+)"', page)
    assert {"csrfmiddlewaretoken", "key"} <= set(hidden)
    another_person = ["Tab to the code", "Tab to the table", "Tab to whose", "Tab to the name", "Enter"]
    assert len(another_person) <= 6, "keys beside the text of a card, where nothing but the person changes"
    order = [page.index(f'name="{name}"') for name in ("words", "code", "table", "whose", "name", "reach")]
    assert order == sorted(order)


def test_fifty_cards_take_two_requests_and_a_bounded_number_of_statements_each(
    cast: Cast, open_workshop: Workshop, builder: Client, django_assert_max_num_queries: Any
) -> None:
    Card.objects.bulk_create(
        Card(
            workshop=open_workshop, code=f"L{n}", whose="nobody", words=f"Thing {n}", kind="skill",
            typed_by=cast.builder.party,
        )
        for n in range(1, 50)
    )  # fmt: skip
    with django_assert_max_num_queries(40):
        done = builder.post(at(open_workshop), {**CARD, "key": "once"})
    with django_assert_max_num_queries(60):
        assert "50 cards are in" in text(builder.get(done["Location"]))
    assert builder.post(at(open_workshop), {**CARD, "key": "once"}).status_code == 302, "a second press writes nothing"
    assert Card.objects.count() == 50


def test_a_card_that_cannot_be_taken_loses_nothing_that_was_typed(open_workshop: Workshop, builder: Client) -> None:
    builder.post(at(open_workshop), CARD)
    page = text(builder.post(at(open_workshop), {**CARD, "words": "A ladder", "name": "Marie Lloyd"}))
    assert "Card C1 is in already, with other words" in page and "“Jam making”" in page
    assert 'value="A ladder"' in page and 'value="Marie Lloyd"' in page
    long = text(builder.post(at(open_workshop), {**CARD, "code": "C2", "words": RIGHT_TO_LEFT}))
    assert "Use 200 letters or fewer" in long and RIGHT_TO_LEFT in long
    assert Card.objects.count() == 1


def test_after_it_is_closed_a_typist_with_the_page_open_writes_nothing(
    open_workshop: Workshop, builder: Client
) -> None:
    builder.post(at(open_workshop, "people/"), {"do": "close"})
    page = text(builder.post(at(open_workshop), CARD))
    assert "This workshop is closed" in page and not Card.objects.exists()
    builder.post(at(open_workshop, "people/"), {"do": "again"})
    assert builder.post(at(open_workshop), CARD).status_code == 302


def test_somebody_is_let_in_to_type_and_shut_out_again(cast: Cast, open_workshop: Workshop, builder: Client) -> None:
    people, typist = at(open_workshop, "people/"), cast.neighbour.client()
    wrong = text(builder.post(people, {"do": "let", "who": "Joseph"}))
    assert "address of another person’s page" in wrong and 'value="Joseph"' in wrong
    builder.post(people, {"do": "let", "who": f"https://example.org/p/{cast.neighbour.party.key}/"})
    assert typist.get(at(open_workshop)).status_code == 200
    assert Look.objects.filter(record=open_workshop.record, reader=cast.neighbour.party).exists()
    assert "Who types" not in text(typist.get(people))
    assert "Only whoever holds" in text(typist.post(people, {"do": "close"}))
    builder.post(people, {"do": f"end {cast.neighbour.party.key}"})
    assert typist.get(at(open_workshop)).status_code == 404


def test_a_card_is_mended_taken_out_or_put_on_the_map(cast: Cast, open_workshop: Workshop, builder: Client) -> None:
    card = typed(cast, open_workshop, "Jam", cast.builder, code="C1")
    place = typed(cast, open_workshop, "Sun all day", cast.builder, code="P1", whose="place", name="The bench")
    mend = at(open_workshop, f"card/{card.key}/")
    given = {"do": "mend", "words": "", "name": "", "reach": "", "wish": "no", "kind": ""}
    assert "Write what stands on the card" in text(builder.post(mend, given))
    builder.post(mend, {**given, "words": "Jam making", "kind": "knowledge"})
    card.refresh_from_db()
    assert (card.words, card.kind) == ("Jam making", "knowledge")
    assert "only when that person" in text(builder.get(mend)) and "Put it on the map" not in text(builder.get(mend))
    assert "Only whoever holds" in text(builder.post(mend, {"do": "put"}))
    builder.post(at(open_workshop, f"card/{place.key}/"), {"do": "put"})
    assert Asset.objects.get().title == "The bench" and Asset.objects.get().record.owner == cast.lunch_club
    builder.post(mend, {"do": "out"})
    assert not Card.objects.filter(pk=card.pk).exists()
    assert "no longer here" in text(builder.get(at(open_workshop, f"card/{place.key}/")))
    assert cast.outsider.client().get(mend).status_code == 404


@pytest.mark.parametrize(
    ("what", "more"), [("cards", ""), ("tables", "&large=1"), ("tables", "&lang=cy"), ("map", "&lang=cy")]
)
def test_everything_prints_in_both_languages_and_large(
    open_workshop: Workshop, builder: Client, what: str, more: str
) -> None:
    page = builder.get(at(open_workshop, f"print/?what={what}{more}"))
    assert page.status_code == 200
    if what == "cards":
        codes = re.findall(r'class="workshop-code">(\w+)<', text(page))
        assert len(codes) == len(set(codes)) == 4 * 4 * open_workshop.tables


def test_a_letter_is_printed_for_those_with_neither_e_mail_nor_text_and_a_stranger_with_it_waits_for_a_look(
    cast: Cast, open_workshop: Workshop, builder: Client
) -> None:
    card = maries(cast, open_workshop, who=cast.builder, reach="4 Mill Street")
    assert "No letter waits" in text(builder.get(at(open_workshop, "letters/")))
    builder.post(at(open_workshop, "people/"), {"do": "ask"})
    assert "Marie Lloyd" in text(builder.get(at(open_workshop, "letters/")))
    link = queries.link_of(Guest.objects.get())
    done = answers(Client(), link, do="yes", yes=[str(card.key)], audience="everyone")
    assert Asset.objects.get().record.state == "held", "as whatever comes from somebody nobody knows yet"
    assert "reads it first. Then it shows." in done


def test_by_the_link_one_says_no_or_that_it_is_not_for_them(cast: Cast, open_workshop: Workshop) -> None:
    maries(cast, open_workshop, who=cast.builder)
    actions.ask(by=cast.builder.actor, workshop=open_workshop)
    link = queries.link_of(Guest.objects.get())
    Client().post(link, {"do": "wrong"})
    assert Client().get(link).status_code == 404 and Card.objects.get().words
    Guest.objects.update(reach="marie@example.org")
    actions.ask(by=cast.builder.actor, workshop=open_workshop)
    assert Client().get(link).status_code == 404, "the link that went astray stays dead when another is sent"
    assert "The cards are wiped" in answers(Client(), queries.link_of(Guest.objects.get()), do="no")
    assert not Card.objects.get().words and not Login.objects.filter(email="marie@example.org").exists()


@pytest.mark.parametrize("token", ["nonsense", "00000000000000000000000000000000:1abc:xyz"])
def test_a_link_that_was_not_signed_here_opens_nothing(cast: Cast, token: str) -> None:
    _ = cast.place
    assert Client().get(f"/workshop-cards/{token}/").status_code == 404


def test_what_somebody_says_on_the_spot_is_written_down_for_them(
    cast: Cast, open_workshop: Workshop, builder: Client
) -> None:
    card = maries(cast, open_workshop, who=cast.builder, reach="")
    address = at(open_workshop, f"people/{card.guest.key if card.guest else ''}/")
    given = {"yes": [str(card.key)], "audience": "everyone", "source": "visit", "word": "marmalade"}
    assert "Ask them first" in text(builder.post(address, given)) and not Asset.objects.exists()
    done = builder.post(address, {**given, "agreed": "on"})
    assert done.status_code == 302 and "helping" in done["Location"]
    assert Asset.objects.get().record.owner.name == "Marie Lloyd"


def test_somebody_is_taken_out(cast: Cast, open_workshop: Workshop, builder: Client) -> None:
    card = maries(cast, open_workshop, who=cast.builder)
    assert card.guest is not None
    say = at(open_workshop, f"people/{card.guest.key}/")
    assert "It cannot be undone" in text(builder.get(say))
    done = text(builder.post(say, {"do": "forget", "source": "telephone"}, follow=True))
    assert "Nothing of theirs is left here" in done
    told = Event.objects.get(verb="workshops.forget_guest")
    assert (told.actor, told.source) == (cast.builder.party, "telephone")
    assert "Marie" not in text(builder.get(at(open_workshop, "people/"))) and not Card.objects.get().words


def test_on_paper_small_numbers_are_hidden_and_in_the_room_they_are_not(
    cast: Cast, open_workshop: Workshop, builder: Client
) -> None:
    typed(cast, open_workshop, "Jam making", cast.builder, code="C1")
    page = text(builder.get(at(open_workshop, "what-now/")))
    assert '<span class="no-print">1</span><span class="only-print">fewer than 10</span>' in page
    assert "1 card waits for its writer’s yes" in page and "Jam making" not in page


def test_the_wall_map_shows_the_edge_and_what_groups_have_inside_it_and_nobodys_home(
    cast: Cast, open_workshop: Workshop, builder: Client
) -> None:
    assert "has not drawn its edge" in text(builder.get(at(open_workshop, "print/?what=map")))
    west, _east = two_wards()
    draw_edge(by=cast.connector.actor, party=cast.lunch_club, parts=[west])
    cast.lunch_club.refresh_from_db()
    maps.start(by=cast.connector.actor, community=cast.lunch_club, title="Mill Street")
    for who, holder, title, lng in (
        (cast.resident, cast.resident.party, "Singing at my table", 0.5),
        (cast.connector, cast.lunch_club, "Lunch on Tuesdays", 0.5),
        (cast.connector, cast.lunch_club, "A day by the sea", 1.7),
    ):
        offer(
            by=who.actor, holder=holder, kind="activity", title=title, audience="everyone", lat=51.5, lng=lng,
            precision="exact",
        )  # fmt: skip
    drawn = wall_map(Workshop.objects.get())
    assert [title for _number, _x, _y, title in drawn.signs] == ["Lunch on Tuesdays"]
    ((_number, x, y, _title),) = drawn.signs
    assert 0 < x < 1000 and 0 < y < drawn.height and drawn.path.startswith("M")
    assert "Singing" not in text(builder.get(at(open_workshop, "print/?what=map")))
