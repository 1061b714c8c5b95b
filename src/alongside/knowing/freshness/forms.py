"""The code of a letter, or a text as it came, typed in by a helper."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class CodeForm(forms.Form):
    words = forms.CharField(
        label=_("The code in the letter, or the text as it came"),
        help_text=_("Like: 482 137, or YES 482 137."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-20"}),
        error_messages={
            "required": _("Enter the six figures, like 482 137"),
            "max_length": _("Enter the six figures, like 482 137"),
        },
    )
