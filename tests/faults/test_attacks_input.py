"""What a form never sends, sent by hand: no page answers with a fault of our own, and no link leads away."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from alongside.ground.people.doors import DEVICE_COOKIE
from alongside.ground.worries.models import Worry
from alongside.knowing.assets.actions import offer
from alongside.knowing.contributions.actions import answer, ask_back
from alongside.knowing.contributions.models import Contribution
from alongside.knowing.outcomes.models import Outcome
from tests.cast import Cast

pytestmark = pytest.mark.django_db
NULL = "%00"


@pytest.mark.parametrize(
    "sent",
    [
        {"choice": ""},
        {"choice": "perhaps"},
        {"choice": "yes", "minutes": "²"},
        {"choice": "yes", "minutes": "9" * 5000},
        {"choice": "yes", "minutes": "-5"},
        {"choice": "yes", "key": "\x00"},
        {"choice": "yes", "asset": "\x00"},
    ],
)
def test_no_answer_to_an_idea_breaks_the_page(cast: Cast, sent: dict[str, str]) -> None:
    assert cast.place.name
    joseph = cast.neighbour
    asset = offer(by=joseph.actor, holder=joseph.party, kind="skill", title="Singing", audience="everyone")
    client = cast.resident.client()
    client.post(f"/my-page/plan/add/{asset.record.key}/", {"words": "I want to sing"})
    ideas = f"/my-page/plan/ideas/{Outcome.objects.get().record.key}/"
    assert client.post(ideas, {"asset": str(asset.record.key), **sent}).status_code in (302, 404)


@pytest.mark.parametrize(
    "address",
    [
        f"/place/ward/{NULL}/",
        f"/place/ward/{'9' * 3000}/",
        f"/look-around/?words={NULL}&near={NULL}&page={NULL}&day={NULL}&by={NULL}",
        "/look-around/?page=9_1e400_1",
        f"/look-around/?page={'9' * 30}_{'9' * 30}_{'9' * 30}",
        f"/look-around/?words={'%F0%9F%8F%B3%E2%80%8F' * 500}",
        "/look-around/?words=%ED%A0%80&near=%ED%A0%80",
        f"/wish/?for={NULL}&words={NULL}&domain={NULL}",
        f"/place/?map={NULL}",
        f"/sign-in/?next={NULL}",
        f"/demo/{NULL}/",
        f"/my-page/plan/ask/have/?then={NULL}",
        f"/offer/?title={NULL}",
    ],
)
def test_no_address_breaks_a_page(cast: Cast, address: str) -> None:
    assert cast.place.name
    assert cast.resident.client().get(address).status_code < 500


@pytest.mark.parametrize("page", ["//elsewhere.example/", "/\\elsewhere.example/", "javascript:alert(1)", "/a\\b"])
def test_the_page_of_a_worry_is_one_of_ours(cast: Cast, page: str) -> None:
    assert cast.place.name
    Client().post("/worry/", {"words": "Look here", "page": page})
    assert Worry.objects.get().page == ""


@pytest.mark.parametrize("address", ["/", "/look-around/", "/place/", "/offer/", "/p/{me}/", "/a/{asset}/"])
def test_a_page_made_for_somebody_stays_in_no_cache(cast: Cast, address: str) -> None:
    assert cast.place.name
    mair = cast.resident
    asset = offer(by=mair.actor, holder=mair.party, kind="skill", title="A private thing")
    told = mair.client().get(address.format(me=mair.party.key, asset=asset.record.key))
    assert told.status_code == 200
    assert "no-store" in told["Cache-Control"] and "private" in told["Cache-Control"]


def test_open_pages_may_be_kept_by_a_cache(cast: Cast) -> None:
    assert cast.place.name
    assert "no-store" not in Client().get("/look-around/").get("Cache-Control", "")


def test_the_cookie_of_a_device_is_safe_behind_a_proxy(cast: Cast, settings: Any) -> None:
    """A proxy that ends TLS asks us by plain http; the cookie must still never travel in the clear."""
    assert cast.place.name
    settings.SECURE_COOKIES = True
    client = Client()
    client.post("/wish/", {"words": "A bench", "audience": "me"})
    cookie = client.cookies[DEVICE_COOKIE]
    assert cookie["secure"] and cookie["httponly"] and cookie["samesite"] == "Lax"


@pytest.mark.parametrize("letters", ["utf-7", "unicode_escape", "idna", "rot13", "base64"])
def test_a_form_in_no_letters_of_ours_is_refused(cast: Cast, letters: str) -> None:
    """Some of these make lone surrogates out of plain figures."""
    assert cast.place.name
    part = '--B\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
    body = part.format("words", "+2AA- \\ud800") + part.format("audience", "me") + "--B--\r\n"
    kind = f"multipart/form-data; boundary=B; charset={letters}"
    assert Client().generic("POST", "/wish/", body.encode(), content_type=kind).status_code == 400
    good = kind.replace(letters, "UTF-8")
    assert Client().generic("POST", "/wish/", body.encode(), content_type=good).status_code == 302


def test_whoever_says_no_keeps_their_surname(cast: Cast) -> None:
    assert cast.place.name
    joseph, oscar = cast.neighbour, cast.outsider
    assert joseph.login and oscar.login
    asset = offer(by=joseph.actor, holder=joseph.party, kind="skill", title="Singing", audience="everyone")
    client = oscar.client()
    client.post(f"/my-page/plan/add/{asset.record.key}/", {"words": "I want to sing"})
    client.post("/my-page/plan/check/")
    asked = Contribution.objects.get()
    ask_back(by=joseph.actor, contribution=asked, words="When?")
    answer(by=joseph.actor, contribution=asked, yes=False)
    told = [client.get(page).content.decode() for page in ("/my-messages/", "/my-page/", "/my-page/plan/")]
    assert "Joseph O" in told[0]
    assert not any("Okafor" in page for page in told)
