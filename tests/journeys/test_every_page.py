"""Every page that needs no key is whole on a telephone and at a desk: for a passer-by, and for somebody signed in."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page

from tests.browser import PHONE, Axe, Keyboard, both_widths
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
    asked = page.request.get(path, max_redirects=0)
    assert asked.status < 500, f"{path}: {asked.status}"
    if asked.status != 200 or "text/html" not in asked.headers.get("content-type", ""):
        return False
    page.goto(path)
    return True


def assert_it_can_be_enlarged(page: Page, width: int) -> None:
    """WCAG 1.4.10: at 320 px, which is 1280 px enlarged to 400%, nothing runs out of the page."""
    if width == PHONE:
        page.set_viewport_size({"width": 320, "height": 640})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 321, f"{page.url} is {wide} px wide at 320"
        page.set_viewport_size({"width": PHONE, "height": 667})


@both_widths
def test_a_passer_by_meets_no_barrier(page: Page, live_cast: Cast, axe: Axe, width: int) -> None:
    for path in plain_addresses("public"):
        if visit(page, path):
            axe(page)
            assert_it_can_be_enlarged(page, width)


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


def test_the_first_tab_goes_past_the_top_of_the_page(page: Page, live_cast: Cast, keyboard: Keyboard) -> None:
    page.goto("/")
    skip = page.get_by_role("link", name="Skip to the page")
    keyboard.press(skip)
    assert page.evaluate("document.activeElement.closest('main, #main') !== null || location.hash !== ''")


def test_what_is_not_there_is_said_kindly(page: Page, live_cast: Cast, axe: Axe, noise: list[str]) -> None:
    response = page.goto("/there-is-no-such-page/")
    assert response is not None and response.status == 404
    axe(page)
    noise.clear()  # the browser notes the 404 itself
    assert page.get_by_role("link", name="Alongside").first.is_visible()
