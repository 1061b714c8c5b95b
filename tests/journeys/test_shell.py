"""The shell in a browser: the menu on a telephone, with and without scripts; wider letters; words on paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import PHONE, Axe, without_javascript
from tests.cast import Cast

# WCAG 1.4.12: what somebody may set for every word. Our content policy stops style in pages, not the person's own.
WIDER = """() => { for (const one of document.querySelectorAll("*")) {
  one.style.lineHeight = "1.5"; one.style.letterSpacing = "0.12em"; one.style.wordSpacing = "0.16em"; } }"""
on_a_phone = pytest.mark.parametrize("width", [PHONE])


@on_a_phone
def test_the_menu_opens_and_shuts_by_one_button(page: Page, live_cast: Cast, axe: Axe) -> None:
    page.goto("/how-this-works/")
    menu, links = page.get_by_role("button", name="Menu"), page.get_by_role("navigation", name="Main")
    expect(menu).to_have_attribute("aria-expanded", "false")
    expect(links).to_be_hidden()
    menu.click()
    expect(menu).to_have_attribute("aria-expanded", "true")
    expect(links.get_by_role("link", name="Look around")).to_be_visible()
    axe(page)
    menu.click()
    expect(links).to_be_hidden()


@on_a_phone
@without_javascript
def test_without_scripts_the_links_stand_open(page: Page, live_cast: Cast) -> None:
    page.goto("/how-this-works/")
    expect(page.get_by_role("button", name="Menu")).to_be_hidden()
    expect(page.get_by_role("navigation", name="Main").get_by_role("link").first).to_be_visible()


@on_a_phone
def test_wider_letters_cut_nothing_off(page: Page, live_cast: Cast) -> None:
    for path in ("/", "/gallery/", "/look-around/", "/place/"):
        page.goto(path)
        page.evaluate(WIDER)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE + 1, path


def test_the_first_fault_has_the_focus(page: Page, live_cast: Cast) -> None:
    page.goto("/gallery/")
    expect(page.get_by_role("alert")).to_be_focused()


def test_on_paper_nothing_is_left_to_press(page: Page, live_cast: Cast) -> None:
    page.goto("/gallery/")
    page.emulate_media(media="print")
    for button in page.locator("main .button").all():
        expect(button).to_be_hidden()
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()


def test_large_print_is_sixteen_points(page: Page, live_cast: Cast) -> None:
    page.goto("/gallery/?print=large")
    page.emulate_media(media="print")
    # 16 points are 21⅓ px.
    small = """() => [...document.querySelectorAll("main :is(p, td, th, dd, dt, li, caption)")].filter(
        e => e.offsetParent && e.innerText && !e.matches(".mark") && parseFloat(getComputedStyle(e).fontSize) < 21
    ).map(e => e.className + ": " + e.innerText.slice(0, 30))"""
    assert page.evaluate(small) == []


def test_the_mark_can_be_seen_in_forced_colours(new_context: Callable[..., BrowserContext], live_cast: Cast) -> None:
    page = new_context(forced_colors="active", color_scheme="dark").new_page()
    page.goto("/")
    mark = page.locator(".mark path").first
    assert mark.evaluate("e => getComputedStyle(e).stroke") == "rgb(255, 255, 255)"
