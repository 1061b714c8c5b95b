"""A commissioner has a panel drawn by lot; somebody says yes, is drawn, and takes their place."""

from __future__ import annotations

import os
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from alongside.ground.people.models import Party
from alongside.planning.lotteries.models import Lottery, PanelSeat
from alongside.planning.lotteries.work_models import LotteryWork
from tests.browser import Axe, both_widths
from tests.cast import Cast, Somebody
from tests.planning.lotteries.panels import days_pass, pool

SHEET = """question,group,least,most
Where do you live?,East,1,3
,West,1,3
How old are you?,Under 40,1,3
,40 or over,1,three
"""


def shot(page: Page, name: str, width: int) -> None:
    if folder := os.environ.get("ALONGSIDE_SHOTS"):
        page.screenshot(path=f"{folder}/lot-{name}-{width}.png", full_page=True)


Look = Callable[[str], None]


def write_it(page: Page, look: Look) -> None:
    page.goto("/panels/")
    look("list-empty")
    page.get_by_role("link", name="Have a panel drawn").click()
    look("words")
    page.get_by_label("What is the panel for?").fill("How to get about in Testford")
    page.get_by_label("What will it do").fill("Six evenings at the library. The council answers every idea by May.")
    page.get_by_label("How are people paid").fill("£60 an evening, fares, and care while you are out.")
    page.get_by_label("How many people?").fill("4")
    page.get_by_label("Last day for saying yes").fill("2030-03-01")
    page.get_by_label("Day on which all answers").fill("2030-12-01")
    page.get_by_role("button", name="Keep it").click()
    look("groups")
    page.get_by_role("link", name="Or bring a sheet").click()
    page.get_by_label("Paste the sheet").fill(SHEET)
    page.get_by_role("button", name="Look at the sheet").click()
    expect(page.get_by_text("Line 5:")).to_be_visible()
    look("sheet-wrong")
    page.get_by_label("Paste the sheet").fill(SHEET.replace("three", "3"))
    page.get_by_role("button", name="Look at the sheet").click()
    look("sheet")
    page.get_by_role("button", name="Keep these groups").click()
    look("run-draft")
    page.get_by_role("button", name="Start it").click()


def say_yes(page: Page, look: Look, lottery: Lottery) -> None:
    page.goto(f"/panels/{lottery.record.key}/")
    look("one")
    page.get_by_role("link", name="Say yes to being drawn").click()
    look("yes")
    page.get_by_role("button", name="Put me in the draw").click()
    look("yes-wrong")
    page.get_by_label("East").check()
    page.get_by_label("I’d rather not say").last.check()
    page.get_by_label("I am 16 or older").check()
    page.get_by_label("Yes, put me in the draw").check()
    page.get_by_role("button", name="Put me in the draw").click()
    look("mine")


def have_it_drawn(page: Page, look: Look, lottery: Lottery) -> None:
    stopped = LotteryWork.objects.create(lottery=lottery, state="going", rounds=34, found=61_234, bound=70_000)
    page.goto(f"/panels/{lottery.record.key}/run/")
    look("run-going")
    page.get_by_role("button", name="Stop it").click()
    stopped.refresh_from_db()
    assert stopped.state == "stopped"
    look("run-joining")
    page.get_by_role("button", name="Work out the panels").click()
    look("run-ready")
    page.get_by_role("button", name="Draw the panel").click()
    look("run-drawn")
    page.get_by_role("link", name="Names of those who said yes").click()
    look("names-none")
    page.goto(f"/panels/{lottery.record.key}/")
    page.get_by_text("Check it yourself").click()
    look("drawn")


def take_it_up(page: Page, look: Look) -> None:
    page.goto("/my-page/")
    page.get_by_role("link", name="How to get about in Testford").click()
    look("seat")
    page.get_by_role("button", name="Yes, I will come").click()
    expect(page.get_by_text("You said yes. You are on the panel.")).to_be_visible()
    look("seat-yes")


@both_widths
def test_a_panel_is_opened_drawn_and_taken_up(
    page: Page, context: BrowserContext, live_cast: Cast, axe: Axe, sign_in: Callable[..., None], width: int
) -> None:
    def look(name: str) -> None:
        axe(page)
        shot(page, name, width)

    sign_in(context, live_cast.commissioner)
    write_it(page, look)
    lottery = Lottery.objects.get()
    pool(live_cast, lottery, many=23)
    sign_in(context, live_cast.resident)
    say_yes(page, look, lottery)
    days_pass(lottery)
    sign_in(context, live_cast.commissioner)
    have_it_drawn(page, look, lottery)
    seat = PanelSeat.objects.select_related("place__person").first()
    assert seat is not None
    somebody = Somebody(Party.objects.get(pk=seat.place.person_id))
    sign_in(context, somebody)
    take_it_up(page, look)
