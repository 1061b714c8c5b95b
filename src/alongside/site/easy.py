"""Short words and pictures: a page said in one idea a line, for whoever chose it on this device.

The book asks that everyone can take part (chapter 2). It follows the rules of easy reading, but people with learning
disabilities have not tried it, so it does not call itself Easy Read (docs/explanation/short-words-and-pictures.md).
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alongside import frameworks
from alongside.ground.people.device import keeps

COOKIE = "short_words"
KEPT = 60 * 60 * 24 * 365  # seconds
keeps(COOKIE, "/")


def chosen(request: HttpRequest) -> bool:
    """Whether this device shows short words and pictures."""
    return request.COOKIES.get(COOKIE) == "yes"


def choose(response: HttpResponse, on: bool, secure: bool) -> None:
    """From the next page on, this device shows them, or does not."""
    if on:
        response.set_cookie(COOKIE, "yes", max_age=KEPT, httponly=True, samesite="Lax", secure=secure)
    else:
        response.delete_cookie(COOKIE, samesite="Lax")


def page_of(request: HttpRequest) -> dict[str, Any] | None:
    """What is said of the page that is being asked for; nothing while somebody sends a form, so that what is to be
    mended stands first, and nothing where its whole was asked for."""
    match = request.resolver_match
    if match is None or request.method not in ("GET", "HEAD") or "whole" in request.GET or not chosen(request):
        return None
    for page in frameworks.load("easy_read")["page"]:
        if page["view"] == match.view_name and page.get("of") in (None, *match.kwargs.values()):
            return dict(page)
    return None


def lines_of(page: dict[str, Any]) -> list[dict[str, Any]]:
    """The lines of a page, each with its drawing and, where it leads somewhere, the address."""
    drawings = frameworks.load("easy_read")["picture"]
    return [
        line | {"drawing": drawings[line["picture"]], "address": _address(line.get("to", ""))} for line in page["line"]
    ]


def _address(to: str) -> str:
    name, *args = to.split()[:2] or [""]
    return reverse(name, args=args) if name else ""
