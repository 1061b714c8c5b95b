""" "You are welcome here": a shop or public place says so in two minutes, without an account, and prints a card."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.ground.history.actor import Actor
from alongside.ground.history.explaining import kept
from alongside.ground.people.doors import Request, known, public
from alongside.knowing.assets import wording
from alongside.knowing.assets.beginning import begin
from alongside.knowing.assets.models import Asset, AssetKind, Cost
from alongside.knowing.assets.ticks import Welcome
from alongside.knowing.assets.views import found


@public
@require_http_methods(["GET", "HEAD", "POST"])
def welcome_here(request: Request) -> HttpResponse:
    """Two questions, and the place is on the map once a steward has looked."""
    form = Welcome(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by = known(request)
        made = kept(form, lambda: _open(by, form, request.POST.get("key", "")))
        if made is not None:
            waits = made.record.state == "held"
            looks = _("Thank you. A steward looks at it before others see it. You can print the card now.")
            listed = _("Thank you. It is in the list. You can print the card now.")
            messages.success(request, looks if waits else listed)
            return redirect("assets:card", key=made.record.key)
    return render(request, "knowing/assets/welcome_here.html", {"form": form, "here": "mine"})


@public
@require_safe
def card(request: Request, key: UUID) -> HttpResponse:
    """A card for the window: what makes people welcome, and a square that leads to the page."""
    viewer = request.actor
    one = found(viewer, key)
    path = reverse("assets:asset", args=[one.record.key])
    context = {
        "asset": one,
        "name": wording.shown_name(one.record.owner),
        "access": [words for _feature, words in wording.access_said(one)],
        "when": wording.all_whens(one),
        "address": f"{settings.PUBLIC_URL}{path}",
        "here": "look",
    }
    return render(request, "knowing/assets/card.html", context)


def _open(by: Actor, form: Welcome, key: str) -> Asset:
    """The place, and what makes people welcome there."""
    given: dict[str, Any] = form.cleaned_data
    title = _("Welcome at %(name)s") % {"name": given["name"]}
    return begin(
        by=by,
        name=given["name"],
        sort=given["sort"],
        kind=AssetKind.SPACE,
        title=title,
        words=given["words"],
        cost=Cost.FREE,
        open_to=_("Everyone"),
        access=given["access"],
        key=key,
        **form.place(),
    )
