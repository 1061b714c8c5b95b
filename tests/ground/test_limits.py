"""Whoever guesses has few tries: together in all processes, after a restart too, and nobody is shut out by others."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from alongside.ground.limits.actions import forget_old
from alongside.ground.limits.asking import address_of, may_try, was_right
from alongside.ground.limits.models import Allowance
from alongside.ground.people.models import Login
from tests.cast import Cast, app_code

pytestmark = pytest.mark.django_db
EMAIL, NOW = "mair@example.org", timezone.now


@pytest.fixture(autouse=True)
def behind_a_server_of_ours(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """And at noon, so that no minute and no day ends while somebody tries."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    noon = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0)
    monkeypatch.setattr("alongside.ground.limits.counting.timezone.now", lambda: noon)


def restart() -> None:
    """As another process, or the same after a restart: what lay in memory is gone."""
    cache.clear()


def came_from(address: str) -> Any:
    return RequestFactory().post("/", headers={"x-forwarded-for": address})


def ask(client: Client, address: str = "198.51.100.7", email: str = EMAIL) -> Any:
    return client.post(reverse("people:sign_in"), {"email": email}, headers={"x-forwarded-for": address})


def code_in_mail() -> str:
    found = re.search(r"\b\d{6}\b", mail.outbox[-1].body)
    assert found
    return found[0]


def test_a_restart_gives_nobody_new_tries() -> None:
    tries = []
    for _n in range(22):
        tries.append(may_try(came_from("198.51.100.7"), "card"))
        restart()
    assert tries == [True] * 20 + [False] * 2
    assert may_try(came_from("198.51.100.8"), "card"), "somebody else has their own"


def test_of_an_address_nothing_is_kept_and_soon_nothing_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    may_try(came_from("198.51.100.7"), "receipt", "41")
    rows = str(list(Allowance.objects.values()))
    assert "198.51" not in rows and Allowance.objects.count() == 3
    later = timezone.now() + timedelta(days=1)
    monkeypatch.setattr("alongside.ground.limits.counting.timezone.now", lambda: later)
    assert forget_old() == 3 and not Allowance.objects.exists()


def test_whoever_has_a_street_of_addresses_has_the_tries_of_one() -> None:
    assert address_of(came_from("2001:db8:1:2::1")) == address_of(came_from("2001:db8:1:2:ffff::9"))
    assert address_of(came_from("2001:db8:1:2::1")) != address_of(came_from("2001:db8:1:3::1"))


def test_who_knows_the_key_begins_anew_and_the_address_does_not() -> None:
    request = came_from("198.51.100.7")
    assert [may_try(request, "app", "7") for _n in range(6)] == [True] * 5 + [False]
    was_right(request, "app", "7")
    assert may_try(request, "app", "7") and Allowance.objects.filter(used=7).exists()


def test_nobody_is_shut_out_by_whoever_knows_their_address() -> None:
    for _n in range(7):
        ask(Client(), "203.0.113.66")
    assert len(mail.outbox) == 5
    assert ask(Client(), "198.51.100.7").url == reverse("people:code")


def test_a_code_has_five_tries_however_many_come_at_once() -> None:
    """Each of them finds the session as it was before any other: that is what happens to many at once."""
    ask(client := Client())
    code = code_in_mail()
    wrong = "000000" if code != "000000" else "111111"
    before = dict(client.session.items())
    for _n in range(5):
        client.post(reverse("people:code"), {"code": wrong})
        session = client.session
        session.update(before)
        session.save()
    assert "used_up" in client.post(reverse("people:code"), {"code": code}).url
    assert not Login.objects.exists()


def test_a_code_of_an_app_opens_once_in_whichever_process(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alongside.ground.limits.counting.timezone.now", NOW)  # the app's own clock cannot be set
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(cast.steward.login, secret)
    code = app_code(secret)
    answers = []
    for _n in range(2):
        ask(client := Client(), email=cast.steward.login.email)
        client.post(reverse("people:code"), {"code": code_in_mail()})
        answers.append(client.post(reverse("mfa_authenticate"), {"code": code}))
        restart()
    assert [answer.status_code for answer in answers] == [302, 200]


def test_figures_of_an_app_are_not_guessed_by_coming_in_again(cast: Cast) -> None:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(cast.steward.login, secret)
    ask(client := Client(), email=cast.steward.login.email)
    client.post(reverse("people:code"), {"code": code_in_mail()})
    for _n in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "12"})
        restart()
    page = client.post(reverse("mfa_authenticate"), {"code": app_code(secret)})
    assert page.status_code == 200 and "tried a lot" in page.content.decode()
