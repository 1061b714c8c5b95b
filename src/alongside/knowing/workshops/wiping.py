"""What nobody says yes to is not kept: a guest who wants to be forgotten, and all that lapsed."""

from __future__ import annotations

from django.utils import timezone

from alongside.ground.history.acting import action
from alongside.ground.history.actor import Actor
from alongside.ground.records.actions import lock
from alongside.knowing.workshops import policy, queries
from alongside.knowing.workshops.answering import let_go
from alongside.knowing.workshops.becoming import wipe
from alongside.knowing.workshops.models import Card, CardState, GroupAsk, Guest, Workshop


@action("workshops.forget_guest", may=policy.may_say_for)
def forget_guest(*, by: Actor, guest: Guest) -> Guest:
    """A person asks not to be kept here: their name, how to reach them and all that waits of theirs is wiped. What
    they said yes to meanwhile stays theirs."""
    lock(guest.workshop.record)
    guest.refresh_from_db()
    if guest.answered_at is None:
        wipe(queries.waiting(guest))
        let_go(guest)
    return guest


@action("workshops.wipe_due", may=policy.may_wipe)
def wipe_due(*, by: Actor) -> int:
    """At night: 90 days after a workshop all that nobody answered for is wiped, with every name; and once "this was
    not me" can be said no more, no card is tied to whoever answered for it. How many workshops."""
    over = timezone.now() - queries.MAY_DISPUTE
    Card.objects.filter(guest__answered_at__lt=over).exclude(state=CardState.TYPED).update(guest=None)
    due = queries.to_wipe()
    for workshop in due:
        lock(workshop.record)
        wipe(workshop.cards.filter(state=CardState.TYPED))
        workshop.cards.update(about="", guest=None)
        GroupAsk.objects.filter(card__workshop=workshop).delete()
        workshop.guests.update(name="", reach="", code="")
        Workshop.objects.filter(pk=workshop.pk).update(wiped_at=timezone.now())
    return len(due)
