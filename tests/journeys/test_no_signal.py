"""A community builder walks a street without a signal and writes down what she finds: none is lost, none doubled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.resources import files

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from alongside.ground.places.models import Area
from alongside.knowing.assets.actions import offer
from alongside.knowing.assets.models import Asset
from tests.browser import DESK, PHONE, Axe, Keyboard
from tests.cast import Cast

PAGE, SEND = "/no-signal/", "**/no-signal/send/"
# Through the page's own form, one after the other, as a hand would.
WRITE = """async ([first, last]) => {
  const form = document.querySelector("[data-no-signal] form"), list = document.querySelector("[data-notes]");
  for (let n = first; n <= last; n++) {
    form.elements.title.value = `Thing ${n}`;
    form.elements.near.value = "Old Quay";
    form.elements.kind.value = "space";
    const before = list.children.length;
    form.requestSubmit();
    while (list.children.length === before) await new Promise((come) => setTimeout(come, 5));
  }
}"""
KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys())
    for (const one of await (await caches.open(name)).keys()) found.push(new URL(one.url).pathname);
  return found;
}"""


# Two tabs change the same note, and what was sent before they did is answered only now: all three texts stay or went.
TABS = """async () => {
  const kept = window.alongsideKept, [one] = (await kept.all()).notes;
  const first = await kept.keep({ ...one, title: "One tab" }, one);
  const second = await kept.keep({ ...one, title: "Another tab" }, one);
  await kept.settle(one, { key: one.key, answer: "taken" });
  return [first === one.key, second === one.key, (await kept.all()).notes.map((note) => note.title).sort()];
}"""


@pytest.fixture
def phone(new_context: Callable[..., BrowserContext]) -> Iterator[Page]:
    """A browser of her own: what it keeps must not meet other tests."""
    context = new_context()
    page = context.new_page()
    page.set_viewport_size({"width": PHONE, "height": 667})
    yield page
    context.close()


@pytest.fixture
def street(live_cast: Cast) -> Cast:
    quay = Area.objects.create(kind="street", edition="2025", code="S9", name="Old Quay", lat=51.45, lng=-2.6)
    offer(
        by=live_cast.neighbour.actor, holder=live_cast.neighbour.party, kind="space", title="The old bench",
        audience="everyone", lat=quay.lat, lng=quay.lng, area=quay,
    )  # fmt: skip
    return live_cast


def look(page: Page, axe: Axe) -> None:
    """At both widths. Without a signal axe cannot come from the site."""
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    for width in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": 667})
        axe(page)


def write_by_hand(page: Page, title: str) -> None:
    hand = Keyboard(page)
    hand.write(page.get_by_label("What would you call it?"), title)
    near = page.get_by_label("Which street or area is it in?")
    if not near.input_value():  # the next thing is in the same street
        hand.write(near, "Old Quay")
    hand.reach(page.get_by_label("A skill"))
    hand.choose(page.get_by_label("A skill"), 4)
    hand.press(page.get_by_role("button", name="Keep it", exact=True))
    expect(page.locator("[data-notes]").get_by_text(title, exact=True)).to_be_visible()


def hers(cast: Cast) -> list[str]:
    return list(Asset.objects.filter(record__owner=cast.builder.party).values_list("title", flat=True))


def test_fifty_things_from_a_street_without_a_signal(
    phone: Page, street: Cast, axe: Axe, sign_in: Callable[..., None]
) -> None:
    sign_in(phone.context, street.builder)
    walk(phone, axe)
    send(phone, axe, street)
    sign_in_after_another(phone, street, sign_in)
    wipe(phone, axe)
    assert len(hers(street)) == 50


def walk(phone: Page, axe: Axe) -> None:
    """She opened the page at home; now it opens without a signal, and is nobody's own page."""
    signal = phone.locator("#signal")
    phone.goto(PAGE)
    expect(signal).to_contain_text("It opens without a signal too.")
    look(phone, axe)
    phone.context.set_offline(True)
    phone.reload()
    expect(signal).to_contain_text("There is no signal.")
    expect(phone.get_by_text("Asha")).to_have_count(0)
    phone.get_by_role("button", name="Keep it", exact=True).click()
    expect(phone.get_by_role("alert")).to_be_focused()
    look(phone, axe)
    write_by_hand(phone, "The old bench")
    write_by_hand(phone, "A wall to sit on")
    phone.evaluate(WRITE, [3, 50])
    phone.reload()  # as if the browser had been shut
    expect(phone.locator("[data-count]")).to_have_text("50 waiting to be sent.")
    look(phone, axe)


def send(phone: Page, axe: Axe, street: Cast) -> None:
    """The first answer never arrives; all are there once, and what is on the map already is shown to her."""
    count = phone.locator("[data-count]")
    lost: list[str] = []

    def lose_the_first_answer(route: Route) -> None:
        if lost:
            return route.continue_()
        lost.append(route.request.url)
        route.fetch()  # the site has it
        return route.abort()

    phone.context.route(SEND, lose_the_first_answer)
    phone.context.set_offline(False)
    expect(phone.locator("#signal")).to_contain_text("It could not be sent just now.")
    assert lost and len(hers(street)) == 9
    phone.get_by_role("button", name="Send what waits").click()
    expect(count).to_have_text("1 to look at, 49 sent.")
    expect(phone.get_by_text("on the map at this place already")).to_be_visible()
    assert len(hers(street)) == 49
    look(phone, axe)
    phone.get_by_role("button", name="Add it all the same").click()
    expect(count).to_have_text("50 sent.")
    assert sorted(hers(street)) == sorted(["The old bench", "A wall to sit on", *(f"Thing {n}" for n in range(3, 51))])
    kept = phone.evaluate(KEPT)
    assert kept and not [one for one in kept if one != f"{PAGE}kept/" and not one.startswith("/static/")]


def sign_in_after_another(phone: Page, street: Cast, sign_in: Callable[..., None]) -> None:
    """Her time is up, then somebody else takes the phone: what waits is neither shown nor sent till she is back."""
    context, count = phone.context, phone.locator("[data-count]")
    context.set_offline(True)
    phone.evaluate(WRITE, [51, 52])
    context.clear_cookies(name="sessionid")
    context.set_offline(False)
    expect(phone.locator("#signal")).to_contain_text("You are signed out.")
    expect(count).to_contain_text("2 waiting to be sent")
    sign_in(context, street.neighbour)
    phone.goto(PAGE)
    expect(phone.get_by_text("Locked here for somebody else: 2.")).to_be_visible()
    expect(phone.get_by_text("Thing 51")).to_have_count(0)
    sign_in(context, street.builder)
    context.unroute(SEND)
    context.route(SEND, lambda route: route.abort())
    phone.goto(PAGE)
    expect(count).to_have_text("2 waiting to be sent.")


def wipe(phone: Page, axe: Axe) -> None:
    """By keyboard, and without a signal."""
    phone.context.set_offline(True)
    assert phone.evaluate(TABS) == [True, False, ["Another tab", "One tab", "Thing 52"]]
    Keyboard(phone).press(phone.get_by_role("button", name="Wipe this phone"))
    expect(phone.get_by_text("Not sent yet: 3.")).to_be_visible()
    Keyboard(phone).press(phone.get_by_role("button", name="Yes, wipe it"))
    expect(phone.locator("#signal")).to_contain_text("It is wiped.")
    expect(phone.get_by_text("Thing 51")).to_have_count(0)
    look(phone, axe)
    phone.reload()
    expect(phone.get_by_role("heading", name="Nothing opens here just now")).to_be_visible()
