"""My page and my plan: read it, print it, share parts of it and take them back, answer what is asked of me."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from alongside.ground.consent.actions import take_back as take_back_grant
from alongside.ground.consent.queries import Sight
from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor
from alongside.ground.notices.queries import messages as messages_of
from alongside.ground.panels.queries import show
from alongside.ground.people.doors import Request, public, resident
from alongside.ground.people.models import Party, PartyState
from alongside.ground.people.queries import parts_seen
from alongside.ground.records.models import Audience
from alongside.knowing.assets.queries import held_by
from alongside.knowing.contributions import actions as contributions
from alongside.knowing.contributions.models import Contribution
from alongside.knowing.contributions.policy import may_answer
from alongside.knowing.contributions.queries import asked_of, given_by
from alongside.knowing.contributions.queries import contribution as find_contribution
from alongside.knowing.networks import queries as networks
from alongside.knowing.networks.actions import read as read_network
from alongside.knowing.networks.queries import Picture
from alongside.knowing.outcomes.queries import wished_by
from alongside.planning.plans import actions, queries
from alongside.planning.plans.forms import ReplyForm, ShareForm
from alongside.planning.plans.making import mine, tried
from alongside.planning.plans.mixing import mix_of
from alongside.planning.plans.models import Plan


@public
@never_cache
@require_GET
def my_page(request: Request) -> HttpResponse:
    """Everything of mine in one place; for somebody new, the way to begin."""
    actor = request.actor
    me = actor.party
    if me is None:
        return render(request, "planning/plans/begin.html")
    plan = queries.plan_of(actor, me)
    held = list(held_by(actor, me))
    context = {
        "me": me,
        "plan": plan,
        "due": bool(plan and plan.review_on and plan.review_on <= timezone.localdate()),
        **_readers(actor, plan, 0 if actor.is_helping else 5),
        "asked": asked_of(actor),
        "given": given_by(actor),
        "offers": [asset for asset in held if asset.record.audience != Audience.ME],
        "kept": [asset for asset in held if asset.record.audience == Audience.ME],
        "wishes": wished_by(actor, me),
        "shared": queries.shared_with(actor),
        "notices": messages_of(actor).filter(seen_at=None)[:5],
        "panels": show("my_page", actor, me, request),
        "unclaimed": me.state == "provisional",
        "whole": "all" in parts_seen(actor),
    }
    return render(request, "planning/plans/my_page.html", context)


@resident
@never_cache
@require_GET
def plan(request: Request) -> HttpResponse:
    """My plan on one sheet; for somebody who has none yet, the way to begin."""
    try:
        actor, found, sight = mine(request)
    except Http404:
        return redirect("plans:my_page")
    context = _sheet(actor, found, sight)
    context |= {"mine": True, **_readers(actor, found, 10)}
    context["mix"] = mix_of(found, context["wanted"])
    context["picture"] = _picture(actor, found.record.owner)
    return render(request, "planning/plans/plan.html", context)


@resident
@never_cache
@require_GET
def shared(request: Request, key: UUID) -> HttpResponse:
    """Somebody else's plan, as far as they share it; that it was read is written down and shown to them."""
    actor = request.actor
    found = queries.plan(actor, key)
    if found is None:
        raise Http404
    if actor.party and found.record.owner_id == actor.party.pk:
        return redirect("plans:plan")
    try:
        sight = actions.read(by=actor, plan=found)
    except Refused:
        raise Http404 from None
    return render(request, "planning/plans/plan.html", _sheet(actor, found, sight) | {"mine": False})


def _readers(actor: Actor, found: Plan | None, most: int) -> dict[str, Any]:
    """Who may see a plan and who looked, and of them those whom its owner knows: only these by their whole name. A
    stranger's address stands with what they offer, and sharing with it must not tell more of them."""
    grants = queries.sharing(found) if found else []
    looks = queries.looks(found, most) if found and most else []
    near = queries.people_near(actor, found.record.owner) if found and (grants or looks) else []
    return {"grants": grants, "looks": looks, "near": near}


def _picture(actor: Actor, owner: Party) -> Picture | None:
    """Who is around the person: on their own sheet, never on what they share of it."""
    network = networks.network_of(actor, owner)
    try:
        return networks.picture(read_network(by=actor, network=network), network) if network else None
    except Refused:
        return None


def _sheet(actor: Actor, found: Plan, sight: Sight) -> dict[str, Any]:
    written = queries.answers(sight, found)
    have = [(words, written[key]) for key, words in queries.have_labels(found.template) if written.get(key)]
    wanted = queries.who_does_what(sight, found)
    return {
        "plan": found,
        "owner": found.record.owner,
        "matters": written.get("matters", ""),
        "have": have,
        "wrong": written.get("wrong", ""),
        "wanted": wanted,
        "people": queries.people_in(wanted),
        "today": timezone.localdate(),
    }


@resident
@never_cache
def share(request: Request) -> HttpResponse:
    """Let somebody see parts of my plan for a while."""
    actor, found, sight = mine(request)
    near = queries.people_near(actor, found.record.owner)
    form = ShareForm(found, near, queries.wanted(sight, found), request.POST or None)
    if request.method == "POST" and form.is_valid():
        given, key = form.cleaned_data, request.POST.get("key", "")
        until = timezone.now() + timedelta(days=int(given["until"]))
        chosen: dict[str, Any] = {"grantee": given["grantee"], "parts": given["parts"], "until": until, "key": key}
        if tried(form, lambda: actions.share(by=actor, plan=found, **chosen)):
            messages.success(request, _("%(who)s can see it now.") % {"who": given["grantee"].shown_name})
            return redirect("plans:plan")
    context = {"form": form, "plan": found, "unclaimed": found.record.owner.state == PartyState.PROVISIONAL}
    return render(request, "planning/plans/share.html", context)


@resident
@require_POST
def take_back(request: Request) -> HttpResponse:
    """From the next request they cannot see it any more."""
    actor, found, _sight = mine(request)
    grant = next((one for one in queries.sharing(found) if str(one.pk) == request.POST.get("grant")), None)
    if grant is not None:
        take_back_grant(by=actor, grant=grant, key=request.POST.get("key", ""))
    messages.success(request, _("You took it back. They can’t see it any more."))
    return redirect("plans:plan")


@resident
@never_cache
def asked(request: Request, key: UUID) -> HttpResponse:
    """What somebody asks of me: yes, not this time, or tell me more."""
    actor = request.actor
    found = find_contribution(actor, key)
    if found is None or not may_answer(by=actor, contribution=found):
        raise Http404
    form = ReplyForm(request.POST or None)
    answered = request.method == "POST" and form.is_valid()
    if answered and tried(form, lambda: _answer(request, actor, found, form.cleaned_data["reply"])):
        messages.success(request, _("Thank you. We have told them."))
        return redirect("plans:my_page")
    return render(request, "planning/plans/asked.html", {"it": found, "form": form})


def _answer(request: Request, actor: Actor, found: Contribution, reply: str) -> None:
    say, key = request.POST.get("say", ""), request.POST.get("key", "")
    if say == "more":
        contributions.ask_back(by=actor, contribution=found, words=reply, key=key)
    elif say in ("yes", "no"):
        contributions.answer(by=actor, contribution=found, yes=say == "yes", reply=reply, key=key)
    elif say == "stop":
        contributions.end(by=actor, contribution=found)
    elif say in ("rest", "on"):
        contributions.pause(by=actor, contribution=found, on=say == "rest")
    else:
        raise Fault("reply", _("Choose yes, not this time, or tell me more"))
