"""What a workshop says: to guests by each way, on paper in both languages, and to its room about itself."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from alongside.ground.consent.models import Look
from alongside.ground.history.acting import Fault
from alongside.ground.people.models import Basis
from alongside.ground.records.queries import export
from alongside.knowing.assets.actions import offer, withdraw
from alongside.knowing.assets.models import Asset, AssetKind
from alongside.knowing.maps import actions as maps
from alongside.knowing.workshops import actions, queries, showing
from alongside.knowing.workshops.guessing import LETTERS, MOST, after, is_wish, kind_of, plain_code
from alongside.knowing.workshops.models import Card, Guest, Workshop
from alongside.knowing.workshops.register import plain_name
from alongside.knowing.workshops.tasks import send_question
from tests.cast import Cast
from tests.knowing.workshopping import answers, held, keys, maries, seen, text, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop(cast: Cast) -> Workshop:
    _ = cast.place
    return held(cast, cast.builder)


def at(workshop: Workshop, end: str = "") -> str:
    return f"/workshop/{workshop.record.key}/{end}"


# Codes and names, whatever somebody types


@given(st.sampled_from(LETTERS), st.integers(1, MOST), st.sampled_from(["{}{}", "{} {}", " {}0{}", "{}00{} "]))
def test_a_printed_code_is_read_however_it_is_typed(letter: str, number: int, form: str) -> None:
    assert plain_code(form.format(letter.lower(), number)) == f"{letter}{number}"
    assert is_wish(f"{letter}{number}") == (letter == "M")
    assert after(f"{letter}{number}") == (f"{letter}{number + 1}" if number < MOST else "")


@given(st.text(max_size=300))
def test_no_text_breaks_the_guesses_and_a_kind_is_always_one(words: str) -> None:
    assert kind_of("C1", words) in AssetKind.values and kind_of("", words, group=True) in AssetKind.values
    code = plain_code(words)
    assert plain_code(code) == code and len(code) <= 4
    assert plain_name(plain_name(words)) == plain_name(words) or plain_name(words).split()[0] in ("the", "y", "yr")


# The question that is sent


def test_a_question_goes_in_the_guests_own_language_and_names_nobody_else(cast: Cast, workshop: Workshop) -> None:
    maries(cast, workshop, who=cast.builder)
    maries(cast, workshop, "A song", "C2", who=cast.builder, name="Col Reid", reach="col@example.org")
    actions.ask(by=cast.builder.actor, workshop=workshop)
    Guest.objects.filter(name="Marie Lloyd").update(lang="cy")
    marie = Guest.objects.get(name="Marie Lloyd")
    mail.outbox.clear()
    with override("en"):
        send_question.call(marie.pk)
    (sent,) = mail.outbox
    assert sent.to == ["marie@example.org"] and "Jam making" in sent.body
    assert "Col" not in sent.body and "A song" not in sent.body
    assert "Eich cardiau" in sent.subject and "You filled" not in sent.body


@pytest.mark.parametrize("meanwhile", ["answered", "forgotten", "strayed", "gone"])
def test_a_question_that_is_over_is_not_sent(cast: Cast, workshop: Workshop, meanwhile: str) -> None:
    """The sender runs later: whoever answered, or was taken out, in between is left in peace."""
    card = maries(cast, workshop, who=cast.builder)
    actions.ask(by=cast.builder.actor, workshop=workshop)
    guest = Guest.objects.get()
    if meanwhile == "answered":
        actions.answer(by=actions.LINK, guest=guest, yes=keys(card))
    elif meanwhile == "forgotten":
        actions.forget_guest(by=cast.builder.actor, guest=guest)
    elif meanwhile == "strayed":
        actions.not_me(by=actions.LINK, guest=guest)
    else:
        actions.take_out(by=cast.builder.actor, card=card)
    mail.outbox.clear()
    send_question.call(guest.pk)
    assert mail.outbox == []


def test_a_text_says_the_code_in_two_parts_and_none_of_the_words(
    cast: Cast, workshop: Workshop, settings: Any, tmp_path: Any
) -> None:
    """A screen that lies on the table shows a text to whoever sits there."""
    settings.TEXT_SENDER, settings.TEXT_FILE = "file", str(tmp_path / "texts.jsonl")
    maries(cast, workshop, "My debts, sorted out", who=cast.builder, reach="07700 900 123")
    assert actions.ask(by=cast.builder.actor, workshop=workshop)["text"] == 1
    guest = Guest.objects.get()
    send_question.call(guest.pk)
    sent = (tmp_path / "texts.jsonl").read_text()
    assert f"{guest.code[:3]} {guest.code[3:]}" in sent and "debts" not in sent


def test_without_a_sender_a_number_gets_a_letter_and_its_answer_waits_for_a_look(
    cast: Cast, workshop: Workshop, settings: Any
) -> None:
    settings.TEXT_SENDER = ""
    card = maries(cast, workshop, who=cast.builder, reach="07700 900 123")
    assert actions.ask(by=cast.builder.actor, workshop=workshop)["letter"] == 1
    assert "Marie Lloyd" in text(cast.builder.client().get(at(workshop, "letters/")))
    actions.answer(by=cast.resident.actor, guest=Guest.objects.get(), yes=keys(card))
    assert Asset.objects.get().record.state == "held"


# Said on the spot


def test_a_paper_that_came_back_is_written_down_as_paper(cast: Cast, workshop: Workshop) -> None:
    card = maries(cast, workshop, who=cast.builder, reach="4 Mill Street")
    other = maries(cast, workshop, "My drill", "C2", who=cast.builder, reach="4 Mill Street")
    actions.ask(by=cast.builder.actor, workshop=workshop)
    link = queries.link_of(Guest.objects.get())
    client = cast.builder.client()
    say = at(workshop, f"people/{Guest.objects.get().key}/")
    page = text(client.get(say))
    assert "If they say no to all, tick none." in page and "on their page?" in page
    given = {"yes": [str(card.key)], "audience": "everyone", "word": "marmalade", "agreed": "on"}
    assert "Choose how you spoke" in answers(client, say, **given) and not Basis.objects.exists()
    answers(client, say, **given, source="paper")
    thing = Asset.objects.get()
    assert (thing.record.state, thing.record.owner.name) == ("live", "Marie Lloyd"), "a helper answers for it by name"
    assert Basis.objects.get().supporter == cast.builder.party
    other.refresh_from_db()
    assert other.state == "wiped"
    Client().post(link, {"do": "dispute"})
    thing.record.refresh_from_db()
    assert thing.record.state == "held", "she has the letter still, and can say that it was not she"


def test_what_was_read_to_them_is_what_they_answer_for(cast: Cast, workshop: Workshop) -> None:
    card = maries(cast, workshop, who=cast.builder, reach="")
    read = queries.sum_of(queries.waiting(card.guest or Guest()))
    maries(cast, workshop, "Another of hers", "C2", who=cast.builder, reach="")
    by, said = cast.builder.actor.by_way_of("visit"), {"audience": "everyone", "word": "jam", "agreed": True}
    with pytest.raises(Fault, match="have changed since"):
        actions.say_for(by=by, guest=card.guest or Guest(), yes=keys(card), seen=read, **said)
    assert Card.objects.exclude(words="").count() == 2 and not Basis.objects.exists()
    with pytest.raises(Fault, match="Choose one of these"):
        actions.say_for(by=by, guest=card.guest or Guest(), yes=keys(card), **{**said, "audience": "world"})
    actions.forget_guest(by=cast.builder.actor, guest=card.guest or Guest())
    with pytest.raises(Fault, match="answered already"):
        actions.say_for(by=by, guest=card.guest or Guest(), yes=keys(card), **said)


# What the room sees of itself


def test_what_the_room_has_is_counted_without_a_word_that_waits(cast: Cast, workshop: Workshop) -> None:
    typed(cast, workshop, "A ladder to lend", cast.builder, code="C1")
    typed(cast, workshop, "A tent to lend", cast.builder, code="C2")
    jam = maries(cast, workshop, "Jam making", "C3", who=cast.builder)
    wiped = maries(cast, workshop, "My drill", "C4", who=cast.builder, name="Col Reid", reach="col@example.org")
    actions.answer(by=cast.resident.actor, guest=jam.guest or Guest(), yes=keys(jam))
    actions.answer(by=cast.neighbour.actor, guest=wiped.guest or Guest(), yes=[])
    room = showing.together(seen(cast, workshop, cast.builder), workshop)
    assert [(what, many) for what, many, _outside in room.kinds] == [("Things to lend", 2), ("A skill", 1)]
    assert {outside for _what, _many, outside in room.kinds} == {"fewer than 10"}, "on paper nobody can be picked out"
    assert room.waiting == 2 and [thing.title for thing in room.things] == ["Jam making"]
    page = text(cast.builder.client().get(at(workshop, "what-now/")))
    assert "ladder" not in page and "drill" not in page and "Mair" not in page
    withdraw(by=cast.resident.actor, asset=Asset.objects.get())
    assert showing.together(seen(cast, workshop, cast.builder), workshop).things == [], "taken back is taken back here"


def test_ten_and_more_may_be_said_outside_in_round_numbers(cast: Cast, workshop: Workshop) -> None:
    Card.objects.bulk_create(
        Card(workshop=workshop, code=f"C{n}", whose="nobody", words="Jam", kind="skill") for n in range(1, 14)
    )
    ((_what, many, outside),) = showing.together(seen(cast, workshop, cast.builder), workshop).kinds
    assert many == 13 and re.fullmatch(r"about \d+", outside)


def test_what_meets_a_wish_says_whose_it_is(cast: Cast, workshop: Workshop) -> None:
    for holder, who in ((cast.lunch_club, cast.connector), (cast.neighbour.party, cast.neighbour)):
        offer(by=who.actor, holder=holder, kind="activity", title="Singing on Sundays", audience="everyone")
    more = maries(cast, workshop, "Singing on Sundays", "M1", who=cast.builder)
    actions.answer(by=cast.resident.actor, guest=more.guest or Guest(), yes=keys(more))
    page = text(cast.builder.client().get(at(workshop, "what-now/")))
    assert "(Mill Street lunch club)" in page and "(Joseph O.)" in page and "Okafor" not in page


# Ways in, and what is kept


def test_the_way_in_hangs_where_those_who_may_hold_one_look(cast: Cast, workshop: Workshop) -> None:
    address = f"/p/{cast.lunch_club.key}/"
    assert "Hold a workshop" in text(cast.builder.client().get(address))
    for who in (cast.resident, cast.outsider):
        assert "Hold a workshop" not in text(who.client().get(address))
    assert "Hold a workshop" not in text(Client().get(address))
    found = maps.start(by=cast.connector.actor, community=cast.lunch_club, title="Mill Street")
    assert "Hold a workshop" in text(cast.connector.client().get(f"/m/{found.record.key}/tend/"))
    assert cast.outsider.client().get(f"{address}workshops/").status_code == 404


def test_a_community_takes_its_workshop_away_without_anybodys_cards(cast: Cast, workshop: Workshop) -> None:
    maries(cast, workshop, who=cast.builder)
    typed(cast, workshop, "Knit and talk", cast.builder, code="P1", whose="group", name="Chapel Row knitters")
    actions.write_step(by=cast.builder.actor, workshop=workshop, who="ourselves", words="A jam morning")
    theirs = str(export(cast.connector.actor, cast.lunch_club))
    assert "What Mill Street has" in theirs and "A jam morning" in theirs
    for private in ("Jam making", "Marie", "marie@", "Knit and talk", "Chapel Row"):
        assert private not in theirs


@pytest.mark.parametrize("end", ["", "people/", "print/", "letters/", "what-now/"])
def test_each_look_at_the_cards_is_kept_whatever_page_it_is_on(cast: Cast, workshop: Workshop, end: str) -> None:
    before = Look.objects.count()
    assert cast.builder.client().get(at(workshop, end)).status_code == 200
    assert Look.objects.filter(record=workshop.record, reader=cast.builder.party).count() == before + 1


def test_pages_of_a_wiped_workshop_are_gone_for_everybody(cast: Cast, workshop: Workshop) -> None:
    Workshop.objects.update(day=timezone.localdate() - timedelta(days=91))
    actions.wipe_due(by=cast.anyone.system("nightly"))
    for end in ("", "people/", "print/", "letters/", "what-now/"):
        assert cast.builder.client().get(at(workshop, end)).status_code == 404
    assert at(workshop) not in text(cast.builder.client().get(f"/p/{cast.lunch_club.key}/workshops/"))


@pytest.mark.parametrize(
    ("do", "given", "says"),
    [
        ("note", {"tables": "many", "in_room": "3"}, "Enter a number, like 4"),
        ("note", {"tables": "4", "in_room": "-3"}, "Enter a number, like 4"),
        ("let", {"who": ""}, "Enter the address of another person’s page"),
        ("let", {"who": "שלום \U0001f9d3" * 2_000}, "There is a problem"),
    ],
)
def test_what_cannot_be_saved_about_the_room_says_how_to_mend_it(
    cast: Cast, workshop: Workshop, do: str, given: dict[str, str], says: str
) -> None:
    page = text(cast.builder.client().post(at(workshop, "people/"), {"do": do, **given}))
    assert says in page
    for typed_in in given.values():
        assert typed_in in page, "nothing that was typed is lost"
    workshop.refresh_from_db()
    assert (workshop.tables, workshop.in_room) == (4, 0)
    assert queries.typists(workshop) == [cast.builder.party]


def test_the_numbers_of_the_room_and_the_end_of_typing_by_their_buttons(cast: Cast, workshop: Workshop) -> None:
    client, people = cast.builder.client(), at(workshop, "people/")
    client.post(people, {"do": "note", "tables": "7", "in_room": "31"})
    workshop.refresh_from_db()
    assert (workshop.tables, workshop.in_room) == (7, 31)
    client.post(people, {"do": "let", "who": f"/p/{cast.neighbour.party.key}/"})
    assert "Joseph O." in text(client.get(people)) and "Okafor" not in text(client.get(people))
    client.post(people, {"do": "end 00000000-0000-0000-0000-000000000000"})
    assert len(queries.typists(workshop)) == 2, "somebody who does not type here ends nothing"
    client.post(people, {"do": f"end {cast.neighbour.party.key}"})
    assert queries.typists(workshop) == [cast.builder.party]
    assert client.post(people, {"do": "nonsense"}).status_code == 302


def test_everything_to_print_says_it_in_the_language_of_the_paper(cast: Cast, workshop: Workshop) -> None:
    client = cast.builder.client()
    english, welsh = (text(client.get(at(workshop, f"print/?what=cards&lang={lang}"))) for lang in ("en", "cy"))
    assert "What I love" in english and "What I love" not in welsh
    codes = re.compile(r'class="workshop-code">(\w+)<')
    assert codes.findall(english) == codes.findall(welsh), "the same codes, for one pile of cards"
    assert client.get(at(workshop, "print/?what=nonsense&lang=xx&large=1")).status_code == 200
