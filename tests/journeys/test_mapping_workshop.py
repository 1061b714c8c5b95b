"""Journey 5: from paper to the map. A workshop is set up and printed, two type its cards at the keyboard, people say
yes by their link, and the room asks what now."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Browser, BrowserContext, Page, expect

from alongside.ground.people import actions as people
from alongside.ground.people.models import Kind, Sort
from alongside.ground.places.actions import draw_edge
from alongside.knowing.assets.models import Asset
from alongside.knowing.maps import actions as maps
from alongside.knowing.workshops.models import Card, Guest, Workshop
from tests.browser import DESK, PATIENCE, PHONE, Axe, Keyboard
from tests.cast import Cast
from tests.knowing.two_wards import two_wards

pytestmark = pytest.mark.django_db(transaction=True)
Sign = Callable[..., None]
# Two piles of paper, each card with what a person would write on it.
THINGS = ("Jam making", "A ladder to lend", "Songs of the valley", "Bread for six", "A lift on Thursdays", "Hems")
EACH = 6


class Typist:
    """Types a pile by keyboard alone, and counts the keys beside what stands on the cards."""

    def __init__(self, page: Page) -> None:
        self.page, self.keys, self.letters = page, 0, 0

    def press(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self.page.keyboard.press(key)
        self.keys += times

    def write(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.letters += len(words)

    def pile(self, letter: str, name: str, reach: str, many: int) -> None:
        """The first card says whose the pile is; on the others stand only words."""
        words = self.page.get_by_label("What stands on the card")
        for number in range(many):
            expect(words).to_be_focused()
            self.write(THINGS[number % len(THINGS)])
            if number == 0:
                self.press("Tab")
                self.write(f"{letter}1")  # the code is marked as one comes to it, and typed over
                self.press("Tab", 3)  # over the table, and whose it is
                self.write(name)
                self.press("Tab")
                self.write(reach)
            self.press("Enter")
            expect(self.page.locator(".message")).to_contain_text(f"Card {letter}{number + 1} is in.")


@pytest.fixture
def town(live_cast: Cast) -> Cast:
    """A community with an edge and a map, and a group on the register that the neighbour looks after."""
    west, _east = two_wards()
    cast = live_cast
    draw_edge(by=cast.connector.actor, party=cast.lunch_club, parts=[west])
    cast.lunch_club.refresh_from_db()
    maps.start(by=cast.connector.actor, community=cast.lunch_club, title="Mill Street")
    people.welcome(by=cast.neighbour.actor, kind=Kind.COMMUNITY, sort=Sort.GROUP, name="Chapel Row knitters")
    return cast


def at(page: Page, width: int) -> Page:
    page.set_viewport_size({"width": width, "height": 800})
    return page


def both(page: Page, axe: Axe, address: str) -> None:
    """The page as a telephone and as a desk shows it."""
    page.goto(address)
    for width in (PHONE, DESK):
        axe(at(page, width))


def opened_by_keyboard(page: Page, keyboard: Keyboard, axe: Axe, cast: Cast) -> str:
    page.goto(f"/p/{cast.lunch_club.key}/")
    page.get_by_role("link", name="Hold a workshop").click()
    axe(page)
    keyboard.write(page.get_by_label("What is the workshop called?"), "What Mill Street has")
    keyboard.press(page.get_by_role("button", name="Open the workshop"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Type in cards")
    return f"/workshop/{Workshop.objects.get().record.key}/"


def printed(page: Page, axe: Axe, home: str) -> None:
    """Cards with a code each, and the wall map with the community's own edge."""
    both(page, axe, f"{home}print/")
    assert len(set(page.locator(".workshop-code").all_inner_texts())) == 4 * 4 * Workshop.objects.get().tables
    page.goto(f"{home}print/?what=map")
    expect(page.get_by_role("img", name="The edge of this community")).to_be_visible()
    axe(page)


def let_in(page: Page, axe: Axe, home: str, cast: Cast) -> None:
    page.goto(f"{home}people/")
    page.get_by_label("Who else may type?").fill(f"/p/{cast.neighbour.party.key}/")
    page.get_by_role("button", name="Let them type").click()
    axe(page)


def two_type(page: Page, small: Page, home: str) -> None:
    """Two piles at the keyboard, one on a telephone whose scripts do not run."""
    piles = ((page, "C", "Marie Lloyd", "marie@example.org"), (small, "L", "Col Reid", "4 Mill Street"))
    for screen, letter, name, reach in piles:
        typist = Typist(screen)
        screen.goto(home)
        typist.pile(letter, name, reach, EACH)
        assert typist.keys <= EACH + 5, "one key a card, and five to say whose the pile is"
    assert Card.objects.count() == 2 * EACH and Guest.objects.count() == 2


def about_a_group(page: Page, axe: Axe, home: str) -> None:
    """A card by its own code, with nearly the name of a group, which is asked back."""
    page.goto(f"{home}?code=P1")
    page.get_by_label("What stands on the card").fill("Knit and talk, Wednesdays at two")
    page.get_by_label("A group’s").check()
    page.get_by_label("Who, which group, or which place").fill("Chapel Rd knitters")
    page.get_by_label("How to ask a person").fill("")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Change it").click()
    axe(page)
    page.get_by_role("button", name="Yes, this one: Chapel Row knitters").click()


def all_are_asked(page: Page, axe: Axe, home: str) -> str:
    """The link in Marie's e-mail."""
    page.goto(f"{home}people/")
    axe(page)
    page.get_by_role("button", name="Ask all who were not asked yet").click()
    said = page.get_by_text("1 message is on its way. 1 letter waits to be printed. 1 group was asked.")
    expect(said).to_be_visible()
    both(page, axe, f"{home}letters/")
    expect(page.get_by_text("Keep this letter to yourself")).to_be_visible()
    bodies = [str(one.body) for one in mail.outbox if "marie@example.org" in one.to]
    link = re.search(r"http\S+(/workshop-cards/\S+)", bodies[0])
    assert link is not None
    return link[1]


def marie_says_yes(page: Page, axe: Axe, link: str) -> None:
    """On her telephone, without an account."""
    both(page, axe, link)
    at(page, PHONE).get_by_label("Jam making").check()
    page.get_by_role("button", name="Yes, do it like this").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    expect(page.get_by_role("heading", name="Was that not you?")).to_be_visible()
    axe(page)


def the_group_says_yes(page: Page, small: Page, axe: Axe) -> None:
    """Whoever looks after it, with one press, without scripts."""
    asked = f"/p/{Card.objects.get(whose='group').asks.get().group.key}/workshop-cards/"
    both(page, axe, asked)
    small.goto(asked)
    small.get_by_role("button", name="Yes, show it").click()
    expect(small.get_by_text("It shows now, on the page of your group.")).to_be_visible()


def what_now(page: Page, keyboard: Keyboard, axe: Axe, home: str) -> None:
    page.goto(f"{home}what-now/")
    expect(page.get_by_role("link", name="Jam making")).to_be_visible()
    keyboard.write(page.get_by_label("What?"), "A jam morning in the hall")
    keyboard.choose(page.get_by_role("radio", name="What we do ourselves"), 0)
    keyboard.press(page.get_by_role("button", name="Write it down"))
    expect(page.get_by_role("listitem").filter(has_text="A jam morning")).to_be_visible()
    both(page, axe, f"{home}what-now/")
    assert "Col Reid" not in page.content() and "A lift on Thursdays" not in page.content()


@pytest.fixture
def small(
    browser: Browser, browser_context_args: dict[str, Any], town: Cast, sign_in: Sign, noise: list[str]
) -> Iterator[Page]:
    """The neighbour's telephone, whose scripts do not run."""
    pocket = browser.new_context(**{**browser_context_args, "java_script_enabled": False})
    pocket.set_default_timeout(PATIENCE)
    sign_in(pocket, town.neighbour)
    yield at(pocket.new_page(), PHONE)
    pocket.close()


def test_from_paper_to_the_map(
    page: Page, context: BrowserContext, small: Page, keyboard: Keyboard, axe: Axe, town: Cast, sign_in: Sign
) -> None:
    sign_in(context, town.coordinator)
    home = opened_by_keyboard(page, keyboard, axe, town)
    printed(page, axe, home)
    let_in(page, axe, home, town)
    two_type(page, small, home)
    axe(page)
    about_a_group(page, axe, home)
    link = all_are_asked(page, axe, home)
    context.clear_cookies()
    marie_says_yes(page, axe, link)
    context.clear_cookies()
    sign_in(context, town.neighbour)
    the_group_says_yes(page, small, axe)
    assert sorted(Asset.objects.values_list("title", flat=True)) == ["Jam making", "Knit and talk, Wednesdays at two"]
    sign_in(context, town.coordinator)
    what_now(page, keyboard, axe, home)
