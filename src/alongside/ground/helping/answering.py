"""One question about help: whoever is asked says yes or no; and somebody is got in touch with who has no helper."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from alongside.ground.helping import queries, saying
from alongside.ground.helping.actions import answer, take_on, withdraw
from alongside.ground.helping.forms import SaidForm
from alongside.ground.helping.models import HelpAsked
from alongside.ground.helping.policy import may_answer
from alongside.ground.history.acting import Fault
from alongside.ground.history.actor import Actor
from alongside.ground.people.doors import Request, careful
from alongside.ground.people.models import HELPER_ROLES
from alongside.ground.people.queries import acts_in

OVER = gettext_lazy("This question is not open any more.")


@careful
@never_cache
def asked(request: Request, key: str) -> HttpResponse:
    """The question, and yes or no. Whoever gets in touch with somebody writes down what they said."""
    actor = request.actor
    found = queries.question(actor, key)
    if found is None:
        messages.info(request, OVER)
        return redirect("helping:home")
    offered = not may_answer(by=actor, asked=found)
    form = SaidForm(request.POST or None) if offered else None
    if request.method == "POST" and (form is None or form.is_valid()):
        by = actor.by_way_of(form.cleaned_data["source"]) if form else actor
        said = _say(request, by, found)
        if said is not None:
            return said
    return render(request, "ground/helping/asked.html", _given(actor, found, form))


def _say(request: Request, by: Actor, found: HelpAsked) -> HttpResponse | None:
    yes = request.POST.get("do")
    if yes not in ("yes", "no"):
        return None
    work = request.POST.get("work") == "yes"
    try:
        basis = answer(by=by, asked=found, yes=yes == "yes", in_my_work=work, key=request.POST.get("key", ""))
    except Fault as fault:
        messages.info(request, fault.message)
        return redirect("helping:home")
    if basis is None:
        messages.success(request, _("Thank you. We have told them."))
        return redirect("helping:home")
    offered = found.waits_for_person and by.person is not None and by.person.pk == found.supporter_id
    return redirect("helping:new_card", key=basis.key) if offered else redirect("helping:home")


def _given(actor: Actor, found: HelpAsked, form: SaidForm | None) -> dict[str, Any]:
    scopes = list(found.scopes.values_list("part", "act"))
    return {
        "asked": found,
        "form": form,
        "sees": saying.parts_of(scopes, "see"),
        "writes": saying.parts_of(scopes, "write"),
        "reach": queries.reach(actor, found),
        "may_be_work": not found.waits_for_person and acts_in(actor, *HELPER_ROLES),
    }


@careful
@require_POST
def take_back(request: Request, key: str) -> HttpResponse:
    """Whoever asked, wrote it down or got in touch takes it back."""
    actor = request.actor
    for waiting in (queries.asked_by(actor), queries.written_down_by(actor), queries.offered_by(actor)):
        found = waiting.filter(key=key).first()
        if found is not None:
            withdraw(by=actor, asked=found, key=request.POST.get("key", ""))
            break
    return redirect("helping:mine" if request.POST.get("from") == "mine" else "helping:home")


@careful
@require_POST
def get_in_touch(request: Request, key: str) -> HttpResponse:
    """Only how to reach them opens, and they are told."""
    me = Actor(person=request.actor.person, proved=request.actor.proved)
    basis = get_object_or_404(queries.without_helper(me), person__key=key)
    try:
        offered = take_on(by=me, person=basis.person)
    except Fault as fault:
        messages.info(request, fault.message)
        return redirect("helping:home")
    return redirect("helping:asked", key=offered.key)
