"""The record spine: one narrow row for all that can be seen, shared, linked, looked at, reviewed or erased."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """Who may see a record, from the person alone outward."""

    ME = "me", _("Only me")
    CIRCLE = "circle", _("People in my circle")
    COMMUNITY = "community", _("My community")
    EVERYONE = "everyone", _("Everyone")


class State(models.TextChoices):
    """Held waits for a steward's look; resting belongs to a feed that is switched off; hidden is what nobody
    has confirmed for so long that only its holder still sees it."""

    HELD = "held", _("Waiting for a look")
    LIVE = "live", _("Here")
    STALE = "stale", _("Not confirmed for a while")
    HIDDEN = "hidden", _("Hidden until it is confirmed")
    RESTING = "resting", _("Switched off with its feed")
    ENDED = "ended", _("Ended")
    ERASED = "erased", _("Gone")


SHOWN = (State.LIVE, State.STALE)  # to those it is meant for


class Level(models.TextChoices):
    INDIVIDUAL = "individual", _("One person")
    COMMUNITY = "community", _("A community")
    WIDE_AREA = "wide_area", _("The whole area")


class Record(models.Model):
    """Owner is holder is who controls. Each row has exactly one kit row with the same primary key."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=24)
    owner = models.ForeignKey("ground.Party", models.PROTECT, related_name="records")
    area = models.ForeignKey("ground.Area", models.SET_NULL, null=True, blank=True, related_name="+")
    level = models.CharField(max_length=10, choices=Level.choices, default=Level.INDIVIDUAL)
    lang = models.CharField(max_length=8, default="en")
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.ME)
    community = models.ForeignKey("ground.Party", models.PROTECT, null=True, blank=True, related_name="+")
    audience_until = models.DateTimeField(null=True, blank=True)  # from then on only the owner sees it
    countable = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.LIVE)
    rev = models.PositiveIntegerField(default=1)
    made = models.DateTimeField(auto_now_add=True)
    changed = models.DateTimeField(auto_now=True)
    privacy = {
        "key": "open",
        "kind": "open",
        "level": "open",
        "lang": "open",
        "audience": "personal",
        "audience_until": "personal",
        "countable": "personal",
        "state": "open",
        "rev": "open",
        "made": "personal",
        "changed": "personal",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(audience="community") | Q(community__isnull=False),
                name="a_community_audience_names_it",
            )
        ]
        indexes = [
            models.Index(fields=["owner", "kind"]),
            models.Index(fields=["kind", "audience", "state"]),
            models.Index(
                fields=["audience_until"], condition=Q(audience_until__isnull=False), name="audience_that_ends"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Holding(models.Model):
    """A community whose stewards look at what its members change, for so many days at most, before it counts."""

    community = models.OneToOneField("ground.Party", models.PROTECT, primary_key=True, related_name="+")
    days = models.PositiveSmallIntegerField()
    privacy = {"days": "open"}

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(days__gte=1, days__lte=30), name="an_edit_is_not_held_for_ever")
        ]

    def __str__(self) -> str:
        return f"{self.community_id} holds for {self.days} days"


class Precision(models.TextChoices):
    """How exactly a place is shown, as the holder chooses."""

    EXACT = "exact", _("The exact place")
    CELL = "cell", _("Somewhere in these few streets")
    AREA = "area", _("Only the area's name")


class Spot(models.Model):
    """The shown place: fixed once per record; all filters, sorts, distances, maps and feeds use it."""

    record = models.OneToOneField(Record, models.CASCADE, primary_key=True, related_name="spot")
    precision = models.CharField(max_length=8, choices=Precision.choices, default=Precision.CELL)
    shown_lat = models.FloatField(null=True)
    shown_lng = models.FloatField(null=True)
    shown_words = models.CharField(max_length=200, blank=True)
    cell7 = models.CharField(max_length=16, blank=True, db_index=True)
    cell9 = models.CharField(max_length=16, blank=True, db_index=True)
    area = models.ForeignKey("ground.Area", models.SET_NULL, null=True, related_name="+")
    from_postcode = models.BooleanField(default=False)  # the point is that of its postcode: near, and no nearer
    privacy = dict.fromkeys(
        ["precision", "shown_lat", "shown_lng", "shown_words", "cell7", "cell9", "from_postcode"], "open"
    )

    def __str__(self) -> str:
        return self.shown_words or f"spot of {self.record_id}"


class SpotExact(models.Model):
    """The exact place, which never leaves this table unless the holder chose to show it."""

    record = models.OneToOneField(Record, models.CASCADE, primary_key=True, related_name="+")
    lat = models.FloatField(null=True)
    lng = models.FloatField(null=True)
    address = models.TextField(blank=True)
    privacy = {"lat": "sensitive", "lng": "sensitive", "address": "sensitive"}

    def __str__(self) -> str:
        return f"exact spot of {self.record_id}"
