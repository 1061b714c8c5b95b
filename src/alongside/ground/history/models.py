"""Append-only rows that hold keys and field names, never values (design/model.md, decision 9)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.ground.history.actor import Source


class Event(models.Model):
    """Somebody did something to a record. Written by `@action` only; a trigger refuses changes."""

    at = models.DateTimeField(auto_now_add=True)
    actor = models.ForeignKey("ground.Party", models.PROTECT, null=True, related_name="+")
    on_behalf = models.ForeignKey("ground.Party", models.PROTECT, null=True, related_name="+")
    basis = models.ForeignKey("ground.Basis", models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=12, choices=Source.choices)
    verb = models.CharField(max_length=60)
    record = models.ForeignKey("ground.Record", models.PROTECT, null=True, related_name="events")
    fields = models.TextField(blank=True)
    request = models.CharField(max_length=64, blank=True)
    privacy = {"at": "open", "source": "open", "verb": "open", "fields": "open", "request": "open"}

    class Meta:
        indexes = [models.Index(fields=["record", "at"])]

    def __str__(self) -> str:
        return f"{self.verb} #{self.pk}"


class Standing(models.TextChoices):
    """Whether a version counted when it was written, or waits for the stewards of a community."""

    COUNTS = "counts", _("Counts")
    WAITS = "waits", _("Waits for a look")
    TAKEN = "taken", _("Taken up in a later version")
    SENT_BACK = "sent_back", _("Sent back")


class Version(models.Model):
    """What a record said after an event. The one JSON column of the house; deleted on erasure.

    `held_by` is the community whose people look at a change that waits; in one that counts, the one whose people
    read it, and go on from there.
    """

    record = models.ForeignKey("ground.Record", models.PROTECT, related_name="versions")
    n = models.PositiveIntegerField()
    body = models.JSONField()
    event = models.ForeignKey(Event, models.PROTECT, related_name="+")
    standing = models.CharField(max_length=9, choices=Standing.choices, default=Standing.COUNTS)
    waits_until = models.DateTimeField(null=True, blank=True)  # then it counts by itself
    held_by = models.ForeignKey("ground.Party", models.PROTECT, null=True, related_name="+")
    words = models.TextField(blank=True)  # why it was sent back
    privacy = {"n": "open", "body": "sensitive", "standing": "open", "waits_until": "open", "words": "personal"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "n"], name="one_version_a_number"),
            models.UniqueConstraint(fields=["record"], condition=Q(standing="waits"), name="one_change_waits"),
        ]
        indexes = [models.Index(fields=["waits_until"], condition=Q(standing="waits"), name="change_that_waits")]

    def __str__(self) -> str:
        return f"version {self.n} of record {self.record_id}"


class Request(models.Model):
    """An idempotency key that was used, so that pressing a button twice does a thing once."""

    key = models.CharField(max_length=64, primary_key=True)
    actor = models.ForeignKey("ground.Party", models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=60)
    record = models.ForeignKey("ground.Record", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    privacy = {"key": "open", "verb": "open", "at": "open"}

    def __str__(self) -> str:
        return f"{self.verb} once"
