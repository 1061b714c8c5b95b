"""The ballots, which nothing ties to whoever cast them; and what a hall counted.

A ballot's key is a keyed hash of a secret that only the voter holds. It has no party, time, order or history. No row
of a ballot counts upwards as it is made, and when the vote closes all are written anew in the order of their keys.
"""

from django.db import models


class BallotBox(models.Model):
    """Open until it is closed for good: until then nobody sees what is in it, and afterwards nothing can be put in."""

    decision = models.OneToOneField("planning.Decision", models.PROTECT, primary_key=True, related_name="+")
    closed_on = models.DateField(null=True, blank=True)
    privacy = {"closed_on": "open"}

    class Meta:
        verbose_name_plural = "ballot boxes"

    def __str__(self) -> str:
        return f"the box of {self.decision_id}"


class Ballot(models.Model):
    """One ballot, of one group. Whoever holds its secret can change it until the vote closes; nobody else can."""

    key = models.CharField(max_length=64, primary_key=True)
    decision = models.ForeignKey("planning.Decision", models.PROTECT, related_name="+")
    group = models.ForeignKey("planning.DecisionGroup", models.PROTECT, related_name="+")
    organisation = models.BooleanField(default=False)  # cast for an organisation or a group, not for a person
    privacy = {"key": "sensitive", "organisation": "sensitive"}

    def __str__(self) -> str:
        return f"a ballot in {self.decision_id}"


class BallotMark(models.Model):
    """What a ballot gives one option: 1 for a pick or a yes, 0 for a no, -1 for a reason against it, points, a score,
    or its place in the voter's order."""

    key = models.CharField(max_length=64, primary_key=True)
    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="marks")
    option = models.ForeignKey("planning.Option", models.PROTECT, related_name="+")
    value = models.SmallIntegerField()
    privacy = {"key": "sensitive", "value": "sensitive"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ballot", "option"], name="one_mark_an_option")]

    def __str__(self) -> str:
        return f"a mark in {self.ballot_id[:6]}"


class Present(models.Model):
    """How many of a group were in the room, where a hall decides by dots, hands or consent."""

    decision = models.ForeignKey("planning.Decision", models.PROTECT, related_name="+")
    group = models.OneToOneField("planning.DecisionGroup", models.PROTECT, related_name="+")
    people = models.PositiveIntegerField()
    dots_each = models.PositiveSmallIntegerField(null=True, blank=True)  # where each had so many dots to put up
    privacy = {"people": "open", "dots_each": "open"}

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
