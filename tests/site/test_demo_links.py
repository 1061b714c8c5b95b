"""A one-use link: it opens once, on this machine, in the invented place, and nowhere else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from alongside.ground.history.acting import Refused
from alongside.ground.history.actor import Actor
from alongside.ground.people.doors import staff
from alongside.ground.people.models import Login, Party
from alongside.ground.places.models import Installation
from alongside.site.demo import links
from alongside.site.demo.cast import CARD_WORD, CAST
from alongside.site.demo.models import DemoLink

MACHINE = Actor.system("tests")


@pytest.fixture
def tokens(larkmere: dict[str, int]) -> dict[str, str]:
    """A fresh link for each of the cast, by name."""
    return {member.name: token for member, token in links.make(by=MACHINE)}


@pytest.fixture
def near() -> Client:
    """A browser on this machine."""
    return Client(HTTP_HOST="localhost:8000", REMOTE_ADDR="127.0.0.1")


def who(client: Client) -> str:
    login = Login.objects.filter(pk=client.session.get("_auth_user_id", 0)).first()
    return login.party.name if login and login.party else ""


def methods(client: Client) -> set[str]:
    return {one["method"] for one in client.session.get("account_authentication_methods", [])}


def test_a_link_works_once(tokens: dict[str, str], near: Client) -> None:
    address = f"/demo/{tokens['Joyce A.']}/"
    assert near.get(address).status_code == 302
    assert who(near) == "Joyce A."
    second = Client(HTTP_HOST="localhost:8000", REMOTE_ADDR="127.0.0.1")
    assert second.get(address).status_code == 404
    assert who(second) == ""


def test_each_lands_where_their_day_begins(tokens: dict[str, str], near: Client) -> None:
    lands = {name: near.get(f"/demo/{token}/").headers["Location"] for name, token in tokens.items()}
    assert lands["Sunita R."] == "/desk/"
    assert lands["Robin G."] == "/"
    assert lands["Moira S."] == "/my-page/"


def test_only_staff_get_a_second_factor_by_link(tokens: dict[str, str], near: Client, rf: Any) -> None:
    near.get(f"/demo/{tokens['Joyce A.']}/")
    assert "mfa" not in methods(near)
    near.get(f"/demo/{tokens['Sunita R.']}/")
    assert who(near) == "Sunita R."
    assert "mfa" in methods(near)


@pytest.mark.parametrize(
    "far",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"REMOTE_ADDR": ""},
        {"HTTP_X_FORWARDED_FOR": "192.0.2.7"},
        {"HTTP_FORWARDED": "for=192.0.2.7"},
        {"HTTP_HOST": "larkmere.example"},
    ],
)
def test_from_elsewhere_there_is_no_such_page(tokens: dict[str, str], near: Client, far: dict[str, str]) -> None:
    address = f"/demo/{tokens['Joyce A.']}/"
    assert near.get(address, **far).status_code == 404
    assert near.get(address).status_code == 302, "and it was not used up"


def test_in_a_real_place_there_is_no_such_page(tokens: dict[str, str], near: Client) -> None:
    Installation.objects.update(demo=False)
    assert near.get(f"/demo/{tokens['Joyce A.']}/").status_code == 404
    with pytest.raises(Refused):
        links.make(by=MACHINE)
    assert links.letter("http://localhost:8000") == []


def test_a_link_ends_after_a_day(tokens: dict[str, str], near: Client) -> None:
    DemoLink.objects.update(expires=timezone.now() - timedelta(seconds=1))
    assert near.get(f"/demo/{tokens['Joyce A.']}/").status_code == 404


def test_new_links_end_the_old_ones(tokens: dict[str, str], near: Client) -> None:
    fresh = {member.name: token for member, token in links.make(by=MACHINE)}
    assert near.get(f"/demo/{tokens['Joyce A.']}/").status_code == 404
    assert near.get(f"/demo/{fresh['Joyce A.']}/").status_code == 302


def test_looking_ahead_at_a_link_does_not_use_it_up(tokens: dict[str, str], near: Client) -> None:
    address = f"/demo/{tokens['Joyce A.']}/"
    assert near.head(address).status_code == 405
    assert near.post(address).status_code == 405
    assert near.get(address).status_code == 302


def test_only_a_hash_of_the_token_is_kept(tokens: dict[str, str]) -> None:
    kept = set(DemoLink.objects.values_list("token_hash", flat=True))
    assert len(kept) == len(tokens)
    assert kept.isdisjoint(tokens.values())


def test_nobody_but_the_machine_makes_links(larkmere: dict[str, int]) -> None:
    with pytest.raises(Refused):
        links.make(by=Actor(person=Party.objects.get(name="Sunita R.")))


def test_the_letter_tells_of_everybody(larkmere: dict[str, int]) -> None:
    letter = "\n".join(links.letter("http://localhost:8000"))
    for member in CAST:
        if member.email:
            assert f"{member.name}, {member.what}" in letter
    assert letter.count("http://localhost:8000/demo/") == len([one for one in CAST if one.email])
    assert CARD_WORD in letter
    assert Login.objects.get(party__name="Dilys P.").card.number in letter


def test_staff_pages_open_to_staff_who_came_by_link(tokens: dict[str, str], near: Client, rf: Any) -> None:
    near.get(f"/demo/{tokens['Priya M.']}/")
    request = rf.get("/")
    request.user = Login.objects.get(email="priya@larkmere.example")
    request.session = near.session
    assert staff(lambda _request: "open")(request) == "open"  # type: ignore[arg-type, return-value, comparison-overlap]
