"""Paper ballots by their own numbers, and what each of two people read on them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sheet(models.Model):
    """A paper ballot by its own number, which is on no slip and no list. It is keyed in twice, by two people."""

    number_hash = models.CharField(max_length=64, primary_key=True)
    decision = models.ForeignKey("planning.Decision", models.PROTECT, related_name="+")
    group = models.ForeignKey("planning.DecisionGroup", models.PROTECT, related_name="+")
    batch = models.CharField(max_length=24)
    state = models.CharField(
        max_length=8,
        choices=[
            ("printed", _("printed")),
            ("once", _("keyed in once")),
            ("counted", _("counted")),
            ("differs", _("the two differ")),
            ("spoilt", _("spoilt")),
        ],
        default="printed",
    )
    privacy = {"number_hash": "sensitive", "batch": "open", "state": "open"}

    def __str__(self) -> str:
        return f"a sheet of {self.batch}"


class OldPrint(models.Model):
    """Papers of a group in whose place new ones were printed. Of all its old papers together only as many count as
    slips had come back before."""

    group = models.ForeignKey("planning.DecisionGroup", models.PROTECT, related_name="+")
    batch = models.CharField(max_length=24)
    slips = models.PositiveIntegerField()
    privacy = {"batch": "open", "slips": "open"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "batch"], name="a_print_is_replaced_once")]

    def __str__(self) -> str:
        return f"{self.batch} was printed anew"


class Keying(models.Model):
    """What one person read on a sheet. One without marks is an empty sheet, which counts as taking part."""

    key = models.CharField(max_length=64, primary_key=True)
    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="keyings")
    by = models.ForeignKey("ground.Party", models.PROTECT, related_name="+")
    settles = models.BooleanField(default=False)  # the third look, where two differ
    spoilt = models.BooleanField(default=False)  # they could not tell what was meant
    privacy = {"key": "sensitive", "settles": "open", "spoilt": "open"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "by"], name="each_keys_a_sheet_once")]

    def __str__(self) -> str:
        return f"keyed {self.sheet_id[:6]}"


class KeyingMark(models.Model):
    key = models.CharField(max_length=64, primary_key=True)
    keying = models.ForeignKey(Keying, models.CASCADE, related_name="marks")
    option = models.ForeignKey("planning.Option", models.PROTECT, related_name="+")
    value = models.SmallIntegerField()
    privacy = {"key": "sensitive", "value": "sensitive"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["keying", "option"], name="one_keyed_mark_an_option")]

    def __str__(self) -> str:
        return f"a mark keyed for {self.keying_id[:6]}"
