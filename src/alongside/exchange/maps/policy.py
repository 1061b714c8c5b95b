"""Who may bring a file in for a community, in everyday words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.exchange.maps.models import Bringing
from alongside.exchange.maps.queries import may_bring
from alongside.ground.history.acting import rule
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Kind, Party


@rule(_("Only the people who look after a community or its map can bring things in for it."))
def may_open(*, by: Actor, community: Party, **_rest: Any) -> bool:
    return community.kind == Kind.COMMUNITY and not by.is_helping and may_bring(by, community)


@rule(_("Only the people who look after a community or its map can bring things in for it."))
def may_finish(*, by: Actor, bringing: Bringing, **_rest: Any) -> bool:
    return may_open(by=by, community=bringing.community)


@rule(_("A whole map is brought in from the command line."))
def may_settle(*, by: Actor, **_rest: Any) -> bool:
    return by.is_system


@rule(_("Only the machine does this, at night."))
def may_forget(*, by: Actor, **_rest: Any) -> bool:
    return by.is_system
