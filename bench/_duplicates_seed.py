"""Seeded duplicates: takes any list of things on offer and says some of them again, as other hands would.

Written and kept before the matcher it judges. Each copy is made by edits that are seen between lists kept by
different people: abbreviations, "&" for "and", words in another order, slips of the keyboard, no address, a
point that has moved, another spelling of the organisation, a name cut in two, telephone numbers written in
another way, and a description written anew. `near_misses` makes the opposite: different things that look alike.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple


class Listed(NamedTuple):
    """One thing as a list says it. All texts are plain; no text is an empty one."""

    id: str
    title: str
    words: str = ""
    holder: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    lat: float | None = None
    lng: float | None = None


class Copy(NamedTuple):
    """A copy, of which it is one, and the edits that made it."""

    thing: Listed
    of: str
    edits: tuple[str, ...]


SHORTER = {
    "association": "assoc.",
    "centre": "ctr",
    "center": "ctr",
    "community": "comm.",
    "company": "co.",
    "department": "dept",
    "development": "dev.",
    "doctor": "dr",
    "gardens": "gdns",
    "group": "grp",
    "mount": "mt",
    "national": "nat.",
    "north": "n.",
    "road": "rd",
    "saint": "st",
    "services": "svcs",
    "service": "svc",
    "society": "soc.",
    "south": "s.",
    "street": "st",
    "trust": "tr.",
    "avenue": "ave",
    "library": "lib.",
    "international": "intl",
    "information": "info",
    "gloucestershire": "glos",
    "county": "co.",
}
LEGAL = ("ltd", "limited", "cic", "c.i.c.", "cio", "plc", "inc", "inc.", "incorporated", "llp", "the", "charity")
OTHER_WORDS = {
    "help": "assistance",
    "helps": "assists",
    "support": "help",
    "people": "folk",
    "older": "elderly",
    "offers": "has",
    "provides": "gives",
    "weekly": "each week",
    "free": "at no charge",
    "activities": "things to do",
    "advice": "guidance",
    "children": "young ones",
    "meet": "come together",
    "variety": "range",
    "available": "on offer",
    "for": "to",
}
LETTERS = "abcdefghijklmnopqrstuvwxyz"
EDITS_MOST = 6
METRE = 1 / 111_320  # degrees of latitude


def seeded(things: Sequence[Listed], share: float = 0.3, seed: int = 1) -> list[Copy]:
    """Copies of a share of the things, each by one to six edits drawn at random; the same seed, the same copies.

    Every copy differs from its original, keeps some of its title, and has a fresh id that tells nothing.
    """
    draw = random.Random(seed)
    chosen = draw.sample(list(things), round(len(things) * share))
    return [_copy(draw, thing, f"copy-{number}") for number, thing in enumerate(chosen)]


def near_misses(things: Sequence[Listed], share: float = 0.1, seed: int = 2) -> list[Copy]:
    """Different things that look alike: the same title and matter at another holder's, the same holder's next thing.

    None of them is the thing it was made from, though much of it is the same.
    """
    draw = random.Random(seed)
    chosen = draw.sample(list(things), round(len(things) * share))
    made = []
    for number, thing in enumerate(chosen):
        others = [one for one in things if one.title != thing.title and one.holder != thing.holder]
        if not others:
            continue
        other, name = draw.choice(others), draw.choice(("same title", "same holder"))
        if name == "same title":
            fresh = other._replace(title=thing.title, words=_said_anew(draw, thing.words))
        else:
            fresh = thing._replace(title=other.title, words=other.words)
        made.append(Copy(fresh._replace(id=f"near-{number}"), thing.id, (name,)))
    return made


def _copy(draw: random.Random, thing: Listed, name: str) -> Copy:
    kinds = draw.sample(list(EDITS), draw.randint(1, EDITS_MOST))
    edited, done = thing, []
    for kind in kinds:
        after = EDITS[kind](draw, edited)
        if after != edited and after.title.strip():
            edited, done = after, [*done, kind]
    if not done:  # nothing drawn had anything to change
        edited, done = thing._replace(title=_slip(draw, thing.title)), ["typing"]
    return Copy(edited._replace(id=name), thing.id, tuple(done))


def _abbreviate(draw: random.Random, thing: Listed) -> Listed:
    longer = {short: long for long, short in SHORTER.items()}

    def other(match: re.Match[str]) -> str:
        word = match[0].lower()
        found = SHORTER.get(word) or longer.get(word)
        return _like(match[0], found) if found else match[0]

    def text(words: str) -> str:
        return re.sub(r"[A-Za-z]+\.?(?=\s|$|,)", other, words)

    return thing._replace(title=text(thing.title), address=text(thing.address))


def _ampersand(_draw: random.Random, thing: Listed) -> Listed:
    def swap(words: str) -> str:
        if "&" in words:
            return re.sub(r"\s*&\s*", " and ", words)
        return re.sub(r"\band\b", "&", words)

    return thing._replace(title=swap(thing.title), holder=swap(thing.holder))


def _reorder(draw: random.Random, thing: Listed) -> Listed:
    parts = re.split(r"\s+[-–:|]\s+|\s+(?:at|in)\s+|,\s+", thing.title, maxsplit=1)
    if len(parts) == 2 and all(parts):
        return thing._replace(title=draw.choice(("{1} {0}", "{1} - {0}", "{1}: {0}")).format(*parts))
    words = thing.title.split()
    if len(words) < 2:
        return thing
    at = draw.randrange(len(words) - 1)
    words[at], words[at + 1] = words[at + 1], words[at]
    return thing._replace(title=" ".join(words))


def _typing(draw: random.Random, thing: Listed) -> Listed:
    title = _slip(draw, thing.title)
    twice = _slip(draw, title)
    return thing._replace(title=twice if len(title) > 14 and draw.random() < 0.4 and twice != thing.title else title)


def _slip(draw: random.Random, text: str) -> str:
    """One slip of the keyboard: a letter left out, doubled, swapped or wrong."""
    places = [at for at, letter in enumerate(text) if letter.isalpha()]
    if len(places) < 4:
        return text + draw.choice(LETTERS)
    at = draw.choice(places[1:])
    kind = draw.randrange(4)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + text[at] + text[at:]
    if kind == 2 and at + 1 < len(text) and text[at + 1].isalpha() and text[at + 1] != text[at]:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + draw.choice(LETTERS.replace(text[at].lower(), "")) + text[at + 1 :]


def _no_address(draw: random.Random, thing: Listed) -> Listed:
    if draw.random() < 0.5:
        return thing._replace(address="", lat=None, lng=None)
    return thing._replace(address="")


def _moved(draw: random.Random, thing: Listed) -> Listed:
    """The point of another geocoder: mostly within a hundred metres."""
    if thing.lat is None or thing.lng is None:
        return thing
    return thing._replace(lat=thing.lat + draw.gauss(0, 60) * METRE, lng=thing.lng + draw.gauss(0, 60) * METRE * 1.6)


def _other_holder(draw: random.Random, thing: Listed) -> Listed:
    words = [word for word in thing.holder.split() if word.lower().strip("().,") not in LEGAL]
    if not words:
        return thing
    ways = [" ".join(words), " ".join([*words, draw.choice(("Ltd", "Limited", "CIC"))]), "The " + " ".join(words)]
    if len(words) > 2:
        ways.append("".join(word[0] for word in words if word[0].isalpha()).upper())
        ways.append(" ".join(words[:-1]))
    ways.append(_slip(draw, " ".join(words)))
    return thing._replace(holder=draw.choice([way for way in ways if way and way != thing.holder] or [thing.holder]))


def _split_name(draw: random.Random, thing: Listed) -> Listed:
    """A name cut in two: a part left out, or the organisation told in the same breath."""
    bare = re.sub(r"\s*\([^)]*\)", "", thing.title).strip()
    parts = [part for part in re.split(r"\s+[-–:|]\s+", bare) if part]
    if len(parts) > 1 and draw.random() < 0.6:
        return thing._replace(title=max(parts, key=len))
    if bare and bare != thing.title:
        return thing._replace(title=bare)
    if thing.holder and thing.holder.lower() not in thing.title.lower():
        return thing._replace(title=draw.choice(("{0} ({1})", "{1} - {0}", "{1}: {0}")).format(bare, thing.holder))
    return thing


def _phone(draw: random.Random, thing: Listed) -> Listed:
    figures = re.sub(r"\D", "", thing.phone)
    if len(figures) < 7:
        return thing
    national = figures.removeprefix("44").removeprefix("0")
    ways = [
        f"+44 {national[:4]} {national[4:]}",
        f"0{national}",
        f"(0{national[:4]}) {national[4:]}",
        f"0{national[:3]} {national[3:6]} {national[6:]}",
        f"0{national[:4]}-{national[4:]}",
        "",
    ]
    return thing._replace(phone=draw.choice(ways))


def _anew(draw: random.Random, thing: Listed) -> Listed:
    return thing._replace(words=_said_anew(draw, thing.words)) if thing.words else thing


def _said_anew(draw: random.Random, text: str) -> str:
    """The description in somebody else's words: sentences left out and moved, other words, a shorter text, none."""
    sentences = [one for one in re.split(r"(?<=[.!?])\s+|\n+", text) if one.strip()]
    kept = [one for one in sentences if draw.random() > 0.35] or sentences[:1]
    draw.shuffle(kept)
    words = [OTHER_WORDS.get(word.lower(), word) if draw.random() < 0.7 else word for word in " ".join(kept).split()]
    words = [word for word in words if draw.random() > 0.12]
    if draw.random() < 0.25:
        words = words[: max(6, len(words) // 4)]
    return "" if draw.random() < 0.08 else " ".join(words)


def _contact(draw: random.Random, thing: Listed) -> Listed:
    """Other ways to get in touch: none, or the address of the site written in another way."""
    if thing.website and draw.random() < 0.5:
        bare = re.sub(r"^https?://(www\.)?", "", thing.website).rstrip("/")
        return thing._replace(website=draw.choice((f"http://{bare}/", f"https://www.{bare}", bare.split("/")[0], "")))
    return thing._replace(email=draw.choice((thing.email.upper(), "")))


def _capitals(draw: random.Random, thing: Listed) -> Listed:
    return thing._replace(title=draw.choice((thing.title.upper(), thing.title.lower(), thing.title + "!")))


def _like(word: str, other: str) -> str:
    return other.capitalize() if word[:1].isupper() else other


EDITS: dict[str, Callable[[random.Random, Listed], Listed]] = {
    "abbreviation": _abbreviate,
    "ampersand": _ampersand,
    "order": _reorder,
    "typing": _typing,
    "no address": _no_address,
    "moved": _moved,
    "holder": _other_holder,
    "split name": _split_name,
    "phone": _phone,
    "description": _anew,
    "contact": _contact,
    "capitals": _capitals,
}
