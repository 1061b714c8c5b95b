"""What was wrong in a feed, said so that the person who keeps the feed can put it right.

Every fault names the record, the field, the value (shortened) and the reason in plain words. A reason is
one of the sentences below, marked for translation here and translated where it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_noop as _

from alongside.methods.shorten import shorten

# The whole service stays out.
TWICE = _("This id was already used by an earlier service in the file, so this second one was left out.")
NAMELESS = _("A service needs a name. This one is blank, so the service was left out.")
WITHOUT_ID = _("A service needs an id, or it could not be recognised next time. It was left out.")
NOT_A_SERVICE = _("This entry is not a service record, so it was left out.")
LINE_UNREADABLE = _("This line could not be read as JSON, so it was left out.")
TOO_DEEP = _("This entry is nested too deeply to be read, so it was left out.")
BELONGS_NOWHERE = _("This row names no service, place or organisation of the file, so it was left out.")
# The whole file stays out.
FILE_UNREADABLE = _("The file could not be read as JSON, so nothing was brought in.")
FILE_EMPTY = _("The file holds no services.")
FILE_TOO_DEEP = _("The file is nested too deeply to be read, so nothing was brought in.")
# The service comes in; this is worth putting right.
REQUIRED = _("This is blank, and the standard asks for it.")
NO_ORGANISATION = _("No organisation is named, so the service stands under the feed's own name.")
NO_WORDS = _("The text holds no words once its layout is taken away.")
BAD_EMAIL = _("This is not an e-mail address, so it was not brought in.")
BAD_URL = _("This is not a web address, so it was not brought in.")
BAD_DATE = _("This is not a date we can read, so it was not brought in.")
BAD_TIME = _("This is not a time of day we can read, so it was not brought in.")
BAD_NUMBER = _("This should be a number, so it was not brought in.")
BAD_AGE = _("This is not an age between 0 and 130, so it was not brought in.")
AGES_CROSSED = _("The lowest age is above the highest, so neither was brought in.")
BAD_RULE = _("This is not a way of repeating that the calendar standard knows, so it was not brought in.")
ENDS_FIRST = _("The end comes before the start, so it was not brought in.")
OFF_THE_GLOBE = _("This is not a place on the globe, so the service is not shown on the map.")
NOWHERE = _("Nought degrees by nought degrees is in the sea, so the service is not shown on the map.")
SWAPPED = _("Latitude and longitude look as if they had changed places, so they were not used.")
HALF_A_POINT = _("Latitude and longitude are only useful together, so neither was used.")
BAD_STATUS = _("This status is not in the standard, so the service was taken as active.")
NOT_WORDS = _("This should be words, so it was not brought in.")
NOT_A_LIST = _("This should be a list, so it was not brought in.")
NOT_AN_OBJECT = _("This should be an object with fields, so it was not brought in.")
TOO_LONG = _("This is longer than we can keep, so it was shortened.")
TOO_MANY = _("There are more of these than we can keep, so the rest were left out.")
UNKNOWN_FIELD = _("The standard has no such field, so it was not brought in. Only the first one is listed.")
KEY_TWICE = _("This field is written twice in one record, so the last one was used.")
HOLDERS_WORDS = _("Its holder has changed this here since the last load, so their words stay.")
NOT_UTF8 = _("The file is not in UTF-8, so its letters were read as Windows-1252.")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in one record. `position` counts records from one; nought is the file itself."""

    position: int
    record: str
    field: str
    value: str
    reason: str
    rejected: bool = False
    title: str = ""  # what the record calls itself, for people

    def as_row(self) -> dict[str, Any]:
        return {
            "record": self.record,
            "field": self.field,
            "value": self.value,
            "reason": self.reason,
            "rejected": self.rejected,
            "position": self.position,
            "title": self.title,
        }


@dataclass(slots=True)
class Notes:
    """Collects the faults of one record while it is read."""

    position: int
    record: str
    title: str = ""
    faults: list[Fault] = field(default_factory=list)

    def note(self, where: str, value: object, reason: str) -> None:
        self._add(where, value, reason, rejected=False)

    def reject(self, where: str, value: object, reason: str) -> None:
        self._add(where, value, reason, rejected=True)

    def _add(self, where: str, value: object, reason: str, *, rejected: bool) -> None:
        shown = shorten(value)
        self.faults.append(Fault(self.position, self.record, where, shown, reason, rejected, self.title))
