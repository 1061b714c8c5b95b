"""The quick way: two pages from "Decide" to an open decision. What was typed stays while a line is changed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.explaining import explain, kept
from alongside.ground.people.doors import Request, careful
from alongside.planning.asking import actions, queries
from alongside.planning.asking.forms import BIGGER, AskForm, OpenForm
from alongside.planning.decisions import queries as decisions
from alongside.planning.decisions.actions import SetupFault
from alongside.planning.decisions.addresses import run
from alongside.planning.decisions.models import Decision, PhaseKind, Stage
from alongside.planning.decisions.queries import phase, today

PAGE = require_http_methods(["GET", "HEAD", "POST"])
TYPED, DAYS = "asking", 14  # under this name in the session; until the last day, unless somebody says another


@careful
@never_cache
@PAGE
def ask(request: Request) -> HttpResponse:
    """What is to be decided, and how big it is. What is small goes on to one page, what is bigger to the steps."""
    owners = queries.owners(request.actor)
    bigger = any(not one.is_person for one in decisions.may_ask_for(request.actor))
    form = AskForm(owners, bigger, request.POST or None, initial=_asked(request, [str(one.key) for one in owners]))
    if request.method == "POST" and form.is_valid():
        question, who = form.cleaned_data["question"], form.cleaned_data["who"]
        if who == BIGGER:
            query = urlencode({"question": question, "for": request.GET.get("for", "")})
            return redirect(f"{reverse('decisions:new')}?{query}")
        owner, key = form.owners[who], request.POST.get("key", "")
        draft = kept(
            form, lambda: actions.begin(by=request.actor, owner=owner, question=question, key=key), refused=True
        )
        if draft is not None:
            return redirect("asking:small", draft.record.key)
    return render(request, "planning/asking/ask.html", {"form": form})


@careful
@never_cache
@PAGE
def small(request: Request, key: UUID) -> HttpResponse:
    """What there is to choose from and until when, with all that is declared besides; and the button that opens it."""
    decision = run(request.actor, key)
    if decision.stage != Stage.DRAFT:
        return redirect("decisions:one", key)
    if not queries.is_small(decision):
        return redirect("decisions:check", key)
    lines = queries.lines(decision)
    change = request.POST.get("change", "")
    if change and change in {line.step for line in lines}:
        request.session[TYPED] = {"of": str(key), **_typed(request)}
        return redirect(f"{reverse('decisions:step', args=[key, change])}?then=small")
    form = OpenForm(decision, request.POST or None, initial=_initial(request, decision))
    if request.method == "POST" and form.is_valid() and _opened(request, decision, form):
        request.session.pop(TYPED, None)
        messages.success(request, _("It is open. From now on nobody can change how it is decided."))
        return redirect("decisions:one", key)
    context = {"form": form, "decision": decision, "record": decision.record, "lines": lines}
    return render(request, "planning/asking/small.html", context)


@careful
@never_cache
@require_safe
def draft(request: Request, key: UUID) -> HttpResponse:
    """Back to a draft by the way it was begun: the quick page, or all the steps."""
    decision = run(request.actor, key)
    return redirect("asking:small" if queries.begun_quickly(decision) else "decisions:check", key)


def _asked(request: Request, owners: list[str]) -> dict[str, str]:
    """What the address says already: the question, and for whom; who has one choice only need not make it."""
    whose = request.GET.get("for", "")
    who = whose if whose in owners else BIGGER if whose else owners[0] if len(owners) == 1 else ""
    return {"question": request.GET.get("question", "")[:200], "who": who}


def _typed(request: Request) -> dict[str, str]:
    """What stands in the form while somebody goes to change a line, as far as it is short enough to be any use."""
    return {name: request.POST.get(name, "")[:4_000] for name in OpenForm.base_fields}


def _initial(request: Request, decision: Decision) -> dict[str, Any]:
    """What was typed before a line was changed; else the days as they stand, or two weeks from today."""
    before = request.session.get(TYPED) or {}
    if before.get("of") == str(decision.record.key):
        return before
    vote = phase(decision, PhaseKind.VOTE)
    return {
        "last_day": vote.until if vote is not None else today() + timedelta(days=DAYS),
        "ideas_first": phase(decision, PhaseKind.IDEAS) is not None,
        "budget_pence": decision.terms.budget_pence,
    }


def _opened(request: Request, decision: Decision, form: OpenForm) -> bool:
    """Whether it is open now. What is wrong stands on the form, all of it."""
    said = dict(form.cleaned_data)
    budget, typed = said.setdefault("budget_pence", None), said.pop("options")
    try:
        rows = actions.rows_of(typed, budget_pence=budget)
        key = request.POST.get("key", "")
        actions.open_it(by=request.actor, decision=decision, rows=rows, key=key, **said)
    except SetupFault as fault:
        for missing in fault.found:
            form.add_error(None, missing.words)
    except (Fault, Refused) as problem:
        explain(form, problem)
    return not form.errors
