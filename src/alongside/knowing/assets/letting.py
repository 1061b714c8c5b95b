"""Who may see an offer and what it may be used for, and until which day: the last questions about it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.ground.consent.queries import Word
from alongside.ground.people.models import Party
from alongside.ground.records.models import Audience
from alongside.knowing.assets.when import ZONE
from alongside.knowing.outcomes.queries import said


class Check(forms.Form):
    """Who may see it, once everything was looked at."""

    name = forms.CharField(
        label=_("What shall others call you?"),
        help_text=_("A first name will do."),
        max_length=200,
        error_messages={"required": _("Enter a name")},
    )
    audience = forms.ChoiceField(
        label=_("Who may see it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who may see it")},
    )
    until = forms.DateField(
        label=_("Until which day?"),
        help_text=_("After that day only you see it again. Leave it empty for no end."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Enter a day, like 2027-03-01")},
    )
    countable = forms.BooleanField(
        label=_("Count it in the figures about this place"),
        help_text=_("Nobody is named, and small numbers are hidden."),
        required=False,
    )

    def __init__(self, *args: Any, holder: Party, communities: list[Party], **more: Any) -> None:
        super().__init__(*args, **more)
        if holder.name:
            del self.fields["name"]
        groups = [(f"community:{one.key}", one.name) for one in communities]
        last = [(Audience.EVERYONE, _("Everyone"))]
        mine = [(Audience.ME, _("Only me"))]
        if holder.is_person:
            mine.append((Audience.CIRCLE, _("People in my circle")))
        self.communities = {str(one.key): one for one in communities}
        self.fields["audience"].choices = [*mine, *groups, *last]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        audience, _colon, key = self.cleaned_data["audience"].partition(":")
        return {
            "audience": audience,
            "community": self.communities.get(key),
            "countable": self.cleaned_data["countable"],
            "until": end_of(self.cleaned_data["until"]),
        }


def end_of(day: date | None) -> datetime | None:
    """The moment at which a last day is over, as people here count days."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(ZONE)) if day else None


def last_day(until: datetime | None) -> date | None:
    """The last day of something that ends at this moment."""
    return (until.astimezone(ZoneInfo(ZONE)) - timedelta(seconds=1)).date() if until else None


class Uses(forms.Form):
    """What it may be used for: yes or no to each, and until when."""

    def __init__(self, words: list[Word], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.keys = [word.purpose["key"] for word in words]
        for word in words:
            key = word.purpose["key"]
            label, hint = said(word.purpose["label"]), said(word.purpose["hint"])
            self.fields[key] = forms.BooleanField(label=label, help_text=hint, required=False, initial=word.yes)
            self.fields[f"until_{key}"] = forms.DateField(
                label=_("Until which day?"),
                required=False,
                initial=last_day(word.until),
                widget=forms.DateInput(
                    attrs={"type": "date", "class": "govuk-input govuk-input--width-10"},
                    format="%Y-%m-%d",
                ),
                error_messages={"invalid": _("Enter a day, like 2027-03-01")},
            )

    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each tick with its day."""
        return [(self[key], self[f"until_{key}"]) for key in self.keys]

    def purposes(self) -> dict[str, datetime | None]:
        """The purposes that were said yes to, as `settle` takes them."""
        given = self.cleaned_data
        return {key: end_of(given[f"until_{key}"]) for key in self.keys if given[key]}
