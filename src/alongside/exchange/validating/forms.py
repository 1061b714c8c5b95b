"""What somebody gives to have a list judged: a file, words pasted in, or (for staff) an address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LARGEST = 10 * 1024 * 1024
LONGEST = 1_000_000  # letters pasted in


class CheckForm(forms.Form):
    """One of three ways to give the list, and by which standard."""

    file = forms.FileField(
        label=_("A file"),
        help_text=_("JSON: a service, a page of them, or all of them. At most 10 MB."),
        required=False,
        error_messages={"empty": _("The file is empty. Choose another one.")},
    )
    text = forms.CharField(
        label=_("Or paste it here"),
        max_length=LONGEST,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        error_messages={"max_length": _("That is too long to paste. Send it as a file.")},
    )
    address = forms.CharField(
        label=_("Or the address of a feed"),
        help_text=_("We open its front page, and the first, middle and last page of each list."),
        max_length=500,
        required=False,
    )
    profile = forms.ChoiceField(
        label=_("By which standard?"),
        choices=[
            ("", _("See it from the list itself")),
            ("HSDS-UK-3.0", "Open Referral UK 3.0"),
            ("HSDS-3.0", "HSDS 3.0"),
            ("HSDS-3.1", "HSDS 3.1"),
        ],
        required=False,
    )
    strict = forms.BooleanField(label=_("Take a blank for something missing"), required=False)

    def __init__(self, *args: Any, may_open: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_open:
            del self.fields["address"]

    def clean_file(self) -> Any:
        file: Any = self.cleaned_data["file"]
        if file and (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("The file is larger than 10 MB. Check a page of it."))
        return file

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not any(given.get(name) for name in ("file", "text", "address")):
            self.add_error("file", _("Choose a file, or paste the list"))
        return given
