"""What was wrong in a file that somebody brought, and how to mend it: sentences marked for translation."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

# The record stays out.
NAMELESS = _("It has no name, so it was left out. Write what it is called.")
TWICE = _("The same thing stands further up in the file, so this one was left out. Keep one of the two.")
NOT_A_RECORD = _("This could not be read as a thing on offer, so it was left out.")
# The file stays out.
FILE_EMPTY = _("The file is empty. Choose the file again.")
FILE_LARGE = _("The file is too large. Cut it into smaller ones.")
FILE_UNREADABLE = _("The file could not be read. Save it again, as the kind of file that its name says.")
FILE_NO_THINGS = _("There is nothing to bring in here. Look at the template to see what it should be like.")
FILE_TOO_MANY = _("There are too many rows in one file. Cut it into smaller ones.")
NO_HEADINGS = _("The first row should say what each column is, with one called title. Start from the template.")
# The record comes in; this part was left out or changed.
TOO_LONG = _("This is too long, so it was shortened. Write it shorter.")
BAD_CHOICE = _("This is not one of the choices, so it was left out. The template lists them.")
BAD_NUMBER = _("This should be a whole number, like 2. It was left out.")
BAD_AGE = _("This should be an age from 0 to 130. It was left out.")
BAD_DATE = _("This should be a day, like 5 January 2026. It was left out.")
BAD_TIME = _("This time could not be read, so it was left out. Write it like: every Tuesday 2pm to 4pm.")
BAD_RULE = _("This is not a way of repeating that calendars know, so that time was left out.")
TOO_OFTEN = _("This has more times than can be kept, so the rest were left out.")
BAD_PLACE = _("This is not a place on the globe, so it is not shown on the map.")
HALF_A_PLACE = _("Latitude and longitude are only useful together, so neither was used.")
BAD_URL = _("A website should start with https://. This one was left out.")
BAD_YES = _("This should be yes or no. It was left out.")
NOT_WORDS = _("This should be words, so it was left out.")
UNKNOWN_COLUMN = _("This column is not one we know, so it was left out.")
FORMULA = _("This is a sum that the sheet works out. It was taken as words; write the words themselves.")
NOT_UTF8 = _("The file is not in UTF-8, so its letters were read as Windows-1252. Look whether they are right.")
CANCELLED = _("This is called off in the calendar, so it was left out.")
HOLDERS_WORDS = _("Its holder has changed this here since it was brought in, so their words stay.")
NOT_THEIRS = _("This came in under another holder, so it was left as it is.")
CUT_SHORT = _("There was more in the file than can be brought in at once, so the rest was left out.")
