"""Pages of those who hold a workshop and type in its cards."""

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
from django.views.decorators.http import require_http_methods

from alongside.ground.consent.actions import look
from alongside.ground.consent.queries import Sight
from alongside.ground.history.explaining import kept
from alongside.ground.pages.queries import party_page
from alongside.ground.people.doors import Request, careful
from alongside.knowing.workshops import actions, forms, queries
from alongside.knowing.workshops.guessing import plain_code
from alongside.knowing.workshops.models import Card, CardState, Whose, Workshop

both = require_http_methods(["GET", "HEAD", "POST"])
WHY = gettext_lazy("Typing in the cards of a workshop")


def found(request: Request, key: UUID) -> tuple[Workshop, Sight]:
    """The workshop, with the look at its cards written down; nothing for anybody else."""
    workshop = queries.workshop(request.actor, key)
    if workshop is None:
        raise Http404
    sight = look(by=request.actor, record=workshop.record, parts=[queries.CARDS], purpose=str(WHY))
    return workshop, sight


@careful
@never_cache
@both
def all_of(request: Request, key: UUID) -> HttpResponse:
    """Workshops of a community, and a new one."""
    by, community = request.actor, party_page(request.actor, str(key))
    if community is None or not queries.may_hold(by, community):
        raise Http404
    form = forms.OpenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given, once = form.cleaned_data, request.POST.get("key", "")
        made = kept(form, lambda: actions.open_workshop(by=by, community=community, key=once, **given), refused=True)
        if made is not None:
            return redirect("workshops:typing", made.record.key)
    context = {"community": community, "form": form, "there": queries.workshops(by, community)}
    return render(request, "knowing/workshops/all.html", context)


@careful
@never_cache
@both
@sensitive_post_parameters()
def typing(request: Request, key: UUID) -> HttpResponse:
    """One card after the other: Enter saves, and the page stands ready for the next."""
    workshop, sight = found(request, key)
    last = queries.card(sight, request.GET["card"]) if queries.is_key(request.GET.get("card", "")) else None
    form = forms.CardForm(request.POST or None, initial=_ready(request, sight, last))
    if request.method == "POST" and form.is_valid():
        by, once, given = request.actor, request.POST.get("key", ""), form.cleaned_data
        made = kept(form, lambda: actions.type_card(by=by, workshop=workshop, key=once, **given), refused=True)
        if not form.errors:
            after = f"?card={made.key}" if made is not None else ""
            return redirect(f"{request.path}{after}")
    context = {
        "workshop": workshop,
        "form": form,
        "last": last,
        "likely": queries.likely_here(sight, last) if last is not None else [],
        "cards": queries.cards(sight),
        "names": queries.names(sight),
    }
    return render(request, "knowing/workshops/typing.html", context)


def _ready(request: Request, sight: Sight, last: Card | None) -> dict[str, Any]:
    """What the form starts from: the next code, or that of a card's own square, and whose the card before was."""
    code = plain_code(request.GET.get("code", "")) or queries.next_code(sight, request.actor.me)
    if last is None:
        return {"code": code, "whose": Whose.PERSON}
    guest = last.guest
    name, reach = (guest.name, guest.reach) if guest else (last.about, "")
    return {"code": code, "table": last.table, "whose": last.whose, "name": name, "reach": reach}


@careful
@never_cache
@both
@sensitive_post_parameters()
def mend(request: Request, key: UUID, card: UUID) -> HttpResponse:
    """Put a card right, take it out, or put a place or a group on the map."""
    workshop, sight = found(request, key)
    one = queries.card(sight, card)
    if one is None:
        raise Http404
    form = forms.MendForm(one.whose, request.POST or None, initial=forms.MendForm.of(one))
    if request.method == "POST" and _mended(request, one, form):
        return redirect("workshops:typing", key)
    context = {
        "workshop": workshop,
        "card": one,
        "form": form,
        "leads": queries.may_lead(request.actor, workshop),
        "mends": queries.may_mend(request.actor, one),
        "asked_first": queries.asked_first(one),
        "near": queries.near_groups(request.actor, one),
        "likely": queries.likely_here(sight, one),
    }
    return render(request, "knowing/workshops/mend.html", context)


def _mended(request: Request, card: Card, form: forms.MendForm) -> bool:
    by, do, was = request.actor, request.POST.get("do", "mend"), request.POST.get("was")
    if not form.is_valid():
        if do == "mend":
            return False
        form.errors.clear()  # what was typed does not count for the other buttons
    group = next((one for one in queries.near_groups(by, card) if do == f"group {one.key}"), card.workshop.record.owner)
    acts = {
        "mend": lambda: actions.mend(by=by, card=card, was=was, **form.cleaned_data),
        "out": lambda: actions.take_out(by=by, card=card),
        "put": lambda: actions.put_on_map(by=by, card=card),
        f"group {group.key}": lambda: actions.name_group(by=by, card=card, group=group),
    }
    if do not in acts or kept(form, acts[do], refused=True) is None:
        return False
    waits = do == "put" and card.state == CardState.TYPED
    messages.success(request, _("Those who look after it are asked first.") if waits else _("That is done."))
    return True
