"""Feeds and their loads: which list a service came from, under which id, and what happened at each load."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Feed(models.Model):
    """A list that somebody else keeps. It lies over our register like a layer that can be off."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=120, unique=True)
    source = models.CharField(max_length=300, blank=True)  # the file or address it last came from
    party = models.ForeignKey("ground.Party", models.PROTECT, related_name="+")  # holds what names no organisation
    on = models.BooleanField(default=True)
    made = models.DateTimeField(auto_now_add=True)
    loaded = models.DateTimeField(null=True, blank=True)
    privacy = dict.fromkeys(["key", "name", "source", "on", "made", "loaded"], "open")

    def __str__(self) -> str:
        return self.name


class ForeignKind(models.TextChoices):
    ORGANISATION = "organisation", _("Organisation")
    SERVICE = "service", _("Service")


class ForeignId(models.Model):
    """What a feed calls one of our records or parties, and what it last said about it, as a digest.

    `rev` is the record's revision after the feed last wrote it: where the record has moved on since,
    its holder has changed it here, and their words stay.
    """

    feed = models.ForeignKey(Feed, models.PROTECT, related_name="ids")
    kind = models.CharField(max_length=12, choices=ForeignKind.choices)
    foreign = models.CharField(max_length=200)
    record = models.ForeignKey("ground.Record", models.PROTECT, null=True, related_name="+")
    party = models.ForeignKey("ground.Party", models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64)
    rev = models.PositiveIntegerField(default=1)
    closed = models.BooleanField(default=False)  # the feed itself says that it is over
    gone = models.DateField(null=True, blank=True)
    privacy = dict.fromkeys(["kind", "foreign", "digest", "rev", "closed", "gone"], "open")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["feed", "kind", "foreign"], name="one_meaning_of_a_foreign_id"),
            models.CheckConstraint(
                condition=(
                    Q(kind="service", record__isnull=False, party__isnull=True)
                    | Q(kind="organisation", record__isnull=True, party__isnull=False)
                ),
                name="a_foreign_id_means_one_thing",
            ),
        ]
        indexes = [models.Index(fields=["foreign"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.foreign}"


class KeptDocument(models.Model):
    """What a feed last said of a service, whole and as it came (JSON), so that nothing is lost on the way out.

    It is part of the record, so it goes when the record is erased. It names people to ask for, who gave their
    names to the feed and not to us: they are told to nobody unless the steward passes the feed's contacts on.
    """

    record = models.OneToOneField("ground.Record", models.CASCADE, primary_key=True, related_name="+")
    body = models.TextField()
    privacy = {"body": "sensitive"}

    def __str__(self) -> str:
        return f"document of record {self.record_id}"


class KeptAt(models.Model):
    """One service at one place of a kept document, under the id it goes out with, so that it can be asked for."""

    document = models.ForeignKey(KeptDocument, models.CASCADE, related_name="places")
    public = models.CharField(max_length=36, db_index=True)
    privacy = {"public": "open"}

    def __str__(self) -> str:
        return self.public


class BesideKind(models.TextChoices):
    """What a feed holds beside its services. Its words are the standard's own."""

    ORGANIZATION = "organization", _("Organisation")
    LOCATION = "location", _("Place")
    TAXONOMY = "taxonomy", _("List of terms")
    TAXONOMY_TERM = "taxonomy_term", _("Term")


class KeptBeside(models.Model):
    """Something else that a feed holds, such as a list of terms: kept whole, and given out again as it came."""

    feed = models.ForeignKey(Feed, models.PROTECT, related_name="beside")
    kind = models.CharField(max_length=16, choices=BesideKind.choices)
    foreign = models.CharField(max_length=200)
    body = models.TextField()
    digest = models.CharField(max_length=64)
    changed = models.DateTimeField(auto_now=True)
    privacy = {**dict.fromkeys(["kind", "foreign", "digest", "changed"], "open"), "body": "sensitive"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["feed", "kind", "foreign"], name="one_thing_beside_an_id")]

    def __str__(self) -> str:
        return f"{self.kind} {self.foreign}"


class Timer(models.Model):
    """Where a feed is fetched from and how often, how the last try went, and what waits for a steward's yes."""

    feed = models.OneToOneField(Feed, models.CASCADE, primary_key=True, related_name="timer")
    address = models.URLField(max_length=500)
    hours = models.PositiveSmallIntegerField(default=24)  # nought: only when a steward asks
    etag = models.CharField(max_length=200, blank=True)
    modified = models.CharField(max_length=60, blank=True)  # the server's own Last-Modified
    next_at = models.DateTimeField(null=True, blank=True, db_index=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)  # that failed, one after the other
    failing_since = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=300, blank=True)  # an English sentence, translated where it is shown
    waits = models.CharField(max_length=200, blank=True)  # why what was fetched last waits for a yes
    contacts = models.BooleanField(default=False)  # whether the people it names as contacts are passed on
    keeper = models.ForeignKey("ground.Party", models.PROTECT, null=True, related_name="+")  # who pointed to it
    privacy = {
        **dict.fromkeys(["address", "hours", "etag", "modified", "next_at", "asked_at", "tries"], "open"),
        **dict.fromkeys(["failing_since", "trouble", "waits", "contacts"], "open"),
    }

    def __str__(self) -> str:
        return self.address


class RunState(models.TextChoices):
    CHECKING = "checking", _("Being looked at")
    CHECKED = "checked", _("Looked at, not brought in")
    LOADING = "loading", _("Being brought in")
    DONE = "done", _("Brought in")
    BROKEN = "broken", _("Broke off")


class LoadRun(models.Model):
    """One load, or one look at a file before it: what it would do or did, and what was wrong."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=120)  # of the feed, which a first look does not make yet
    source = models.CharField(max_length=300, blank=True)
    feed = models.ForeignKey(Feed, models.PROTECT, null=True, related_name="runs")
    by = models.ForeignKey("ground.Party", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=RunState.choices, default=RunState.CHECKING)
    at = models.DateTimeField(auto_now_add=True)
    ended = models.DateTimeField(null=True, blank=True)
    whole = models.BooleanField(default=True)
    read = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    gone = models.PositiveIntegerField(default=0)
    faulty = models.PositiveIntegerField(default=0)  # faults found, of which the first thousands are kept
    document = models.BinaryField(blank=True, default=b"")  # emptied once it is brought in
    rejects = models.TextField(blank=True)  # as JSON that can be mended and loaded again
    privacy = {
        **dict.fromkeys(["key", "name", "source", "state", "at", "ended", "whole", "read", "done"], "open"),
        **dict.fromkeys(["created", "updated", "unchanged", "rejected", "gone", "faulty"], "open"),
        "document": "personal",
        "rejects": "personal",
    }

    def __str__(self) -> str:
        return f"{self.name}, {self.at:%Y-%m-%d}"

    @property
    def going_on(self) -> bool:
        return self.state in (RunState.CHECKING, RunState.LOADING)


class LoadFault(models.Model):
    """One thing wrong in one record of a load. The reason is an English sentence, translated where shown."""

    run = models.ForeignKey(LoadRun, models.CASCADE, related_name="faults")
    position = models.PositiveIntegerField()
    record = models.CharField(max_length=200)
    title = models.CharField(max_length=100, blank=True)
    field = models.CharField(max_length=200)
    value = models.CharField(max_length=100, blank=True)
    reason = models.CharField(max_length=200)
    rejected = models.BooleanField(default=False)
    privacy = {
        **dict.fromkeys(["position", "record", "title", "field", "reason", "rejected"], "open"),
        "value": "personal",
    }

    class Meta:
        indexes = [models.Index(fields=["run", "position"])]

    def __str__(self) -> str:
        return f"{self.record}, {self.field}: {self.reason}"
