"""What was found with everybody's wishes in mind: a run, what it looked for, what it found, what one more would do.

Only ids and minutes stand here. Why something is an idea is read afresh from what the reader may see now.
"""

from django.db import models
from django.db.models import Q


class Run(models.Model):
    """One look through the whole place. `digest` marks everything it came from, `made_with` says by what numbers, and
    `answer` marks what came out: the same for the same. Counts are for checks, not pages."""

    at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    made_with = models.CharField(max_length=200, default="")
    answer = models.CharField(max_length=64, default="")
    wishes = models.PositiveIntegerField()
    offers = models.PositiveIntegerField()
    pairs = models.PositiveIntegerField()
    exact = models.BooleanField(default=True)
    gap = models.FloatField(default=0.0)
    upto = models.BigIntegerField(default=0)  # the last event it knows of, itself or mended since
    privacy = {
        "at": "open",
        "digest": "open",
        "made_with": "open",
        "answer": "open",
        "wishes": "sensitive",  # how many there are, true to one, is a figure about people
        "offers": "sensitive",
        "pairs": "sensitive",
        "exact": "open",
        "gap": "open",
        "upto": "open",
    }

    def __str__(self) -> str:
        return f"run of {self.at:%Y-%m-%d %H:%M}"


class Sought(models.Model):
    """One wish that a run looked for: minutes of a week still wanted, how many are met, and how served its owner is."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="sought")
    outcome = models.ForeignKey("knowing.Outcome", models.CASCADE, related_name="+")
    wanted = models.PositiveIntegerField()
    met = models.PositiveIntegerField()
    band = models.PositiveSmallIntegerField()
    privacy = {"wanted": "personal", "met": "personal", "band": "personal"}

    class Meta:
        verbose_name_plural = "sought"
        constraints = [
            models.UniqueConstraint(fields=["run", "outcome"], name="one_search_a_wish_and_run"),
            models.CheckConstraint(condition=Q(band__gte=1) & Q(band__lte=5), name="a_band_from_one_to_five"),
        ]

    def __str__(self) -> str:
        return f"sought in run {self.run_id}"


class Found(models.Model):
    """One idea: so many minutes of something on offer. It says nothing to its holder, and nothing is promised.

    The asset goes when its record is erased. It is no part of what the holder may take away: it is about another
    person's wish.
    """

    sought = models.ForeignKey(Sought, models.CASCADE, related_name="found")
    asset = models.ForeignKey("knowing.Asset", models.SET_NULL, null=True, related_name="+")
    minutes = models.PositiveIntegerField()
    privacy = {"minutes": "personal"}

    class Meta:
        verbose_name_plural = "found"
        constraints = [models.UniqueConstraint(fields=["sought", "asset"], name="one_finding_an_asset")]

    def __str__(self) -> str:
        return f"found for {self.sought_id}"


class Further(models.Model):
    """So many more holders of one kind, in one neighbourhood, would let more people do what they want. How many people
    stands in the published figures alone; `offers` is rounded as that is, and changes with it."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="further")
    area = models.ForeignKey("ground.Area", models.PROTECT, related_name="+")
    domain = models.CharField(max_length=24)
    offers = models.PositiveSmallIntegerField()
    paid = models.BooleanField(default=False)
    privacy = {"domain": "open", "offers": "open", "paid": "open"}

    class Meta:
        verbose_name_plural = "further"
        constraints = [
            models.UniqueConstraint(fields=["run", "area", "domain", "paid"], name="one_line_of_what_more_would_do")
        ]

    def __str__(self) -> str:
        return f"{self.offers} more: {self.domain}"


class RunFigure(models.Model):
    """A figure of the whole place as it was published after a run, to be set beside the next one."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="figures")
    measure = models.CharField(max_length=40)
    category = models.CharField(max_length=24)
    value = models.PositiveIntegerField(null=True)
    shown_in = models.PositiveSmallIntegerField()  # areas that show it
    privacy = dict.fromkeys(["measure", "category", "value", "shown_in"], "open")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "measure", "category"], name="one_run_figure_a_category"),
            models.CheckConstraint(condition=Q(value=None) | Q(value__gte=10), name="a_small_run_figure_is_hidden"),
        ]

    def __str__(self) -> str:
        return f"{self.category}: {self.value}"
