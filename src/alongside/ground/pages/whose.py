"""Somebody has signed in where a page was begun without signing in: is it theirs, or somebody else's who sat here? And
the way back for whoever began it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from alongside.ground.history.actor import Actor
from alongside.ground.limits.asking import may_try
from alongside.ground.pages.forms import OpenAgainForm
from alongside.ground.pages.queries import knows, typed_on
from alongside.ground.people.actions import open_again, settle
from alongside.ground.people.device import clear, put_aside, tokens_aside
from alongside.ground.people.doors import DEVICE_COOKIE, Request, next_of, public, signed_in
from alongside.ground.people.queries import party_of_device


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def whose(request: Request) -> HttpResponse:
    """Ask. Yes joins the two pages; no shuts the other one on this device at once. It stays whole where it is, and
    whoever began it opens it again here."""
    page = party_of_device(request.COOKIES.get(DEVICE_COOKIE, ""))
    then, said = next_of(request) or settings.LOGIN_REDIRECT_URL, request.POST.get("do")
    if page is not None and said not in ("yes", "no"):
        return render(request, "ground/pages/whose.html", {"typed": typed_on(page), "page": page, "next": then})
    if page is not None and said == "yes" and request.user.is_authenticated:
        settle(by=request.actor, login=request.user, provisional=page)
    response = redirect(then)
    if said == "no":
        put_aside(request, response, request.actor)
        clear(request, response, request.actor)
    response.delete_cookie(DEVICE_COOKIE)
    return response


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: Request) -> HttpResponse:
    """Open a page that was begun here and set aside. The page, and its no, are the same on every device and for any
    words, so that they tell nobody whether a page was begun here."""
    form = OpenAgainForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words, by = form.cleaned_data["words"], Actor.anyone()
        fresh = opened = ""
        if may_try(request, "open_again"):
            fresh, opened = open_again(by=by, tokens=tokens_aside(request), knows=lambda page: knows(page, words))
        if fresh:
            response = redirect("people:whose" if request.user.is_authenticated else settings.LOGIN_REDIRECT_URL)
            put_aside(request, response, by, opened=opened)
            request.device_token = fresh
            return response
        form.refuse()
    return render(request, "ground/pages/again.html", {"form": form})
