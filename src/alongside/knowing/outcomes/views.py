"""Wish for something that is not found yet. No account needed."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.explaining import explain
from alongside.ground.people.doors import Request, known, public, resident
from alongside.knowing.outcomes import actions, policy, queries
from alongside.knowing.outcomes.forms import WishForm


@public
@never_cache
def wish(request: Request) -> HttpResponse:
    """Write a wish; the first saving opens a page of one's own on this device."""
    start = {"words": request.GET.get("words", "")[:300], "domain": request.GET.get("domain", "")}
    form = WishForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            _keep(request, form)
        except (Fault, Refused) as problem:
            explain(form, problem)
        else:
            messages.success(request, _("Your wish is kept on your page."))
            return redirect("/my-page/")
    return render(request, "knowing/outcomes/wish.html", {"form": form})


def _keep(request: Request, form: WishForm) -> None:
    actor = known(request)
    key = request.POST.get("key", "")
    outcome = _uuid(request.GET.get("for", ""))
    actions.wish(
        by=actor,
        owner=actor.me,
        outcome=queries.outcome(actor, outcome) if outcome else None,
        key=key,
        **form.cleaned_data,
    )


@public
@require_safe
def not_found_yet(request: Request) -> HttpResponse:
    """What people wish for that is not here yet: a plain list that any person, group or business may answer."""
    viewer = request.actor
    choices = dict(queries.domain_choices())
    domain = request.GET.get("matters", "") if request.GET.get("matters") in choices else ""
    before = request.GET.get("before", "")
    listed = queries.not_found_yet(viewer, domain, int(before) if before.isdecimal() and len(before) < 15 else None)
    following = listed[-1].pk if len(listed) == 20 else None
    part = choices.get(domain, "")
    context = {"wishes": listed, "next": following, "choices": choices, "domain": domain, "part": part}
    return render(request, "knowing/outcomes/not_found_yet.html", context)


@public
@require_safe
def one_wish(request: Request, key: UUID) -> HttpResponse:
    """One wish, without a name, and how to answer it."""
    viewer = request.actor
    wish = queries.wish(viewer, key)
    if wish is None:
        raise Http404
    context = {"wish": wish, "part": queries.domain_label(wish.domain), "mine": wish.record.owner == viewer.party}
    return render(request, "knowing/outcomes/one_wish.html", context)


@public
@require_POST
def could(request: Request, key: UUID) -> HttpResponse:
    """We could do this: who wished it hears so, and an offer begins with their words in it."""
    viewer = request.actor
    wish = queries.wish(viewer, key)
    if wish is None:
        raise Http404
    if policy.may_answer_wish(by=viewer, wish=wish):
        actions.could(by=viewer, wish=wish, key=f"could {key}")
        messages.success(request, _("They are told that somebody may have it. No name was given."))
    title = " ".join(wish.words.split())[:120]
    return redirect(f"{reverse('assets:offer')}?{urlencode({'title': title})}")


@resident
@require_POST
def settle(request: Request, key: UUID) -> HttpResponse:
    """It came true, or is not wanted any more."""
    actor = request.actor
    own = queries.wishes(actor).filter(record__owner=actor.party)
    wish, met = get_object_or_404(own, record__key=key), request.POST.get("met") == "yes"
    actions.settle_wish(by=actor, wish=wish, met=met, key=request.POST.get("key", ""))
    return redirect("/my-page/")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
