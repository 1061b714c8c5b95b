"""Whether a wish and an offer can meet at all, and if not, why not: one word, the first that applies."""

from alongside.methods.complement.model import Fixed, Offer, Source, Window, Wish
from alongside.methods.complement.safety import DAY_STARTS, NIGHT_STARTS, NOT_FOR_UNPAID
from alongside.methods.distance import km_between


def why_not(wish: Wish, offer: Offer, fixed: Fixed) -> str:
    """The reason this offer cannot serve this wish, or nothing. Amounts and relevance are not looked at."""
    own = offer.source_for(wish.person) is Source.OWN
    if (wish.person, offer.holder) in fixed.apart:
        return "apart"
    if not own and offer.open_to is not None and not offer.open_to & wish.communities:
        return "not_open_to_you"
    if offer.refuses & (wish.kinds | wish.tasks):
        return "holder_refuses"
    if not own and not offer.paid and forbidden_to_unpaid(wish, offer):
        return "not_for_unpaid"
    if wish.needs & offer.lacks:
        return "access_missing"
    if not in_reach(wish, offer):
        return "out_of_reach"
    if (
        wish.windows
        and offer.windows
        and not shared_days(wish.windows, offer.windows, day_only=not own and not offer.paid)
    ):
        return "times_differ"
    if not own and offer.asks_someone and offer.holder in fixed.asked_this_week:
        return "asked_this_week"
    return ""


def forbidden_to_unpaid(wish: Wish, offer: Offer) -> bool:
    """Whether the help is of a kind, or could only be at an hour, that no unpaid person is asked for."""
    named = wish.kinds | wish.tasks | offer.kinds | offer.tasks
    return bool(named & NOT_FOR_UNPAID) or any(
        windows and not any(by_day(window) for window in windows) for windows in (wish.windows, offer.windows)
    )


def by_day(window: Window) -> bool:
    """Whether some of a window lies between six in the morning and eleven at night."""
    return window.start < NIGHT_STARTS and window.end > DAY_STARTS


def in_reach(wish: Wish, offer: Offer) -> bool:
    """Whether the distance is within what both have said; a place or reach not given sets no limit."""
    if wish.place is None or offer.place is None:
        return True
    reaches = [reach for reach in (wish.reach_km, offer.reach_km) if reach is not None]
    return not reaches or km_between(wish.place, offer.place) <= min(reaches)


def shared_days(ours: tuple[Window, ...], theirs: tuple[Window, ...], *, day_only: bool = False) -> list[int]:
    """The weekdays on which some minutes suit both, in order. `day_only` counts none of the night: two who could meet
    only then do not, however many hours by day each has alone."""
    first, last = (DAY_STARTS, NIGHT_STARTS) if day_only else (0, 24 * 60)
    return sorted(
        {
            one.weekday
            for one in ours
            for other in theirs
            if one.weekday == other.weekday and max(one.start, other.start, first) < min(one.end, other.end, last)
        }
    )
