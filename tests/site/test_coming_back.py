"""Whoever presses "Sign in" comes back to the page where they were, and never to anybody else's site."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse

from alongside.ground.people.doors import next_of
from alongside.site.context import LONGEST, site
from tests.cast import Cast
from tests.ground.test_sign_in import ask

pytestmark = pytest.mark.django_db
ELSEWHERE = (
    *(
        "https://bad.example/",
        "//bad.example/",
        "///bad.example",
        "/\\bad.example",
        "\\\\bad.example",
        "https:bad.example",
    ),
    *("javascript:alert(1)", "data:text/html,x", "\t//bad.example", "/\t/bad.example", "http:///bad.example"),
    *("https://testserver@bad.example/", "https://testserver.bad.example/"),
)


@pytest.fixture(autouse=True)
def place(cast: Cast) -> None:
    assert cast.place.name


def way_in(client: Client, path: str) -> str:
    html = client.get(path).content.decode()
    return unescape(re.findall(r'<a href="(/sign-in/[^"]*)"[^>]*>Sign in</a>', html)[0])


def test_from_the_page_to_the_code_and_back(cast: Cast) -> None:
    client, here = Client(), "/decide/how/?large=1&x=%26"
    there = way_in(client, here)
    assert way_in(client, there) == there  # asked for twice it stays the same
    page = client.get(there).content.decode()
    assert f'name="next" value="{here.replace("&", "&amp;")}"' in page
    code = ask(client, "new@example.org")
    answer = client.post(reverse("people:code"), {"code": code, "next": here})
    assert answer.url.endswith(here) or "is-this-yours" in answer.url


def test_no_address_of_somebody_else_is_carried() -> None:
    client = Client()
    for bad in ELSEWHERE:
        html = client.get("/sign-in/", {"next": bad}).content.decode()
        main = html[html.index("<main") : html.index("</main>")]
        assert "bad.example" not in main and "alert(1)" not in main, bad
        assert re.findall(r'<a href="(/sign-in/[^"]*)"[^>]*>Sign in</a>', html) == ["/sign-in/"], bad
        assert next_of(RequestFactory().post("/sign-in/code/", {"next": bad})) == "", bad


@pytest.mark.parametrize("path", ["//bad.example/decide/", "/decide/" + "x" * LONGEST, "/", "/sign-out/"])
def test_a_path_that_looks_like_a_site_leads_nowhere_else(path: str) -> None:
    request: HttpRequest = RequestFactory().get("/")
    request.path = request.path_info = path
    request.META["QUERY_STRING"] = ""
    assert str(site(request)["back_here"]) == ""


def test_what_was_sent_is_not_asked_for_again() -> None:
    assert str(site(RequestFactory().post("/decide/new/"))["back_here"]) == ""
