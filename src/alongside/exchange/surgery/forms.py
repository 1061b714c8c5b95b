"""What somebody wants their surgery to know: one of two things, since when, and their name if they like."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LONGEST_AGO = 5 * 366  # days


class NoteForm(forms.Form):
    what = forms.ChoiceField(
        label=_("What may your surgery know?"),
        choices=[
            ("taken", _("Somebody helps me to find things that are good for me")),
            ("declined", _("I was asked whether I want that help, and said no")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of these"), "invalid_choice": _("Choose one of these")},
    )
    day = forms.DateField(
        label=_("Since which day?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y"],
        error_messages={"required": _("Enter a day, like 2026-12-01"), "invalid": _("Enter a day, like 2026-12-01")},
    )
    person = forms.CharField(
        label=_("Your name"),
        help_text=_("Leave it out if you hand it over yourself."),
        required=False,
        max_length=120,
        error_messages={"max_length": _("Use 120 letters or fewer")},
    )

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        today = timezone.localdate()
        if day > today:
            raise forms.ValidationError(_("Choose today or a day before"))
        if (today - day).days > LONGEST_AGO:
            raise forms.ValidationError(_("Choose a day of the last five years"))
        return day

    def clean_person(self) -> str:
        return " ".join(self.cleaned_data["person"].split())
