"""Note what somebody ticked: each tick is something of their own, seen by nobody else until they share it."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, action
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party
from alongside.knowing.assets import actions as assets
from alongside.knowing.gifts import policy, queries

MOST_MORE = 8  # lines of one's own on one page
LONGEST = 200


@action("gifts.note", may=policy.may_tick)
def note(*, by: Actor, owner: Party, part: str, ticked: Collection[str], more: str = "") -> int:
    """Make what is newly ticked, and each line of `more`, something of the owner's own; take away what is not ticked
    any more and nobody else ever saw. How many things are of this page now, those shared with others included.

    What others may see stays: its own page takes it back. Ticking twice, or in another language, changes nothing.
    Raises Fault for a page or a tick there is not, for a line of more than 200 letters and for more than 8 lines.
    """
    Party.objects.select_for_update().get(pk=owner.pk)
    lines = _lines(more)
    page = next((one for one in queries.parts() if one.key == part), None)
    if page is None or not set(ticked) <= {gift.key for gift in page.gifts}:
        raise Fault("ticked", _("Choose one of these"))
    pages, rest = queries.had(by, owner)
    had = next(one for one in pages if one.part.key == part)
    there = {gift.key: asset for gift, asset in had.things}
    for gift in page.gifts:
        asset = there.get(gift.key)
        if gift.key in ticked and asset is None:
            assets.offer(by=by, holder=owner, kind=gift.kind, title=gift.words)
        elif gift.key not in ticked and asset is not None and not queries.is_shared(asset):
            assets.withdraw(by=by, asset=asset)
    known = {asset.title.casefold() for asset in (*rest, *there.values())} | {
        word.casefold() for gift in page.gifts if gift.key in ticked for word in gift.label.values()
    }
    for line in lines:
        if line.casefold() not in known:
            assets.offer(by=by, holder=owner, kind=page.kind, title=line)
    return len(set(ticked) | {gift.key for gift, _asset in had.open})


def _lines(text: str) -> list[str]:
    """The things named, one a line, each once."""
    found = (" ".join(line.replace("\x00", "").split()) for line in text.splitlines())
    lines = list({line.casefold(): line for line in found if line}.values())
    if len(lines) > MOST_MORE:
        raise Fault("more", _("Write 8 lines or fewer here. You can come back and add more."))
    if any(len(line) > LONGEST for line in lines):
        raise Fault("more", _("Make each line 200 letters or fewer"))
    return lines
