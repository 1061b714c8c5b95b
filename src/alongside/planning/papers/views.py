"""Pages of paper ballots: how it adds up, print, slips that came back, and papers read in by two people."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from alongside.ground.history.explaining import kept
from alongside.ground.people.doors import Request, careful
from alongside.methods.pence import pounds
from alongside.planning.ballots.queries import closed_on
from alongside.planning.decisions import queries as decisions
from alongside.planning.decisions.models import OUR_SIDES, Decision
from alongside.planning.decisions.way_models import Way
from alongside.planning.ideas import queries as ideas
from alongside.planning.papers import actions, queries
from alongside.planning.papers.forms import KeyForm, PrintForm, SlipForm
from alongside.planning.rolls.actions import receive_slip

SAID = {
    "once": gettext_lazy("Read once. It counts when somebody else has read the same."),
    "counted": gettext_lazy("Two people read the same. It counts."),
    "differs": gettext_lazy("The two readings differ. Put this paper aside for a third person."),
    "spoilt": gettext_lazy("Nobody can tell what was meant. It does not count."),
}


def _found(request: Request, key: UUID) -> Decision:
    decision = decisions.decision(request.actor, key)
    if decision is None or not decision.terms.secret or not queries.may_key(by=request.actor, decision=decision):
        raise Http404
    return decision


@careful
@never_cache
def paper(request: Request, key: UUID) -> HttpResponse:
    """How slips and papers add up; and a slip that came back."""
    decision = _found(request, key)
    form = SlipForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code, once = form.cleaned_data["code"], request.POST.get("key", "")
        by = request.actor
        kept(form, lambda: receive_slip(by=by, decision=decision, code=code, key=once), refused=True)
        if not form.errors:
            messages.success(request, _("This slip is on the roll. Put the folded paper into the box."))
            return redirect("papers:paper", key)
    return render(request, "planning/papers/paper.html", _shown(request, decision, form))


def _shown(request: Request, decision: Decision, slip: SlipForm, printing: PrintForm | None = None) -> dict[str, Any]:
    return {
        "decision": decision,
        "form": slip,
        "printing": printing or _printing(decision),
        "by_name": decisions.counted_by(decision) != Way.CODE,
        "sums": queries.reconciliation(request.actor, decision),
        "closed": closed_on(decision),
        "runs": decisions.may_run(request.actor, decision),
        "vote": decisions.phase(decision, "vote"),
    }


def _printing(decision: Decision, data: Any = None) -> PrintForm:
    groups = [group for group in decisions.voting(decision) if group.side in OUR_SIDES]
    return PrintForm(groups, data, by_name=decisions.counted_by(decision) != Way.CODE)


@careful
@never_cache
@require_POST
def sheets(request: Request, key: UUID) -> HttpResponse:
    """Slips and ballot papers to print. This answer is the only place where they can be read."""
    decision = _found(request, key)
    form = _printing(decision, request.POST)
    printed, style = None, "plain"
    if form.is_valid():
        given, once = form.cleaned_data, request.POST.get("key", "")
        style = given.pop("style")
        making = {"by": request.actor, "decision": decision, **given}
        printed = kept(form, lambda: actions.print_sheets(**making, key=once), refused=True)
    if form.errors:
        return render(request, "planning/papers/paper.html", _shown(request, decision, SlipForm(), form))
    options = [(one, pounds(one.cost_pence)) for one in ideas.options(request.actor, decision)]
    context: dict[str, Any] = {"decision": decision, "printed": printed, "options": options, "style": style}
    context |= {"way": KeyForm(decision.terms, []).way, "large_print": style != "plain"}
    context |= {"vote": decisions.phase(decision, "vote"), "terms": decision.terms}
    return render(request, "planning/papers/sheets.html", context)


@careful
@never_cache
@sensitive_post_parameters()
def key_in(request: Request, key: UUID) -> HttpResponse:
    """Read a paper in; where two people read it differently, a third sees both readings."""
    decision = _found(request, key)
    options = ideas.options(request.actor, decision)
    form = KeyForm(decision.terms, options, request.POST or None)
    third: list[list[str]] = []
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["number"]
        titles = {option.n: option.idea.title for option in options}
        differing = queries.differing(request.actor, decision, number)
        third = [queries.said_of(one, titles) for one in differing]
        if (not third or request.POST.get("do") == "settle") and _written(request, decision, form, bool(third)):
            return redirect("papers:key_in", key)
    context = {"decision": decision, "form": form, "lines": list(form.lines()), "third": third}
    return render(request, "planning/papers/key_in.html", context)


def _written(request: Request, decision: Decision, form: KeyForm, settles: bool) -> bool:
    act = actions.settle if settles else actions.key_in
    given = {"number": form.cleaned_data["number"], "said": form.said, "spoilt": form.cleaned_data["spoilt"]}
    once = request.POST.get("key", "")
    sheet = kept(form, lambda: act(by=request.actor, decision=decision, key=once, **given), refused=True)
    if form.errors:
        return False
    messages.success(request, str(SAID[sheet.state]) if sheet else _("This is written down already."))
    return True
