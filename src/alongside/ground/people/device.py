"""What a browser keeps for whoever sat at it last, and how all of it goes at once. Chapter 2 is for people who share
a computer in a library too."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from alongside.ground.history.actor import Actor
from alongside.ground.people.claiming import UNCLAIMED_FOR, forget_device, set_aside
from alongside.ground.people.doors import DEVICE_COOKIE

ASIDE_COOKIE, MOST_ASIDE = "alongside_aside", 5
_kept: dict[str, str] = {DEVICE_COOKIE: "/"}
_of_whoever_is_in: set[str] = set()


def keeps(cookie: str, path: str, *, signed_in: bool = False) -> None:
    """A kit says at start-up that browsers keep this for it, so that it goes with the rest; what is kept for whoever is
    signed in goes as soon as they leave, or somebody else comes (`shut`)."""
    _kept[cookie] = path
    if signed_in:
        _of_whoever_is_in.add(cookie)


def shut(response: HttpResponse) -> None:
    """What this browser kept for whoever was signed in opens here no more, until they come back."""
    for cookie in _of_whoever_is_in:
        response.delete_cookie(cookie, path=_kept[cookie], samesite="Lax")


def tokens_aside(request: HttpRequest) -> list[str]:
    """With which pages were set aside on this device; none of them opens anything by itself."""
    return [one for one in request.COOKIES.get(ASIDE_COOKIE, "").split(".") if one][:MOST_ASIDE]


def put_aside(request: HttpRequest, response: HttpResponse, by: Actor, *, opened: str = "") -> None:
    """The page begun on this browser opens here no more, until whoever began it says words of theirs. `opened` has just
    been opened again, and is not set aside any more."""
    token = request.COOKIES.get(DEVICE_COOKIE, "")
    fresh = set_aside(by=by, token=token) if token else ""
    kept = [one for one in (fresh, *tokens_aside(request)) if one and one != opened][:MOST_ASIDE]
    if not kept:
        response.delete_cookie(ASIDE_COOKIE, samesite="Lax")
        return
    response.set_cookie(
        ASIDE_COOKIE,
        ".".join(kept),
        max_age=UNCLAIMED_FOR,
        httponly=True,
        samesite="Lax",
        secure=settings.SECURE_COOKIES or request.is_secure(),
    )


def clear(request: HttpRequest, response: HttpResponse, by: Actor) -> None:
    """This browser opens the page begun on it no more, nor does a copy of its cookie; and what was noted here about
    somebody's needs, and pages kept for going back, are gone. The page itself stays its owner's."""
    token = request.COOKIES.get(DEVICE_COOKIE, "")
    if token:
        forget_device(by=by, token=token)
    for cookie, path in _kept.items():
        response.delete_cookie(cookie, path=path, samesite="Lax")
    response["Clear-Site-Data"] = '"cache"'
