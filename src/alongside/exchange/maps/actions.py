"""Bring a file in for a community: looked at first, each record accounted for, and nobody's word given for them.

What is the community's own comes in at once. What an organisation or a group that nobody here looks after is said to
offer comes in as a published list would bring it. What is said of a person, or of somebody who looks after their own
page here, waits: they are asked, and a steward of the place looks (docs/decisions/0014).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.exchange.carrying import sentences
from alongside.exchange.carrying.document import Fault, Reading, Thing
from alongside.exchange.carrying.plain import digest
from alongside.exchange.maps import holding, policy, reading, settling, telling
from alongside.exchange.maps.holding import MACHINE
from alongside.exchange.maps.models import Bringing, BroughtIn, CameAs
from alongside.ground.history import acting
from alongside.ground.history.acting import action
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party
from alongside.ground.records.actions import move_many
from alongside.ground.records.models import State
from alongside.knowing.assets.coming import come_in
from alongside.knowing.assets.queries import asset as asset_of

FORGET_AFTER = 7  # days for which a file waits for a yes
COUNTED = ("read", "created", "updated", "unchanged", "rejected", "waiting")
PERSONAL = ("hold", "ours", "keep")


@dataclass(slots=True)
class Report:
    """What bringing in did, or would do: read = created + updated + unchanged + rejected."""

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    waiting: int = 0
    faults: list[Fault] = field(default_factory=list)
    map: str = ""

    def as_dict(self) -> dict[str, Any]:
        counts = {name: getattr(self, name) for name in COUNTED}
        return {**counts, "map": self.map, "faults": [fault.as_row() for fault in self.faults]}


def look(community: Party | None, data: bytes, name: str = "") -> Report:
    """What bringing this file in would do; writes nothing."""
    found = reading.read(data, name)
    report = _report(found)
    known = _known(community)
    for thing in found.things:
        row = known.get(thing.key)
        owner = row.record.owner if row and row.record else None
        waits = owner is not None and holding.waits_for_yes(owner, community, "hold", whole=False)
        _count(report, "created" if row is None else _standing(row, thing, report, waits=waits))
    return report


@action("maps.open_bringing", may=policy.may_open, returns=Bringing)
def open_bringing(*, by: Actor, community: Party, name: str, data: bytes) -> Bringing:
    """Keep a file until somebody says yes to what a first look found. A newer file takes an older one's place."""
    Bringing.objects.filter(community=community, done=None).update(document=b"")
    report = look(community, data, name)
    counts = {name: getattr(report, name) for name in ("read", "created", "updated", "unchanged", "rejected")}
    return Bringing.objects.create(community=community, by=by.party, name=name[:120], document=data, **counts)


@action("maps.bring_in", may=policy.may_finish)
def bring_in(*, by: Actor, bringing: Bringing, ours: bool = False) -> Report | None:
    """Say yes: the file comes in for its community. Pressing twice brings it in once; the second gives None.

    With `ours`, what is said to be a person's comes in under the community's own name; else it waits for them.
    """
    waits = Bringing.objects.select_for_update().filter(pk=bringing.pk, done=None).exclude(document=b"").first()
    if waits is None:
        return None
    found = reading.read(bytes(waits.document), waits.name)
    report = _bring(found, waits.community, personal="ours" if ours else "hold", whole=False)
    counts = {name: getattr(report, name) for name in COUNTED}
    Bringing.objects.filter(pk=waits.pk).update(done=timezone.now(), document=b"", **counts)
    return report


@action("maps.bring_whole", may=policy.may_settle)
def bring_whole(*, by: Actor, data: bytes, name: str = "", personal: str = "hold") -> Report:
    """Settle a whole map here, with its community: the machine does, for a community that has moved.

    `personal` says what becomes of things that a person offers: `hold` them until they say yes, take them as
    `ours`, or `keep` them as they are, where all of them have agreed to the move. Raises Fault where the file
    holds no map, or its community is here already and looked after by others.
    """
    if personal not in PERSONAL:
        raise acting.Fault("personal", _("Choose one of these"))
    found = reading.read(data, name)
    if found.chart is None or found.chart.holder is None:
        raise acting.Fault("file", _("This file holds no whole map. Use the ZIP, the GeoJSON or the spreadsheet."))
    community = settling.community_of(found.chart, found.chart.holder)
    return _bring(found, community, personal=personal, whole=True)


@action("maps.forget_files", may=policy.may_forget)
def forget_files(*, by: Actor) -> int:
    """Once a day: files that nobody said yes to are emptied. How many."""
    old = Bringing.objects.filter(at__lt=timezone.now() - timedelta(days=FORGET_AFTER))
    return old.exclude(document=b"").update(document=b"")


def _bring(found: Reading, community: Party, personal: str, whole: bool) -> Report:
    report, known = _report(found), _known(community)
    chart = found.chart if whole else None
    map = settling.settle(chart, community) if chart else None
    parties: dict[str, Party] = {}
    outside: list[int] = []
    for thing in found.things:
        row = known.get(thing.key)
        came = row.record.owner if row and row.record else None
        holder = came or holding.holder_of(thing.holder, community, personal, parties)
        waits = holding.waits_for_yes(holder, community, personal, whole=whole)
        state = "created" if row is None else _standing(row, thing, report, waits=waits)
        if state != "unchanged":
            kept = personal == "keep"
            told = telling.told_of(thing, holder, kept=kept, whole=whole)
            pk = _write(thing, community, holder, row, report, told, kept=kept, waits=row is None and waits)
            if pk is None:
                continue
            outside.append(pk)
        _count(report, state)
    if map is not None:
        settling.pin(map, outside)
        report.map = str(map.record.key)
    return report


def _report(found: Reading) -> Report:
    return Report(read=found.read, rejected=found.rejected, faults=list(found.faults))


def _count(report: Report, state: str) -> None:
    setattr(report, state, getattr(report, state) + 1)


def _known(community: Party | None) -> dict[str, BroughtIn]:
    rows = BroughtIn.objects.filter(community=community, kind=CameAs.THING) if community else BroughtIn.objects.none()
    return {row.foreign: row for row in rows.select_related("record__owner")}


def _standing(row: BroughtIn, thing: Thing, report: Report, *, waits: bool) -> str:
    """What becomes of something that came before: its holder's own words, an end and an erasure stay. What waited for
    a yes and has it stays too: the yes was to those words."""
    assert row.record is not None
    if row.digest == digest(thing) or row.record.state in (State.ERASED, State.ENDED):
        return "unchanged"
    if row.record.rev != row.rev:
        report.faults.append(Fault(thing.key, "title", thing.title[:90], sentences.HOLDERS_WORDS))
        return "unchanged"
    if waits and row.record.state != State.HELD:
        report.faults.append(Fault(thing.key, "title", thing.title[:90], sentences.NOT_THEIRS))
        return "unchanged"
    return "updated"


def _write(
    thing: Thing,
    community: Party,
    holder: Party,
    row: BroughtIn | None,
    report: Report,
    told: dict[str, Any],
    *,
    kept: bool,
    waits: bool,
) -> int | None:
    """Write one thing, and remember under which key it came. None, and rejected, where it cannot be taken."""
    asset = asset_of(MACHINE, row.record.key) if row and row.record else None
    try:
        asset = come_in(by=MACHINE, holder=holder, told=told, exact=telling.exact(thing), asset=asset)
    except acting.Fault as fault:
        report.rejected += 1
        report.faults.append(Fault(thing.key, fault.field, thing.title[:90], fault.message, rejected=True))
        return None
    if waits:
        move_many(by=MACHINE, records=[asset.pk], state=State.HELD)
        report.waiting += 1
        holding.ask(holder, asset, community)
    if kept and holder.is_person:
        holding.let_go_out(asset)
    asset.record.refresh_from_db()
    BroughtIn.objects.update_or_create(
        community=community,
        kind=CameAs.THING,
        foreign=thing.key,
        defaults={"record": asset.record, "digest": digest(thing), "rev": asset.record.rev},
    )
    return int(asset.pk)
