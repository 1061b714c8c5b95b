"""Have the worker work out a panel, for the first time or for places that came free; and stop it."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, action, after_commit
from alongside.ground.history.actor import Actor
from alongside.planning.lotteries import policy, tasks
from alongside.planning.lotteries.models import Lottery, PanelSeat, SeatAnswer, Stage
from alongside.planning.lotteries.queries import SILENT
from alongside.planning.lotteries.work_models import LotteryWork, WorkState

OPEN = (WorkState.WAITING, WorkState.GOING)


@action("lotteries.begin", may=policy.may_run)
def begin(*, by: Actor, lottery: Lottery) -> LotteryWork:
    """Have the panels worked out, once everybody has had their days to say yes. Of two who press at once, both get the
    one working out. Raises Fault while people can still say yes, and when it has been done."""
    _lock(lottery)
    if lottery.stage != Stage.JOINING:
        raise Fault("stage", _("The panels are worked out already"))
    if lottery.join_until >= timezone.localdate():
        raise Fault("stage", _("People can still say yes. Wait until the last day has passed"))
    return _work(lottery)


@action("lotteries.fill", may=policy.may_run)
def fill(*, by: Actor, lottery: Lottery) -> LotteryWork:
    """Have other people drawn for the free places, by the same rule: whoever is on the panel stays, and of the others
    the smallest chance is as large as it can be, and the chance comes from a secret that was locked away at the draw
    before. Whoever has not answered in time gives their place up.

    Raises Fault where no place is free.
    """
    _lock(lottery)
    if lottery.stage != Stage.DRAWN:
        raise Fault("stage", _("Nobody has been drawn yet"))
    seats = PanelSeat.objects.filter(place__lottery=lottery)
    seats.filter(answer=SeatAnswer.ASKED, answer_by__lt=timezone.localdate()).update(answer=SeatAnswer.LATE)
    if seats.filter(answer__in=[SeatAnswer.ASKED, SeatAnswer.YES]).count() >= lottery.size:
        raise Fault("stage", _("No place is free"))
    return _work(lottery)


@action("lotteries.stop", may=policy.may_run)
def stop(*, by: Actor, lottery: Lottery) -> Lottery:
    """Stop a working out that waits or is under way. Nothing of it remains."""
    LotteryWork.objects.filter(lottery=lottery, state__in=OPEN).update(state=WorkState.STOPPED)
    return lottery


def _lock(lottery: Lottery) -> None:
    fresh = Lottery.objects.select_for_update().get(pk=lottery.pk)
    lottery.stage, lottery.join_until, lottery.size = fresh.stage, fresh.join_until, fresh.size


def _work(lottery: Lottery) -> LotteryWork:
    """The one working out that is open, or a new one."""
    going = LotteryWork.objects.filter(lottery=lottery, state__in=OPEN)
    going.filter(heard__lt=timezone.now() - SILENT).update(state=WorkState.BROKE)
    work = going.first()
    if work is None:
        work = LotteryWork.objects.create(lottery=lottery)
        after_commit(tasks.work_out.enqueue, str(work.key))
    return work
