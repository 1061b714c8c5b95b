"""One thing a validator finds: which record, which field, what stands there, why that is wrong and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

# Errors: the standard itself says no.
MISSING = _("The standard asks for this field, and it is not there.")
NOT_TEXT = _("This should be words in quotation marks.")
NOT_NUMBER = _("This should be a number without quotation marks.")
NOT_OBJECT = _("This should be an object with fields, in curly brackets.")
NOT_LIST = _("This should be a list, in square brackets.")
NOT_CHOICE = _("This is not one of the words that the standard allows here.")
NOT_UUID = _("This is not a UUID, which is 36 letters and digits with four dashes.")
NOT_EMAIL = _("This is not an e-mail address.")
NOT_TIME = _("This is not a date with a time, such as 2026-03-01T09:30:00Z.")
UNREADABLE = _("This is not JSON, so nothing in it could be judged.")
TOO_DEEP = _("This is nested too deeply to be judged.")
NOT_RECORD = _("This is not a record of the standard: it has none of the fields that any has.")
# Warnings: it passes, and somebody will trip over it.
BLANK = _("The standard asks for this field, and it is blank.")
NOT_URI = _("This is not a whole web address, such as https://example.org/.")
UNKNOWN = _("The standard has no such field, so readers pass over it.")
ODD_UUID = _("This looks like a UUID but is of no version that exists.")
TWICE = _("This id is used by an earlier record of the same kind.")
KEY_TWICE = _("This field is written twice in one record; readers take the last.")
EMPTY_FEED = _("The feed holds no records.")
TOO_MANY = _("There is more wrong than fits on one list; this is the beginning.")
# The interface: how it answers, apart from what the records say.
NO_PAGE_FIELD = _("A page says this of itself, and here it does not.")
WRONG_SIZE = _("The size is how many records stand on this page, and they are not as many.")
WRONG_FIRST = _("Only the first page is the first page.")
WRONG_LAST = _("The last page, and no other, is the last page.")
WRONG_EMPTY = _("A page is empty if there is no record on it, and only then.")
WRONG_NUMBER = _("This is not the page that was asked for.")
NO_API_FIELD = _("The front page of a feed must say this.")
NO_ANSWER = _("This address must answer, and it did not.")
NO_ANSWER_OPTIONAL = _("This address need not answer, and it did not.")

MENDS = {
    MISSING: _("Add the field."),
    NOT_TEXT: _("Put quotation marks round it, or leave the field out."),
    NOT_NUMBER: _("Write it as digits, or leave the field out."),
    NOT_OBJECT: _("Write the object with its id, or leave the field out."),
    NOT_LIST: _("Put square brackets round it, even for one thing."),
    NOT_CHOICE: _("Write one of the words that the standard lists, letter for letter."),
    NOT_UUID: _("Give each record a UUID once, and keep it for good."),
    NOT_EMAIL: _("Mend the address, or leave the field out. Do not leave it blank."),
    NOT_TIME: _("Write the year, month and day, a T, the time, and Z or the offset."),
    UNREADABLE: _("Open it in a text editor at the place named, or ask whoever makes it."),
    TOO_DEEP: _("Look for an object that holds itself."),
    NOT_RECORD: _("Put records of one kind in the list called contents."),
    BLANK: _("Write it in, even in a few words."),
    NOT_URI: _("Start it with https:// or leave the field out."),
    UNKNOWN: _("See whether it is misspelt; else it may stay."),
    ODD_UUID: _("It may stay. Make new ones with a UUID maker."),
    TWICE: _("Give one of the two an id of its own."),
    KEY_TWICE: _("Take one of the two away."),
    EMPTY_FEED: _("See whether it is switched off, or filters everything out."),
    TOO_MANY: _("Mend these first, then look again."),
    NO_PAGE_FIELD: _("Add it beside contents."),
    WRONG_SIZE: _("Count the records of this page."),
    WRONG_FIRST: _("Say true on page 1 and false on the others."),
    WRONG_LAST: _("Say true on the last page and false on the others."),
    WRONG_EMPTY: _("Say true only where contents holds nothing."),
    WRONG_NUMBER: _("Give the page whose number was asked for."),
    NO_API_FIELD: _("Add it to the front page of the feed."),
    NO_ANSWER: _("Let it answer with status 200."),
    NO_ANSWER_OPTIONAL: _("Nothing need be done."),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """`record` is what the record calls itself, `field` the way to the field inside it."""

    record: str
    field: str
    value: str
    reason: str
    title: str = ""

    @property
    def mend(self) -> str:
        return MENDS.get(self.reason, "")

    def as_row(self) -> dict[str, str]:
        return {
            "record": self.record,
            "field": self.field,
            "value": self.value,
            "reason": self.reason,
            "mend": self.mend,
            "title": self.title,
        }
