"""Who holds a mapping workshop, who types its cards, and who answers for a card."""

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


@rule(_("Only those who type in the cards of this workshop can change them."))
def may_mend(*, by: Actor, card: Card, **_rest: Any) -> bool:
    return may_read(by=by, workshop=card.workshop)


@rule(_("Only whoever holds this workshop can put that on the map, and nobody puts there what a person said."))
def may_put(*, by: Actor, card: Card, **_rest: Any) -> bool:
    return card.whose in (Whose.GROUP, Whose.PLACE) and may_lead(by=by, workshop=card.workshop)


@rule(_("Answer for yourself, with the link that you were sent."))
def may_answer(*, by: Actor, **_rest: Any) -> bool:
    """The link is the way in: whoever has it answers for themselves, with the page they have, or the one it opens."""
    return by.is_system or _themselves(by)


@rule(_("Only those who hold this workshop can write down what somebody says."))
def may_say_for(*, by: Actor, guest: Guest, **_rest: Any) -> bool:
    return may_read(by=by, workshop=guest.workshop)


@rule(_("The computer does that at night."))
def may_wipe(*, by: Actor, **_rest: Any) -> bool:
    return by.is_system
