"""What must hold across rows and no constraint of the database can say (design: the model's invariants).

Each check gives a sentence for every fault it finds, with keys and never with anybody's words.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.models import Count, F, Q

from alongside.exchange.services.models import KeptDocument
from alongside.ground.history.installed import missing
from alongside.ground.keys.queries import what_is_strange
from alongside.ground.people.models import GONE, Kind, Party, PartyState
from alongside.ground.places.models import AreaKind, AreaWithin, Installation
from alongside.ground.records.actions import shown_point
from alongside.ground.records.models import Audience, Precision, Record, Spot, SpotExact, State
from alongside.ground.records.queries import everyones
from alongside.planning.decisions.queries import unfair
from alongside.planning.lotteries.queries import wrong_draws
from alongside.planning.papers.queries import ballots_add_up
from alongside.planning.results.queries import broken as broken_results

NOT_KITS = {Spot, SpotExact, KeptDocument}
KINDS = {"communitymap": "map", "side": "introduction"}  # where a table is not called as its records are
HAIR = 1e-6  # degrees; two computers may round differently
Find = Callable[[], Iterator[str]]


def model(name: str) -> type[models.Model]:
    return apps.get_model(name)


def kits() -> dict[str, type[models.Model]]:
    """The table of each kind of record: whatever hangs on the spine by its own primary key."""
    found = {}
    for relation in Record._meta.get_fields(include_hidden=True):
        kit: Any = relation.related_model
        field: Any = getattr(relation, "field", None)
        if relation.one_to_one and field is not None and field.primary_key and kit not in NOT_KITS:
            name = str(kit._meta.model_name)
            found[KINDS.get(name, name)] = kit
    return found


def one_kit_row() -> Iterator[str]:
    known = kits()
    standing = Record.objects.exclude(state=State.ERASED)
    for kind, kit in known.items():
        rows = kit._default_manager.values("pk")
        for key in standing.filter(kind=kind).exclude(pk__in=rows).values_list("key", flat=True):
            yield f"record {key} has no {kind}"
        for key in Record.objects.filter(pk__in=rows).exclude(kind=kind).values_list("key", flat=True):
            yield f"record {key} has a {kind} and is none"
    for key, kind in standing.exclude(kind__in=known).values_list("key", "kind"):
        yield f"record {key} is a “{kind}”, and there is no such kind"


def owners_fit() -> Iterator[str]:
    gone = Q(owner__state__in=GONE)
    for key in Record.objects.filter(gone).exclude(state__in=(State.ENDED, State.ERASED)).values_list("key", flat=True):
        yield f"record {key} stands and its owner has gone"
    persons = model("planning.Plan")._default_manager.filter(template="whole_life")
    for key in persons.exclude(record__owner__kind=Kind.PERSON).values_list("record__key", flat=True):
        yield f"plan {key} is for a person's life and its owner is no person"
    shown = Record.objects.filter(owner__state=PartyState.PROVISIONAL, state=State.LIVE)
    for key in shown.exclude(audience=Audience.ME).values_list("key", flat=True):
        yield f"record {key} is shown to others and nobody has claimed or looked at it"


def promises_add_up() -> Iterator[str]:
    accepted = model("knowing.Contribution")._default_manager.filter(state="accepted").exclude(way="self_help")
    given = accepted.exclude(asset=None).values_list("asset", "minutes_week", "asset__offer__unit")
    met = model("doing.Introduction")._default_manager.filter(holds_place=True).exclude(asset=None)
    held = met.values_list("asset", "minutes", "asset__offer__unit")
    sums: Counter[int] = Counter()
    for asset, minutes, unit in [*given, *held]:
        sums[asset] += minutes if unit == "minutes" else 1
    offers = model("knowing.Offer")._default_manager.values_list("pk", "promised", "asset__record__key")
    for pk, promised, key in offers:
        if promised != sums[pk]:
            yield f"asset {key} has {promised} promised, and its promises come to {sums[pk]}"


def no_circles() -> Iterator[str]:
    serves = dict(model("knowing.Outcome")._default_manager.exclude(serves=None).values_list("pk", "serves"))
    merged = dict(Party.objects.exclude(merged_into=None).values_list("pk", "merged_into"))
    for name, steps in (("outcome", serves), ("party", merged)):
        for start in _in_circles(steps):
            yield f"{name} {start} leads back to itself"


def _in_circles(steps: dict[Any, Any]) -> list[int]:
    """Every row from which following the steps comes back to it. Rows known to lead out are not walked twice."""
    clear: set[int] = set()
    found = []
    for start in steps:
        trail: dict[int, None] = {}
        at = start
        while at in steps and at not in trail and at not in clear:
            trail[at] = None
            at = steps[at]
        if at == start and start in trail:
            found.append(start)
        else:
            clear |= set(trail) if at not in trail else set()
    return found


def areas_point_up() -> Iterator[str]:
    order = {kind: place for place, kind in enumerate(AreaKind.values)}
    rows = AreaWithin.objects.values_list("part__code", "part__kind", "whole__code", "whole__kind")
    for part, kind, whole, larger in rows:
        if order[kind] >= order[larger]:
            yield f"area {part} ({kind}) is said to lie in {whole} ({larger})"


def places_are_blurred() -> Iterator[str]:
    """What is shown of a place that its holder blurred gives nothing of the exact one away."""
    spots = Spot.objects.filter(precision=Precision.CELL).exclude(shown_lat=None)
    exact = {pk: (lat, lng) for pk, lat, lng in SpotExact.objects.values_list("pk", "lat", "lng")}
    for pk, lat, lng, key in spots.values_list("pk", "shown_lat", "shown_lng", "record__key"):
        blurred = shown_point(*exact.get(pk, (None, None)), Precision.CELL, None)
        if blurred is None or math.dist(blurred, (lat or 0.0, lng or 0.0)) > HAIR:
            yield f"record {key} shows another place than the middle of its few streets"


def history_is_whole() -> Iterator[str]:
    for key in Record.objects.filter(events=None).values_list("key", flat=True):
        # A part that came with another record (a contribution's letter, a feed's service) has its event there.
        if not apps.get_model("exchange.ForeignId")._default_manager.filter(record__key=key).exists():
            yield f"record {key} came from nowhere: no event names it"


def one_open_place() -> Iterator[str]:
    doubled = model("ground.CirclePlace")._default_manager.filter(until=None).values("owner", "member")
    for row in doubled.annotate(n=Count("pk")).filter(n__gt=1):
        yield f"party {row['member']} has two places round {row['owner']}"


def apart() -> Iterator[str]:
    if model("site.DemoLink")._default_manager.exists() and not Installation.objects.filter(demo=True).exists():
        yield "there are demo sign-in links beside real people"


def installed() -> Iterator[str]:
    for name in missing(connection):
        yield f"{name} is not in the database; run `manage.py migrate`"


def search_is_whole() -> Iterator[str]:
    """The index holds exactly what everyone may see."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM knowing_assetsearch")
        (indexed,) = cursor.fetchone()
    here = (PartyState.LIVE, PartyState.PROVISIONAL)
    shown = everyones().filter(kind="asset", owner__state__in=here).count()
    if indexed != shown:
        yield f"search knows {indexed} things, and {shown} are for everyone"


def offers_within_limits() -> Iterator[str]:
    over = model("knowing.Offer")._default_manager.filter(promised__gt=F("per_week"))
    for key in over.values_list("asset__record__key", flat=True):
        yield f"asset {key} has promised more than there is"


def draws_follow() -> Iterator[str]:
    yield from wrong_draws()


INVARIANTS: dict[str, Find] = {
    "one kit row for each record": one_kit_row,
    "owners fit what they own": owners_fit,
    "promises add up": promises_add_up,
    "no promise beyond what there is": offers_within_limits,
    "nothing leads back to itself": no_circles,
    "areas lie in larger areas": areas_point_up,
    "blurred places stay blurred": places_are_blurred,
    "history is whole": history_is_whole,
    "one open place in a circle": one_open_place,
    "real and invented stay apart": apart,
    "triggers and search tables": installed,
    "search holds what everyone may see": search_is_whole,
    "an equal say, as it was declared": unfair,
    "ballots and roll add up": ballots_add_up,
    "what was decided is what the ballots say": broken_results,
    "panels are those that the lot gave": draws_follow,
    "the secrets here are those of the database": what_is_strange,
}
