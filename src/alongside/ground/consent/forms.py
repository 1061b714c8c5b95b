"""Why a steward needs to see more than members see."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("I need to see this because"),
        help_text=_("The person it belongs to reads your name and these words at once."),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Say why you need to see it, in a few words"),
            "max_length": _("Use 200 letters or fewer"),
        },
    )
