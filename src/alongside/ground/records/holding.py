"""Some communities look at what their members change before it counts, for a few days at most. What is about the
holder's own privacy (who sees it, what it is used for, where it is shown) never waits."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.ground.history.acting import Fault, action, rule
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Kind, Party
from alongside.ground.people.queries import acts_as_steward, belongs_to, may_speak_for
from alongside.ground.records.models import SHOWN, Audience, Holding, Record, State

MOST_DAYS = 30
SHOWN_AGAIN = (*SHOWN, State.RESTING, State.HIDDEN)  # what rests or is hidden comes back as it stands then


@rule(gettext_lazy("Only the people who look after this group can settle that."))
def may_hold(*, by: Actor, community: Party, **_rest: Any) -> bool:
    return by.is_system or acts_as_steward(by) or may_speak_for(by, community)


@action("records.set_holding", may=may_hold)
def set_holding(*, by: Actor, community: Party, days: int | None) -> int | None:
    """From now on what members of a community change waits for a look, for so many days at most; None ends that,
    and what waits then counts when its time is up. Raises Fault for what is no community, and for 0 days or over 30.
    """
    if days is None:
        Holding.objects.filter(community=community).delete()
        return None
    if community.kind != Kind.COMMUNITY:
        raise Fault("community", _("Choose a community"))
    if not 1 <= days <= MOST_DAYS:
        raise Fault("days", _("Choose from 1 to 30 days"))
    Holding.objects.update_or_create(community=community, defaults={"days": days})
    return days


def looked_over(record: Record, audience: str = "", community: Party | None = None) -> Holding | None:
    """The community whose people look first at what others read in a record: the one it is shared with, or for what
    everyone sees, one that its holder belongs to. None for what neither sees, and for what the steward of the place
    looks at or has ended. With an audience, as it would be if the record were shared so."""
    audience, community = (audience, community) if audience else (record.audience, record.community)
    if record.state not in SHOWN_AGAIN or audience not in (Audience.COMMUNITY, Audience.EVERYONE):
        return None
    held = Holding.objects.select_related("community").order_by("days", "pk")
    if audience == Audience.COMMUNITY:
        return held.filter(community=community).first()
    return held.filter(community__in=belongs_to(record.owner)).first()


def holding_over(by: Actor, record: Record) -> Holding | None:
    """The community that looks first at what this actor changes. None for a steward's own hand and the machine's."""
    one = None if by.is_system else looked_over(record)
    return None if one is None or may_hold(by=by, community=one.community) else one
