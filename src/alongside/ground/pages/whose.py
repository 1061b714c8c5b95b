"""Somebody has signed in where a page was begun without signing in: is it theirs, or somebody else's who sat here?"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from alongside.ground.pages.queries import typed_on
from alongside.ground.people.actions import settle
from alongside.ground.people.device import clear
from alongside.ground.people.doors import DEVICE_COOKIE, Request, next_of, signed_in
from alongside.ground.people.queries import party_of_device


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def whose(request: Request) -> HttpResponse:
    """Ask. Yes joins the two pages; no shuts the other one on this device at once. It stays whole where it is."""
    page = party_of_device(request.COOKIES.get(DEVICE_COOKIE, ""))
    then, said = next_of(request) or settings.LOGIN_REDIRECT_URL, request.POST.get("do")
    if page is not None and said not in ("yes", "no"):
        return render(request, "ground/pages/whose.html", {"typed": typed_on(page), "page": page, "next": then})
    if page is not None and said == "yes" and request.user.is_authenticated:
        settle(by=request.actor, login=request.user, provisional=page)
    response = redirect(then)
    if said == "no":
        clear(request, response, request.actor)
    response.delete_cookie(DEVICE_COOKIE)
    return response
