"""What was asked of holders, by which code they may answer, and wrong codes that somebody tried."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class How(models.TextChoices):
    """How an answer came."""

    LINK = "link", _("by its link")
    CODE = "code", _("by its code")
    TEXT = "text", _("by text message")


class FreshAsk(models.Model):
    """One question to a holder: is this still so? The link is signed and the code short; each answers this alone."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    asset = models.ForeignKey("knowing.Asset", models.CASCADE, related_name="asks")
    code = models.CharField(max_length=6)
    made = models.DateTimeField(default=timezone.now)
    expires = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    how = models.CharField(max_length=4, choices=How.choices, blank=True)
    privacy = {
        "key": "sensitive",
        "code": "sensitive",
        "made": "personal",
        "expires": "personal",
        "used_at": "personal",
        "how": "personal",
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code"], condition=Q(used_at=None), name="one_open_code")]
        indexes = [models.Index(fields=["asset", "made"])]

    def __str__(self) -> str:
        return f"asked about {self.asset_id}"


class CodeTry(models.Model):
    """A wrong code that somebody typed or sent; ten in an hour are enough. Forgotten after a day."""

    who = models.CharField(max_length=64, db_index=True)  # a keyed hash of a person or of a number
    at = models.DateTimeField(default=timezone.now)
    privacy = {"who": "sensitive", "at": "personal"}

    class Meta:
        verbose_name_plural = "code tries"

    def __str__(self) -> str:
        return f"a wrong code at {self.at}"
