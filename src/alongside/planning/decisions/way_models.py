"""The ways to a place on the roll that a decision allows: its rules stand in `ways`."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.planning.decisions.models import Decision


class Way(models.TextChoices):
    """How somebody shows that they may take part. No passport, no e-mail."""

    MEMBER = "member", _("They belong to the community")
    LIST = "list", _("They stand on the list")
    CODE = "code", _("They have a code that came through the door")
    VOUCHED = "vouched", _("Somebody with a place vouched for them")


class WayIn(models.Model):
    """One way to a place on the roll that the decision allows: who is counted, and whether neighbours may vouch."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="ways")
    way = models.CharField(max_length=7, choices=Way.choices)
    privacy = {"way": "open"}

    class Meta:
        verbose_name_plural = "ways in"
        constraints = [
            models.UniqueConstraint(fields=["decision", "way"], name="each_way_in_once"),
            # With two of these the same person could be counted twice, and nobody could tell
            models.UniqueConstraint(
                fields=["decision"], condition=Q(way__in=["member", "list", "code"]), name="one_way_says_who_counts"
            ),
            models.UniqueConstraint(
                fields=["decision"], condition=Q(way__in=["code", "vouched"]), name="nobody_vouches_beside_codes"
            ),
        ]

    def __str__(self) -> str:
        return self.way
