"""A community's map for everyone, and what its stewards settle about it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from alongside.ground.history.acting import Fault
from alongside.ground.history.actor import Actor
from alongside.ground.history.explaining import kept
from alongside.ground.pages.queries import members, party_page
from alongside.ground.people.doors import Request, public, signed_in
from alongside.ground.people.queries import may_speak_for
from alongside.ground.records.actions import holding_of, set_holding
from alongside.knowing.assets import queries as things
from alongside.knowing.assets import wording
from alongside.knowing.maps import actions, drawing, forms, policy, queries
from alongside.knowing.maps.models import CommunityMap

both = require_http_methods(["GET", "HEAD", "POST"])


@public
@require_safe
def page(request: Request, key: UUID) -> HttpResponse:
    viewer, found = request.actor, _map(request, key)
    layers = queries.laid(found, request.GET.getlist("layer") if "layer" in request.GET else None)
    standing = queries.standing_ids(viewer, found, layers)
    shown = queries.listed(viewer, standing[: queries.MOST])
    context = {
        "map": found,
        "owner": found.record.owner,
        "edge": queries.edge(found),
        "layers": _chips(layers),
        "rows": [_row(number, asset) for number, asset in enumerate(shown, 1)],
        "more": len(standing) - len(shown),
        "stewards": [row.party for row in queries.stewards(found)],
        "tends": policy.may_tend(by=viewer, map=found),
        "overdue": queries.overdue(found),
        "data": drawing.map_data(shown, queries.edge(found)),
        "tiles": settings.MAP_TILES,
        "here": "look",
    }
    return render(request, "knowing/maps/page.html", context)


@signed_in
@never_cache
@both
def start(request: Request, key: UUID) -> HttpResponse:
    """A community starts its map, from its own page."""
    by = request.actor
    community = party_page(by, str(key))
    if community is None or not policy.may_start(by=by, community=community):
        raise Http404
    there = queries.map_of(by, community)
    if there is not None:
        return redirect("maps:page", there.record.key)
    form = forms.MapForm(request.POST or None, initial=forms.MapForm.beginning(community))
    if request.method == "POST" and form.is_valid():
        once = request.POST.get("key", "")
        made = kept(
            form, lambda: actions.start(by=by, community=community, key=once, **form.cleaned_data), refused=True
        )
        if made is not None:
            return redirect("maps:tend", made.record.key)
    return render(request, "knowing/maps/start.html", {"form": form, "community": community})


@signed_in
@never_cache
@both
def tend(request: Request, key: UUID) -> HttpResponse:
    """All that stewards settle, each part with its own button."""
    by, found = request.actor, _tended(request, key)
    asked = request.POST.get("do", "") if request.method == "POST" else ""
    given = _forms(request, found, asked)
    if asked in given and given[asked].is_valid() and _do(request, found, asked, given[asked]):
        return redirect("maps:tend", key)
    context = {
        "map": found,
        "forms": given,
        "stewards": queries.stewards(found),
        "asked": queries.asked(found),
        "me": by.person,
        "keeps": may_speak_for(by, found.record.owner),
        "edge": queries.edge(found),
        "overdue": queries.overdue(found),
    }
    return render(request, "knowing/maps/tend.html", context)


@signed_in
@never_cache
@both
def steward(request: Request, key: UUID) -> HttpResponse:
    """Somebody who was asked answers; a steward steps down, or takes a question back."""
    by = request.actor
    row = queries.stewardship(by, key)
    if row is None:
        raise Http404
    form = django_forms.Form(request.POST or None)
    if request.method == "POST":
        answer = actions.say_yes if request.POST.get("do") == "yes" else actions.step_down
        if kept(form, lambda: answer(by=by, stewardship=row), refused=True) is not None:
            return redirect("maps:page", row.map.record.key)
    return render(request, "knowing/maps/steward.html", {"row": row, "form": form, "me": by.person})


@signed_in
@never_cache
@both
def pin(request: Request, key: UUID) -> HttpResponse:
    """The holder of a thing says whether a map may show it."""
    by = request.actor
    row = queries.pin(by, key)
    if row is None:
        raise Http404
    if request.method == "POST":
        actions.answer(by=by, pin=row, yes=request.POST.get("do") == "yes")
        return redirect("maps:page", row.map.record.key)
    return render(request, "knowing/maps/pin.html", {"pin": row, "asset": things.asset(by, row.record.key)})


def _map(request: Request, key: UUID) -> CommunityMap:
    found = queries.community_map(request.actor, key)
    if found is None:
        raise Http404
    return found


def _tended(request: Request, key: UUID) -> CommunityMap:
    found = _map(request, key)
    if not policy.may_tend(by=request.actor, map=found):
        raise Http404
    return found


def _forms(request: Request, map: CommunityMap, asked: str) -> dict[str, Any]:
    """The forms of the page; only the one whose button was pressed holds what was typed."""

    def typed(name: str) -> Any:
        return request.POST if asked == name else None

    names = ("title", "words", "may_stand", "may_not", "decides", "objects_how", "review_on")
    community = map.record.owner
    known = {row.party_id for row in [*queries.stewards(map), *queries.asked(map)]}
    rows = members(request.actor, community)
    people = [row.member for row in rows if row.member.is_person and row.member_id not in known]
    return {
        "write": forms.MapForm(typed("write"), initial={name: getattr(map, name) for name in names}),
        "layers": forms.LayersForm(queries.laid(map), typed("layers")),
        "hold": forms.HoldForm(typed("hold"), initial={"days": holding_of(community)}),
        "vouch": forms.VouchForm(people, typed("vouch")),
        "pins": forms.PinForm(typed("put_on") or typed("leave_off")),
        "put_on": forms.PinForm(typed("put_on")),
        "leave_off": forms.PinForm(typed("leave_off")),
    }


def _do(request: Request, map: CommunityMap, asked: str, form: Any) -> bool:
    """Do what the pressed button asks; whether it was done."""
    kept(form, lambda: _done(request.actor, map, asked, form), refused=True)
    if not form.errors:
        messages.success(request, _("That is done."))
    return not form.errors


def _done(by: Actor, map: CommunityMap, asked: str, form: Any) -> None:
    given = form.cleaned_data
    if asked == "write":
        actions.write(by=by, map=map, **given)
    elif asked == "layers":
        actions.lay(by=by, map=map, order=form.order(), shown=given["shown"])
    elif asked == "hold":
        set_holding(by=by, community=map.record.owner, days=given["days"])
    elif asked == "vouch":
        actions.vouch(by=by, map=map, party=form.party())
    else:
        asset = things.asset(by, form.key()) if form.key() else None
        if asset is None:
            raise Fault("address", _("We do not know this address. Copy it from the top of its page."))
        if asked == "put_on":
            actions.put_on(by=by, map=map, record=asset.record)
        else:
            actions.leave_off(by=by, map=map, record=asset.record, reason=given["reason"])


def _chips(laid: list[queries.Laid]) -> list[tuple[str, str, bool]]:
    """(address, name, whether it shows) for each layer: following it switches that one on or off."""
    on = [one.layer.key for one in laid if one.on]
    made = []
    for one in laid:
        keys = [key for key in on if key != one.layer.key] if one.on else [*on, one.layer.key]
        made.append(("?" + "&".join(f"layer={key}" for key in keys or [""]), one.layer.name, one.on))
    return made


def _row(number: int, asset: Any) -> dict[str, Any]:
    owner = asset.record.owner
    return {
        "number": number,
        "asset": asset,
        "url": reverse("assets:asset", args=[asset.record.key]),
        "kind": owner.kind,
        "holder": wording.holder_said(owner),
        "name": wording.shown_name(owner),
        "when": wording.all_whens(asset, 2),
        "where": wording.place_said(asset.record),
        "placed": drawing.placed(asset),
    }
