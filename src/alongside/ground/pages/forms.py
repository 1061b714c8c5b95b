"""What people say about themselves, and about a group they look after."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.ground.notices.queries import connected
from alongside.ground.people.models import Kind, Sort
from alongside.ground.places.models import Area

GROUP_SORTS = [choice for choice in Sort.choices if choice[0] != Sort.PERSON]
COMMUNITIES = frozenset({Sort.HOUSEHOLD, Sort.PLACE, Sort.INTEREST, Sort.GROUP})


class GroupForm(forms.Form):
    """A group without legal form is opened in a few fields; its own edge comes later."""

    name = forms.CharField(
        label=_("What is it called?"),
        max_length=200,
        error_messages={"required": _("Enter a name"), "max_length": _("Use 200 letters or fewer")},
    )
    sort = forms.ChoiceField(
        label=_("What is it?"),
        choices=GROUP_SORTS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is")},
    )
    about = forms.CharField(
        label=_("What do you do together?"),
        help_text=_("A sentence or two. Anyone can read this."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )

    @property
    def kind(self) -> str:
        return Kind.COMMUNITY if self.cleaned_data["sort"] in COMMUNITIES else Kind.ORGANISATION


class EdgeForm(forms.Form):
    """Which areas a community calls its own."""

    parts = forms.MultipleChoiceField(
        label=_("Which of these are yours?"),
        help_text=_("Tick all that belong. Other groups may tick them too."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one area"),
            "invalid_choice": _("Choose from the areas in the list"),
        },
    )

    def __init__(self, pieces: Sequence[Area], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["parts"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(f"{area.kind}:{area.edition}:{area.code}", area.name) for area in pieces]
        self.by_value = {f"{area.kind}:{area.edition}:{area.code}": area for area in pieces}

    def chosen(self) -> list[Area]:
        return [self.by_value[value] for value in self.cleaned_data["parts"]]


class GroupWordsForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        error_messages={"required": _("Enter a name"), "max_length": _("Use 200 letters or fewer")},
    )
    about = forms.CharField(label=_("About"), widget=forms.Textarea(attrs={"rows": 4}), required=False)


class MeForm(forms.Form):
    """What a person says about themselves and how they want to be reached. All of it may be left out but a name."""

    name = forms.CharField(
        label=_("Your name"),
        help_text=_("A first name is enough."),
        max_length=200,
        error_messages={"required": _("Enter a name"), "max_length": _("Use 200 letters or fewer")},
    )
    about = forms.CharField(label=_("A few words about you"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    contact_by = forms.ChoiceField(
        label=_("How shall we tell you things?"),
        choices=[
            ("page", _("On my page only")),
            ("email", _("By e-mail")),
            ("letter", _("By letter")),
            ("telephone", _("By telephone, through the person who helps me")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how we shall tell you things")},
    )
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "class": "govuk-input--width-20"}),
        error_messages={"max_length": _("Use 40 figures or fewer")},
    )
    address = forms.CharField(
        label=_("Address for letters"),
        help_text=_("Only you, and someone who helps you, can see this."),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
        required=False,
    )
    access_needs = forms.CharField(
        label=_("What makes things easier for you?"),
        help_text=_("Such as: call after 10, a chair with arms, plain words."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    large_print = forms.BooleanField(label=_("Letters in large print, please"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if connected():
            known = self.fields["contact_by"].choices  # type: ignore[attr-defined]
            self.fields["contact_by"].choices = [*known, ("text", _("By text message"))]  # type: ignore[attr-defined]


class OpenAgainForm(forms.Form):
    """Words that only whoever began a page knows."""

    words = forms.CharField(
        label=_("Something you wrote on your page"),
        help_text=_(
            "One whole sentence or line, of three words or more. Capitals, commas and full stops do not matter."
        ),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        error_messages={
            "required": _("Write one sentence from your page"),
            "max_length": _("Write one sentence from your page"),
        },
    )

    def refuse(self) -> None:
        self.add_error(
            "words",
            _("These words open no page here. A page can be tried 5 times a day. You can try others, or ring us"),
        )


class InviteForm(forms.Form):
    who = forms.CharField(
        label=_("The address of their page"),
        help_text=_("Ask them for it. They find it under their name."),
        error_messages={"required": _("Enter the address of their page")},
    )
