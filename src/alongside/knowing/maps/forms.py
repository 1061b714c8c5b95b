"""What stewards settle about a map: its words and charter, its layers, and what is put on or left off."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.ground.people.models import Party
from alongside.knowing.maps.models import LONGEST
from alongside.knowing.maps.queries import Laid

TOO_LONG = {"max_length": _("Use 4,000 letters or fewer")}
KEY = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)


def _long(label: Any, hint: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=label, help_text=hint, required=False, max_length=LONGEST, widget=area, error_messages=TOO_LONG
    )


class MapForm(forms.Form):
    """The map's name, and its charter in four short answers."""

    title = forms.CharField(
        label=_("What is your map called?"),
        max_length=200,
        error_messages={"required": _("Enter a name for the map"), "max_length": _("Use 200 letters or fewer")},
    )
    words = _long(_("What is it for?"), _("A sentence or two. Anyone can read this."))
    may_stand = _long(_("What may stand on it?"), _("Like: anything a neighbour shares, and places that welcome all."))
    may_not = _long(_("What may not?"), _("Like: nothing that only sells, and nobody’s home."))
    decides = _long(_("How do you decide?"), _("Like: two of us agree. If we do not, we ask the next meeting."))
    objects_how = _long(_("How can somebody object?"), _("Like: ring us, or come to the meeting on first Mondays."))
    review_on = forms.DateField(
        label=_("When will you look at this again?"),
        help_text=_("We remind you on that day."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Enter a day, like 2027-01-31")},
    )

    @staticmethod
    def beginning(community: Party) -> dict[str, Any]:
        """What a new map starts from, to be changed."""
        next_year = timezone.localdate() + timedelta(days=365)
        return {"title": _("What is here: %(name)s") % {"name": community.name}, "review_on": next_year}


class LayersForm(forms.Form):
    """Which layers show from the start, and in which order."""

    shown = forms.MultipleChoiceField(
        label=_("What shows from the start?"),
        help_text=_("Visitors can still look at the others."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose from these")},
    )
    first = forms.ChoiceField(label=_("Which comes first?"), required=False)

    def __init__(self, laid: Sequence[Laid], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.layer.key, one.layer.name) for one in laid]
        self.keys = [key for key, _name in choices]
        self.fields["shown"].choices = choices  # type: ignore[attr-defined]
        self.fields["first"].choices = choices  # type: ignore[attr-defined]
        self.initial.update(shown=[one.layer.key for one in laid if one.from_start], first=self.keys[0])

    def order(self) -> list[str]:
        """The layers with the chosen one first, the rest as they were."""
        first = self.cleaned_data["first"]
        return [*([first] if first else []), *(key for key in self.keys if key != first)]


class HoldForm(forms.Form):
    """Whether stewards look at what members change before it counts."""

    days = forms.IntegerField(
        label=_("For how many days at most may a change wait for your look?"),
        help_text=_("From 1 to 30. Leave it empty, and changes count at once."),
        required=False,
        min_value=1,
        max_value=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
        error_messages={
            name: _("Enter a number from 1 to 30, or nothing") for name in ("invalid", "min_value", "max_value")
        },
    )


class VouchForm(forms.Form):
    """Whom a steward vouches for, among those who belong."""

    who = forms.ChoiceField(
        label=_("Who could look after the map with you?"),
        help_text=_("They are asked first. Nobody sees their name unless they say yes."),
        error_messages={"required": _("Choose somebody"), "invalid_choice": _("Choose somebody who belongs")},
    )

    def __init__(self, members: Sequence[Party], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(one.key), one.shown_name) for one in members]
        self.fields["who"].choices = [("", ""), *named]  # type: ignore[attr-defined]
        self.by_key = {str(one.key): one for one in members}

    def party(self) -> Party:
        return self.by_key[self.cleaned_data["who"]]


class PinForm(forms.Form):
    """One thing, by the address of its page, and why it is left off."""

    address = forms.CharField(
        label=_("The address of its page"),
        help_text=_("Open its page and copy the address from the top."),
        max_length=300,
        error_messages={"required": _("Enter the address of its page")},
    )
    reason = forms.CharField(
        label=_("If you leave it off, why?"),
        help_text=_("Its holder reads this."),
        max_length=300,
        required=False,
        error_messages={"max_length": _("Use 300 letters or fewer")},
    )

    def key(self) -> str:
        found = KEY.search(self.cleaned_data["address"])
        return found[0] if found else ""
