"""What is printed for a workshop, letters for its guests, and the page on which the room asks: what now?"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from alongside.ground.history.explaining import kept
from alongside.ground.people.doors import Request, careful
from alongside.ground.people.language import known_language, page_language
from alongside.knowing.workshops import actions, drawing, forms, queries, showing
from alongside.knowing.workshops.guessing import CAN, LOVE, MORE, MOST, PLACES
from alongside.knowing.workshops.models import Workshop
from alongside.knowing.workshops.views import found

EACH = 4  # cards of each sort for a table: two sheets of paper
ASKS = {
    LOVE: (_("What I love"), _("One thing that you love to do.")),
    CAN: (_("What I can do or lend"), _("One thing. What is ordinary to you is new to somebody else: jam, a ladder.")),
    PLACES: (_("A place or a group I know"), _("One place or group here that you use or like, and where it is.")),
    MORE: (_("What I would like more of"), _("One thing, for you or for this place.")),
}
both = require_http_methods(["GET", "HEAD", "POST"])


@careful
@never_cache
@require_safe
def sheets(request: Request, key: UUID) -> HttpResponse:
    """Cards, sheets for tables and a map for the wall, in the language that is asked for."""
    workshop, _sight = found(request, key)
    what = request.GET.get("what", "cards")
    lang = known_language(request.GET.get("lang", "")) if request.GET.get("lang") else page_language()
    context: dict[str, Any] = {
        "workshop": workshop,
        "what": what,
        "paper": lang,
        "tables": range(1, workshop.tables + 1),
    }
    context |= {"large_print": "large" in request.GET}
    with override(lang):
        if what == "cards":
            context["piles"] = _piles(workshop)
        elif what == "map":
            context["map"] = drawing.wall_map(workshop)
        return render(request, "knowing/workshops/print.html", context)


def _piles(workshop: Workshop) -> list[tuple[int, list[dict[str, Any]]]]:
    """For each table its cards, every one with a code that no other card has."""
    page = settings.PUBLIC_URL + reverse("workshops:typing", args=[workshop.record.key])
    piles = []
    for table in range(1, min(workshop.tables, MOST // EACH) + 1):
        codes = [(letter, f"{letter}{(table - 1) * EACH + n}") for letter in ASKS for n in range(1, EACH + 1)]
        cards = [
            {"code": code, "asks": ASKS[letter][0], "hint": ASKS[letter][1], "more": letter == MORE,
             "place": letter == PLACES, "address": f"{page}?code={code}"}
            for letter, code in codes
        ]  # fmt: skip
        piles.append((table, cards))
    return piles


@careful
@never_cache
@require_safe
def letters(request: Request, key: UUID) -> HttpResponse:
    """Letters to guests who were asked and are reached by neither e-mail nor text; for whoever holds the workshop,
    since the link on a letter answers for the guest."""
    workshop, sight = found(request, key)
    if not queries.may_lead(request.actor, workshop):
        raise Http404
    rows = queries.letters(sight, request.actor)
    days = queries.MAY_DISPUTE.days
    return render(request, "knowing/workshops/letters.html", {"workshop": workshop, "letters": rows, "days": days})


@careful
@never_cache
@both
def together(request: Request, key: UUID) -> HttpResponse:
    """What we have, what we wish, and three columns that the room fills."""
    workshop, sight = found(request, key)
    by, do = request.actor, request.POST.get("do", "write")
    form = forms.StepForm(request.POST if request.method == "POST" and do == "write" else None)
    if request.method == "POST" and do != "write":
        actions.drop_step(by=by, workshop=workshop, step=do) if queries.is_key(do) else None
        return redirect("workshops:together", key)
    if request.method == "POST" and form.is_valid():
        once, given = request.POST.get("key", ""), form.cleaned_data
        kept(form, lambda: actions.write_step(by=by, workshop=workshop, key=once, **given), refused=True)
        if not form.errors:
            return redirect("workshops:together", key)
    context = {"workshop": workshop, "form": form, "room": showing.together(sight, workshop)}
    return render(request, "knowing/workshops/together.html", context)
