"""Something worries me: what was said, about what, to whom, and by when it must be answered."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class WorryState(models.TextChoices):
    OPEN = "open", _("Waiting")
    TAKEN = "taken", _("Someone is looking into it")
    ANSWERED = "answered", _("Answered")
    PASSED_ON = "passed_on", _("Passed to the safeguarding team")


class Worry(models.Model):
    """A worry goes to named people only; nobody it is about can see it."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    words = models.TextField()
    about = models.ForeignKey("ground.Record", models.PROTECT, null=True, related_name="+")
    page = models.CharField(max_length=300, blank=True)
    raised_by = models.ForeignKey("ground.Party", models.PROTECT, null=True, related_name="+")
    reach = models.CharField(max_length=200, blank=True)  # how to reach them, where they want an answer
    danger = models.BooleanField(default=False)
    to = models.ForeignKey("ground.Party", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    due = models.DateTimeField()
    state = models.CharField(max_length=12, choices=WorryState.choices, default=WorryState.OPEN)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    privacy = {
        "key": "open",
        "words": "sensitive",
        "page": "sensitive",
        "reach": "sensitive",
        "danger": "sensitive",
        "at": "sensitive",
        "due": "sensitive",
        "state": "sensitive",
        "answer": "sensitive",
        "answered_at": "sensitive",
    }

    class Meta:
        verbose_name_plural = "worries"

    def __str__(self) -> str:
        return f"worry {self.key}"

    @property
    def reference(self) -> str:
        """What somebody can say on the telephone."""
        return f"{self.key.hex[:4]}-{self.key.hex[4:8]}".upper()
