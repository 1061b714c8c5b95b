"""The code on a card, and the kind of thing guessed from it and from the words. Whoever types can say otherwise."""

from __future__ import annotations

import re

from alongside.knowing.assets.models import AssetKind

# What a card asks, by the letter of its code; X is for a card of the room's own paper.
LOVE, CAN, PLACES, MORE, OWN = "L", "C", "P", "M", "X"
LETTERS = (LOVE, CAN, PLACES, MORE, OWN)
MOST = 999
_CODE = re.compile(r"([LCPMX])0*([1-9][0-9]{0,2})", re.ASCII)
_WORD = re.compile(r"[^\W\d_]+")
_BY_LETTER = {LOVE: AssetKind.ACTIVITY, CAN: AssetKind.SKILL, PLACES: AssetKind.SPACE, OWN: AssetKind.SKILL}
_BY_WORD: dict[str, str] = {
    AssetKind.EQUIPMENT: "lend borrow ladder drill tools tool car van trailer mower wheelbarrow tent gazebo tables"
    " chairs urn camera projector benthyg ysgol dril offer fan cadeiriau byrddau",
    AssetKind.TIME: "lift lifts drive driving hour hours company walk shopping sit awr oriau gyrru cwmni siopa",
    AssetKind.KNOWLEDGE: "know history remember birds names recipes gwybod hanes cofio adar",
    AssetKind.NATURE: "wood woods park garden gardens orchard river canal allotment meadow pond coed parc gardd"
    " perllan afon camlas rhandir",
    AssetKind.SPACE: "hall room kitchen bench bakery cafe café church chapel library pub shop neuadd ystafell cegin"
    " mainc eglwys capel llyfrgell tafarn siop",
    AssetKind.ACTIVITY: "club choir group class dance dancing singing band team games lunch clwb côr grŵp dosbarth"
    " dawns dawnsio canu tîm cinio",
    AssetKind.STORY: "story stories stori straeon",
}
_KIND_OF = {word: kind for kind, words in _BY_WORD.items() for word in words.split()}


def plain_code(text: str) -> str:
    """A code as it is kept, like C7, for what somebody typed, like "c 07"; nothing for what is no code."""
    found = _CODE.fullmatch("".join(text.split()).upper())
    return f"{found[1]}{found[2]}" if found else ""


def after(code: str) -> str:
    """The code of the card that is likely to lie next on the pile."""
    number = int(code[1:])
    return f"{code[0]}{number + 1}" if number < MOST else ""


def is_wish(code: str) -> bool:
    return code.startswith(MORE)


def kind_of(code: str, words: str, group: bool = False) -> str:
    """A kind for every offer: the first word that names one; else of a group what it does, and of others what the card
    asked."""
    for word in _WORD.findall(words.lower()):
        if word in _KIND_OF:
            return _KIND_OF[word]
    return str(AssetKind.ACTIVITY) if group else str(_BY_LETTER.get(code[:1], AssetKind.SKILL))
