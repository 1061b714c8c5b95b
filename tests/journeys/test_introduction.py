"""Two people who do not know each other: one asks to be introduced, the other says yes, and only then come names."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from alongside.ground.history.actor import Actor
from alongside.knowing.freshness.actions import ask
from alongside.knowing.freshness.models import FreshAsk
from alongside.knowing.freshness.queries import token_of
from tests.browser import Axe, Keyboard, both_widths
from tests.cast import Cast
from tests.doing.meeting import shared, wished

Sign = Callable[..., None]


@both_widths
def test_mair_is_introduced_to_joseph_and_both_said_yes_first(
    page: Page,
    context: BrowserContext,
    new_context: Callable[..., BrowserContext],
    live_cast: Cast,
    axe: Axe,
    sign_in: Sign,
    width: int,
) -> None:
    wished(live_cast.resident)
    shared(live_cast.neighbour)
    sign_in(context, live_cast.resident)
    page.goto("/my-page/")
    page.get_by_role("link", name="What may fit “Somebody to sing with”").click()
    axe(page)
    page.get_by_role("link", name="Ask to be introduced").click()
    page.get_by_role("button", name="Ask them").click()
    expect(page.get_by_role("link", name="Say how they can reach you")).to_be_visible()
    axe(page)
    page.get_by_label("What may the other know about you now?").fill("Somebody near you who sings alto")
    page.get_by_label("How can they reach you").fill("Ring 01632 960 777")
    page.get_by_label("In a public place").check()
    page.get_by_role("button", name="Ask them").click()
    expect(page.get_by_text("You said yes. Waits for them")).to_be_visible()
    axe(page)
    theirs = new_context()
    sign_in(theirs, live_cast.neighbour)
    other = theirs.new_page()
    other.goto("/my-page/")
    keyboard = Keyboard(other)
    keyboard.press(other.get_by_role("link", name="Somebody wishes for something you share").first)
    expect(other.get_by_text("Somebody near you who sings alto")).to_be_visible()
    assert "Mair" not in other.content() and "960 777" not in other.content()
    axe(other)
    keyboard.write(other.get_by_label("How can they reach you"), "Knock at the bakery")
    keyboard.choose(other.get_by_label("In a public place"), 0)
    keyboard.press(other.get_by_role("button", name="Yes, introduce us"))
    expect(other.get_by_role("heading", level=1, name="You and Mair Pugh")).to_be_visible()
    expect(other.get_by_text("Ring 01632 960 777")).to_be_visible()
    axe(other)
    page.reload()
    expect(page.get_by_role("heading", level=1, name="You and Joseph Okafor")).to_be_visible()
    page.locator("summary", has_text="How did it go?").click()
    page.get_by_label("It helped").check()
    page.get_by_label("I found what I wished for").check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("You said: It helped")).to_be_visible()
    axe(page)


@both_widths
def test_one_tap_without_signing_in_says_that_it_is_still_so(page: Page, live_cast: Cast, axe: Axe, width: int) -> None:
    asset = shared(live_cast.resident)
    ask(by=Actor.system("tests"), asset=asset)
    page.goto(f"/still-so/{token_of(FreshAsk.objects.get())}/")
    axe(page)
    page.get_by_role("button", name="Yes, it is still so").click()
    expect(page.get_by_text("There is nothing more to do")).to_be_visible()
    axe(page)


@both_widths
def test_a_cafe_says_that_people_are_welcome_and_has_a_card(page: Page, live_cast: Cast, axe: Axe, width: int) -> None:
    page.goto("/offer/welcome/")
    axe(page)
    page.get_by_label("What is the place called?").fill("The Bandstand Café")
    page.get_by_label("Sit down without buying").check()
    page.get_by_label("A quiet hour").check()
    page.get_by_role("button", name="Put us on the map").click()
    expect(page.get_by_role("heading", level=1, name="You are welcome here")).to_be_visible()
    expect(page.get_by_role("img", name="Leads to the page of this place")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Welcome at The Bandstand Café").click()
    page.get_by_role("button", name="2", exact=True).click()
    expect(page.get_by_text("Room for 2 newcomers")).to_be_visible()
    axe(page)
