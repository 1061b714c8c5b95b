"""Forms of the roll: a code, a neighbour's name, a list, and codes to print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.planning.decisions.models import DecisionGroup
from alongside.planning.rolls.actions import MOST_CODES
from alongside.planning.rolls.lists import MOST_BYTES

PLAIN = {"autocomplete": "off", "spellcheck": "false"}


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("The code from your letter"),
        help_text=_("8 letters and figures, such as K7QM-3PXD"),
        max_length=60,
        widget=forms.TextInput(attrs={**PLAIN, "autocapitalize": "characters", "class": "govuk-input--width-20"}),
        error_messages={"required": _("Write the code"), "max_length": _("A code has 8 letters and figures")},
    )


class VouchForm(forms.Form):
    name = forms.CharField(
        label=_("Your neighbour’s name"),
        max_length=120,
        error_messages={"required": _("Write your neighbour’s name"), "max_length": _("Use 120 letters or fewer")},
    )
    sure = forms.BooleanField(
        label=_("I know them, and they belong here"),
        error_messages={"required": _("Vouch only for somebody you know")},
    )


class _OfGroup(forms.Form):
    group = forms.ChoiceField(
        label=_("Their group"), widget=forms.RadioSelect, error_messages={"required": _("Choose a group")}
    )

    def __init__(self, groups: Sequence[DecisionGroup], *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.groups = {group.key: group for group in groups}
        self.fields["group"].choices = [(group.key, group.name) for group in groups]  # type: ignore[attr-defined]

    def clean_group(self) -> DecisionGroup:
        return self.groups[self.cleaned_data["group"]]


class CodesForm(_OfGroup):
    how_many = forms.IntegerField(
        label=_("How many"),
        min_value=1,
        max_value=MOST_CODES,
        error_messages={
            "required": _("Say how many"),
            "invalid": _("Write a number"),
            "min_value": _("Choose from 1 to 5,000"),
            "max_value": _("Choose from 1 to 5,000"),
        },
    )
    large = forms.BooleanField(label=_("In large print"), required=False)


class ListForm(_OfGroup):
    names = forms.CharField(
        label=_("Names, each on its own line"),
        help_text=_(
            "Have they a page here? Ask them, and write its address after a comma: then they have one place, on a"
            " screen or on paper. Organisations need their page."
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    file = forms.FileField(
        label=_("Or a sheet with a column “name”"), help_text=_("A CSV file, at most 1 MB"), required=False
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        file = given.get("file")
        if file is not None and file.size > MOST_BYTES:
            self.add_error("file", _("This file is larger than 1 MB. Cut it in two."))
        elif not file and not given.get("names", "").strip():
            self.add_error("names", _("Write at least one name, or choose a sheet"))
        return given


class ApartForm(forms.Form):
    name = forms.CharField(
        label=_("The name, as it stands on the list"),
        max_length=120,
        error_messages={"required": _("Write the name"), "max_length": _("Use 120 letters or fewer")},
    )


class KnownForm(forms.Form):
    name = forms.CharField(
        label=_("The name of somebody you know"),
        help_text=_("As it stands on their page. They have said that they are one of you."),
        max_length=120,
        error_messages={"required": _("Write their name"), "max_length": _("Use 120 letters or fewer")},
    )


class TakeBackForm(forms.Form):
    batch = forms.CharField(max_length=24)
    reason = forms.CharField(
        label=_("Why they are taken back"),
        max_length=300,
        error_messages={"required": _("Write why"), "max_length": _("Use 300 letters or fewer")},
    )
