"""From a letter through the door to a receipt, without an account and without scripts, by keyboard.

Axe looks at the same pages in the whole journey (test_decide_together).
"""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from alongside.planning.ballots.queries import counted
from alongside.planning.rolls.actions import print_codes
from tests.browser import PHONE, Axe
from tests.cast import Cast
from tests.planning.ballots.box import OURS, closed, voting


def shot(page: Page, name: str, width: int) -> None:
    if folder := os.environ.get("ALONGSIDE_SHOTS"):
        page.screenshot(path=f"{folder}/ballot-{name}-{width}.png", full_page=True)


@pytest.mark.parametrize(("width", "javascript"), [(PHONE, False)])
def test_from_the_letter_to_the_receipt(page: Page, live_cast: Cast, axe: Axe, width: int, javascript: bool) -> None:
    def look(name: str) -> None:
        if javascript:
            axe(page)
        shot(page, name, width)

    decision = voting(live_cast, ways=["code"])
    group = decision.groups.get(key=OURS)
    batch = print_codes(by=live_cast.commissioner.actor, decision=decision, group=group, how_many=1)
    page.goto(f"/decide/{decision.record.key}/")
    page.get_by_role("link", name="Choose now").click()
    look("place")
    page.get_by_label("The code from your letter").fill(batch.codes[0][0].lower())
    page.keyboard.press("Enter")
    look("choose")
    page.get_by_label("Benches to rest on").focus()
    page.keyboard.press("Space")
    page.get_by_label("Shared lifts").check()
    page.get_by_role("button", name="Check my choice").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    look("choose-wrong")
    page.get_by_label("I am 11 or older").check()
    page.get_by_role("button", name="Check my choice").press("Enter")
    expect(page.get_by_text("You have picked 2 ideas")).to_be_visible()
    look("check")
    page.get_by_label("Keep my choice on this device").check()
    page.get_by_role("button", name="Cast my choice").click()
    expect(page.get_by_role("heading", name="Your choice is in")).to_be_visible()
    receipt = page.locator(".card-word").inner_text()
    look("receipt")
    page.get_by_role("link", name="Change my choice").click()
    look("change")
    closed(decision, live_cast.commissioner)
    page.goto(f"/decide/{decision.record.key}/choose/receipt/")
    page.get_by_label("Your receipt").fill(receipt)
    page.get_by_role("button", name="Look it up").click()
    expect(page.get_by_text("Yes. This choice was counted.")).to_be_visible()
    look("look-up")
    assert [sorted(one.marks) for one in counted(decision)] == [[1, 2]]


def test_those_who_look_after_it(
    page: Page, context: BrowserContext, live_cast: Cast, axe: Axe, sign_in: Callable[..., None], width: int
) -> None:
    decision = voting(live_cast)
    sign_in(context, live_cast.commissioner)
    page.goto(f"/decide/{decision.record.key}/roll/")
    page.get_by_label("Names, each on its own line").fill("Alf Morris\nBea Okoro")
    page.get_by_label("People", exact=True).first.check()
    page.get_by_role("button", name="Put them on the list").click()
    axe(page)
    shot(page, "roll", width)
    page.goto(f"/decide/{decision.record.key}/paper/")
    axe(page)
    shot(page, "paper", width)
    page.get_by_label("People", exact=True).check()
    page.get_by_role("button", name="Make slips and papers").click()
    axe(page)
    shot(page, "sheets", width)
    page.goto(f"/decide/{decision.record.key}/paper/read/")
    axe(page)
    shot(page, "read", width)
