"""Who may change what is known about the place, in everyday words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.ground.history.acting import rule
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Kind, Party
from alongside.ground.people.queries import acts_as_steward, may_speak_for


@rule(_("Only a steward of this place can bring in areas and their figures."))
def may_keep(*, by: Actor, **_rest: Any) -> bool:
    return by.is_system or acts_as_steward(by)


@rule(_("Only the people who look after a community can draw its edge."))
def may_draw(*, by: Actor, party: Party, **_rest: Any) -> bool:
    return party.kind == Kind.COMMUNITY and may_speak_for(by, party)
