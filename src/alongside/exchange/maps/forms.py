"""Which file to bring in, and in whose name what is said to be a person's comes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LARGEST = 20 * 1024 * 1024


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("Choose a file"),
        help_text=_("A spreadsheet, a CSV file, a calendar (.ics) or a map (.geojson), up to 20 MB."),
        error_messages={"required": _("Choose a file"), "empty": _("The file is empty. Choose another.")},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is too large. Cut it into smaller ones."))
        return file


class YesForm(forms.Form):
    ours = forms.BooleanField(
        label=_("Take what single people offer in our own name"),
        help_text=_("If you leave this out, each of those waits until a steward of this place has looked."),
        required=False,
    )
