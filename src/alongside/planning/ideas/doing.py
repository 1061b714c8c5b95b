"""One page for each thing to do with an idea, or with something that was said: a question and its form."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from alongside.ground.history.acting import Fault
from alongside.ground.history.actor import Actor
from alongside.ground.history.explaining import kept
from alongside.ground.people.doors import Request, careful, resident
from alongside.planning.decisions.addresses import found, run
from alongside.planning.decisions.queries import may_run
from alongside.planning.ideas import actions, policy, queries
from alongside.planning.ideas.models import Idea, Point
from alongside.planning.ideas.offering import IDEA, POINT, Doing
from alongside.planning.ideas.talk_forms import AgainForm
from alongside.planning.ideas.views import found_idea


@resident
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def with_idea(request: Request, key: UUID, idea: UUID, what: str) -> HttpResponse:
    """Bring something, change it, join it, drop it, take it back: one question."""
    thing = found_idea(request.actor, key, idea)
    doing = _one_of(IDEA, what, request.actor, thing)
    gone = "ideas:list" if what == "take-back" else ""
    return _done(request, doing, thing, {"idea": thing}, gone)


@resident
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def with_point(request: Request, key: UUID, point: UUID, what: str) -> HttpResponse:
    """Answer what was said, say that it is put right or not, or take it back."""
    viewer = request.actor
    thing = queries.point(viewer, found(viewer, key), point)
    if thing is None:
        raise Http404
    return _done(request, _one_of(POINT, what, viewer, thing), thing, {"point": thing})


def _one_of(kinds: dict[str, Doing], what: str, viewer: Actor, thing: Any) -> Doing:
    doing = kinds.get(what)
    if doing is None or not doing.may(viewer, thing):
        raise Http404
    return doing


def _done(request: Request, doing: Doing, thing: Idea | Point, named: dict[str, Any], gone: str = "") -> HttpResponse:
    viewer = request.actor
    form: Any = doing.form(request.POST if request.method == "POST" else None, **doing.needs(viewer, thing))
    idea = thing if isinstance(thing, Idea) else thing.idea
    if request.method == "POST" and form.is_valid():
        given = {"by": viewer, "key": request.POST.get("key", ""), **named, **form.given()}
        if kept(form, lambda: doing.act(**given) or True, refused=True) is not None:
            messages.success(request, str(doing.said))
            return _back(thing, idea, gone)
    context = {"form": form, "doing": doing, "idea": idea, "point": named.get("point"), "decision": thing.decision}
    return render(request, "planning/ideas/doing.html", context)


def _back(thing: Idea | Point, idea: Idea | None, gone: str) -> HttpResponse:
    key = thing.decision.record.key
    if gone:
        return redirect(gone, key)
    return redirect("ideas:one", key, idea.record.key) if idea is not None else redirect("ideas:talk", key)


@careful
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def talk_again(request: Request, key: UUID) -> HttpResponse:
    """Those who look after a decision take it back to talk, with all its ideas; an open one with a reason."""
    viewer = request.actor
    decision = run(viewer, key)
    form = AgainForm(request.POST or None, reason=decision.stage == "open")
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {"by": viewer, "decision": decision, "why": form.why}
        given["key"] = request.POST.get("key", "")
        made = kept(form, lambda: actions.talk_again(**given), refused=True)
        if made is not None:
            messages.success(request, _("Here is a new draft with the same words. Change what you like."))
            return redirect("decisions:check", made.record.key)
    return render(request, "planning/ideas/talk_again.html", {"form": form, "decision": decision})


@resident
@require_POST
def take_out(request: Request, key: UUID, idea: UUID) -> HttpResponse:
    """Take out what was to be brought, or, for those who run the decision, an interest that was noted by mistake."""
    viewer = request.actor
    shown = found_idea(viewer, key, idea)
    asset = {str(one.pk): one for one in shown.assets.all()}.get(request.POST.get("asset", ""))
    interest = {str(one.pk): one for one in shown.interests.all()}.get(request.POST.get("interest", ""))
    once = request.POST.get("key", "")
    try:
        if asset is not None and policy.may_take_out(by=viewer, asset=asset):
            actions.take_out(by=viewer, asset=asset, key=once)
        elif interest is not None and may_run(viewer, shown.decision):
            actions.not_declared(by=viewer, idea=shown, interest=interest, key=once)
        else:
            raise Http404
    except Fault as fault:
        messages.error(request, fault.message)
    else:
        messages.success(request, _("It is taken out."))
    return redirect("ideas:one", key, idea)
