"""A group, a shop or another place that was not here yet puts its first thing in the register: both, or neither."""

from __future__ import annotations

from typing import Any

from alongside.ground.history.acting import action
from alongside.ground.history.actor import Actor
from alongside.ground.people.actions import welcome
from alongside.ground.people.models import Kind, Sort
from alongside.ground.records.models import Audience
from alongside.knowing.assets import policy
from alongside.knowing.assets.actions import offer
from alongside.knowing.assets.models import Asset


@action("assets.begin", may=policy.may_begin, returns=Asset)
def begin(*, by: Actor, name: str, sort: str, **offered: Any) -> Asset:
    """Open a group or, by its sort, an organisation, which whoever opens it looks after, and offer its first thing to
    everyone, as `offer` takes it. Raises Fault as `welcome` and `offer` do; then neither is there."""
    kind = Kind.COMMUNITY if sort == Sort.GROUP else Kind.ORGANISATION
    holder = welcome(by=by, name=name, kind=kind, sort=sort)
    return offer(by=by, holder=holder, audience=Audience.EVERYONE, **offered)
