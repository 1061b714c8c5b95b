"""Why this idea, what was looked at before it and why that did not serve, and what would change the answer.

All of it is codes and values that a page puts into words (`Reason`). No value is another person's name, id, wish or
hours: what is told of others is what their offer says to everybody it is shown to. People who are kept apart, and
offers whose holder does not want to be asked for this, are told of in no way: to this person there is no such offer.

| code | value | it says |
|---|---|---|
| `yours` | | the person has it themselves |
| `kind`, `words` | word of kind | what fits; or that search found them alike |
| `near` | km | how far the shown places are apart |
| `access_met`, `access_unknown` | feature | it is there; nobody has said |
| `day` | 0 to 6 | a weekday that suits both (only where not every day does) |
| `give_and_take` | | each could do something for the other |
| `has_room`, `open_door` | | time is left for it; anyone may simply come |
| `part` | minutes | it would serve so much of what is wished for, not all |
| `paid_service_does_this` | | it waits until people and communities have decided |

Of a source that was looked at before (`Before.why`): `none`, `not_open_to_you`, `not_for_unpaid`, `access_missing`
(feature), `out_of_reach` (km), `times_differ` (weekday), `asked_this_week`, `at_limit`, `needs_more_people`,
`enough_shown`, `some` (how many ideas), `ruled_out` (the person's own no: not even looked at).
What would come next (`Told.instead`): `next_best` (source) or `no_other`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from alongside.methods.complement.against import days_of, words_of
from alongside.methods.complement.missing import Missing, unmet
from alongside.methods.complement.model import Idea, Ideas, Looked, Reason, Source
from alongside.methods.complement.problem import OPEN, STEP, Answer, Flags, Problem
from alongside.methods.complement.rules import Rules
from alongside.methods.complement.seen import CODES, Before, Seen, used_of

__all__ = ["Before", "Missing", "Told", "ideas", "unmet"]


@dataclass(frozen=True)
class Told(Idea):
    """An idea with all that is told of it: `before` in the order looked at, `instead` what would come next."""

    before: tuple[Before, ...] = ()
    instead: tuple[Reason, ...] = ()


def ideas(
    problem: Problem,
    answer: Answer,
    wishes: Iterable[int] | None = None,
    *,
    hidden: Flags | None = None,
    rules: Rules | None = None,
) -> Ideas:
    """Every idea of an answer with its reasons, and an account of what was looked at for each wish.

    `wishes` are rows (all, where none are given). `hidden` says of each offer whether nothing may be told of it: this
    person may not know of it, or one of the two has said no. Who keeps the `rules` of the problem may bring them; a
    `Standing` has them. Ideas stand in each person's own order; within a source the nearest first.
    """
    told: list[Told] = []
    looked: list[Looked] = []
    used, rules = used_of(problem, answer), rules or Rules(problem)
    for wish in range(len(problem.wishes)) if wishes is None else wishes:
        one = Seen(problem, rules, answer, int(wish), used, hidden)
        looked += one.looked
        told += [_told(one, at) for at in one.chosen]
    return Ideas(tuple(told), tuple(looked))


def _told(one: Seen, at: int) -> Told:
    """One idea with its reasons."""
    problem, offer = one.problem, int(one.offer[at])
    source = Source(int(one.source[at]))
    waits = source is not Source.OWN and not problem.offers.paid[offer] and _paid_does_this(one, offer)
    before = one.before(source)
    return Told(
        wish=int(problem.wishes.id[one.wish]),
        offer=int(problem.offers.id[offer]),
        source=source,
        minutes=int(one.steps[at]) * STEP,
        reasons=_reasons(one, at, source, waits),
        looked_before=tuple(looked.source for looked in before if looked.why.code != "ruled_out"),
        waits=waits,
        before=before,
        instead=_instead(one, at, source),
    )


def _paid_does_this(one: Seen, offer: int) -> bool:
    kinds = one.problem.wishes.kinds[one.wish] | one.problem.offers.kinds[offer]
    return bool(one.problem.fixed.paid_kinds.intersection(words_of(one.problem, int(kinds))))


def _reasons(one: Seen, at: int, source: Source, waits: bool) -> tuple[Reason, ...]:
    problem, wish, offer = one.problem, one.wish, int(one.offer[at])
    wishes, offers = problem.wishes, problem.offers
    kinds = words_of(problem, int(wishes.kinds[wish] & offers.kinds[offer]))
    needs, has = int(wishes.needs[wish]), int(offers.has[offer])
    found = [Reason("yours")] if source is Source.OWN else []
    found += [Reason("kind", word) for word in kinds] or [Reason("words")]
    if one.km[at] >= 0:
        found.append(Reason("near", round(float(one.km[at]), 1)))
    found += [Reason("access_met", word) for word in words_of(problem, needs & has)]
    found += [Reason("access_unknown", word) for word in words_of(problem, needs & ~has)]
    days = days_of(wishes.week[wish] & one.week[at])
    found += [Reason("day", day) for day in days if len(days) < 7]
    if source is not Source.OWN:
        if bool(one.answer.pairs.mutual[one.pair][one.order[at]]):
            found.append(Reason("give_and_take"))
        found.append(Reason("open_door" if offers.limit[offer] >= OPEN else "has_room"))
    if one.steps[at] < one.wanted:
        found.append(Reason("part", int(one.steps[at]) * STEP))
    return (*found, Reason("paid_service_does_this")) if waits else tuple(found)


def _instead(one: Seen, at: int, source: Source) -> tuple[Reason, ...]:
    """What would come next if this one said no: another idea that is enough alone, or another that fits and has room,
    in the person's order."""
    if source is Source.OWN:
        return ()
    free = (one.bits == 0) & (one.steps == 0) & (one.why == CODES.index("enough_shown"))
    enough = (one.steps >= one.wanted) & (np.arange(len(one.steps)) != at)
    others = np.flatnonzero(free | enough).tolist()
    if not others:
        return (Reason("no_other"),)
    places = one.problem.wishes.place_of[one.wish]
    best = min(others, key=lambda row: (int(places[one.source[row] - 1]), int(one.order[row]), int(one.offer[row])))
    return (Reason("next_best", int(one.source[best])),)
