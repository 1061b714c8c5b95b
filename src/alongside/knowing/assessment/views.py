"""Pages of what this place has and wants: the place, one area of it, and the same figures as data."""

from __future__ import annotations

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from alongside.ground.people.doors import Request, public
from alongside.ground.people.queries import stewards
from alongside.knowing.assessment import richness, showing, ways
from alongside.knowing.assessment.actions import publish_if_due
from alongside.knowing.assessment.queries import around, assess, place_facts, sources, things_here, waiting_here


@public
@require_safe
def place(request: Request) -> HttpResponse:
    """What the whole place has and wants, with a map of one thing at a time."""
    publish_if_due()
    facts = place_facts()
    context = {
        "facts": facts,
        "kinds": showing.kind_lines(facts),
        "wants": showing.want_lines(facts),
        "choices": showing.choices(facts),
        "picture": showing.picture(facts, request.GET.get("map", "")),
        "chosen": "map" in request.GET,
        "keepers": [party.shown_name for party in stewards()[: showing.FEW]],
        "least": showing.least(facts),
        "sources": sources(),
    }
    return render(request, "knowing/assessment/place.html", context)


@public
@require_safe
def area(request: Request, kind: str, code: str) -> HttpResponse:
    """What people in one area do, want, and wait to hear from whom."""
    publish_if_due()
    facts = place_facts()
    one = facts.area(kind, code)
    if one is None:
        whole = around(facts, kind, code)
        if whole is None:
            raise Http404
        return redirect("assessment:area", whole.area.kind, whole.area.code)
    shared, wanted = showing.area_lines(one)
    things, more = things_here(request.actor, one.area)
    context = {
        "one": one,
        "shared": shared,
        "wanted": wanted,
        "things": things,
        "more": more,
        "waiting": waiting_here(request.actor, one.area),
    }
    return render(request, "knowing/assessment/area.html", context)


@public
@require_safe
def five_ways(request: Request) -> HttpResponse:
    """What goes on here by the five ways to feel well, by who holds it, beside what is not found yet."""
    publish_if_due()
    rows = ways.rows()
    context = {"rows": showing.way_lines(rows), "holders": showing.holder_columns(), "bars": showing.way_bars(rows)}
    return render(request, "knowing/assessment/ways.html", context)


@public
@require_safe
def one_way(request: Request, way: str, holders: str) -> HttpResponse:
    """What one sort of holder offers to everyone of one way."""
    found = ways.way(way)
    if found is None or holders not in ways.HOLDERS:
        raise Http404
    after = request.GET.get("after", "")
    things = ways.listed(found, holders, int(after) if after.isdecimal() and len(after) < 15 else 0)
    context = {"way": found, "holders": ways.holder_words()[holders], "things": things}
    context["next"] = things[-1].pk if len(things) == ways.PAGE else None
    return render(request, "knowing/assessment/way.html", context)


@public
@require_safe
def figures(request: Request) -> JsonResponse:
    """The same figures as data, for anyone to use."""
    publish_if_due()
    return JsonResponse(assess())


@public
@require_safe
def how_much(request: Request) -> HttpResponse:
    """How much is here for 1,000 people, by how tight money is, and the few streets with least."""
    found = richness.richness()
    context = {"found": found, "fifths": showing.fifth_lines(found.fifths), "sources": sources()}
    return render(request, "knowing/assessment/how_much.html", context)


@public
@require_safe
def how_much_as_data(request: Request) -> JsonResponse:
    """The same figures for every few streets, for anyone to use."""
    return JsonResponse(richness.as_data(richness.richness()))
