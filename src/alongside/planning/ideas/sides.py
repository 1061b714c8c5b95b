"""On which side somebody stands when they put an idea forward, or put one aside: counted and shown with the vote."""

from __future__ import annotations

from alongside.ground.history.actor import Actor
from alongside.ground.people.models import STAFF_ROLES, Kind, Party, Role, Sort
from alongside.ground.people.queries import open_memberships
from alongside.planning.decisions import queries as decisions
from alongside.planning.decisions.models import Decision, Side


def side_of(party: Party) -> Side:
    """The side of a party. Somebody who works for a council or a supplier stands on that side also in their own name:
    else what an organisation wants would count as what people want."""
    return (working_side(party) if party.is_person else None) or decisions.side_of(party)


def working_side(person: Party) -> Side | None:
    """The side for which a person works, or None."""
    rows = open_memberships().filter(member=person, of__kind=Kind.ORGANISATION)
    works = set(rows.exclude(role=Role.MEMBER).values_list("role", "of__sort"))
    roles = {role for role, _sort in works}
    if Role.COUNCILLOR in roles:
        return Side.POLITICIANS
    if roles & STAFF_ROLES or any(sort == Sort.PUBLIC for _role, sort in works):
        return Side.COMMISSIONERS
    return Side.SUPPLIERS if Role.SUPPLIER in roles or any(sort == Sort.SPECIALIST for _r, sort in works) else None


def acting_side(by: Actor, decision: Decision) -> Side:
    """The side of whoever acts for those who look after a decision."""
    working = working_side(by.person) if by.person is not None else None
    return working or side_of(decision.record.owner)
