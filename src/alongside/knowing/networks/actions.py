"""Draw who is around me: put somebody on a ring, change it, take them out. Book chapter 7 (personal networks).

Nobody in the picture is told, asked or looked up; it is one person's own note of other people.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.ground.consent import actions as consent
from alongside.ground.consent.queries import Sight
from alongside.ground.history.acting import Fault, action, demand
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Kind, Party
from alongside.ground.records.actions import open_record
from alongside.knowing.networks import policy, queries
from alongside.knowing.networks.models import Help, KeptNear, Knows, Near, Network, Often, Ring, Said

MOST = 40  # as many as a page can show; a circle of more helps nobody
MOST_KEPT = 12  # days


@action("networks.put", may=policy.may_draw, returns=Network)
def put(
    *,
    by: Actor,
    owner: Party,
    name: str,
    ring: int,
    kind: str = Kind.PERSON,
    words: str = "",
    often: str = "",
    helps: Collection[str] = (),
) -> Network:
    """Put somebody on a ring. The first one opens the picture, which only its owner sees. What they help with and how
    often they are in touch may be left unsaid.

    The same name twice is allowed: there may be two Anns. Raises Fault without a name, with a long one, for a ring,
    kind, help or how often there is not, and for more than 40 people.
    """
    Party.objects.select_for_update().get(pk=owner.pk)
    network = queries.network_of(by, owner)
    if network is None:
        network = Network.objects.create(record=open_record(by=by, kind=policy.PART, owner=owner))
    if network.people.count() >= MOST:
        raise Fault("name", _("There is room for 40. Take somebody out first."))
    given = _said(name, ring, kind, words, often, helps)
    Near.objects.create(network=network, **given)
    return network


@action("networks.change", may=policy.may_change)
def change(
    *,
    by: Actor,
    near: Near,
    name: str,
    ring: int,
    kind: str,
    words: str = "",
    often: str = "",
    helps: Collection[str] = (),
    knows: Collection[UUID] = (),
) -> Near:
    """Say it anew: where they stand, in what words, what they help with, how often they are in touch, and whom of the
    others they know. Days kept before stay as they are. Raises Fault as `put` does, and for somebody who was taken out
    meanwhile."""
    Network.objects.select_for_update().get(pk=near.network_id)
    if not Near.objects.filter(pk=near.pk).exists():
        raise Fault("name", _("They were taken out meanwhile. Add them again."))
    given = _said(name, ring, kind, words, often, helps)
    for field, value in given.items():
        setattr(near, field, value)
    near.save(update_fields=list(given))
    (Knows.objects.filter(one=near) | Knows.objects.filter(other=near)).delete()
    for other in near.network.people.filter(key__in=knows).exclude(pk=near.pk):
        first, second = sorted((near, other), key=lambda one: one.pk)
        Knows.objects.create(one=first, other=second)
    return near


@action("networks.take_out", may=policy.may_change)
def take_out(*, by: Actor, near: Near) -> None:
    """Out of the picture, with what was said of them. They stay in a day that was kept, until that day is let go."""
    Network.objects.select_for_update().get(pk=near.network_id)
    near.delete()


@action("networks.keep", may=policy.may_keep)
def keep(*, by: Actor, network: Network) -> Network:
    """Keep a copy of how the picture is today, beside the one that goes on changing. Kept again on the same day, the
    later one stays. Who knows whom is not in it. Raises Fault for an empty picture and for more than 12 days."""
    Network.objects.select_for_update().get(pk=network.pk)
    today = timezone.localdate()
    people = list(network.people.all())
    if not people:
        raise Fault("day", _("Put somebody in your picture first."))
    days = set(network.kept.exclude(day=today).order_by().values_list("day", flat=True))
    if len(days) >= MOST_KEPT:
        raise Fault("day", _("There is room for 12 days. Let one go first."))
    network.kept.filter(day=today).delete()
    names = [field.name for field in Said._meta.fields]
    KeptNear.objects.bulk_create(
        KeptNear(network=network, day=today, was=one.key, **{name: getattr(one, name) for name in names})
        for one in people
    )
    return network


@action("networks.let_go", may=policy.may_keep)
def let_go(*, by: Actor, network: Network, day: date) -> Network:
    """Let a kept day go, with everybody in it. The picture of now stays. A day that is not kept is let go already."""
    Network.objects.select_for_update().get(pk=network.pk)
    network.kept.filter(day=day).delete()
    return network


def read(*, by: Actor, network: Network) -> Sight:
    """Look at the picture. Its owner looks freely; a helper they chose is written down; anybody else is Refused."""
    demand(policy.may_read, by=by, network=network)
    return consent.look(by=by, record=network.record, parts=[policy.PART], purpose=_("saw who is around you"))


def _said(
    name: str, ring: int, kind: str, words: str, often: str, helps: Collection[str]
) -> dict[str, str | int | bool]:
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
    if often not in {"", *Often.values}:
        raise Fault("often", _("Choose how often you are in touch, or leave it out"))
    if not set(helps) <= set(Help.values):
        raise Fault("helps", _("Choose from these"))
    told = {one.value: one.value in helps for one in Help}
    return {"name": name, "ring": ring, "kind": kind, "words": words, "often": often, **told}
