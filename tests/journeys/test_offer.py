"""Somebody offers what they have: a person in four pages, a group in three answers, with and without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from alongside.ground.history.actor import Actor
from alongside.ground.places.models import Area
from alongside.ground.records.actions import let_through
from alongside.ground.records.models import Record
from alongside.knowing.search.queries import look_around
from tests.browser import DESK, PHONE, Axe, Keyboard, Robot
from tests.cast import Cast

Sign = Callable[..., None]
# A telephone and a desk, and a telephone whose scripts do not run.
everywhere = pytest.mark.parametrize(("width", "javascript"), [(PHONE, True), (DESK, True), (PHONE, False)])
ANYONE = Actor.anyone()


@pytest.fixture
def town(live_cast: Cast) -> Cast:
    Area.objects.create(kind="ward", edition="2025", code="W9", name="Old Quay", lat=51.45, lng=-2.6)
    return live_cast


@everywhere
def test_a_person_offers_in_four_pages_and_twelve_steps(
    page: Page,
    context: BrowserContext,
    town: Cast,
    axe: Axe,
    robot: Robot,
    sign_in: Sign,
    width: int,
    javascript: bool,
) -> None:
    sign_in(context, town.resident)
    page.goto("/offer/")
    axe(page)
    robot.tick("A skill")
    robot.write("What would you call it?", "Singing at my kitchen table")
    robot.press("Save and go on")
    axe(page)
    robot.tick("Wednesdays")
    robot.write("How many hours a week", "2")
    robot.press("Save and go on")
    axe(page)
    robot.write("Which street or area", "Old Quay")
    robot.press("Save and go on")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check, and choose who may see it")
    axe(page)
    robot.tick("Everyone")
    assert robot.pages <= 4
    robot.press("Save and finish")
    assert robot.interactions <= 12
    expect(page.get_by_text("Thank you. It is in the list.")).to_be_visible()
    axe(page)
    assert look_around(ANYONE, "singing").total == 1


@everywhere
def test_a_group_with_no_legal_form_needs_three_answers_and_no_account(
    page: Page, town: Cast, axe: Axe, robot: Robot, width: int, javascript: bool
) -> None:
    page.goto("/offer/")
    robot.follow("Offer something as a group")
    axe(page)
    robot.press("Put us on the map")
    expect(page.get_by_role("link", name="Enter a name")).to_be_visible()
    axe(page)
    robot.write("What is your group called?", "The bench outside the bakery")
    robot.write("What do you do together?", "Sit and talk")
    robot.write("Where and when?", "Most afternoons, and Tuesdays at noon")
    robot.press("Put us on the map")
    expect(page.get_by_text("Waiting for a steward to look")).to_be_visible()
    axe(page)
    assert look_around(ANYONE, "bench").total == 0
    let_through(by=Actor.system("tests"), record=Record.objects.get(kind="asset"))
    assert look_around(ANYONE, "bench", days=[1]).total == 1


@pytest.mark.parametrize("width", [PHONE])
def test_what_was_typed_stays_when_something_is_wrong(
    page: Page, context: BrowserContext, town: Cast, axe: Axe, sign_in: Sign, width: int
) -> None:
    sign_in(context, town.resident)
    page.goto("/offer/")
    page.get_by_label("Say more, in your own words").fill("שלום 🎹 I still know all the songs")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("link", name="Say what it is, in a few words")).to_be_visible()
    expect(page.get_by_label("Say more, in your own words")).to_have_value("שלום 🎹 I still know all the songs")
    axe(page)
    page.get_by_label("A skill").check()
    page.get_by_label("What would you call it?").fill("Piano")
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_label("How many hours a week").fill("some")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("link", name="Enter a number, like 2")).to_be_visible()
    expect(page.get_by_label("How many hours a week")).to_have_value("some")
    axe(page)
    page.get_by_label("How many hours a week").fill("")
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_label("Which street or area").fill("Atlantis")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("link", name="Enter a street, neighbourhood or ward")).to_be_visible()
    axe(page)


def test_it_is_changed_and_taken_back(page: Page, context: BrowserContext, town: Cast, axe: Axe, sign_in: Sign) -> None:
    sign_in(context, town.resident)
    page.goto("/offer/")
    page.get_by_label("Things to lend").check()
    page.get_by_label("What would you call it?").fill("A ladder")
    page.get_by_role("button", name="Save and go on").click()
    page.wait_for_url("**/when/")
    page.goto(page.url.replace("/when/", "/check/"))
    page.get_by_label("Everyone").check()
    page.get_by_role("button", name="Save and finish").click()
    page.get_by_role("link", name="Change it, or who may see it").click()
    page.get_by_role("link", name="Change what it is").click()
    axe(page)
    page.get_by_label("What would you call it?").fill("A long ladder")
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_role("button", name="Save and finish").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A long ladder")
    page.get_by_role("button", name="It is still so").click()
    page.get_by_role("link", name="Take it back").click()
    axe(page)
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("Nobody else can see it any more")).to_be_visible()
    axe(page)
    assert look_around(ANYONE, "ladder").total == 0


def test_it_can_be_done_by_keyboard_alone(
    page: Page, context: BrowserContext, town: Cast, keyboard: Keyboard, sign_in: Sign
) -> None:
    sign_in(context, town.resident)
    page.goto("/offer/")
    keyboard.tick(page.get_by_label("A skill"))
    keyboard.write(page.get_by_label("What would you call it?"), "Piano")
    keyboard.press(page.get_by_role("button", name="Save and go on"))
    keyboard.press(page.get_by_role("button", name="Save and go on"))
    keyboard.press(page.get_by_role("button", name="Save and go on"))
    keyboard.choose(page.get_by_label("Only me"), 2)
    keyboard.press(page.get_by_role("button", name="Save and finish"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Piano")
    assert look_around(ANYONE, "piano").total == 1
