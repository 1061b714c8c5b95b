"""Ten small stories of wishes and offers, solved as a whole place would be: what is told of them must be right (their
codes, beside this file) and read well aloud (their words, in the tests of planning). The first wish is the teller's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from alongside.methods.complement import Fixed, Idea, Offer, Source, Window, Wish
from alongside.methods.complement.pairs import candidates
from alongside.methods.complement.problem import problem_of
from alongside.methods.complement.reasons import Missing, ideas, unmet
from alongside.methods.complement.run import solve
from alongside.methods.distance import Point

HERE = Point(51.4400, -2.6000)
ROUND_THE_CORNER, ACROSS_TOWN, THE_COAST = Point(51.4440, -2.6000), Point(51.4790, -2.6000), Point(51.7280, -2.6000)
TELLER, TOM, PRIYA, GROUP, COUNCIL, CLINIC, SHOP = range(1, 8)
TUESDAY, WEDNESDAY = 1, 2
AFTERNOON = (14 * 60, 16 * 60)


NOTHING_FIXED = Fixed()


@dataclass(frozen=True)
class Story:
    """What somebody wants and what there is; `meant` are pairs of ids that search found alike."""

    wishes: Sequence[Wish]
    offers: Sequence[Offer]
    fixed: Fixed = NOTHING_FIXED
    meant: Sequence[tuple[int, int]] = ()

    def told(self) -> tuple[list[Idea], Missing | None]:
        """The ideas for the first wish, and what is missing of it."""
        problem = problem_of(self.wishes, self.offers, self.fixed, meant=self.meant)
        answer = solve(problem, candidates(problem))
        return list(ideas(problem, answer, [0]).ideas), next(iter(unmet(problem, answer, [0])), None)


def wish(kind: str, **more) -> Wish:
    return Wish(**{"id": 1, "person": TELLER, "kinds": frozenset({kind}), "place": HERE, "reach_km": 5.0} | more)


def offer(id: int, holder: int, source: Source, kind: str, **more) -> Offer:
    paid = source >= Source.BUSINESS
    return Offer(id, holder, **{"source": source, "paid": paid, "kinds": frozenset({kind}), "minutes": 200} | more)


def at(day: int, hours: tuple[int, int] = AFTERNOON) -> tuple[Window, ...]:
    return (Window(day, *hours),)


NEIGHBOUR = Source.OWN  # what is one's own is community to a neighbour
NIGHT = (23 * 60, 24 * 60)

STORIES = {
    "Edith wants company on Tuesdays": Story(
        [wish("company", windows=at(TUESDAY))],
        [
            offer(1, TOM, NEIGHBOUR, "company", windows=at(TUESDAY), place=ROUND_THE_CORNER),
            offer(2, GROUP, Source.COMMUNITY, "company", windows=at(WEDNESDAY), minutes=None),
        ],
    ),
    "a lift to the hospital with a wheelchair": Story(
        [wish("lifts", needs=frozenset({"level"}), minutes=120)],
        [
            offer(1, TOM, NEIGHBOUR, "lifts", lacks=frozenset({"level"}), place=ROUND_THE_CORNER),
            offer(2, COUNCIL, Source.UNIVERSAL, "lifts", has=frozenset({"level"}), minutes=600, place=ACROSS_TOWN),
        ],
    ),
    "nobody near has a boat": Story([wish("a boat")], [offer(1, TOM, NEIGHBOUR, "company")]),
    "a neighbour at their limit": Story(
        [wish("gardening", minutes=30)],
        [offer(1, TOM, NEIGHBOUR, "gardening", minutes=100, promised=60, place=ROUND_THE_CORNER)],
    ),
    "only a special service is left": Story(
        [wish("feeling well", tasks=frozenset({"personal_care"}))],
        [
            offer(1, TOM, NEIGHBOUR, "feeling well"),
            offer(2, COUNCIL, Source.UNIVERSAL, "feeling well", place=THE_COAST),
            offer(3, CLINIC, Source.SPECIALIST, "feeling well", minutes=None),
        ],
    ),
    "somebody who wants no services": Story(
        [wish("gardening", ruled_out=frozenset({Source.UNIVERSAL, Source.SPECIALIST}))],
        [
            offer(1, SHOP, Source.BUSINESS, "gardening", place=THE_COAST),
            offer(2, COUNCIL, Source.UNIVERSAL, "gardening", place=ROUND_THE_CORNER),
        ],
    ),
    "one's own piano first": Story(
        [wish("music")],
        [
            offer(1, TELLER, Source.OWN, "music", minutes=None),
            offer(2, SHOP, Source.BUSINESS, "music", minutes=600, place=ROUND_THE_CORNER),
        ],
    ),
    "two who could help each other": Story(
        [wish("gardening"), wish("company", id=2, person=PRIYA)],
        [
            offer(1, TELLER, NEIGHBOUR, "company", place=HERE),
            offer(2, PRIYA, NEIGHBOUR, "gardening", place=ROUND_THE_CORNER),
        ],
    ),
    "a group that needs four": Story(
        [wish("singing"), wish("singing", id=2, person=PRIYA)],
        [offer(1, GROUP, Source.COMMUNITY, "singing", minutes=None, least=4)],
    ),
    "someone through the night": Story(
        [wish("company", windows=at(TUESDAY, NIGHT))],
        [offer(1, TOM, NEIGHBOUR, "company", place=ROUND_THE_CORNER)],
    ),
}
