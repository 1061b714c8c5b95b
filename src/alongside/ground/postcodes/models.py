"""The table of postcodes, and the files it came from. Others publish both, so all of it is open."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

SOUTH, NORTH, WEST, EAST = 49.0, 61.5, -9.0, 2.5  # the islands that have postcodes, in degrees


class Publisher(models.TextChoices):
    """Who made a table, which settles the lines of thanks that its licence asks for."""

    ONS = "ons", _("Office for National Statistics")
    OS = "os", _("Ordnance Survey")
    OWN = "own", _("This place")


class PostcodeFile(models.Model):
    """One file that was loaded: whose it is, what it calls itself, and of which day it speaks."""

    publisher = models.CharField(max_length=3, choices=Publisher.choices)
    name = models.CharField(max_length=120)
    dated = models.DateField()
    loaded = models.DateTimeField(auto_now_add=True)
    privacy = {"publisher": "open", "name": "open", "dated": "open", "loaded": "open"}

    def __str__(self) -> str:
        return f"{self.name}, {self.dated}"


class Postcode(models.Model):
    """One postcode in capitals without its space, and the point that its source gives for it (WGS84)."""

    code = models.CharField(max_length=8, primary_key=True)
    lat = models.FloatField()
    lng = models.FloatField()
    file = models.ForeignKey(PostcodeFile, models.PROTECT, related_name="postcodes")
    privacy = {"code": "open", "lat": "open", "lng": "open"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(lat__gte=SOUTH, lat__lte=NORTH, lng__gte=WEST, lng__lte=EAST),
                name="a_postcode_lies_in_these_islands",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code[:-3]} {self.code[-3:]}"
