"""Who holds a mapping workshop, who types its cards, and who answers for a card.

Cards are read by those who type, changed by whoever typed them until somebody is asked, and answered for by whoever
they belong to. Only those who hold the workshop write down what a guest says, since they answer for it by name.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.ground.history.acting import rule
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Kind, Party, Role
from alongside.ground.people.queries import acts_in, may_speak_for
from alongside.ground.records.queries import visible_to
from alongside.knowing.maps.queries import tended
from alongside.knowing.workshops.models import Card, Guest, Whose, Workshop

HOLDING_ROLES = (Role.COORDINATOR, Role.BUILDER, Role.PLACE_STEWARD)


def _themselves(by: Actor) -> bool:
    return by.person is not None and not by.is_helping and by.program is None


@rule(_("Only a community builder, a coordinator or somebody who looks after this community’s map can do that."))
def may_hold(*, by: Actor, community: Party, **_rest: Any) -> bool:
    """Helping one with their page, or a program, makes nobody the host of a workshop."""
    if by.is_system:
        return True
    if not _themselves(by) or community.kind != Kind.COMMUNITY:
        return False
    roles = acts_in(by, *HOLDING_ROLES) or may_speak_for(by, community)
    return roles or tended(by).filter(record__owner=community).exists()


@rule(_("Only those who type in the cards of this workshop can read them."))
def may_read(*, by: Actor, workshop: Workshop, **_rest: Any) -> bool:
    """Whoever has a grant on it, and those who look after the community."""
    here = _themselves(by) and workshop.wiped_at is None
    return here and visible_to(by).filter(pk=workshop.pk).exists()


@rule(_("This workshop is closed. Its cards are as they are."))
def may_type(*, by: Actor, workshop: Workshop, **_rest: Any) -> bool:
    return workshop.closed_at is None and may_read(by=by, workshop=workshop)


@rule(_("Only whoever holds this workshop can do that."))
def may_lead(*, by: Actor, workshop: Workshop, **_rest: Any) -> bool:
    return may_read(by=by, workshop=workshop) and may_hold(by=by, community=workshop.record.owner)


@rule(_("Whoever typed a card can change it until somebody is asked about it. Ask whoever holds this workshop."))
def may_mend(*, by: Actor, card: Card, **_rest: Any) -> bool:
    """A slip is mended by whoever made it. What somebody was asked about is theirs: only those who hold the workshop
    act on their word then."""
    if may_lead(by=by, workshop=card.workshop):
        return True
    own = by.person is not None and card.typed_by_id == by.person.pk
    return own and not _is_asked(card) and may_read(by=by, workshop=card.workshop)


def _is_asked(card: Card) -> bool:
    return (card.guest is not None and card.guest.asked_at is not None) or card.asks.exists()


@rule(_("Only whoever holds this workshop can put that on the map, and nobody puts there what a person said."))
def may_put(*, by: Actor, card: Card, **_rest: Any) -> bool:
    return card.whose in (Whose.GROUP, Whose.PLACE) and may_lead(by=by, workshop=card.workshop)


@rule(_("Answer for yourself, with the link that you were sent."))
def may_answer(*, by: Actor, **_rest: Any) -> bool:
    """The link is the way in: whoever has it answers for themselves, with the page they have, or the one it opens."""
    return by.is_system or _themselves(by)


@rule(_("Only those who look after this group can answer for it."))
def may_answer_group(*, by: Actor, group: Party, **_rest: Any) -> bool:
    """Not whoever wrote or typed the card, and not somebody who helps a keeper with their own page."""
    return not group.is_person and _themselves(by) and may_speak_for(by, group)


@rule(_("Only those who hold this workshop can write down what somebody says, or take them out."))
def may_say_for(*, by: Actor, guest: Guest, **_rest: Any) -> bool:
    """A guest's yes and no are the guest's own. Whoever was let in to type writes down neither."""
    return may_lead(by=by, workshop=guest.workshop)


@rule(_("The computer does that at night."))
def may_wipe(*, by: Actor, **_rest: Any) -> bool:
    return by.is_system
