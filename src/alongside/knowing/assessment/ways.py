"""What goes on here by the five ways to feel well and by who holds it (book, table 6.1).

Which way a thing serves comes from what it is found to serve (`knowing.lexicon`), else from the parts of life its
holder named. What groups and organisations offer to everyone is counted as it is; what people offer is counted in
`counting.py`, only where they chose so, and leaves through disclosure control.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Sort
from alongside.ground.records.queries import everyones
from alongside.knowing.assessment.models import PublishedFigure
from alongside.knowing.assessment.whose import open_things
from alongside.knowing.assets.models import Asset
from alongside.knowing.assets.queries import assets
from alongside.knowing.lexicon.queries import SURE as SURE
from alongside.knowing.lexicon.queries import Way as Way
from alongside.knowing.lexicon.queries import serves
from alongside.knowing.lexicon.queries import way as way
from alongside.knowing.lexicon.queries import way_keys as way_keys
from alongside.knowing.lexicon.queries import ways as ways
from alongside.knowing.outcomes.queries import wishes

SHARING_WAYS = "people_sharing_ways"  # the measure: people who share something, by way
PAGE = 30
MACHINE = Actor.system("figures")
HOLDERS: dict[str, tuple[str, ...]] = {
    "communities": (Sort.PLACE, Sort.INTEREST, Sort.GROUP),
    "voluntary": (Sort.USER_LED, Sort.VOLUNTARY),
    "business": (Sort.BUSINESS, Sort.VENTURE),
    "public": (Sort.PUBLIC, Sort.SPECIALIST),
}


@dataclass(frozen=True)
class WayRow:
    """One way in this place. `people` is a figure that may be shown, else None; `shown_in` how many areas show one;
    `waiting` how many wishes that everyone may read wait for something of the kind."""

    way: Way
    things: dict[str, int]
    people: int | None
    shown_in: int
    waiting: int

    @property
    def total(self) -> int:
        return sum(self.things.values())


def holder_words() -> dict[str, str]:
    """The columns, by who holds something, in everyday words."""
    return {
        "communities": _("Communities and small groups"),
        "voluntary": _("Charities and groups run by their members"),
        "business": _("Shops and businesses"),
        "public": _("Public and special services"),
    }


def rows() -> list[WayRow]:
    """Every way with what is on offer by holder, what people share as far as it may be shown, and what waits."""
    figures = _published()
    waiting = _waiting()
    found = []
    for one in ways():
        values = [cells.get(one.key) for cells in figures.values()]
        shown = [value for value in values if value is not None]
        whole = sum(shown) if shown and len(shown) == len(values) else None
        wished = sum(waiting[domain] for domain in one.domains)
        found.append(WayRow(one, _things(one), whole, len(shown), wished))
    return found


def serving(one: Way, things: QuerySet[Asset]) -> QuerySet[Asset]:
    """Of these things those that serve a way: by what they are found to serve, else by their parts of life."""
    sure = serves(SURE)  # as sets, each read once: row by row takes minutes where a database has no statistics yet
    by_concept = Q(pk__in=sure.filter(concept__in=one.concepts).values("asset"))
    by_domain = Q(pk__in=assets(MACHINE).filter(domains__domain__in=one.domains).values("pk"))
    return things.filter(by_concept | (~Q(pk__in=sure.values("asset")) & by_domain))


def listed(one: Way, holders: str, after: int = 0) -> list[Asset]:
    """A page of what these holders offer to everyone of one way, by number from after `after`."""
    things = serving(one, open_things()).filter(record__owner__sort__in=HOLDERS[holders], pk__gt=after)
    return list(things.select_related("record__owner").order_by("pk")[:PAGE])


def ways_of(things: QuerySet[Asset]) -> dict[int, set[str]]:
    """Which ways each of these things serves, for the counts of what people share."""
    found: dict[int, set[str]] = defaultdict(set)
    for one in ways():
        for pk in serving(one, things).values_list("pk", flat=True):
            found[pk].add(one.key)
    return found


def _things(one: Way) -> dict[str, int]:
    sorts = {sort: name for name, many in HOLDERS.items() for sort in many}
    counted = serving(one, open_things()).order_by().values("record__owner__sort").annotate(many=Count("pk"))
    found = dict.fromkeys(HOLDERS, 0)
    for line in counted:
        if line["record__owner__sort"] in sorts:
            found[sorts[line["record__owner__sort"]]] += line["many"]
    return found


def _published() -> dict[int, dict[str, int | None]]:
    """What may be shown of people who share something, by area."""
    found: dict[int, dict[str, int | None]] = {}
    kept = PublishedFigure.objects.filter(row__table__measure=SHARING_WAYS).order_by("pk")
    for area, category, value in kept.values_list("row__area", "category", "value"):
        found.setdefault(area, {})[category] = value
    return found


def _waiting() -> Counter[str]:
    """How many wishes that everyone may read wait, by part of life. Public words, not people."""
    public = wishes(Actor.anyone()).filter(record__in=everyones())
    return Counter(public.order_by().values_list("domain", flat=True))
