"""Append-only rows that hold keys and field names, never values (design/model.md, decision 9)."""

from django.db import models

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


class Version(models.Model):
    """What a record said after an event. The one JSON column of the house; deleted on erasure."""

    record = models.ForeignKey("ground.Record", models.PROTECT, related_name="versions")
    n = models.PositiveIntegerField()
    body = models.JSONField()
    event = models.ForeignKey(Event, models.PROTECT, related_name="+")
    privacy = {"n": "open", "body": "sensitive"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "n"], name="one_version_a_number")]

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
