"""Somebody on the rings as a form: a name, how close, what they are and help with, how often, whom they know."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.ground.people.models import Kind
from alongside.knowing.networks.models import Help, Near, Often, Ring


class NearForm(forms.Form):
    """`others` are those already there, of whom this one may know some."""

    name = forms.CharField(
        label=_("What do you call them?"),
        help_text=_("A first name, or one you make up. A group or a place with people in it counts too."),
        error_messages={"required": _("Write a name. A first name or a made-up one will do.")},
        max_length=80,
    )
    ring = forms.TypedChoiceField(
        label=_("How close are they to you?"),
        choices=Ring.choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how close they are to you")},
    )
    kind = forms.ChoiceField(
        label=_("Who are they?"), choices=Kind.choices, initial=Kind.PERSON, widget=forms.RadioSelect, required=False
    )
    words = forms.CharField(
        label=_("A few words about them"),
        help_text=_("Like “my daughter, rings on Sundays”, or “the choir, on Thursdays”"),
        required=False,
        max_length=200,
    )
    helps = forms.MultipleChoiceField(
        label=_("What do they help you with?"),
        help_text=_("Tick what is so. None is fine."),
        choices=Help.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    often = forms.ChoiceField(
        label=_("How often are you in touch?"),
        choices=[*Often.choices, ("", _("I would rather not say"))],
        required=False,
        widget=forms.RadioSelect,
    )
    knows = forms.MultipleChoiceField(
        label=_("Whom of the others do they know?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, others: Sequence[Near], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if others:
            field = self.fields["knows"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [(str(one.key), one.name) for one in others]
        else:
            del self.fields["knows"]

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or Kind.PERSON
