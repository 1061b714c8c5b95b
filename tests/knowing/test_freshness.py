"""Is it still so? One tap without signing in, a text, or a code from a letter; the old is hidden, never deleted."""

from __future__ import annotations

import argparse
import re
from datetime import date, timedelta

import pytest
from django.core import mail, signing
from django.test import Client
from django.utils import timezone

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor
from alongside.ground.history.models import Event
from alongside.ground.notices.models import Notice
from alongside.ground.people.actions import note_facts
from alongside.ground.people.models import Login, Role
from alongside.ground.records.models import Record, State
from alongside.knowing.assets import actions as assets
from alongside.knowing.assets.models import Asset
from alongside.knowing.assets.queries import held_by
from alongside.knowing.freshness import actions, queries
from alongside.knowing.freshness.models import CodeTry, FreshAsk
from alongside.knowing.search.queries import look_around
from alongside.site.commands.keep import nightly
from tests.cast import Cast, Somebody

pytestmark = pytest.mark.django_db
MACHINE = Actor.system("tests")
ANYONE = Actor.anyone()


def shared(holder: Somebody, title: str = "Singing at my kitchen table", days: int = 340, **more: object) -> Asset:
    """Something that its holder last said was so that many days ago."""
    assert holder.login.email
    given = {"kind": "skill", "title": title, "audience": "everyone"} | more
    asset = assets.offer(by=holder.actor, holder=holder.party, **given)  # type: ignore[arg-type]
    return said_before(asset, days)


def said_before(asset: Asset, days: int) -> Asset:
    Asset.objects.filter(pk=asset.pk).update(confirmed_on=timezone.localdate() - timedelta(days=days))
    asset.refresh_from_db()
    return asset


def asked_about(asset: Asset) -> FreshAsk:
    actions.ask(by=MACHINE, asset=asset)
    return FreshAsk.objects.get(asset=asset, used_at=None)


def confirmed(asset: Asset) -> date | None:
    return Asset.objects.get(pk=asset.pk).confirmed_on


# Who is asked, and how


def test_a_holder_is_asked_when_eleven_months_have_gone_by_and_not_before(cast: Cast) -> None:
    young, old = shared(cast.resident, days=330), shared(cast.neighbour, days=336)
    assert actions.ask_due(by=MACHINE) == 1
    assert [ask.asset for ask in FreshAsk.objects.all()] == [old]
    assert "Is it still so?" in Notice.objects.get(to=cast.neighbour.party).title
    assert actions.ask_due(by=MACHINE) == 0, "not again for a while"
    assert confirmed(young) and confirmed(old)


def test_somebody_with_many_old_things_is_asked_about_one_a_week_the_oldest_first(cast: Cast) -> None:
    for days in (340, 350, 345):
        shared(cast.resident, f"Thing {days}", days=days)
    actions.ask_due(by=MACHINE)
    assert FreshAsk.objects.get().asset.title == "Thing 350"
    FreshAsk.objects.update(made=timezone.now() - timedelta(days=8))
    actions.ask_due(by=MACHINE)
    assert FreshAsk.objects.latest("pk").asset.title == "Thing 345"


def test_nobody_is_asked_about_what_only_they_see_what_a_feed_brings_or_where_nobody_can_answer(cast: Cast) -> None:
    shared(cast.resident, audience="me")
    fed = shared(cast.supplier)
    Asset.objects.filter(pk=fed.pk).update(from_list=True)
    gone = shared(cast.neighbour)
    Login.objects.filter(party=cast.neighbour.party).delete()
    assert actions.ask_due(by=MACHINE) == 0
    assert gone.record.state == State.LIVE


def test_those_who_look_after_a_group_are_asked_for_it(cast: Cast) -> None:
    club = cast.lunch_club
    assert cast.connector.login
    asset = assets.offer(by=cast.connector.actor, holder=club, kind="activity", title="Lunch", audience="everyone")
    said_before(asset, 340)
    actions.ask_due(by=MACHINE)
    assert [notice.to for notice in Notice.objects.all()] == [cast.connector.party]


def test_by_e_mail_comes_a_link_that_opens_without_signing_in(
    cast: Cast, django_capture_on_commit_callbacks: object
) -> None:
    asset = shared(cast.resident)
    note_facts(by=cast.resident.actor, party=cast.resident.party, contact_by="email")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        actions.ask_due(by=MACHINE)
    found = re.search(r"http://\S+?(/still-so/\S+/)", mail.outbox[0].body)
    assert found and "YES" in mail.outbox[0].body
    page = Client().get(found[1])
    assert page.status_code == 200 and "Yes, it is still so" in page.content.decode()
    assert asset.title in page.content.decode()


# The link


def test_a_mail_scanner_that_opens_the_link_confirms_nothing_and_the_button_does(cast: Cast) -> None:
    asset = shared(cast.resident)
    path = f"/still-so/{queries.token_of(asked_about(asset))}/"
    before = confirmed(asset)
    for method in ("get", "head", "options"):
        getattr(Client(), method)(path)
    assert confirmed(asset) == before
    page = Client().post(path, follow=True)
    assert confirmed(asset) == timezone.localdate()
    assert "nothing more to do" in page.content.decode()
    event = Event.objects.get(verb="assets.confirm")
    assert event.actor is None and event.record == asset.record and "link" in event.request


def test_the_button_asks_for_the_site_s_own_form(cast: Cast) -> None:
    path = f"/still-so/{queries.token_of(asked_about(shared(cast.resident)))}/"
    assert Client(enforce_csrf_checks=True).post(path).status_code == 403


def test_a_link_that_was_used_does_nothing_more(cast: Cast) -> None:
    asset = shared(cast.resident)
    path = f"/still-so/{queries.token_of(asked_about(asset))}/"
    Client().post(path)
    said_before(asset, 200)
    page = Client().post(path, follow=True)
    assert page.status_code == 200 and confirmed(asset) == timezone.localdate() - timedelta(days=200)
    assert "Yes, it is still so" not in page.content.decode()


def test_a_link_ends_with_its_question(cast: Cast) -> None:
    asset = shared(cast.resident)
    ask = asked_about(asset)
    path = f"/still-so/{queries.token_of(ask)}/"
    FreshAsk.objects.update(expires=timezone.now() - timedelta(minutes=1))
    Client().post(path)
    assert confirmed(asset) != timezone.localdate()
    actions.forget(by=MACHINE)
    assert Client().get(path).status_code == 404


@pytest.mark.parametrize("spoil", ["cut", "other", "salt", "letters", "long"])
def test_a_link_that_we_did_not_sign_for_this_opens_nothing(cast: Cast, spoil: str) -> None:
    mine, other = shared(cast.resident), shared(cast.neighbour, "Bread")
    ask, second = asked_about(mine), asked_about(other)
    token = queries.token_of(ask)
    spoiled = {
        "cut": token[:-1],
        "other": second.key.hex + token[token.index(":") :],
        "salt": signing.TimestampSigner(salt="something.else").sign(ask.key.hex),
        "letters": "👍🏽מילים",
        "long": "x" * 5000,
    }[spoil]
    for response in (Client().get(f"/still-so/{spoiled}/"), Client().post(f"/still-so/{spoiled}/")):
        assert response.status_code == 404
    assert confirmed(mine) != timezone.localdate() and confirmed(other) != timezone.localdate()


def test_the_page_of_the_link_tells_nothing_but_the_thing_itself(cast: Cast) -> None:
    asset = shared(cast.resident, words="At number nine, the blue door")
    shared(cast.resident, "A ladder")
    page = Client().get(f"/still-so/{queries.token_of(asked_about(asset))}/").content.decode()
    for kept in ("Mair", "Pugh", "blue door", "ladder", str(asset.record.key), str(cast.resident.party.key)):
        assert kept not in page


def test_asking_again_ends_the_earlier_link(cast: Cast) -> None:
    asset = shared(cast.resident)
    first = queries.token_of(asked_about(asset))
    second = queries.token_of(asked_about(asset))
    assert Client().get(f"/still-so/{first}/").status_code == 404
    assert Client().get(f"/still-so/{second}/").status_code == 200


def test_what_was_taken_back_is_not_asked_about_any_more(cast: Cast) -> None:
    asset = shared(cast.resident)
    path = f"/still-so/{queries.token_of(asked_about(asset))}/"
    assets.withdraw(by=cast.resident.actor, asset=asset)
    assert Client().post(path).status_code == 404
    assert Record.objects.get(pk=asset.pk).state == State.ENDED


# By letter, by telephone, by text


def letter_person(cast: Cast, way: str) -> tuple[Somebody, Asset]:
    """A community connector, and what somebody without a screen shares, whose page she keeps with her."""
    helper = cast.staff("Iris Bell", Role.CONNECTOR)
    helper.helps(cast.resident)
    note_facts(by=cast.resident.actor, party=cast.resident.party, contact_by=way, phone="07700 900123")
    return helper, shared(cast.resident)


def test_a_letter_has_a_code_and_a_square_for_a_camera_and_a_helper_types_the_code(cast: Cast) -> None:
    helper, asset = letter_person(cast, "letter")
    actions.ask_due(by=MACHINE)
    code = FreshAsk.objects.get().code
    printed = helper.client().get("/helping/letters/").content.decode()
    assert f"{code[:3]} {code[3:]}" in printed and '<svg class="qr"' in printed
    page = helper.client().post("/still-so/", {"words": f"{code[:3]} {code[3:]}"}, follow=True).content.decode()
    assert "it is still so" in page and "Mair Pugh" not in page
    assert confirmed(asset) == timezone.localdate()
    assert Event.objects.get(verb="freshness.try_code").actor == helper.party


def test_the_helper_who_rings_has_a_button_beside_the_call(cast: Cast) -> None:
    helper, asset = letter_person(cast, "telephone")
    actions.ask_due(by=MACHINE)
    page = helper.client().get("/helping/").content.decode()
    action = re.search(r'action="(/still-so/[^"]+)"', page)
    assert action
    helper.client().post(action[1])
    assert confirmed(asset) == timezone.localdate()


@pytest.mark.parametrize("words", ["YES 482137", "yes 482 137 thank you", "482137", "Ydy 482 137"])
def test_the_code_is_read_out_of_what_people_write(words: str) -> None:
    assert queries.code_in(words) == "482137"


@pytest.mark.parametrize(
    "words", ["", "yes", "NO 482137", "4821377", "48213", "stop 482 137", "４８２１３７", "😀" * 50]
)
def test_what_holds_no_code_or_says_no_is_none(words: str) -> None:
    assert queries.code_in(words) == ""


def test_only_people_who_help_here_type_codes(cast: Cast) -> None:
    asset = shared(cast.resident)
    code = asked_about(asset).code
    with pytest.raises(Refused):
        actions.try_code(by=cast.outsider.actor, words=code)
    assert cast.outsider.client().post("/still-so/", {"words": code}).status_code == 403
    assert cast.builder.client(second_factor=False).post("/still-so/", {"words": code}).status_code == 302
    assert confirmed(asset) != timezone.localdate()


def test_guessing_codes_ends_after_ten(cast: Cast) -> None:
    asset = shared(cast.resident)
    code = asked_about(asset).code
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    helper = cast.staff("Iris Bell", Role.CONNECTOR)
    for _try in range(queries.MOST_TRIES):
        assert actions.try_code(by=helper.actor, words=wrong) is None
    with pytest.raises(Refused, match="wrong too often"):
        actions.try_code(by=helper.actor, words=code)
    page = helper.client().post("/still-so/", {"words": code})
    assert "wrong too often" in page.content.decode() and code in page.content.decode(), "what was typed stays"
    assert confirmed(asset) != timezone.localdate()
    assert actions.try_code(by=cast.builder.actor, words=code) == asset, "others are not held up"
    CodeTry.objects.update(at=timezone.now() - timedelta(days=2))
    actions.forget(by=MACHINE)
    assert not CodeTry.objects.exists()


def test_a_code_works_once(cast: Cast) -> None:
    code = asked_about(shared(cast.resident)).code
    assert actions.try_code(by=cast.builder.actor, words=code) is not None
    assert actions.try_code(by=cast.builder.actor, words=code) is None
    with pytest.raises(Fault):
        actions.try_code(by=cast.builder.actor, words="yes")


def text_in(words: str, number: str = "+44 7700 900123", token: str = "letmein") -> tuple[int, object]:
    response = Client().post(
        "/still-so/texts/", {"from": number, "text": words}, headers={"Authorization": f"Bearer {token}"}
    )
    return response.status_code, response.json() if response.status_code in (200, 403) else None


def test_a_text_comes_in_through_the_gateway_s_door(cast: Cast, settings: object) -> None:
    settings.TEXT_TOKEN = "letmein"  # type: ignore[attr-defined]
    _person, asset = letter_person(cast, "page")
    code = asked_about(asset).code
    assert text_in(f"YES {code}", token="guess") == (403, {"taken": False})
    assert text_in(f"YES {code}", number="07700 900999") == (200, {"taken": False}), "somebody else's telephone"
    assert text_in(f"NO {code}") == (200, {"taken": False})
    assert confirmed(asset) != timezone.localdate()
    assert text_in(f"YES {code}") == (200, {"taken": True})
    assert confirmed(asset) == timezone.localdate()
    assert FreshAsk.objects.get().how == "text"


def test_without_a_token_there_is_no_door_for_texts(cast: Cast) -> None:
    assert text_in("YES 482137") == (404, None)
    assert text_in("YES 482137", token="") == (404, None)


def test_texts_go_out_where_an_operator_connected_something(
    cast: Cast, settings: object, tmp_path: object, django_capture_on_commit_callbacks: object
) -> None:
    _person, _asset = letter_person(cast, "text")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        actions.ask_due(by=MACHINE)
    assert Notice.objects.latest("pk").way == "page", "nothing is connected"
    settings.TEXT_SENDER, settings.TEXT_FILE = "file", tmp_path / "texts.jsonl"  # type: ignore[attr-defined, operator]
    FreshAsk.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        actions.ask_due(by=MACHINE)
    line = settings.TEXT_FILE.read_text()  # type: ignore[attr-defined]
    assert '"to": "07700 900123"' in line and "YES" in line and "/still-so/" in line
    page = cast.resident.client().get("/me/").content.decode()
    assert "By text message" in page


# What nobody answers for


def grow_old(asset: Asset, days: int) -> Record:
    said_before(asset, days)
    assets.age(by=MACHINE)
    Record.objects.filter(pk=asset.pk).update(changed=timezone.now() - timedelta(days=min(days - 365, 91)))
    actions.hide_old(by=MACHINE)
    return Record.objects.get(pk=asset.pk)


def test_old_things_are_marked_then_hidden_and_one_tap_brings_them_back(cast: Cast) -> None:
    asset = shared(cast.resident, "A ladder to lend", days=0)
    assert grow_old(asset, 366).state == State.STALE
    listed = Client().get("/look-around/?words=ladder").content.decode()
    assert "Not confirmed for a while" in listed
    assert grow_old(asset, 454).state == State.STALE
    assert grow_old(asset, 456).state == State.HIDDEN
    assert look_around(ANYONE, "ladder").total == 0
    assert Client().get(f"/a/{asset.record.key}/").status_code == 404
    assert cast.outsider.client().get(f"/a/{asset.record.key}/").status_code == 404
    mine = cast.resident.client()
    page = mine.get("/my-page/").content.decode()
    assert "Bring it back" in page and "A ladder to lend" in page
    assert "Only you can see this now" in Notice.objects.get(to=cast.resident.party).title
    mine.post(f"/a/{asset.record.key}/confirm/")
    assert look_around(ANYONE, "ladder").total == 1
    assert [one.pk for one in held_by(ANYONE, cast.resident.party)] == [asset.pk]


def test_what_is_marked_tonight_is_not_hidden_tonight_however_old_it_is(cast: Cast) -> None:
    asset = shared(cast.resident, days=2000)
    actions.tend(by=MACHINE)
    assets.age(by=MACHINE)
    actions.tend(by=MACHINE)
    assert Record.objects.get(pk=asset.pk).state == State.STALE


def test_the_link_brings_back_what_was_hidden(cast: Cast) -> None:
    asset = shared(cast.resident, days=0)
    grow_old(asset, 456)
    Client().post(f"/still-so/{queries.token_of(asked_about(asset))}/")
    assert Record.objects.get(pk=asset.pk).state == State.LIVE


def test_a_feed_s_services_are_not_hidden_for_their_age(cast: Cast) -> None:
    asset = shared(cast.resident, days=0)
    Asset.objects.filter(pk=asset.pk).update(from_list=True)
    assert grow_old(asset, 600).state == State.STALE


def test_what_only_its_holder_sees_is_never_hidden_from_them(cast: Cast) -> None:
    asset = shared(cast.resident, days=0, audience="me")
    assert grow_old(asset, 600).state == State.STALE


def test_the_night_does_all_of_it_and_says_how_many(cast: Cast) -> None:
    shared(cast.resident, days=340)
    resting = shared(cast.neighbour, days=10)
    assets.pause_offer(by=cast.neighbour.actor, asset=resting)
    Asset.objects.filter(pk=resting.pk).update(back_on=timezone.localdate())
    done = nightly(argparse.Namespace())
    assert (done.data["back"], done.data["hidden"], done.data["asked"]) == (1, 0, 1)


def test_nobody_but_the_machine_asks_or_hides(cast: Cast) -> None:
    for deed in (actions.ask_due, actions.hide_old, actions.forget, actions.tend):
        with pytest.raises(Refused):
            deed(by=cast.steward.actor)
