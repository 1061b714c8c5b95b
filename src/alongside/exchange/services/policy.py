"""Who may bring in a feed, and who may switch one off, in everyday words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.exchange.services.models import LoadRun
from alongside.ground.history.acting import rule
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import STAFF_ROLES, Kind, Party
from alongside.ground.people.queries import acts_as_steward, acts_in, may_speak_for


@rule(_("Only a steward of this place can bring in a list of services or switch one off."))
def may_load(*, by: Actor, **_rest: Any) -> bool:
    return by.is_system or acts_as_steward(by)


@rule(_("Only people who work for this place can see how lists are brought in."))
def may_see_loads(*, by: Actor, **_rest: Any) -> bool:
    return by.is_system or acts_in(by, *STAFF_ROLES)


@rule(_("Only an organisation that points to its own list, or a steward of this place, can do that."))
def may_point(*, by: Actor, keeper: Party | None = None, **_rest: Any) -> bool:
    """An organisation's own people point to its list; what is in it waits for a steward's yes."""
    if may_load(by=by):
        return True
    return keeper is not None and keeper.kind == Kind.ORGANISATION and may_speak_for(by, keeper)


@rule(_("Only whoever brought the list, and people who work for this place, can see what was wrong in it."))
def may_see_run(*, by: Actor, run: LoadRun, **_rest: Any) -> bool:
    return may_see_loads(by=by) or (by.person is not None and not by.is_helping and run.by_id == by.person.pk)
