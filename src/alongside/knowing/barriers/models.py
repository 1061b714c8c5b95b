"""What gets in somebody's way, and each answer of those whose it is. Answers are added, never changed."""

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

TOO_LONG = timedelta(days=28)  # without a word


class Stage(models.TextChoices):
    """Where a barrier stands: as its holder last said, or as the person who recorded it did."""

    WAITING = "waiting", _("Waiting for an answer")
    HEARD = "heard", _("Heard")
    WILL_DO = "will_do", _("Will be done")
    CANNOT = "cannot", _("Cannot be done now")
    DONE = "done", _("Put right")
    CLOSED = "closed", _("Put right, says who recorded it")


class Barrier(models.Model):
    """What stands in the way; it belongs to the place or service that makes it (social model), who answers.

    The record is that of whoever wrote it; `at` is the thing shared, `holder` who answers, `place` a place in words.
    """

    record = models.OneToOneField("ground.Record", models.CASCADE, primary_key=True, related_name="+")
    at = models.ForeignKey("ground.Record", models.PROTECT, null=True, related_name="+")
    holder = models.ForeignKey("ground.Party", models.PROTECT, null=True, related_name="+")
    place = models.CharField(max_length=200, blank=True)
    words = models.TextField()
    remedy = models.TextField(blank=True)  # what would put it right
    named = models.BooleanField(default=False)
    stage = models.CharField(max_length=8, choices=Stage.choices, default=Stage.WAITING)
    by_day = models.DateField(null=True, blank=True)  # promised for
    since = models.DateTimeField(default=timezone.now)  # of the stage
    told_at = models.DateTimeField(null=True, blank=True)
    privacy = {
        "place": "personal",
        "words": "personal",
        "remedy": "personal",
        "named": "personal",
        "stage": "open",
        "by_day": "open",
        "since": "open",
        "told_at": "open",
    }

    class Meta:
        indexes = [models.Index(fields=["stage", "since"]), models.Index(fields=["holder", "stage"])]

    def __str__(self) -> str:
        return self.words[:60]

    @property
    def is_right(self) -> bool:
        return self.stage in (Stage.DONE, Stage.CLOSED)

    @property
    def last_words(self) -> "BarrierAnswer | None":
        """The last answer, of the holder, that says something."""
        given = sorted(self.answers.all(), key=lambda one: one.n)
        return given[-1] if given and given[-1].by_id and given[-1].words else None

    @property
    def is_late(self) -> bool:
        """Nobody has said a word for four weeks, or a promised day has passed."""
        if self.stage == Stage.WILL_DO and self.by_day is not None:
            return self.by_day < timezone.localdate()
        return self.stage in (Stage.WAITING, Stage.HEARD) and timezone.now() - self.since > TOO_LONG


class BarrierAnswer(models.Model):
    """One answer, in public, in the name of those who gave it. `by` is empty where whoever recorded it speaks."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    barrier = models.ForeignKey(Barrier, models.CASCADE, related_name="answers")
    n = models.PositiveSmallIntegerField()
    by = models.ForeignKey("ground.Party", models.PROTECT, null=True, related_name="+")
    stage = models.CharField(max_length=8, choices=Stage.choices)
    words = models.TextField(blank=True)
    by_day = models.DateField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)
    lang = models.CharField(max_length=8, default="en")
    privacy = {
        "key": "open",
        "n": "open",
        "stage": "open",
        "words": "personal",
        "by_day": "open",
        "at": "open",
        "lang": "open",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["barrier", "n"], name="answers_stand_in_order"),
            models.CheckConstraint(
                condition=~Q(stage="will_do") | Q(by_day__isnull=False), name="a_promise_has_its_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stage}: {self.words[:60]}"


class MeToo(models.Model):
    """Somebody whom the same thing stops. Counted where enough do; who they are is shown to nobody."""

    barrier = models.ForeignKey(Barrier, models.CASCADE, related_name="too")
    party = models.ForeignKey("ground.Party", models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    privacy = {"at": "personal"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["barrier", "party"], name="each_says_so_once")]

    def __str__(self) -> str:
        return f"also {self.barrier_id}"
