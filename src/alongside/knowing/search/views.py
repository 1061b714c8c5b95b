"""The look-around page: what people, communities and organisations offer, as a list and on a map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.ground.people.doors import Request, public
from alongside.ground.people.models import Kind
from alongside.ground.places.queries import installation
from alongside.ground.postcodes.queries import any_known, thanks
from alongside.knowing.assets import wording
from alongside.knowing.assets.models import Access
from alongside.knowing.search import needs
from alongside.knowing.search.choosing import about, all_that_matters
from alongside.knowing.search.forms import Asked, Choice, filters, read
from alongside.knowing.search.maps import map_data, placed
from alongside.knowing.search.queries import Found, Result, look_around
from alongside.knowing.search.spoken import spoken_in
from alongside.methods.scoring import Why

REASONS = ("title", "words", "means", "holder", "like")  # of these kinds, the first that there is


@public
@require_safe
def page(request: Request) -> HttpResponse:
    mine = needs.kept(request)
    asked = read(request.GET, mine)
    found = _found(request, asked)
    context = {
        "asked": asked,
        "found": found,
        "title": title(replace(asked, words="") if found.urgent else asked),  # nobody reads it over a shoulder
        "rows": [row(result, asked) for result in found.results],
        "almost": [row(result, asked) for result in found.almost],
        "filters": filters(asked),
        "filtered": any(asked.chosen.values()),
        "needs": [label for value, label in Access.choices if value in mine],
        "chips": chips(asked, found),
        "asking": about(asked, found),
        "order": order(found),
        "carried": quote(asked.words[:300]),
        "more": asked.query(page=found.next) if found.next else "",
        "plain": asked.query(matters=(), way=(), far=(), day=(), part=(), cost=(), access=(), by=(), mine=()),
        "map": map_data(found.results, asked.point),
        "tiles": settings.MAP_TILES,
        **by_postcode(asked),
        "here": "look",
    }
    return render(request, "knowing/search/look_around.html", context)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def works_for_me(request: Request) -> HttpResponse:
    """Choose what works for you. It stays on this device; nothing is written here."""
    if request.method == "POST":
        chosen = request.POST.getlist("access") if request.POST.get("do") != "forget" else []
        answer = redirect(reverse("search:look_around") + ("?mine=yes" if chosen else ""))
        needs.keep(answer, chosen)
        return answer
    mine = needs.kept(request)
    choices = [Choice(value, str(label), value in mine) for value, label in Access.choices]
    return render(request, "knowing/search/works_for_me.html", {"choices": choices, "any": bool(mine), "here": "look"})


@public
@require_safe
def what_matters(request: Request) -> HttpResponse:
    """Everything that may matter, by part of life, for whoever would rather choose than write."""
    asked = read(request.GET)
    context = {"asked": asked, "parts": all_that_matters(asked), "here": "look"}
    return render(request, "knowing/search/what_matters.html", context)


def _found(request: Request, asked: Asked) -> Found:
    lang = spoken_in(asked.words)
    return look_around(request.actor, asked.words, asked.point, page=asked.page, lang=lang, **asked.filters)


def by_postcode(asked: Asked) -> dict[str, Any]:
    """What the page says of a postcode: whose table it comes from, or whether there is a table at all."""
    if asked.postcode is None:
        return {}
    return {"thanks": thanks()} if asked.postcode.point else {"postcodes": any_known()}


def title(asked: Asked) -> str:
    """What was looked for, as a title."""
    words = asked.words[:1].upper() + asked.words[1:60]
    place = installation()
    near = asked.spot
    if words and near:
        return _("%(words)s near %(place)s") % {"words": words, "place": near}
    if words:
        return words
    if near:
        return _("What is near %(place)s") % {"place": near}
    return _("Look around %(place)s") % {"place": place.name} if place else _("Look around")


def row(result: Result, asked: Asked) -> dict[str, Any]:
    """One line of the list, in words."""
    asset, owner = result.asset, result.asset.record.owner
    near, access = asked.spot, wording.access_said(asset)
    place, far = wording.place_said(asset.record).rstrip("."), wording.far_said(result.km)
    where = f"{place}. {far[:1].upper()}{far[1:]}" if "." in place and far else ", ".join(filter(None, [place, far]))
    return {
        "number": result.number,
        "asset": asset,
        "key": asset.record.key,
        "kind": owner.kind,
        "holder": wording.holder_said(owner),
        "name": wording.shown_name(owner),
        "when": wording.all_whens(asset, 2),
        "where": where[:1].upper() + where[1:],
        "cost": wording.cost_said(asset),
        "access": access,
        "asked_for": [one for one in access if one[0] in asked.filters["access"]],
        "news": wording.news(asset),
        "reason": wording.why_said(_first(result.why), "", None),
        "why": wording.why_said(result.why, near, result.km),
        "placed": placed(result),
        "mine": asset.record.audience != "everyone",
    }


def _first(why: Sequence[Why]) -> list[Why]:
    """The reasons of the one kind that says most; a list has room for one."""
    first = next((code for code in REASONS if any(one.code == code for one in why)), "")
    return [one for one in why if one.code == first]


def chips(asked: Asked, found: Found) -> list[tuple[str, str, bool, int]]:
    """All, and each kind of holder with how many there are: (address, words, chosen, number)."""
    words = {Kind.PERSON: _("People"), Kind.COMMUNITY: _("Communities"), Kind.ORGANISATION: _("Organisations")}
    made = [(asked.query(by=()), _("Everyone"), not asked.chosen["by"], sum(found.counts.values()))]
    return made + [
        (asked.query(by=(kind,)), word, asked.chosen["by"] == (kind,), found.counts.get(kind, 0))
        for kind, word in words.items()
    ]


def order(found: Found) -> str:
    return {
        "best": _("Best match for your words first"),
        "nearest": _("Nearest first"),
        "mixed": _("A mix of everything here. Say where you are, and the nearest comes first"),
    }[found.order]
