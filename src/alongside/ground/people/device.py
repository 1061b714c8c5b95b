"""What a browser keeps for whoever sat at it last, and how all of it goes at once. Chapter 2 is for people who share
a computer in a library too."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from alongside.ground.history.actor import Actor
from alongside.ground.people.claiming import forget_device
from alongside.ground.people.doors import DEVICE_COOKIE

_kept: dict[str, str] = {DEVICE_COOKIE: "/"}


def keeps(cookie: str, path: str) -> None:
    """A kit says at start-up that browsers keep this for it, so that it goes with the rest."""
    _kept[cookie] = path


def clear(request: HttpRequest, response: HttpResponse, by: Actor) -> None:
    """This browser opens the page begun on it no more, nor does a copy of its cookie; and what was noted here about
    somebody's needs, and pages kept for going back, are gone. The page itself stays its owner's."""
    token = request.COOKIES.get(DEVICE_COOKIE, "")
    if token:
        forget_device(by=by, token=token)
    for cookie, path in _kept.items():
        response.delete_cookie(cookie, path=path, samesite="Lax")
    response["Clear-Site-Data"] = '"cache"'
