"""Journey 16, by telephone and post: Edith has no screen, and has a page, an offer and a letter to confirm it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import BrowserContext, Page, expect

from alongside.ground.history.models import Event
from alongside.ground.people.models import Card, Party
from alongside.knowing.assets.models import Asset
from tests.browser import Axe, both_widths
from tests.cast import Cast


@pytest.fixture(autouse=True)
def no_limits_yet() -> None:
    cache.clear()


def open_page(page: Page, axe: Axe) -> None:
    """Lynne rings Edith, asks, and writes down what she says."""
    page.goto("/helping/")
    axe(page)
    page.get_by_role("link", name="Open a page with somebody").click()
    axe(page)
    page.get_by_role("button", name="Open the page and make the card").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    axe(page)
    page.get_by_label("by telephone").first.check()
    page.get_by_label("Their name, as they like to be called").fill("Edith Morgan")
    page.get_by_label("Address for letters").fill("3 Mill Street, Testford")
    page.get_by_label("By letter").check()
    page.get_by_label("Large print, please").check()
    page.get_by_label("The word you choose together").fill("Marmalade")
    page.get_by_label("They said yes").check()
    page.get_by_role("button", name="Open the page and make the card").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Card for Edith Morgan")
    axe(page)


def help_by_telephone(page: Page, axe: Axe) -> None:
    page.get_by_role("link", name="Help now").click()
    axe(page)
    page.get_by_label("by telephone").check()
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_text("Lynne Hughes is helping Edith Morgan.")).to_be_visible()
    axe(page)


def offer_something(page: Page, axe: Axe) -> None:
    page.goto("/offer/")
    axe(page)
    page.get_by_label("Skill").check()
    page.get_by_label("What would you call it?").fill("Marmalade lessons at my kitchen table")
    page.get_by_role("button", name="Save and go on").click()
    for step in ("when", "where", "check"):
        page.wait_for_url(f"**/{step}/")
        axe(page)
        if step != "check":
            page.get_by_role("button", name="Save and go on").click()
    page.get_by_label("Everyone").check()
    page.get_by_role("button", name="Save and finish").click()
    expect(page.get_by_role("heading", name="Marmalade lessons at my kitchen table")).to_be_visible()
    axe(page)


def post_the_letters(page: Page, axe: Axe) -> None:
    page.get_by_role("button", name="Stop the help").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("People I help")
    page.get_by_role("link", name="Print them").click()
    expect(page.get_by_text("3 Mill Street, Testford")).to_be_visible()
    expect(page.get_by_text("It is still your page. You decide.", exact=False)).to_be_visible()
    assert "large-print" in (page.locator("body").get_attribute("class") or "")
    axe(page)
    page.get_by_role("button", name="I have posted these").click()
    expect(page.get_by_text("No letters wait.")).to_be_visible()


@both_widths
@pytest.mark.parametrize("javascript", [True, False])
def test_edith_needs_no_screen(
    live_cast: Cast, page: Page, context: BrowserContext, axe: Axe, sign_in: Callable[..., Any], new_context: Any
) -> None:
    sign_in(context, live_cast.coordinator)
    open_page(page, axe)
    help_by_telephone(page, axe)
    offer_something(page, axe)
    edith = Party.objects.get(name="Edith Morgan")
    asset = Asset.objects.get(title__startswith="Marmalade lessons")
    assert asset.record.owner == edith and asset.record.audience == "everyone" and asset.record.state == "live"
    event = Event.objects.get(verb="assets.offer")
    assert (event.actor, event.on_behalf, event.source) == (live_cast.coordinator.party, edith, "telephone")
    post_the_letters(page, axe)

    # Her card opens her own page on any screen, should she ever want one.
    library = new_context().new_page()
    library.goto("/sign-in/card/")
    library.get_by_label("The number on your card").fill(Card.objects.get(login__party=edith).number)
    library.get_by_label("Your word").fill("marmalade")
    library.get_by_role("button", name="Open my page").click()
    library.wait_for_url(re.compile("/my-page/"))
    library.goto("/me/helpers/")
    axe(library)
    library.get_by_role("button", name="I do not want this help").click()

    # Whoever helped knows the old word, so she chooses another, and stays in.
    expect(library.get_by_role("heading", level=1)).to_have_text("A new card for you")
    axe(library)
    library.get_by_label("The new word").fill("wellingtons")
    library.get_by_role("button", name="Make the new card").click()
    expect(library.get_by_text("The number of your new card is")).to_be_visible()
    expect(library.get_by_text("You said no. It has ended.")).to_be_visible()
    page.goto("/helping/")
    expect(page.get_by_role("heading", name="Edith Morgan")).not_to_be_visible()
