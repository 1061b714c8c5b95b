"""Organisations of the feed: who holds something that leaves, and what feeds hold beside their services."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import translation

from alongside.exchange.openreferral import passing, policy, queries, shapes, terms
from alongside.exchange.openreferral.asking import Asked
from alongside.exchange.openreferral.queries import Page
from alongside.exchange.openreferral.shapes import Document
from alongside.exchange.services import queries as feeds
from alongside.exchange.validating import queries as validating
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party


def organisations(viewer: Actor, asked: Asked) -> Page:
    """A page of organisations and communities: one-to-one fields, or `full`, or with their services too."""
    found = _holders(viewer, asked)
    start, stop = (asked.page - 1) * asked.per_page, asked.page * asked.per_page
    own = found.count()
    beside = _beside(viewer, "organization", asked)
    contents = _whole(viewer, list(found[start:stop]), asked)
    contents += beside[max(0, start - own) : max(0, stop - own)]
    return Page(own + len(beside), asked.page, asked.per_page, [_as_asked(one, asked) for one in contents])


def each_organisation(viewer: Actor, asked: Asked) -> Iterator[Document]:
    """Every organisation that was asked for, without pages."""
    after = 0
    found = _holders(viewer, asked)
    while parties := list(found.filter(pk__gt=after)[: queries.AT_ONCE]):
        for one in _whole(viewer, parties, asked):
            yield _as_asked(one, asked)
        after = parties[-1].pk
    yield from (_as_asked(one, asked) for one in _beside(viewer, "organization", asked))


def organisation(viewer: Actor, public: str, asked: Asked) -> Document | None:
    """One organisation, whole, by the id it goes out with; with its services where `full_service` asks for them."""
    key = shapes.of_kin(public, 0)
    wanted = Q(pk__in=feeds.parties_of(public)) | (Q(key=key) if key else Q(pk=None))
    found = _whole(viewer, list(_holders(viewer, Asked()).filter(wanted)), asked)
    others = [one for one in _beside(viewer, "organization", Asked()) if one["id"] == public] if not found else []
    return next((one for one in [*found, *others] if one["id"] == public), None)


def taxonomies(viewer: Actor, asked: Asked) -> list[Document]:
    """Our lists of terms, then those that feeds brought."""
    return _searched([*terms.taxonomies().values(), *kept(viewer, "taxonomy")], asked)


def taxonomy_terms(viewer: Actor, asked: Asked) -> list[Document]:
    """Our terms, then those that feeds brought, narrowed by list, parent and words."""
    found = _searched([*terms.terms().values(), *kept(viewer, "taxonomy_term")], asked)
    if asked.taxonomy_id:
        found = [one for one in found if asked.taxonomy_id in (one.get("taxonomy_id"), _detail(one))]
    if asked.top_only:
        found = [one for one in found if not one.get("parent_id")]
    if asked.parent_id:
        found = [one for one in found if one.get("parent_id") == asked.parent_id]
    return found


def paged(found: Sequence[Document], asked: Asked) -> Page:
    start = (asked.page - 1) * asked.per_page
    return Page(len(found), asked.page, asked.per_page, list(found[start : start + asked.per_page]))


def one_of(found: Sequence[Document], public: str) -> Document | None:
    return next((one for one in found if one["id"] == public), None)


def _holders(viewer: Actor, asked: Asked) -> QuerySet[Party]:
    found = Party.objects.filter(pk__in=policy.leaving(viewer).values("owner")).order_by("pk")
    for word in asked.search:
        found = found.filter(Q(name__icontains=word) | Q(about__icontains=word))
    return found


def _whole(viewer: Actor, parties: list[Party], asked: Asked) -> list[Document]:
    """These organisations as a feed said them where one did, else as they stand here."""
    ids = feeds.organisation_ids({party.pk for party in parties})
    held = _services_of(viewer, parties, first=not asked.full_service)
    found = []
    for party in parties:
        public = ids.get(party.pk, str(party.key))
        said = next((one["organization"] for one in held.get(party.pk, ()) if one.get("organization")), None)
        with translation.override("en"):
            here = shapes.organisation(party, public)
        whole = {**said, "id": public} if said and said.get("name") == party.name else {**(said or {}), **here}
        if asked.full_service:
            whole["services"] = [_without_holder(one) for one in held.get(party.pk, ())]
        found.append(whole)
    return found


def _services_of(viewer: Actor, parties: list[Party], *, first: bool) -> dict[int, list[Document]]:
    """Services by holder: all of them, or one of each to read from it what a feed says of its organisation."""
    owners: dict[int, list[int]] = {}
    rows = queries.leaving(viewer).filter(record__owner__in=parties).values_list("record__owner", "pk")
    for owner, pk in rows:
        if not first or owner not in owners:
            owners.setdefault(owner, []).append(pk)
    holder = {pk: owner for owner, pks in owners.items() for pk in pks}
    found: dict[int, list[Document]] = {}
    pks = sorted(holder)
    for start in range(0, len(pks), queries.AT_ONCE):
        some = pks[start : start + queries.AT_ONCE]
        for pk, one in queries.whole(viewer, some):
            found.setdefault(holder[pk], []).append(one)
    return found


def _without_holder(one: Document) -> Document:
    return {name: value for name, value in one.items() if name != "organization"}


def _as_asked(one: Document, asked: Asked) -> Document:
    if asked.full or asked.full_service:
        return one
    return validating.one_to_one(one, "organization")


def _beside(viewer: Actor, kind: str, asked: Asked) -> list[Document]:
    return _searched(kept(viewer, kind), asked)


def kept(viewer: Actor, kind: str) -> list[Document]:
    """What feeds hold of one kind beside their services: `organization`, `location`, `taxonomy`, `taxonomy_term`.
    For the public without anybody's name."""
    found = []
    for row in feeds.beside(viewer, kind):
        entry: Any = feeds.renamed(passing.opened(row.body) or {}, row.feed.key, {})
        timer = getattr(row.feed, "timer", None)
        if not viewer.is_system:
            entry = entry if timer is not None and timer.contacts else passing.without_people(entry, kind)
            entry = validating.mended(entry, kind)
        if entry:
            found.append(entry)
    return found


def _searched(found: list[Document], asked: Asked) -> list[Document]:
    words = [word.casefold() for word in asked.search]
    return [one for one in found if all(word in _words(one) for word in words)]


def _words(one: Document) -> str:
    return f"{one.get('name', '')} {one.get('description', '')}".casefold()


def _detail(one: Document) -> str:
    detail = one.get("taxonomy_detail")
    return str(detail.get("id", "")) if isinstance(detail, dict) else ""
