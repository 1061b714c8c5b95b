"""Narrows what leaves to what was asked for. Every parameter that is given must hold."""

from __future__ import annotations

import math
from collections.abc import Mapping

from django.db.models import Q, QuerySet

from alongside.exchange.openreferral import shapes, terms
from alongside.exchange.openreferral.asking import Asked, NotUnderstood
from alongside.exchange.services import queries as feeds
from alongside.ground.postcodes import queries as postcodes
from alongside.knowing.assets.models import Asset
from alongside.knowing.lexicon import queries as lexicon

POINT = ("record__spot__shown_lat", "record__spot__shown_lng")
METRES_A_DEGREE = 111_320
NEAR = 1000  # metres
PLAIN = 50  # hundredths: from here on something plainly serves what matters


def served(weights: Mapping[str, float]) -> list[str]:
    """What matters to people that a thing plainly serves."""
    return sorted(concept for concept, weight in weights.items() if round(weight * 100) >= PLAIN)


def narrowed(found: QuerySet[Asset], asked: Asked) -> QuerySet[Asset]:
    """The assets that meet every parameter. Raises NotUnderstood for a postcode that nobody here knows."""
    if asked.postcode:
        found = _near(found, asked)
    for word in asked.search:
        said = Q(title__icontains=word) | Q(words__icontains=word) | Q(record__owner__name__icontains=word)
        found = found.filter(said)
    if asked.modified_after:
        found = found.filter(record__changed__gte=asked.modified_after)
    if asked.minimum_age is not None:
        found = found.filter(least_age__gte=asked.minimum_age)
    if asked.maximum_age is not None:
        found = found.filter(most_age__lte=asked.maximum_age)
    if asked.organization_id:
        found = found.filter(record__owner__in=_parties(found, asked.organization_id))
    return _at_times(_of_terms(found, asked), asked)


def _parties(found: QuerySet[Asset], public: str) -> list[int]:
    key = shapes.of_kin(public, 0)
    own = found.filter(record__owner__key=key).values_list("record__owner", flat=True)[:1] if key else []
    return [*feeds.parties_of(public), *own]


def _of_terms(found: QuerySet[Asset], asked: Asked) -> QuerySet[Asset]:
    if asked.taxonomy_term_id:
        found = found.filter(_of_term(asked.taxonomy_term_id)).distinct()
    if asked.taxonomy_id:
        found = found.filter(_of_taxonomy(asked.taxonomy_id)).distinct()
    return found


def _of_term(public: str) -> Q:
    """What has this term: one of ours, or one of a feed's, in that feed's own document."""
    listed, key = terms.meaning(public)
    match listed:
        case terms.DOMAINS:
            return Q(domains__domain=key)
        case terms.KINDS:
            return Q(kind=key) & ~Q(pk__in=feeds.documented())
        case terms.CONCEPTS:
            return Q(pk__in=lexicon.serves(PLAIN).filter(concept=key).values("asset"))
    return Q(pk__in=feeds.speaking_of(public))


def _of_taxonomy(public: str) -> Q:
    listed = next((key for key, one in terms.taxonomies().items() if one["id"] == public), "")
    match listed:
        case terms.DOMAINS:
            return Q(domains__isnull=False)
        case terms.KINDS:
            return ~Q(pk__in=feeds.documented())
        case terms.CONCEPTS:
            return Q(pk__in=lexicon.serves(PLAIN).values("asset"))
    return Q(pk__in=feeds.speaking_of(public))


def _at_times(found: QuerySet[Asset], asked: Asked) -> QuerySet[Asset]:
    """Day, start and end are asked of one and the same time."""
    wanted = {
        "days__weekday": asked.day,
        "days__starts__gte": asked.start_time,
        "days__ends__lte": asked.end_time,
    }
    given = {name: value for name, value in wanted.items() if value is not None}
    return found.filter(**given).distinct() if given else found


def _near(found: QuerySet[Asset], asked: Asked) -> QuerySet[Asset]:
    """Within so many metres of the postcode, or of the middle of half of one; 1,000 where none are said."""
    postcode = postcodes.meant(asked.postcode)
    lat, lng = postcode.point if postcode and postcode.point else _of_words(found, asked.postcode)
    reach = max(1.0, asked.proximity if asked.proximity is not None else NEAR) / METRES_A_DEGREE
    wide = reach / max(0.1, math.cos(math.radians(lat)))
    box = found.filter(
        record__spot__shown_lat__range=(lat - reach, lat + reach),
        record__spot__shown_lng__range=(lng - wide, lng + wide),
    )
    rows = box.values_list("pk", *POINT)
    inside = [pk for pk, y, x in rows if math.hypot((y - lat) / reach, (x - lng) / wide) <= 1]
    return found.filter(pk__in=inside)


def _of_words(found: QuerySet[Asset], postcode: str) -> tuple[float, float]:
    """A postcode that the table does not have: the middle of the shown places whose own words hold it."""
    shown = found.filter(record__spot__shown_words__icontains=postcode, record__spot__shown_lat__isnull=False)
    points: list[tuple[float, float]] = list(shown.values_list(*POINT)[:1000])
    if not points:
        raise NotUnderstood("postcode", f"Nobody here knows where {postcode} is, so nothing can be near it.")
    return sum(point[0] for point in points) / len(points), sum(point[1] for point in points) / len(points)
