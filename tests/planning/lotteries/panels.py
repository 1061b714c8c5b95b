"""Panels by lot as tests have them drawn: two questions, people who say yes, and days that have passed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party
from alongside.planning.lotteries import actions
from alongside.planning.lotteries.models import Lottery, PoolPlace
from alongside.planning.lotteries.reading import GroupGiven, QuestionGiven
from alongside.planning.lotteries.work_models import LotteryWork
from tests.cast import Cast, Somebody, at

MACHINE = Actor.system("tests")
QUESTIONS = (
    QuestionGiven("Where do you live?", (GroupGiven("East", 1, 3), GroupGiven("West", 1, 3))),
    QuestionGiven("How old are you?", (GroupGiven("Under 40", 1, 3), GroupGiven("40 or over", 1, 3))),
)


def given(**changes: Any) -> dict[str, Any]:
    today = timezone.localdate()
    plain = {
        "title": "Getting about",
        "about": "Six evenings at the library.",
        "support": "Fares, care and £60 an evening.",
        "size": 4,
        "least_age": 16,
        "one_a_home": True,
        "join_until": today + timedelta(days=14),
        "delete_on": today + timedelta(days=120),
        "answer_days": 10,
        "seed_way": "ours",
        "seed_words": "",
    }
    return plain | changes


def opened(by: Somebody, owner: Party, started: bool = True, questions: Any = QUESTIONS, **changes: Any) -> Lottery:
    """A panel, with its groups, to which people can say yes."""
    lottery = actions.open_lottery(by=by.actor, owner=owner, **given(**changes))
    if questions:
        actions.put_groups(by=by.actor, lottery=lottery, questions=questions)
    if started:
        actions.start(by=by.actor, lottery=lottery)
    return lottery


def for_the_area(cast: Cast, **changes: Any) -> Lottery:
    return opened(cast.commissioner, cast.council, **changes)


def answers(lottery: Lottery, *chosen: int | None) -> dict[int, int | None]:
    """The groups chosen, by their places: `answers(lottery, 0, 1)`; None for what somebody would rather not say."""
    questions = lottery.questions.prefetch_related("groups")
    return {
        question.pk: None if n is None else question.groups.all()[n].pk
        for question, n in zip(questions, chosen, strict=True)
    }


def says_yes(person: Somebody, lottery: Lottery, *chosen: int | None, home: str = "") -> PoolPlace:
    said = answers(lottery, *(chosen or (0, 0)))
    return actions.join(by=person.actor, lottery=lottery, answers=said, home=home, agreed=True, old_enough=True)


def pool(cast: Cast, lottery: Lottery, many: int = 8) -> list[Somebody]:
    """So many people who said yes, of all groups in turn."""
    people = [cast.person(f"Person {n}") for n in range(many)]
    for n, person in enumerate(people):
        says_yes(person, lottery, n % 2, n // 2 % 2)
    return people


def days_pass(lottery: Lottery, days: int = 15) -> None:
    """The last day for saying yes is behind us."""
    Lottery.objects.filter(pk=lottery.pk).update(join_until=timezone.localdate() - timedelta(days=1))
    lottery.refresh_from_db()


def work(by: Somebody, lottery: Lottery) -> LotteryWork:
    """Have the panels worked out, as the worker does."""
    begun = actions.begin(by=by.actor, lottery=lottery)
    return actions.work_out(by=MACHINE, key=begun.key)


def ready(cast: Cast, many: int = 8, **changes: Any) -> tuple[Lottery, list[Somebody]]:
    """A panel for the area whose list is worked out, and the people who said yes."""
    there: tuple[Lottery, list[Somebody]] | None = None if changes or many != 8 else cast.take("a panel")
    if there:
        return there
    lottery = for_the_area(cast, **changes)
    people = pool(cast, lottery, many)
    days_pass(lottery)
    assert work(cast.commissioner, lottery).state == "done"
    lottery.refresh_from_db()
    return lottery, people


READY = at("a panel", ready)  # for files whose tests begin with it


def drawn(cast: Cast, many: int = 8, **changes: Any) -> tuple[Lottery, list[PoolPlace]]:
    """A panel that was drawn, and the places of those who are on it."""
    lottery, _people = ready(cast, many, **changes)
    actions.draw(by=cast.commissioner.actor, lottery=lottery)
    return lottery, on_it(lottery)


def on_it(lottery: Lottery) -> list[PoolPlace]:
    return list(PoolPlace.objects.filter(lottery=lottery, seat__isnull=False).select_related("seat").order_by("code"))
