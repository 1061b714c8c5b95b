"""Pages of panels by lot for everybody: which there are, one of them with its draw, one's own yes, and one's place."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.ground.history.acting import Fault, demand
from alongside.ground.history.actor import Actor, Source
from alongside.ground.history.explaining import explain
from alongside.ground.people.doors import Request, helper, public, signed_in
from alongside.planning.lotteries import actions, policy, queries, showing
from alongside.planning.lotteries.forms import JoinForm, PaperForm, first_answers
from alongside.planning.lotteries.models import Lottery, LotteryQuestion, PoolPlace

LOOK_AGAIN = "4"  # seconds, while the worker is busy; the page has a link that does the same


def found(viewer: Actor, key: UUID) -> Lottery:
    lottery = queries.lottery(viewer, key)
    if lottery is None:
        raise Http404
    return lottery


@public
@never_cache
@require_safe
def listing(request: Request) -> HttpResponse:
    """Every panel that this viewer may see, and the way to have one drawn."""
    viewer = request.actor
    context = {"lotteries": queries.lotteries(viewer)[:100], "may_open": bool(queries.owners(viewer))}
    return render(request, "planning/lotteries/list.html", context)


@public
@never_cache
@require_safe
def one(request: Request, key: UUID) -> HttpResponse:
    """What a panel is for, who is wanted, how it is drawn, and how it was. No name of anybody."""
    viewer = request.actor
    lottery = found(viewer, key)
    work = showing.far(lottery, queries.latest_work(lottery))
    context = {
        "lottery": lottery,
        "record": lottery.record,
        "rows": showing.group_rows(lottery),
        "draws": showing.draws(lottery),
        "work": work if work is not None and work.going_on else None,
        "my_place": queries.my_place(viewer, lottery),
        "may_run": queries.may_run(by=viewer, lottery=lottery),
        "helps": policy.may_join_on_paper(by=viewer),
        "decision": queries.decision_of(viewer, lottery),
    }
    response = render(request, "planning/lotteries/one.html", context)
    if context["work"]:
        response["Refresh"] = LOOK_AGAIN
    return response


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def yes(request: Request, key: UUID) -> HttpResponse:
    """Say yes to being drawn, or change what one said."""
    viewer = request.actor
    lottery = found(viewer, key)
    demand(policy.may_join, by=viewer, lottery=lottery)
    questions, place = _questions(lottery), queries.my_place(viewer, lottery)
    initial = first_answers(questions, queries.my_answers(place)) if place else {}
    form = JoinForm(request.POST or None, lottery=lottery, questions=questions, initial=initial)
    if request.method == "POST" and form.is_valid() and _joined(request, form, lottery):
        messages.success(request, _("Thank you. You are in the draw."))
        return redirect("lotteries:mine", key)
    context = {"form": form, "lottery": lottery, "record": lottery.record, "my_place": place}
    return render(request, "planning/lotteries/yes.html", context)


def _questions(lottery: Lottery) -> list[LotteryQuestion]:
    return list(lottery.questions.prefetch_related("groups"))


def _joined(request: Request, form: JoinForm, lottery: Lottery) -> bool:
    try:
        actions.join(by=request.actor, lottery=lottery, key=request.POST.get("key", ""), **form.yes())
    except Fault as fault:
        explain(form, fault)
        return False
    return True


def _mine(request: Request, key: UUID) -> PoolPlace:
    place = queries.my_place(request.actor, found(request.actor, key))
    if place is None:
        raise Http404
    return place


@signed_in
@never_cache
@require_safe
def mine(request: Request, key: UUID) -> HttpResponse:
    """My own yes: what I said, my chance, my numbers, and my place on the panel if I was drawn."""
    place = _mine(request, key)
    lottery = place.lottery
    said = queries.my_answers(place)
    context = {
        "my_place": place,
        "lottery": lottery,
        "record": lottery.record,
        "seat": getattr(place, "seat", None),
        "said": [(one.words, said.get(one.pk)) for one in _questions(lottery)],
        "chance": showing.my_chance(place),
        "first": lottery.draws.filter(round=0).first(),
        "decision": queries.decision_of(request.actor, lottery),
    }
    return render(request, "planning/lotteries/mine.html", context)


@signed_in
@require_POST
def leave(request: Request, key: UUID) -> HttpResponse:
    """Take my yes back. Everything I said goes at once."""
    actions.leave(by=request.actor, place=_mine(request, key), key=request.POST.get("key", ""))
    messages.success(request, _("You are out of the draw. What you said is deleted."))
    return redirect("lotteries:one", key)


@signed_in
@require_POST
def seat(request: Request, key: UUID) -> HttpResponse:
    """Say yes or no to my place on the panel."""
    place, coming = _mine(request, key), request.POST.get("yes") == "yes"
    try:
        actions.answer_seat(by=request.actor, place=place, yes=coming, key=request.POST.get("key", ""))
    except Fault as fault:
        messages.warning(request, fault.message)
    else:
        messages.success(request, _("Thank you. You are on the panel.") if coming else _("Thank you for telling us."))
    return redirect("lotteries:mine", key)


@helper
@never_cache
@sensitive_post_parameters("word")
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: Request, key: UUID) -> HttpResponse:
    """Type in a paper on which somebody said yes; then the next one."""
    me = Actor(person=request.actor.person, source=Source.PAPER)
    lottery = found(me, key)
    form = PaperForm(request.POST or None, lottery=lottery, questions=_questions(lottery))
    if request.method == "POST" and form.is_valid() and _typed_in(request, form, lottery, me):
        messages.success(request, _("It is typed in. A letter goes to them, and you can print their card."))
        return redirect("lotteries:paper", key)
    context: dict[str, Any] = {
        "form": form,
        "lottery": lottery,
    }
    return render(request, "planning/lotteries/paper.html", context)


def _typed_in(request: Request, form: PaperForm, lottery: Lottery, me: Actor) -> bool:
    given, key = form.cleaned_data, request.POST.get("key", "")
    told = {"name": given["name"], "word": given["word"], "page": form.page(), "yes": form.yes()}
    try:
        actions.join_on_paper(by=me, lottery=lottery, key=key, **told)
    except Fault as fault:
        explain(form, fault)
        return False
    return True
