"""Who has to do with an idea: who brings something to it, who would do it, and who stands to gain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.ground.people.models import Party
from alongside.planning.ideas.calling import CallingForm
from alongside.planning.ideas.fields import SIDES, line, tick
from alongside.planning.ideas.models import Brought


class BringForm(forms.Form):
    """What somebody would bring beside the cost."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=Brought.choices,
        widget=forms.RadioSelect(attrs={"class": "tiles--pairs"}),
        error_messages={"required": _("Choose what it is")},
    )
    brings = line(_("In a few words"), _("Like “Runs the phone on weekdays”"), most=160, missing=_("Write what it is"))
    hours = forms.FloatField(
        label=_("If it is time: how many hours a week?"),
        required=False,
        min_value=0.1,
        max_value=10_000,
        error_messages={"invalid": _("Enter hours a week, like 2"), "min_value": _("Enter hours a week, like 2")},
    )
    who = forms.ChoiceField(
        label=_("Who brings it?"), widget=forms.RadioSelect, error_messages={"required": _("Choose who brings it")}
    )

    def __init__(self, *args: Any, names: Sequence[Party], own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = {str(one.key): one for one in names}
        others = [(side, gettext("%(who)s (they have not said so yet)") % {"who": label}) for side, label in SIDES]
        field = self.fields["who"]
        assert isinstance(field, forms.ChoiceField)
        mine = [(str(one.key), gettext("I do") if one.is_person else one.name) for one in names]
        field.choices = [*mine, *(others if own else [])]

    def given(self) -> dict[str, Any]:
        """What was filled in, as the action takes it."""
        said = self.cleaned_data
        party = self.names.get(said["who"])
        minutes = round(said["hours"] * 60) if said.get("hours") else None
        side = "" if party is not None else said["who"]
        return {"kind": said["kind"], "words": said["brings"], "minutes_week": minutes, "party": party, "side": side}


class NamingForm(CallingForm):
    """One of one's own names, or, for those who run the decision, any group or organisation."""

    def __init__(self, *args: Any, names: Sequence[Party], runs: bool, nobody: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = {str(one.key): one for one in names}
        choices = [("nobody", nobody)] if nobody else []
        choices += [(str(one.key), gettext("Me") if one.is_person else one.name) for one in names]
        if runs:
            choices.append(("other", gettext("Another group or organisation")))
            self.ask_called(_("What is the other one called?"))
        self.fields["who"] = forms.ChoiceField(
            label=_("Who?"), choices=choices, widget=forms.RadioSelect, initial="nobody",
            error_messages={"required": _("Choose who")},
        )  # fmt: skip
        self.order_fields(["who", "called", "unpaid", "kind", "words"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        self.party = self.names.get(said.get("who", ""))
        if said.get("who") == "other":
            self.party = self.find_called()
        return said


class WhoForm(NamingForm):
    """Who would do it, and whether they would be paid."""

    unpaid = tick(_("They would do it unpaid"), _("Those who are paid for an idea have no vote on it."))

    def given(self) -> dict[str, Any]:
        """What was filled in, as the action takes it."""
        return {"run_by": self.party, "unpaid": self.cleaned_data["unpaid"]}


class GainForm(NamingForm):
    """What somebody has to do with an idea."""

    kind = forms.ChoiceField(
        label=_("What do you have to do with it?"),
        choices=[
            ("paid", _("Would be paid for it, so has no vote on it")),
            ("member", _("Belongs to an unpaid group that would do it, and may vote")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what they have to do with it")},
    )
    words = line(_("In a few words"), _("Like “We would write the app”"), most=300)

    def given(self) -> dict[str, Any]:
        """What was filled in, as the action takes it."""
        return {"party": self.party, "kind": self.cleaned_data["kind"], "words": self.cleaned_data["words"]}
