"""For a wish that is not met, or not all of it: which one thing is missing, and what else would change the answer.

Only offers that one single thing stands against are looked at: what takes two changes is told as nobody being there.
What lies in a source that the person has ruled out is not looked at; that they ruled it out is told last.

| code | value | it says: it would work if … |
|---|---|---|
| `share` | | several could share it: one holder has not so much time |
| `time` | minutes | those who could do it had so much more time |
| `more_people` | how many | the group came about, which starts with so many (how many wish for it is not told) |
| `next_week` | | one asked again next week |
| `other_hour` | weekday | it could be at another hour of a day that suits |
| `day` | weekday | it could be on that day |
| `reach` | km | one could get to the nearest |
| `access` | feature | the nearest had this |
| `paid` | | there were somebody paid and trained for it, whom no neighbour can replace |
| `holder` | word of kind, or none | there were anybody who offers this |
| `ruled_out` | source | the person looked there too |
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from alongside.methods.complement.against import Against, days_of, words_of
from alongside.methods.complement.model import BOOK_ORDER, Reason
from alongside.methods.complement.problem import RULED_OUT, STEP, Answer, Flags, Ints, Problem
from alongside.methods.complement.rules import Rules
from alongside.methods.complement.seen import CODES, Seen, used_of


@dataclass(frozen=True)
class Missing:
    """What is missing for one wish: so many minutes of it are not met (`none`: nothing of it is); `missing` is the one
    thing, the least change first; `besides` are others that would do as well."""

    wish: int
    minutes: int
    missing: Reason
    besides: tuple[Reason, ...] = ()
    none: bool = True


def unmet(
    problem: Problem,
    answer: Answer,
    wishes: Iterable[int] | None = None,
    *,
    hidden: Flags | None = None,
    rules: Rules | None = None,
) -> tuple[Missing, ...]:
    """What is missing for each wish that is not wholly met: of these rows, or of all. `hidden` and `rules` are as in
    `reasons.ideas`."""
    used, rules = used_of(problem, answer), rules or Rules(problem)
    short = problem.wishes.steps > answer.met
    rows = np.flatnonzero(short).tolist() if wishes is None else [int(one) for one in wishes if short[one]]
    return tuple(_missing(Seen(problem, rules, answer, row, used, hidden)) for row in rows)


def _missing(one: Seen) -> Missing:
    found = [reason for look in _LEAST_CHANGE_FIRST if (reason := look(one))]
    first = found[0] if found else _nobody(one)
    places = one.problem.wishes.place_of[one.wish]
    out = [Reason("ruled_out", int(source)) for source in BOOK_ORDER if places[source - 1] >= RULED_OUT]
    return Missing(
        int(one.problem.wishes.id[one.wish]), one.short * STEP, first, (*found[1:], *out), one.short == one.wanted
    )


def _nobody(one: Seen) -> Reason:
    """Nobody offers this where, when and how it is wished for; or nobody who is paid for it."""
    if one.rules.careful[one.wish]:
        return Reason("paid")
    kinds = words_of(one.problem, int(one.problem.wishes.kinds[one.wish]))
    return Reason("holder", kinds[0] if kinds else None)


def _share(one: Seen) -> Reason | None:
    free = np.minimum(one.left[one.bits == 0], one.wanted)
    shared = one.problem.wishes.whole[one.wish] and len(free) > 1 and (free < one.wanted).all()
    return Reason("share") if shared and free.sum() >= one.wanted else None


def _time(one: Seen) -> Reason | None:
    """Those who could do it, if they had more time; a group that does not come about is another matter."""
    able = (one.bits == 0) & (one.left < max(one.least_left, one.short))
    if not able.any():
        return None
    more = one.short if not one.problem.wishes.whole[one.wish] else one.wanted - int(one.left[able].max())
    return Reason("time", more * STEP)


def _more_people(one: Seen) -> Reason | None:
    least = one.problem.offers.least[one.offer[one.why == CODES.index("needs_more_people")]]
    return Reason("more_people", int(least.min())) if len(least) else None


def _next_week(one: Seen) -> Reason | None:
    return Reason("next_week") if len(_only(one, Against.asked_this_week)) else None


def _other_hour(one: Seen) -> Reason | None:
    days = set(days_of(one.problem.wishes.week[one.wish])) & set(_days(one))
    return Reason("other_hour", min(days)) if days else None


def _day(one: Seen) -> Reason | None:
    days = set(_days(one)) - set(days_of(one.problem.wishes.week[one.wish]))
    return Reason("day", min(days)) if days else None


def _days(one: Seen) -> list[int]:
    weeks = one.week[_only(one, Against.times_differ)]
    return days_of(np.bitwise_or.reduce(weeks, axis=0)) if len(weeks) else []


def _reach(one: Seen) -> Reason | None:
    far = _only(one, Against.out_of_reach)
    return Reason("reach", one.value_of("out_of_reach", far)) if len(far) else None


def _access(one: Seen) -> Reason | None:
    lacking = _only(one, Against.access_missing)
    return Reason("access", one.value_of("access_missing", lacking)) if len(lacking) else None


def _only(one: Seen, bit: Against) -> Ints:
    """Offers against which this one thing stands, and that have time left."""
    return np.flatnonzero((one.bits == int(bit)) & (one.left >= one.least_left))


_LEAST_CHANGE_FIRST: tuple[Callable[[Seen], Reason | None], ...] = (
    _share,
    _time,
    _more_people,
    _next_week,
    _other_hour,
    _day,
    _reach,
    _access,
)
