"""Lists of services that others keep: bring one in, switch it off and on, see what was wrong in it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.exchange.services import actions, policy, queries, tasks
from alongside.exchange.services.forms import FileForm
from alongside.exchange.services.models import LoadRun, RunState
from alongside.ground.history.acting import Fault
from alongside.ground.history.explaining import explain
from alongside.ground.people.doors import Request, role, staff
from alongside.ground.people.models import Role

FAULTS_A_PAGE = 100
LOOK_AGAIN = "4"  # seconds, while the worker is busy; the page has a link that does the same

steward = role(Role.PLACE_STEWARD)


@staff
@never_cache
@require_GET
def lists(request: Request) -> HttpResponse:
    viewer = request.actor
    context = {
        "feeds": queries.feeds(viewer),
        "runs": queries.runs(viewer)[:20],
        "may_load": policy.may_load(by=viewer),
    }
    return render(request, "exchange/services/lists.html", context)


@steward
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Choose a file. It is looked at first; nothing is brought in yet."""
    names = [feed.name for feed in queries.feeds(request.actor)]
    form = FileForm(request.POST or None, request.FILES or None, names=names, initial={"name": request.GET.get("name")})
    if request.method != "POST" or not form.is_valid():
        return render(request, "exchange/services/new.html", {"form": form})
    run = _begun(request, form)
    if form.errors:
        return render(request, "exchange/services/new.html", {"form": form})
    if run is None:  # the button was pressed twice; the first press is being seen to
        return redirect("services:lists")
    tasks.look_at.enqueue(str(run.key))
    return redirect("services:run", run.key)


def _begun(request: Request, form: FileForm) -> LoadRun | None:
    given, by, key = form.cleaned_data, request.actor, request.POST.get("key", "")
    file, name = given["file"], given["name"]
    try:
        if file:
            return actions.send_in(by=by, name=name, origin=file.name, data=file.read(), key=key)
        feed = actions.point(by=by, name=name, address=given["address"], hours=given["hours"])
        return actions.send_in(by=by, name=feed.name, origin=given["address"], feed=feed, key=key)
    except Fault as fault:
        explain(form, fault)
        return None


@staff
@never_cache
@require_GET
def run(request: Request, key: UUID) -> HttpResponse:
    """How a load is going, what it would do or did, and every fault."""
    found = _run_or_404(request, key)
    faults = Paginator(queries.faults(request.actor, found), FAULTS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "run": found,
        "faults": faults,
        "reasons": queries.faults_by_reason(request.actor, found),
        "may_load": policy.may_load(by=request.actor),
        "states": RunState,
    }
    response = render(request, "exchange/services/run.html", context)
    if found.going_on:
        response["Refresh"] = LOOK_AGAIN
    return response


@steward
@require_POST
def bring_in(request: Request, key: UUID) -> HttpResponse:
    found = _run_or_404(request, key)
    was = found.state
    found = actions.bring_in(by=request.actor, run=found)
    if was == RunState.CHECKED and found.state == RunState.LOADING:
        tasks.bring_in.enqueue(str(found.key))
    return redirect("services:run", found.key)


@staff
@require_GET
def rejects(request: Request, key: UUID) -> HttpResponse:
    """The records that stayed out, as a file to mend and bring in again under the same name."""
    found = _run_or_404(request, key)
    if not found.rejects:
        raise Http404
    response = HttpResponse(found.rejects, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="rejects-{found.at:%Y-%m-%d}.json"'
    return response


@steward
@require_POST
def switch(request: Request, key: UUID) -> HttpResponse:
    feed = queries.feed(request.actor, key)
    if feed is None:
        raise Http404
    actions.switch(by=request.actor, feed=feed, on=request.POST.get("on") == "yes", key=request.POST.get("key", ""))
    return redirect("services:lists")


@steward
@require_POST
def fetch(request: Request, key: UUID) -> HttpResponse:
    """Fetch a list now, whatever its clock says."""
    feed = queries.feed(request.actor, key)
    if feed is None or not hasattr(feed, "timer"):
        raise Http404
    tasks.fetch_now.enqueue(feed.name)
    messages.success(request, _("We are fetching it. Look again in a little while."))
    return redirect("services:lists")


@steward
@require_POST
def contacts(request: Request, key: UUID) -> HttpResponse:
    """Whether the people a list names as contacts stand in our own feed too."""
    feed = queries.feed(request.actor, key)
    if feed is None:
        raise Http404
    on = request.POST.get("on") == "yes"
    actions.pass_contacts_on(by=request.actor, feed=feed, on=on, key=request.POST.get("key", ""))
    return redirect("services:lists")


def _run_or_404(request: Request, key: UUID) -> LoadRun:
    found = queries.run(request.actor, key)
    if found is None:
        raise Http404
    return found
