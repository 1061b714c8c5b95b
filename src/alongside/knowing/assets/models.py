"""One register for all holders and kinds: a bench and something fun count as much as a service."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _


class AssetKind(models.TextChoices):
    """What can be held and brought (domain.md; book table 3.1)."""

    SKILL = "skill", _("A skill")
    KNOWLEDGE = "knowledge", _("Something I know")
    TIME = "time", _("Time")
    RELATIONSHIP = "relationship", _("People I know")
    SPACE = "space", _("A place to be or to use")
    EQUIPMENT = "equipment", _("Things to lend")
    MONEY = "money", _("Money")
    STORY = "story", _("A story")
    NATURE = "nature", _("Nature")
    ACTIVITY = "activity", _("Something to join in")
    SERVICE = "service", _("A service")


class Cost(models.TextChoices):
    UNKNOWN = "unknown", _("Ask about the cost")
    FREE = "free", _("Free")
    PAY_WHAT_YOU_CAN = "pay_what_you_can", _("Pay what you can")
    PAID = "paid", _("Costs money")


class Access(models.TextChoices):
    """What makes it work for somebody. Words say it; an icon cannot say "nearly"."""

    LEVEL = "level", _("Level way in")
    TOILET = "toilet", _("Accessible toilet")
    LOOP = "loop", _("Hearing loop")
    SIGN = "sign", _("Sign language")
    QUIET = "quiet", _("Quiet space")
    COMPANION = "companion", _("I can come with someone")
    HOME = "home", _("Comes to you")
    ONLINE = "online", _("Can be done online or by phone")
    TRANSPORT = "transport", _("Lifts or transport")
    WELSH = "welsh", _("In Welsh")
    SIT = "sit", _("Sit down without buying")
    ANY_TOILET = "any_toilet", _("A toilet anyone may use")
    QUIET_HOUR = "quiet_hour", _("A quiet hour")
    TRAINED = "trained", _("Staff trained to help")
    WATER = "water", _("Free drinking water")
    BABY = "baby", _("Room to feed or change a baby")


class Asset(models.Model):
    """What a party holds and may bring. Holder and audience stand on the record."""

    record = models.OneToOneField("ground.Record", models.CASCADE, primary_key=True, related_name="+")
    kind = models.CharField(max_length=12, choices=AssetKind.choices)
    title = models.CharField(max_length=200)
    words = models.TextField(blank=True)
    cost = models.CharField(max_length=16, choices=Cost.choices, default=Cost.UNKNOWN)
    cost_words = models.CharField(max_length=200, blank=True)
    open_to = models.CharField(max_length=300, blank=True)
    least_age = models.PositiveSmallIntegerField(null=True, blank=True)
    most_age = models.PositiveSmallIntegerField(null=True, blank=True)
    how = models.CharField(max_length=300, blank=True)  # how to get in touch, as the holder says it
    website = models.CharField(max_length=500, blank=True)
    paid = models.BooleanField(default=False)  # people are paid to do it
    confirmed_on = models.DateField(null=True, blank=True)
    from_list = models.BooleanField(default=False)  # a feed says whether it is still so, not its holder
    room_for = models.PositiveSmallIntegerField(null=True, blank=True)  # how many newcomers; None says nothing
    least_people = models.PositiveSmallIntegerField(null=True, blank=True)  # it starts when so many want to come
    room_until = models.DateField(null=True, blank=True)
    paused = models.BooleanField(default=False)
    back_on = models.DateField(null=True, blank=True)  # the day a break ends by itself
    privacy = {
        "kind": "open",
        "title": "personal",
        "words": "personal",
        "cost": "open",
        "cost_words": "personal",
        "open_to": "personal",
        "least_age": "open",
        "most_age": "open",
        "how": "personal",
        "website": "personal",
        "paid": "open",
        "confirmed_on": "open",
        "from_list": "open",
        "room_for": "open",
        "least_people": "open",
        "room_until": "open",
        "paused": "open",
        "back_on": "open",
    }

    class Meta:
        indexes = [models.Index(fields=["kind"])]

    def __str__(self) -> str:
        return self.title

    def has_room(self, today: date) -> bool:
        """Whether one more may come: what was said for a time counts until that day."""
        over = self.room_until is not None and self.room_until < today
        return self.room_for is None or over or self.room_for > 0


class AssetDomain(models.Model):
    """A part of life this helps with (frameworks/life_domains.toml)."""

    asset = models.ForeignKey(Asset, models.CASCADE, related_name="domains")
    domain = models.CharField(max_length=24)
    privacy = {"domain": "open"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asset", "domain"], name="one_domain_an_asset")]

    def __str__(self) -> str:
        return self.domain


class AssetWhen(models.Model):
    """When it happens, as an RFC 5545 rule with the first start in local time."""

    asset = models.ForeignKey(Asset, models.CASCADE, related_name="whens")
    starts = models.DateTimeField(null=True, blank=True)
    rrule = models.CharField(max_length=300, blank=True)
    tz = models.CharField(max_length=40, default="Europe/London")
    minutes = models.PositiveIntegerField(null=True, blank=True)
    words = models.CharField(max_length=200, blank=True)
    privacy = dict.fromkeys(["starts", "rrule", "tz", "minutes", "words"], "open")

    def __str__(self) -> str:
        return self.words or self.rrule


class AssetDay(models.Model):
    """A weekday on which it happens (0 is Monday), worked out from the rules for quick filters."""

    asset = models.ForeignKey(Asset, models.CASCADE, related_name="days")
    weekday = models.PositiveSmallIntegerField()
    starts = models.TimeField(null=True, blank=True)
    ends = models.TimeField(null=True, blank=True)
    privacy = dict.fromkeys(["weekday", "starts", "ends"], "open")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="a_week_has_seven_days"),
        ]

    def __str__(self) -> str:
        return str(self.weekday)


class AssetAccess(models.Model):
    """One thing that makes it work for somebody."""

    asset = models.ForeignKey(Asset, models.CASCADE, related_name="access")
    feature = models.CharField(max_length=12, choices=Access.choices)
    words = models.CharField(max_length=200, blank=True)
    privacy = {"feature": "open", "words": "open"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asset", "feature"], name="one_feature_an_asset")]

    def __str__(self) -> str:
        return self.feature


class Unit(models.TextChoices):
    MINUTES = "minutes", _("minutes")
    PLACES = "places", _("places")
    TIMES = "times", _("times")


class Offer(models.Model):
    """How much of an asset may be used in a week. Taken by one conditional update when the holder says yes."""

    asset = models.OneToOneField(Asset, models.CASCADE, primary_key=True, related_name="offer")
    unit = models.CharField(max_length=8, choices=Unit.choices, default=Unit.MINUTES)
    per_week = models.PositiveIntegerField()
    limit_pct = models.PositiveSmallIntegerField(default=60)
    promised = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField(null=True, blank=True)
    privacy = {
        "unit": "open",
        "per_week": "personal",
        "limit_pct": "personal",
        "promised": "personal",
        "asked_at": "personal",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(promised__gte=0) & Q(per_week__gte=0) & Q(limit_pct__lte=100),
                name="an_offer_makes_sense",
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(F("promised") * 100, F("per_week") * F("limit_pct")),
                name="never_over_the_limit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.promised} of {self.per_week} {self.unit}"
