"""Grants that the owner gave, places in someone's circle, and every look that was taken."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class CirclePlace(models.Model):
    """Someone has accepted a place in a person's circle; kept by the plans in which they did."""

    owner = models.ForeignKey("ground.Party", models.PROTECT, related_name="circle")
    member = models.ForeignKey("ground.Party", models.PROTECT, related_name="circles")
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)
    privacy = {"since": "personal", "until": "personal"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "member"], condition=Q(until=None), name="one_open_place_in_a_circle"
            ),
            models.CheckConstraint(condition=~Q(owner=F("member")), name="nobody_circles_themselves"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} round {self.owner_id}"


class Grant(models.Model):
    """The owner lets a named party see parts of a record, for a purpose, until a date. Withdrawn at once."""

    record = models.ForeignKey("ground.Record", models.PROTECT, related_name="grants")
    grantee = models.ForeignKey("ground.Party", models.PROTECT, related_name="granted")
    purpose = models.CharField(max_length=200)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    privacy = {"purpose": "personal", "since": "personal", "until": "personal", "revoked_at": "personal"}

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(until__gt=F("since")), name="a_grant_ends_after_it_starts")]

    def __str__(self) -> str:
        return f"{self.grantee_id} may see {self.record_id}"


class GrantPart(models.Model):
    """One part of a record that a grant opens."""

    grant = models.ForeignKey(Grant, models.CASCADE, related_name="parts")
    part = models.CharField(max_length=24)
    privacy = {"part": "personal"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["grant", "part"], name="one_grant_a_part")]

    def __str__(self) -> str:
        return self.part


class Consent(models.Model):
    """The owner's word on one purpose of one record (frameworks/purposes.toml). Rows are closed, never rewritten.

    The row that is open now says yes, until its end; where there are only closed rows the answer is no; where
    there is none, what holds for that kind of holder. A no that follows nothing is a row closed as it is made.
    """

    record = models.ForeignKey("ground.Record", models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=24)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    privacy = {"purpose": "personal", "since": "personal", "until": "personal", "withdrawn_at": "personal"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record", "purpose"], condition=Q(withdrawn_at=None), name="one_open_word_a_purpose"
            )
        ]
        indexes = [
            models.Index(fields=["record", "purpose"]),
            models.Index(
                fields=["until"], condition=Q(until__isnull=False, withdrawn_at=None), name="consent_that_ends"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} of {self.record_id}"


class Look(models.Model):
    """Somebody read a part of another person's record. Append-only, and shown to that person."""

    record = models.ForeignKey("ground.Record", models.PROTECT, related_name="looks")
    reader = models.ForeignKey("ground.Party", models.PROTECT, null=True, related_name="+")
    on_behalf = models.ForeignKey("ground.Party", models.PROTECT, null=True, related_name="+")
    grant = models.ForeignKey(Grant, models.PROTECT, null=True, related_name="+")
    basis = models.ForeignKey("ground.Basis", models.PROTECT, null=True, related_name="+")
    token = models.ForeignKey("ground.Token", models.PROTECT, null=True, related_name="looks")
    part = models.CharField(max_length=24)
    purpose = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)
    privacy = {"part": "personal", "purpose": "personal", "at": "personal"}

    class Meta:
        indexes = [models.Index(fields=["record", "at"])]

    def __str__(self) -> str:
        return f"look at {self.part} of {self.record_id}"
