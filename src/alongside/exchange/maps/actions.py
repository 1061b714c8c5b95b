"""Bring a file in for a community: looked at first, each record accounted for, and nobody's word given for them.

What is the community's own comes in at once. What an organisation or a group that nobody here looks after is said to
offer comes in as a published list would bring it. What is said of a person, or of somebody who looks after their own
page here, waits: they are asked, and a steward of the place looks (docs/decisions/0014).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.exchange.carrying import sentences
from alongside.exchange.carrying.document import Chart, Fault, Holder, NamedArea, Reading, Thing
from alongside.exchange.carrying.plain import digest
from alongside.exchange.maps import holding, policy, reading
from alongside.exchange.maps.models import Bringing, BroughtIn, CameAs
from alongside.ground.history import acting
from alongside.ground.history.acting import action
from alongside.ground.history.actor import Actor
from alongside.ground.notices.actions import tell
from alongside.ground.people import actions as people
from alongside.ground.people.models import Kind, Party, Sort
from alongside.ground.places.actions import draw_edge, keep_areas, outline
from alongside.ground.places.models import Area, AreaKind
from alongside.ground.records.actions import move_many
from alongside.ground.records.models import Precision, State
from alongside.knowing.assets.coming import come_in
from alongside.knowing.assets.models import Unit
from alongside.knowing.assets.queries import asset as asset_of
from alongside.knowing.maps import actions as maps
from alongside.knowing.maps import queries as map_queries
from alongside.knowing.maps.models import CommunityMap

MACHINE = Actor.system("maps.import")
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
        waits = row is not None and row.record is not None and _waits(row.record.owner, community, "hold", whole=False)
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
    community = _community(found.chart, found.chart.holder)
    return _bring(found, community, personal=personal, whole=True)


@action("maps.forget_files")
def forget_files(*, by: Actor) -> int:
    """Once a day: files that nobody said yes to are emptied. How many."""
    old = Bringing.objects.filter(at__lt=timezone.now() - timedelta(days=FORGET_AFTER))
    return old.exclude(document=b"").update(document=b"")


def _bring(found: Reading, community: Party, personal: str, whole: bool) -> Report:
    report, known = _report(found), _known(community)
    chart = found.chart if whole else None
    map = _settle_map(chart, community) if chart else None
    parties: dict[str, Party] = {}
    outside: list[int] = []
    for thing in found.things:
        row = known.get(thing.key)
        holder = row.record.owner if row and row.record else _holder(thing.holder, community, personal, parties)
        waits = _waits(holder, community, personal, whole=whole)
        state = "created" if row is None else _standing(row, thing, report, waits=waits)
        if state != "unchanged":
            kept = personal == "keep"
            told = _told(thing, holder, kept=kept, whole=whole)
            pk = _write(thing, community, holder, row, report, told, kept=kept, waits=row is None and waits)
            if pk is None:
                continue
            outside.append(pk)
        _count(report, state)
    if map is not None:
        _pin(map, outside)
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
        asset = come_in(by=MACHINE, holder=holder, told=told, exact=_exact(thing), asset=asset)
    except acting.Fault as fault:
        report.rejected += 1
        report.faults.append(Fault(thing.key, fault.field, thing.title[:90], fault.message, rejected=True))
        return None
    if waits:
        move_many(by=MACHINE, records=[asset.pk], state=State.HELD)
        report.waiting += 1
        holding.ask(holder, asset, community, tell, MACHINE)
    if kept and holder.is_person:
        holding.let_go_out(asset, MACHINE)
    asset.record.refresh_from_db()
    BroughtIn.objects.update_or_create(
        community=community,
        kind=CameAs.THING,
        foreign=thing.key,
        defaults={"record": asset.record, "digest": digest(thing), "rev": asset.record.rev},
    )
    return int(asset.pk)


def _exact(thing: Thing) -> bool:
    """What people wrote in a sheet has a key made from its words; what a program wrote has one of its own."""
    return not thing.key.startswith("said-")


def _told(thing: Thing, holder: Party, *, kept: bool, whole: bool) -> dict[str, Any]:
    """A thing in the words that offering takes. Whoever was not asked how exactly they want to be found is shown by a
    few streets, whatever the file says; and only a whole map names areas that this place does not know."""
    open_door = Precision.CELL if holder.is_person else Precision.EXACT
    precision = thing.precision or (Precision.CELL if _exact(thing) else open_door)
    if precision == Precision.EXACT and holder.is_person and not kept:
        precision = Precision.CELL
    whens = [(datetime.fromisoformat(t.starts) if t.starts else None, t.rrule, t.minutes, t.words) for t in thing.whens]
    names = ("kind", "title", "words", "cost", "cost_words", "open_to", "how", "website", "paid", "domains", "access")
    told = {name: getattr(thing, name) for name in (*names, "lat", "lng", "lang", "least_age", "most_age", "per_week")}
    return told | {
        "whens": whens,
        "precision": precision,
        "place_words": thing.place,
        "area": _area(thing.area, make=whole),
        "unit": thing.unit or Unit.MINUTES,
        "confirmed_on": date.fromisoformat(thing.confirmed_on) if thing.confirmed_on else None,
    }


def _area(named: NamedArea | None, *, make: bool) -> Area | None:
    """The area that a thing names; where this place does not know it, none, or one `make`d without an edge."""
    if named is None or named.kind not in AreaKind.values or named.kind == AreaKind.OWN:
        return None
    there = Area.objects.filter(kind=named.kind, edition=named.edition, code=named.code).first()
    if there is not None or not make:
        return there
    row = {"code": named.code, "name": named.name, "boundary": "", "lat": named.lat, "lng": named.lng}
    row |= dict.fromkeys(("west", "south", "east", "north"))
    keep_areas(by=MACHINE, kind=named.kind, edition=named.edition, rows=[row])
    return Area.objects.get(kind=named.kind, edition=named.edition, code=named.code)


def _holder(named: Holder | None, community: Party, personal: str, parties: dict[str, Party]) -> Party:
    """The party behind who is named: the community itself, one that came before, one that is here, or a new one."""
    if named is None or named.name.casefold() == community.name.casefold():
        return community
    if named.kind == Kind.PERSON and personal == "ours":
        return community
    if named.key not in parties:
        came = BroughtIn.objects.filter(community=community, kind=CameAs.HOLDER, foreign=named.key).first()
        party = came.party if came and came.party else _there(named, parties) or _welcome(named)
        parties[named.key] = party
        if came is None:
            BroughtIn.objects.create(community=community, kind=CameAs.HOLDER, foreign=named.key, party=party)
    return parties[named.key]


def _there(named: Holder, parties: dict[str, Party]) -> Party | None:
    """Who bears that name here already; not somebody whom this very file has just brought under another key."""
    found = holding.same(named)
    return None if found is not None and found.pk in {one.pk for one in parties.values()} else found


def _welcome(named: Holder) -> Party:
    sort = Sort.PERSON if named.kind == Kind.PERSON else named.sort
    return people.welcome(
        by=MACHINE,
        name=named.name,
        kind=named.kind,
        sort=sort,
        about=named.about,
        lang=named.lang,
        website=named.website if named.website.startswith(("https://", "http://")) else "",
    )


def _waits(holder: Party, community: Party | None, personal: str, *, whole: bool) -> bool:
    """Whether a new thing of this holder waits for a yes: a person's, that of somebody who looks after their page
    here, and that of whoever was here before this community named them."""
    if community is None or holder.pk == community.pk or personal == "keep":
        return False
    return holder.is_person or holding.looked_after(holder) or (not whole and holding.was_here(holder, community))


def _community(chart: Chart, named: Holder) -> Party:
    """The community of a whole map: the one that came with it before, or a new one."""
    row = BroughtIn.objects.filter(kind=CameAs.HOLDER, foreign=named.key, party=F("community")).first()
    if row is not None and row.party is not None:
        return row.party
    if named.kind != Kind.COMMUNITY:
        raise acting.Fault("file", _("This file holds no whole map. Use the ZIP, the GeoJSON or the spreadsheet."))
    community = _welcome(named)
    BroughtIn.objects.create(community=community, kind=CameAs.HOLDER, foreign=named.key, party=community)
    return community


def _settle_map(chart: Chart, community: Party) -> CommunityMap:
    """Its edge, its charter and its layers; a map that is here already keeps its own."""
    there = map_queries.map_of(MACHINE, community)
    if there is not None:
        return there
    if chart.edge:
        draw_edge(by=MACHINE, party=community, parts=[outline(json.dumps(chart.edge))])
        community.refresh_from_db()
    names = ("title", "words", "may_stand", "may_not", "decides", "objects_how")
    review = date.fromisoformat(chart.review_on) if chart.review_on else None
    texts = {name: getattr(chart, name) for name in names}
    map = maps.start(by=MACHINE, community=community, review_on=review, **texts)
    known = {one.layer.key for one in map_queries.laid(map)}
    order = [key for key, _on in chart.layers if key in known]
    if order:
        maps.lay(by=MACHINE, map=map, order=order, shown=[key for key, on in chart.layers if on and key in known])
    BroughtIn.objects.get_or_create(
        community=community, kind=CameAs.MAP, foreign=chart.key or str(map.record.key), defaults={"record": map.record}
    )
    return map


def _pin(map: CommunityMap, brought: list[int]) -> None:
    """What stood on the map from outside its edge stands there again."""
    every = [one.layer.key for one in map_queries.laid(map)]
    here = {one.pk for one in map_queries.standing(MACHINE, map, map_queries.laid(map, every))}
    for asset in map_queries.brought(brought):
        if asset.pk not in here and asset.record.owner_id != map.record.owner_id:
            maps.put_on(by=MACHINE, map=map, record=asset.record)
