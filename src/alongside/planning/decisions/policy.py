"""Who may put a question to everybody, and who runs the decision, in everyday words."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from alongside.ground.history.acting import rule
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import KEEPING_ROLES, Kind, Membership, Party, PartyState, Role, Sort
from alongside.ground.people.queries import may_speak_for, open_memberships, with_proof
from alongside.planning.decisions.models import Decision

PART = "plan"  # whoever helps somebody with their plan helps them decide about their own life
OF_COMMUNITIES = KEEPING_ROLES | {Role.CONNECTOR, Role.BUILDER, Role.COORDINATOR}
OF_THE_AREA = frozenset({Role.COMMISSIONER, Role.PLACE_STEWARD})


def led_by(by: Actor) -> QuerySet[Membership, Any]:
    """Ids of the communities, households and public bodies for which somebody may open a decision. Helping somebody,
    or a program of theirs, opens none for a group."""
    if by.person is None or by.is_helping or by.program is not None or by.person.state == PartyState.PROVISIONAL:
        return Membership.objects.none().values("of")
    community = Q(of__kind=Kind.COMMUNITY, role__in=with_proof(by, OF_COMMUNITIES))
    household = Q(of__kind=Kind.COMMUNITY, of__sort=Sort.HOUSEHOLD)
    area = Q(of__kind=Kind.ORGANISATION, role__in=with_proof(by, OF_THE_AREA))
    return open_memberships().filter(community | household | area, member=by.person).values("of")


def _leads(by: Actor, owner: Party) -> bool:
    if by.is_system:
        return True
    if owner.is_person:
        here = by.person is not None and by.person.state != PartyState.PROVISIONAL
        return here and by.program is None and may_speak_for(by, owner, PART)
    return led_by(by).filter(of=owner).exists()


@rule(
    _(
        "You can start a decision about your own life, in your household, in a community where you take on a part,"
        " or for the whole area if that is your work."
    )
)
def may_ask(*, by: Actor, owner: Party, **_rest: Any) -> bool:
    """About their own life, and for groups that they lead."""
    return _leads(by, owner)


@rule(_("Only those who look after this decision can do that."))
def may_run(*, by: Actor, decision: Decision, **_rest: Any) -> bool:
    """Those who could open one for the same owner: so a decision is never left with nobody."""
    return _leads(by, decision.record.owner)


@rule(_("Only the count says how a decision came out."))
def may_conclude(*, by: Actor, **_rest: Any) -> bool:
    """Nobody by hand: only the machine that counts."""
    return by.is_system
