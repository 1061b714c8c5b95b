"""Pages of what gets in the way: the list, one of them with its answers, and the form. No account needed to say it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor
from alongside.ground.history.explaining import explain
from alongside.ground.pages.queries import party_page
from alongside.ground.people.doors import Request, known, public, resident
from alongside.ground.people.models import Party
from alongside.knowing.assets.models import Asset
from alongside.knowing.assets.queries import asset as find_asset
from alongside.knowing.barriers import actions, policy, queries
from alongside.knowing.barriers.forms import AnswerForm, CloseForm, SayForm
from alongside.knowing.barriers.models import Barrier
from alongside.knowing.outcomes.queries import domain_choices

TOO_NUMBER = 15  # digits of a row's number that any database can compare


def found(viewer: Actor, key: UUID) -> Barrier:
    barrier = queries.barrier(viewer, key)
    if barrier is None:
        raise Http404
    return barrier


@public
@never_cache
@require_safe
def listing(request: Request) -> HttpResponse:
    """What gets in the way here: what waits, what was answered, what is put right."""
    viewer = request.actor
    if queries.untold().exists():  # whoever only reads the list leaves nothing behind
        actions.tell_due(by=Actor.system("barriers"))
    which = request.GET.get("show", "open")
    which = which if which in queries.LISTS else "open"
    before = request.GET.get("before", "")
    start = int(before) if before.isdecimal() and len(before) < TOO_NUMBER else None
    listed = queries.listed(viewer, which, start)
    late = queries.waiting_long(viewer) if which == "open" and start is None else []
    apart = {one.pk for one in late}
    rest = [one for one in listed if one.pk not in apart]
    following = listed[-1].pk if len(listed) == queries.PAGE else None
    many = queries.how_many(viewer)
    context = {"barriers": rest, "late": late, "which": which, "many": many, "next": following}
    return render(request, "knowing/barriers/list.html", context)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def say(request: Request) -> HttpResponse:
    """Write what gets in the way, at a thing, with a group or organisation, or at a place in words."""
    asset, holder = _about(request)
    form = SayForm(request.POST or None, somewhere=bool(asset or holder), initial={"place": _place(request)})
    if request.method == "POST" and form.is_valid():
        try:
            barrier = _keep(request, form, asset, holder)
        except (Fault, Refused) as fault:
            explain(form, fault)
        else:
            messages.success(request, _("Thank you. It is written down."))
            return redirect("barriers:one", barrier.record.key) if barrier else redirect("barriers:list")
    context = {"form": form, "asset": asset, "holder": holder, "rights": queries.rights_beside()}
    return render(request, "knowing/barriers/say.html", context)


def _keep(request: Request, form: SayForm, asset: Asset | None, holder: Party | None) -> Barrier | None:
    actor = known(request)
    key = request.POST.get("key", "")
    return actions.say(by=actor, owner=actor.me, asset=asset, holder=holder, key=key, **form.cleaned_data)


def _about(request: Request) -> tuple[Asset | None, Party | None]:
    """The thing or the holder that the address names; not found where this viewer may not see it."""
    viewer = request.actor
    asset_key, holder_key = request.GET.get("at", ""), request.GET.get("with", "")
    asset = find_asset(viewer, _uuid(asset_key)) if asset_key else None
    holder = party_page(viewer, str(_uuid(holder_key))) if holder_key else None
    if (asset_key and asset is None) or (holder_key and (holder is None or not policy.is_public_face(holder))):
        raise Http404
    return asset, holder


def _place(request: Request) -> str:
    return request.GET.get("place", "").replace("\x00", "")[:200]


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


@public
@never_cache
@require_safe
def one(request: Request, key: UUID) -> HttpResponse:
    """One barrier, with every answer in its order, and what this viewer can do."""
    viewer = request.actor
    return _shown(request, found(viewer, key), AnswerForm())


def _shown(request: Request, barrier: Barrier, form: AnswerForm) -> HttpResponse:
    viewer = request.actor
    context = {
        "barrier": barrier,
        "record": barrier.record,
        "too": queries.too(barrier),
        "says_too": queries.says_too(viewer, barrier),
        "may_join": viewer.party is None or policy.may_join(by=viewer, barrier=barrier),
        "form": form if policy.may_answer(by=viewer, barrier=barrier) else None,
        "closing": CloseForm() if policy.may_close(by=viewer, barrier=barrier) else None,
        "ours": queries.may_take_on(viewer, barrier),
        "rights": queries.rights_beside(),
    }
    return render(request, "knowing/barriers/one.html", context)


@public
@require_POST
def too(request: Request, key: UUID) -> HttpResponse:
    """It stops me too, or not any more. The first press opens a page of one's own on this device."""
    barrier = found(request.actor, key)
    act = actions.not_too if request.POST.get("do") == "back" else actions.too
    act(by=known(request), barrier=barrier, key=request.POST.get("key", ""))
    messages.success(request, _("Thank you. Nobody is shown that it was you."))
    return redirect("barriers:one", key)


@resident
@require_POST
def answer(request: Request, key: UUID) -> HttpResponse:
    """An answer in public. What cannot be taken is said on the same page, with what was typed."""
    viewer = request.actor
    barrier, form = found(viewer, key), AnswerForm(request.POST)
    if form.is_valid():
        try:
            actions.answer(by=viewer, barrier=barrier, key=request.POST.get("key", ""), **form.cleaned_data)
        except Fault as fault:
            explain(form, fault)
        else:
            messages.success(request, _("Your answer is there for everyone to read."))
            return redirect("barriers:one", key)
    return _shown(request, barrier, form)


@resident
@require_POST
def take_on(request: Request, key: UUID) -> HttpResponse:
    """A group or organisation of mine says that this is theirs to answer."""
    viewer = request.actor
    barrier = found(viewer, key)
    ours = {str(party.key): party for party in queries.may_take_on(viewer, barrier)}
    holder = ours.get(request.POST.get("holder", ""))
    if holder is None:
        raise Http404
    actions.take_on(by=viewer, barrier=barrier, holder=holder, key=request.POST.get("key", ""))
    return redirect("barriers:one", key)


@resident
@require_POST
def close(request: Request, key: UUID) -> HttpResponse:
    """Whoever wrote it: it is put right, it is not yet, or I take it back."""
    viewer = request.actor
    barrier, do = found(viewer, key), request.POST.get("do", "")
    given: dict[str, Any] = {"by": viewer, "barrier": barrier, "key": request.POST.get("key", "")}
    words = request.POST.get("words", "")[:5_000]
    if do == "not_yet":
        actions.not_yet(words=words, **given)
    else:
        actions.close(put_right=do == "right", words=words, **given)
    if do == "back":
        messages.success(request, _("You took it back. Nobody sees it any more."))
        return redirect("barriers:list")
    return redirect("barriers:one", key)


@public
@require_safe
def rights(request: Request) -> HttpResponse:
    """Plain notes on rights, all or for one part of life, with where to turn."""
    choices = dict(domain_choices())
    domain = request.GET.get("matters", "") if request.GET.get("matters") in choices else ""
    context = {"rights": queries.rights(domain), "choices": choices, "domain": domain, "part": choices.get(domain, "")}
    return render(request, "knowing/barriers/rights.html", context)
