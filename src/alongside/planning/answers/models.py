"""You said, we did: an answer to every idea by a day, what came of it with evidence, and what councillors do."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Saying(models.TextChoices):
    """What can be said of an idea."""

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
    """What a councillor does."""

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


class Shown(models.TextChoices):
    """How somebody said what they want. Speech is one way of many."""

    SAID = "said", _("They said it")
    SIGNED = "signed", _("They signed, wrote or pointed")
    SHOWED = "showed", _("They showed it by what they do")
    BEFORE = "before", _("They said or wrote it before, when they could")


class Grounds(models.Model):
    """On what a decision about somebody's own life rests. Rows are added, never changed; the last one stands."""

    decision = models.ForeignKey("planning.Decision", models.CASCADE, related_name="grounds")
    n = models.PositiveSmallIntegerField()
    by = models.ForeignKey("ground.Party", models.PROTECT, related_name="+")  # who wrote it down
    wanted = models.TextField()  # what the person said, or showed, that they want
    shown = models.CharField(max_length=6, choices=Shown.choices)
    supported_by = models.TextField()
    made_sure = models.TextField()  # that they understood, and that it is theirs
    differs = models.BooleanField(default=False)  # something was decided that is not what they want
    differs_how = models.TextField(blank=True)
    differs_why = models.TextField(blank=True)
    not_able = models.TextField(blank=True)  # who found that they cannot decide this now, how and when
    less = models.TextField(blank=True)  # what takes less away from them, and why that is not enough
    told = models.TextField(blank=True)  # how they were told, and to whom they turn if they do not agree
    lang = models.CharField(max_length=8, default="en")
    on = models.DateField(default=timezone.localdate)
    privacy = dict.fromkeys(["n", "lang", "on"], "open") | dict.fromkeys(
        [
            *("wanted", "shown", "supported_by", "made_sure", "differs"),
            *("differs_how", "differs_why", "not_able", "less", "told"),
        ],
        "sensitive",
    )

    class Meta:
        verbose_name_plural = "grounds"
        ordering = ["n"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "n"], name="grounds_stand_in_order"),
            models.CheckConstraint(
                condition=Q(differs=False) | ~(Q(differs_why="") | Q(not_able="") | Q(less="") | Q(told="")),
                name="nothing_against_a_wish_without_grounds",
            ),
        ]

    def __str__(self) -> str:
        return f"grounds {self.n} of {self.decision_id}"
