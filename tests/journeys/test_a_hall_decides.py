"""A room of forty decides in an evening: one page to type in, one sheet to put up, plain and at both widths."""

from __future__ import annotations

import os
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from alongside.planning.decisions.models import Decision
from tests.browser import DESK, PHONE, Axe, Robot
from tests.cast import Cast

WALL = (("Apple trees", 31), ("A pond", 12), ("Benches", 24), ("A meadow", 29))
LEAVES = re.compile(rb"/Type\s*/Page[^s]")


def type_in(robot: Robot, wall: tuple[tuple[str, int], ...]) -> None:
    """What Denise has on her sheet: the question, how many were there, and what each idea got."""
    robot.write("What was the question?", "What do we plant on the old bowling green?")
    robot.write("What does the answer change?", "What grows there from spring")
    robot.write("Who makes sure that it happens?", "The lunch club")
    robot.tick("Hands up for each idea")
    for n, (title, hands) in enumerate(wall, 1):
        row = robot.page.get_by_role("group", name=str(n), exact=True)
        row.get_by_label("Idea").fill(title)
        row.get_by_label("People gave").fill(str(hands))
        robot.interactions += 2


@pytest.mark.journey
@pytest.mark.parametrize(("width", "javascript"), [(PHONE, False), (DESK, True)])
def test_forty_people_in_a_hall(
    page: Page,
    context: BrowserContext,
    live_cast: Cast,
    axe: Axe,
    robot: Robot,
    sign_in: Callable[..., None],
    width: int,
) -> None:
    def look(name: str) -> None:
        axe(page)
        if folder := os.environ.get("ALONGSIDE_SHOTS"):
            page.screenshot(path=f"{folder}/hall-{name}-{width}.png", full_page=True)

    assert live_cast.lunch_club.name
    sign_in(context, live_cast.connector)
    page.goto("/decide/")
    robot.follow("Keep what a room decided")
    page.wait_for_url("**/decide/hall/")
    type_in(robot, WALL)
    robot.press("Count it and keep it")
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()  # nobody said how many were there
    expect(page.get_by_label("What was the question?")).to_have_value("What do we plant on the old bowling green?")
    look("wrong")
    robot.write("How many people chose?", "40")
    robot.press("Count it and keep it")
    expect(page.get_by_role("heading", level=1)).to_have_text("What do we plant on the old bowling green?")
    expect(page.get_by_text("3 ideas go ahead.")).to_be_visible()
    expect(page.get_by_role("row", name="A pond")).to_contain_text("Not yet")
    expect(page.get_by_text("It goes ahead when more than half want it.")).to_be_visible()
    look("sheet")
    assert len(LEAVES.findall(page.pdf(format="A4"))) == 1, "the result goes on the wall as one printed page"
    # A minute to find the page, then a row in half a minute: ten minutes for a wall of a dozen ideas.
    assert (robot.pages, robot.interactions) <= (4, 18)
    assert Decision.objects.get().stage == "decided"
