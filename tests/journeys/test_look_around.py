"""Journey 1: somebody looks around, without an account, on a telephone and at a desk, with and without scripts."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from playwright.sync_api import Page, Route, expect

from alongside.ground.history.actor import Actor
from alongside.ground.people.actions import welcome
from alongside.ground.places.models import Area
from alongside.ground.postcodes.actions import begin, keep
from alongside.knowing.assets.actions import offer
from alongside.knowing.search.queries import look_around
from tests.browser import DESK, PHONE, Axe, Keyboard
from tests.cast import Cast

MACHINE = Actor.system("tests")
EDGE = '{"type":"Polygon","coordinates":[[[-2.61,51.44],[-2.58,51.44],[-2.58,51.46],[-2.61,51.46],[-2.61,51.44]]]}'
# A telephone and a desk, and a telephone whose scripts do not run.
everywhere = pytest.mark.parametrize(("width", "javascript"), [(PHONE, True), (DESK, True), (PHONE, False)])


@pytest.fixture
def town(live_cast: Cast) -> Cast:
    """A ward, and three holders who offer something in it; a fourth thing is nobody's business."""
    quay = Area.objects.create(
        kind="ward", edition="2025", code="W9", name="Old Quay", lat=51.45, lng=-2.595, boundary=EDGE
    )
    Area.objects.create(kind="ward", edition="2025", code="W8", name="Old Mill", lat=51.46, lng=-2.6)
    file = begin(by=MACHINE, publisher="ons", name="ONS postcodes", dated=date(2026, 2, 1))
    keep(by=MACHINE, file=file, rows=[("LM12AB", 51.451, -2.596)])
    choir = welcome(by=MACHINE, name="Larkmere Voices", kind="community", sort="interest")
    practice = welcome(by=MACHINE, name="Riverside Practice", kind="organisation", sort="public")
    given = {"by": MACHINE, "kind": "activity", "audience": "everyone", "area": quay}
    offer(
        **given,
        holder=live_cast.resident.party,
        title="Singing at the kitchen table",
        words="I still know all the songs.",
        cost="free",
        access=["level"],
        whens=[(None, "FREQ=WEEKLY;BYDAY=WE", None, "")],
        lat=51.451,
        lng=-2.596,
        place_words="Old Quay",
    )
    offer(**given, holder=choir, title="A choir for anyone", words="Singing together.", lat=51.452, lng=-2.6)
    offer(**given, holder=practice, title="Singing for better breathing", lat=51.455, lng=-2.59, precision="exact")
    offer(**given | {"audience": "me"}, holder=live_cast.neighbour.party, title="Singing in secret")
    look_around(Actor.anyone(), "singing")  # what is ready before the site answers: the model and the lexicon
    return live_cast


@everywhere
def test_somebody_looks_for_singing_near_home(page: Page, town: Cast, axe: Axe, width: int, javascript: bool) -> None:
    page.goto("/")
    page.get_by_label("Your street, area or postcode").fill("lm12ab")
    page.get_by_role("button", name="See what’s near me").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What is near LM1 2AB")
    expect(page.get_by_text("Contains Royal Mail data ©")).to_be_visible()
    axe(page)
    page.get_by_label("Near which street, area or postcode?").fill("Old Quay")
    page.get_by_role("button", name="Look", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What is near Old Quay")
    expect(page.get_by_text("Nearest first")).to_be_visible()
    if not javascript:
        expect(page.locator(".map")).to_be_hidden()  # an empty frame that the keyboard stops at helps nobody
    axe(page)
    page.get_by_label("What are you looking for?").fill("singing")
    page.get_by_role("button", name="Look", exact=True).click()
    expect(page.get_by_role("heading", name="3 things to try")).to_be_visible()
    expect(page.get_by_text("its name says “singing”").first).to_be_visible()
    axe(page)
    page.get_by_role("link", name="People (1)").click()
    expect(page.get_by_role("heading", name="1 thing to try")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Singing at the kitchen table").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Singing at the kitchen table")
    expect(page.get_by_text("Wednesdays")).to_be_visible()
    expect(page.get_by_text("Who can see this")).to_be_visible()
    axe(page)


@everywhere
def test_filters_narrow_the_list(page: Page, town: Cast, axe: Axe, width: int, javascript: bool) -> None:
    page.goto("/look-around/?words=singing")
    if width == PHONE:
        page.locator("summary", has_text="Show only").click()
    page.locator("summary", has_text="Works for me").click()
    page.get_by_label("Level way in").check()
    page.get_by_role("button", name="Show these").click()
    expect(page.get_by_role("heading", name="1 thing to try")).to_be_visible()
    expect(page.get_by_label("Level way in")).to_be_checked()
    axe(page)
    page.get_by_role("link", name="Show all").click()
    expect(page.get_by_role("heading", name="3 things to try")).to_be_visible()


def test_list_and_map_hold_the_same_things(page: Page, town: Cast) -> None:
    page.goto("/look-around/?words=singing&near=Old+Quay")
    data = json.loads(page.locator("#map-data").text_content() or "")
    listed = page.locator(".results h3 a").all_text_contents()
    assert [sign["title"] for sign in data["signs"]] == listed
    assert [sign["n"] for sign in data["signs"]] == [1, 2, 3]
    expect(page.locator(".map-sign")).to_have_count(3)
    assert data["boundaries"]["features"][0]["properties"]["name"] == "Old Quay"
    assert "51.451" not in json.dumps(data["signs"])


def test_the_map_waits_for_its_library_and_the_list_needs_none(page: Page, town: Cast, noise: list[str]) -> None:
    """On a slow line leaflet.js comes long after the script that draws with it; or it never comes."""
    held: list[Route] = []
    page.route("**/leaflet.js", lambda route: held.append(route))
    page.goto("/look-around/?words=singing&near=Old+Quay", wait_until="commit")
    with page.expect_event("load"):
        expect(page.get_by_role("heading", name="3 things to try")).to_be_visible()
        page.wait_for_function("performance.getEntriesByType('resource').some(one => one.name.endsWith('map.js'))")
        assert page.locator(".map-sign").count() == 0
        held.pop().continue_()
    expect(page.locator(".map-sign")).to_have_count(3)

    page.unroute_all()
    page.route("**/leaflet.js", lambda route: route.abort())
    page.reload()
    expect(page.get_by_role("heading", name="3 things to try")).to_be_visible()
    expect(page.get_by_role("region", name="Map of the list")).to_be_hidden()
    noise.clear()  # the browser says that a file is missing


on_a_telephone = pytest.mark.parametrize("width", [PHONE])


@on_a_telephone
def test_a_place_that_could_be_several_is_asked_about(page: Page, town: Cast, axe: Axe, width: int) -> None:
    page.goto("/look-around/?near=old")
    expect(page.get_by_role("heading", name="Where do you mean?")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Old Quay").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What is near Old Quay")


@on_a_telephone
def test_when_nobody_has_offered_it_yet_a_wish_can_be_added(page: Page, town: Cast, axe: Axe, width: int) -> None:
    page.goto("/look-around/?words=abseiling")
    expect(page.get_by_text("Nothing here fits “abseiling” yet.")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Add a wish").click()
    expect(page.get_by_label("What do you wish for?")).to_have_value("abseiling")


@everywhere
def test_what_works_for_somebody_stays_with_them_and_help_comes_first(
    page: Page, town: Cast, axe: Axe, width: int, javascript: bool
) -> None:
    page.goto("/look-around/works-for-me/")
    axe(page)
    page.get_by_label("Level way in").check()
    page.get_by_role("button", name="Keep it and look around").click()
    expect(page.get_by_label("Use what works for me")).to_be_checked()
    page.get_by_label("What are you looking for?").fill("I want to die")
    page.get_by_role("button", name="Look", exact=True).click()
    expect(page.get_by_role("heading", name="You can talk to somebody now")).to_be_visible()
    expect(page.get_by_role("link", name="Ring 116 123")).to_be_visible()
    expect(page).not_to_have_url(re.compile("level"))
    axe(page)


def test_it_can_be_done_by_keyboard_alone(page: Page, town: Cast, keyboard: Keyboard) -> None:
    page.goto("/look-around/")
    keyboard.write(page.get_by_label("What are you looking for?"), "singing")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="3 things to try")).to_be_visible()
    keyboard.press(page.locator("summary", has_text="Cost"))
    keyboard.tick(page.get_by_label("Free", exact=True))
    keyboard.press(page.get_by_role("button", name="Show these"))
    expect(page.get_by_role("heading", name="1 thing to try")).to_be_visible()
    keyboard.press(page.get_by_role("link", name="Singing at the kitchen table").first)
    expect(page.get_by_role("heading", level=1)).to_have_text("Singing at the kitchen table")
