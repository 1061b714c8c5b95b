"""You said, we did: an answer to every idea by a day, what came of it with evidence, and what councillors do."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Saying(models.TextChoices):
    WILL_DO = "will_do", _("We will do it")
    PART = "part", _("We will do part of it")
    LATER = "later", _("Not yet")
    CANNOT = "cannot", _("We cannot do it")
    DONE = "done", _("Done")


class Reply(models.Model):
    """One answer to an idea, in public, with its reason. Replies are added, never changed; the last one stands."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    idea = models.ForeignKey("planning.Idea", models.PROTECT, related_name="+")
    n = models.PositiveSmallIntegerField()
    by = models.ForeignKey("ground.Party", models.PROTECT, related_name="+")
    saying = models.CharField(max_length=7, choices=Saying.choices)
    words = models.TextField()
    by_day = models.DateField(null=True, blank=True)
    percent = models.PositiveSmallIntegerField(null=True, blank=True)  # how much of it is done
    done_on = models.DateField(null=True, blank=True)
    evidence = models.CharField(max_length=500, blank=True)  # an address, or where to see it
    lang = models.CharField(max_length=8, default="en")
    on = models.DateField(default=timezone.localdate)
    privacy = {
        "key": "open",
        "n": "open",
        "saying": "open",
        "words": "personal",
        "by_day": "open",
        "percent": "open",
        "done_on": "open",
        "evidence": "personal",
        "lang": "open",
        "on": "open",
    }

    class Meta:
        ordering = ["n"]
        constraints = [
            models.UniqueConstraint(fields=["idea", "n"], name="replies_stand_in_order"),
            models.CheckConstraint(condition=Q(percent=None) | Q(percent__lte=100), name="no_more_than_all_of_it"),
        ]

    def __str__(self) -> str:
        return f"{self.saying}: {self.words[:60]}"

    @property
    def called(self) -> str:
        """Who answers, as everyone may read it: of a person whose idea stands without a name, none."""
        mine = self.by_id == self.idea.record.owner_id
        if not self.by.is_person or self.by_id == self.idea.decision.record.owner_id or (mine and self.idea.named):
            return str(self.by.shown_name)
        return str(_("Whoever would do it"))


class ActKind(models.TextChoices):
    DOOR = "door", _("Opened a door")
    CALL = "call", _("Called for an answer")
    MEDIATE = "mediate", _("Brought people together")
    DECLARE = "declare", _("Said what the council will do")


class Act(models.Model):
    """What a councillor did for a decision, shown on it. A call names who must answer, and by when."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    decision = models.ForeignKey("planning.Decision", models.PROTECT, related_name="+")
    by = models.ForeignKey("ground.Party", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=7, choices=ActKind.choices)
    words = models.TextField()
    to = models.ForeignKey("ground.Party", models.PROTECT, null=True, blank=True, related_name="+")
    due = models.DateField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    lang = models.CharField(max_length=8, default="en")
    on = models.DateField(default=timezone.localdate)
    privacy = {
        "key": "open",
        "kind": "open",
        "words": "personal",
        "due": "open",
        "answer": "personal",
        "answered_on": "open",
        "lang": "open",
        "on": "open",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="call") | Q(due__isnull=False, to__isnull=False), name="a_call_has_whom_and_when"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.words[:60]}"
