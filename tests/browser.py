"""A person at a browser: both widths, with and without JavaScript, by keyboard alone, and axe after every step."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Locator, Page, WebError, expect

from tools import machine

FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    # No page is there for longer than a second or two: to compile its scripts well costs more than it saves.
    "--js-flags=--no-opt,--no-maglev",
    # Like the tests themselves, the browser reaches no other machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
PHONE, DESK = 375, 1280
# How long a step may take, in milliseconds. Only a fault waits so long; a slow or busy machine is not a fault.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)
both_widths = pytest.mark.parametrize("width", [PHONE, DESK])
without_javascript = pytest.mark.parametrize("javascript", [False])
# What differs between two otherwise equal pages, and does not matter to axe.
FLEETING = re.compile(r'(value|nonce|href|action|for|id)="[^"]*"')
SEEN: set[tuple[str, int]] = set()
# axe comes from the site itself (settings_test), so that the browser keeps it ready from page to page.
AXE = "/static/axe/axe.min.js"
LOOK = """async source => {
  if (!window.axe) await new Promise((come, fail) => {
    const script = Object.assign(document.createElement("script"), { onload: come, onerror: fail, src: source });
    document.head.append(script);
    script.remove();
  });
  return (await axe.run({ resultTypes: ["violations"] })).violations;
}"""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    path = machine.browser()
    if not path:
        words = "No browser was found: set BROWSER_PATH, or run `make test`, which installs one."
        pytest.fail(words) if machine.in_ci() else pytest.skip(words)
    flags = FLAGS + (["--no-sandbox"] if os.geteuid() == 0 else [])
    return {**browser_type_launch_args, "executable_path": path, "args": flags}


@pytest.fixture
def width() -> int:
    """How wide the window is; `@both_widths` runs a journey on a telephone and at a desk."""
    return DESK


@pytest.fixture
def javascript() -> bool:
    """Whether scripts run; `@without_javascript` turns them off."""
    return True


@pytest.fixture
def browser_context_args(
    browser_context_args: dict[str, Any], live_server: Any, width: int, javascript: bool
) -> dict[str, Any]:
    height = 800 if width > PHONE else 667
    return {
        **browser_context_args,
        "base_url": live_server.url,
        "viewport": {"width": width, "height": height},
        "java_script_enabled": javascript,
        "locale": "en-GB",
        "timezone_id": "Europe/London",
        "reduced_motion": "reduce",
    }


@pytest.fixture(scope="session")
def windows() -> dict[bool, BrowserContext]:
    """One window with scripts and one without, for all tests of a worker: another costs half a second of CPU."""
    return {}


@pytest.fixture
def context(
    browser: Browser, browser_context_args: dict[str, Any], windows: dict[bool, BrowserContext], javascript: bool
) -> Iterator[BrowserContext]:
    """One person's browser, empty. A journey with two people calls `new_context()` for the other."""
    if javascript not in windows:
        windows[javascript] = browser.new_context(**browser_context_args)
        windows[javascript].set_default_timeout(PATIENCE)
        windows[javascript].new_page()
    context = windows.pop(javascript)
    context.pages[0].set_viewport_size(browser_context_args["viewport"])
    yield context
    try:
        leave_nothing(context)
    except Error:  # the page hangs or has gone: the next test opens a window of its own
        context.close()
    else:
        windows[javascript] = context


def leave_nothing(context: BrowserContext) -> None:
    """What one test's person left in the browser is not there for the next."""
    page, *others = context.pages
    for other in others:
        other.close()
    page.unroute_all()
    page.emulate_media(media="null")
    page.goto("/static/img/favicon.svg")  # of the same site and without scripts: nothing asks for anything any more
    page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
    context.unroute_all()
    context.clear_cookies()


@pytest.fixture
def noise(context: BrowserContext) -> Iterator[list[str]]:
    """What the browser complained about: scripts that failed, things refused by the content policy."""
    heard: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        said = f"{message.text} {message.location.get('url', '')}"
        if message.type == "error" and "favicon" not in said:  # an icon is asked for after any page, also the last one
            heard.append(said)

    def hear_of(error: WebError) -> None:
        heard.append(str(error.error))

    context.on("console", hear)
    context.on("weberror", hear_of)
    yield heard
    context.remove_listener("console", hear)
    context.remove_listener("weberror", hear_of)
    assert not heard, "The browser complained:\n" + "\n".join(heard)


@pytest.fixture
def page(context: BrowserContext, noise: list[str]) -> Page:
    return context.pages[0]


class Axe:
    """`axe(page)` fails with the rule, the element and the way to mend it. The same state is looked at once a width."""

    def __init__(self, javascript: bool) -> None:
        self.javascript = javascript

    def __call__(self, page: Page) -> None:
        page.wait_for_load_state()  # a press is over as soon as the next page begins to come
        expect(page.locator("h1"), f"{page.url} has one heading that says what it is").to_have_count(1)
        if not self.javascript:
            return
        state = hashlib.sha256(FLEETING.sub("", page.content()).encode()).hexdigest()
        size = page.viewport_size["width"] if page.viewport_size else 0
        if (state, size) in SEEN:
            return
        found = page.evaluate(LOOK, AXE)
        assert not found, f"axe at {page.url} ({size} px):\n" + "\n".join(map(self.words, found))
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 1, f"{page.url} is {overflow} px too wide at {size} px"
        SEEN.add((state, size))

    @staticmethod
    def words(violation: dict[str, Any]) -> str:
        where = "\n".join(
            f"      {' '.join(map(str, node['target']))}\n      {node.get('failureSummary', '').replace(chr(10), ' ')}"
            for node in violation["nodes"][:5]
        )
        return f"  {violation['id']} ({violation['impact']}): {violation['help']}\n{where}"


@pytest.fixture
def axe(javascript: bool) -> Axe:
    return Axe(javascript)


class Keyboard:
    """Someone who uses no mouse: everything is reached by Tab and done by Enter, Space and the arrows."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, target: Locator, most: int = 150) -> Locator:
        """Press Tab until `target` has the focus, and see that the focus shows."""
        there = target.element_handle()  # looked for once: by role or label it takes longer than to press Tab
        for _ in range(most):
            state = there.evaluate("one => one === document.activeElement ? 'here' : one.isConnected ? '' : 'gone'")
            if state == "here":
                self._shows(target)
                return target
            if state == "gone":  # this part of the page was swapped
                there = target.element_handle()
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{target} cannot be reached by {most} presses of Tab")

    def press(self, target: Locator, key: str = "Enter") -> None:
        """Press it where the focus is, and wait until the page that this asks for begins to come."""
        self.reach(target).press(key)

    def tick(self, target: Locator) -> None:
        self.press(target, "Space")

    def write(self, target: Locator, words: str) -> None:
        self.reach(target)
        self.page.keyboard.type(words)

    def choose(self, first: Locator, steps: int) -> None:
        """Reach a set of radio buttons and go down it by arrow; a set is one stop of Tab."""
        self.reach(first)
        self.page.keyboard.press("Space")
        for _ in range(steps):
            self.page.keyboard.press("ArrowDown")

    @staticmethod
    def _shows(target: Locator) -> None:
        seen = target.evaluate(
            """element => [element, element.nextElementSibling, element.parentElement].filter(Boolean).some(one =>
                ['', '::before', '::after'].some(part => {
                    const style = getComputedStyle(one, part || null);
                    return style.outlineStyle !== 'none' || style.boxShadow !== 'none';
                }))"""
        )
        assert seen, f"The focus does not show on {target}"


@pytest.fixture
def keyboard(page: Page) -> Keyboard:
    return Keyboard(page)


class Robot:
    """Does a journey and counts what it asks of a person: pages seen, and presses, choices and boxes filled."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pages = 0
        self.interactions = 0
        page.on("domcontentloaded", self.arrive)

    def arrive(self, _page: Page) -> None:
        self.pages += 1

    def press(self, words: str, role: Any = "button") -> None:
        self.interactions += 1
        self.page.get_by_role(role, name=words).first.click()

    def follow(self, words: str) -> None:
        self.press(words, "link")

    def write(self, label: str, words: str) -> None:
        self.interactions += 1
        self.page.get_by_label(label).first.fill(words)

    def tick(self, label: str) -> None:
        self.interactions += 1
        self.page.get_by_label(label).first.check()

    def choose(self, label: str, option: str) -> None:
        self.interactions += 1
        self.page.get_by_label(label).first.select_option(label=option)


@pytest.fixture
def robot(page: Page) -> Iterator[Robot]:
    robot = Robot(page)
    yield robot
    page.remove_listener("domcontentloaded", robot.arrive)
