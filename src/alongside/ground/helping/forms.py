"""What a helper asks somebody on the telephone, and what a person or steward says about help."""

from __future__ import annotations

from datetime import datetime, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.ground.helping.actions import WAYS
from alongside.ground.helping.policy import ON_PAPER
from alongside.ground.history.actor import Source
from alongside.ground.people.models import BasisKind

SOURCES = [(way, Source(way).label) for way in WAYS]
PARTS = [
    ("all", _("Everything")),
    ("plan", _("My plan")),
    ("outcome", _("What I want")),
    ("asset", _("What I have to share")),
    ("messages", _("My messages")),
    ("network", _("Who is around me")),
]
RECORDED = [(kind.value, kind.label) for kind in BasisKind if kind in ON_PAPER]
LASTS = [
    ("0", _("Until one of us stops it")),
    ("31", _("For a month")),
    ("92", _("For three months")),
    ("366", _("For a year")),
]


def pairs(parts: list[str], write: bool) -> list[tuple[str, str]]:
    """Parts and acts as a basis keeps them."""
    return [(part, act) for part in parts for act in (("see", "write") if write else ("see",))]


class OpenPageForm(forms.Form):
    source = forms.ChoiceField(
        label=_("How do you speak with them?"),
        choices=SOURCES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you speak with them")},
    )
    name = forms.CharField(
        label=_("Their name, as they like to be called"),
        max_length=200,
        error_messages={"required": _("Enter a name"), "max_length": _("Use 200 letters or fewer")},
    )
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "class": "govuk-input--width-20"}),
        error_messages={"max_length": _("Use 40 figures or fewer")},
    )
    address = forms.CharField(label=_("Address for letters"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    contact_by = forms.ChoiceField(
        label=_("How do they want to hear from us?"),
        choices=[("letter", _("By letter")), ("telephone", _("By telephone, from me"))],
        initial="letter",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how they want to hear from us")},
    )
    large_print = forms.BooleanField(label=_("Large print, please"), required=False)
    access_needs = forms.CharField(
        label=_("What makes things easier?"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    word = forms.CharField(
        label=_("The word you choose together"),
        help_text=_("5 letters or more, easy to remember, hard to guess. With their card it opens their page."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-20"}),
        error_messages={"required": _("Choose a word together")},
    )
    agreed = forms.BooleanField(
        label=_("They said yes: I may keep this page with them"),
        error_messages={"required": _("Ask them first. A page is opened only when they say yes")},
    )


class StartForm(forms.Form):
    source = forms.ChoiceField(
        label=_("How do you speak with them?"),
        choices=[*SOURCES, (Source.SCREEN, _("side by side at a screen"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you speak with them")},
    )


class SaidForm(forms.Form):
    """What somebody said who was asked by telephone, at a visit or by post."""

    source = forms.ChoiceField(
        label=_("How did you speak with them?"),
        choices=SOURCES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you spoke")},
    )


class WordForm(forms.Form):
    word = forms.CharField(
        label=_("The new word you choose together"),
        help_text=_("5 letters or more. The old card and the old word stop working."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-20"}),
        error_messages={"required": _("Choose a word together")},
    )


class HelperForm(forms.Form):
    who = forms.CharField(
        label=_("The address of their page"),
        help_text=_("Ask them for it. They find it under their name."),
        error_messages={"required": _("Enter the address of their page")},
    )
    parts = forms.MultipleChoiceField(
        label=_("What may they see?"),
        choices=PARTS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one part")},
    )
    write = forms.BooleanField(label=_("They may also write it for me"), required=False)
    lasts = forms.ChoiceField(
        label=_("For how long?"),
        choices=LASTS,
        initial="0",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose for how long"), "invalid_choice": _("Choose for how long")},
    )

    def until(self) -> datetime | None:
        days = int(self.cleaned_data["lasts"])
        return timezone.now() + timedelta(days=days) if days else None


class BasisForm(forms.Form):
    """For stewards: somebody may act for a person because a paper says so."""

    person = forms.CharField(
        label=_("The address of the person's page"), error_messages={"required": _("Enter the address of the page")}
    )
    supporter = forms.CharField(
        label=_("The address of the supporter's page"), error_messages={"required": _("Enter the address of the page")}
    )
    kind = forms.ChoiceField(
        label=_("Why they may"),
        choices=RECORDED,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why they may")},
    )
    parts = forms.MultipleChoiceField(
        label=_("What it reaches"),
        choices=PARTS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one part")},
    )
    write = forms.BooleanField(label=_("They may also write"), required=False)
    evidence_seen_by = forms.CharField(
        label=_("Who saw the paper"), max_length=200, error_messages={"required": _("Say who saw the paper")}
    )
