"""What somebody is asked who is worried, and what the named person writes."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class WorryForm(forms.Form):
    words = forms.CharField(
        label=_("What worries you?"),
        help_text=_("A few words are enough. You need not be sure."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=10_000,
        error_messages={
            "required": _("Say what worries you, in a few words"),
            "max_length": _("Use fewer than 10,000 letters"),
        },
    )
    danger = forms.BooleanField(label=_("Somebody may be in danger now"), required=False)
    reach = forms.CharField(
        label=_("How can we reach you?"),
        help_text=_("A telephone number or an e-mail address. Leave it empty and nobody knows who you are."),
        max_length=200,
        required=False,
        error_messages={"max_length": _("Use 200 letters or fewer")},
    )
    page = forms.CharField(widget=forms.HiddenInput, max_length=300, required=False)


class AnswerForm(forms.Form):
    words = forms.CharField(
        label=_("What was done"),
        help_text=_("Whoever raised it can read these words. Name nobody who need not be named."),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write what was done. Whoever raised it will read it.")},
    )
