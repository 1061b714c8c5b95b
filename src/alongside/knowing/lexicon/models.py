"""What each thing on offer serves, and what the stewards of this place added to the lexicon."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class How(models.TextChoices):
    """How it is known that something serves a concept. Who says it themselves comes before what was guessed."""

    WORDS = "words", _("its words say so")
    MEANING = "meaning", _("its words mean something like it")
    HELPED = "helped", _("it has helped people who meant this")
    TICKED = "ticked", _("the holder says so")
    STEWARD = "steward", _("a steward says so")


SAID = (How.TICKED, How.STEWARD)


class AssetSense(models.Model):
    """With which state of the lexicon an asset was last looked at; empty while it waits. A trigger keeps one row
    for each asset and empties it when the words change (installed.py)."""

    asset = models.OneToOneField("knowing.Asset", models.CASCADE, primary_key=True, related_name="+")
    lexicon = models.CharField(max_length=16, blank=True, db_default="")
    privacy = {"lexicon": "open"}

    class Meta:
        indexes = [models.Index(fields=["lexicon"])]

    def __str__(self) -> str:
        return self.lexicon


class AssetConcept(models.Model):
    """One concept an asset serves, in hundredths. What a person says stays when words or lexicon change; 0 from a
    steward means that it does not serve it whatever is guessed."""

    asset = models.ForeignKey("knowing.Asset", models.CASCADE, related_name="+")
    concept = models.CharField(max_length=48)
    weight = models.PositiveSmallIntegerField()
    how = models.CharField(max_length=8, choices=How.choices)
    privacy = {"concept": "open", "weight": "open", "how": "open"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["asset", "concept"], name="one_concept_an_asset"),
            models.CheckConstraint(condition=models.Q(weight__lte=100), name="a_concept_weighs_to_100"),
        ]
        indexes = [models.Index(fields=["concept", "weight"])]

    def __str__(self) -> str:
        return f"{self.concept} {self.weight}"


class Helped(models.Model):
    """How often an introduction made from words that meant this concept helped through this asset. Numbers only."""

    asset = models.ForeignKey("knowing.Asset", models.CASCADE, related_name="+")
    concept = models.CharField(max_length=48)
    times = models.PositiveIntegerField(default=0)
    privacy = {"concept": "personal", "times": "personal"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asset", "concept"], name="one_count_of_help")]

    def __str__(self) -> str:
        return f"{self.concept} {self.times}"


class OwnConcept(models.Model):
    """Something that matters here and is not in the book's lexicon, added by the stewards of this place."""

    key = models.SlugField(max_length=48, unique=True)
    domain = models.CharField(max_length=24)
    label = models.CharField(max_length=80)
    label_cy = models.CharField(max_length=80, blank=True)
    urgent = models.BooleanField(default=False)
    gone = models.BooleanField(default=False)
    privacy = dict.fromkeys(["key", "domain", "label", "label_cy", "urgent", "gone"], "open")

    def __str__(self) -> str:
        return self.label


class Part(models.TextChoices):
    SAYS = "says", _("People say")
    SIGNS = "signs", _("Things on offer say")


class Phrase(models.Model):
    """A way people here put it, or a word by which things here show it. Taken out, it stays in the history."""

    concept = models.CharField(max_length=48)
    part = models.CharField(max_length=5, choices=Part.choices)
    lang = models.CharField(max_length=2, default="en")
    words = models.CharField(max_length=200)
    by = models.ForeignKey("ground.Party", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())
    gone_by = models.ForeignKey("ground.Party", models.SET_NULL, null=True, related_name="+")
    gone_at = models.DateTimeField(null=True, blank=True)
    privacy = dict.fromkeys(["concept", "part", "lang", "words", "at", "gone_at"], "open")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["concept", "part", "lang", "words"],
                condition=models.Q(gone_at=None),
                name="one_phrase_a_concept",
            )
        ]

    def __str__(self) -> str:
        return self.words
