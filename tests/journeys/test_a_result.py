"""Somebody reads how a decision came out: why each idea won, who paid, and how to check it."""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import Page, expect

from tests.browser import DESK, PHONE, Axe
from tests.cast import Cast
from tests.planning.results.counted import counted


def shot(page: Page, name: str, width: int) -> None:
    if folder := os.environ.get("ALONGSIDE_SHOTS"):
        page.screenshot(path=f"{folder}/result-{name}-{width}.png", full_page=True)


@pytest.mark.journey
@pytest.mark.parametrize(("width", "javascript"), [(PHONE, False), (DESK, True)])
def test_a_neighbour_reads_how_it_came_out(page: Page, live_cast: Cast, axe: Axe, width: int, javascript: bool) -> None:
    decision = counted(live_cast).decision
    page.goto(f"/decide/{decision.record.key}/")
    page.get_by_role("link", name="See how we worked it out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("We are doing 3 of the 4 ideas")
    axe(page)
    shot(page, "read", width)
    fold = page.get_by_text("Who held the say, and who paid")
    if not javascript:
        fold.click()
    expect(page.get_by_text("Say in the count").first).to_be_visible()
    page.get_by_text("Check it yourself").click()
    expect(page.get_by_text(decision.lot_seed)).to_be_visible()
    axe(page)
    shot(page, "open", width)
    page.get_by_role("link", name="Look up my receipt").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look up my receipt")
