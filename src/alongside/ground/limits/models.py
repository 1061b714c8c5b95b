"""How much each caller has asked for, and how often somebody has tried, under hashes that soon are others."""

from django.db import models


class Allowance(models.Model):
    """How often one caller has asked in one minute, or in the hour or day that ends with it. The caller stands as a
    keyed hash that changes each time."""

    caller = models.CharField(max_length=64)
    minute = models.PositiveIntegerField()  # since 1970
    used = models.PositiveIntegerField(default=0)
    privacy = {"caller": "open", "minute": "open", "used": "open"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["caller", "minute"], name="one_allowance_a_caller_and_minute")]

    def __str__(self) -> str:
        return f"{self.used} in minute {self.minute}"
