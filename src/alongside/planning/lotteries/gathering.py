"""Makes of a pool the problem that the method takes, and of what it finds the figures that everyone may see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from alongside.ground.people.models import PartyState
from alongside.methods.disclosure import HIDDEN_BELOW, shown
from alongside.methods.lottery.problem import Person, Problem, Quota
from alongside.planning.lotteries.models import Lottery, LotteryGroup, PoolPlace, SeatAnswer

GONE = (SeatAnswer.NO, SeatAnswer.LATE)
STEP = 20  # panels of a thousand: the narrowest bar of the picture


@dataclass(frozen=True)
class Gathered:
    """The problem; whose place each key is; and which group each quota is for."""

    problem: Problem
    places: Mapping[str, PoolPlace]
    groups: Mapping[tuple[str, str], LotteryGroup]


def gather(lottery: Lottery) -> Gathered:
    """Everybody who said yes and has not said no since, without those who take a break from being asked anything.
    Those on the panel stay on it."""
    groups = {
        (f"{question.position:02d}", f"{group.position:02d}"): group
        for question in lottery.questions.prefetch_related("groups")
        for group in question.groups.all()
    }
    called = {group.pk: key for key, group in groups.items()}
    rows = PoolPlace.objects.filter(lottery=lottery).select_related("seat", "person", "record")
    places = {
        place.code: place
        for place in rows.prefetch_related("answers").order_by("code")
        if (place.seat.answer not in GONE if hasattr(place, "seat") else place.person.state == PartyState.LIVE)
    }
    people = [
        Person(code, dict(called[one.group_id] for one in place.answers.all()), place.home)
        for code, place in places.items()
    ]
    quotas = [Quota(*key, group.least, group.most) for key, group in groups.items()]
    kept = frozenset(code for code, place in places.items() if hasattr(place, "seat"))
    return Gathered(Problem(people, quotas, lottery.size, lottery.one_a_home, kept), places, groups)


def pool_figures(gathered: Gathered) -> dict[int, int | None]:
    """How many said yes of each group, as everyone may see it: rounded, and hidden where they are few."""
    many = Counter(pair for person in gathered.problem.people for pair in person.answers.items())
    return {group.pk: shown(many[key]) for key, group in gathered.groups.items()}


def bars(on: Iterable[int], panels: int) -> list[tuple[int, int, int]]:
    """(from, to, people): on how many of the panels people stand, in bars of at least ten people each. Empty where
    there are not ten. The edges are multiples of a step, so that no bar's edge is one person's chance."""
    step = max(1, panels * STEP // 1_000)
    many = Counter(min(one // step, (panels - 1) // step) for one in on)
    found: list[tuple[int, int, int]] = []
    first, people = 0, 0
    for n in range((panels - 1) // step + 1):
        people += many[n]
        if people >= HIDDEN_BELOW:
            found.append((first * step, min((n + 1) * step - 1, panels), people))
            first, people = n + 1, 0
        elif not people:
            first = n + 1
    if people and found:  # the last few stand with those before them
        least, _most, before = found.pop()
        found.append((least, panels, before + people))
    return [(least, most, counted) for least, most, number in found if (counted := shown(number)) is not None]
