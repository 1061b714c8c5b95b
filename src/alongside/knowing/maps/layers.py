"""The register of layers: what people, groups and others here offer, and the lists that upper rooms lay over it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from alongside.ground.people.models import Kind
from alongside.ground.records.models import Record

PEOPLE, GROUPS, OTHERS = "people", "groups", "others"


@dataclass(frozen=True)
class Layer:
    """One layer: its key, its name, whether it is ours (on unless stewards say otherwise), and its records."""

    key: str
    name: str
    ours: bool
    records: Callable[[QuerySet[Record]], QuerySet[Record]]


Source = Callable[[], Iterable[Layer]]
_SOURCES: list[Source] = []


def lay(source: Source) -> None:
    """Let an upper room lay its lists over the maps. Called once at start-up by its `apps.py`."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def others() -> list[Layer]:
    """The lists that others keep, as upper rooms know them."""
    return [layer for source in _SOURCES for layer in source()]


def ours(listed: Iterable[Layer]) -> list[Layer]:
    """What is offered here by people, groups and others, without what only a list brought."""
    from_lists = [layer.records for layer in listed]

    def of(kind: str) -> Callable[[QuerySet[Record]], QuerySet[Record]]:
        def those(records: QuerySet[Record]) -> QuerySet[Record]:
            brought = Q(pk__in=[])
            for one in from_lists:
                brought |= Q(pk__in=one(Record.objects.all()).values("pk"))
            return records.filter(owner__kind=kind).exclude(brought)

        return those

    return [
        Layer(PEOPLE, str(_("People")), True, of(Kind.PERSON)),
        Layer(GROUPS, str(_("Communities")), True, of(Kind.COMMUNITY)),
        Layer(OTHERS, str(_("Organisations and businesses")), True, of(Kind.ORGANISATION)),
    ]
