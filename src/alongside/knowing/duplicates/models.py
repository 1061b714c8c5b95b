"""Pairs that are probably one thing, what people decided about them, and what was merged."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class PairState(models.TextChoices):
    WAITING = "waiting", _("To look at")
    ASKED = "asked", _("The holders have been asked")
    DIFFERENT = "different", _("Not the same")
    MERGED = "merged", _("The same thing")


class LikelyPair(models.Model):
    """Two things on offer that may be one. `reasons` are the codes of the evidence, the heaviest first.

    What was decided is remembered: a pair that people call different is not offered again.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    one = models.ForeignKey("ground.Record", models.CASCADE, related_name="+")
    other = models.ForeignKey("ground.Record", models.CASCADE, related_name="+")
    score = models.FloatField()
    reasons = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=9, choices=PairState.choices, default=PairState.WAITING)
    found = models.DateTimeField(auto_now_add=True)
    decided = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("ground.Party", models.PROTECT, null=True, related_name="+")
    privacy = {
        "key": "open",
        "score": "open",
        "reasons": "open",
        "state": "open",
        "found": "open",
        "decided": "personal",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="a_pair_stands_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="a_pair_has_one_order"),
        ]
        indexes = [models.Index(fields=["state", "score"])]

    def __str__(self) -> str:
        return f"{self.one_id} and {self.other_id}: {self.state}"


class Merging(models.Model):
    """One thing went on as another. The row of what ended stays whole, so that merging can be undone."""

    pair = models.ForeignKey(LikelyPair, models.CASCADE, related_name="mergings")
    gone = models.ForeignKey("ground.Record", models.CASCADE, related_name="+")
    stays = models.ForeignKey("ground.Record", models.CASCADE, related_name="+")
    was = models.CharField(max_length=8)  # the state it had
    by = models.ForeignKey("ground.Party", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone = models.DateTimeField(null=True, blank=True)
    privacy = {"was": "open", "at": "personal", "undone": "personal"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gone"], condition=Q(undone=None), name="a_thing_goes_on_as_one_other"),
            models.CheckConstraint(condition=~Q(gone=F("stays")), name="nothing_goes_on_as_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.gone_id} as {self.stays_id}"
