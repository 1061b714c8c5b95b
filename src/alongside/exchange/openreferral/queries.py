"""Everything that goes out as Open Referral UK 3.0: whole services, pages of them, who offers them, and our terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db.models import Max, QuerySet
from django.utils import translation

from alongside.exchange.openreferral import filtering, passing, policy, shapes
from alongside.exchange.openreferral.asking import MOST_A_PAGE, Asked
from alongside.exchange.openreferral.asking import NotUnderstood as NotUnderstood
from alongside.exchange.openreferral.shapes import Document
from alongside.exchange.services import queries as feeds
from alongside.exchange.validating import queries as validating
from alongside.ground.history.actor import Actor
from alongside.knowing.assets import queries as assets_of
from alongside.knowing.assets.models import Asset
from alongside.knowing.lexicon import queries as lexicon

AT_ONCE = 200
MACHINE = Actor.system("openreferral")


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list: how many there are in all, which page this is, and what stands on it."""

    total: int
    number: int
    per_page: int
    contents: list[Document]

    def as_dict(self) -> Document:
        pages = max(1, -(-self.total // self.per_page))
        return {
            "total_items": self.total,
            "total_pages": pages,
            "page_number": self.number,
            "size": len(self.contents),
            "first_page": self.number == 1,
            "last_page": self.number >= pages,
            "empty": not self.contents,
            "contents": self.contents,
        }


def publish(viewer: Actor, assets: Iterable[Asset]) -> Iterator[Document]:
    """Each of these assets that may leave, as a whole service of HSDS 3.0 and Open Referral UK 3.0, in this order.

    What came from a feed goes out as that feed said it, with what was changed here laid over it. For the machine
    itself (`Actor.system`) nothing of it is left out; for anybody else, whom it names as contacts is withheld.
    """
    waiting = iter(assets)
    while batch := [asset.pk for asset in islice(waiting, AT_ONCE)]:
        yield from _published(viewer, batch)


def everything(viewer: Actor) -> Iterator[Document]:
    """Every service that may leave, whole, in the order in which it came here, a few hundred rows at a time."""
    for batch in batches(leaving(viewer)):
        yield from _published(viewer, batch)


def batches(found: QuerySet[Asset]) -> Iterator[list[int]]:
    """Ids of these assets, some hundreds at a time, going on from the last one by its key."""
    after = 0
    while batch := list(found.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        yield batch
        after = batch[-1]


def whole_pages(viewer: Actor, per_page: int = MOST_A_PAGE) -> Iterator[Page]:
    """Everything that may leave as pages of whole services, for files; at least one page, if an empty one."""
    total = leaving(viewer).count()
    found = everything(viewer)
    for number in range(1, max(1, -(-total // per_page)) + 1):
        yield Page(total, number, per_page, list(islice(found, per_page)))


def services(viewer: Actor, asked: Asked) -> Page:
    """A page of services: their one-to-one fields, or whole (`full`), or id and date alone (`minimal`)."""
    pks, total = _slice(filtering.narrowed(leaving(viewer), asked), asked)
    found = list(_published(viewer, pks))
    if asked.minimal:
        found = [_least(one) for one in found]
    elif not asked.full:
        found = [validating.one_to_one(one, "service") for one in found]
    return Page(total, asked.page, asked.per_page, found)


def each_service(viewer: Actor, asked: Asked) -> Iterator[Document]:
    """Every service that was asked for, without pages."""
    for batch in batches(filtering.narrowed(leaving(viewer), asked)):
        for one in _published(viewer, batch):
            yield _least(one) if asked.minimal else one if asked.full else validating.one_to_one(one, "service")


def service(viewer: Actor, public: str) -> Document | None:
    """One service, whole, by the id it goes out with; None where none with that id may leave."""
    candidates = feeds.records_of(public)
    key = shapes.of_kin(public, 0)
    if key is not None:
        candidates += leaving(viewer).filter(record__key=key).values_list("pk", flat=True)
    return next((one for one in _published(viewer, candidates) if one["id"] == public), None)


def places(viewer: Actor, asked: Asked) -> Page:
    """A page of services at their places."""
    found = filtering.narrowed(leaving(viewer), asked)
    counts = _place_counts(found)
    start, stop = (asked.page - 1) * asked.per_page, asked.page * asked.per_page
    wanted: list[int] = []
    seen = skip = 0
    for pk, n in counts:
        if seen < stop and seen + n > start:
            skip = start - seen if not wanted else skip
            wanted.append(pk)
        seen += n
    here = [at for one in _published(viewer, wanted) for at in at_places(one)]
    contents = here[skip : skip + asked.per_page]
    if not asked.full:
        contents = [validating.one_to_one(one, "service_at_location") for one in contents]
    return Page(seen, asked.page, asked.per_page, contents)


def each_place(viewer: Actor, asked: Asked) -> Iterator[Document]:
    """Every service at a place that was asked for, without pages."""
    for batch in batches(filtering.narrowed(leaving(viewer), asked)):
        for one in _published(viewer, batch):
            for at in at_places(one):
                yield at if asked.full else validating.one_to_one(at, "service_at_location")


def place(viewer: Actor, public: str) -> Document | None:
    """One service at one place, whole."""
    candidates = feeds.record_at(public)
    key = shapes.of_kin(public, shapes.AT)
    if key is not None:
        candidates += leaving(viewer).filter(record__key=key).values_list("pk", flat=True)
    found = (at for one in _published(viewer, candidates) for at in at_places(one))
    return next((at for at in found if at["id"] == public), None)


def at_places(one: Document) -> list[Document]:
    """A whole service turned round: once at each of its places."""
    rest = {name: value for name, value in one.items() if name != "service_at_locations"}
    return [{**at, "service": rest} for at in one.get("service_at_locations", [])]


def changed_last(viewer: Actor) -> datetime | None:
    """When anything in the feed changed last."""
    newest: datetime | None = leaving(viewer).aggregate(at=Max("record__changed"))["at"]
    return newest


def whole(viewer: Actor, pks: Sequence[int]) -> Iterator[tuple[int, Document]]:
    """These records as whole services, in this order, without those that may not leave; in the same few
    statements however many there are."""
    if not pks:
        return
    rows = leaving(viewer).filter(pk__in=pks).prefetch_related(*assets_of.WHOLE)
    found = {asset.pk: asset for asset in rows}
    said = feeds.said(viewer, found.keys())
    ids = feeds.organisation_ids({asset.record.owner_id for asset in found.values()})
    concepts = lexicon.concepts_of(found.keys())
    for pk in dict.fromkeys(pks):
        if pk in found:
            yield pk, _document(found[pk], said.get(pk), ids, filtering.served(concepts.get(pk, {})), viewer)


def public_ids(viewer: Actor, pks: Sequence[int]) -> dict[int, str]:
    """The ids under which these records go out, by record id."""
    found = dict(leaving(viewer).filter(pk__in=pks).values_list("pk", "record__key"))
    said = feeds.said(viewer, found.keys())
    return {pk: _public(str(key), said.get(pk)) for pk, key in found.items()}


def _public(key: str, said: feeds.Said | None) -> str:
    """A feed's own id where it is a UUID and no older feed has it too; else the record's key."""
    return said.foreign if said is not None and said.first and validating.is_uuid(said.foreign) else key


def leaving(viewer: Actor) -> QuerySet[Asset]:
    """Every asset that may leave, in the order in which it came."""
    # What may leave is part of what the viewer may see, so that need not be asked twice.
    return assets_of.assets(MACHINE).filter(record__in=policy.leaving(viewer)).order_by("pk")


def _slice(found: QuerySet[Asset], asked: Asked) -> tuple[list[int], int]:
    start = (asked.page - 1) * asked.per_page
    pks = found.order_by("pk").values_list("pk", flat=True)
    return list(pks[start : start + asked.per_page]), found.count()


def _published(viewer: Actor, pks: Sequence[int]) -> Iterator[Document]:
    for _pk, one in whole(viewer, pks):
        yield one


def _document(
    asset: Asset, said: feeds.Said | None, ids: dict[int, str], concepts: Sequence[str], viewer: Actor
) -> Document:
    party = asset.record.owner
    public = _public(str(asset.record.key), said)
    with translation.override("en"):  # the words of ours in it are the same whoever asks
        holder = shapes.organisation(party, ids.get(party.pk, str(party.key)))
        if said is not None and said.body:
            known = {said.foreign: public}
            passed = passing.passed_on(asset, said, known, holder, concepts, whole=viewer.is_system)
            if passed is not None:
                return passed
        return shapes.service(asset, holder, concepts) | {"id": public}


def _least(one: Document) -> Document:
    """Id and date. The parameter's text calls the date modified_date, the object last_modified: both are there."""
    when = one.get("last_modified")
    return {"id": one["id"], "modified_date": when, "last_modified": when}


def _place_counts(found: QuerySet[Asset]) -> list[tuple[int, int]]:
    """How many places each of these has, in order: what a feed says, else the one shown place."""
    said = feeds.places_of(found.values("pk"))
    rows = found.order_by("pk").values_list("pk", "record__spot__pk")
    return [(pk, said.get(pk, 1 if spot else 0)) for pk, spot in rows]
