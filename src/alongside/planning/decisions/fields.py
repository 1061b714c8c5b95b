"""Fields that the forms of a decision are made of: words, days, one of a few answers, and numbers as they are typed."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.ground.history.fields import Asked
from alongside.planning.decisions.wording import PPM, percent

TOO_LONG = _("That is too long to keep here. Use fewer letters.")
FIGURES = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,4})?")


def text(label: Any, hint: Any = "", *, most: int = 5_000, rows: int = 4, missing: Any = "") -> forms.CharField:
    """Words: required where `missing` says what to do about it."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    errors = {"required": missing, "max_length": TOO_LONG}
    return forms.CharField(
        label=label, help_text=hint, max_length=most, required=bool(missing), widget=widget, error_messages=errors
    )


def day(label: Any, hint: Any = "", *, missing: Any = "") -> forms.DateField:
    """A field for a day."""
    return forms.DateField(
        label=label,
        help_text=hint,
        required=bool(missing),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": missing, "invalid": _("Give a day, like 24 March 2027")},
    )


def choose(label: Any, choices: Any, hint: Any = "") -> forms.ChoiceField:
    """A field for one of a few answers."""
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the answers"), "invalid_choice": _("Choose one of the answers")},
    )


def number(label: Any, hint: Any = "", *, required: bool = True) -> forms.IntegerField:
    """A field for a whole number."""
    return forms.IntegerField(
        label=label,
        help_text=hint,
        required=required,
        error_messages={"required": _("Enter a number, like 2"), "invalid": _("Enter a number, like 2")},
    )


class AskedChoice(forms.ChoiceField):
    """A choice that is asked for; a row that is left out needs none."""

    def validate(self, value: str) -> None:
        if value:
            super().validate(value)


class AskedDay(forms.DateField):
    """A day that is asked for; a part without its days is left out."""

    def validate(self, value: Any) -> None:
        return None


class Percent(Asked):
    """A share in per cent as somebody types it, kept in parts of a million. None typed is none."""

    def prepare_value(self, value: Any) -> Any:
        return percent(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> int:
        typed = str(super().clean(value) or "0").strip().removesuffix("%").strip()
        try:
            if not FIGURES.fullmatch(typed):
                raise InvalidOperation
            return int(Decimal(typed) * PPM)
        except InvalidOperation:
            raise forms.ValidationError(_("Write a share in per cent, like 25 or 12.5")) from None
