"""Those who look after a group say whether a card that speaks of it may show."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from alongside.ground.history.explaining import kept
from alongside.ground.pages.queries import party_page
from alongside.ground.people.doors import Request, careful
from alongside.ground.people.models import Party
from alongside.knowing.workshops import actions, queries

both = require_http_methods(["GET", "HEAD", "POST"])


@careful
@never_cache
@both
def asked(request: Request, key: UUID) -> HttpResponse:
    """The cards that speak of our group: one press each."""
    group = party_page(request.actor, str(key))
    if group is None or not queries.may_answer_group(request.actor, group):
        raise Http404
    form = Form(request.POST or None)
    if request.method == "POST" and _answered(request, group, form):
        return redirect("workshops:asked", key)
    rows = [(card, queries.sum_of([card])) for card in queries.asked_of(request.actor, group)]
    return render(request, "knowing/workshops/group.html", {"group": group, "rows": rows, "form": form})


def _answered(request: Request, group: Party, form: Form) -> bool:
    yes, post, form_is = request.POST.get("do") == "yes", request.POST, form.is_valid()
    card = next((one for one in queries.asked_of(request.actor, group) if str(one.key) == post.get("card")), None)
    if card is None or not form_is or post.get("do") not in ("yes", "no"):
        return True  # it was answered meanwhile: the page shows what still waits
    act, seen, once = actions.answer_for_group, post.get("seen"), post.get("key", "")
    kept(form, lambda: act(by=request.actor, group=group, card=card, yes=yes, seen=seen, key=once), refused=True)
    if not form.errors:
        done = _("It shows now, on the page of your group.") if yes else _("It is not shown. The card is wiped.")
        messages.success(request, done)
    return not form.errors
