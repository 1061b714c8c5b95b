"""No page links to a page that would answer this reader: not found. Whose it is then stands there in plain words."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from alongside.ground.consent.actions import settle
from alongside.ground.people.actions import join, show_membership, welcome
from alongside.ground.people.models import Kind, Party, Sort
from alongside.knowing.assets.actions import offer
from alongside.knowing.assets.models import Asset
from alongside.knowing.barriers.actions import say
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(cast: Cast) -> Party:
    assert cast.place.name
    return welcome(by=cast.resident.actor, kind=Kind.COMMUNITY, sort=Sort.HOUSEHOLD, name="The Pughs of Mill Street")


def lent(cast: Cast, holder: Party, *, found: bool) -> Asset:
    ladder = offer(by=cast.resident.actor, holder=holder, kind="equipment", title="A ladder", audience="everyone")
    if not found:
        settle(by=cast.resident.actor, record=ladder.record, purposes={})
    return ladder


def dead_links(client: Client, page: str) -> list[str]:
    text = client.get(page).content.decode()
    return [link for link in re.findall(r'href="(/p/[^"#]+)"', text) if client.get(link).status_code == 404]


@pytest.mark.parametrize("found", [True, False])
def test_a_household_s_ladder_names_it_and_leads_nowhere_for_others(cast: Cast, home: Party, found: bool) -> None:
    page = f"/a/{lent(cast, home, found=found).record.key}/"
    for client in (Client(), cast.outsider.client()):
        text = client.get(page).content.decode()
        assert "A ladder" in text and f"/p/{home.key}/" not in text
        assert dead_links(client, page) == []
    assert f"/p/{home.key}/" in cast.resident.client().get(page).content.decode(), "those who live there open it"


@pytest.mark.parametrize("found", [True, False])
def test_a_club_s_page_opens_also_from_what_is_in_no_list(cast: Cast, found: bool) -> None:
    urn = offer(by=cast.connector.actor, holder=cast.lunch_club, kind="equipment", title="An urn", audience="everyone")
    if not found:
        settle(by=cast.connector.actor, record=urn.record, purposes={})
    page = f"/a/{urn.record.key}/"
    assert f"/p/{cast.lunch_club.key}/" in Client().get(page).content.decode()
    assert dead_links(Client(), page) == []


def test_a_person_s_thing_that_is_in_no_list_leads_to_no_page_of_theirs(cast: Cast) -> None:
    assert cast.place.name
    page = f"/a/{lent(cast, cast.resident.party, found=False).record.key}/"
    assert Client().get(page).status_code == 200 and dead_links(Client(), page) == []


def test_what_gets_in_the_way_at_a_household_s_thing_leads_to_no_page_of_theirs(cast: Cast, home: Party) -> None:
    ladder = lent(cast, home, found=True)
    barrier = say(by=cast.neighbour.actor, owner=cast.neighbour.party, words="It is too heavy", asset=ladder)
    for page in (f"/in-the-way/{barrier.record.key}/", "/in-the-way/"):
        assert dead_links(Client(), page) == []


def test_a_household_that_somebody_belongs_to_stands_on_nobody_else_s_screen(cast: Cast, home: Party) -> None:
    """Its page is not for others, so neither is a link to it among the groups that a person shows."""
    joseph = cast.neighbour
    offer(by=joseph.actor, holder=joseph.party, kind="skill", title="Bread", audience="everyone")
    for group in (home, cast.lunch_club):
        member = join(by=cast.resident.actor if group == home else joseph.actor, member=joseph.party, of=group)
        show_membership(by=joseph.actor, membership=member, shown=True)
    page = f"/p/{joseph.party.key}/"
    text = cast.outsider.client().get(page).content.decode()
    assert "Mill Street lunch club" in text and "The Pughs" not in text
    assert dead_links(cast.outsider.client(), page) == []
