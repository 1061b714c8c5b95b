"""Journey 2: make my plan, from what matters to one sheet; share a part of it, and take it back."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from alongside.knowing.assets.actions import offer
from alongside.knowing.contributions.models import Contribution
from alongside.planning.plans import actions
from tests.browser import PHONE, Axe, Keyboard, Robot, both_widths, without_javascript
from tests.cast import Cast, Somebody

pytestmark = pytest.mark.django_db(transaction=True)
MATTERS = "I want to sing again. And I want to see people on Sundays."


def something_to_share(person: Somebody) -> None:
    person.login
    offer(
        by=person.actor,
        holder=person.party,
        kind="skill",
        title="Singing at the kitchen table",
        audience="everyone",
        domains=["fun"],
        per_week=200,
    )


def make_a_plan(robot: Robot, look: Callable[[Page], None]) -> None:
    """The whole way, as somebody with no account would go it."""
    page = robot.page
    robot.follow("Start")
    look(page)
    robot.write("What matters to me", MATTERS)
    robot.press("Save and go on")
    look(page)
    robot.write("People I know", "Megan, my daughter\nJoyce next door")
    robot.press("Save and go on")
    look(page)
    robot.write("What I know and can do", "The old chapel songs")
    robot.press("Save and go on")
    expect(page.get_by_role("main")).to_contain_text("You wrote these names before.")
    look(page)
    robot.follow("Go on: what I want")
    look(page)
    robot.write("What I want", "I want to sing again")
    robot.choose("Which part of life is it about?", "Fun, music and making")
    robot.press("Save and go on")
    look(page)
    robot.press("Show me ideas")
    look(page)
    robot.press("Yes, add it The old chapel songs")
    expect(page.get_by_role("button", name="Take it out The old chapel songs")).to_be_visible()
    robot.press("Yes, add it Singing at the kitchen table")
    expect(page.get_by_role("button", name="Take it out Singing at the kitchen table")).to_be_visible()
    look(page)
    robot.follow("Go on: who does what")
    look(page)
    robot.write("What would you like to say", "May I come on Wednesday?")
    robot.press("Save and go on")
    look(page)
    robot.press("Save my plan")
    look(page)


@both_widths
def test_somebody_without_an_account_makes_a_plan_in_ten_pages(
    page: Page, robot: Robot, axe: Axe, live_cast: Cast, width: int
) -> None:
    something_to_share(live_cast.neighbour)
    page.goto("/my-page/")
    axe(page)
    robot.pages = 0
    make_a_plan(robot, axe)
    sheet = page.get_by_role("main")
    expect(sheet).to_contain_text("Singing at the kitchen table")
    expect(sheet).to_contain_text("Only you can see this plan.")
    assert len(re.findall(rb"/Type\s*/Page[^s]", page.pdf(format="A4"))) == 1, "a plan is one sheet of paper"
    assert robot.pages <= 10, f"{robot.pages} pages"
    assert robot.interactions <= 45, f"{robot.interactions} interactions"
    page.goto("/my-page/")
    axe(page)
    expect(page.get_by_role("link", name="Keep it by signing in")).to_be_visible()


@pytest.mark.parametrize("width", [PHONE])
@without_javascript
def test_the_same_without_scripts(
    page: Page, robot: Robot, axe: Axe, live_cast: Cast, width: int, javascript: bool
) -> None:
    something_to_share(live_cast.neighbour)
    page.goto("/my-page/")
    make_a_plan(robot, axe)
    expect(page.get_by_role("main")).to_contain_text("Singing at the kitchen table")
    assert Contribution.objects.filter(party=live_cast.neighbour.party).get().state == "draft", "nobody was asked"


@both_widths
def test_an_empty_answer_says_what_to_do_and_skipping_is_an_answer(
    page: Page, axe: Axe, live_cast: Cast, width: int
) -> None:
    page.goto("/my-page/plan/ask/matters/")
    page.get_by_role("button", name="Save and go on").click()
    expect(page).to_have_title("Error: What matters most to you just now? – Testford")
    axe(page)
    page.get_by_role("link", name="Write at least one thing").click()
    expect(page.get_by_label("What matters to me")).to_be_focused()
    page.get_by_role("link", name="Skip this one", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who and what is round you?")


def test_by_keyboard_alone(page: Page, keyboard: Keyboard, axe: Axe, live_cast: Cast) -> None:
    something_to_share(live_cast.neighbour)
    page.goto("/my-page/plan/want/")
    keyboard.write(page.get_by_label("What I want"), "I want to sing again")
    for words in ("Save and go on", "Show me ideas", "Yes, add it Singing at the kitchen table"):
        keyboard.press(page.get_by_role("button", name=words))
    taken = page.get_by_role("button", name="Take it out Singing at the kitchen table")
    expect(taken).to_be_focused()
    axe(page)


@both_widths
def test_asked_answered_shared_looked_at_and_taken_back(
    page: Page,
    axe: Axe,
    live_cast: Cast,
    sign_in: Callable[..., None],
    context: BrowserContext,
    new_context: Callable[..., BrowserContext],
    width: int,
) -> None:
    mair, joseph = live_cast.resident, live_cast.neighbour
    something_to_share(joseph)
    plan = actions.start(by=mair.actor, owner=mair.party)
    actions.say_wants(by=mair.actor, plan=plan, wants=[actions.Want("I want to sing again", "fun")])
    sign_in(context, mair)
    theirs = new_context()
    sign_in(theirs, joseph)
    his = theirs.new_page()

    page.goto("/my-page/plan/")
    page.get_by_role("link", name="See ideas for this").click()
    page.get_by_role("button", name="Yes, add it Singing at the kitchen table").click()
    expect(page.get_by_role("button", name="Take it out Singing at the kitchen table")).to_be_visible()
    page.get_by_role("link", name="Go on: who does what").click()
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("main")).to_contain_text("We will ask them.")
    page.get_by_role("button", name="Save my plan").click()
    expect(page.get_by_role("main")).to_contain_text("Asked")

    his.goto("/my-page/")
    axe(his)
    his.get_by_role("link", name="Singing at the kitchen table", exact=True).first.click()
    axe(his)
    his.get_by_role("button", name="Yes, I will").click()

    page.goto("/my-page/plan/")
    expect(page.get_by_role("main")).to_contain_text("Said yes")
    page.get_by_role("link", name="Share parts of it").first.click()
    axe(page)
    page.get_by_label(joseph.party.name).check()
    page.get_by_label("All of it").check()
    page.get_by_role("button", name="Share it").click()
    axe(page)

    his.goto(f"/plan/{plan.record.key}/")
    axe(his)
    expect(his.get_by_role("main")).to_contain_text("I want to sing again")
    page.reload()
    expect(page.get_by_role("main")).to_contain_text("Joseph Okafor, all of it")
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_role("main")).to_contain_text("You took it back")
    answer = his.reload()
    assert answer is not None and answer.status == 404


@both_widths
def test_a_wish_needs_no_account(page: Page, robot: Robot, axe: Axe, live_cast: Cast, width: int) -> None:
    page.goto("/wish/")
    axe(page)
    robot.press("Save my wish")
    axe(page)
    robot.write("What do you wish for?", "A bench on Mill Street")
    robot.tick("Everyone: someone may have it")
    robot.press("Save my wish")
    expect(page.get_by_role("main")).to_contain_text("Waits for a look")
    axe(page)
