"""Who in the room a card belongs to: found by name and by how to reach them, and never two people taken for one."""

from __future__ import annotations

import uuid

from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault
from alongside.ground.history.typed import one_line
from alongside.knowing.workshops.models import Card, Guest, Workshop

LONGEST_REACH = 300


def guest_of(workshop: Workshop, name: str, reach: str, table: int | None) -> Guest:
    """The one of this name who has not answered. Somebody else where another way to reach them is given, or where one
    card gives none and lay on another table: two of one name would read each other's cards. Raises Fault for a way
    that is too long. Called inside an action."""
    reach = _way(reach)
    for there in workshop.guests.filter(answered_at=None).order_by("pk"):
        if there.name.casefold() == name.casefold() and _is_same(there, reach, table):
            if reach and not there.reach:
                _reach_by(there, reach)
            return there
    return Guest.objects.create(workshop=workshop, name=name, reach=reach, lang=workshop.record.lang)


def put_right(card: Card, name: str, reach: str) -> Guest:
    """The card's own guest, to be reached in another way from now on; another person where the name is another."""
    there, way = card.guest, _way(reach)
    if there is None or there.name.casefold() != name.casefold():
        return guest_of(card.workshop, name, reach, card.table)
    if there.reach != way:
        _reach_by(there, way)
    return there


def drop_empty(guest: Guest | None) -> None:
    """Nobody's name is kept without a card of theirs. Called inside an action."""
    if guest is not None and not guest.cards.exists():
        guest.delete()


def ask_anew(guest: Guest) -> None:
    """The link and code they were sent open nothing from now on, and they are asked with the others again."""
    Guest.objects.filter(pk=guest.pk).update(key=uuid.uuid4(), code="", asked_at=None)


def _reach_by(guest: Guest, reach: str) -> None:
    Guest.objects.filter(pk=guest.pk).update(reach=reach)
    if guest.asked_at is not None:
        ask_anew(guest)  # what went to the old address is in somebody else's hands, perhaps


def _is_same(there: Guest, reach: str, table: int | None) -> bool:
    if reach and there.reach:
        return reach == there.reach
    tables = set(there.cards.exclude(table=None).values_list("table", flat=True))
    return table is None or tables <= {table}


def _way(reach: str) -> str:
    reach = one_line(reach)
    if len(reach) > LONGEST_REACH:
        raise Fault("reach", _("Use %(most)d letters or fewer") % {"most": LONGEST_REACH})
    return reach
