"""Draw who is around me: put somebody on a ring, change it, take them out. Book chapter 7 (personal networks).

Nobody in the picture is told, asked or looked up; it is one person's own note of other people.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.ground.consent import actions as consent
from alongside.ground.consent.queries import Sight
from alongside.ground.history.acting import Fault, action, demand
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Kind, Party
from alongside.ground.records.actions import open_record
from alongside.knowing.networks import policy, queries
from alongside.knowing.networks.models import Knows, Near, Network, Ring

MOST = 40  # as many as a page can show; a circle of more helps nobody


@action("networks.put", may=policy.may_draw, returns=Network)
def put(*, by: Actor, owner: Party, name: str, ring: int, kind: str = Kind.PERSON, words: str = "") -> Network:
    """Put somebody on a ring. The first one opens the picture, which only its owner sees.

    The same name twice is allowed: there may be two Anns. Raises Fault without a name, with a long one, for a ring or
    kind there is not, and for more than 40 people.
    """
    Party.objects.select_for_update().get(pk=owner.pk)
    network = queries.network_of(by, owner)
    if network is None:
        network = Network.objects.create(record=open_record(by=by, kind=policy.PART, owner=owner))
    if network.people.count() >= MOST:
        raise Fault("name", _("There is room for 40. Take somebody out first."))
    given = _said(name, ring, kind, words)
    Near.objects.create(network=network, **given)
    return network


@action("networks.change", may=policy.may_change)
def change(
    *, by: Actor, near: Near, name: str, ring: int, kind: str, words: str = "", knows: Collection[UUID] = ()
) -> Near:
    """Say it anew: where they stand, in what words, and whom of the others they know. Raises Fault as `put` does, and
    for somebody who was taken out meanwhile."""
    Network.objects.select_for_update().get(pk=near.network_id)
    if not Near.objects.filter(pk=near.pk).exists():
        raise Fault("name", _("They were taken out meanwhile. Add them again."))
    for field, value in _said(name, ring, kind, words).items():
        setattr(near, field, value)
    near.save(update_fields=["name", "ring", "kind", "words"])
    (Knows.objects.filter(one=near) | Knows.objects.filter(other=near)).delete()
    for other in near.network.people.filter(key__in=knows).exclude(pk=near.pk):
        first, second = sorted((near, other), key=lambda one: one.pk)
        Knows.objects.create(one=first, other=second)
    return near


@action("networks.take_out", may=policy.may_change)
def take_out(*, by: Actor, near: Near) -> None:
    """Out of the picture, with what was said of them. Nothing of it is kept."""
    Network.objects.select_for_update().get(pk=near.network_id)
    near.delete()


def read(*, by: Actor, network: Network) -> Sight:
    """Look at the picture. Its owner looks freely; a helper they chose is written down; anybody else is Refused."""
    demand(policy.may_read, by=by, network=network)
    return consent.look(by=by, record=network.record, parts=[policy.PART], purpose=_("saw who is around you"))


def _said(name: str, ring: int, kind: str, words: str) -> dict[str, str | int]:
    name = " ".join(name.replace("\x00", "").split())
    if not name:
        raise Fault("name", _("Write a name. A first name or a made-up one will do."))
    if len(name) > 80:
        raise Fault("name", _("Use 80 letters or fewer"))
    if ring not in Ring.values:
        raise Fault("ring", _("Choose how close they are to you"))
    if kind not in Kind.values:
        raise Fault("kind", _("Choose a person, a group or an organisation"))
    words = " ".join(words.replace("\x00", "").split())
    if len(words) > 200:
        raise Fault("words", _("Use 200 letters or fewer"))
    return {"name": name, "ring": ring, "kind": kind, "words": words}
