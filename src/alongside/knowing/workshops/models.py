"""A mapping workshop, who in the room wants to be named, and what stands on each card (book, box 7.2)."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.knowing.assets.models import AssetKind

LONGEST = 200  # letters on one line of a card: as many as the title of a thing on the map


class Workshop(models.Model):
    """One meeting of a community round its map. Who types its cards has a grant on its record, until it is wiped."""

    record = models.OneToOneField("ground.Record", models.CASCADE, primary_key=True, related_name="+")
    title = models.CharField(max_length=LONGEST)
    day = models.DateField()
    place = models.CharField(max_length=LONGEST, blank=True)
    tables = models.PositiveSmallIntegerField(default=1)
    in_room = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True, blank=True)
    wiped_at = models.DateTimeField(null=True, blank=True)
    privacy = {
        "title": "open",
        "day": "open",
        "place": "open",
        "tables": "open",
        "in_room": "open",
        "closed_at": "open",
        "wiped_at": "open",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(tables__gte=1, tables__lte=99), name="a_workshop_has_tables"),
        ]

    def __str__(self) -> str:
        return self.title


class Guest(models.Model):
    """Somebody in the room who wants to be named, and how to ask them. Wiped once they have answered, or in time."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="guests")
    name = models.CharField(max_length=LONGEST, blank=True)
    reach = models.CharField(max_length=300, blank=True)  # an e-mail address, a number, or where a letter goes
    lang = models.CharField(max_length=8, default="en")
    code = models.CharField(max_length=6, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    disputed_at = models.DateTimeField(null=True, blank=True)  # they say that it was not they who answered
    privacy = {
        "key": "sensitive",
        "name": "personal",
        "reach": "sensitive",
        "lang": "personal",
        "code": "sensitive",
        "asked_at": "personal",
        "answered_at": "personal",
        "disputed_at": "personal",
    }
    kept_back = ("key", "name", "reach", "code")  # another's, not the community's to take away

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="one_open_code_a_guest"),
        ]

    def __str__(self) -> str:
        return f"a guest of {self.workshop_id}"


class Whose(models.TextChoices):
    PERSON = "person", _("A person’s, who is named")
    GROUP = "group", _("A group’s")
    PLACE = "place", _("A place for everyone")
    NOBODY = "nobody", _("Nobody’s name is on it")


class CardState(models.TextChoices):
    TYPED = "typed", _("Typed in")
    SHARED = "shared", _("On the map")
    KEPT = "kept", _("On their own page")
    WIPED = "wiped", _("Wiped")


class Card(models.Model):
    """One card. Its words stand here only until they stand with whoever said them; then nothing of them is left."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="cards")
    code = models.CharField(max_length=6)  # as printed on it: L, C, P or M, and a number
    table = models.PositiveSmallIntegerField(null=True, blank=True)
    whose = models.CharField(max_length=6, choices=Whose.choices)
    guest = models.ForeignKey(Guest, models.CASCADE, null=True, blank=True, related_name="cards")
    about = models.CharField(max_length=LONGEST, blank=True)  # the group or the place
    wish = models.BooleanField(default=False)
    kind = models.CharField(max_length=12, choices=AssetKind.choices, blank=True)
    domain = models.CharField(max_length=24, blank=True)
    words = models.CharField(max_length=LONGEST, blank=True)
    may_share = models.BooleanField(default=False)  # what the box on the card says; asked again before anything shows
    state = models.CharField(max_length=6, choices=CardState.choices, default=CardState.TYPED)
    became = models.ForeignKey("ground.Record", models.SET_NULL, null=True, blank=True, related_name="+")
    typed_by = models.ForeignKey("ground.Party", models.PROTECT, null=True, related_name="+")
    typed_at = models.DateTimeField(auto_now_add=True)
    privacy = {
        "key": "sensitive",
        "code": "open",
        "table": "open",
        "whose": "open",
        "about": "personal",
        "wish": "open",
        "kind": "open",
        "domain": "open",
        "words": "sensitive",
        "may_share": "personal",
        "state": "open",
        "typed_at": "personal",
    }
    kept_back = ("key", "about", "words", "may_share", "guest", "became")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workshop", "code"], name="a_card_is_typed_once")]

    def __str__(self) -> str:
        return f"card {self.code} of {self.workshop_id}"


class GroupAsk(models.Model):
    """A card that speaks of a group on the register, asked of those who look after that group. Gone with their yes."""

    card = models.ForeignKey(Card, models.CASCADE, related_name="asks")
    group = models.ForeignKey("ground.Party", models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    no_at = models.DateTimeField(null=True, blank=True)
    privacy = {"asked_at": "personal", "no_at": "personal"}
    kept_back = ("group",)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["card", "group"], name="a_group_is_asked_once_a_card")]

    def __str__(self) -> str:
        return f"asked about card {self.card_id}"


class Who(models.TextChoices):
    """The three questions of asset-based community development (book, table 3.2 and after)."""

    OURSELVES = "ourselves", _("What we do ourselves")
    WITH_HELP = "with_help", _("What we do with some help")
    BY_OTHERS = "by_others", _("What others should do")


class Step(models.Model):
    """One line that the room wrote under one of the three questions."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="steps")
    who = models.CharField(max_length=9, choices=Who.choices)
    words = models.CharField(max_length=LONGEST)
    privacy = {"key": "open", "who": "open", "words": "personal"}

    def __str__(self) -> str:
        return self.words
