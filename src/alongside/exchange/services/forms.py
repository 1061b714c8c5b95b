"""What a steward fills in to bring a list of services in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.ground.people.models import Party

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
    address = forms.CharField(
        label=_("Where it lives on the web"),
        help_text=_("The address of an Open Referral feed. It is then fetched again by itself."),
        max_length=500,
        required=False,
    )
    hours = forms.TypedChoiceField(
        label=_("How often to fetch it again"),
        choices=[("24", _("Each day")), ("168", _("Each week")), ("0", _("Only when somebody asks"))],
        coerce=int,
        empty_value=24,  # type: ignore[arg-type]  # given as it is where nothing was chosen
        required=False,
    )
    file = forms.FileField(
        label=_("Or a file"),
        help_text=_("An Open Referral file (JSON), whole or a page of it, or a file of rejects that you have mended."),
        required=False,
        error_messages={"empty": _("The file is empty. Choose another one.")},
    )

    def __init__(self, *args: Any, names: list[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if names:
            self.fields["name"].help_text += " " + _("Lists here now: %(names)s.") % {"names": ", ".join(names)}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("file") and not given.get("address") and not {"file", "address"} & self.errors.keys():
            self.add_error("address", _("Give an address, or choose a file"))
        return given

    def clean_file(self) -> Any:
        file: Any = self.cleaned_data["file"]
        if file and (file.size or 0) > LARGEST:
            raise forms.ValidationError(
                _("The file is larger than 50 MB. Split it, or ask for it to be loaded for you.")
            )
        return file


class OwnListForm(FileForm):
    """The same, for an organisation that points to its own list."""

    def __init__(self, *args: Any, holders: list[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder"] = forms.ChoiceField(
            label=_("Whose list is it?"), choices=[(str(one.key), one.name) for one in holders]
        )
        self.order_fields(["holder"])
