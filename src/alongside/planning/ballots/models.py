"""Who has a place on the roll, who took part, and the ballots, which nothing ties to either.

A ballot's key is a keyed hash of a secret that only the voter holds. It has no party, time, order or history. No row
here counts upwards as it is made, and when the vote closes all are written anew in the order of their keys.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.planning.decisions.models import Way


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
    ended = models.BooleanField(default=False)  # withdrawn before it was used, with a reason in the history
    privacy = {
        "key": "personal",
        "way": "personal",
        "name": "sensitive",
        "code_hash": "sensitive",
        "batch": "open",
        "ended": "open",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "party"], condition=Q(party__isnull=False), name="one_place_a_person"
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
    privacy = {"channel": "personal", "day": "personal"}

    def __str__(self) -> str:
        return f"took part in {self.decision_id}"


class Ballot(models.Model):
    """One ballot, of one group. Whoever holds its secret can change it until the vote closes; nobody else can."""

    key = models.CharField(max_length=64, primary_key=True)
    decision = models.ForeignKey("planning.Decision", models.PROTECT, related_name="+")
    group = models.ForeignKey("planning.DecisionGroup", models.PROTECT, related_name="+")
    privacy = {"key": "sensitive"}

    def __str__(self) -> str:
        return f"a ballot in {self.decision_id}"


class BallotMark(models.Model):
    """What a ballot gives one option: 1 for a pick, points, a score, or its place in the voter's order."""

    key = models.CharField(max_length=64, primary_key=True)
    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="marks")
    option = models.ForeignKey("planning.Option", models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField()
    privacy = {"key": "sensitive", "value": "sensitive"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ballot", "option"], name="one_mark_an_option")]

    def __str__(self) -> str:
        return f"a mark in {self.ballot_id[:6]}"


class Sheet(models.Model):
    """A paper ballot by its own number, which is on no slip and no list. It is keyed in twice, by two people."""

    number_hash = models.CharField(max_length=64, primary_key=True)
    decision = models.ForeignKey("planning.Decision", models.PROTECT, related_name="+")
    group = models.ForeignKey("planning.DecisionGroup", models.PROTECT, related_name="+")
    batch = models.CharField(max_length=24)
    state = models.CharField(
        max_length=8,
        choices=[
            ("printed", _("printed")),
            ("once", _("keyed in once")),
            ("counted", _("counted")),
            ("differs", _("the two differ")),
            ("spoilt", _("spoilt")),
        ],
        default="printed",
    )
    privacy = {"number_hash": "sensitive", "batch": "open", "state": "open"}

    def __str__(self) -> str:
        return f"a sheet of {self.batch}"


class Keying(models.Model):
    """What one person read on a sheet. `empty` is a sheet without a mark."""

    key = models.CharField(max_length=64, primary_key=True)
    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="keyings")
    by = models.ForeignKey("ground.Party", models.PROTECT, related_name="+")
    settles = models.BooleanField(default=False)  # the third look, where two differ
    privacy = {"key": "sensitive", "settles": "open"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "by"], name="each_keys_a_sheet_once")]

    def __str__(self) -> str:
        return f"keyed {self.sheet_id[:6]}"


class KeyingMark(models.Model):
    key = models.CharField(max_length=64, primary_key=True)
    keying = models.ForeignKey(Keying, models.CASCADE, related_name="marks")
    option = models.ForeignKey("planning.Option", models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField()
    privacy = {"key": "sensitive", "value": "sensitive"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["keying", "option"], name="one_keyed_mark_an_option")]

    def __str__(self) -> str:
        return f"a mark keyed for {self.keying_id[:6]}"


class Present(models.Model):
    """How many of a group were in the room, where a hall decides by dots, hands or consent."""

    decision = models.ForeignKey("planning.Decision", models.PROTECT, related_name="+")
    group = models.OneToOneField("planning.DecisionGroup", models.PROTECT, related_name="+")
    people = models.PositiveIntegerField()
    privacy = {"people": "open"}

    class Meta:
        verbose_name_plural = "present"

    def __str__(self) -> str:
        return f"{self.people} of {self.group_id}"


class Tally(models.Model):
    """What a group in the room gave one option: dots, hands, or reasons against that were left."""

    group = models.ForeignKey("planning.DecisionGroup", models.PROTECT, related_name="+")
    option = models.ForeignKey("planning.Option", models.PROTECT, related_name="+")
    value = models.PositiveIntegerField()
    privacy = {"value": "open"}

    class Meta:
        verbose_name_plural = "tallies"
        constraints = [models.UniqueConstraint(fields=["group", "option"], name="one_tally_a_group_and_option")]

    def __str__(self) -> str:
        return f"{self.value}"
