"""The draw itself: a seed that can be checked, the number that comes of it, and word to those who are drawn."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, action
from alongside.ground.history.actor import Actor
from alongside.ground.notices.actions import message, tell
from alongside.methods.lottery.drawing import commitment
from alongside.methods.lottery.drawing import number as drawn_number
from alongside.planning.lotteries import policy
from alongside.planning.lotteries.models import Draw, Lottery, PanelSeat, PoolPlace, SeedWay, Stage

MOST_NUMBERS, LONGEST_NUMBER = 30, 30  # of what the public drew, and figures in one of them


@action("lotteries.draw", may=policy.may_run, returns=Lottery)
def draw(*, by: Actor, lottery: Lottery, seed: str = "") -> Lottery:
    """Draw one of the panels that were worked out. Of two who press at once, both see the one draw.

    `seed` is what the public gave: the numbers told beforehand, or the three figures of the balls. A secret of our
    own is opened instead. Raises Fault before the panels are worked out, and without the numbers.
    """
    lottery.stage = Lottery.objects.select_for_update().values_list("stage", flat=True).get(pk=lottery.pk)
    if lottery.stage == Stage.DRAWN:
        return lottery
    if lottery.stage != Stage.READY:
        raise Fault("seed", _("The panels must be worked out first"))
    first = Draw.objects.get(lottery=lottery, round=0)
    seed, number = _chance(lottery, first, " ".join(seed.replace("\x00", "").split()))
    keep_drawn(lottery, first, seed, number)
    lottery.stage = Stage.DRAWN
    lottery.save(update_fields=["stage"])
    pool = PoolPlace.objects.filter(lottery=lottery).select_related("person", "record").order_by("code")
    seat([place for place in pool if str(number) in place.numbers.split()], lottery, 0)
    return lottery


def keep_drawn(lottery: Lottery, draw: Draw, seed: str, number: int) -> None:
    """What was drawn, with the mark by which its seed was promised; and lock away the secret of the next draw, whose
    mark is shown from now on, before anybody says who comes and who does not. Called inside an action."""
    Draw.objects.filter(pk=draw.pk).update(
        seed=seed, number=number, committed=lottery.committed, drawn_at=timezone.now()
    )
    lock_away(lottery)
    lottery.save(update_fields=["secret", "committed"])


def lock_away(lottery: Lottery) -> None:
    """A new secret for the next draw, which nobody knows, and the mark by which it is promised."""
    lottery.secret = secrets.token_hex(16)
    lottery.committed = commitment(lottery.secret)


def _chance(lottery: Lottery, first: Draw, given: str) -> tuple[str, int]:
    """The seed as it will be published, and the panel it draws."""
    if lottery.seed_way == SeedWay.OURS:
        return lottery.secret, drawn_number(lottery.secret, first.fingerprint, first.panels)
    if lottery.seed_way == SeedWay.BALLS:
        if not (given.isascii() and given.isdigit() and len(given) <= 6 and int(given) < first.panels):
            last = first.panels - 1
            raise Fault("seed", _("Type in the number that was drawn, from 0 to %(last)d") % {"last": last})
        return given, int(given)
    given = _numbers(given)
    return given, drawn_number(given, first.fingerprint, first.panels)


def _numbers(given: str) -> str:
    """The numbers that the public drew, in the one way in which they are written: the smallest first, a space between,
    no noughts before. So whoever types them cannot try commas and orders until the panel suits them."""
    found = re.findall("[0-9]+", given)
    only = not any(sign.isalnum() and not (sign.isascii() and sign.isdigit()) for sign in given)
    if not found or not only or len(found) > MOST_NUMBERS or max(map(len, found)) > LONGEST_NUMBER:
        raise Fault("seed", _("Type in the numbers that were drawn, and nothing but the numbers"))
    return " ".join(map(str, sorted(map(int, found))))


def seat(places: Sequence[PoolPlace], lottery: Lottery, round: int) -> None:
    """Give each of them a place on the panel and tell them, by the way they chose. Called inside an action."""
    until = timezone.localdate() + timedelta(days=lottery.answer_days)
    PanelSeat.objects.bulk_create(PanelSeat(place=place, round=round, answer_by=until) for place in places)
    title = message("You have been drawn for a panel")
    body = message("It is for: %(panel)s. Say yes or no by %(day)s. Nobody else is told.", panel=lottery, day=until)
    by, link = Actor.system("lotteries"), f"/panels/{lottery.record.key}/mine/"
    for place in places:
        tell(by=by, to=place.person, title=title, body=body, record=place.record, link=link)
