"""The few questions of a note written on the way: the first page of an offer, and where it is. The rest can wait."""

from __future__ import annotations

from typing import Any

from alongside.ground.records.models import Precision
from alongside.knowing.assets.forms import What, Where
from alongside.knowing.assets.models import Asset


class Note(What, Where):
    """What it is and where; shown as roughly as any offer begins, until its holder says more."""

    precision = None  # type: ignore[assignment]
    place_words = None  # type: ignore[assignment]
    access = None  # type: ignore[assignment]
    field_order = ("title", "near", "kind", "words")
    there: Asset | None = None  # what is on the map already, under that name and at that place

    def clean(self) -> dict[str, Any]:
        """What `place` asks for besides, as on a new offer."""
        return {**(super().clean() or self.cleaned_data), "precision": Precision.CELL, "place_words": ""}

    def choices(self) -> list[tuple[str, str]]:
        """The places that may be meant, where there are several of that name."""
        asked = self.fields["near"].widget
        return [(str(value), str(label)) for value, label in getattr(asked, "choices", ())]

    def given(self) -> dict[str, Any]:
        """What `note` takes, but for the place."""
        return {name: self.cleaned_data[name] for name in ("kind", "title", "words")}
