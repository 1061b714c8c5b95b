"""An introduction: something on offer may meet a wish. Each side has a record of its own, so that neither can be
read, taken away or erased with the other; nothing here holds a name."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    PROPOSED = "proposed", _("Waits for an answer")
    AGREED = "agreed", _("You both said yes")
    DECLINED = "declined", _("Not this time")
    LAPSED = "lapsed", _("Nobody answered in time")
    ENDED = "ended", _("Over")


class Introduction(models.Model):
    """A wish, what may meet it, and who brings them together. What is erased leaves an empty place here."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    wish = models.ForeignKey("knowing.Wish", models.SET_NULL, null=True, related_name="+")
    asset = models.ForeignKey("knowing.Asset", models.SET_NULL, null=True, related_name="+")
    introducer = models.ForeignKey("ground.Party", models.PROTECT, null=True, related_name="+")
    stage = models.CharField(max_length=8, choices=Stage.choices, default=Stage.PROPOSED)
    minutes = models.PositiveIntegerField(default=0)  # a week, of what is on offer, while it stands
    made = models.DateTimeField(default=timezone.now)
    expires = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True, blank=True)
    holds_place = models.BooleanField(default=False)
    unasked = models.BooleanField(default=False)  # two of them want nothing of each other: it lapses like any other
    wish_shown = models.BooleanField(default=False)  # the holder could read the wish when it was proposed
    asked_how_at = models.DateTimeField(null=True, blank=True)
    privacy = {
        "key": "open",
        "stage": "personal",
        "minutes": "personal",
        "made": "personal",
        "expires": "personal",
        "agreed_at": "personal",
        "holds_place": "personal",
        "unasked": "sensitive",
        "wish_shown": "personal",
        "asked_how_at": "personal",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["wish", "asset"],
                condition=Q(stage__in=("proposed", "agreed")),
                name="one_open_introduction_a_pair",
            )
        ]
        indexes = [models.Index(fields=["stage", "expires"])]

    def __str__(self) -> str:
        return "introduction"


class Part(models.TextChoices):
    WISHER = "wisher", _("wishes for it")
    HOLDER = "holder", _("has it")


class Said(models.TextChoices):
    WAITING = "waiting", _("Not answered yet")
    YES = "yes", _("Yes")
    NO = "no", _("Not this time")


class Meet(models.TextChoices):
    """Where two people meet first; never at a home."""

    PUBLIC = "public", _("In a public place, like a café or the library")
    USUAL = "usual", _("Where the group or place is open to all")
    INTRODUCER = "introducer", _("With the person who introduces us")


class Went(models.TextChoices):
    HELPED = "helped", _("It helped")
    NOT_FOR_ME = "not_for_me", _("It was not for me")
    DID_NOT_HAPPEN = "did_not_happen", _("It did not happen")


class Side(models.Model):
    """One of the two: what they say about themselves, their answer, how to reach them, and how it went."""

    record = models.OneToOneField("ground.Record", models.CASCADE, primary_key=True, related_name="+")
    introduction = models.ForeignKey(Introduction, models.CASCADE, related_name="sides")
    part = models.CharField(max_length=6, choices=Part.choices)
    said = models.CharField(max_length=7, choices=Said.choices, default=Said.WAITING)
    words = models.CharField(max_length=500, blank=True)  # told to the other before both say yes
    reach = models.CharField(max_length=300, blank=True)  # told to the other after both said yes
    meet = models.CharField(max_length=10, choices=Meet.choices, blank=True)
    meet_words = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    went = models.CharField(max_length=14, choices=Went.choices, blank=True)
    thanks = models.CharField(max_length=500, blank=True)
    privacy = {
        "part": "open",
        "said": "personal",
        "words": "sensitive",
        "reach": "sensitive",
        "meet": "personal",
        "meet_words": "sensitive",
        "answered_at": "personal",
        "went": "sensitive",
        "thanks": "sensitive",
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["introduction", "part"], name="one_side_a_part")]

    def __str__(self) -> str:
        return self.part


class Told(models.Model):
    """A wish's owner was told of something that may meet it; each thing once, and one message a week a wish."""

    wish = models.ForeignKey("knowing.Wish", models.CASCADE, related_name="+")
    asset = models.ForeignKey("knowing.Asset", models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    privacy = {"at": "personal"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wish", "asset"], name="one_telling_a_pair")]
        verbose_name_plural = "told"

    def __str__(self) -> str:
        return f"told of {self.asset_id}"
