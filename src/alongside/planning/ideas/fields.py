"""Fields that the forms of ideas and of the talk about them are made of, each with what to do where it is wrong."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.planning.decisions.models import Side

LONG = _("Use fewer letters")
SIDES = [
    (Side.PEOPLE, _("A person, or neighbours")),
    (Side.COMMUNITIES, _("A community or group")),
    (Side.COMMISSIONERS, _("A council or the NHS")),
    (Side.SUPPLIERS, _("An organisation that is paid")),
]


def text(label: Any, hint: Any = "", *, rows: int = 3, most: int = 5_000, missing: Any = "") -> forms.CharField:
    """A field for a few sentences."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(missing),
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing, "max_length": LONG},
    )


def line(label: Any, hint: Any = "", *, most: int = 200, missing: Any = "") -> forms.CharField:
    """A field for a few words."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(missing),
        max_length=most,
        error_messages={"required": missing, "max_length": LONG},
    )


def tick(label: Any, hint: Any = "") -> forms.BooleanField:
    """A field for a yes."""
    return forms.BooleanField(label=label, help_text=hint, required=False)
