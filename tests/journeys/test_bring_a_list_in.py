"""A steward brings in what organisations offer: looks at the file first, says yes, reads what was wrong."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from alongside.exchange.fetching.queries import Answer
from alongside.exchange.services import crawling
from tests.browser import Axe, Keyboard, both_widths
from tests.cast import Cast
from tests.exchange.feeds import as_bytes, messy, nested

Sign = Callable[..., None]


@both_widths
@pytest.mark.parametrize("javascript", [True, False])
def test_a_steward_brings_a_list_in(
    page: Page, context: BrowserContext, live_cast: Cast, axe: Axe, sign_in: Sign, width: int, tmp_path: Path
) -> None:
    sign_in(context, live_cast.steward)
    file = tmp_path / "alderbrook.json"
    file.write_bytes(as_bytes(messy()))
    page.goto("/staff/lists/")
    axe(page)
    page.get_by_role("link", name="Bring a list in").click()
    axe(page)
    page.get_by_role("button", name="Look at the list").click()
    expect(page.get_by_role("link", name="Enter a name for the list")).to_be_visible()
    axe(page)
    page.get_by_label("What is this list called?").fill("Alderbrook directory")
    page.get_by_label("Or a file").set_input_files(file)
    page.get_by_role("button", name="Look at the list").click()
    expect(page.get_by_text("Would be new here")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_text("New here", exact=True)).to_be_visible()
    axe(page)
    if shots := os.environ.get("ALONGSIDE_SHOTS"):
        page.screenshot(path=f"{shots}/run-{width}.png", full_page=True)
    page.get_by_role("link", name="All lists").click()
    page.get_by_role("button", name="Switch off").click()
    expect(page.get_by_text("Off: nobody finds what it brought")).to_be_visible()
    axe(page)
    if shots:
        page.screenshot(path=f"{shots}/lists-{width}.png", full_page=True)


def test_it_can_be_done_by_keyboard_alone(
    page: Page, context: BrowserContext, live_cast: Cast, keyboard: Keyboard, sign_in: Sign, tmp_path: Path
) -> None:
    sign_in(context, live_cast.steward)
    file = tmp_path / "alderbrook.json"
    file.write_bytes(as_bytes(messy()))
    page.goto("/staff/lists/new/")
    keyboard.write(page.get_by_label("What is this list called?"), "Alderbrook directory")
    keyboard.reach(page.get_by_label("Or a file")).set_input_files(file)
    keyboard.press(page.get_by_role("button", name="Look at the list"))
    keyboard.press(page.get_by_role("button", name="Bring it in"))
    expect(page.get_by_text("New here", exact=True)).to_be_visible()


@both_widths
def test_an_organisation_points_to_its_list_and_it_refreshes_itself(
    page: Page,
    context: BrowserContext,
    live_cast: Cast,
    axe: Axe,
    keyboard: Keyboard,
    sign_in: Sign,
    width: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Journey 7: what is wrong stands by record and field, nothing sound is lost, and it comes again by itself."""
    lives = {"https://brightside.example.org/feed.json": as_bytes(messy())}
    monkeypatch.setattr(crawling, "fetch", lambda address, **_how: Answer(lives[address], address))
    assert live_cast.steward and live_cast.agency
    sign_in(context, live_cast.supplier)
    page.goto("/our-list/")
    axe(page)
    keyboard.write(page.get_by_label("What is this list called?"), "Brightside")
    keyboard.write(page.get_by_label("Where it lives on the web"), "brightside.example.org")
    keyboard.press(page.get_by_role("button", name="Look at the list"))
    expect(page.get_by_role("link", name="This is not a web address. Start it with https://")).to_be_visible()
    expect(page.get_by_label("What is this list called?")).to_have_value("Brightside")
    axe(page)
    keyboard.write(page.get_by_label("Where it lives on the web"), next(iter(lives)))
    keyboard.press(page.get_by_role("button", name="Look at the list"))
    expect(page.get_by_text("A steward of this place says yes")).to_be_visible()
    expect(page.get_by_text("A service needs a name.").first).to_be_visible()
    axe(page)

    context.clear_cookies()
    sign_in(context, live_cast.steward)
    page.goto("/staff/lists/")
    page.get_by_role("link", name="Brightside,").click()
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_text("New here", exact=True)).to_be_visible()

    lives[next(iter(lives))] = as_bytes([*messy(), nested(1)])
    page.goto("/staff/lists/")
    expect(page.get_by_text("Next time:")).to_be_visible()
    page.get_by_role("button", name="Fetch it now").click()
    found = context.request.get(f"{page.url.partition('/staff')[0]}/open-referral/services?search=Lunch").json()
    assert [one["name"] for one in found["contents"]] == ["Lunch club 1"]

    context.clear_cookies()
    sign_in(context, live_cast.supplier)
    page.goto("/our-list/")
    expect(page.get_by_text("29 services are here.")).to_be_visible()
    axe(page)
