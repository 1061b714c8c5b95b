"""Who has a place on the roll, and who took part: by which way and on which day, and nothing of what they chose.

No row here counts upwards as it is made, and when the vote closes all are written anew in the order of their keys.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.ground.history.actor import Source
from alongside.planning.decisions.way_models import Way


class Channel(models.TextChoices):
    SCREEN = "screen", _("On a screen")
    PAPER = "paper", _("On paper")
    TELEPHONE = "telephone", _("By telephone")
    ROOM = "room", _("In the room")


class Seat(models.Model):
    """A place on the roll: one a person. A code is kept as a hash, and belongs to nobody until it is used."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    decision = models.ForeignKey("planning.Decision", models.PROTECT, related_name="+")
    group = models.ForeignKey("planning.DecisionGroup", models.PROTECT, related_name="+")
    way = models.CharField(max_length=7, choices=Way.choices)
    party = models.ForeignKey("ground.Party", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=120, blank=True)  # of somebody on a list who has no page here
    code_hash = models.CharField(max_length=64, null=True, blank=True, unique=True)
    batch = models.CharField(max_length=24, blank=True)  # of codes printed together
    vouched_by = models.ForeignKey("ground.Party", models.PROTECT, null=True, related_name="+")
    ended = models.BooleanField(default=False)  # taken back before it was used
    why_ended = models.CharField(max_length=300, blank=True)
    twice = models.BooleanField(default=False)  # whoever took part from it took part from another place as well
    apart = models.BooleanField(default=False)  # whoever keeps the roll said: not the other person of this name
    says = models.ForeignKey(  # of which people directly affected they say that they are one
        "planning.DecisionGroup", models.PROTECT, null=True, related_name="+"
    )
    confirmed_by = models.ForeignKey("ground.Party", models.PROTECT, null=True, related_name="+")  # that they are
    by_keeper = models.BooleanField(default=False)  # whoever confirmed it keeps the roll
    privacy = {
        "key": "personal",
        "way": "personal",
        "name": "sensitive",
        "code_hash": "sensitive",
        "batch": "open",
        "ended": "open",
        "why_ended": "sensitive",
        "twice": "personal",
        "apart": "personal",
        "by_keeper": "personal",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "party"], condition=Q(party__isnull=False), name="one_place_a_person"
            ),
            models.CheckConstraint(
                condition=Q(code_hash=None) | Q(way="code") | ~Q(name="") | Q(party__isnull=False) | Q(twice=True),
                name="a_code_is_for_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"a place in {self.decision_id}"


class Roll(models.Model):
    """Somebody took part: by which way, on which day. It never says what they chose."""

    seat = models.OneToOneField(Seat, models.PROTECT, primary_key=True, related_name="+")
    decision = models.ForeignKey("planning.Decision", models.PROTECT, related_name="+")
    channel = models.CharField(max_length=9, choices=Channel.choices)
    day = models.DateField()
    helper = models.ForeignKey(
        "ground.Party", models.PROTECT, null=True, related_name="+"
    )  # who wrote it down for them
    helped_by = models.CharField(max_length=9, choices=Source.choices, blank=True)  # and how they spoke
    disputed = models.BooleanField(default=False)  # they say that they did not ask for it
    privacy = {"channel": "personal", "day": "personal", "helped_by": "personal", "disputed": "sensitive"}

    def __str__(self) -> str:
        return f"took part in {self.decision_id}"
