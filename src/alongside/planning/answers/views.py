"""Pages of what was answered: those of one decision, what came of all of them, and the forms of those who answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from alongside.ground.history.explaining import kept
from alongside.ground.people.doors import Request, careful, public
from alongside.planning.answers import actions, policy, queries
from alongside.planning.answers.forms import ActForm, CallAnswerForm, FollowForm, ReplyForm
from alongside.planning.answers.ground_forms import GroundForm
from alongside.planning.decisions.addresses import found
from alongside.planning.ideas.queries import idea as find_idea


@public
@never_cache
@require_safe
def listing(request: Request, key: UUID) -> HttpResponse:
    """Every idea of a decision with its answer, those that are late first, and what councillors did."""
    viewer = request.actor
    decision = found(viewer, key, shown=True)
    answers = policy.is_answerable(viewer, decision)
    found_ = queries.answered(viewer, decision)
    doers = policy.doers(viewer, (row.idea for row in found_ if row.replies))
    rows = [(row, answers or (bool(row.replies) and row.idea.run_by in doers)) for row in found_]
    acts = policy.answerable(viewer, queries.acts(viewer, decision))
    context = {
        "decision": decision,
        "rows": rows,
        "acts": acts,
        "answers": answers,
        "acting": policy.may_act(by=viewer, decision=decision),
        "after": queries.next_rounds(viewer, decision) if any(row.goes_on for row in found_) else [],
    }
    return render(request, "planning/answers/list.html", context)


@public
@never_cache
@require_safe
def came_of_it(request: Request) -> HttpResponse:
    """What came of decisions here: late answers first, then the newest."""
    which = request.GET.get("show", "all")
    which = which if which in queries.LISTS else "all"
    rows = queries.came_of_it(request.actor, which)
    return render(request, "planning/answers/came_of_it.html", {"rows": rows, "which": which})


@careful
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: Request, key: UUID, idea: UUID) -> HttpResponse:
    """Answer an idea, or say how far what was promised is; nothing that was typed is lost."""
    viewer = request.actor
    shown = find_idea(viewer, found(viewer, key), idea)
    if shown is None or not policy.may_follow_up(by=viewer, idea=shown):
        raise Http404
    row = queries.answered_one(viewer, shown)
    replies, follow = policy.may_reply(by=viewer, idea=shown), request.GET.get("say") == "done" and row.is_promised
    form: Any = (FollowForm if follow or not replies else ReplyForm)(request.POST or None)
    act = actions.reply if isinstance(form, ReplyForm) else actions.follow_up
    if request.method == "POST" and form.is_valid():
        given = {"by": viewer, "idea": shown, "key": request.POST.get("key", ""), **form.cleaned_data}
        if kept(form, lambda: act(**given) or True, refused=True):
            messages.success(request, _("Your answer is there for everyone to read."))
            return redirect("answers:list", key)
    return render(request, "planning/answers/answer.html", {"form": form, "row": row, "decision": shown.decision})


@careful
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ground(request: Request, key: UUID) -> HttpResponse:
    """Write down on what a decision about somebody's own life rests: the person, or who helps them with their plan."""
    viewer = request.actor
    decision = found(viewer, key)
    if not queries.needs_grounds(decision) or not policy.may_ground(by=viewer, decision=decision):
        raise Http404
    form = GroundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {
            "by": viewer,
            "decision": decision,
            "said": form.said(),
            "key": request.POST.get("key", ""),
        }
        if kept(form, lambda: actions.ground(**given) or True, refused=True):
            messages.success(request, _("It is written down."))
            return redirect("decisions:one", key)
    context = {"form": form, "decision": decision, "record": decision.record}
    return render(request, "planning/answers/ground.html", context)


@careful
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: Request, key: UUID) -> HttpResponse:
    """A councillor says what they did for a decision."""
    viewer = request.actor
    decision = found(viewer, key)
    if not policy.may_act(by=viewer, decision=decision):
        raise Http404
    form = ActForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {"by": viewer, "decision": decision, "key": request.POST.get("key", ""), **form.given()}
        if kept(form, lambda: actions.act(**given) or True, refused=True):
            messages.success(request, _("It stands on the decision, with your name."))
            return redirect("answers:list", key)
    return render(request, "planning/answers/act.html", {"form": form, "decision": decision})


@careful
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_call(request: Request, key: UUID, act: UUID) -> HttpResponse:
    """The organisation that a councillor called on answers."""
    viewer = request.actor
    decision = found(viewer, key)
    called = queries.act(viewer, decision, act)
    if called is None or called.answered_on is not None or not policy.may_answer_call(by=viewer, act=called):
        raise Http404
    form = CallAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {"by": viewer, "act": called, "key": request.POST.get("key", ""), **form.cleaned_data}
        if kept(form, lambda: actions.answer_call(**given) or True, refused=True):
            messages.success(request, _("Your answer is there for everyone to read."))
            return redirect("answers:list", key)
    return render(request, "planning/answers/answer_call.html", {"form": form, "decision": decision, "act": called})
