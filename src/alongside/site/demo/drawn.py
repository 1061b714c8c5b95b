"""A panel of the invented town, drawn by lot: people said yes, the draw is made, and most of those drawn come."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party
from alongside.planning.decisions.models import Decision
from alongside.planning.lotteries import actions as lotteries
from alongside.planning.lotteries.actions import GroupGiven, QuestionGiven
from alongside.planning.lotteries.models import Draw, Lottery, PanelSeat, PoolPlace
from alongside.site.demo.bank import load
from alongside.site.demo.inhabitants import Folk
from alongside.site.demo.writing import rekey

SILENT, STAY_AT_HOME = 1, 1  # of those drawn: who has not answered yet, and who said no


def draw_panel(rng: Random, folk: Folk) -> None:
    """From the first day to the draw, each in its time."""
    spec = load("decisions")["panel"]
    by, machine, days = Actor(person=folk.cast[spec["by"]]), Actor.system("demo"), spec["days"]
    lottery = _started(by, folk, spec)
    rekey(rng, lottery.record)
    groups = [list(question.groups.all()) for question in lottery.questions.all()]
    for person, chosen in _pool(rng, folk, spec, [len(some) for some in groups]):
        said = [some[n] for some, n in zip(groups, chosen, strict=True)]
        answers = {group.question_id: group.pk for group in said}
        lotteries.join(by=Actor(person=person), lottery=lottery, answers=answers, agreed=True, old_enough=True)
    Lottery.objects.filter(pk=lottery.pk).update(join_until=_at(days["until"]).date())
    work = lotteries.begin(by=by, lottery=Lottery.objects.get(pk=lottery.pk))
    lotteries.work_out(by=machine, key=work.key)
    lotteries.draw(by=by, lottery=Lottery.objects.get(pk=lottery.pk))
    drawn = list(PoolPlace.objects.filter(lottery=lottery, seat__isnull=False).select_related("person", "lottery"))
    for n, place in enumerate(drawn[SILENT:]):
        lotteries.answer_seat(by=Actor(person=place.person), place=place, yes=n >= STAY_AT_HOME)
    _was(lottery, _at(days["drawn"]))


def _started(by: Actor, folk: Folk, spec: dict[str, Any]) -> Lottery:
    lottery = lotteries.open_lottery(
        by=by,
        owner=folk.cast[spec["owner"]],
        decision=Decision.objects.filter(question=spec["decision"]).first(),
        join_until=_at(0).date(),
        delete_on=_at(spec["days"]["delete"]).date(),
        **{name: spec[name] for name in ("title", "about", "support", "size")},
    )
    questions = [
        QuestionGiven(one["words"], tuple(GroupGiven(*group) for group in one["groups"])) for one in spec["question"]
    ]
    lotteries.put_groups(by=by, lottery=lottery, questions=questions)
    return lotteries.start(by=by, lottery=lottery)


def _pool(rng: Random, folk: Folk, spec: dict[str, Any], groups: list[int]) -> list[tuple[Party, list[int]]]:
    """Some of the cast, and others up to so many, each with the group they are in for every question."""
    cast = set(folk.cast.values())
    others = [one for one in folk.people if one not in cast]
    mine = [(folk.cast[key], said) for key, said in spec["cast"].items()]
    more = rng.sample(others, min(spec["pool"] - len(mine), len(others)))
    return mine + [(one, [rng.randrange(many) for many in groups]) for one in more]


def _at(days: int) -> datetime:
    return timezone.localtime() + timedelta(days=days)


def _was(lottery: Lottery, day: datetime) -> None:
    """The draw was then, and those drawn have until some days from now."""
    Draw.objects.filter(lottery=lottery).update(worked_at=day - timedelta(days=1), drawn_at=day)
    PanelSeat.objects.filter(place__lottery=lottery).update(answer_by=_at(3).date())
    PanelSeat.objects.filter(place__lottery=lottery, answered_at__isnull=False).update(
        answered_at=day + timedelta(days=2)
    )
