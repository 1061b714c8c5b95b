"""A message to a party: seen on the page, and also sent, posted or told if they prefer."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Way(models.TextChoices):
    PAGE = "page", _("On my page")
    EMAIL = "email", _("By e-mail")
    TEXT = "text", _("By text message")
    LETTER = "letter", _("By letter")
    TELEPHONE = "telephone", _("By telephone, through someone I named")


class Notice(models.Model):
    """One message. A letter waits in the print batch; a telephone notice waits for the named helper."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    to = models.ForeignKey("ground.Party", models.PROTECT, related_name="notices")
    record = models.ForeignKey("ground.Record", models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=200)
    body = models.TextField()
    lang = models.CharField(max_length=8, default="en")  # of the reader, in which the house speaks to them
    body_lang = models.CharField(max_length=8, blank=True)  # where the body is somebody's own words in another
    title_too = models.CharField(max_length=200, blank=True)  # the same in the other language of the house, for
    body_too = models.TextField(blank=True)  # whoever tells it by telephone; empty where somebody's own words
    link = models.CharField(max_length=300, blank=True)
    way = models.CharField(max_length=10, choices=Way.choices, default=Way.PAGE)
    at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    privacy = {
        "key": "open",
        "title": "personal",
        "body": "sensitive",
        "title_too": "personal",
        "body_too": "sensitive",
        "lang": "personal",
        "body_lang": "personal",
        "link": "personal",
        "way": "personal",
        "at": "personal",
        "seen_at": "personal",
        "sent_at": "personal",
    }

    class Meta:
        indexes = [models.Index(fields=["to", "seen_at"])]

    @property
    def written_in(self) -> str:
        """The language of the body."""
        return self.body_lang or self.lang

    def __str__(self) -> str:
        return f"notice {self.pk}"
