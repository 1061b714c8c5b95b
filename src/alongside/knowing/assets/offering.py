"""Offering step by step. Each step is kept at once, seen by nobody else until the last page says who may see it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.ground.consent.actions import settle
from alongside.ground.consent.queries import words_on
from alongside.ground.history.explaining import kept
from alongside.ground.people.actions import rename
from alongside.ground.people.doors import Request, known, public, resident
from alongside.ground.people.models import Sort
from alongside.knowing.assets import actions, forms, letting, opening, queries, wording
from alongside.knowing.assets.beginning import begin
from alongside.knowing.assets.models import Asset, AssetKind
from alongside.knowing.assets.views import own

both = require_http_methods(["GET", "HEAD", "POST"])


@public
@both
def offer(request: Request) -> HttpResponse:
    """The first page: what it is."""
    viewer = request.actor
    holders = queries.groups_kept(viewer)
    asked = {name: request.GET.get(name, "")[:200] for name in ("title", "kind", "holder")}  # a form shows only its own
    form = forms.What(request.POST or None, holders=holders, initial=asked)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        chosen = given.pop("holder", "")
        by = known(request)
        holder = next((one for one in holders if str(one.key) == chosen), by.me)
        asset = kept(form, lambda: actions.offer(by=by, holder=holder, key=request.POST.get("key", ""), **given))
        if asset is not None:
            return redirect("assets:when", key=asset.record.key)
    return render(request, "knowing/assets/what.html", {"form": form, "step": 1, "here": "mine"})


@resident
@both
def what(request: Request, key: UUID) -> HttpResponse:
    """Change what it is."""
    asset = own(request.actor, key)
    initial = {"kind": asset.kind, "title": asset.title, "words": asset.words}
    form = forms.What(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _changed(request, form, asset, **form.cleaned_data):
        return redirect("assets:check", key=key)
    return render(request, "knowing/assets/what.html", {"form": form, "asset": asset, "step": 1, "here": "mine"})


@resident
@both
def when(request: Request, key: UUID) -> HttpResponse:
    """When, how much, at what cost."""
    asset = own(request.actor, key)
    form = forms.When(request.POST or None, initial=forms.When.of(asset))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        hours = given["hours"]
        change = {
            "whens": form.whens(),
            "per_week": None if hours is None else round(hours * 60),
            "least_people": given["least_people"],
            "cost": given["cost"],
            "cost_words": given["cost_words"],
        }
        if _changed(request, form, asset, **change):
            return redirect("assets:check" if "back" in request.GET else "assets:where", key=key)
    return render(request, "knowing/assets/when.html", {"form": form, "asset": asset, "step": 2, "here": "mine"})


@resident
@both
def where(request: Request, key: UUID) -> HttpResponse:
    """Where, how exactly that is shown, and what makes it easy to come."""
    asset = own(request.actor, key)
    spot = asset.record.spot
    area = f"{spot.area.name} ({spot.area.code})" if spot.area else ""
    features = [one.feature for one in asset.access.all()]
    form = forms.Where(request.POST or None, initial={"near": area, "precision": spot.precision, "access": features})
    if request.method == "POST" and form.is_valid():
        said = {one.feature: one.words for one in asset.access.all()}
        access = [(feature, said.get(feature, "")) for feature in form.cleaned_data["access"]]
        if _changed(request, form, asset, **form.place(), access=access):
            return redirect("assets:check", key=key)
    return render(request, "knowing/assets/where.html", {"form": form, "asset": asset, "step": 3, "here": "mine"})


@resident
@both
def helps(request: Request, key: UUID) -> HttpResponse:
    """Which parts of life it helps with."""
    asset = own(request.actor, key)
    form = forms.Helps(request.POST or None, initial={"domains": [one.domain for one in asset.domains.all()]})
    if request.method == "POST" and form.is_valid() and _changed(request, form, asset, **form.cleaned_data):
        return redirect("assets:check", key=key)
    return render(request, "knowing/assets/helps.html", {"form": form, "asset": asset, "here": "mine"})


@resident
@both
def check(request: Request, key: UUID) -> HttpResponse:
    """Look it over, choose who may see it, and send."""
    viewer = request.actor
    asset = own(viewer, key)
    record, holder = asset.record, asset.record.owner
    form = letting.Check(
        request.POST or None,
        holder=holder,
        communities=queries.communities_of(viewer),
        initial={
            "audience": _audience(asset),
            "countable": record.countable,
            "until": letting.last_day(record.audience_until),
        },
    )
    if request.method == "POST" and form.is_valid() and _sent(request, form, asset):
        return redirect("assets:asset", key=key)
    context = {
        "form": form,
        "asset": asset,
        "rows": wording.glance(asset),
        "domains": ", ".join(wording.domain_names(asset)),
        "uses": wording.uses_said(words_on(record)),
        "step": 4,
        "here": "mine",
    }
    return render(request, "knowing/assets/check.html", context)


def _sent(request: Request, form: letting.Check, asset: Asset) -> bool:
    by = request.actor
    name = form.cleaned_data.get("name")
    if name:
        kept(form, lambda: rename(by=by, party=asset.record.owner, name=name))
    if form.errors or not _changed(request, form, asset, **form.chosen()):
        return False
    waits = asset.record.state == "held"
    said = _("Thank you. A steward looks at it before others see it.") if waits else _("Thank you. It is in the list.")
    if queries.waiting_change(by, asset):
        said = _("It is in the list as it was before. What you changed waits for a look.")
    messages.success(request, _("It is kept. Only you can see it.") if asset.record.audience == "me" else said)
    return True


def _changed(request: Request, form: django_forms.Form, asset: Asset, **change: Any) -> bool:
    by = request.actor
    done = kept(form, lambda: actions.change(by=by, asset=asset, key=request.POST.get("key", ""), **change))
    return done is not None


def _audience(asset: Asset) -> str:
    record = asset.record
    return f"community:{record.community.key}" if record.community else record.audience


@resident
@both
def uses(request: Request, key: UUID) -> HttpResponse:
    """What it may be used for, each until a day where the holder likes."""
    asset = own(request.actor, key)
    form = letting.Uses(words_on(asset.record), request.POST or None)
    if request.method == "POST" and form.is_valid():
        by = request.actor
        once = request.POST.get("key", "")
        done = kept(form, lambda: settle(by=by, record=asset.record, purposes=form.purposes(), key=once))
        if done is not None or not form.errors:
            messages.success(request, _("It is kept. What you said no to counts from now on."))
            return redirect("assets:asset", key=key)
    return render(request, "knowing/assets/uses.html", {"form": form, "asset": asset, "here": "mine"})


@public
@both
def group(request: Request) -> HttpResponse:
    """A group that has no legal form offers its first thing by three answers, without an account."""
    return _first(request, opening.Group(request.POST or None), Sort.GROUP, "group")


@public
@both
def business(request: Request) -> HttpResponse:
    """A shop, a café or another business offers its first thing by the same three answers."""
    return _first(request, opening.Business(request.POST or None), Sort.BUSINESS, "business")


def _first(request: Request, form: opening.Group, sort: str, page: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        by = known(request)
        given = dict(form.cleaned_data, kind=AssetKind.ACTIVITY, key=request.POST.get("key", ""))
        given["whens"] = [(None, "", None, given.pop("where_when"))]
        made = kept(form, lambda: begin(by=by, sort=sort, **given))
        if made is not None:
            messages.success(request, _("Thank you. A steward looks at it before others see it."))
            return redirect("assets:asset", key=made.record.key)
    return render(request, f"knowing/assets/{page}.html", {"form": form, "here": "mine"})
