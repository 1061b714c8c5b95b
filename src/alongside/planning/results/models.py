"""What came out of a count: written once, and proved again by `alongside check` from the stored ballots.

Exact figures stand as "7/2", in text fields: after many rounds they can be very long.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Result(models.Model):
    """The outcome. Sums are pence; `ballots_sha` is of everything that was counted. `verdict` says why nothing won."""

    decision = models.OneToOneField("planning.Decision", models.PROTECT, primary_key=True, related_name="+")
    counted_on = models.DateField()
    ballots = models.PositiveIntegerField()
    state = models.CharField(
        max_length=11,
        choices=[
            ("decided", _("decided")),
            ("not_decided", _("not decided")),
            ("talk_again", _("back for talk")),
        ],
    )
    verdict = models.CharField(max_length=40, blank=True)  # a code of methods/say
    spent_pence = models.BigIntegerField(default=0)
    with_nothing = models.PositiveIntegerField(default=0)  # ballots none of whose picks won
    grown_steps = models.PositiveIntegerField(default=0)  # how often shares were made bigger
    grown = models.TextField(blank=True)  # by which part of their first size, exact
    us_grown = models.TextField(blank=True)  # the same where only people's and communities' were
    of_us = models.TextField(blank=True)  # which part of what was spent they paid, exact
    why = models.TextField(blank=True)  # codes of methods/say with group and numbers, a line each
    salt = models.CharField(max_length=64)  # goes into the sum, so that nobody finds choices by trying them
    ballots_sha = models.CharField(max_length=64)
    privacy = {
        "counted_on": "open",
        "ballots": "open",
        "state": "open",
        "verdict": "open",
        "spent_pence": "open",
        "with_nothing": "open",
        "grown_steps": "open",
        "grown": "open",
        "us_grown": "open",
        "of_us": "open",
        "why": "open",
        "salt": "sensitive",  # where the choices are given out it is shown with them
        "ballots_sha": "open",
    }

    def __str__(self) -> str:
        return f"result of {self.decision_id}"


class ResultOption(models.Model):
    """How one option fared. `place` is its round or rank where it won; exact figures stand as "7/2"."""

    result = models.ForeignKey(Result, models.CASCADE, related_name="options")
    option = models.ForeignKey("planning.Option", models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField(null=True)
    picked = models.PositiveIntegerField(default=0)  # ballots that gave it anything
    got = models.TextField(blank=True)  # its share of the say, its score or its points, exact
    each_paid = models.TextField(blank=True)  # the most that any one share put in
    left_pence = models.BigIntegerField(null=True)  # what those who picked it had left between them
    short_pence = models.BigIntegerField(null=True)
    why_not = models.CharField(max_length=40, blank=True)  # a code of methods/say
    why = models.TextField(blank=True)  # all of them with group and numbers, a line each
    all_alike = models.BooleanField(default=False)  # everyone who picked it put in the same
    by_votes = models.BooleanField(default=False)  # taken from the list of votes with money that was left
    other_place = models.PositiveSmallIntegerField(null=True)  # under the rule that was not chosen
    privacy = dict.fromkeys(
        ["place", "picked", "got", "each_paid", "left_pence", "short_pence", "why_not", "why", "all_alike"], "open"
    ) | {"by_votes": "open", "other_place": "open"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["result", "option"], name="one_fate_an_option")]

    def __str__(self) -> str:
        return f"{self.option_id} in {self.result_id}"


class ResultGroup(models.Model):
    """What one group held and what it paid. Groups under five are stored too, and merged wherever they are shown."""

    result = models.ForeignKey(Result, models.CASCADE, related_name="groups")
    group = models.ForeignKey("planning.DecisionGroup", models.PROTECT, related_name="+")
    ballots = models.PositiveIntegerField()
    share = models.TextField()  # of the say at the start, exact
    held = models.TextField(blank=True)  # of the say by those who took part, exact
    paid = models.TextField(blank=True)  # pence, exact
    with_nothing = models.PositiveIntegerField(default=0)
    first_won = models.PositiveIntegerField(default=0)  # ballots whose first choice won
    privacy = dict.fromkeys(["ballots", "share", "held", "paid", "with_nothing", "first_won"], "sensitive")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["result", "group"], name="one_effect_a_group")]

    def __str__(self) -> str:
        return f"{self.group_id} in {self.result_id}"


class ResultPaid(models.Model):
    """What one group paid for, and how many of it picked, one option."""

    fate = models.ForeignKey(ResultOption, models.CASCADE, related_name="paid")
    group = models.ForeignKey("planning.DecisionGroup", models.PROTECT, related_name="+")
    picked = models.PositiveIntegerField(default=0)
    paid = models.TextField(blank=True)  # pence, exact
    privacy = dict.fromkeys(["picked", "paid"], "sensitive")

    class Meta:
        verbose_name_plural = "result paid"
        constraints = [models.UniqueConstraint(fields=["fate", "group"], name="one_payment_a_group_and_option")]

    def __str__(self) -> str:
        return f"{self.paid}"


class ResultTie(models.Model):
    """A tie that was met, and what broke it. `among` are the options' numbers."""

    result = models.ForeignKey(Result, models.CASCADE, related_name="ties")
    n = models.PositiveSmallIntegerField()
    among = models.CharField(max_length=400)
    chosen = models.ForeignKey("planning.Option", models.PROTECT, related_name="+")
    broken_by = models.CharField(max_length=12)  # cost, votes or lot
    times = models.PositiveIntegerField(default=1)
    privacy = dict.fromkeys(["n", "among", "broken_by", "times"], "open")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["result", "n"], name="ties_in_order")]

    def __str__(self) -> str:
        return f"tie {self.n} of {self.result_id}"
