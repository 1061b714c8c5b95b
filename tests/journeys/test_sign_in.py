"""Somebody keeps their page: by a code in an e-mail, by a card and a word, and staff with an authenticator app."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import Page, expect

from alongside.ground.people.actions import give_card
from tests.browser import Axe, Keyboard, both_widths, without_javascript
from tests.cast import Cast, app_code


@pytest.fixture(autouse=True)
def no_limits_yet() -> None:
    cache.clear()


def code_for(email: str) -> str:
    found = re.search(r"\b\d{6}\b", next(one.body for one in reversed(mail.outbox) if one.to == [email]))
    assert found
    return found[0]


@both_widths
def test_somebody_new_keeps_a_page(live_cast: Cast, page: Page, axe: Axe) -> None:
    page.goto("/sign-in/")
    axe(page)
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    axe(page)
    page.get_by_label("Your e-mail address").fill("new@example.org")
    page.get_by_role("button", name="Send me a code").click()
    axe(page)
    page.get_by_label("The code from the e-mail").fill("12")
    page.get_by_role("button", name="Open my page").click()
    axe(page)
    page.get_by_label("The code from the e-mail").fill(code_for("new@example.org"))
    page.get_by_role("button", name="Open my page").click()
    page.goto("/me/")
    axe(page)
    page.get_by_label("Your name").fill("Ceri")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("Your name")).to_have_value("Ceri")
    for path in ("/groups/", "/groups/new/", "/me/blocks/", "/me/helpers/", "/helping/", "/my-messages/"):
        page.goto(path)
        axe(page)
    page.goto("/sign-out/")
    axe(page)
    page.get_by_role("button", name="Sign out").click()
    page.goto("/me/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in, or keep your page")


@both_widths
@without_javascript
def test_a_card_and_a_word_work_without_scripts(live_cast: Cast, page: Page, axe: Axe) -> None:
    card = give_card(by=live_cast.resident.actor, party=live_cast.resident.party, word="marmalade")
    page.goto("/sign-in/")
    page.get_by_role("link", name="Use a card and a word").click()
    axe(page)
    page.get_by_label("The number on your card").fill(card.number)
    page.get_by_label("Your word").fill("wrong")
    page.get_by_role("button", name="Open my page").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    page.get_by_label("Your word").fill("Marmalade")
    page.get_by_role("button", name="Open my page").click()
    page.goto("/me/")
    expect(page.get_by_label("Your name")).to_have_value("Mair Pugh")


def test_signing_in_by_keyboard_alone(live_cast: Cast, page: Page, keyboard: Keyboard) -> None:
    page.goto("/sign-in/")
    keyboard.write(page.get_by_label("Your e-mail address"), "keys@example.org")
    keyboard.press(page.get_by_role("button", name="Send me a code"))
    expect(page.get_by_label("The code from the e-mail")).to_be_visible()
    keyboard.write(page.get_by_label("The code from the e-mail"), code_for("keys@example.org"))
    keyboard.press(page.get_by_role("button", name="Open my page"))
    page.wait_for_url("**/my-page/**")
    page.goto("/me/")
    expect(page.get_by_label("Your name")).to_be_visible()


@both_widths
def test_a_steward_sets_up_an_app_and_sees_the_desk(live_cast: Cast, page: Page, axe: Axe) -> None:
    login = live_cast.steward.login
    page.goto("/sign-in/?next=/desk/")
    page.get_by_label("Your e-mail address").fill(str(login.email))
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("The code from the e-mail").fill(code_for(str(login.email)))
    page.get_by_role("button", name="Open my page").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up an authenticator app")
    axe(page)
    secret = page.locator(".card-word").inner_text()
    page.get_by_label("The code in your app").fill(app_code(secret))
    page.get_by_role("button", name="Set up the app").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your spare codes")
    axe(page)
    for path in ("/desk/", "/desk/worries/", "/desk/help/", "/my-page/app/"):
        page.goto(path)
        axe(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Your authenticator app")


@both_widths
def test_something_worries_somebody(
    live_cast: Cast, page: Page, axe: Axe, sign_in: Callable[..., Any], new_context: Any
) -> None:
    page.goto("/sign-in/")
    page.get_by_role("link", name="Something worries me").click()
    axe(page)
    page.get_by_label("What worries you?").fill("The door stood open all night")
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. We have it.")
    axe(page)
    reference = page.locator(".card-word").inner_text()
    context = new_context()
    sign_in(context, live_cast.steward)
    desk = context.new_page()
    desk.goto("/desk/")
    axe(desk)
    desk.get_by_role("link", name=reference).click()
    axe(desk)
    desk.get_by_label("What was done").fill("We rang. All is well.")
    desk.get_by_role("button", name="Send the answer").click()
    axe(desk)
    expect(desk.get_by_text("Answered")).to_be_visible()
