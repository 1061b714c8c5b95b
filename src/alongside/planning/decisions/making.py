"""Setting a decision up, a step a page. It can be left and come back to; the last page checks it and opens it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from alongside.ground.history.acting import Fault
from alongside.ground.history.actor import Actor
from alongside.ground.history.explaining import explain, kept
from alongside.ground.people.doors import Request, careful
from alongside.planning.decisions import actions, checking, example, opening, picture, queries
from alongside.planning.decisions.addresses import run
from alongside.planning.decisions.forms import BeginForm
from alongside.planning.decisions.models import Decision, Rule, Side, Stage
from alongside.planning.decisions.steps import Step, steps_of
from alongside.planning.decisions.term_forms import GroupsForm, PlanForm

PAGE = require_http_methods(["GET", "HEAD", "POST"])
OPEN_STEPS = ("days",)  # that may change once it is open
THEN = {"check": "decisions:check", "small": "asking:small"}  # where somebody came from, to change one thing


@careful
@never_cache
@PAGE
def begin(request: Request) -> HttpResponse:
    """Whose decision it is, the question and what led to it. Saving it starts a draft that nobody else sees."""
    viewer = request.actor
    owners = queries.may_ask_for(viewer)
    initial = {"question_side": Side.PEOPLE, "question": request.GET.get("question", "")[:200]}
    initial["owner"] = request.GET.get("for", "")
    form = BeginForm(owners, viewer.party, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "owner"}
        key = request.POST.get("key", "")
        draft = kept(form, lambda: actions.ask(by=viewer, owner=form.owner, key=key, **given), refused=True)
        if draft is not None:
            messages.success(request, _("Your draft is kept. Nobody else sees it yet."))
            return redirect("decisions:step", draft.record.key, "change")
    return render(request, "planning/decisions/begin.html", {"form": form, "owners": owners})


@careful
@never_cache
@PAGE
def step(request: Request, key: UUID, step: str) -> HttpResponse:
    """One step: its question, what stands there by now, and on to the next or back to the check."""
    viewer = request.actor
    decision = run(viewer, key)
    steps = steps_of(viewer, decision)
    at = next((n for n, one in enumerate(steps) if one.key == step), None)
    if at is None or (decision.stage != Stage.DRAFT and step not in OPEN_STEPS):
        return redirect("decisions:one", key)
    one = steps[at]
    form = one.form(viewer, decision, request.POST or None)
    if request.method == "POST" and _more(form, request):
        form = one.form(viewer, decision, _with_a_row(request))
    elif request.method == "POST" and form.is_valid() and _kept(viewer, decision, one, form):
        return _onward(request, decision, steps, at, form)
    context = {"form": form, "decision": decision, "record": decision.record, "step": one}
    context |= {"now": at + 1, "total": len(steps) + 1, "back": _before(request, decision, steps, at)}
    return render(request, one.template, context | _beside(one, decision))


def _more(form: Form, request: Request) -> bool:
    return isinstance(form, GroupsForm) and bool(request.POST.get("more"))


def _with_a_row(request: Request) -> Any:
    """What was typed, with one empty row more; nothing is kept yet."""
    data = request.POST.copy()
    rows = data.get("rows", "")
    data["rows"] = str(int(rows) + 1) if rows.isascii() and rows.isdigit() and len(rows) < 4 else "1"
    return data


def _kept(viewer: Actor, decision: Decision, one: Step, form: Any) -> bool:
    """Whether the answers were kept. What is wrong stands on the form, all of it, and nothing typed is lost."""
    try:
        one.keep(viewer, decision, form)
    except actions.SetupFault as fault:
        for missing in fault.found:
            row = form.row_of(missing.group) if isinstance(form, GroupsForm) else ""
            form.add_error(row or (missing.field if missing.field in form.fields else None), missing.words)
    except Fault as fault:
        explain(form, fault)
    return not form.errors


def _onward(request: Request, decision: Decision, steps: list[Step], at: int, form: Form) -> HttpResponse:
    key = decision.record.key
    if isinstance(form, PlanForm):  # the suggested days stand there now, to be changed
        then = request.GET.get("then", "")
        return redirect(f"{reverse('decisions:step', args=[key, 'days'])}{f'?then={then}' if then in THEN else ''}")
    if decision.stage != Stage.DRAFT:
        messages.success(request, _("The days are moved."))
        return redirect("decisions:one", key)
    following = steps_of(request.actor, queries.decision(request.actor, key) or decision)
    keys = [one.key for one in following]
    rest = keys[keys.index(steps[at].key) + 1 :] if steps[at].key in keys else []
    if request.GET.get("then") in THEN or not rest:
        return redirect(THEN.get(request.GET.get("then", ""), "decisions:check"), key)
    return redirect("decisions:step", key, rest[0])


def _before(request: Request, decision: Decision, steps: list[Step], at: int) -> str:
    key = decision.record.key
    if decision.stage != Stage.DRAFT:
        return reverse("decisions:one", args=[key])
    if request.GET.get("then") in THEN or not at:
        return reverse(THEN.get(request.GET.get("then", ""), "decisions:check"), args=[key])
    return reverse("decisions:step", args=[key, steps[at - 1].key])


def _beside(one: Step, decision: Decision) -> dict[str, Any]:
    """What stands beside a step: the bar of the groups as they are kept, or the two ways to share out money."""
    if one.key == "groups":
        groups = [(group, picture.share_of(group)) for group in queries.groups(decision)]
        return {"bar": picture.bar_of(decision), "groups": groups}
    if one.key == "details" and decision.terms.rule == Rule.BUDGET:
        return {"example": example.of_money()}
    return {}


@careful
@never_cache
@PAGE
def check(request: Request, key: UUID) -> HttpResponse:
    """Every answer, what is missing or unfair, how much each group's vote counts; and the button that opens it."""
    viewer = request.actor
    decision = run(viewer, key)
    if decision.stage != Stage.DRAFT:
        return redirect("decisions:one", key)
    pressed = request.method == "POST"
    if pressed and _declared(request, decision):
        messages.success(request, _("It is open. From now on nobody can change how it is decided."))
        return redirect("decisions:one", key)
    shown = {one.key for one in steps_of(viewer, decision)}
    counts, means = checking.how_much_counts(decision)
    context = {
        "decision": decision,
        "record": decision.record,
        "answers": [row for row in checking.answers(decision) if row.step in shown],
        "missing": opening.missing(decision),
        "error": pressed,
        "bar": picture.bar_of(decision),
        "groups": [(group, picture.share_of(group)) for group in queries.groups(decision)],
        "counts": counts,
        "means": means,
        "total": len(shown) + 1,
        "may_share": "groups" in shown,
    }
    return render(request, "planning/decisions/check.html", context)


def _declared(request: Request, decision: Decision) -> bool:
    try:
        actions.declare(by=request.actor, decision=decision, key=request.POST.get("key", ""))
    except Fault:
        return False
    return True
