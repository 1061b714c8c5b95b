"""A community draws its own edge, by ticking what is theirs: no drawing by hand, the same for every kind of hand."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from alongside.ground.pages.forms import EdgeForm
from alongside.ground.pages.queries import party_page
from alongside.ground.people.doors import Request, signed_in
from alongside.ground.people.models import Kind
from alongside.ground.people.queries import may_speak_for
from alongside.ground.places.actions import draw_edge
from alongside.ground.places.queries import areas, pieces


@signed_in
@never_cache
def edge(request: Request, key: str) -> HttpResponse:
    """Tick whole wards; or open a ward and tick only some of its streets and small areas."""
    actor = request.actor
    group = party_page(actor, key)
    if group is None or group.kind != Kind.COMMUNITY or not may_speak_for(actor, group):
        raise Http404
    opened = request.GET.getlist("open")
    form = EdgeForm(pieces(opened), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        draw_edge(by=actor, party=group, parts=form.chosen())
        return redirect("people:party", key=key)
    given = {"form": form, "party": group, "wards": areas("ward"), "opened": opened}
    return render(request, "ground/pages/edge.html", given)
