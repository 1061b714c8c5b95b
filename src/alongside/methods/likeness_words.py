"""Cuts names, addresses and ways to get in touch into what two hands would write alike, for `likeness`."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

# Each shorter form beside its longer one; both come to the same word. "St" is a street and a saint.
_SHORT = """
assoc association; assn association; ave avenue; co company; comm community; comms communications; ctr centre;
center centre; dept department; dev development; dr doctor; gdn garden; gdns gardens; glos gloucestershire; govt
government; grp group; info information; intl international; lib library; mt mount; n north; nat national; natl
national; nr near; org organisation; organization organisation; pk park; pl place; rd road; s south; saint st; sq
square; soc society; street st; svc service; svcs services; tr trust; univ university; w west; yrs years; yr year
"""
SHORT = dict(pair.split() for pair in _SHORT.replace("\n", " ").split(";"))
LITTLE = frozenset(
    ["a", "an", "and", "at", "by", "c", "for", "from", "i", "in", "of", "on", "or", "the", "to", "with", "y", "yr"]
)
LEGAL = frozenset(["charity", "cic", "cio", "inc", "incorporated", "limited", "llp", "ltd", "plc", "registered"])
# What tells one of a row from the next: numbers, days, and steps of learning or age.
_APART = """
monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun mondays tuesdays
wednesdays thursdays fridays saturdays sundays beginner beginners intermediate advanced improver improvers junior
juniors senior seniors adult adults children men mens women womens boys girls morning afternoon evening
"""
APART = frozenset(_APART.split())
ORDINAL = re.compile(r"^(\d+)(?:st|nd|rd|th)?$")
WORD = re.compile(r"[^\W_]+")
MARKS = re.compile(r"(?<=\w)['’.](?=\w)|(?<=\w)['’](?=\s|$)")
POSTCODE = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?)\s*(\d[a-z]{2})\b")
SITE = re.compile(r"^(?:https?://)?(?:www\d?\.)?", re.IGNORECASE)


class Place(NamedTuple):
    """An address in parts: its words, and its numbers and postcode, which tell doors apart."""

    words: frozenset[str]
    numbers: frozenset[str]


def words_of(text: str) -> tuple[str, ...]:
    """The words that tell, in order: small letters without accents, short forms made long, little words left out.

    A text of little words only keeps them, so that a thing called "The And" still has a name.
    """
    plain = MARKS.sub("", _plain(text).replace("&", " and "))
    every = [SHORT.get(word, word) for word in WORD.findall(plain)]
    telling = tuple(_single(word) for word in every if word not in LITTLE and word not in LEGAL)
    return telling or tuple(every)


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _single(word: str) -> str:
    """Without the s of a plural, which copies drop and add."""
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word


def initials(name: str) -> str:
    """The initials of a name, as it may be called for short; empty for a name of one word or two."""
    words = [word for word in WORD.findall(_plain(name)) if word not in LEGAL]
    return "".join(word[0] for word in words if word != "the") if len(words) > 2 else ""


def tells_apart(title: str) -> frozenset[str]:
    """Numbers, days and steps in a title: "1st" and "2nd", "Mondays" and "Tuesdays" are not the same thing."""
    words = WORD.findall(_plain(title).replace("'", "").replace("’", ""))
    numbers = {found[1] for word in words if (found := ORDINAL.match(word))}
    return frozenset(numbers | {word[:3] for word in words if word in APART})


def address_of(text: str) -> Place:
    """An address cut into words and numbers."""
    plain = _plain(text)
    codes = {"".join(found) for found in POSTCODE.findall(plain)}
    words = words_of(POSTCODE.sub(" ", plain))
    numbers = {word for word in words if any(letter.isdigit() for letter in word)}
    return Place(frozenset(words) - numbers, frozenset(numbers | codes))


def figures(phones: str) -> frozenset[str]:
    """Telephone numbers as their last nine figures, however they are written; nothing under seven figures."""
    found = (re.sub(r"\D", "", one) for one in re.split(r"[;,/]|\bor\b", phones))
    return frozenset(one[-9:] for one in found if len(one) >= 7)


def mail_of(address: str) -> str:
    """An e-mail address as it is compared, or nothing."""
    plain = address.strip().casefold().removeprefix("mailto:")
    return plain if "@" in plain else ""


def site_of(address: str) -> str:
    """A website without what browsers add by themselves."""
    plain = SITE.sub("", address.strip().casefold()).split("#")[0].rstrip("/")
    return plain if "." in plain else ""
