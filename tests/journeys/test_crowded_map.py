"""Where many things lie on one another, one sign says how many, and opens: by keyboard as by hand."""

from __future__ import annotations

from itertools import combinations

from playwright.sync_api import Page, expect

from alongside.ground.history.actor import Actor
from alongside.knowing.assets.actions import offer
from tests.cast import Cast

MACHINE = Actor.system("tests")
TOGETHER = 14


def test_a_heap_of_signs_opens_and_closes_and_nobody_loses_their_place(page: Page, live_cast: Cast) -> None:
    club = live_cast.lunch_club
    given = {"by": MACHINE, "holder": club, "kind": "space", "audience": "everyone", "precision": "exact"}
    for n in range(TOGETHER):
        offer(**given, title=f"Table {n}", lat=51.45, lng=-2.6)
    offer(**given, title="A bench by itself", lat=51.46, lng=-2.58)
    page.goto("/look-around/")
    heap = page.get_by_role("button", name=f"Open {TOGETHER} things that lie close together")
    expect(heap).to_have_text(f"{TOGETHER} here")
    expect(page.locator(".map-sign")).to_have_count(2)
    heap.focus()
    page.keyboard.press("Enter")
    signs = page.locator(".map-sign")
    expect(signs).to_have_count(TOGETHER + 1)
    expect(heap).to_have_count(0)
    boxes = [box for one in signs.all() if (box := one.bounding_box())]
    for one, other in combinations(boxes, 2):
        assert (one["x"] - other["x"]) ** 2 + (one["y"] - other["y"]) ** 2 > 30**2, "each can be pressed"
    assert "Table" in page.evaluate("document.activeElement.title")
    page.keyboard.press("Escape")
    expect(heap).to_be_focused()
    expect(page.locator(".map-sign")).to_have_count(2)
