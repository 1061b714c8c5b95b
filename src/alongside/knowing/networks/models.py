"""Who is around me: people, groups and organisations on three rings, in one's own words. Nobody in it is told."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.ground.people.models import Kind


class Ring(models.IntegerChoices):
    """How close somebody stands; in a person's own judgement, and no worth."""

    CLOSE = 1, _("Close to me")
    OFTEN = 2, _("I see them often")
    AROUND = 3, _("Around me")


class Help(models.TextChoices):
    """What somebody does for the one in the middle. Each is a tick of its own below."""

    WHEN_ILL = "when_ill", _("When I am ill")
    EVERYDAY = "everyday", _("Everyday things")
    TO_TALK = "to_talk", _("Somebody to talk to")


class Often(models.TextChoices):
    """How often they are in touch, by any way."""

    DAY = "day", _("Nearly every day")
    WEEK = "week", _("Every week")
    MONTH = "month", _("Every month")
    LESS = "less", _("Now and then")


class Network(models.Model):
    """One person's picture. It is theirs alone; what stands in it is no offer and is counted nowhere."""

    record = models.OneToOneField("ground.Record", models.CASCADE, primary_key=True, related_name="+")
    privacy: dict[str, str] = {}

    def __str__(self) -> str:
        return f"network {self.pk}"


class Said(models.Model):
    """What is said of somebody on a ring: a first name or a made-up one, never tied to a page here."""

    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.PERSON)
    ring = models.PositiveSmallIntegerField(choices=Ring.choices, default=Ring.CLOSE)
    words = models.CharField(max_length=200, blank=True)
    often = models.CharField(max_length=5, choices=Often.choices, blank=True)
    when_ill = models.BooleanField(default=False)
    everyday = models.BooleanField(default=False)
    to_talk = models.BooleanField(default=False)
    privacy = {
        "name": "sensitive",
        "kind": "personal",
        "ring": "personal",
        "words": "sensitive",
        "often": "personal",
        "when_ill": "sensitive",
        "everyday": "personal",
        "to_talk": "personal",
    }

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def helps(self) -> list[Help]:
        """What they help with, in the order of the list."""
        return [one for one in Help if getattr(self, one.value)]


class Near(Said):
    """Somebody on a ring now."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="people")
    privacy = Said.privacy | {"key": "open"}

    class Meta:
        ordering = ["ring", "pk"]


class KeptNear(Said):
    """Somebody as they stood on a day that the owner chose to keep; `was` is their key on the rings of now."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="kept")
    day = models.DateField()
    was = models.UUIDField()
    privacy = Said.privacy | {"day": "personal", "was": "open"}

    class Meta:
        ordering = ["day", "ring", "pk"]
        constraints = [models.UniqueConstraint(fields=["network", "day", "was"], name="kept_once_a_day")]


class Knows(models.Model):
    """Two on the rings know each other; the one that came first stands first."""

    one = models.ForeignKey(Near, models.CASCADE, related_name="knows")
    other = models.ForeignKey(Near, models.CASCADE, related_name="known_by")
    privacy: dict[str, str] = {}

    class Meta:
        verbose_name_plural = "knows"
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="two_know_each_other_once")]

    def __str__(self) -> str:
        return f"{self.one_id} and {self.other_id}"
