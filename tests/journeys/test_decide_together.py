"""Journey 8: from a question to what came of it, plain on a telephone, chosen by keyboard; then each page by axe."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from alongside.planning.answers.models import Act, Reply
from alongside.planning.ballots import actions as boxes
from alongside.planning.decisions import actions as setting
from alongside.planning.decisions.models import Decision
from alongside.planning.ideas.talking import say
from alongside.planning.results import actions as results
from tests.browser import DESK, PHONE, Axe, Keyboard
from tests.cast import Cast, Somebody
from tests.planning.deciding import draft, fresh, money, move
from tests.planning.results.counted import MACHINE, fill
from tests.planning.thinking import NOW_ANSWERING, NOW_LISTING, NOW_VOTE, for_ideas, idea_of, listed

QUESTION = "How shall we spend £9,000 on warm evenings?"


@dataclass
class Evening:
    """The browser, and whoever sits at it."""

    page: Page
    axe: Axe
    cast: Cast
    enter: Callable[[Somebody], None]

    def look(self, name: str) -> None:
        """axe finds nothing, and nothing runs out of the page sideways."""
        self.axe(self.page)
        wide, window = self.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide <= window + 1, f"{name} is {wide} px wide"
        if folder := os.environ.get("ALONGSIDE_SHOTS"):
            self.page.screenshot(path=f"{folder}/together-{name}-{window}.png", full_page=True)

    def press(self, words: str) -> None:
        self.page.get_by_role("button", name=words).first.click()

    def follow(self, words: str) -> None:
        self.page.get_by_role("link", name=words).first.click()

    def answer(self, written: dict[str, str], ticked: list[str] | None = None) -> None:
        for label, words in written.items():
            self.page.get_by_label(label).first.fill(words)
        for label in ticked or []:
            self.page.get_by_label(label).first.check()


@pytest.fixture
def evening(page: Page, context: BrowserContext, axe: Axe, live_cast: Cast, sign_in: Callable[..., None]) -> Evening:
    return Evening(page, axe, live_cast, lambda somebody: sign_in(context, somebody))


def ask(at: Evening) -> Decision:
    """Grace asks for the council, a step a page, and opens it."""
    at.enter(at.cast.commissioner)
    at.page.goto("/decide/")
    at.follow("Ask a question")
    at.answer({"What is the question?": QUESTION, "What led to it?": "30 people told us that evenings are long."})
    at.answer({}, [at.cast.council.name])
    at.look("question")
    at.press("Save and go on")
    at.page.wait_for_url("**/change/")
    at.answer({"What can it change?": "What the £9,000 goes to.", "What can it not change?": "The library."})
    at.press("Save and go on")
    at.page.wait_for_url("**/answer/")
    decision = the_steps_between(at.cast, fresh(Decision.objects.get(question=QUESTION)))
    at.page.goto(f"/decide/new/{decision.record.key}/days/")
    at.answer({}, ["A neighbourhood, about nine weeks"])
    at.press("Save and go on")
    expect(at.page.get_by_role("group", name="Vote")).to_be_visible()  # the days that were suggested
    at.press("Save and go on")
    at.page.wait_for_url("**/check/")
    expect(at.page.get_by_text("Still to do")).to_have_count(0)
    at.look("check")
    at.press("Open this decision")
    expect(at.page.get_by_text("From now on nobody can change how it is decided.")).to_be_visible()
    at.look("opened")
    return fresh(decision)


def the_steps_between(cast: Cast, decision: Decision) -> Decision:
    """Each is a page like those before and after it; tests/planning/decisions/test_steps.py goes through them all."""
    given: dict[str, Any] = {"by": cast.commissioner.actor, "decision": decision}
    setting.write(answers_for="Testford Council", binds=True, fairness="We go to those who cannot come.", **given)
    setting.set_terms(**money(900_000), **given)
    setting.set_ways(ways=["member", "vouched"], least_age=11, **given)
    return fresh(decision)


def put_forward(at: Evening, decision: Decision) -> None:
    """Mair has an idea; Denise has a reason against it; Mair answers."""
    at.enter(at.cast.resident)
    at.page.goto(f"/decide/{decision.record.key}/")
    at.follow("Put an idea forward")
    at.answer({"Your idea, in a few words": "A fire in the hall", "What would it cost": "1,200"})
    at.look("idea-new")
    at.press("Put it forward")
    expect(at.page.get_by_role("heading", level=1)).to_have_text("A fire in the hall")
    here = at.page.url
    at.enter(at.cast.connector)
    at.page.goto(f"{here}say/")
    at.answer({"Your words": "The stove smokes when the wind is from the east."}, ["A reason against it"])
    at.look("say")
    at.press("Say it for all to read")
    at.enter(at.cast.resident)
    at.page.goto(here)
    at.follow("Answer")
    at.answer({"answer": "The chimney is swept in spring."})
    at.look("answer-a-reason")
    at.page.locator("main form button").last.click()
    expect(at.page.get_by_text("The chimney is swept in spring.")).to_be_visible()
    at.look("talk")


def make_the_list(at: Evening, decision: Decision) -> None:
    """One idea is left out, and everyone reads why."""
    for title, pence in (("A choir", 300_000), ("Late buses", 700_000), ("Fireworks", 800_000)):
        idea_of(at.cast.connector, decision, title, cost_pence=pence)
    move(decision, NOW_LISTING)
    at.enter(at.cast.commissioner)
    at.page.goto(f"/decide/{decision.record.key}/shortlist/")
    at.look("list")
    out = at.page.get_by_role("group", name="Fireworks")
    out.get_by_label("On the list", exact=True).uncheck()
    out.get_by_label("why?").fill("The fire brigade says no.")
    at.press("Make the list")
    expect(at.page.get_by_text("The fire brigade says no.")).to_be_visible()


def choose(at: Evening, decision: Decision, keys: Keyboard) -> str:
    """Mair chooses without a mouse, thinks again, and changes it with the receipt."""
    at.enter(at.cast.resident)
    at.page.goto(f"/decide/{decision.record.key}/")
    expect(at.page.get_by_role("heading", name="3 ideas to choose from")).to_be_visible()
    at.look("vote")
    keys.press(at.page.get_by_role("link", name="Choose now"))
    at.page.wait_for_url("**/choose/")
    keys.tick(at.page.get_by_label("A fire in the hall"))
    keys.tick(at.page.get_by_label("I am 11 or older"))
    keys.press(at.page.get_by_role("button", name="Check my choice"))
    keys.press(at.page.get_by_role("button", name="Cast my choice"))
    expect(at.page.get_by_role("heading", level=1)).to_have_text("Thank you. Your choice is in.")
    receipt = at.page.locator(".card-word").inner_text()
    at.follow("Change my choice")
    at.answer({"Your receipt": receipt}, ["A choir", "I am 11 or older"])
    at.press("Check my choice")
    at.press("Cast my choice")
    expect(at.page.get_by_role("heading", level=1)).to_have_text("Thank you. Your choice is changed.")
    return receipt


def count(decision: Decision) -> None:
    """Forty others chose too; the days are over, and it is counted in the night."""
    key = {group.side: group.key for group in decision.groups.all()}
    fill(decision, {key["people"]: [(28, (1, 2)), (9, (3,))], key["commissioners"]: [(3, (3,))]})
    decision = move(decision, NOW_ANSWERING)
    boxes.close(by=MACHINE, decision=decision)
    results.count(by=MACHINE, decision=decision)


def read_why(at: Evening, decision: Decision, receipt: str) -> None:
    """Anyone reads why an idea won or is not there yet, and finds the receipt counted."""
    at.page.context.clear_cookies()
    at.page.goto(f"/decide/{decision.record.key}/result/")
    expect(at.page.get_by_role("heading", level=1)).to_have_text("We are doing 2 of the 3 ideas")
    rounds = at.page.locator(".round")
    expect(rounds.nth(0)).to_contain_text(re.compile(r"picked it, more than any other idea\. .*So it went first\."))
    expect(rounds.nth(2)).to_contain_text("Late buses")
    expect(rounds.nth(2)).to_contain_text(
        re.compile(r"The 12 who picked it had £[\d,.]+ left .* It was £[\d,.]+ short")
    )
    at.look("result")
    at.follow("Look up my receipt")
    at.answer({"Your receipt": receipt})
    at.press("Look it up")
    expect(at.page.get_by_text("Yes. This choice was counted.")).to_be_visible()


def answer(at: Evening, decision: Decision) -> None:
    """Those who must answer do, also for what did not win; a councillor, who has no vote, opens a door."""
    at.enter(at.cast.commissioner)
    at.page.goto(f"/decide/{decision.record.key}/answers/")
    at.look("answers")
    at.page.get_by_role("link", name=re.compile("Answer it.*Late buses")).click()
    at.answer({"Why?": "The bus company looks again in June."}, ["Not yet"])
    at.look("answer")
    at.page.locator("main form button").last.click()
    expect(at.page.get_by_text("The bus company looks again in June.")).to_be_visible()
    at.enter(at.cast.councillor)
    at.page.goto(f"/decide/{decision.record.key}/")
    at.follow("Do something for this decision")
    at.answer({"In your own words": "The bus company meets you on 4 May."}, ["Opened a door"])
    at.look("act")
    at.page.locator("main form button").last.click()
    expect(at.page.get_by_text("The bus company meets you on 4 May.").first).to_be_visible()
    at.look("after")


@pytest.mark.journey
@pytest.mark.parametrize(("width", "javascript"), [(PHONE, False)])
def test_from_a_question_to_what_came_of_it(evening: Evening, keyboard: Keyboard, javascript: bool) -> None:
    decision = ask(evening)
    put_forward(evening, decision)
    make_the_list(evening, decision)
    move(decision, NOW_VOTE)
    receipt = choose(evening, decision, keyboard)
    count(decision)
    read_why(evening, decision, receipt)
    answer(evening, decision)
    assert Reply.objects.get(idea__decision=decision).saying == "later"
    assert Act.objects.get(decision=decision).by == evening.cast.councillor.party


@pytest.mark.journey
@pytest.mark.parametrize("width", [DESK])
def test_each_page_on_the_way_meets_no_barrier(evening: Evening, width: int) -> None:
    """At a desk with scripts; the ballot and the result are looked at where they are tested by themselves."""
    cast = evening.cast
    evening.enter(cast.commissioner)
    base = f"/decide/new/{draft(cast, question='A draft').record.key}"
    decision = for_ideas(cast)
    idea = idea_of(cast.resident, decision)
    point = say(
        by=cast.connector.actor,
        decision=decision,
        owner=cast.connector.party,
        idea=idea,
        kind="against",
        words="It smokes.",
    )
    here = f"/decide/{decision.record.key}"
    of_idea = f"{here}/ideas/{idea.record.key}"
    visit(evening, *(f"{base}/{step}/" for step in ("change", "rule", "groups", "days", "check")))
    visit(evening, f"{here}/ideas/new/", f"{of_idea}/", f"{of_idea}/say/", f"{here}/talk/{point.record.key}/answer/")
    move(decision, NOW_LISTING)
    visit(evening, f"{here}/shortlist/")
    listed(cast.commissioner, decision, idea)
    move(decision, NOW_VOTE)
    visit(evening, f"{here}/")
    move(decision, NOW_ANSWERING)
    visit(evening, f"{here}/answers/", f"{of_idea.replace('/ideas/', '/answers/')}/")
    evening.enter(cast.councillor)
    visit(evening, f"{here}/acts/new/")


def visit(at: Evening, *paths: str) -> None:
    for path in paths:
        answered = at.page.goto(path)
        assert answered is not None and answered.status == 200, path
        at.look(path.strip("/").rsplit("/", 1)[-1])
        at.page.set_viewport_size({"width": PHONE, "height": 667})
        assert at.page.evaluate("document.documentElement.scrollWidth") <= PHONE, f"{path} is too wide for a telephone"
        at.page.set_viewport_size({"width": DESK, "height": 800})
