"""What a steward says when words are not shown."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class TurnBackForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it is not shown"),
        help_text=_("The person reads these words. Say what they could change."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write a reason. The person will read it.")},
    )
