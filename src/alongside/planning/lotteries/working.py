"""Works out the panels in the background: tells how far it is, can be stopped, and keeps what it found in one piece.

The sums are `methods/lottery`; they run outside any transaction, so that nobody who writes waits for them.
"""

from __future__ import annotations

import time
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from alongside.ground.history.acting import action, demand
from alongside.ground.history.actor import Actor
from alongside.methods.lottery.drawing import number as drawn_number
from alongside.methods.lottery.maximin import Infeasible, Step, fairest
from alongside.methods.lottery.maximin import Lottery as Fairest
from alongside.methods.lottery.problem import Cancelled, kinds_of
from alongside.methods.lottery.relaxing import Tight, why
from alongside.methods.lottery.rounding import Panels, equally_likely
from alongside.planning.lotteries import policy
from alongside.planning.lotteries.drawing import keep_drawn, seat
from alongside.planning.lotteries.gathering import Gathered, bars, gather, pool_figures
from alongside.planning.lotteries.models import Draw, DrawBar, Lottery, LotteryGroup, PoolPlace, Stage
from alongside.planning.lotteries.work_models import LotteryChange, LotteryWork, WorkState

SECONDS = 1.0  # between two words on how far it is
MILLION = 1_000_000


def work_out(*, by: Actor, key: UUID | str) -> LotteryWork:
    """Find the fairest panels for one working out, and keep them; or what is too tight. A working out that somebody
    else has taken up, or stopped, is left alone."""
    demand(policy.may_work, by=by)
    work = LotteryWork.objects.select_related("lottery__record").get(key=key)
    if not take_up(by=by, work=work):
        return work
    gathered = gather(work.lottery)
    kinds, far = kinds_of(gathered.problem), _Far(work)
    try:
        found = fairest(kinds, progress=far.tell, cancelled=far.is_stopped)
    except Cancelled:
        pass
    except Infeasible:
        keep_tight(by=by, work=work, gathered=gathered, tight=why(kinds))
    else:
        keep_panels(by=by, work=work, gathered=gathered, found=found, panels=equally_likely(found))
    work.refresh_from_db()
    return work


class _Far:
    """How far a working out is, written at most once a second. It says nothing about anybody, so it is no event."""

    def __init__(self, work: LotteryWork) -> None:
        self.work, self.said, self.stopped = work, 0.0, False

    def tell(self, step: Step) -> None:
        if time.monotonic() - self.said < SECONDS:
            return
        self.said = time.monotonic()
        going = LotteryWork.objects.filter(pk=self.work.pk, state=WorkState.GOING)
        self.stopped = not going.update(
            heard=timezone.now(),
            rounds=step.rounds,
            found=round(min(max(step.found, 0), 1) * MILLION),
            bound=round(min(max(step.bound, 0), 1) * MILLION),
            evening=step.evening,
        )

    def is_stopped(self) -> bool:
        return self.stopped


@action("lotteries.take_up", may=policy.may_work)
def take_up(*, by: Actor, work: LotteryWork) -> bool:
    """Whether this worker is the one to do it."""
    waiting = LotteryWork.objects.filter(pk=work.pk, state=WorkState.WAITING)
    return bool(waiting.update(state=WorkState.GOING, heard=timezone.now()))


@action("lotteries.keep_panels", may=policy.may_work)
def keep_panels(*, by: Actor, work: LotteryWork, gathered: Gathered, found: Fairest, panels: Panels) -> Draw | None:
    """Keep the list of panels: its fingerprint, everybody's own numbers, and the figures that everyone may see. Where
    a panel stands already, its free places are drawn at once, by the secret that was locked away at the draw before.
    None where somebody stopped the work meanwhile."""
    if not LotteryWork.objects.filter(pk=work.pk, state=WorkState.GOING).update(state=WorkState.DONE):
        return None
    lottery = Lottery.objects.select_for_update().get(pk=work.lottery_id)
    last = lottery.draws.aggregate(last=Max("round"))["last"]
    drawn = _draw(lottery, 0 if last is None else last + 1, found, panels, gathered.problem.kept)
    if drawn.round:
        _fill(lottery, drawn, gathered, panels)
        return drawn
    numbers: dict[str, list[str]] = {code: [] for code in gathered.places}
    for number, panel in enumerate(panels.panels):
        for code in panel:
            numbers[code].append(str(number))
    for code, mine in numbers.items():
        PoolPlace.objects.filter(lottery=lottery, code=code).update(numbers=" ".join(mine))
    for group, many in pool_figures(gathered).items():
        LotteryGroup.objects.filter(pk=group).update(pool=many)
    Lottery.objects.filter(pk=lottery.pk).update(stage=Stage.READY)
    return drawn


def _draw(lottery: Lottery, round_: int, found: Fairest, panels: Panels, kept: frozenset[str]) -> Draw:
    on = sorted(many for key, many in panels.on.items() if key not in kept)
    drawn = Draw.objects.create(
        lottery=lottery,
        round=round_,
        panels=len(panels),
        fingerprint=panels.fingerprint,
        least_on=on[0] if on else len(panels),
        most_on=on[-1] if on else len(panels),
        best=round(found.least * MILLION),
        bound=round(min(found.bound, 1.0) * MILLION),
    )
    DrawBar.objects.bulk_create(
        DrawBar(draw=drawn, least=least, most=most, people=people) for least, most, people in bars(on, len(panels))
    )
    return drawn


def _fill(lottery: Lottery, drawn: Draw, gathered: Gathered, panels: Panels) -> None:
    """The secret that was locked away at the draw before draws who comes in the place of those who said no. Whoever
    runs the panel did not know it when they chose the day, nor did those who answered."""
    seed = lottery.secret
    number = drawn_number(seed, drawn.fingerprint, drawn.panels)
    keep_drawn(lottery, drawn, seed, number)
    there = set(PoolPlace.objects.filter(lottery=lottery).values_list("code", flat=True))
    new = [code for code in panels.panels[number] if code in there - gathered.problem.kept]
    seat([gathered.places[code] for code in new], lottery, drawn.round)


@action("lotteries.keep_tight", may=policy.may_work)
def keep_tight(*, by: Actor, work: LotteryWork, gathered: Gathered, tight: Tight) -> LotteryWork:
    """No panel can be made: keep the smallest ways to loosen what is too tight."""
    if not LotteryWork.objects.filter(pk=work.pk, state=WorkState.GOING).update(state=WorkState.TIGHT):
        return work
    for n, way in enumerate(tight.ways):
        rows = [
            LotteryChange(
                work=work,
                way=n,
                group=gathered.groups[one.quota.question, one.quota.answer],
                least=one.least,
                most=one.most,
            )
            for one in way.changes
        ]
        if way.size != gathered.problem.size:
            rows.append(LotteryChange(work=work, way=n, least=way.size, most=way.size))
        LotteryChange.objects.bulk_create(rows)
    return work


@action("lotteries.break_off", may=policy.may_work)
def break_off(*, by: Actor, work: UUID | str) -> None:
    """Something went wrong: the working out is over, and another can be begun."""
    going = LotteryWork.objects.filter(key=work, state__in=[WorkState.WAITING, WorkState.GOING])
    going.update(state=WorkState.BROKE)
