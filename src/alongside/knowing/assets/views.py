"""The page of an asset, the same for every holder; and what its own holder may do with it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from alongside.ground.history.actor import Actor
from alongside.ground.pages.queries import party_page
from alongside.ground.people.doors import Request, public, resident
from alongside.ground.people.models import Party
from alongside.ground.records.models import State
from alongside.knowing.assets import actions, policy, queries, wording
from alongside.knowing.assets.models import Asset

LONGEST_BACK = 2_000  # letters of an address


def found(viewer: Actor, key: UUID) -> Asset:
    """The asset, or not found where this viewer may not see it."""
    asset = queries.asset(viewer, key)
    if asset is None:
        raise Http404
    return asset


def own(viewer: Actor, key: UUID) -> Asset:
    """The asset where this viewer may change it; to all others it is not there."""
    asset = found(viewer, key)
    if not policy.may_change(by=viewer, asset=asset):
        raise Http404
    return asset


def led_on(viewer: Actor, key: UUID) -> HttpResponse:
    """To what this went on as, or not found."""
    on = queries.leads_to(viewer, key)
    if on is None:
        raise Http404
    return redirect("assets:asset", key=on.key)


@public
@vary_on_headers("Referer")
@require_safe
def asset(request: Request, key: UUID) -> HttpResponse:
    viewer = request.actor
    one = queries.asset(viewer, key)
    if one is None:
        return led_on(viewer, key)
    owner, mine = one.record.owner, policy.may_change(by=viewer, asset=one)
    context = {
        "asset": one,
        "record": one.record,
        "owner": owner,
        "opens": not owner.is_person and party_page(viewer, str(owner.key)) is not None,
        **named(owner),
        "area": getattr(getattr(one.record, "spot", None), "area", None),  # a list may not say where
        "rows": wording.glance(one),
        "mine": mine,
        "waits": queries.waiting_change(viewer, one) if mine else None,
        "private": one.record.audience == "me",
        "seen": wording.seen_said(one.record, mine),
        "more": queries.held_by(viewer, owner).exclude(pk=one.pk)[:6],
        "state": state(one),
        "address": settings.PUBLIC_URL + reverse("assets:asset", args=[one.record.key]),
        "here": "look",
        "back": back_to_look(request),
    }
    return render(request, "knowing/assets/asset.html", context)


def named(owner: Party) -> dict[str, str]:
    """The holder, as a page of theirs names them: in full as far as may be, in short, and of which kind."""
    return {
        "name": wording.shown_name(owner),
        "first": wording.first_name(owner),
        "holder": wording.holder_said(owner),
    }


def back_to_look(request: Request) -> str:
    """Look around as somebody left it a moment ago, with their words; else as it begins. The words are not put into
    this page's own address, which people send on."""
    look = reverse("search:look_around")
    try:
        came = urlsplit(request.headers.get("Referer", ""))
    except ValueError:  # no address at all
        return look
    ours = came.netloc == request.get_host() and came.path == look
    return f"{look}?{came.query}" if ours and came.query and len(came.query) <= LONGEST_BACK else look


def state(one: Asset) -> tuple[str, str] | None:
    """A short state to show as a tag, where there is anything to say."""
    if one.record.state == State.LIVE and one.paused:
        return "wait", wording.break_said(one)
    words: dict[str, tuple[str, Any]] = {
        State.HELD: ("wait", _("Waiting for a steward to look")),
        State.STALE: ("plain", _("Not confirmed for a while")),
        State.HIDDEN: ("wait", _("Hidden until you say it is still so")),
        State.RESTING: ("ended", _("Switched off with its list")),
        State.ENDED: ("ended", _("Taken back")),
    }
    return words.get(one.record.state)


@resident
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: Request, key: UUID) -> HttpResponse:
    viewer = request.actor
    one = own(viewer, key)
    if request.method == "POST":
        actions.withdraw(by=viewer, asset=one, key=request.POST.get("key", ""))
        messages.success(request, _("You took it back. Nobody else can see it any more."))
        return redirect("assets:asset", key=key)
    return render(request, "knowing/assets/withdraw.html", {"asset": one, "here": "mine"})


@resident
@require_POST
def confirm(request: Request, key: UUID) -> HttpResponse:
    viewer = request.actor
    actions.confirm(by=viewer, asset=own(viewer, key), key=request.POST.get("key", ""))
    messages.success(request, _("Thank you. It says today that it is still so."))
    return redirect("assets:asset", key=key)
