"""An organisation points to its own list: where it lives, what is in it, what could be put right, and how it fares."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from alongside.exchange.services import actions, queries, tasks
from alongside.exchange.services.forms import OwnListForm
from alongside.exchange.services.models import LoadRun, RunState
from alongside.ground.history.acting import Fault
from alongside.ground.history.explaining import explain
from alongside.ground.people.doors import Request, signed_in
from alongside.ground.people.models import Kind, Party
from alongside.knowing.assets.queries import groups_kept

FAULTS_A_PAGE = 100
LOOK_AGAIN = "4"


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def ours(request: Request) -> HttpResponse:
    """The lists an organisation points to, and a form for another one."""
    viewer = request.actor
    holders = [one for one in groups_kept(viewer) if one.kind == Kind.ORGANISATION]
    form = OwnListForm(request.POST or None, request.FILES or None, holders=holders) if holders else None
    if request.method == "POST" and form is not None and form.is_valid():
        run = _send_in(request, form, holders)
        if run is not None:
            tasks.look_at.enqueue(str(run.key))
            return redirect("services:own_run", run.key)
        if not form.errors:  # the button was pressed twice
            return redirect("services:ours")
    lists = queries.own_lists(viewer, holders)
    typing = [
        (one, f"{reverse('assets:offer')}?{urlencode({'kind': 'service', 'holder': str(one.key)})}") for one in holders
    ]
    context = {"form": form, "feeds": lists, "typing": typing, "runs": queries.own_runs(viewer)[:10]}
    return render(request, "exchange/services/ours.html", context)


def _send_in(request: Request, form: OwnListForm, holders: list[Party]) -> LoadRun | None:
    given, by = form.cleaned_data, request.actor
    keeper = next(one for one in holders if str(one.key) == given["holder"])
    file, key = given["file"], request.POST.get("key", "")
    try:
        if file:
            return actions.send_in(
                by=by, name=given["name"], origin=file.name, data=file.read(), keeper=keeper, key=key
            )
        address, hours = given["address"], given["hours"]
        feed = actions.point(by=by, name=given["name"], address=address, hours=hours, keeper=keeper)
        return actions.send_in(by=by, name=feed.name, origin=address, keeper=keeper, feed=feed, key=key)
    except Fault as fault:
        explain(form, fault)
        return None


@signed_in
@never_cache
@require_GET
def run(request: Request, key: UUID) -> HttpResponse:
    """What is in a list that somebody sent in, with every fault, for them."""
    found = queries.seen_run(request.actor, key)
    if found is None:
        raise Http404
    faults = Paginator(queries.faults(request.actor, found), FAULTS_A_PAGE).get_page(request.GET.get("page"))
    reasons = queries.faults_by_reason(request.actor, found)
    context = {"run": found, "faults": faults, "reasons": reasons, "states": RunState, "own": True}
    response = render(request, "exchange/services/own_run.html", context)
    if found.going_on:
        response["Refresh"] = LOOK_AGAIN
    return response
