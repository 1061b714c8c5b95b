"""Somebody who looks after a group starts its map, and brings a sheet of offers in; a steward looks at a pair alike."""

from __future__ import annotations

import os
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from alongside.knowing.assets.actions import offer
from alongside.knowing.duplicates.actions import look_for
from alongside.knowing.duplicates.models import LikelyPair
from tests.browser import Axe, both_widths
from tests.cast import MACHINE, Cast
from tests.knowing.two_wards import two_wards

SHEET = b"title,when,cost\nChair yoga,Mondays 10am,free\nBowls,sometime,lots\n,,\nLunch,every day,\n"


def shot(page: Page, name: str, width: int) -> None:
    if folder := os.environ.get("ALONGSIDE_SHOTS"):
        page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)


@both_widths
def test_a_group_starts_its_map_and_fills_it(
    page: Page, context: BrowserContext, live_cast: Cast, axe: Axe, sign_in: Callable[..., None], width: int
) -> None:
    two_wards()
    neighbour, club = live_cast.neighbour, live_cast.lunch_club
    for title in ("Mending by the window", "A ladder to lend", "Someone to read to you"):
        offer(
            by=neighbour.actor,
            holder=neighbour.party,
            kind="skill",
            title=title,
            audience="everyone",
            lat=51.5,
            lng=0.5,
        )
    sign_in(context, live_cast.connector)
    page.goto(f"/p/{club.key}/")
    page.get_by_role("link", name="Start your own map").click()
    axe(page)
    shot(page, "start", width)
    page.get_by_label("What may stand on it?").fill("Anything a neighbour shares.")
    page.get_by_label("What may not?").fill("Nothing that only sells.")
    page.get_by_role("button", name="Start the map").click()
    axe(page)
    shot(page, "tend", width)
    page.get_by_role("link", name="Draw your own edge").click()
    page.get_by_text("Ashley").last.click()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="What is here: Mill Street lunch club").click()
    expect(page.get_by_text("3 things on the map")).to_be_visible()
    expect(page.locator(".map-sign")).to_have_count(3)
    places = [one.bounding_box() for one in page.locator(".map-sign").all()]
    assert len({(round(box["x"]), round(box["y"])) for box in places if box}) == 3, "signs lie on one another"
    axe(page)
    shot(page, "map", width)
    page.get_by_role("link", name="People", exact=True).click()
    expect(page.get_by_text("Nothing stands here yet.")).to_be_visible()
    axe(page)
    page.goto(f"/p/{club.key}/bring/")
    axe(page)
    page.get_by_label("Choose a file").set_input_files({"name": "offers.csv", "mimeType": "text/csv", "buffer": SHEET})
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_text("Nothing has changed yet.")).to_be_visible()
    axe(page)
    shot(page, "bringing", width)
    page.get_by_role("button", name="Yes, bring it in").click()
    expect(page.get_by_text("It is in.", exact=True)).to_be_visible()
    axe(page)


@both_widths
def test_a_steward_looks_at_what_may_be_one_thing(
    page: Page, context: BrowserContext, live_cast: Cast, axe: Axe, sign_in: Callable[..., None], width: int
) -> None:
    words = "We sing folk songs and rounds in the old vestry. No need to read music. Tea and flapjacks afterwards."
    for who, holder, title in (
        (live_cast.connector, live_cast.lunch_club, "Saint Anne Community Choir"),
        (live_cast.supplier, live_cast.agency, "St Anne Comm. Choir"),
    ):
        offer(
            by=who.actor, holder=holder, kind="activity", title=title, words=words, audience="everyone",
            how="01632 960 111, sing@example.org", website="https://sing.example.org",
        )  # fmt: skip
    look_for(by=MACHINE)
    assert LikelyPair.objects.count() == 1
    sign_in(context, live_cast.steward)
    page.goto("/staff/same/")
    axe(page)
    shot(page, "alike", width)
    page.get_by_role("link", name="Look at both").click()
    axe(page)
    shot(page, "pair", width)
    page.get_by_role("button", name="Ask the holders").click()
    expect(page.get_by_text("The holders have been asked")).to_be_visible()
    axe(page)
