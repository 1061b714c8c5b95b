"""Pages of ideas: those of a decision, one of them with its talk, the form to put one forward, and the list."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from alongside.ground.history.actor import Actor
from alongside.ground.history.explaining import kept
from alongside.ground.people.doors import Request, careful, known, public
from alongside.ground.records.models import Record
from alongside.ground.records.queries import visible_to
from alongside.planning.decisions.addresses import found, run
from alongside.planning.decisions.models import Decision
from alongside.planning.decisions.queries import may_run
from alongside.planning.ideas import actions, policy, queries
from alongside.planning.ideas.forms import IdeaForm, ListForm
from alongside.planning.ideas.models import Idea, IdeaState
from alongside.planning.ideas.offering import doings, talk_of
from alongside.planning.ideas.talk_forms import PointForm


def found_idea(viewer: Actor, key: UUID, idea: UUID, *, shown: bool = False) -> Idea:
    """The idea of an address, or not found for whoever may not see it; `shown` for a page that only shows it."""
    one = queries.idea(viewer, found(viewer, key, shown=shown), idea)
    if one is None:
        raise Http404
    return one


@public
@never_cache
@require_safe
def listing(request: Request, key: UUID) -> HttpResponse:
    """Every idea of a decision: on the list, put forward, joined, and not taken further, each with its reason."""
    viewer = request.actor
    decision = found(viewer, key, shown=True)
    sorted_ = queries.by_state(queries.ideas(viewer, decision))
    context = {
        "decision": decision,
        "on_list": sorted_.get(IdeaState.LISTED, []),
        "offered": sorted_.get(IdeaState.OFFERED, []),
        "joined": sorted_.get(IdeaState.MERGED, []),
        "dropped": sorted_.get(IdeaState.DROPPED, []),
        "taking": queries.is_taking_ideas(decision),
        "told": queries.provenance(decision),
        "lists": may_run(viewer, decision) and queries.may_list_now(decision),
    }
    return render(request, "planning/ideas/list.html", context)


@public
@never_cache
@require_safe
def one(request: Request, key: UUID, idea: UUID) -> HttpResponse:
    """One idea: what it costs, what each brings, who would gain, and what is said for and against it."""
    viewer = request.actor
    shown = found_idea(viewer, key, idea, shown=True)
    context = {
        "idea": shown,
        "decision": shown.decision,
        "record": shown.record,
        "talk": talk_of(viewer, queries.said(viewer, shown.decision, shown)),
        "talks": queries.is_in_talk(shown.decision) and policy.in_talk(shown),
        "doings": doings(viewer, shown),
        "runs": may_run(viewer, shown.decision),
        "into": queries.into(viewer, shown),
        "mine": policy.owns(viewer, shown),
        "rounds": queries.rounds(viewer, shown),
    }
    return render(request, "planning/ideas/one.html", context)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def put_forward(request: Request, key: UUID) -> HttpResponse:
    """Put an idea forward. No account is needed; without one a steward reads it first."""
    viewer = request.actor
    decision = found(viewer, key)
    form = IdeaForm(request.POST or None, **_names(viewer, decision))
    if request.method == "POST" and form.is_valid():
        actor = known(request)
        given: dict[str, Any] = {"owner": actor.me, "came_of": _came_of(request)} | _filled(form)
        given |= {"by": actor, "decision": decision, "key": request.POST.get("key", "")}
        made = kept(form, lambda: actions.put_forward(**given), refused=True)
        if made is not None:
            messages.success(request, _("Thank you. Your idea is there. Now say what each would bring."))
            return redirect("ideas:one", key, made.record.key)
    context = {"form": form, "decision": decision, "taking": queries.is_taking_ideas(decision)}
    return render(request, "planning/ideas/put_forward.html", context)


def _names(viewer: Actor, decision: Decision) -> dict[str, Any]:
    writes = policy.may_write_down(by=viewer, decision=decision) if viewer.party else False
    return {"names": queries.names_for(viewer), "writes_down": writes}


def _filled(form: IdeaForm | PointForm) -> dict[str, Any]:
    return {name: value for name, value in form.given().items() if name != "owner" or value is not None}


def _came_of(request: Request) -> Record | None:
    """What the idea came from, where the address names something that this viewer may see."""
    try:
        key = UUID(request.GET.get("of", ""))
    except ValueError:
        return None
    return visible_to(request.actor).filter(key=key).first()


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def talk(request: Request, key: UUID, idea: UUID | None = None) -> HttpResponse:
    """The talk about the whole decision, or a form to say something about one idea."""
    viewer = request.actor
    decision = found(viewer, key)
    about = found_idea(viewer, key, idea) if idea else None
    form = PointForm(request.POST or None, initial={"kind": request.GET.get("kind")}, **_names(viewer, decision))
    if request.method == "POST" and form.is_valid():
        actor = known(request)
        given: dict[str, Any] = {"owner": actor.me, "by": actor, "decision": decision, "idea": about} | _filled(form)
        said = kept(form, lambda: actions.say(**given, key=request.POST.get("key", "")), refused=True)
        if said is not None:
            messages.success(request, _("Thank you. It is written down."))
            return redirect("ideas:one", key, idea) if idea else redirect("ideas:talk", key)
    context = {"form": form, "decision": decision, "idea": about, "talks": queries.is_in_talk(decision)}
    context["talk"] = [] if about else talk_of(viewer, queries.said(viewer, decision))
    return render(request, "planning/ideas/talk.html", context)


@careful
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def shortlist(request: Request, key: UUID) -> HttpResponse:
    """Those who run the decision make the list that is voted on; each idea that is left out needs a reason."""
    viewer = request.actor
    decision = run(viewer, key)
    open_ = [one for one in queries.ideas(viewer, decision) if policy.in_talk(one) and one.record.state != "held"]
    form = ListForm(request.POST or None, ideas=open_)
    if request.method == "POST" and form.is_valid():
        given = {"by": viewer, "decision": decision, "key": request.POST.get("key", ""), **form.given()}
        made = kept(form, lambda: actions.shortlist(**given) or [], refused=True)
        if made is not None:
            messages.success(request, _("The list is made. Whoever put an idea forward has been told."))
            return redirect("ideas:list", key)
    context = {"form": form, "decision": decision, "now": queries.may_list_now(decision)}
    return render(request, "planning/ideas/shortlist.html", context)
