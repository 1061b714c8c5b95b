"""The file of an earlier vote."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LARGEST = 5 * 1024 * 1024


class FileForm(forms.Form):
    """A ballot file, as decisions here and votes elsewhere publish it."""

    file = forms.FileField(
        label=_("A file of votes"),
        help_text=_(
            "It ends in .pb. Take one from the result of a decision here, or from a vote elsewhere. At most 5 MB."
        ),
        error_messages={"required": _("Choose a file"), "empty": _("The file is empty. Choose another one.")},
    )

    def clean_file(self) -> Any:
        file: Any = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("The file is larger than 5 MB. Choose a smaller one."))
        return file
