"""One working out of the panels: how far it is, and the ways to loosen what is too tight that it found."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.planning.lotteries.models import Lottery, LotteryGroup


class WorkState(models.TextChoices):
    WAITING = "waiting", _("Waiting for the computer")
    GOING = "going", _("Being worked out")
    DONE = "done", _("Worked out")
    TIGHT = "tight", _("No panel can be made so")
    STOPPED = "stopped", _("Stopped")
    BROKE = "broke", _("It broke off")


class LotteryWork(models.Model):
    """One working out, while it goes on and afterwards. `found` and `bound` are chances in a million."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    lottery = models.ForeignKey(Lottery, models.CASCADE, related_name="works")
    state = models.CharField(max_length=8, choices=WorkState.choices, default=WorkState.WAITING)
    at = models.DateTimeField(default=timezone.now)
    heard = models.DateTimeField(default=timezone.now)  # of it, for the last time
    rounds = models.PositiveIntegerField(default=0)
    found = models.PositiveIntegerField(default=0)
    bound = models.PositiveIntegerField(default=1_000_000)
    evening = models.BooleanField(default=False)
    privacy = dict.fromkeys(["key", "state", "at", "heard", "rounds", "found", "bound", "evening"], "open")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["lottery"], condition=Q(state__in=["waiting", "going"]), name="one_working_out_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.state} for {self.lottery_id}"

    @property
    def going_on(self) -> bool:
        return self.state in (WorkState.WAITING, WorkState.GOING)


class LotteryChange(models.Model):
    """One line of a way to loosen what is too tight: a group, or without one the size of the panel (`least`)."""

    work = models.ForeignKey(LotteryWork, models.CASCADE, related_name="changes")
    way = models.PositiveSmallIntegerField()
    group = models.ForeignKey(LotteryGroup, models.CASCADE, null=True, related_name="+")
    least = models.PositiveSmallIntegerField()
    most = models.PositiveSmallIntegerField()
    privacy = {"way": "open", "least": "open", "most": "open"}

    class Meta:
        ordering = ["way", "pk"]

    def __str__(self) -> str:
        return f"way {self.way} of {self.work_id}"
