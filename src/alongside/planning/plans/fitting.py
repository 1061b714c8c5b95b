"""What could help with one thing wanted, and how well each fits: as search understands it, not by words alone.

What search finds to be about the same thing counts as plainly as what says the same words; what many people offer
under one name is one idea, with the nearest of them first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party, PartyState
from alongside.knowing.assets.models import Asset, Offer, Unit
from alongside.knowing.assets.queries import LISTED, assets
from alongside.knowing.outcomes.models import Outcome
from alongside.knowing.search.queries import SAYS, ideas_for
from alongside.methods import complement
from alongside.methods.distance import km_between
from alongside.methods.scoring import Hit
from alongside.planning.plans.reasons import overlap, telling

CANDIDATES = 60
WHOLE = ("whens", "days", "domains", "access")
KNOWN_TO_BE_MINE = 0.05  # what somebody said they have is worth a second look even where no word is shared
WEAK = 0.2  # share of the best hit's score under which shared words are chance
PLAIN = 0.6  # share of the best hit's score from which search alone says that it is about the same thing
AGAIN = 0.5  # what one more of the same name is worth beside the one before it
FAR = 1_000.0  # kilometres, for what has no place


@dataclass(frozen=True)
class Look:
    """What was looked at: how well each fits (0 to 1), which search says are plainly about what was said, and what
    each of those may help with, in the words of the reader's language."""

    scores: dict[Asset, float]
    plain: frozenset[int]
    about: dict[int, str]


def candidates(
    viewer: Actor,
    owner: Party,
    outcome: Outcome,
    kept: Collection[int],
    minutes: Collection[int],
    about: Sequence[str] = (),
) -> Look:
    """What could be looked at, with how well it fits: the person's own things, what search finds, what was found
    with everybody in mind, and what they have kept already. `about` is what they tapped that it is about."""
    found = ideas_for(
        viewer, " ".join(telling(outcome.words)), outcome.domain, CANDIDATES, about=about, lang=outcome.record.lang
    )
    hits = _likely(found)
    near = Q(pk__in=[*hits, *kept, *minutes]) | Q(record__owner=owner, record__state__in=LISTED)
    scores: dict[Asset, float] = {}
    for asset in assets(viewer).filter(near).prefetch_related(*WHOLE).order_by("pk"):
        holder = asset.record.owner
        if holder.pk == owner.pk:
            scores[asset] = max(overlap(outcome.words, asset), hits.get(asset.pk, 0.0), KNOWN_TO_BE_MINE)
        elif asset.pk in kept or (holder.state == PartyState.LIVE and has_room(asset)):
            scores[asset] = max(hits.get(asset.pk, 0.0), 0.001)
    plain = {hit.id: word for hit in found if (word := _about(hit)) and hit.fits and hits.get(hit.id, 0.0) >= PLAIN}
    return Look(scores, frozenset(plain), plain)


def _likely(hits: Sequence[Hit]) -> dict[int, float]:
    """What search found that is no chance, by how well it fits beside the best."""
    best = max((hit.score for hit in hits), default=0.0) or 1.0
    return {
        hit.id: hit.score / best for hit in hits if _is_for(hit) or hit.score > best * (WEAK if _says(hit) else PLAIN)
    }


def _is_for(hit: Hit) -> bool:
    return any(why.code == "domain" for why in hit.why)


def _says(hit: Hit) -> bool:
    """Whether it shares a word; what is only alike must be much alike."""
    return any(why.code in SAYS for why in hit.why)


def _about(hit: Hit) -> str:
    """What search says it may help with, among what the words are about."""
    return next((str(why.value) for why in hit.why if why.code == "means"), "")


def varied(
    wish: complement.Wish, scores: Mapping[complement.Offer, float], known: Mapping[int, Asset]
) -> dict[tuple[int, int], float]:
    """How well each offer serves, with each further one of the same name worth half of the one before: three people
    who share the same thing leave room for something else. The nearest of a name comes first."""
    seen: Counter[str] = Counter()
    worth: dict[tuple[int, int], float] = {}
    for offer, score in sorted(scores.items(), key=lambda one: (-one[1], _km(wish, one[0]), one[0].id)):
        name = known[offer.id].title.casefold().strip()
        worth[wish.id, offer.id] = score * AGAIN ** seen[name]
        seen[name] += 1
    return worth


def _km(wish: complement.Wish, offer: complement.Offer) -> float:
    return km_between(wish.place, offer.place) if wish.place and offer.place else FAR


def has_room(asset: Asset) -> bool:
    offer: Offer | None = getattr(asset, "offer", None)
    if asset.paused or not asset.has_room(timezone.localdate()):
        return False
    if offer is None:
        return True
    return offer.unit == Unit.MINUTES or (offer.promised + 1) * 100 <= offer.per_week * offer.limit_pct
