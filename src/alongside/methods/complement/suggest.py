"""A simple, greedy chooser of ideas: source by source in the person's order, best fit first.

It promises what any chooser must: no holder over their limit, nobody asked twice in a week, nothing from a
source the person rules out, the rules of safety, and the same answer in whatever order things come in. Paid
offers are chosen as if there were no unpaid ones, so that neighbours' kindness never takes a service away.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from alongside.methods.complement.fits import shared_days, why_not
from alongside.methods.complement.model import Fixed, Idea, Ideas, Looked, Offer, Reason, Source, Wish
from alongside.methods.distance import km_between

PER_SOURCE = 3

Thing = TypeVar("Thing", Wish, Offer)
Relevance = Mapping[tuple[int, int], float]


def suggest(
    wishes: Iterable[Wish],
    offers: Iterable[Offer],
    fixed: Fixed | None = None,
    *,
    relevance: Relevance | None = None,
    per_source: int = PER_SOURCE,
) -> Ideas:
    """Ideas for each wish, and an account of what was looked at.

    `relevance[wish id, offer id]` (0 to 1, from search) says how well the words fit; an offer serves when it
    has some relevance or shares a kind with the wish. At most `per_source` paid and as many unpaid ideas per
    wish and source. The minutes of all ideas on one offer together stay within what it has to spare, so that
    every idea could be taken up. Raises ValueError where two wishes or two offers have the same id.
    """
    chooser = _Chooser(_by_id(offers, "offer"), fixed or Fixed(), relevance or {}, per_source)
    for wish in _by_id(wishes, "wish"):
        chooser.look(wish)
    return Ideas(tuple(chooser.ideas), tuple(chooser.looked))


def _by_id(things: Iterable[Thing], name: str) -> list[Thing]:
    """The same things in the order of their ids, each id once."""
    found = sorted(things, key=lambda thing: thing.id)
    if len({thing.id for thing in found}) < len(found):
        raise ValueError(f"two of them have the same {name} id")
    return found


class _Chooser:
    """One run: what is left to give, who has been asked, and what has been found so far."""

    def __init__(self, offers: list[Offer], fixed: Fixed, relevance: Relevance, per_source: int) -> None:
        self.offers = offers
        self.fixed = fixed
        self.relevance = relevance
        self.per_source = per_source
        self.spare = {offer.id: offer.spare() for offer in offers}
        self.asked: set[int] = set()
        self.ideas: list[Idea] = []
        self.looked: list[Looked] = []

    def look(self, wish: Wish) -> None:
        """Look through every source the person wants, in their order, and keep what serves."""
        before: list[Source] = []
        for source in wish.sources():
            offers = [offer for offer in self.offers if offer.source_for(wish.person) is source]
            why: Counter[str] = Counter()
            found = self._in_source(wish, offers, tuple(before), why)
            self.ideas.extend(found)
            self.looked.append(Looked(wish.id, source, len(offers), len(found), dict(sorted(why.items()))))
            before.append(source)

    def _in_source(
        self, wish: Wish, offers: Sequence[Offer], before: tuple[Source, ...], why: Counter[str]
    ) -> list[Idea]:
        """The best few offers of one source that can be taken up now."""
        able = []
        for offer in offers:
            reason = why_not(wish, offer, self.fixed) if self._fit(wish, offer) > 0 else "no_match"
            if reason:
                why[reason] += 1
            else:
                able.append(offer)
        found: list[Idea] = []
        room = {True: self.per_source, False: self.per_source}
        for offer in sorted(able, key=lambda offer: self._rank(wish, offer)):
            reason = self._taken(wish, offer) or ("enough_shown" if not room[offer.paid] else "")
            if reason:
                why[reason] += 1
                continue
            room[offer.paid] -= 1
            found.append(self._idea(wish, offer, before))
        return found

    def _fit(self, wish: Wish, offer: Offer) -> float:
        """How well the two fit: words from search, and a half where they share a kind."""
        shared = 0.5 if wish.kinds & offer.kinds else 0.0
        return self.relevance.get((wish.id, offer.id), 0.0) + shared

    def _rank(self, wish: Wish, offer: Offer) -> tuple[int, float, float, int]:
        """Sort key: fewest unknown access features, then best fit, then nearest, then the id."""
        far = _km(wish, offer)
        unknown = len(wish.needs - offer.has)
        return unknown, -self._fit(wish, offer), far if far is not None else 1e9, offer.id

    def _taken(self, wish: Wish, offer: Offer) -> str:
        """Why an offer that fits cannot be taken up now: it is used up, or its holder is asked already."""
        spare = self.spare[offer.id]
        if spare is not None and (spare <= 0 or (not wish.divisible and spare < wish.minutes)):
            return "at_limit"
        if offer.asks_someone and offer.holder != wish.person and offer.holder in self.asked:
            return "asked_this_week"
        return ""

    def _idea(self, wish: Wish, offer: Offer, before: tuple[Source, ...]) -> Idea:
        """Take the minutes, note who is asked, and say why."""
        spare = self.spare[offer.id]
        minutes = wish.minutes if spare is None else min(wish.minutes, spare)
        if spare is not None:
            self.spare[offer.id] = spare - minutes
        source = offer.source_for(wish.person)
        if offer.asks_someone and source is not Source.OWN:
            self.asked.add(offer.holder)
        waits = source is not Source.OWN and not offer.paid and bool(self.fixed.paid_kinds & (wish.kinds | offer.kinds))
        return Idea(wish.id, offer.id, source, minutes, self._reasons(wish, offer, waits), before, waits)

    def _reasons(self, wish: Wish, offer: Offer, waits: bool) -> tuple[Reason, ...]:
        """Why this one, in codes: whose it is, what fits, how far, access, days, and what it waits for."""
        found = [Reason("yours")] if offer.holder == wish.person else []
        found += [Reason("kind", kind) for kind in sorted(wish.kinds & offer.kinds)]
        if score := self.relevance.get((wish.id, offer.id)):
            found.append(Reason("words", round(score, 3)))
        far = _km(wish, offer)
        if far is not None:
            found.append(Reason("near", round(far, 1)))
        found += [Reason("access_met", need) for need in sorted(wish.needs & offer.has)]
        found += [Reason("access_unknown", need) for need in sorted(wish.needs - offer.has)]
        day_only = offer.holder != wish.person and not offer.paid
        found += [Reason("day", day) for day in shared_days(wish.windows, offer.windows, day_only=day_only)]
        if (spare := self.spare[offer.id]) is not None:
            found.append(Reason("spare_after", spare))
        return (*found, Reason("paid_service_does_this")) if waits else tuple(found)


def _km(wish: Wish, offer: Offer) -> float | None:
    """Kilometres between the two shown places, where both are given."""
    if wish.place is None or offer.place is None:
        return None
    return km_between(wish.place, offer.place)
