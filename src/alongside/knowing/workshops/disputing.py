"""Somebody else answered with my letter: for a while I can say so, and what they did waits for a steward."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from alongside.ground.history.acting import action
from alongside.ground.history.actor import Actor
from alongside.ground.notices.actions import message, tell
from alongside.ground.people.models import GONE
from alongside.ground.people.queries import stewards
from alongside.ground.records.actions import lock
from alongside.ground.records.models import Record
from alongside.knowing.workshops import policy, queries
from alongside.knowing.workshops.becoming import BY, hold
from alongside.knowing.workshops.models import CardState, Guest, Workshop


@action("workshops.dispute", may=policy.may_answer)
def dispute(*, by: Actor, guest: Guest) -> Guest:
    """It was not the guest who answered, says whoever has the link, up to 14 days after the answer. What came of it
    waits for a steward's look; nothing of it is lost, since this link may be in the wrong hands too. Cards that were
    wiped may be typed in from their paper again.

    A steward hears it, and the community, and whoever the words stand with. Once only: afterwards, or later than
    that, it changes nothing.
    """
    lock(guest.workshop.record)
    guest.refresh_from_db()
    if not queries.may_dispute(guest):
        return guest
    Guest.objects.filter(pk=guest.pk).update(disputed_at=timezone.now())
    guest.refresh_from_db()
    cards = guest.cards.select_related("became__owner").order_by("pk")
    made = [card.became for card in cards if card.became is not None]
    hold(made)
    again = guest.cards.filter(state=CardState.WIPED)
    codes = list(again.order_by("pk").values_list("code", flat=True))
    again.delete()
    _tell(guest.workshop, codes, made)
    return guest


def _tell(workshop: Workshop, codes: list[str], made: Iterable[Record]) -> None:
    title = message("Somebody says: that was not me")
    said = message(
        "Somebody with a link to cards from “%(title)s” says that another person answered for them. What others saw of"
        " it waits for a look. Cards that can be typed in from paper again: %(codes)s",
        title=workshop.title[:120],
        codes=", ".join(codes) or "0",
    )
    link = f"/workshop/{workshop.record.key}/people/"
    for party in [*stewards()[:1], workshop.record.owner]:
        tell(by=BY, to=party, title=title, body=said, link=link)
    theirs = message(
        "You said yes to a card from “%(title)s”. Somebody with the same link says that this was not them. A steward"
        " looks. Until then only you see it. If it is yours, there is nothing to do.",
        title=workshop.title[:120],
    )
    for owner in sorted({one.owner for one in made if one.owner.state not in GONE}, key=lambda one: one.pk):
        tell(by=BY, to=owner, title=title, body=theirs)
