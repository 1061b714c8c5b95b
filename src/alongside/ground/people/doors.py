"""Doors: for whom a page is. Every view wears one; a house test walks them all as an outsider."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from alongside.ground.history.acting import Refused
from alongside.ground.history.actor import Actor, Source
from alongside.ground.people.actions import begin
from alongside.ground.people.models import HELPER_ROLES
from alongside.ground.people.queries import has_role, is_staff, open_basis, party_of_device


class Request(HttpRequest):
    """A request as every view of ours gets it: the middleware has looked up who is asking."""

    actor: Actor
    device_token: str  # of a page opened on this device just now; the middleware hands it over


View = Callable[..., HttpResponseBase]
DEVICE_COOKIE = "alongside_device"
PROOF_HOLDS = 16 * 60 * 60  # seconds
WAYS_IN_AND_OUT = (
    "/sign-in/",
    "/sign-out/",
    "/my-page/app/",
    "/leave-quickly/",
    "/forget",
    "/stop-helping/",
    "/language/",
)
METHODS = "account_authentication_methods"  # allauth writes here how somebody signed in; a new user empties it


def next_of(request: HttpRequest) -> str:
    """Where to go afterwards, if it is an address of ours."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if safe else ""


def actor_of(request: HttpRequest) -> Actor:
    """Who is looking: somebody signed in (perhaps helping somebody), a device with a page, or anyone."""
    user = request.user
    if user.is_authenticated and user.party is not None:
        helping = request.session.get("helping")
        basis = open_basis(user.party, helping) if helping and not _proof_is_over(request) else None
        if basis is not None:
            source = request.session.get("helping_by", Source.SCREEN)
            return Actor(user.party, basis.person, basis, source, proved=used_second_factor(request))
        return Actor(person=user.party, proved=used_second_factor(request))
    token = request.COOKIES.get(DEVICE_COOKIE, "")
    party = party_of_device(token) if token else None
    return Actor(person=party) if party else Actor.anyone()


def known(request: Request) -> Actor:
    """The actor, who gets a page of their own on this device the first time they save something."""
    if request.actor.party is None:
        party, request.device_token = begin(by=request.actor)
        request.actor = Actor(person=party)
    return request.actor


def _door(name: str, check: Callable[[Request], HttpResponse | None]) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @functools.wraps(view)
        def wrapped(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                return _prove_again(request) or check(request) or view(request, *args, **kwargs)
            except Refused as refused:
                first = _second_factor(request) if _is_unproved_staff(request) else None
                if first is not None:
                    return first
                raise PermissionDenied(refused.sentence) from refused

        wrapped.door = name  # type: ignore[attr-defined]
        return wrapped

    return decorate


def _proof_is_over(request: HttpRequest) -> bool:
    """Whether somebody of the staff began to help somebody, and the day of work for which their second factor counts
    is over. Until they prove it anew they act for nobody, on any page."""
    return (
        "helping" in request.session
        and not used_second_factor(request)
        and is_staff(getattr(request.user, "party", None))
    )


def _prove_again(request: Request) -> HttpResponse | None:
    """Whoever's proof is over in the middle of helping proves it anew before anything else, so that nothing meant for
    the other's page is written on their own. The ways in and out stay open."""
    if request.path.startswith(WAYS_IN_AND_OUT) or not request.user.is_authenticated or not _proof_is_over(request):
        return None
    return _second_factor(request)


def _welcome(request: HttpRequest) -> HttpResponse | None:
    return None


def _has_page(request: Request) -> HttpResponse | None:
    return None if request.actor.party else redirect_to_login(request.get_full_path())


def _signed_in(request: HttpRequest) -> HttpResponse | None:
    return None if request.user.is_authenticated else redirect_to_login(request.get_full_path())


def _second_factor(request: HttpRequest) -> HttpResponse | None:
    """Staff pages open only after an authenticator app was used in this session."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if not is_staff(request.user.party):
        raise PermissionDenied
    if used_second_factor(request):
        return None
    has_app = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.TOTP).exists()
    name = "mfa_reauthenticate" if has_app else "mfa_activate_totp"
    return redirect(f"{reverse(name)}?{urlencode({'next': _page_of(request)})}")


def _page_of(request: HttpRequest) -> str:
    """The page that somebody is on: what they asked for, or where the button stands that they pressed."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    return urlsplit(request.headers.get("Referer", "")).path or settings.LOGIN_REDIRECT_URL


def _is_unproved_staff(request: HttpRequest) -> bool:
    """Whether somebody may have been refused only for want of their second factor."""
    return request.user.is_authenticated and not used_second_factor(request) and is_staff(request.user.party)


def used_second_factor(request: HttpRequest) -> bool:
    """Whether this person used an authenticator app, or added one, since they signed in and not longer ago than a day
    of work: somebody who finds the page open the next morning is asked for it."""
    steps = request.session.get(METHODS, [])
    return any(step.get("method") == "mfa" and time.time() - step.get("at", 0) < PROOF_HOLDS for step in steps)


public = _door("public", _welcome)
resident = _door("resident", _has_page)
signed_in = _door("signed_in", _signed_in)
staff = _door("staff", _second_factor)


def _helper(request: HttpRequest) -> HttpResponse | None:
    """Helpers who are staff use their second factor; a community connector is not staff."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if not has_role(request.user.party, *HELPER_ROLES):
        raise PermissionDenied
    return _second_factor(request) if is_staff(request.user.party) else None


def _careful(request: HttpRequest) -> HttpResponse | None:
    """Anybody signed in, but staff only after their second factor."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    return _second_factor(request) if is_staff(request.user.party) else None


helper = _door("signed_in", _helper)
careful = _door("signed_in", _careful)


def role(*roles: str) -> Callable[[View], View]:
    """A staff door for these roles alone."""

    def check(request: HttpRequest) -> HttpResponse | None:
        answer = _second_factor(request)
        if answer is None and not (request.user.is_authenticated and has_role(request.user.party, *roles)):
            raise PermissionDenied
        return answer

    return _door("staff", check)
