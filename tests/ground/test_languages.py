"""Each reads in their own language what others wrote in theirs: messages, letters, e-mails, and new words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from alongside.doing.connecting.actions import tell_how
from alongside.exchange.services.pointing import UNREADABLE, note_failure, point
from alongside.ground import people
from alongside.ground.consent.actions import look_with_reason
from alongside.ground.helping.actions import name_helper
from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor, Program
from alongside.ground.notices.actions import message, tell
from alongside.ground.notices.models import Notice
from alongside.ground.notices.tasks import send
from alongside.ground.notices.wording import Message
from alongside.ground.people import language
from alongside.ground.people.actions import begin, choose_language, join, note_facts, settle, welcome
from alongside.ground.people.models import Party, Role
from alongside.ground.people.queries import party_of_device
from alongside.ground.records.actions import let_through, open_record, turn_back
from alongside.ground.records.models import Record
from alongside.ground.worries.actions import raise_worry
from alongside.knowing.barriers.actions import answer, say
from alongside.knowing.outcomes.actions import wish
from alongside.knowing.outcomes.models import Wish
from tests.cast import Cast, Somebody
from tests.doing.meeting import met, side_of
from tests.ground.test_sign_in import ask, come_in
from tools import languages

pytestmark = pytest.mark.django_db
MACHINE = Actor.system("tests")
COOKIE = settings.LANGUAGE_COOKIE_NAME
SWITCH = "/language/setlang/"


@pytest.fixture(autouse=True, scope="module")
def catalogues() -> None:
    languages.compile_all()
    translation.trans_real._translations.pop("cy", None)


@pytest.fixture(autouse=True)
def on_an_english_page() -> Iterator[None]:
    with translation.override("en-gb"):
        yield


@pytest.fixture
def mair(cast: Cast) -> Somebody:
    """The resident, who reads Welsh."""
    choose_language(by=cast.resident.actor, lang="cy")
    return cast.resident


def newest(to: Party) -> Notice:
    return Notice.objects.filter(to=to).latest("pk")


def waiting_words() -> tuple[Party, Record]:
    owner, _token = begin(by=Actor.anyone())
    return owner, open_record(by=Actor(person=owner), kind="note", owner=owner, audience="everyone")


# What is not said yet


def test_words_wait_for_the_language_of_whoever_reads_them() -> None:
    said = message("Reference %(reference)s. An answer is due by %(due)s.", reference="A7", due=date(2026, 3, 1))
    assert said.in_language("en") == str(said) == "Reference A7. An answer is due by 1 March 2026."
    assert said.in_language("cy") == "Cyfeirnod A7. Mae ateb i fod erbyn 1 Mawrth 2026."


def test_a_moment_is_said_as_the_clock_here_shows_it() -> None:
    said = message("An answer is due by %(due)s.", due=datetime(2026, 7, 1, 8, 30, tzinfo=UTC))
    assert str(said) == "An answer is due by 1 July, 09:30."


def test_a_message_within_a_message_and_a_label_are_said_in_the_same_language() -> None:
    said = message("%(why)s Nothing was changed. Look at it, and say yes if that is right.", why=Message(UNREADABLE))
    assert "list of services" in str(said)
    welsh = said.in_language("cy")
    assert "list of services" not in welsh and "Nothing was changed" not in welsh
    assert message(Role.KEEPER.label).in_language("cy") != str(message(Role.KEEPER.label)) == "Looks after it"


def test_a_per_cent_sign_in_what_somebody_wrote_does_no_harm() -> None:
    assert str(message("Is it still so? %(title)s", title="100 % wool %(day)s")) == (
        "Is it still so? 100 % wool %(day)s"
    )
    assert str(Message("100 % wool")) == "100 % wool"


# Messages


def test_somebody_reads_in_welsh_what_an_english_page_brought_about(cast: Cast, mair: Somebody) -> None:
    notice = tell(by=MACHINE, to=mair.party, title=message("Your words are shown now"), body=message("Read"))
    assert notice.title == "Mae eich geiriau'n cael eu dangos nawr"
    assert notice.lang == notice.written_in == "cy"


def test_somebody_reads_in_english_what_a_welsh_page_brought_about(cast: Cast) -> None:
    owner, record = waiting_words()
    with translation.override("cy"):
        let_through(by=cast.steward.actor, record=record)
    assert newest(owner).title == "Your words are shown now" and newest(owner).lang == "en"


def test_somebodys_own_words_stay_as_they_are_and_are_marked(cast: Cast, mair: Somebody) -> None:
    record = open_record(by=mair.actor, kind="note", owner=mair.party, audience="everyone")
    Record.objects.filter(pk=record.pk).update(state="held")
    turn_back(by=cast.steward.actor, record=record, reason="It names a neighbour")
    notice = newest(mair.party)
    assert notice.title == "Nid yw eich geiriau'n cael eu dangos i eraill"
    assert (notice.body, notice.lang, notice.written_in) == ("It names a neighbour", "cy", "en")
    client = mair.client()
    client.cookies[COOKIE] = "cy"
    page = client.get(reverse("notices:mine")).content.decode()
    assert '<p lang="en">It names a neighbour</p>' in page and f"<h2>{notice.title.replace(chr(39), '&#x27;')}" in page
    client.cookies[COOKIE] = "en-gb"
    page = client.get(reverse("notices:mine")).content.decode()
    assert "<p>It names a neighbour</p>" in page and '<h2 lang="cy">' in page


def test_two_stewards_hear_of_the_same_trouble_each_in_their_language(cast: Cast, mair: Somebody) -> None:
    join(by=MACHINE, member=mair.party, of=cast.council, role=Role.PLACE_STEWARD)
    feed = point(by=cast.steward.actor, name="The county list", address="https://feeds.example.org/list")
    with translation.override("cy"):
        note_failure(by=MACHINE, feed=feed, sentence=UNREADABLE)
    english, welsh = newest(cast.steward.party), newest(mair.party)
    assert english.title == "The list “The county list” cannot be fetched" and "We try again" in english.body
    assert "The county list" in welsh.title and "cannot be fetched" not in welsh.title and "We try" not in welsh.body


def test_a_day_and_a_reason_come_in_the_readers_language(cast: Cast, mair: Somebody) -> None:
    record = open_record(by=mair.actor, kind="note", owner=mair.party, audience="everyone")
    look_with_reason(by=cast.steward.actor, record=record, reason="A parcel came to the wrong door")
    assert "A parcel came to the wrong door" in newest(mair.party).body
    assert "looked at where it is" not in newest(mair.party).body
    choose_language(by=cast.steward.actor, lang="cy")
    assert cast.place.worry_person == cast.steward.party
    raise_worry(by=cast.anyone, words="He has not been seen for days", danger=True)
    assert "An answer is due" not in newest(cast.steward.party).body


def test_a_helper_is_asked_in_the_helpers_language(cast: Cast, mair: Somebody) -> None:
    name_helper(by=cast.carer.actor, supporter=mair.party, parts=[("messages", "see")])
    assert "Tom P." in newest(mair.party).body and "asks you to help" not in newest(mair.party).body


def test_an_answer_in_public_is_marked_with_the_language_it_was_written_in(cast: Cast, mair: Somebody) -> None:
    step = say(by=mair.actor, owner=mair.party, words="Gris uchel", holder=cast.lunch_club, lang="cy")
    heard = newest(cast.lunch_club)
    assert (heard.lang, heard.written_in) == ("en", "cy") and heard.body == "Gris uchel"
    given = answer(by=cast.connector.actor, barrier=step, stage="heard", words="We will ask the vicar")
    assert given.lang == "en" and newest(mair.party).written_in == "en"
    with translation.override("cy"):
        given = answer(by=cast.connector.actor, barrier=step, stage="done")
    assert given.lang == "cy"
    assert newest(mair.party).written_in == "cy"  # a label, not somebody's words
    assert newest(mair.party).body != "Put right"


def test_thanks_are_in_the_language_of_whoever_gives_them(cast: Cast) -> None:
    met(cast.resident, cast.neighbour)
    with translation.override("cy"):
        tell_how(by=cast.resident.actor, side=side_of(cast.resident), went="helped", thanks="Diolch o galon")
    thanked = newest(cast.neighbour.party)
    assert thanked.title.startswith("Thank you, for:") and thanked.body == "Diolch o galon"
    assert (thanked.lang, thanked.written_in) == ("en", "cy")


# Letters, e-mails and calls


def test_an_e_mail_is_in_the_readers_language_to_its_last_line(cast: Cast, mair: Somebody) -> None:
    assert mair.login
    note_facts(by=mair.actor, party=mair.party, contact_by="email")
    notice = tell(by=MACHINE, to=mair.party, title=message("Your words are shown now"), body=message("Read"))
    send.call(notice.pk)
    assert "Gwelwch hi ar eich tudalen: " in mail.outbox[-1].body and "See it on" not in mail.outbox[-1].body
    assert mail.outbox[-1].subject == notice.title


def test_an_english_helper_prints_a_welsh_letter(cast: Cast, mair: Somebody) -> None:
    assert cast.place.phone
    cast.carer.helps(mair)
    note_facts(by=mair.actor, party=mair.party, contact_by="letter", address="2 Mill Street")
    tell(by=MACHINE, to=mair.party, title=message("Your words are shown now"), body=message("Read"))
    tell(by=MACHINE, to=mair.party, title=message("Your words are shown now"), body="See you on Tuesday")
    page = cast.carer.client().get(reverse("helping:letters")).content.decode()
    letter = page[page.index('<article class="sheet new-sheet">') :]
    assert '<div lang="cy">' in letter and "Annwyl Mair Pugh," in letter and "Dear" not in letter
    assert '<p class="own-words" lang="en">See you on Tuesday</p>' in letter
    assert "Posted to Mair Pugh" in letter  # what the helper ticks stays in the helper's


def test_what_a_helper_reads_out_is_marked(cast: Cast, mair: Somebody) -> None:
    cast.carer.helps(mair)
    note_facts(by=mair.actor, party=mair.party, contact_by="telephone")
    tell(by=MACHINE, to=mair.party, title=message("Your words are shown now"), body=message("Read"))
    tell(by=MACHINE, to=mair.party, title="Sul hapus", body="Dewch draw", lang="cy")
    page = cast.carer.client().get(reverse("helping:home")).content.decode()
    assert '<p lang="cy"><strong>Mae eich geiriau' in page
    assert "The same in your language: <strong>Your words are shown now</strong>" in page, "for who has no Welsh"
    assert '<p class="own-words">Read</p>' in page and page.count("The same in your language") == 1
    welsh = cast.carer.client()
    welsh.post(SWITCH, {"language": "cy"})
    page = welsh.get(reverse("helping:home")).content.decode()
    assert "Mae eich geiriau" in page and "Your words are shown now" not in page


def test_only_what_is_told_by_telephone_is_kept_in_both_languages(cast: Cast, mair: Somebody) -> None:
    for way, too in (("page", ""), ("letter", ""), ("telephone", "Your words are shown now")):
        note_facts(by=mair.actor, party=mair.party, contact_by=way, address="2 Mill Street")
        notice = tell(by=MACHINE, to=mair.party, title=message("Your words are shown now"), body=message("Read"))
        assert notice.title_too == too and (notice.body_too == "Read") == bool(too)


# Which language somebody reads


def test_switching_is_kept_for_whoever_is_signed_in(cast: Cast) -> None:
    client = cast.resident.client()
    response = client.post(SWITCH, {"language": "cy", "next": "/look-around/"})
    cast.resident.party.refresh_from_db()
    assert cast.resident.party.lang == "cy" and response.url == "/look-around/"  # type: ignore[attr-defined]
    assert '<html lang="cy">' in client.get("/look-around/").content.decode()
    client.post(SWITCH, {"language": "en-gb"})
    cast.resident.party.refresh_from_db()
    assert cast.resident.party.lang == "en"


def test_a_helper_switches_for_themselves_and_not_for_whom_they_help(cast: Cast, mair: Somebody) -> None:
    helping = cast.carer.helps(mair)
    assert choose_language(by=helping, lang="cy") == cast.carer.party
    mair.party.refresh_from_db()
    assert mair.party.lang == "cy"
    choose_language(by=helping, lang="en")
    mair.party.refresh_from_db()
    assert mair.party.lang == "cy"


@pytest.mark.parametrize("asked", ["", "xx", "fr", "cy\x00", "../cy", "🏴" * 2000])
def test_a_language_that_the_house_does_not_speak_changes_nothing(cast: Cast, asked: str) -> None:
    client = cast.resident.client()
    assert client.post(SWITCH, {"language": asked, "next": "/"}).status_code == 302
    cast.resident.party.refresh_from_db()
    assert cast.resident.party.lang == "en"
    with pytest.raises(Fault):
        choose_language(by=cast.resident.actor, lang=asked)


def test_nobody_and_no_program_chooses_for_somebody(cast: Cast) -> None:
    program = Actor(person=cast.resident.party, program=Program(token=1, name="a", prefix="p"))
    for by in (cast.anyone, program):
        with pytest.raises(Refused):
            choose_language(by=by, lang="cy")


def test_switching_leads_nobody_off_the_site_and_only_by_a_press(client: Client) -> None:
    away = client.post(SWITCH, {"language": "cy", "next": "https://elsewhere.example/"})
    assert away.url == "/"  # type: ignore[attr-defined]
    assert client.get(SWITCH).status_code == 405


def test_a_page_begun_in_welsh_is_spoken_to_in_welsh(cast: Cast) -> None:
    client = Client()
    client.cookies[COOKIE] = "cy"
    client.post("/in-the-way/say/", {"words": "Mae gris uchel", "place": "Y llyfrgell", "key": "one"})
    party = party_of_device(client.cookies["alongside_device"].value)
    assert party is not None and party.lang == "cy"
    assert Record.objects.get(owner=party).lang == "cy"
    client.post(SWITCH, {"language": "en-gb"})
    party.refresh_from_db()
    assert party.lang == "en"


def test_what_a_visitor_chose_is_theirs_when_they_sign_in(cast: Cast) -> None:
    assert cast.resident.login.email
    client = Client()
    client.post(SWITCH, {"language": "cy"})
    come_in(client, cast.resident.login.email)
    cast.resident.party.refresh_from_db()
    assert cast.resident.party.lang == "cy"


def test_what_somebody_else_chose_on_this_computer_before_is_not(
    cast: Cast, mair: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert mair.login.email
    client = Client()
    client.post(SWITCH, {"language": "en-gb"})
    monkeypatch.setattr(language, "STILL_THEIRS", -1)
    come_in(client, mair.login.email)
    mair.party.refresh_from_db()
    assert mair.party.lang == "cy"
    assert '<html lang="cy">' in client.get("/my-messages/").content.decode()


def test_on_another_device_pages_come_in_the_language_they_know(cast: Cast, mair: Somebody) -> None:
    assert mair.login.email
    client = Client()
    assert '<html lang="en' in client.get("/").content.decode()
    come_in(client, mair.login.email)
    assert client.cookies[COOKIE].value == "cy"
    assert '<html lang="cy">' in client.get("/my-messages/").content.decode()


def test_whoever_comes_in_for_the_first_time_is_spoken_to_in_the_language_of_the_page() -> None:
    client = Client(headers={"Accept-Language": "cy"})
    client.post(reverse("people:code"), {"code": ask(client, "new@example.org")})
    assert Party.objects.get(login__email="new@example.org").lang == "cy"
    with translation.override("cy"):
        assert settle(by=Actor.anyone(), login=Somebody(welcome(by=MACHINE, name="Nia")).login).lang == "cy"


# Which language somebody writes in


def test_new_words_are_in_the_language_of_the_page_they_were_written_on(cast: Cast, mair: Somebody) -> None:
    assert wish(by=mair.actor, owner=mair.party, words="Someone to walk with").record.lang == "en"
    with translation.override("cy"):
        for somebody in (mair, cast.neighbour):
            asked: Wish = wish(by=somebody.actor, owner=somebody.party, words="Rhywun i gerdded gyda mi")
            assert asked.record.lang == "cy"


def test_a_machine_and_a_program_write_in_their_holders_language(cast: Cast, mair: Somebody) -> None:
    assert open_record(by=MACHINE, kind="note", owner=mair.party).lang == "cy"
    program = Actor(person=mair.party, program=Program(token=1, name="a", prefix="p"))
    assert open_record(by=program, kind="note", owner=mair.party).lang == "cy"
    assert open_record(by=MACHINE, kind="note", owner=mair.party, lang="en").lang == "en"


@pytest.mark.parametrize(("code", "known"), [("cy", "cy"), ("cy-gb", "cy"), ("en-gb", "en"), ("fr", "en"), ("", "en")])
def test_a_code_is_a_language_of_the_house(code: str, known: str) -> None:
    assert language.known_language(code) == known


# The line of the place about paper


def test_the_line_about_paper_is_said_in_both_languages(client: Client, cast: Cast) -> None:
    place = cast.place
    place.paper_cy = "Y llyfrgell, Stryd y Felin"
    place.save()
    english, welsh = foot(client, "en"), foot(client, "cy")
    assert "The library, Mill Street" in english and "Y llyfrgell" not in english
    assert "Y llyfrgell, Stryd y Felin" in welsh and "The library, Mill" not in welsh and "lang=" not in line(welsh)


def test_where_it_is_said_in_one_language_it_is_marked_as_that(client: Client, cast: Cast) -> None:
    assert cast.place.paper
    assert '<span lang="en">The library, Mill Street</span>' in foot(client, "cy")
    cast.place.paper, cast.place.paper_cy = "", "Y llyfrgell"
    cast.place.save()
    assert '<span lang="cy">Y llyfrgell</span>' in foot(client, "en")


def test_where_nobody_said_so_the_foot_still_offers_paper(client: Client, cast: Cast) -> None:
    cast.place.paper = ""
    cast.place.save()
    assert "You can do everything here that way too." in foot(client, "en")


def foot(client: Client, lang: str) -> str:
    from django.core.cache import cache

    cache.clear()
    page = client.get("/how-this-works/", headers={"Accept-Language": lang}).content.decode()
    return page[page.index("<footer") :]


def line(foot: str) -> str:
    found: Any = re.search(r"<span[^>]*>Y llyfrgell[^<]*</span>", foot)
    return str(found[0])


# Nobody forgets


def test_what_the_house_tells_is_never_put_into_words_before_the_reader_is_known() -> None:
    """A `_()` in a title or body of `tell` would be in the language of whoever caused it; `message` waits."""
    source = Path(people.__file__).parents[2]
    early = [
        f"{path.relative_to(source)}:{call.lineno}"
        for path in sorted(source.rglob("*.py"))
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef)
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "tell"
        if said_early(function, call) and not speaks_for_the_reader(function)
    ]
    assert early == []


def said_early(function: ast.FunctionDef, call: ast.Call) -> bool:
    given = [one.value for one in call.keywords if one.arg in ("title", "body")]
    names = _names(*given)
    given += [
        part.value for part in ast.walk(function) if isinstance(part, ast.Assign) and names & _names(*part.targets)
    ]
    return any(
        isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id == "_"
        for one in given
        for part in ast.walk(one)
    )


def speaks_for_the_reader(function: ast.FunctionDef) -> bool:
    return any(isinstance(part, ast.Name) and part.id == "override" for part in ast.walk(function))


def _names(*parts: ast.AST) -> set[str]:
    return {one.id for part in parts for one in ast.walk(part) if isinstance(one, ast.Name)}
