"""Who may see and draw a picture of the people around somebody: that person, and a helper they chose for it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.ground.history.acting import rule
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import BasisKind, Party
from alongside.ground.people.queries import may_speak_for
from alongside.knowing.networks.models import Near, Network

PART = "network"
CHOSEN = (BasisKind.ASKED, BasisKind.NAMED_HELPER)  # the person themselves said so; a paper does not say it for them


@rule(_("Only the person themselves, or a helper they chose for this, can draw who is around them."))
def may_draw(*, by: Actor, owner: Party, **_rest: Any) -> bool:
    return owner.is_person and chosen(by) and may_speak_for(by, owner, PART)


@rule(_("Only the person themselves, or a helper they chose for this, can draw who is around them."))
def may_change(*, by: Actor, near: Near, **_rest: Any) -> bool:
    return may_draw(by=by, owner=near.network.record.owner)


@rule(_("Only the person themselves, or a helper they chose for this, can draw who is around them."))
def may_keep(*, by: Actor, network: Network, **_rest: Any) -> bool:
    return may_draw(by=by, owner=network.record.owner)


@rule(_("This has not been shared with you."))
def may_read(*, by: Actor, network: Network, **_rest: Any) -> bool:
    """Notes about other people are for nobody but their owner, and a helper whom the owner themselves chose."""
    me = by.party
    return me is not None and me.pk == network.record.owner_id and by.program is None and chosen(by)


def chosen(by: Actor) -> bool:
    """Whether nobody helps, or somebody whom the person chose."""
    return not by.is_helping or (by.basis is not None and by.basis.kind in CHOSEN)
