"""Pages of those who hold a workshop and type in its cards."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from alongside.ground.consent.actions import look
from alongside.ground.consent.queries import Sight
from alongside.ground.history.explaining import kept
from alongside.ground.pages.queries import party_page
from alongside.ground.people.doors import Request, careful
from alongside.ground.people.queries import person_at
from alongside.knowing.workshops import actions, forms, queries
from alongside.knowing.workshops.models import Card, Whose, Workshop

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
        "names": sorted({guest.name for guest in queries.guests(sight)}),
    }
    return render(request, "knowing/workshops/typing.html", context)


def _ready(request: Request, sight: Sight, last: Card | None) -> dict[str, Any]:
    """What the form starts from: the next code, or that of a card's own square, and whose the card before was."""
    code = request.GET.get("code", "")[:6] or queries.next_code(sight, request.actor.me)
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
    by, do = request.actor, request.POST.get("do", "mend")
    form = forms.MendForm(request.POST or None, initial=forms.MendForm.of(one))
    if request.method == "POST" and (do != "mend" or form.is_valid()):
        acts = {
            "mend": lambda: actions.mend(by=by, card=one, **form.cleaned_data),
            "out": lambda: actions.take_out(by=by, card=one),
            "put": lambda: actions.put_on_map(by=by, card=one),
        }
        form.is_valid()
        if kept(form, acts.get(do, acts["mend"]), refused=True) is not None:
            messages.success(request, _("That is done."))
            return redirect("workshops:typing", key)
    context = {"workshop": workshop, "card": one, "form": form, "leads": queries.may_lead(by, workshop)}
    return render(request, "knowing/workshops/mend.html", context | {"likely": queries.likely_here(sight, one)})


@careful
@never_cache
@both
def people(request: Request, key: UUID) -> HttpResponse:
    """Who is asked, who may type, how many were there, and when all is in."""
    workshop, sight = found(request, key)
    do = request.POST.get("do", "") if request.method == "POST" else ""
    given = {
        "note": forms.RoomForm(
            request.POST if do == "note" else None, initial={"tables": workshop.tables, "in_room": workshop.in_room}
        ),
        "let": forms.WhoForm(request.POST if do == "let" else None),
    }
    form: Any = given.get(do, given["note"] if not do else forms.RoomForm({"tables": 1, "in_room": 0}))
    if do and form.is_valid():
        kept(form, lambda: _done(request, workshop, sight, do, form.cleaned_data), refused=True)
        if not form.errors:
            return redirect("workshops:people", key)
    context = {
        "workshop": workshop,
        "forms": given,
        "form": form,
        "guests": [(guest, queries.way_of(guest)) for guest in queries.guests(sight)],
        "typists": queries.typists(workshop),
        "leads": queries.may_lead(request.actor, workshop),
        "me": request.actor.person,
    }
    return render(request, "knowing/workshops/people.html", context)


def _done(request: Request, workshop: Workshop, sight: Sight, do: str, given: dict[str, Any]) -> None:
    by, said = request.actor, _("That is done.")
    if do == "note":
        actions.note(by=by, workshop=workshop, **given)
    elif do == "let":
        actions.let_type(by=by, workshop=workshop, party=person_at(given["who"]))
    elif do.startswith("end "):
        for party in queries.typists(workshop):
            if str(party.key) == do.removeprefix("end "):
                actions.end_typing(by=by, workshop=workshop, party=party)
    elif do.startswith("forget "):
        guest = queries.guest(sight, do.removeprefix("forget "))
        if guest is not None:
            actions.forget_guest(by=by, guest=guest)
    elif do == "ask":
        many = actions.ask(by=by, workshop=workshop)
        n = many["email"] + many["text"]
        said = ngettext("%(n)s message is on its way.", "%(n)s messages are on their way.", n) % {"n": n}
    elif do in ("close", "again"):
        actions.close(by=by, workshop=workshop, again=do == "again")
    messages.success(request, said)
