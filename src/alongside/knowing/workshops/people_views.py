"""The page of those who hold a workshop: who is asked, who types, how many there were, and when all is in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from alongside.ground.history.explaining import kept
from alongside.ground.people.doors import Request, careful
from alongside.ground.people.queries import person_at
from alongside.knowing.workshops import actions, forms, queries
from alongside.knowing.workshops.models import Workshop
from alongside.knowing.workshops.views import found

both = require_http_methods(["GET", "HEAD", "POST"])


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
        kept(form, lambda: _done(request, workshop, do, form.cleaned_data), refused=True)
        if not form.errors:
            return redirect("workshops:people", key)
    context = {
        "workshop": workshop, "forms": given, "form": form,
        "groups": queries.groups_of(sight, workshop),
        "guests": [(guest, queries.way_of(guest)) for guest in queries.guests(sight)],
        "typists": queries.typists(workshop),
        "leads": queries.may_lead(request.actor, workshop),
        "me": request.actor.person,
    }  # fmt: skip
    return render(request, "knowing/workshops/people.html", context)


def _done(request: Request, workshop: Workshop, do: str, given: dict[str, Any]) -> None:
    by, said = request.actor, _("That is done.")
    if do == "note":
        actions.note(by=by, workshop=workshop, **given)
    elif do == "let":
        actions.let_type(by=by, workshop=workshop, party=person_at(given["who"]))
    elif do.startswith("end "):
        for party in queries.typists(workshop):
            if str(party.key) == do.removeprefix("end "):
                actions.end_typing(by=by, workshop=workshop, party=party)
    elif do == "ask":
        many = actions.ask(by=by, workshop=workshop)
        said = _asked(many)
    elif do in ("close", "again"):
        actions.close(by=by, workshop=workshop, again=do == "again")
    messages.success(request, said)


def _asked(many: dict[str, int]) -> str:
    """Who was asked just now, and by what, in a sentence each."""
    n, letters, groups = many["email"] + many["text"], many["letter"], many["group"]
    said = [ngettext("%(n)s message is on its way.", "%(n)s messages are on their way.", n) % {"n": n}]
    if letters:
        words = ngettext("%(n)s letter waits to be printed.", "%(n)s letters wait to be printed.", letters)
        said.append(words % {"n": letters})
    if groups:
        said.append(ngettext("%(n)s group was asked.", "%(n)s groups were asked.", groups) % {"n": groups})
    return " ".join(said)
