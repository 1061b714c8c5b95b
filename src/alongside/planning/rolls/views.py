"""Pages of the roll: the ways to a place, vouching for a neighbour, and for those who keep it the lists and codes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.explaining import kept
from alongside.ground.limits.asking import may_try
from alongside.ground.people.doors import Request, careful, known, public
from alongside.planning.decisions import queries as decisions
from alongside.planning.decisions.addresses import by_ballot, run
from alongside.planning.decisions.models import Decision
from alongside.planning.decisions.way_models import Way
from alongside.planning.rolls import actions, forms, lists, queries
from alongside.planning.rolls.codes import Batch


@public
@never_cache
@sensitive_post_parameters("code")
def place(request: Request, key: UUID) -> HttpResponse:
    """How to come to a place, and the box for a code."""
    decision = by_ballot(request.actor, key)
    form = forms.CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        if not may_try(request, "door_code"):
            form.add_error("code", _("You have tried a lot in a short time. Wait a little and try again, or ring us"))
        elif not queries.is_code(decision, code):
            form.add_error("code", _("We do not know this code. Look at each letter and figure again."))
        elif kept(form, lambda: actions.use_code(by=known(request), decision=decision, code=code), refused=True):
            return redirect("ballots:choose", key)
    return render(request, "planning/rolls/place.html", _ways_in(request, decision, form))


def _ways_in(request: Request, decision: Decision, form: forms.CodeForm) -> dict[str, Any]:
    me, ways = request.actor.party, {way: decisions.allows(decision, way) for way in Way.values}
    return {
        "decision": decision,
        "form": form,
        "ways": ways,
        "mine": queries.standings(request.actor, decision),
        "late": me is not None and queries.came_late(decision, me),
        "vote": decisions.phase(decision, "vote"),
        "may_vouch": queries.can_vouch(request.actor, decision),
        "affected": me is not None and queries.affected_groups(decision, me) and queries.is_before(decision),
    }


@careful
@never_cache
def vouch(request: Request, key: UUID) -> HttpResponse:
    """Say that a neighbour belongs here, and get the code to hand to them. It is shown once."""
    decision = by_ballot(request.actor, key)
    form = forms.VouchForm(request.POST or None)
    code = None
    if request.method == "POST" and form.is_valid():
        name, once = form.cleaned_data["name"], request.POST.get("key", "")
        vouching = {"by": request.actor, "decision": decision, "name": name}
        code = kept(form, lambda: actions.vouch(**vouching, key=once), refused=True)
    context = {"decision": decision, "form": form, "code": code, "done": queries.my_vouches(request.actor, decision)}
    context |= {"most": actions.VOUCHES, "may": queries.can_vouch(request.actor, decision)}
    return render(request, "planning/rolls/vouch.html", context)


@careful
@never_cache
def roll(request: Request, key: UUID) -> HttpResponse:
    """The roll, for those who keep it: places by way, lists, batches of codes, who vouched for whom."""
    decision = run(request.actor, key)
    names, codes = _forms(decision, request)
    if request.method == "POST" and request.POST.get("do") == "list" and names.is_valid():
        said = kept(names, lambda: _add(request, decision, names.cleaned_data), refused=True)
        if not names.errors:
            messages.success(request, said or "")
            return redirect("rolls:roll", key)
    return render(request, "planning/rolls/roll.html", _shown(request, decision, names, codes))


def _forms(decision: Decision, request: Request) -> tuple[forms.ListForm, forms.CodesForm]:
    groups, do = decisions.voting(decision), request.POST.get("do", "")
    names = forms.ListForm(groups, request.POST, request.FILES, prefix="l") if do == "list" else None
    codes = forms.CodesForm(groups, request.POST, prefix="c") if do == "codes" else None
    return names or forms.ListForm(groups, prefix="l"), codes or forms.CodesForm(groups, prefix="c")


def _add(request: Request, decision: Decision, given: dict[str, Any]) -> str:
    """What came of it, in words."""
    people = lists.from_sheet(given["file"].read()) if given["file"] else lists.typed(given["names"])
    chosen = {"decision": decision, "group": given["group"], "people": people}
    return new_places(actions.add_to_list(by=request.actor, key=request.POST.get("key", ""), **chosen), len(people))


def new_places(new: int | None, named: int = 0) -> str:
    """How many places are new, and that the others have theirs: one by name, by page, or since they took part."""
    if not new:
        return _("Everybody on your list has a place already. So nothing changed, and nobody gets a second one.")
    said = ngettext("%(n)s new place", "%(n)s new places", new) % {"n": new}
    others = _("The others have a place already.")
    return f"{said}. {others}" if named > new else said


def _shown(request: Request, decision: Decision, names: forms.ListForm, codes: forms.CodesForm) -> dict[str, Any]:
    viewer = request.actor
    return {
        "decision": decision,
        "names": names,
        "codes": codes,
        "problem": codes if codes.is_bound else names,
        "places": queries.places(viewer, decision),
        "ways": dict(Way.choices),
        "batches": queries.batches(viewer, decision),
        "listed": queries.listed(viewer, decision),
        "is_over": queries.is_over(decision),
        "may_put_members": queries.may_put_members(viewer, decision),
        "vouched": queries.vouched(viewer, decision),
        "has_codes": decisions.allows(decision, Way.CODE),
        "alike": queries.alike_names(viewer, decision),
        "waiting": queries.waiting(viewer, decision) if queries.is_before(decision) else [],
        "confirmed": queries.confirmed(viewer, decision),
        "apart": forms.ApartForm(prefix="a"),
    }


@careful
@require_POST
def put_members(request: Request, key: UUID) -> HttpResponse:
    """Put everybody who belongs on the list."""
    decision = run(request.actor, key)
    try:
        new = actions.put_members(by=request.actor, decision=decision, key=request.POST.get("key", "")) or 0
    except Refused as problem:
        messages.warning(request, str(problem))
    else:
        messages.success(request, new_places(new))
    return redirect("rolls:roll", key)


@careful
@never_cache
@require_POST
def codes(request: Request, key: UUID) -> HttpResponse:
    """Codes to print, one a slip. This answer is the only place where they can be read."""
    decision = run(request.actor, key)
    names, form = _forms(decision, request)
    batch, once = None, request.POST.get("key", "")
    if not form.is_valid():
        return render(request, "planning/rolls/roll.html", _shown(request, decision, names, form))
    large, given = form.cleaned_data.pop("large"), form.cleaned_data
    making = {"by": request.actor, "decision": decision, **given}
    batch = kept(form, lambda: actions.print_codes(**making, key=once), refused=True)
    if form.errors:
        return render(request, "planning/rolls/roll.html", _shown(request, decision, names, form))
    return _slips(request, decision, batch, large)


@careful
@never_cache
@require_POST
def codes_for_list(request: Request, key: UUID) -> HttpResponse:
    """A code for everybody on the list who has none, with their name on the slip: it is bound to their place."""
    decision = run(request.actor, key)
    try:
        anew, once = bool(request.POST.get("anew")), request.POST.get("key", "")
        batch = actions.codes_for_list(by=request.actor, decision=decision, anew=anew, key=once)
    except (Fault, Refused) as problem:
        messages.warning(request, getattr(problem, "message", "") or str(problem))
        return redirect("rolls:roll", key)
    return _slips(request, decision, batch, bool(request.POST.get("large")))


def _slips(request: Request, decision: Decision, batch: Batch | None, large: bool) -> HttpResponse:
    context = {"decision": decision, "batch": batch, "large_print": large, "vote": decisions.phase(decision, "vote")}
    return render(request, "planning/rolls/slips.html", context)


@careful
@require_POST
def take_back(request: Request, key: UUID) -> HttpResponse:
    """Take back what nobody used of a batch of codes."""
    decision = run(request.actor, key)
    form = forms.TakeBackForm(request.POST)
    if form.is_valid():
        seats = list(queries.unused(request.actor, decision, form.cleaned_data["batch"]))
        reason, once = form.cleaned_data["reason"], request.POST.get("key", "")
        back = actions.take_back_codes(by=request.actor, decision=decision, seats=seats, reason=reason, key=once)
        messages.success(
            request, ngettext("%(n)s code is taken back", "%(n)s codes are taken back", back or 0) % {"n": back or 0}
        )
    else:
        messages.warning(request, _("Write why they are taken back"))
    return redirect("rolls:roll", key)


@careful
@require_POST
def tell_apart(request: Request, key: UUID) -> HttpResponse:
    """Say that two places of one name are two people's."""
    decision = run(request.actor, key)
    form = forms.ApartForm(request.POST, prefix="a")
    if form.is_valid():
        name, once = form.cleaned_data["name"], request.POST.get("key", "")
        kept(form, lambda: actions.tell_apart(by=request.actor, decision=decision, name=name, key=once), refused=True)
    if form.errors:
        names, codes = _forms(decision, request)
        context = _shown(request, decision, names, codes) | {"apart": form, "problem": form}
        return render(request, "planning/rolls/roll.html", context)
    messages.success(request, _("They are two people now. Both count."))
    return redirect("rolls:roll", key)
