"""Panels by lot as a viewer may see them: never who said yes, but one's own; figures only as they may be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from alongside.ground.consent.queries import Sight
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Kind, Party, PersonFacts, Sort
from alongside.ground.people.queries import kept_by, open_memberships
from alongside.ground.records.queries import visible_to
from alongside.methods.lottery.drawing import keeps_word
from alongside.methods.lottery.drawing import number as drawn_number
from alongside.planning.decisions.models import Decision
from alongside.planning.decisions.queries import OVER, decisions, looked_after
from alongside.planning.lotteries import policy
from alongside.planning.lotteries.models import (
    Draw,
    Lottery,
    LotteryGroup,
    PanelSeat,
    PoolPlace,
    SeatAnswer,
    SeedWay,
    Stage,
)
from alongside.planning.lotteries.policy import may_join as may_join
from alongside.planning.lotteries.policy import may_run as may_run
from alongside.planning.lotteries.work_models import LotteryChange, LotteryWork

SILENT = timedelta(minutes=10)


def lotteries(viewer: Actor) -> QuerySet[Lottery]:
    """What this viewer may see, newest first; drafts only of groups and organisations they act for."""
    seen = Lottery.objects.filter(record__in=visible_to(viewer)).select_related("record__owner")
    if not viewer.is_system:
        seen = seen.exclude(Q(stage=Stage.WRITING) & ~Q(record__owner__in=owners(viewer)))
    return seen.order_by("-pk")


def lottery(viewer: Actor, key: UUID) -> Lottery | None:
    return lotteries(viewer).select_related("run_by").filter(record__key=key).first()


def owners(viewer: Actor) -> list[Party]:
    """The communities and organisations for which this viewer may have a panel drawn."""
    if viewer.person is None or viewer.is_helping or viewer.program is not None:
        return []
    roles = open_memberships().filter(member=viewer.person, role__in=policy.FOR_THE_AREA).values("of")
    ours = Q(pk__in=kept_by(viewer), kind=Kind.COMMUNITY) & ~Q(sort=Sort.HOUSEHOLD)
    found = Party.objects.filter(ours | Q(pk__in=roles, kind=Kind.ORGANISATION)).order_by("name")
    return [party for party in found if policy.may_open(by=viewer, owner=party)]


def decisions_for(viewer: Actor) -> list[Decision]:
    """The decisions that a new panel may take part in: those this viewer looks after that are not over."""
    return list(looked_after(viewer).exclude(stage__in=OVER).order_by("-pk"))


def decision_of(viewer: Actor, lottery: Lottery) -> Decision | None:
    """The decision that a panel takes part in, if this viewer may see it."""
    return decisions(viewer).filter(pk=lottery.decision_id).first() if lottery.decision_id else None


def my_place(viewer: Actor, lottery: Lottery) -> PoolPlace | None:
    """The viewer's own place in the pool, or that of the person they help."""
    if viewer.party is None or viewer.is_system:
        return None
    mine = PoolPlace.objects.filter(lottery=lottery, person=viewer.party, record__in=visible_to(viewer))
    return mine.select_related("seat", "record", "person", "lottery__record").first()


def my_places(viewer: Actor) -> list[PoolPlace]:
    """Every panel the viewer said yes to that is not over, those they were drawn for first."""
    if viewer.party is None or viewer.is_system:
        return []
    mine = PoolPlace.objects.filter(person=viewer.party, record__in=visible_to(viewer))
    rows = mine.exclude(lottery__stage=Stage.OVER).select_related("seat", "lottery__record").order_by("-since")
    return sorted(rows, key=lambda place: not hasattr(place, "seat"))


def my_answers(place: PoolPlace) -> dict[int, LotteryGroup]:
    """By question, the group somebody said they are in. Called with a place that a query above gave."""
    return {one.question_id: one.group for one in place.answers.select_related("group")}


def latest_work(lottery: Lottery) -> LotteryWork | None:
    return lottery.works.order_by("-pk").first()


def draws(lottery: Lottery) -> list[Draw]:
    return list(lottery.draws.prefetch_related("bars"))


def is_silent(work: LotteryWork) -> bool:
    """Whether the worker has said nothing for so long that it is taken to be gone."""
    return work.heard < timezone.now() - SILENT


def ways(work: LotteryWork) -> list[tuple[int, list[LotteryChange]]]:
    """Each way to loosen what is too tight, with its changes."""
    found: dict[int, list[LotteryChange]] = {}
    for one in work.changes.select_related("group__question"):
        found.setdefault(one.way, []).append(one)
    return sorted(found.items())


@dataclass(frozen=True)
class Seats:
    """How many places there are, and what those drawn have said. For those who run the panel alone."""

    size: int
    asked: int
    late: int
    yes: int
    no: int

    @property
    def free(self) -> int:
        """Places that others can be drawn for now."""
        return max(0, self.size - self.asked - self.yes)


def seats(viewer: Actor, lottery: Lottery) -> Seats | None:
    """How the panel fills. `late` are those asked whose days to answer have passed."""
    if not policy.may_run(by=viewer, lottery=lottery):
        return None
    rows = PanelSeat.objects.filter(place__lottery=lottery)
    by = dict(rows.values_list("answer").annotate(n=Count("pk")).order_by("answer"))
    past = rows.filter(answer=SeatAnswer.ASKED, answer_by__lt=timezone.localdate()).count()
    asked = by.get(SeatAnswer.ASKED, 0)
    gone = by.get(SeatAnswer.NO, 0) + by.get(SeatAnswer.LATE, 0)
    return Seats(lottery.size, asked - past, past, by.get(SeatAnswer.YES, 0), gone)


def said_yes(viewer: Actor, lottery: Lottery) -> list[PoolPlace]:
    """Those on the panel who let this viewer read their names: whoever runs it, since they said yes."""
    if not policy.may_run(by=viewer, lottery=lottery):
        return []
    on = PoolPlace.objects.filter(lottery=lottery, seat__answer=SeatAnswer.YES, record__in=visible_to(viewer))
    mine = on.filter(record__grants__grantee=viewer.person).select_related("record__owner")
    return list(mine.order_by("code").distinct())


@dataclass(frozen=True)
class Member:
    """Somebody on the panel as whoever runs it may read them: name, how to reach them, what makes things easier."""

    name: str
    facts: PersonFacts | None


def members(sights: Sequence[Sight]) -> list[Member]:
    """The people on a panel, for whoever has proof that each look was written."""
    open_ones = [sight.record.owner for sight in sights if sight.shows(policy.KIND)]
    facts = {one.party_id: one for one in PersonFacts.objects.filter(party__in=open_ones)}
    return sorted((Member(party.name, facts.get(party.pk)) for party in open_ones), key=lambda one: one.name)


def wrong_draws() -> list[str]:
    """Draws that do not follow from what was published: for `alongside check`, in words."""
    found = []
    for draw in Draw.objects.exclude(number=None).select_related("lottery").order_by("pk"):
        lottery, name = draw.lottery, f"draw {draw.round} of panel {draw.lottery_id}"
        by_balls = lottery.seed_way == SeedWay.BALLS and draw.round == 0
        number = int(draw.seed) if by_balls else drawn_number(draw.seed, draw.fingerprint, draw.panels)
        if number != draw.number:
            found.append(f"{name}: its seed gives {number}, not {draw.number}")
        if draw.committed and not keeps_word(draw.seed, draw.committed):
            found.append(f"{name}: its seed is not the one that was committed to")
    return found


def on_panel(viewer: Actor) -> QuerySet[Lottery]:
    """The panels on which the viewer sits, or the person they help: drawn, and said yes. Of nobody else."""
    if viewer.party is None or viewer.is_system:
        return Lottery.objects.none()
    mine = PoolPlace.objects.filter(person=viewer.party, record__in=visible_to(viewer), seat__answer=SeatAnswer.YES)
    return lotteries(viewer).filter(stage=Stage.DRAWN, pk__in=mine.values("lottery"))
