"""Every page that needs no key is whole on a telephone and at a desk: for a passer-by, and for somebody signed in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser import Axe, Keyboard, both_widths, without_javascript
from tests.cast import Cast
from tests.house.addresses import addresses

# Addresses that answer with no page: they send on, or give a file.
NO_PAGE = ("json", "csv", "feed", "demo", "geojson", "ics", "robots", "manifest", "health", "sign-out", "jsi18n")


def plain_addresses(*doors: str) -> list[str]:
    return [
        f"/{address.route}"
        for address in addresses()
        if address.door in doors and not address.converters and not any(word in address.route for word in NO_PAGE)
    ]


def visit(page: Page, path: str) -> bool:
    """Go there; whether a page of ours came (some addresses only take what is sent, or want something first)."""
    response = page.goto(path)
    assert response is not None and response.status < 500, f"{path}: {response and response.status}"
    return response.status == 200 and "text/html" in response.headers.get("content-type", "")


@both_widths
def test_a_passer_by_meets_no_barrier(page: Page, live_cast: Cast, axe: Axe) -> None:
    for path in plain_addresses("public"):
        if visit(page, path):
            axe(page)


@both_widths
def test_somebody_signed_in_meets_no_barrier(
    page: Page, context: BrowserContext, live_cast: Cast, axe: Axe, sign_in: Callable[..., None]
) -> None:
    sign_in(context, live_cast.resident)
    for path in plain_addresses("resident", "signed_in"):
        if visit(page, path):
            axe(page)


@both_widths
def test_a_steward_meets_no_barrier(
    page: Page, context: BrowserContext, live_cast: Cast, axe: Axe, sign_in: Callable[..., None]
) -> None:
    sign_in(context, live_cast.steward)
    for path in plain_addresses("staff"):
        if visit(page, path):
            axe(page)


@without_javascript
def test_every_page_is_there_without_scripts(page: Page, live_cast: Cast, axe: Axe) -> None:
    for path in plain_addresses("public"):
        if visit(page, path):
            axe(page)


def test_the_first_tab_goes_past_the_top_of_the_page(page: Page, live_cast: Cast, keyboard: Keyboard) -> None:
    page.goto("/")
    skip = page.get_by_role("link", name="Skip to main content")
    keyboard.press(skip)
    assert page.evaluate("document.activeElement.closest('main, #main') !== null || location.hash !== ''")


def test_what_is_not_there_is_said_kindly(page: Page, live_cast: Cast, axe: Axe, noise: list[str]) -> None:
    response = page.goto("/there-is-no-such-page/")
    assert response is not None and response.status == 404
    axe(page)
    noise.clear()  # the browser notes the 404 itself
    assert page.get_by_role("link", name="Alongside").first.is_visible()


@pytest.mark.parametrize("width", [375])
def test_a_page_can_be_made_four_times_larger(page: Page, live_cast: Cast) -> None:
    """WCAG 1.4.10: at 320 px, which is 1280 px zoomed to 400%, nothing runs out of the page."""
    page.set_viewport_size({"width": 320, "height": 640})
    for path in plain_addresses("public"):
        if visit(page, path):
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= 321, f"{path} is {wide} px wide"
