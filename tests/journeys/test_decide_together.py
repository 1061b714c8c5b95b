"""Journey 8: from a question to what came of it; by keyboard without scripts on a telephone, and by axe at a desk."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from alongside.planning.answers.models import Act, Reply
from alongside.planning.ballots import actions as boxes
from alongside.planning.decisions import actions as setting
from alongside.planning.decisions.models import Decision
from alongside.planning.results import actions as results
from tests.browser import DESK, PHONE, Axe, Keyboard
from tests.cast import Cast, Somebody
from tests.planning.deciding import draft, fresh, money, move
from tests.planning.results.counted import MACHINE, fill
from tests.planning.thinking import NOW_ANSWERING, NOW_LISTING, NOW_VOTE, idea_of

QUESTION = "How shall we spend £9,000 on warm evenings?"


@dataclass
class Evening:
    """The browser, and whoever sits at it; with `keys` they have no mouse."""

    page: Page
    axe: Axe
    cast: Cast
    enter: Callable[[Somebody], None]
    keys: Keyboard | None = None

    def look(self, name: str) -> None:
        """axe finds nothing, and nothing runs out of the page sideways."""
        self.axe(self.page)
        wide, window = self.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide <= window + 1, f"{name} is {wide} px wide"
        if folder := os.environ.get("ALONGSIDE_SHOTS"):
            self.page.screenshot(path=f"{folder}/together-{name}-{window}.png", full_page=True)

    def go(self, to: Locator) -> None:
        """A link or a button."""
        if self.keys:
            self.keys.press(to)
        else:
            to.click()

    def press(self, words: str) -> None:
        self.go(self.page.get_by_role("button", name=words).first)

    def follow(self, words: str | re.Pattern[str]) -> None:
        self.go(self.page.get_by_role("link", name=words).first)

    def unfold(self, words: str) -> None:
        """Open a part of the page that is folded; some stand open at a desk."""
        part = self.page.locator("details").filter(has=self.page.locator("summary", has_text=words)).last
        if part.get_attribute("open") is None:
            self.go(part.locator("summary").first)

    def write(self, field: Locator, words: str) -> None:
        if self.keys:
            self.keys.reach(field)
            self.page.keyboard.insert_text(words)
        else:
            field.fill(words)

    def tick(self, box: Locator) -> None:
        """Tick or take away the tick; of a set of radio buttons Tab reaches one, and arrows the others."""
        if not self.keys:
            box.click()
            return
        name = box.get_attribute("name")
        radios = self.page.locator(f'input[type=radio][name="{name}"]')
        if box.get_attribute("type") != "radio":
            self.keys.tick(box)
            return
        at, to = radios.evaluate_all(
            "(all, one) => [Math.max(0, all.findIndex(a => a.checked)), all.findIndex(a => a.value === one)]",
            box.get_attribute("value"),
        )
        self.keys.tick(radios.nth(at))
        for _step in range((to - at) % radios.count()):
            self.page.keyboard.press("ArrowDown")
        expect(box).to_be_checked()

    def answer(self, written: dict[str, str], ticked: list[str] | None = None) -> None:
        for label, words in written.items():
            self.write(self.page.get_by_label(label).first, words)
        for label in ticked or []:
            self.tick(self.page.get_by_label(label).first)

    def send(self) -> None:
        """The last button of the form."""
        self.go(self.page.locator("main form button").last)


@pytest.fixture
def evening(
    page: Page,
    context: BrowserContext,
    axe: Axe,
    live_cast: Cast,
    sign_in: Callable[..., None],
    keyboard: Keyboard,
    javascript: bool,
) -> Evening:
    keys = None if javascript else keyboard
    return Evening(page, axe, live_cast, lambda somebody: sign_in(context, somebody), keys)


def ask(at: Evening) -> Decision:
    """Grace asks for the council, a step a page, and opens it."""
    at.enter(at.cast.commissioner)
    at.page.goto("/decide/")
    at.follow("Ask a question")
    at.answer({"What is to be decided?": QUESTION}, ["It is bigger"])
    at.look("ask")
    at.press("Go on")
    at.answer({"What led to it?": "30 people told us that evenings are long."})
    at.answer({}, [at.cast.council.name])
    at.look("question")
    at.press("Save and go on")
    at.page.wait_for_url("**/change/")
    at.look("change")
    at.answer({"What can it change?": "What the £9,000 goes to.", "What can it not change?": "The library."})
    at.press("Save and go on")
    at.page.wait_for_url("**/answer/")
    decision = the_steps_between(at.cast, fresh(Decision.objects.get(question=QUESTION)))
    at.page.goto(f"/decide/new/{decision.record.key}/days/")
    at.answer({}, ["A neighbourhood, about nine weeks"])
    at.look("days")
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
    at.send()
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
    at.tick(out.get_by_label("On the list", exact=True))
    at.write(out.get_by_label("why?"), "The fire brigade says no.")
    at.press("Make the list")
    expect(at.page.get_by_text("The fire brigade says no.")).to_be_visible()


def choose(at: Evening, decision: Decision) -> str:
    """Mair chooses; then Back in the browser shows nothing of what. The receipt."""
    here = f"/decide/{decision.record.key}/"
    at.enter(at.cast.resident)
    at.page.goto(here)
    expect(at.page.get_by_role("heading", name="3 ideas to choose from")).to_be_visible()
    at.look("vote")
    at.follow("Choose now")
    at.page.wait_for_url("**/choose/")
    at.look("choose")
    at.answer({}, ["A fire in the hall"])
    if not at.keys:
        is_told_what_is_missing(at)
    at.answer({}, ["I am 11 or older"])
    at.press("Check my choice")
    at.page.wait_for_url("**/choose/check/")
    at.look("check-my-choice")
    at.press("Cast my choice")
    expect(at.page.get_by_role("heading", level=1)).to_have_text("Thank you. Your choice is in.")
    at.look("receipt")
    receipt = at.page.locator(".card-word").inner_text()
    at.page.go_back()
    expect(at.page.get_by_role("heading", level=1)).to_have_text("Your choice is in")
    expect(at.page.get_by_text("A fire in the hall")).to_have_count(0)
    at.look("in")
    at.follow("Change my choice")
    at.look("choose-again")
    if at.keys:
        thinks_again(at, receipt)
    return receipt


def is_told_what_is_missing(at: Evening) -> None:
    at.press("Check my choice")
    expect(at.page.get_by_role("heading", name="There is a problem")).to_be_visible()
    at.look("choose-wrong")


def thinks_again(at: Evening, receipt: str) -> None:
    at.answer({"Your receipt": receipt}, ["A choir", "I am 11 or older"])
    at.press("Check my choice")
    at.press("Cast my choice")
    expect(at.page.get_by_role("heading", level=1)).to_have_text("Thank you. Your choice is changed.")


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
    at.page.goto(f"/decide/{decision.record.key}/place/")
    at.look("place")
    at.page.goto(f"/decide/{decision.record.key}/result/")
    expect(at.page.get_by_role("heading", level=1)).to_have_text("We are doing 2 of the 3 ideas")
    rounds = at.page.locator(".round")
    expect(rounds.nth(0)).to_contain_text("We will do it")
    expect(rounds.nth(2)).to_contain_text("Late buses")
    at.look("result")
    at.unfold("How it was counted")
    main = at.page.get_by_role("main")
    expect(main).to_contain_text(re.compile(r"picked it, more than any other idea\. .*So it went first\."))
    expect(main).to_contain_text(re.compile(r"12 picked it\. It costs more than the £[\d,.]+ that was left\."))
    at.unfold("Check it yourself")
    at.look("result-unfolded")
    at.follow("Look up my receipt")
    at.answer({"Your receipt": receipt})
    at.look("look-up")
    at.press("Look it up")
    expect(at.page.get_by_text("Yes. This choice was counted.")).to_be_visible()


def answer(at: Evening, decision: Decision) -> None:
    """Those who must answer do, also for what did not win; a councillor, who has no vote, opens a door."""
    at.enter(at.cast.commissioner)
    at.page.goto(f"/decide/{decision.record.key}/answers/")
    at.look("answers")
    at.follow(re.compile("Answer it.*Late buses"))
    at.answer({"Why?": "The bus company looks again in June."}, ["Not yet"])
    at.look("answer")
    at.send()
    expect(at.page.get_by_text("The bus company looks again in June.")).to_be_visible()
    at.enter(at.cast.councillor)
    at.page.goto(f"/decide/{decision.record.key}/")
    at.follow("Do something for this decision")
    at.answer({"In your own words": "The bus company meets you on 4 May."}, ["Opened a door"])
    at.look("act")
    at.send()
    expect(at.page.get_by_text("The bus company meets you on 4 May.").first).to_be_visible()
    at.look("after")


@pytest.mark.journey
@pytest.mark.parametrize(("width", "javascript"), [(PHONE, False), (DESK, True)])
def test_from_a_question_to_what_came_of_it(evening: Evening, width: int, javascript: bool) -> None:
    decision = ask(evening)
    put_forward(evening, decision)
    make_the_list(evening, decision)
    move(decision, NOW_VOTE)
    receipt = choose(evening, decision)
    count(decision)
    read_why(evening, decision, receipt)
    answer(evening, decision)
    assert Reply.objects.get(idea__decision=decision).saying == "later"
    assert Act.objects.get(decision=decision).by == evening.cast.councillor.party
    if javascript:
        the_steps_looked_at(evening)


def the_steps_looked_at(at: Evening) -> None:
    """Steps of the set-up that were not walked."""
    at.enter(at.cast.commissioner)
    base = f"/decide/new/{draft(at.cast, question='A draft').record.key}"
    for step in ("rule", "groups"):
        at.page.goto(f"{base}/{step}/")
        at.look(step)
