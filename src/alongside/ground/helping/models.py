"""Help with a page that somebody has asked for, or offered, and that waits for the other's yes."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.ground.people.models import BasisKind, Party, Role


class Answer(models.TextChoices):
    """What came of asking. A yes leaves no row here: the help itself stands for it (`people.Basis`)."""

    WAITING = "waiting", _("Waits for an answer")
    NO = "no", _("They said no")
    SHUT = "shut", _("Not asked any more")  # by a block: whoever asks reads that it waits, as if nothing were


class HelpAsked(models.Model):
    """A question that gives nobody anything: no power, no name, until it is answered with yes. It lapses by itself.

    It waits for the supporter's yes. Where somebody whose work it is offers to keep a page that nobody keeps any more,
    it waits for the person's.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Party, models.PROTECT, related_name="+")
    supporter = models.ForeignKey(Party, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Party, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=BasisKind.choices)
    role = models.CharField(max_length=16, choices=Role.choices, blank=True)
    waits_for_person = models.BooleanField(default=False)
    evidence_seen_by = models.CharField(max_length=200, blank=True)
    until = models.DateTimeField(null=True, blank=True)  # when the help would end
    at = models.DateTimeField(default=timezone.now)
    lapses = models.DateTimeField()
    answer = models.CharField(max_length=8, choices=Answer.choices, default=Answer.WAITING)
    privacy = {
        "key": "open",
        "kind": "sensitive",
        "role": "personal",
        "waits_for_person": "personal",
        "evidence_seen_by": "sensitive",
        "until": "personal",
        "at": "personal",
        "lapses": "personal",
        "answer": "sensitive",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "supporter", "kind"], name="one_question_a_pair_and_kind"),
            models.CheckConstraint(condition=~Q(person=F("supporter")), name="nobody_asks_themselves_for_help"),
        ]

    def __str__(self) -> str:
        return f"{self.supporter_id} asked for {self.person_id}"


class HelpAskedScope(models.Model):
    """One thing that the supporter would be let do with one part of the page."""

    asked = models.ForeignKey(HelpAsked, models.CASCADE, related_name="scopes")
    part = models.CharField(max_length=24)
    act = models.CharField(max_length=8, choices=[("see", _("see")), ("write", _("write"))])
    privacy = {"part": "personal", "act": "personal"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asked", "part", "act"], name="one_scope_asked_a_part_and_act")]

    def __str__(self) -> str:
        return f"{self.act} {self.part}"
