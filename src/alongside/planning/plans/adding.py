"""Put something found while looking around on one's own page: one question, what it is for."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from alongside.ground.people.doors import Request, known, public
from alongside.knowing.assets.queries import asset as find_asset
from alongside.knowing.outcomes.models import Outcome
from alongside.planning.plans import actions, queries
from alongside.planning.plans.making import tried

NEW = "new"


class AddForm(forms.Form):
    """Which of the things wanted it helps, or a new one in one's own words."""

    outcome = forms.ChoiceField(label=_("Which of these does it help?"), widget=forms.RadioSelect, required=False)
    words = forms.CharField(
        label=_("Something new I want"),
        help_text=_("In your own words, like “I want to sing again”."),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        max_length=20_000,
    )

    def __init__(self, outcomes: list[Outcome], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not outcomes:
            del self.fields["outcome"]
            self.fields["words"].label = _("What do you want it for?")
            self.fields["words"].required = True
            self.fields["words"].error_messages["required"] = _("Write what you want it for, in a few words")
            return
        field = self.fields["outcome"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*((str(one.record.key), one.words) for one in outcomes), (NEW, _("Something new"))]


@public
@never_cache
def add(request: Request, key: UUID) -> HttpResponse:
    """Choose what it is for. The first saving opens a page of one's own on this device."""
    actor = request.actor
    asset = find_asset(actor, key)
    if asset is None:
        raise Http404
    plan = queries.plan_of(actor, actor.party) if actor.party else None
    outcomes = queries.wanted(actions.read(by=actor, plan=plan), plan) if plan else []
    form = AddForm(outcomes, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and tried(form, lambda: _take_up(request, form, key, outcomes)):
        return redirect("plans:who")
    return render(request, "planning/plans/add.html", {"form": form, "asset": asset})


def _take_up(request: Request, form: AddForm, key: UUID, outcomes: list[Outcome]) -> None:
    actor = known(request)
    once = request.POST.get("key", "")
    asset = find_asset(actor, key)
    assert asset is not None
    plan = queries.plan_of(actor, actor.me) or actions.start(by=actor, owner=actor.me, key=once)
    chosen = next((one for one in outcomes if str(one.record.key) == form.cleaned_data.get("outcome")), None)
    actions.take_up(
        by=actor,
        plan=plan,
        asset=asset,
        outcome=chosen,
        words=form.cleaned_data["words"],
        key=once,
    )
