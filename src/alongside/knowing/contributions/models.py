"""A party brings something to an outcome: asked first, promised only when the holder says yes."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Way(models.TextChoices):
    """By self-help, together (co-production), or as a service."""

    SELF_HELP = "self_help", _("Ourselves")
    TOGETHER = "co_production", _("Together")
    SERVICE = "service", _("Done by an organisation")


class ContributionState(models.TextChoices):
    DRAFT = "draft", _("Not asked yet")
    ASKED = "asked", _("Asked")
    ACCEPTED = "accepted", _("Said yes")
    DECLINED = "declined", _("Said no this time")
    PAUSED = "paused", _("Paused")
    ENDED = "ended", _("Ended")


class Contribution(models.Model):
    """Who does what for an outcome, how much, and who decides day to day."""

    stands_without = ("asset",)  # once whoever had it has gone
    record = models.OneToOneField("ground.Record", models.CASCADE, primary_key=True, related_name="+")
    asset = models.ForeignKey("knowing.Asset", models.PROTECT, null=True, related_name="contributions")
    party = models.ForeignKey("ground.Party", models.PROTECT, related_name="+")
    outcome = models.ForeignKey("knowing.Outcome", models.CASCADE, related_name="contributions")
    words = models.CharField(max_length=300, blank=True)  # what they do
    how_much = models.CharField(max_length=120, blank=True)
    way = models.CharField(max_length=14, choices=Way.choices, default=Way.TOGETHER)
    minutes_week = models.PositiveIntegerField(default=0)
    message = models.TextField(blank=True)  # what the person says to the holder
    designed_by = models.CharField(max_length=120, blank=True)
    decides = models.CharField(max_length=120, blank=True)
    agreed = models.BooleanField(default=False)  # agreed, or only assumed
    critical = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=ContributionState.choices, default=ContributionState.DRAFT)
    asked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)  # who answered stands in the event
    reply = models.TextField(blank=True)
    privacy = {
        "words": "personal",
        "how_much": "personal",
        "way": "open",
        "minutes_week": "personal",
        "message": "sensitive",
        "designed_by": "personal",
        "decides": "personal",
        "agreed": "open",
        "critical": "personal",
        "state": "personal",
        "asked_at": "personal",
        "answered_at": "personal",
        "reply": "sensitive",
    }

    class Meta:
        indexes = [models.Index(fields=["party", "state"])]

    def __str__(self) -> str:
        return f"{self.party_id}: {self.words}"

    @property
    def names_people(self) -> bool:
        """Whoever said yes stands there by name, also in what the owner of the plan takes away."""
        return self.state == ContributionState.ACCEPTED


class Asked(models.Model):
    """Somebody was asked for something in another way than a plan's; nobody is asked twice in a week in any."""

    party = models.ForeignKey("ground.Party", models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    privacy = {"at": "personal"}

    class Meta:
        verbose_name_plural = "asked"
        indexes = [models.Index(fields=["party", "at"])]

    def __str__(self) -> str:
        return f"{self.party_id} was asked"
