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


class Network(models.Model):
    """One person's picture. It is theirs alone; what stands in it is no offer and is counted nowhere."""

    record = models.OneToOneField("ground.Record", models.CASCADE, primary_key=True, related_name="+")
    privacy: dict[str, str] = {}

    def __str__(self) -> str:
        return f"network {self.pk}"


class Near(models.Model):
    """Somebody on a ring: a first name or a made-up one, never tied to a page here."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="people")
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.PERSON)
    ring = models.PositiveSmallIntegerField(choices=Ring.choices, default=Ring.CLOSE)
    words = models.CharField(max_length=200, blank=True)
    privacy = {"key": "open", "name": "sensitive", "kind": "personal", "ring": "personal", "words": "sensitive"}

    class Meta:
        ordering = ["ring", "pk"]

    def __str__(self) -> str:
        return self.name


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
