"""On which side a party stands by what the register says of it: so that its ideas, its vote and its answers agree."""

from __future__ import annotations

from alongside.ground.people.models import Group, Kind, Party, Sort
from alongside.planning.decisions.models import Side

SIDES = {
    Group.COMMISSIONERS: Side.COMMISSIONERS,
    Group.SUPPLIERS: Side.SUPPLIERS,
    Group.POLITICIANS: Side.POLITICIANS,
    Group.PEOPLE: Side.COMMUNITIES,
}


def side_of(party: Party) -> Side:
    """A person and a household stand with people; a community, and what those it is for run, with communities; a
    public body with councils and the NHS; whoever is paid for what they do with suppliers."""
    if party.is_person or party.sort == Sort.HOUSEHOLD:
        return Side.PEOPLE
    if party.kind == Kind.COMMUNITY:
        return Side.COMMUNITIES
    return Side.COMMISSIONERS if party.sort == Sort.PUBLIC else SIDES[Group(party.group)]
