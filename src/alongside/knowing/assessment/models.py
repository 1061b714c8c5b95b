"""Figures about people as they were published, kept so that the same figure is the same next time.

`methods/disclosure` decides what may be shown; these tables are its memory from release to release.
"""

from django.db import models
from django.db.models import Q


class PublishedTable(models.Model):
    """One fixed table of figures about people, at one level and edition of areas for good."""

    measure = models.CharField(max_length=40, unique=True)
    level = models.CharField(max_length=10)
    edition = models.CharField(max_length=10)
    looked_at = models.DateTimeField()
    privacy = dict.fromkeys(["measure", "level", "edition", "looked_at"], "open")

    def __str__(self) -> str:
        return self.measure


class PublishedRow(models.Model):
    """One area of a table, and how many people stood behind it when its figures were last renewed."""

    table = models.ForeignKey(PublishedTable, models.CASCADE, related_name="rows")
    area = models.ForeignKey("ground.Area", models.PROTECT, related_name="+")
    people = models.PositiveIntegerField()  # never shown
    privacy = {"people": "sensitive"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["table", "area"], name="one_row_an_area")]

    def __str__(self) -> str:
        return f"{self.table_id}: {self.area_id}"


class PublishedFigure(models.Model):
    """One figure as anyone may see it: a multiple of 5, or nothing where it is hidden."""

    row = models.ForeignKey(PublishedRow, models.CASCADE, related_name="figures")
    category = models.CharField(max_length=24)
    value = models.PositiveIntegerField(null=True)
    privacy = {"category": "open", "value": "open"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["row", "category"], name="one_figure_a_category"),
            models.CheckConstraint(condition=Q(value=None) | Q(value__gte=10), name="a_small_figure_is_hidden"),
        ]

    def __str__(self) -> str:
        return f"{self.category}: {self.value}"
