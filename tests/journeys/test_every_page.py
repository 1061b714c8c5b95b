"""Every page that needs no key is whole on a telephone and at a desk: for a passer-by, and for somebody signed in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, ViewportSize, expect

from tests.browser import DESK, PHONE, Axe, Keyboard
from tests.cast import Cast
from tests.house.addresses import addresses

# Addresses that answer with no page: they send on, or give a file.
NO_PAGE = ("json", "csv", "feed", "demo", "geojson", "ics", "robots", "manifest", "health", "sign-out", "jsi18n")
TELEPHONE, WINDOW = ViewportSize(width=PHONE, height=667), ViewportSize(width=DESK, height=800)
# So many tests share out the pages of one door, for as many workers.
SHARES = 3
shared_out = pytest.mark.parametrize("share", range(SHARES))


def plain_addresses(*doors: str) -> list[str]:
    return [
        f"/{address.route}"
        for address in addresses()
        if address.door in doors and not address.converters and not any(word in address.route for word in NO_PAGE)
    ]


def visit(page: Page, path: str) -> bool:
    """Go there; whether a page of ours came (some addresses only take what is sent, or want something first)."""
    asked = page.request.get(path, max_redirects=0)
    assert asked.status < 500, f"{path}: {asked.status}"
    if asked.status != 200 or "text/html" not in asked.headers.get("content-type", ""):
        return False
    page.goto(path)
    return True


def assert_it_can_be_enlarged(page: Page) -> None:
    """WCAG 1.4.10: at 320 px, which is 1280 px enlarged to 400%, nothing runs out of the page."""
    page.set_viewport_size({"width": 320, "height": 640})
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 321, f"{page.url} is {wide} px wide at 320"


def look_at(page: Page, axe: Axe, paths: list[str]) -> None:
    """Each page as it comes on a telephone, then in a window made as narrow and as wide as people have it."""
    seen = 0
    for path in paths:
        page.set_viewport_size(TELEPHONE)
        if visit(page, path):
            seen += 1
            axe(page)
            assert_it_can_be_enlarged(page)
            page.set_viewport_size(WINDOW)
            axe(page)
    assert seen, f"None of these is a page: {paths}"


@shared_out
def test_a_passer_by_meets_no_barrier(page: Page, live_cast: Cast, axe: Axe, share: int) -> None:
    look_at(page, axe, plain_addresses("public")[share::SHARES])


@shared_out
def test_somebody_signed_in_meets_no_barrier(
    page: Page, context: BrowserContext, live_cast: Cast, axe: Axe, sign_in: Callable[..., None], share: int
) -> None:
    sign_in(context, live_cast.resident)
    look_at(page, axe, plain_addresses("resident", "signed_in")[share::SHARES])


@shared_out
def test_a_steward_meets_no_barrier(
    page: Page, context: BrowserContext, live_cast: Cast, axe: Axe, sign_in: Callable[..., None], share: int
) -> None:
    sign_in(context, live_cast.steward)
    look_at(page, axe, plain_addresses("staff")[share::SHARES])


def test_the_first_tab_goes_past_the_top_of_the_page(page: Page, live_cast: Cast, keyboard: Keyboard) -> None:
    page.goto("/")
    skip = page.get_by_role("link", name="Skip to the page")
    keyboard.press(skip)
    expect(page.locator("#main")).to_be_focused()


def test_what_is_not_there_is_said_kindly(page: Page, live_cast: Cast, axe: Axe, noise: list[str]) -> None:
    response = page.goto("/there-is-no-such-page/")
    assert response is not None and response.status == 404
    axe(page)
    noise.clear()  # the browser notes the 404 itself
    expect(page.get_by_role("link", name="Alongside").first).to_be_visible()
