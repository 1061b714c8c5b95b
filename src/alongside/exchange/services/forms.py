"""What a steward fills in to bring a list of services in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LARGEST = 50 * 1024 * 1024


class FileForm(forms.Form):
    """A file and the name of the list it belongs to."""

    name = forms.CharField(
        label=_("What is this list called?"),
        help_text=_(
            "People will read it beside each service, like “From the county directory”. To bring a list"
            " in again, use the same name."
        ),
        max_length=120,
        error_messages={"required": _("Enter a name for the list")},
    )
    file = forms.FileField(
        label=_("The file"),
        help_text=_("An Open Referral file (JSON), whole or a page of it, or a file of rejects that you have mended."),
        error_messages={"required": _("Choose a file"), "empty": _("The file is empty. Choose another one.")},
    )

    def __init__(self, *args: Any, names: list[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if names:
            self.fields["name"].help_text += " " + _("Lists here now: %(names)s.") % {"names": ", ".join(names)}

    def clean_file(self) -> Any:
        file: Any = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(
                _("The file is larger than 50 MB. Split it, or ask for it to be loaded for you.")
            )
        return file
