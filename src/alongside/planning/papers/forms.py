"""Forms of paper: how many to print, a slip that came back, and a paper to read in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.planning.ballots.forms import OptionsForm
from alongside.planning.decisions.models import DecisionGroup, Terms
from alongside.planning.ideas.models import Option

PLAIN = {"autocomplete": "off", "spellcheck": "false"}
MOST = 5_000
STYLES = [
    ("plain", _("As usual")),
    ("large", _("Large print")),
    ("easy", _("Easy Read: one idea at a time, in short words")),
]


class PrintForm(forms.Form):
    """For which group, and how it looks; how many only where people come in by codes, for else the list says it."""

    group = forms.ChoiceField(
        label=_("For which group"), widget=forms.RadioSelect, error_messages={"required": _("Choose a group")}
    )
    how_many = forms.IntegerField(
        label=_("How many"),
        min_value=1,
        max_value=MOST,
        error_messages={
            "required": _("Say how many"),
            "invalid": _("Write a number"),
            "min_value": _("Choose from 1 to 5,000"),
            "max_value": _("Choose from 1 to 5,000"),
        },
    )
    anew = forms.BooleanField(
        label=_("Print all anew"),
        help_text=_("Also for those who have a slip. Slips from before stop working."),
        required=False,
    )
    style = forms.ChoiceField(label=_("How they look"), choices=STYLES, initial="plain", widget=forms.RadioSelect)

    def __init__(self, groups: Sequence[DecisionGroup], *given: Any, by_name: bool = False, **more: Any) -> None:
        super().__init__(*given, **more)
        del self.fields["how_many" if by_name else "anew"]
        self.groups = {group.key: group for group in groups}
        self.fields["group"].choices = [(group.key, group.name) for group in groups]  # type: ignore[attr-defined]

    def clean_group(self) -> DecisionGroup:
        return self.groups[self.cleaned_data["group"]]


class SlipForm(forms.Form):
    code = forms.CharField(
        label=_("The code on the slip"),
        max_length=60,
        widget=forms.TextInput(attrs={**PLAIN, "autocapitalize": "characters", "class": "govuk-input--width-20"}),
        error_messages={"required": _("Write the code"), "max_length": _("A code has 8 letters and figures")},
    )


class KeyForm(OptionsForm):
    number = forms.CharField(
        label=_("The words and number on the paper"),
        help_text=_("A word, a number and a word, such as heron 42 plum"),
        max_length=200,
        widget=forms.TextInput(attrs={**PLAIN, "autocapitalize": "none"}),
        error_messages={"required": _("Write the number of the paper"), "max_length": _("Use 200 letters or fewer")},
    )
    spoilt = forms.BooleanField(label=_("Nobody can tell what was meant"), required=False)

    def __init__(self, terms: Terms, options: Sequence[Option], data: Any = None) -> None:
        super().__init__(terms, options, (), data)

    def clean(self) -> dict[str, Any]:
        """A paper that nobody can read need not add up."""
        return self.cleaned_data if self.cleaned_data.get("spoilt") else super().clean()
