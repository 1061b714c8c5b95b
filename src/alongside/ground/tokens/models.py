"""Tokens by which another program reads or writes for somebody."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """What a program may do, in plain words. Nothing else is open to it."""

    PUBLIC = "public", _("Read what anyone can read")
    PAGE = "page", _("See what I have to share and what I wish for")
    PLAN = "plan", _("See my plan")
    SHARING = "sharing", _("See who can see my things and who has looked, and take sharing back")
    OFFER = "offer", _("Offer things for me, and keep them up to date")
    WISH = "wish", _("Wish for things for me")


class Token(models.Model):
    """A program that may act for a party until a day. Only a hash of what opens the door is kept."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    holder = models.ForeignKey("ground.Party", models.PROTECT, related_name="tokens")
    made_by = models.ForeignKey("ground.Party", models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)  # of the program, in the holder's words
    prefix = models.CharField(max_length=8)  # its first letters, to know it by
    token_hash = models.CharField(max_length=64, unique=True)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    last_used = models.DateField(null=True, blank=True)  # the day only
    ended_at = models.DateTimeField(null=True, blank=True)
    privacy = {
        "key": "open",
        "name": "personal",
        "prefix": "personal",
        "token_hash": "sensitive",
        "since": "personal",
        "until": "personal",
        "last_used": "personal",
        "ended_at": "personal",
    }

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(until__gt=F("since")), name="a_token_ends_after_it_starts")]

    def __str__(self) -> str:
        return self.name


class TokenScope(models.Model):
    """One thing that a token opens."""

    token = models.ForeignKey(Token, models.CASCADE, related_name="scopes")
    scope = models.CharField(max_length=12, choices=Scope.choices)
    privacy = {"scope": "personal"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "scope"], name="one_scope_a_token")]

    def __str__(self) -> str:
        return self.scope
