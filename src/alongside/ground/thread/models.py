"""The thread: typed links from what came first to what came of it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class LinkKind(models.TextChoices):
    LED_TO = "led_to", _("led to")
    SERVES = "serves", _("serves")
    ANSWERS = "answers", _("answers")
    CAME_FROM = "came_from", _("came from")


class Link(models.Model):
    """`src` led to `dst`. Never changed, never deleted."""

    src = models.ForeignKey("ground.Record", models.PROTECT, related_name="links_on")
    dst = models.ForeignKey("ground.Record", models.PROTECT, related_name="links_back")
    kind = models.CharField(max_length=12, choices=LinkKind.choices)
    event = models.ForeignKey("ground.Event", models.PROTECT, null=True, related_name="+")
    privacy = {"kind": "personal"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["src", "dst", "kind"], name="one_link_a_kind"),
            models.CheckConstraint(condition=~Q(src=F("dst")), name="nothing_comes_from_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.src_id} {self.kind} {self.dst_id}"
