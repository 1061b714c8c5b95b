"""The page behind a one-use link: it signs in, and leads to the page that this person would open first."""

from __future__ import annotations

import ipaddress
import time

from django.contrib.auth import login as sign_in
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from alongside.ground.history.acting import Refused
from alongside.ground.history.actor import Actor
from alongside.ground.people.doors import Request, public
from alongside.site.demo import links

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP")


@public
@never_cache
@require_GET
def sign_in_as(request: Request, token: str) -> HttpResponse:
    """Only from this machine, and only where everyone is invented; elsewhere there is no such page."""
    if not (_from_this_machine(request) and links.is_demo()):
        raise Http404
    try:
        login = links.use(by=Actor.anyone(), token=token)
    except Refused as refused:
        raise Http404(refused.sentence) from refused
    sign_in(request, login, backend=BACKEND)
    methods = [{"method": "demo", "at": time.time()}]
    if links.needs_second_factor(login):
        # Only in the invented place: the link stands in for the authenticator app that real staff must use.
        methods.append({"method": "mfa", "at": time.time(), "type": "demo"})
    request.session["account_authentication_methods"] = methods
    return redirect(links.first_page(login))


def _from_this_machine(request: Request) -> bool:
    """A loopback address, not passed on by a proxy, asked for by a local name."""
    if any(request.META.get(name) for name in FORWARDED):
        return False
    try:
        near = ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
    return near and request.get_host().rsplit(":", 1)[0] in {"localhost", "127.0.0.1", "[::1]"}
