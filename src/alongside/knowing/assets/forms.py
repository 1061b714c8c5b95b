"""The questions of an offer, a few on each page; what was typed is kept whatever was wrong with it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.ground.consent.queries import Word
from alongside.ground.people.models import Party
from alongside.ground.places.models import Area, AreaKind
from alongside.ground.places.queries import find_areas
from alongside.ground.records.models import Audience, Precision
from alongside.knowing.assets.models import Access, Asset, AssetKind, Cost
from alongside.knowing.assets.when import DAYS, ZONE
from alongside.knowing.assets.wording import weekdays
from alongside.knowing.outcomes.queries import domain_choices, said

HOURS_A_WEEK = 168


class What(forms.Form):
    """What it is."""

    kind = forms.ChoiceField(
        label=_("What kind of thing is it?"),
        choices=AssetKind.choices,
        widget=forms.RadioSelect(attrs={"class": "tiles--pairs"}),
        error_messages={"required": _("Choose what kind of thing it is")},
    )
    title = forms.CharField(
        label=_("What would you call it?"),
        help_text=_("Like: singing at my kitchen table, a bench in the sun, a ladder to lend."),
        max_length=200,
        error_messages={
            "required": _("Say what it is, in a few words"),
            "max_length": _("Use 200 letters or fewer"),
        },
    )
    words = forms.CharField(
        label=_("Say more, in your own words"),
        help_text=_("What happens? What is it like? Others read this as you wrote it."),
        required=False,
        max_length=10_000,
        widget=forms.Textarea,
        error_messages={"max_length": _("Use 10,000 letters or fewer")},
    )

    def __init__(self, *args: Any, holders: list[Party] | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        if holders:
            self.fields["holder"] = forms.ChoiceField(
                label=_("Who offers it?"),
                choices=[("", _("I do")), *((str(one.key), one.name) for one in holders)],
                required=False,
                widget=forms.RadioSelect,
            )
            self.order_fields(["holder"])


class When(forms.Form):
    """When it happens, how much of it there is, and what it costs."""

    days = forms.MultipleChoiceField(
        label=_("Which days?"), required=False, widget=forms.CheckboxSelectMultiple(attrs={"class": "tiles--pairs"})
    )
    starts = forms.TimeField(
        label=_("From"),
        help_text=_("Like 2pm or 14:00."),
        required=False,
        input_formats=["%H:%M", "%H.%M", "%I%p", "%I:%M%p", "%I.%M%p", "%H", "%I %p"],
        error_messages={"invalid": _("Enter a time, like 2pm or 14:00")},
        widget=forms.TimeInput(format="%H:%M"),
    )
    ends = forms.TimeField(
        label=_("To"),
        required=False,
        input_formats=["%H:%M", "%H.%M", "%I%p", "%I:%M%p", "%I.%M%p", "%H", "%I %p"],
        error_messages={"invalid": _("Enter a time, like 4pm or 16:00")},
        widget=forms.TimeInput(format="%H:%M"),
    )
    when_words = forms.CharField(
        label=_("Or say when in your own words"),
        help_text=_("Like: most afternoons. Ask me first."),
        required=False,
        max_length=200,
        error_messages={"max_length": _("Use 200 letters or fewer")},
    )
    hours = forms.DecimalField(
        label=_("How many hours a week may others ask for?"),
        help_text=_("A number, like 2. You can say no each time, and change this any day."),
        required=False,
        min_value=0,
        max_value=HOURS_A_WEEK,
        decimal_places=2,
        error_messages={
            name: _("Enter a number, like 2") for name in ("invalid", "min_value", "max_value", "max_decimal_places")
        },
    )
    cost = forms.ChoiceField(label=_("What does it cost?"), choices=Cost.choices, widget=forms.RadioSelect)
    cost_words = forms.CharField(
        label=_("Say more about the cost"), help_text=_("Like: £2, or bring a cake."), required=False, max_length=200
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["days"].choices = list(zip(DAYS, weekdays(), strict=True))  # type: ignore[attr-defined]

    def whens(self) -> list[tuple[datetime | None, str, int | None, str]]:
        """The times as `offer` takes them: days make a weekly rule from today on."""
        given = self.cleaned_data
        words, days = given["when_words"], given["days"]
        if not days:
            return [(None, "", None, words)] if words else []
        first = timezone.localdate()
        while DAYS[first.weekday()] not in days:
            first += timedelta(days=1)
        start: time | None = given["starts"]
        at = datetime.combine(first, start or time(), ZoneInfo(ZONE))
        minutes = _minutes(start, given["ends"])
        return [(at, f"FREQ=WEEKLY;BYDAY={','.join(days)}", minutes, words)]

    @classmethod
    def of(cls, asset: Asset) -> dict[str, Any]:
        """What stands already, to start from."""
        when = asset.whens.first()
        day = asset.days.first()
        known = [DAYS[number] for number in sorted({one.weekday for one in asset.days.all()})]
        offer = getattr(asset, "offer", None)
        return {
            "days": known if when and when.rrule else [],
            "starts": day.starts if day and when and when.minutes else None,
            "ends": day.ends if day else None,
            "when_words": when.words if when else "",
            "hours": f"{offer.per_week / 60:g}" if offer else None,
            "cost": asset.cost,
            "cost_words": asset.cost_words,
        }


def _minutes(start: time | None, end: time | None) -> int | None:
    if start is None or end is None:
        return None
    minutes = (end.hour - start.hour) * 60 + end.minute - start.minute
    return minutes % (24 * 60) or None


class Where(forms.Form):
    """Where it is, how exactly that is shown, and what makes it easy to come."""

    near = forms.CharField(
        label=_("Which street or area is it in?"),
        help_text=_("Leave it empty if it has no place, like help by phone."),
        required=False,
        max_length=200,
    )
    precision = forms.ChoiceField(
        label=_("How exactly may we show it?"),
        choices=[
            (Precision.CELL, _("Somewhere in these few streets. Right for a home.")),
            (Precision.AREA, _("Only the name of the area.")),
            (Precision.EXACT, _("By its name. Right for a hall, a café or a park.")),
        ],
        initial=Precision.CELL,
        widget=forms.RadioSelect,
    )
    place_words = forms.CharField(
        label=_("What is the place called?"),
        help_text=_("Only for a place where anyone may go. Never write your home address here."),
        required=False,
        max_length=120,
    )
    access = forms.MultipleChoiceField(
        label=_("What makes it easy to come?"),
        choices=Access.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "tiles--pairs"}),
    )

    def clean_near(self) -> str:
        """The area that is meant; several make a choice of their own, in the place of the first question."""
        near = " ".join(self.cleaned_data["near"].replace("\x00", " ").split())
        self.area: Area | None = None
        if not near:
            return near
        name, _open, code = near.partition(" (")
        found = list(find_areas(name))
        same = [one for one in found if one.code == code.rstrip(")")] if code else []
        same = same or [one for one in found if one.name.casefold() == name.casefold()]
        if len(same or found) == 1:
            self.area = (same or found)[0]
            return near
        if not found:
            raise forms.ValidationError(_("Enter a street, neighbourhood or ward of this place"))
        listed = [(f"{one.name} ({one.code})", f"{one.name}, {one.get_kind_display()}") for one in same or found]
        self.fields["near"].widget = forms.RadioSelect(choices=listed)
        raise forms.ValidationError(_("Choose which of these you mean"))

    def place(self) -> dict[str, Any]:
        """The place as `change` takes it. Without a point of its own, a public place is shown in its area."""
        given, area = self.cleaned_data, self.area
        precision = given["precision"]
        street = area is not None and area.kind == AreaKind.STREET
        words = given["place_words"] if precision == Precision.EXACT else ""
        named = ", ".join(filter(None, [words, area.name if area else ""]))
        return {
            "lat": area.lat if area else None,
            "lng": area.lng if area else None,
            "area": area,
            "place_words": named,
            "precision": precision if street and precision != Precision.AREA else Precision.AREA,
        }


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


class Helps(forms.Form):
    """Which parts of life it helps with."""

    domains = forms.MultipleChoiceField(
        label=_("Which part of life is it about?"),
        help_text=_("We guessed from your words. Change it as you like."),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "tiles--pairs"}),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["domains"].choices = domain_choices()  # type: ignore[attr-defined]


class Group(forms.Form):
    """Three questions, and a group that has no legal form is on the map."""

    name = forms.CharField(
        label=_("What is your group called?"),
        help_text=_("Like: the Tuesday Table, Hob Hill Gardeners, the bench outside the bakery."),
        max_length=200,
        error_messages={"required": _("Enter a name"), "max_length": _("Use 200 letters or fewer")},
    )
    title = forms.CharField(
        label=_("What do you do together?"),
        help_text=_("Like: lunch and songs, a seed swap, a kick-about."),
        max_length=200,
        error_messages={
            "required": _("Say what it is, in a few words"),
            "max_length": _("Use 200 letters or fewer"),
        },
    )
    where_when = forms.CharField(
        label=_("Where and when?"),
        help_text=_("Like: Tuesdays at noon, in the hall by the church."),
        max_length=200,
        required=False,
        error_messages={"max_length": _("Use 200 letters or fewer")},
    )


class Business(Group):
    """The same three questions for a shop, a café or another business."""

    name = forms.CharField(
        label=_("What is it called?"),
        help_text=_("Like: the Bandstand Café."),
        max_length=200,
        error_messages={"required": _("Enter a name"), "max_length": _("Use 200 letters or fewer")},
    )
    title = forms.CharField(
        label=_("What could people use or join in?"),
        help_text=_("Like: a quiet table in the mornings, a stage on Fridays, a toilet anyone may use."),
        max_length=200,
        error_messages={
            "required": _("Say what it is, in a few words"),
            "max_length": _("Use 200 letters or fewer"),
        },
    )


class SendBack(forms.Form):
    """Why a change does not count."""

    words = forms.CharField(
        label=_("Why it does not count yet"),
        help_text=_("The person reads these words. Say what they could change."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Write a reason. The person will read it."),
            "max_length": _("Use 2,000 letters or fewer"),
        },
    )
