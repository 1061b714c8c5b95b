"""Pages that everyone reads: the list of decisions, one of them, how each way of deciding works, what was declared."""

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
from alongside.ground.people.doors import Request, careful, public
from alongside.ground.thread.queries import came_from, led_to
from alongside.planning.decisions import actions, example, explaining, picture, queries
from alongside.planning.decisions import ways as ways_in
from alongside.planning.decisions.addresses import found, run
from alongside.planning.decisions.forms import ReasonForm
from alongside.planning.decisions.models import Decision, Rule, Stage


@public
@never_cache
@require_safe
def listing(request: Request) -> HttpResponse:
    """Decisions that are open, those that come, and those that are over; one's own drafts first."""
    viewer = request.actor
    context = {
        "now": _told(queries.open_now(viewer)),
        "later": _told(queries.later(viewer)),
        "over": queries.over(viewer),
        "drafts": queries.drafts(viewer),
    }
    return render(request, "planning/decisions/list.html", context)


def _told(decisions: list[Decision]) -> list[tuple[Decision, str]]:
    return [(one, explaining.can_do(one)) for one in decisions]


@public
@never_cache
@require_safe
def one(request: Request, key: UUID) -> HttpResponse:
    """One decision: why, until when, who holds the say, how we choose, who answers. Other kits hang the rest."""
    viewer = request.actor
    decision = found(viewer, key, shown=True)
    if decision.stage == Stage.DRAFT:
        return redirect("asking:draft", key)
    return render(request, "planning/decisions/one.html", _shown(viewer, decision))


def _shown(viewer: Actor, decision: Decision) -> dict[str, Any]:
    now = queries.phase_of(decision)
    return {
        "decision": decision,
        "record": decision.record,
        "can_do": explaining.can_do(decision),
        "now": now.kind if now else "",
        "who": ways_in.who(decision),
        "bar": picture.bar_of(decision),
        "groups": [(group, picture.share_of(group)) for group in queries.groups(decision)],
        "how": explaining.how(decision.terms),
        "conditions": explaining.conditions(decision),
        "before": queries.others(viewer, [link.src_id for link in came_from(viewer, decision.record)]),
        "after": queries.others(viewer, [link.dst_id for link in led_to(viewer, decision.record)]),
        "above": queries.above(viewer, decision),
        "below": queries.below(viewer, decision),
        "runs": queries.may_run(viewer, decision),
        "may_stop": decision.stage == Stage.OPEN and not queries.has_chosen(decision),
    }


@public
@require_safe
def how(request: Request) -> HttpResponse:
    """Each way of deciding, with an example that the real rules counted."""
    ways = [
        {
            "rule": rule,
            "how": explaining.how_rule(rule) if rule != Rule.BUDGET else [],
            "example": example.example(rule),
        }
        for rule in (Rule.BUDGET, Rule.APPROVAL, Rule.SCORE, Rule.RANKING, Rule.CONSENT, Rule.SUPPORTED)
    ]
    fair, greedy = (explaining.how_money(method, "approval") for method in ("equal_shares", "greedy"))
    context = {"ways": ways, "fair": fair, "greedy": greedy}
    return render(request, "planning/decisions/how.html", context)


@public
@never_cache
@require_safe
def declared(request: Request, key: UUID) -> HttpResponse:
    """What was declared before opening, a line each, as the text whose sum was told."""
    decision = found(request.actor, key)
    if not decision.terms_sha:
        raise Http404
    return HttpResponse(queries.as_declared(decision), content_type="text/plain; charset=utf-8")


@careful
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: Request, key: UUID) -> HttpResponse:
    """Stop a decision, with the reason that everyone reads. A draft goes without one."""
    viewer = request.actor
    decision = run(viewer, key)
    form = ReasonForm(request.POST or None, draft=decision.stage == Stage.DRAFT)
    if request.method == "POST" and form.is_valid():
        given = {"why": form.cleaned_data["stage_why"], "key": request.POST.get("key", "")}
        result = kept(form, lambda: actions.stop(by=viewer, decision=decision, **given))
        if result is not None:
            return _ended(request, result)
    return render(request, "planning/decisions/end.html", {"form": form, "decision": decision})


def _ended(request: Request, result: Decision) -> HttpResponse:
    if result.stage == Stage.DRAFT:
        messages.success(request, _("The draft is gone."))
        return redirect("decisions:list")
    messages.success(request, _("It is stopped. Everyone can read why."))
    return redirect("decisions:one", result.record.key)
