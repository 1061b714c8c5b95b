"""What somebody wrote down on their way, without a signal, and sends when there is one: each note once, and none lost.
Asset mapping is done on foot, in the streets (chapter 3)."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, action
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party
from alongside.ground.people.queries import hash_token
from alongside.knowing.assets import policy
from alongside.knowing.assets.actions import offer
from alongside.knowing.assets.models import Asset
from alongside.knowing.assets.queries import same_here

MOST = 50  # notes in one go
FIELDS = ("kind", "title", "words", "near")


class AlreadyThere(Fault):
    """Something of the same name at the same place is on the map, as far as this person may see it."""

    def __init__(self, asset: Asset) -> None:
        super().__init__("title", _("Something with this name is on the map at this place already."))
        self.asset = asset


@action("assets.note", may=policy.may_offer, returns=Asset)
def note(
    *, by: Actor, holder: Party, kind: str, title: str, words: str, place: dict[str, Any], anyway: bool = False
) -> Asset:
    """Put what somebody wrote down in the register as `offer` does, seen by its holder alone.

    With the `key` that was made where it was written it is there once, however often it is sent. Raises AlreadyThere
    for something of the same name at the same place, unless `anyway`; Fault as `offer` does. Then nothing is kept, and
    the key may be sent again.
    """
    there = None if anyway else same_here(by, title, place.get("area"))
    if there is not None:
        raise AlreadyThere(there)
    return offer(by=by, holder=holder, kind=kind, title=title, words=words, **place)


def lock_of(person: Party) -> tuple[str, str]:
    """By which number a device knows whose notes these are, and the key that locks them there: 16 and 64 hex digits,
    the same for this person on each day and for nobody else, and no way from one to the other."""
    return hash_token(f"no signal, whose: {person.key}")[:16], hash_token(f"no signal, key: {person.key}")


def read(sent: bytes) -> tuple[str, list[dict[str, Any]]]:
    """Whose notes were sent, and each of them as it came, in its order. Raises ValueError for what is no such batch.

    Letters that no text may hold are put right; what else is wrong with a note is said of that note.
    """
    try:
        said = json.loads(sent)
    except RecursionError as error:
        raise ValueError("too deep") from error
    whose, notes = (said.get("whose"), said.get("notes")) if isinstance(said, dict) else (None, None)
    if not isinstance(whose, str) or not isinstance(notes, list) or len(notes) > MOST:
        raise ValueError("not a batch")
    return whose, [_whole(one) if isinstance(one, dict) else {} for one in notes]


def key_of(one: dict[str, Any]) -> str:
    """The key that the device made, written in one way; nothing where it is none."""
    try:
        return str(UUID(str(one.get("key"))))
    except ValueError:
        return ""


def says_other(asset: Asset, given: dict[str, Any], place: dict[str, Any]) -> bool:
    """Whether what stands under a key differs from what came with it now: somebody changed one of them since."""
    spot = getattr(asset.record, "spot", None)
    area = place.get("area")
    stands = (asset.kind, asset.title, _lines(asset.words), spot.area_id if spot else None)
    came = (given["kind"], " ".join(given["title"].split()), _lines(given["words"]), area.pk if area else None)
    return stands != came


def was_there(asset: Asset, began: datetime) -> bool:
    """Whether it was in the register before this request began."""
    return asset.record.made < began


def _lines(words: str) -> str:
    return "\n".join(words.strip().splitlines())


def _whole(one: dict[str, Any]) -> dict[str, Any]:
    """A note whose fields are texts without halves of letters, which JSON may hold and no database keeps."""
    texts = {name: one[name] if isinstance(one.get(name), str) else "" for name in (*FIELDS, "key")}
    whole = {name: text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") for name, text in texts.items()}
    return {**whole, "anyway": one.get("anyway") is True}
