"""How is it going: say it of each thing wanted, in one's own words; and what the plan said before."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from alongside.ground.people.doors import Request, resident
from alongside.planning.plans import actions, queries, versions
from alongside.planning.plans.forms import GoingForm
from alongside.planning.plans.making import mine, tried


@resident
@never_cache
def going(request: Request) -> HttpResponse:
    """One page for all that I want: how it is going, in my words, and when we look again."""
    actor, plan, sight = mine(request)
    wanted = queries.wanted(sight, plan)
    form = GoingForm(plan, wanted, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {"said": form.said(), "placed": form.placed(), "review_on": form.review_on()}
        key = request.POST.get("key", "")
        if tried(form, lambda: actions.say_how(by=actor, plan=plan, key=key, **given)):
            messages.success(request, _("Kept. Thank you for saying how it is going."))
            return redirect("plans:plan")
    rows = [(one, form.of(one)) for one in wanted]
    return render(request, "planning/plans/going.html", {"form": form, "wanted": rows, "plan": plan})


@resident
@never_cache
@require_GET
def before(request: Request) -> HttpResponse:
    """What my plan said each time I saved it."""
    _actor, plan, sight = mine(request)
    context = {"plan": plan, "versions": versions.before(sight, plan)}
    return render(request, "planning/plans/before.html", context)
