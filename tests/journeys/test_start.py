"""Start a real place on Monday (journey 17): from a few words at a terminal to the first bench in an inviting place."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import Page, expect

from alongside import cli
from alongside.ground.history.actor import Actor
from alongside.ground.places.models import Installation
from alongside.ground.records.actions import let_through
from alongside.knowing.assets.models import Asset
from tests.browser import Axe, both_widths
from tests.cast import app_code

WORDS = ["--name", "Larkfield", "--phone", "01632 960 001", "--steward", "Sam Doe", "--email", "sam@example.org"]


@pytest.fixture
def place(transactional_db: None) -> Iterator[Installation]:
    """What somebody typed at the terminal a minute ago."""
    cache.clear()
    assert cli.main(["start", *WORDS, "--paper", "The library, any morning"]) == 0
    yield Installation.objects.get()
    cache.clear()


def sign_in(page: Page, email: str) -> None:
    """By the code that comes by e-mail; there is no password to forget."""
    page.goto("/sign-in/")
    page.get_by_label("e-mail").first.fill(email)
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Look in your e-mail")
    found = re.search(r"code is (\d+)", str(mail.outbox[-1].body))
    assert found, mail.outbox[-1].body
    page.get_by_label("code").first.fill(found[1])
    page.get_by_role("button", name="Open my page").click()


@both_widths
@pytest.mark.parametrize("javascript", [True, False])
def test_an_empty_place_invites(page: Page, place: Installation, axe: Axe, width: int) -> None:
    assert not Asset.objects.exists()
    page.goto("/")
    expect(page.get_by_text("Larkfield").first).to_be_visible()
    expect(page.get_by_text("01632 960 001").first).to_be_visible()
    expect(page.get_by_text("The library, any morning")).to_be_visible()
    axe(page)
    page.get_by_role("main").get_by_role("link", name="Look around").click()
    expect(page.locator(".empty").first).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("offer|share|wish", re.IGNORECASE)).first).to_be_visible()
    axe(page)
    page.goto("/place/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Larkfield")
    axe(page)


@both_widths
def test_the_steward_comes_in_with_two_steps(page: Page, place: Installation, axe: Axe, width: int) -> None:
    sign_in(page, "sam@example.org")
    page.goto("/desk/")
    expect(page).to_have_url(re.compile("/my-page/app/add/"))
    axe(page)
    page.get_by_label("The code in your app").fill(app_code(page.locator(".card-word").inner_text()))
    page.get_by_role("button", name="Set up the app").click()
    page.goto("/desk/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("desk")
    expect(page.get_by_text("Nothing waits")).to_be_visible()
    axe(page)


@both_widths
@pytest.mark.parametrize("javascript", [True, False])
def test_the_first_thing_in_it_is_a_bench(page: Page, place: Installation, axe: Axe, width: int) -> None:
    """Somebody without an account, for a group without any form; it waits until the steward has looked."""
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="Share something").click()
    page.goto("/offer/group/")
    axe(page)
    page.get_by_label("What is your group called?").fill("The bench outside the bakery")
    page.get_by_label("What do you do together?").fill("Sit down and be talked to")
    page.get_by_label("Where and when?").fill("Most mornings, Mill Lane")
    page.get_by_role("button", name="Put us on the map").click()
    axe(page)
    bench = Asset.objects.get()
    assert (bench.record.owner.name, bench.record.state) == ("The bench outside the bakery", "held")
    record = let_through(by=Actor(person=place.worry_person), record=bench.record)
    assert record.state == "live"
    page.goto("/look-around/")
    expect(page.get_by_role("link", name="Sit down and be talked to")).to_be_visible()
    axe(page)
