"""What a side says when it says yes: words without a name, how to be reached, and where to meet first."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from alongside.doing.connecting.models import Meet, Side
from alongside.ground.history.acting import Fault
from alongside.ground.people.models import Party

LONGEST = {"words": 500, "reach": 300, "meet_words": 200}
POSTCODE = r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b"
REACHES = re.compile(rf"[\w.+-]+@[\w-]+\.\w|(?:\d[\s().-]?){{7,}}|{POSTCODE}|https?://", re.IGNORECASE)
I_AM = r"(?:i['’]?m|i am|my name is|my name['’]s|call me|fy enw i yw)"


def tells_name(words: str, party: Party) -> bool:
    """Whether somebody wrote their own name: all of it, their surname, or "I'm" and their first name."""
    name = " ".join(party.name.split())
    if not name:
        return False
    if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words, re.IGNORECASE) and len(name) > 2:
        return True
    first, *rest = name.split()
    surname = rest[-1] if rest and party.is_person else ""
    if len(surname) > 1 and re.search(rf"(?<!\w){re.escape(surname)}(?!\w)", words):
        return True
    if not party.is_person:
        return False
    here = re.escape(first)
    says = rf"(?<!\w)(?:{I_AM}\s+{here}|{here}\s+y?dw\s+i)(?!\w)"
    signs = rf"(?<!\w){here}\W*$"
    return bool(re.search(says, words, re.IGNORECASE) or re.search(signs, words))


def cleaned(side: Side, *, words: str, reach: str, meet: str, meet_words: str) -> dict[str, str]:
    """The answers of a side that says yes. Raises Fault for what is missing or too long, and for words that tell who
    they are before both have said yes."""
    given = {
        "words": _one_line(words),
        "reach": _one_line(reach),
        "meet": meet,
        "meet_words": _one_line(meet_words),
    }
    for name, most in LONGEST.items():
        if len(given[name]) > most:
            raise Fault(name, _("Use %(most)d letters or fewer") % {"most": most})
    if tells_name(given["words"], side.record.owner) or REACHES.search(given["words"]):
        raise Fault("words", _("Leave out names, numbers and addresses. They are told when you both say yes."))
    if not given["reach"]:
        raise Fault("reach", _("Say how they can reach you, like a telephone number"))
    if meet not in choices(side):
        raise Fault("meet", _("Choose where you would meet first"))
    return given


def choices(side: Side) -> list[str]:
    """Where these two can meet first: with the introducer where there is one, at the group's own place where a group
    or organisation has it."""
    introduction = side.introduction
    asset = introduction.asset
    usual = asset is not None and not asset.record.owner.is_person
    held = [(Meet.PUBLIC, True), (Meet.USUAL, usual), (Meet.INTRODUCER, introduction.introducer_id is not None)]
    return [meet.value for meet, there in held if there]


def labelled(side: Side) -> list[tuple[str, str]]:
    """The same, with words to choose by."""
    return [(meet, str(Meet(meet).label)) for meet in choices(side)]


def places(by_introducer: bool, group: bool) -> list[tuple[str, str]]:
    """The same before there is an introduction, for the page that asks."""
    there = {Meet.PUBLIC: True, Meet.USUAL: group, Meet.INTRODUCER: by_introducer}
    return [(meet.value, str(meet.label)) for meet, is_there in there.items() if is_there]


def _one_line(words: str) -> str:
    return " ".join(words.replace("\x00", "").split())
