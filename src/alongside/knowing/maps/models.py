"""A community's own map: its words and charter, who looks after it, its layers, and what was put on or left off."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST = 4000  # letters of one part of a charter: it is meant to be short


class CommunityMap(models.Model):
    """The map of the community that owns the record. Its edge is the area that the community drew."""

    record = models.OneToOneField("ground.Record", models.CASCADE, primary_key=True, related_name="+")
    title = models.CharField(max_length=200)
    words = models.TextField(blank=True)
    may_stand = models.TextField(blank=True)
    may_not = models.TextField(blank=True)
    decides = models.TextField(blank=True)
    objects_how = models.TextField(blank=True)
    review_on = models.DateField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)
    privacy = {
        "title": "personal",
        "words": "personal",
        "may_stand": "personal",
        "may_not": "personal",
        "decides": "personal",
        "objects_how": "personal",
        "review_on": "open",
        "reminded_on": "open",
    }

    def __str__(self) -> str:
        return self.title


class MapSteward(models.Model):
    """Somebody who looks after a map. Another steward vouches for them; their name shows once they said yes."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    map = models.ForeignKey(CommunityMap, models.CASCADE, related_name="stewards")
    party = models.ForeignKey("ground.Party", models.PROTECT, related_name="+")
    vouched_by = models.ForeignKey("ground.Party", models.PROTECT, null=True, related_name="+")
    asked = models.DateTimeField(auto_now_add=True)
    since = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    privacy = {"key": "open", "asked": "personal", "since": "personal", "until": "personal"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["map", "party"], condition=models.Q(until=None), name="one_open_stewardship_a_map"
            )
        ]

    def __str__(self) -> str:
        return f"{self.party_id} of map {self.map_id}"


class MapLayer(models.Model):
    """Whether a layer shows on a map from the start, and in which order. What is not named here stands as usual:
    what people, groups and others here offer is on, a list that somebody else keeps is off."""

    map = models.ForeignKey(CommunityMap, models.CASCADE, related_name="layers")
    layer = models.CharField(max_length=60)
    shown = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)
    privacy = {"layer": "open", "shown": "open", "position": "open"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["map", "layer"], name="one_say_a_layer_and_map")]

    def __str__(self) -> str:
        return self.layer


class PinState(models.TextChoices):
    ASKED = "asked", _("The holder has been asked")
    ON = "on", _("On the map")
    NO = "no", _("The holder said no")
    OFF = "off", _("Left off by a steward")


class MapPin(models.Model):
    """One thing put on a map from outside its edge, with its holder's yes; or left off, with the reason told."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    map = models.ForeignKey(CommunityMap, models.CASCADE, related_name="pins")
    record = models.ForeignKey("ground.Record", models.PROTECT, related_name="+")
    state = models.CharField(max_length=5, choices=PinState.choices)
    by = models.ForeignKey("ground.Party", models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(auto_now=True)
    privacy = {"key": "open", "state": "open", "reason": "personal", "at": "personal"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["map", "record"], name="one_pin_a_thing_and_map")]

    def __str__(self) -> str:
        return f"{self.record_id} on map {self.map_id}: {self.state}"
