"""The look-around page: what people, communities and organisations offer, as a list and on a map."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alongside.ground.people.doors import public
from alongside.ground.people.models import Kind
from alongside.ground.places.queries import installation
from alongside.knowing.assets import wording
from alongside.knowing.search.forms import Asked, filters, read
from alongside.knowing.search.maps import map_data, placed
from alongside.knowing.search.queries import Found, Result, look_around


@public
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    asked = read(request.GET)
    found = look_around(request.actor, asked.words, asked.point, page=asked.page, **asked.filters)  # type: ignore[attr-defined, arg-type]
    context = {
        "asked": asked,
        "found": found,
        "title": title(asked),
        "rows": [row(result, asked) for result in found.results],
        "filters": filters(asked),
        "filtered": any(asked.chosen.values()),
        "chips": chips(asked, found),
        "order": order(found),
        "more": asked.query(page=found.next) if found.next else "",
        "plain": asked.query(matters=(), day=(), cost=(), access=(), by=()),
        "map": map_data(found.results, asked.point),
        "tiles": settings.MAP_TILES,
        "here": "look",
    }
    return render(request, "knowing/search/look_around.html", context)


def title(asked: Asked) -> str:
    """What was looked for, as a title."""
    words = asked.words[:1].upper() + asked.words[1:60]
    place = installation()
    near = asked.place.name if asked.place else ""
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
    near = asked.place.name if asked.place else ""
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
        "access": wording.access_said(asset)[:3],
        "news": wording.news(asset),
        "why": wording.why_said(result.why, near, result.km),
        "placed": placed(result),
        "mine": asset.record.audience != "everyone",
    }


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
