"""The two questions of "You are welcome here": what makes people welcome, and which times or anything to know."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.ground.people.models import Sort
from alongside.ground.places.queries import find_areas
from alongside.ground.postcodes.queries import meant
from alongside.ground.records.models import Precision
from alongside.knowing.assets.forms import Where
from alongside.knowing.assets.models import Access

WELCOME = (
    Access.SIT,
    Access.ANY_TOILET,
    Access.TOILET,
    Access.LEVEL,
    Access.QUIET_HOUR,
    Access.QUIET,
    Access.TRAINED,
    Access.LOOP,
    Access.WATER,
    Access.BABY,
    Access.WELSH,
)


class Welcome(Where):
    """A shop, café, library or hall says what makes people welcome there. Its name, and two questions."""

    precision = None  # type: ignore[assignment]
    place_words = None  # type: ignore[assignment]
    name = forms.CharField(
        label=_("What is the place called?"),
        help_text=_("Like: the Bandstand Café, Old Quay library."),
        max_length=120,
        error_messages={"required": _("Enter a name"), "max_length": _("Use 120 letters or fewer")},
    )
    sort = forms.ChoiceField(
        label=_("What is it?"),
        choices=[
            (Sort.BUSINESS, _("A shop, café or other business")),
            (Sort.PUBLIC, _("A public place, like a library")),
            (Sort.VOLUNTARY, _("A hall, church or charity")),
        ],
        initial=Sort.BUSINESS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is")},
    )
    near = forms.CharField(
        label=_("Which street or area is it in?"),
        required=False,
        max_length=200,
        error_messages={"max_length": _("Use 200 letters or fewer")},
    )
    access = forms.MultipleChoiceField(
        label=_("What makes people welcome here?"),
        choices=[(one.value, one.label) for one in WELCOME],
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "tiles--pairs"}),
    )
    words = forms.CharField(
        label=_("Which times, or anything to know?"),
        help_text=_("Like: most mornings. The quiet hour is Tuesday at 2. Ask Sam for the ramp."),
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("Use 1,000 letters or fewer")},
    )
    field_order = ("name", "sort", "near", "access", "words")

    def clean_near(self) -> str:
        """The area that is meant; a street that we do not know is kept as words."""
        near = " ".join(self.cleaned_data["near"].replace("\x00", " ").split())
        postcode = meant(near)
        if near and not (postcode and postcode.point) and not list(find_areas(near.partition(" (")[0])):
            self.area = self.point = None
            return near
        return super().clean_near()

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not given.get("access") and not given.get("words") and not self.errors:
            self.add_error("access", _("Tick at least one, or write something below"))
        return given

    def place(self) -> dict[str, Any]:
        """A place where anyone may go is shown by its name."""
        given, area = self.cleaned_data, self.area
        named = ", ".join(filter(None, [given["name"], area.name if area else given["near"]]))
        at = self.point or area
        point = {"lat": at.lat, "lng": at.lng, "area": area} if at else {}
        return {**point, "place_words": named[:200], "precision": Precision.EXACT}
