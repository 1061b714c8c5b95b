"""What people want, in their own words, and what they ask for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.Model):
    """What someone wants in life or in the community, in their own words, in a life domain."""

    record = models.OneToOneField("ground.Record", models.CASCADE, primary_key=True, related_name="+")
    words = models.TextField()
    domain = models.CharField(max_length=24, blank=True)
    serves = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="served_by")
    measure = models.TextField(blank=True)  # how I will know, in my words
    progress = models.PositiveSmallIntegerField(null=True, blank=True)
    privacy = {"words": "sensitive", "domain": "personal", "measure": "sensitive", "progress": "personal"}

    def __str__(self) -> str:
        return self.words[:60]


class WishState(models.TextChoices):
    WAITING = "waiting", _("Not found yet")
    MET = "met", _("Found")
    DROPPED = "dropped", _("Not wanted any more")


class Wish(models.Model):
    """What is asked for: something that could help an outcome, or that somebody wishes was here."""

    record = models.OneToOneField("ground.Record", models.CASCADE, primary_key=True, related_name="+")
    outcome = models.ForeignKey(Outcome, models.SET_NULL, null=True, blank=True, related_name="wishes")
    words = models.TextField()
    domain = models.CharField(max_length=24, blank=True)
    kind = models.CharField(max_length=12, blank=True)
    minutes_week = models.PositiveIntegerField(null=True, blank=True)
    divisible = models.BooleanField(default=True)
    when_words = models.CharField(max_length=200, blank=True)
    waits_for = models.ForeignKey("ground.Party", models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=8, choices=WishState.choices, default=WishState.WAITING)
    privacy = {
        "words": "sensitive",
        "domain": "personal",
        "kind": "open",
        "minutes_week": "personal",
        "divisible": "open",
        "when_words": "personal",
        "state": "open",
    }

    class Meta:
        verbose_name_plural = "wishes"

    def __str__(self) -> str:
        return self.words[:60]
