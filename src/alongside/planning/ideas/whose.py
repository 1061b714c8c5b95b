"""Whose an idea or a reason is, as everyone may read it, and who keeps it once whoever gave it has gone for good."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.ground.records.models import Audience, State
from alongside.planning.decisions.models import Side, Stage

SIGNS = {Side.PEOPLE: "person", Side.COMMUNITIES: "community"}
NAMELESS = {
    Side.PEOPLE: _("Somebody here"),
    Side.COMMUNITIES: _("A community here"),
    Side.COMMISSIONERS: _("Somebody who works for the council or the NHS"),
    Side.SUPPLIERS: _("Somebody who works for an organisation that is paid"),
    Side.POLITICIANS: _("A councillor"),
}


def keeper_of(row: Any) -> Any:
    """Whoever the decision belongs to, for an idea or a reason that others have seen: also in a draft, where it came
    from the round before."""
    record = row.record
    seen = (record.audience != Audience.ME or row.decision.stage == Stage.DRAFT) and record.state != State.HELD
    return row.decision.record.owner if seen else None


def sign_of(side: str) -> str:
    """The sign somebody is shown with: that of a person, a community or an organisation."""
    return SIGNS.get(Side(side), "organisation")


def has_left(row: Any) -> bool:
    """Whether whoever an idea or a reason was of has gone for good, and it was left to those who decide."""
    owner = row.record.owner
    return bool(row.side == Side.PEOPLE and not owner.is_person and owner.pk == row.decision.record.owner_id)


def name_of(row: Any) -> str:
    """Whose idea or reason it is, as everyone may read it: a group by its name, a person only if they said so."""
    owner = row.record.owner
    if row.said_by:
        return str(row.said_by if row.named else NAMELESS[Side(row.side)])
    if not owner.is_person and owner.sort != "household" and not has_left(row):
        return str(owner.name)
    return str(owner.shown_name) if row.named else str(NAMELESS[Side(row.side)])
