"""What was brought in for a community: under which key it came, and the files that wait for a yes."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CameAs(models.TextChoices):
    THING = "thing", _("Something on offer")
    HOLDER = "holder", _("Who offers it")
    MAP = "map", _("A map")


class BroughtIn(models.Model):
    """What a file called one of our records or parties, and what it last said of it, as a digest. `rev` is the
    record's revision after the file last wrote it: where it has moved on since, its holder's words stay."""

    community = models.ForeignKey("ground.Party", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=CameAs.choices)
    foreign = models.CharField(max_length=200)
    record = models.ForeignKey("ground.Record", models.PROTECT, null=True, related_name="+")
    party = models.ForeignKey("ground.Party", models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64, blank=True)
    rev = models.PositiveIntegerField(default=1)
    privacy = dict.fromkeys(["kind", "foreign", "digest", "rev"], "open")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "kind", "foreign"], name="one_meaning_of_a_key_a_community"),
            models.CheckConstraint(
                condition=Q(record__isnull=False, party__isnull=True) | Q(record__isnull=True, party__isnull=False),
                name="a_key_means_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.foreign}"


class Bringing(models.Model):
    """A file that a steward of a community chose: looked at first, brought in after a yes, then emptied."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    community = models.ForeignKey("ground.Party", models.PROTECT, related_name="+")
    by = models.ForeignKey("ground.Party", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=120)
    at = models.DateTimeField(auto_now_add=True)
    done = models.DateTimeField(null=True, blank=True)
    document = models.BinaryField(blank=True, default=b"")
    read = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)  # of those created, how many wait for their holder
    privacy = {
        **dict.fromkeys(["key", "at", "done", "read", "created", "updated"], "open"),
        **dict.fromkeys(["unchanged", "rejected", "waiting"], "open"),
        "name": "personal",
        "document": "personal",
    }

    def __str__(self) -> str:
        return self.name
