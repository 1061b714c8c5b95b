"""The questions of an offer, a few on each page; what was typed is kept whatever was wrong with it."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.ground.people.models import Party
from alongside.ground.places.models import Area, AreaKind
from alongside.ground.places.queries import area_at, find_areas
from alongside.ground.postcodes.queries import meant
from alongside.ground.records.models import Precision
from alongside.knowing.assets.models import Access, Asset, AssetKind, Cost
from alongside.knowing.assets.room import MOST_ROOM
from alongside.knowing.assets.when import DAYS, ZONE
from alongside.knowing.assets.wording import weekdays
from alongside.knowing.outcomes.queries import domain_choices
from alongside.methods.distance import Point

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
    least_people = forms.IntegerField(
        label=_("How many people must want to come before it can start?"),
        help_text=_("Only for something you do together, like 4. Leave it empty where one is enough."),
        required=False,
        min_value=0,
        max_value=MOST_ROOM,
        error_messages={name: _("Enter a number, like 4") for name in ("invalid", "min_value", "max_value")},
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
            "least_people": asset.least_people,
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
        self.point: Point | None = None
        if not near:
            return near
        postcode = meant(near)
        if postcode and postcode.point:
            self.area = area_at(*postcode.point)
            self.point = postcode.point if postcode.whole else None
            if self.area is None:
                raise forms.ValidationError(_("We do not know the streets round it. Name the street or area"))
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
        fine = self.point is not None or (area is not None and area.kind == AreaKind.STREET)
        words = given["place_words"] if precision == Precision.EXACT else ""
        named = ", ".join(filter(None, [words, area.name if area else ""]))
        return {
            "lat": self.point.lat if self.point else area.lat if area else None,
            "lng": self.point.lng if self.point else area.lng if area else None,
            "area": area,
            "place_words": named,
            "precision": precision if fine and precision != Precision.AREA else Precision.AREA,
        }


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
