"""Making a plan, one question a page. It starts without an account; what is written stays on this device."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from alongside.ground.consent.queries import Sight
from alongside.ground.history.actor import Actor
from alongside.ground.history.explaining import kept
from alongside.ground.people.doors import Request, known, public, resident
from alongside.knowing.assets.queries import asset as find_asset
from alongside.knowing.outcomes.models import Outcome
from alongside.knowing.outcomes.queries import said
from alongside.planning.plans import actions, queries
from alongside.planning.plans.forms import OrderForm, QuestionForm, WhoForm, wants_formset
from alongside.planning.plans.ideas import board, rung_titles
from alongside.planning.plans.models import Choice, Plan
from alongside.planning.plans.tapping import asking

TEMPLATE = "whole_life"


def tried(form: forms.Form, write: Callable[[], object]) -> bool:
    """Whether an action was taken; what it refuses stands on the form, and nothing typed is lost."""
    kept(form, write, refused=True)
    return not form.errors


def mine(request: Request) -> tuple[Actor, Plan, Sight]:
    """The plan of whoever this page is for, opened by a look; Refused or 404 where there is none to see."""
    actor = request.actor
    plan = queries.plan_of(actor, actor.party) if actor.party else None
    if plan is None:
        raise Http404
    return actor, plan, actions.read(by=actor, plan=plan)


def _after(request: Request, name: str, *args: Any) -> HttpResponse:
    """On to the next page, or back to the answers if somebody came from there to change one."""
    return redirect("plans:check") if request.GET.get("then") == "check" else redirect(name, *args)


@public
@never_cache
def question(request: Request, page: str) -> HttpResponse:
    """A page of the template's questions. The first saving opens a page of one's own on this device."""
    asked = queries.template_page(TEMPLATE, page)
    if asked is None:
        raise Http404
    actor = request.actor
    plan = queries.plan_of(actor, actor.party) if actor.party else None
    written = queries.answers(actions.read(by=actor, plan=plan), plan) if plan else {}
    form = QuestionForm(asked, request.POST or None, initial=written)
    if request.method == "POST" and form.is_valid() and tried(form, lambda: _keep(request, form)):
        return _after(request, *_next_page(page))
    name, *args = _next_page(page)
    context = {"form": form, "asked": asked, "title": said(asked["title"]), "hint": said(asked["hint"])}
    context |= {"skip": reverse(name, args=args), "examples": [said(one) for one in _examples(asked)]}
    return render(request, "planning/plans/question.html", context | {"back": _page_before(page)})


def _keep(request: Request, form: QuestionForm) -> None:
    actor = known(request)
    plan = actions.start(by=actor, owner=actor.me)
    actions.answer(by=actor, plan=plan, words=form.cleaned_data, key=request.POST.get("key", ""))


def _examples(asked: dict[str, Any]) -> list[dict[str, str]]:
    return [example for question in asked["question"] for example in question.get("examples", [])]


def _keys() -> list[str]:
    return [page["key"] for page in queries.template_pages(TEMPLATE) if not page.get("aside")]


def _next_page(page: str) -> tuple[str, ...]:
    if page not in _keys():
        return ("plans:check",)
    rest = _keys()[_keys().index(page) + 1 :]
    return ("plans:question", rest[0]) if rest else ("networks:around",)


def _page_before(page: str) -> str:
    if page not in _keys():
        return reverse("plans:check")
    before = _keys()[: _keys().index(page)]
    return reverse("plans:question", args=[before[-1]]) if before else reverse("plans:my_page")


@public
@never_cache
def want(request: Request) -> HttpResponse:
    """What I want: as many things as somebody likes, each in their own words."""
    actor = request.actor
    plan = queries.plan_of(actor, actor.party) if actor.party else None
    now = queries.wanted(actions.read(by=actor, plan=plan), plan) if plan else []
    more = 1 if request.GET.get("more") or not now else 0
    initial = [{"key": str(one.record.key), "words": one.words, "domain": one.domain} for one in now]
    forms_ = wants_formset(extra=more)(request.POST or None, initial=initial, prefix="want")
    if request.method == "POST" and forms_.is_valid() and tried(forms_.forms[0], lambda: _want(request, forms_)):
        if request.POST.get("more"):
            return redirect(f"{reverse('plans:want')}?{urlencode(request.GET.dict() | {'more': '1'})}")
        return _after(request, "plans:order")
    context = {"forms": forms_, "problem": next((form for form in forms_ if form.errors), None)}
    return render(request, "planning/plans/want.html", context)


def _want(request: Request, formset: Any) -> None:
    actor = known(request)
    plan = actions.start(by=actor, owner=actor.me)
    given = [form.cleaned_data for form in formset]
    wants = [actions.Want(one.get("words", ""), one.get("domain", ""), one.get("key", "")) for one in given]
    actions.say_wants(by=actor, plan=plan, wants=wants, key=request.POST.get("key", ""))


@resident
@never_cache
def order(request: Request) -> HttpResponse:
    """Where to look first, and where not at all."""
    actor, plan, sight = mine(request)
    places = {source: str(n) for n, source in enumerate(plan.source_order, 1)}
    initial = {f"source_{one}": "0" if one in plan.ruled_out else place for one, place in places.items()}
    form = OrderForm(rung_titles(), request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given, ruled_out = form.order()
        if tried(form, lambda: actions.set_order(by=actor, plan=plan, order=given, ruled_out=ruled_out)):
            return _after(request, *_first_ideas(queries.wanted(sight, plan)))
    return render(request, "planning/plans/order.html", {"form": form})


def _first_ideas(outcomes: list[Outcome]) -> tuple[str, ...]:
    return ("plans:ideas", str(outcomes[0].record.key)) if outcomes else ("plans:want",)


@resident
@never_cache
def ideas(request: Request, key: UUID) -> HttpResponse:
    """Ideas for one thing wanted, and the person's yes, maybe or no thanks to each."""
    actor, plan, sight = mine(request)
    outcomes = queries.wanted(sight, plan)
    at = next((n for n, one in enumerate(outcomes) if one.record.key == key), None)
    if at is None:
        raise Http404
    if request.method == "POST":
        return _choose(request, actor, plan, outcomes[at])
    rest = outcomes[at + 1 :]
    onward = reverse("plans:ideas", args=[rest[0].record.key]) if rest else reverse("plans:who")
    found = board(actor, plan, outcomes[at])
    context = {"plan": plan, "outcome": outcomes[at], "board": found, "onward": onward}
    context |= {
        "asking": asking(outcomes[at], found.about, found.is_empty or bool(found.missing)),
        "so_far": queries.who_does_what(sight, plan, outcomes),
        "last": not rest,
        "changed": request.GET.get("changed"),
    }
    return render(request, "planning/plans/ideas.html", context)


def _choose(request: Request, actor: Actor, plan: Plan, outcome: Outcome) -> HttpResponse:
    asset = find_asset(actor, _uuid(request.POST.get("asset", "")))
    if asset is None:
        raise Http404
    minutes, choice = request.POST.get("minutes", "60")[:6], request.POST.get("choice", "")
    if choice not in Choice.values:
        raise Http404
    actions.choose(
        by=actor,
        plan=plan,
        outcome=outcome,
        asset=asset,
        choice=choice,
        minutes=min(int(minutes), 600) if minutes.isdecimal() else 60,
        key=request.POST.get("key", ""),
    )
    address = reverse("plans:ideas", args=[outcome.record.key])
    return redirect(f"{address}?{urlencode({'changed': str(asset.record.key)})}#idea-{asset.record.key}")


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


@resident
@never_cache
def who(request: Request) -> HttpResponse:
    """Who does what, how much, who decides, and what to say to those who will be asked."""
    actor, plan, sight = mine(request)
    wanted = queries.who_does_what(sight, plan)
    form = WhoForm(wanted, request.POST or None)
    if request.method == "POST" and form.is_valid():
        key = request.POST.get("key", "")
        details, on = form.details(), form.review_on()
        if tried(form, lambda: actions.agree(by=actor, plan=plan, details=details, review_on=on, key=key)):
            return redirect("plans:check")
    rows = [(one, [(row, form.of(row)) for row in one.rows]) for one in wanted]
    return render(request, "planning/plans/who.html", {"form": form, "wanted": rows, "plan": plan})


@resident
@never_cache
def check(request: Request) -> HttpResponse:
    """Every answer once more, each with a way to change it; then the plan is sent to those it asks."""
    actor, plan, sight = mine(request)
    if request.method == "POST":
        actions.send(by=actor, plan=plan, key=request.POST.get("key", ""))
        return redirect("plans:plan")
    written = queries.answers(sight, plan)
    pages = queries.template_pages(plan.template)
    answers = [
        (said(question["label"]), written.get(question["key"], ""), page["key"])
        for page in pages
        for question in page["question"]
    ]
    titles = dict(rung_titles())
    places = [titles[one] for one in plan.source_order if one not in plan.ruled_out]
    context = {"plan": plan, "answers": answers, "wanted": queries.who_does_what(sight, plan), "places": places}
    return render(request, "planning/plans/check.html", context)
