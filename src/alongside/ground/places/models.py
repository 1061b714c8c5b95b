"""Areas that need not nest, what is known about them, and the place this installation serves."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.ground.people.language import page_language


class AreaKind(models.TextChoices):
    """Kinds of area, finest first. `own` is an edge that a community drew itself."""

    STREET = "street", _("Street")
    LSOA = "lsoa", _("Nearby streets")
    OWN = "own", _("Community's own edge")
    MSOA = "msoa", _("Neighbourhood")
    WARD = "ward", _("Ward")
    DISTRICT = "district", _("District")
    REGION = "region", _("Region")
    NATION = "nation", _("Nation")


class Area(models.Model):
    """A place with an edge. Kind, edition and code make it one; areas of different kinds overlap freely."""

    kind = models.CharField(max_length=10, choices=AreaKind.choices)
    edition = models.CharField(max_length=10)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    boundary = models.TextField(blank=True)  # GeoJSON geometry, WGS84
    west = models.FloatField(null=True)
    south = models.FloatField(null=True)
    east = models.FloatField(null=True)
    north = models.FloatField(null=True)
    lat = models.FloatField(null=True)  # a point that surely lies inside
    lng = models.FloatField(null=True)
    privacy = dict.fromkeys(
        ["kind", "edition", "code", "name", "boundary", "west", "south", "east", "north", "lat", "lng"],
        "open",
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "edition", "code"], name="one_area_a_code_and_edition")]
        indexes = [models.Index(fields=["kind", "name"])]

    def __str__(self) -> str:
        return self.name


class AreaWithin(models.Model):
    """How much of one area lies in another, as a share of the part's surface."""

    part = models.ForeignKey(Area, models.CASCADE, related_name="wholes")
    whole = models.ForeignKey(Area, models.CASCADE, related_name="parts")
    share = models.FloatField()
    privacy = {"share": "open"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["part", "whole"], name="one_share_a_pair"),
            models.CheckConstraint(condition=Q(share__gt=0) & Q(share__lte=1.0001), name="a_share_is_a_share"),
        ]

    def __str__(self) -> str:
        return f"{self.share:.0%} of {self.part_id} in {self.whole_id}"


class AreaFigure(models.Model):
    """One official figure about an area: population, a deprivation rank. Published elsewhere, so open."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="figures")
    measure = models.CharField(max_length=80)
    period = models.CharField(max_length=20, blank=True)
    value = models.FloatField()
    source = models.CharField(max_length=200, blank=True)
    privacy = {"measure": "open", "period": "open", "value": "open", "source": "open"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "measure", "period"], name="one_figure_a_measure")]

    def __str__(self) -> str:
        return f"{self.measure} of {self.area_id}"


class Installation(models.Model):
    """The one place this installation serves, and who to turn to there."""

    name = models.CharField(max_length=120)
    name_cy = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40)
    paper = models.TextField(blank=True)  # where paper can be had and handed in
    paper_cy = models.TextField(blank=True)
    area = models.ForeignKey(Area, models.SET_NULL, null=True, related_name="+")
    host = models.ForeignKey("ground.Party", models.PROTECT, null=True, related_name="+")
    worry_person = models.ForeignKey("ground.Party", models.PROTECT, null=True, related_name="+")
    worry_phone = models.CharField(max_length=40, blank=True)
    safeguarding = models.TextField(blank=True)  # the written route
    demo = models.BooleanField(default=False)
    opened = models.DateTimeField(auto_now_add=True)
    privacy = dict.fromkeys(
        ["name", "name_cy", "phone", "paper", "paper_cy", "worry_phone", "safeguarding", "demo", "opened"], "open"
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_installation")]

    def __str__(self) -> str:
        return self.name

    @property
    def paper_lang(self) -> str:
        """The language in which the line about paper stands on a page of now: its own, else the other there is."""
        wanted, other = (self.paper_cy, self.paper) if page_language() == "cy" else (self.paper, self.paper_cy)
        return page_language() if wanted or not other else "en" if page_language() == "cy" else "cy"

    @property
    def paper_words(self) -> str:
        return self.paper_cy if self.paper_lang == "cy" else self.paper
