"""A decision: the question, what it can change, who holds which part of the say, the rule, and when each phase is.

One record at every level, from a hall of forty people to a whole area (book table 1.1, box 3.12 and chapter 7).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alongside.ground.history.actor import Actor
from alongside.ground.records.models import Audience

MILLION = 1_000_000


class Basis(models.TextChoices):
    """Whose money, assets or life this is about. It says how much of the say people and communities hold."""

    OWN_LIFE = "own_life", _("One person's own life")
    OURS = "ours", _("What belongs to people and communities, or was handed to them")
    SHARED = "shared", _("What people and organisations decide together")


class Rule(models.TextChoices):
    """How it is decided."""

    CONSENT = "consent", _("Go ahead when nobody has a reason against it left")
    SCORE = "score", _("Give each idea 0 to 5")
    APPROVAL = "approval", _("Pick every idea you like")
    RANKING = "ranking", _("Put ideas in your order")
    BUDGET = "budget", _("Share out a sum of money")
    SUPPORTED = "supported", _("The person decides, with support")


class Marking(models.TextChoices):
    """How a ballot for money is filled in."""

    APPROVAL = "approval", _("Pick every idea you like")
    POINTS = "points", _("Share out points")
    RANKING = "ranking", _("Put ideas in your order")


class Method(models.TextChoices):
    """How a sum is shared out."""

    EQUAL_SHARES = "equal_shares", _("Fair-share voting")
    GREEDY = "greedy", _("Most votes first, until the money is spent")


class Utility(models.TextChoices):
    """What a ballot gains from an idea that it picked: its price, or one."""

    COST = "cost", _("Its price")
    CARDINALITY = "cardinality", _("One for each idea")


class Completion(models.TextChoices):
    """What happens with money that no idea takes."""

    NONE = "none", _("Stop there")
    ADD1 = "add1", _("Make all shares bigger by the same part")
    GREEDY = "greedy", _("Most votes first with what is left")


class Stage(models.TextChoices):
    """What has been made of it. Which phase it is in is read from the days."""

    DRAFT = "draft", _("Being written")
    OPEN = "open", _("Open")
    DECIDED = "decided", _("Decided")
    NOT_DECIDED = "not_decided", _("Not decided")
    TALK_AGAIN = "talk_again", _("Back for talk")
    STOPPED = "stopped", _("Stopped")


class Side(models.TextChoices):
    """Where somebody stands."""

    PEOPLE = "people", _("People")
    COMMUNITIES = "communities", _("Communities")
    COMMISSIONERS = "commissioners", _("Councils and the NHS")
    SUPPLIERS = "suppliers", _("Organisations that are paid")
    POLITICIANS = "politicians", _("Councillors")


OUR_SIDES = frozenset({Side.PEOPLE, Side.COMMUNITIES})


class PhaseKind(models.TextChoices):
    """The parts of a decision, in their order."""

    IDEAS = "ideas", _("Ideas")
    TALK = "talk", _("Talk")
    SHORTLIST = "shortlist", _("Shortlist")
    VOTE = "vote", _("Vote")
    ANSWER = "answer", _("Answer")
    FOLLOW_UP = "follow_up", _("What came of it")


@dataclass(frozen=True)
class Handed:
    """What was found out about a viewer when a decision was fetched to be shown to them: see `queries.to_show`."""

    viewer: Actor
    runs: bool
    names: frozenset[int] | None  # None where it depends on what they may do in somebody's name


class Decision(models.Model):
    """What is asked, what it can change, and who must answer. How it is decided stands in its terms."""

    handed: Handed | None = None  # of a page that shows it; no column

    record = models.OneToOneField("ground.Record", models.CASCADE, primary_key=True, related_name="+")
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.DRAFT)
    stage_why = models.TextField(blank=True)  # why it was stopped, not decided or sent back for talk
    stage_on = models.DateField(null=True, blank=True)  # the day on which it came out so
    question = models.CharField(max_length=200)
    why = models.TextField(blank=True)  # what led to it
    can_change = models.TextField(blank=True)
    cannot_change = models.TextField(blank=True)
    answers_for = models.CharField(max_length=200, blank=True)  # who is answerable by law
    binds = models.BooleanField(default=True)
    answered_by = models.ForeignKey("ground.Party", models.PROTECT, null=True, related_name="+")  # with reasons
    answered_name = models.CharField(max_length=200, blank=True)  # the named person, where they have no page here
    answer_by = models.DateField(null=True, blank=True)
    fairness = models.TextField(blank=True)  # effects on equality that were considered
    question_side = models.CharField(max_length=13, choices=Side.choices, default=Side.PEOPLE)  # who set the question
    question_from = models.CharField(max_length=200, blank=True)  # in words: a meeting, a theme, so many people
    serves = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")  # the one above it
    declared_at = models.DateTimeField(null=True, blank=True)  # from then on its terms and groups stand still
    terms_sha = models.CharField(max_length=64, blank=True)  # of the terms and groups as declared
    lot_seed = models.CharField(max_length=64, blank=True)  # breaks the last ties; shown after the count
    privacy = {
        "stage": "open",
        "stage_why": "personal",
        "stage_on": "open",
        "question": "personal",
        "why": "personal",
        "can_change": "personal",
        "cannot_change": "personal",
        "answers_for": "personal",
        "binds": "open",
        "answered_name": "personal",
        "answer_by": "open",
        "fairness": "personal",
        "question_side": "open",
        "question_from": "personal",
        "declared_at": "open",
        "terms_sha": "open",
        "lot_seed": "sensitive",  # until the count
    }

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(serves=F("record")), name="no_decision_serves_itself")]

    def __str__(self) -> str:
        return self.question

    @property
    def kept_back(self) -> tuple[str, ...]:
        """What not even its owner takes away: the lot, until it has been shown to all."""
        return () if self.stage in (Stage.DECIDED, Stage.NOT_DECIDED, Stage.TALK_AGAIN) else ("lot_seed",)

    def goes_whole(self) -> bool:
        """Whether it goes with its owner, and all that was said and chosen in it: so it does about their own life."""
        return Terms.objects.filter(decision=self, basis=Basis.OWN_LIFE).exists()


class Draft(models.Model):
    """What is set while a decision is written and counts once it opens: who it is shown to."""

    decision = models.OneToOneField(Decision, models.CASCADE, primary_key=True, related_name="draft")
    open_to = models.CharField(max_length=10, choices=Audience.choices, default=Audience.EVERYONE)
    privacy = {"open_to": "open"}

    def __str__(self) -> str:
        return f"draft of {self.decision_id}"


class Terms(models.Model):
    """How a decision is decided. A trigger refuses any change once it is declared."""

    decision = models.OneToOneField(Decision, models.CASCADE, primary_key=True, related_name="terms")
    basis = models.CharField(max_length=8, choices=Basis.choices, default=Basis.SHARED)
    rule = models.CharField(max_length=9, choices=Rule.choices, default=Rule.APPROVAL)
    marking = models.CharField(max_length=8, choices=Marking.choices, default=Marking.APPROVAL)
    method = models.CharField(max_length=12, choices=Method.choices, default=Method.EQUAL_SHARES)
    utility = models.CharField(max_length=11, choices=Utility.choices, default=Utility.COST)
    completion = models.CharField(max_length=6, choices=Completion.choices, default=Completion.ADD1)
    # By which part of the first share each step makes shares bigger; empty is a pound each where all hold the same
    step_ppm = models.PositiveIntegerField(null=True, blank=True)
    budget_pence = models.BigIntegerField(null=True, blank=True)
    points_each = models.PositiveSmallIntegerField(default=10)  # that each ballot may share out
    winners = models.PositiveSmallIntegerField(null=True, blank=True)  # how many may win, where no money is shared
    cap_pct = models.PositiveSmallIntegerField(default=10)  # of the say, for any one organisation
    quorum = models.PositiveIntegerField(default=0)  # ballots, at the least
    threshold_pct = models.PositiveSmallIntegerField(default=50)  # more than this share of the say
    both_sides = models.BooleanField(default=False)  # people and communities, and organisations, each over it
    least_age = models.PositiveSmallIntegerField(default=0)
    secret = models.BooleanField(default=True)  # false: hands, dots or consent in a room
    suppliers_agreed_on = models.DateField(null=True, blank=True)  # those taking part let suppliers vote
    suppliers_agreed_how = models.CharField(max_length=300, blank=True)
    lot_sha = models.CharField(max_length=64, blank=True)  # of the seed that breaks the last ties, told before
    privacy = {
        "basis": "open",
        "rule": "open",
        "marking": "open",
        "method": "open",
        "utility": "open",
        "completion": "open",
        "step_ppm": "open",
        "budget_pence": "open",
        "points_each": "open",
        "winners": "open",
        "cap_pct": "open",
        "quorum": "open",
        "threshold_pct": "open",
        "both_sides": "open",
        "least_age": "open",
        "secret": "open",
        "suppliers_agreed_on": "open",
        "suppliers_agreed_how": "personal",
        "lot_sha": "open",
    }

    class Meta:
        verbose_name_plural = "terms"
        constraints = [
            models.CheckConstraint(condition=~Q(rule="budget") | Q(budget_pence__gt=0), name="a_budget_has_a_sum"),
            models.CheckConstraint(condition=Q(cap_pct__lte=100, threshold_pct__lte=100), name="parts_of_a_hundred"),
            models.CheckConstraint(condition=Q(step_ppm__gt=0), name="shares_grow_by_something"),
        ]

    def __str__(self) -> str:
        return f"terms of {self.decision_id}"


class DecisionGroup(models.Model):
    """A group that takes part, with its share of the say. People directly affected are a group of their own."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="groups")
    key = models.SlugField(max_length=24)
    name = models.CharField(max_length=80)
    side = models.CharField(max_length=13, choices=Side.choices)
    weight_ppm = models.PositiveIntegerField(default=0)
    affected = models.BooleanField(default=False)
    floor_pct = models.PositiveSmallIntegerField(null=True, blank=True)  # of them who must be for what wins
    position = models.PositiveSmallIntegerField(default=0)
    privacy = {
        "key": "open",
        "name": "personal",
        "side": "open",
        "weight_ppm": "open",
        "affected": "open",
        "floor_pct": "open",
        "position": "open",
    }

    class Meta:
        ordering = ["position", "key"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "key"], name="one_group_a_key"),
            models.CheckConstraint(condition=Q(weight_ppm__lte=MILLION), name="no_more_than_all_of_the_say"),
            models.CheckConstraint(
                condition=~Q(affected=True) | Q(side__in=["people", "communities"]), name="affected_are_ours"
            ),
            models.CheckConstraint(
                condition=~Q(affected=True) | Q(floor_pct__gte=1, floor_pct__lte=100), name="affected_have_a_floor"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Phase(models.Model):
    """From the first day to the last, both whole days where the place is."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="phases")
    kind = models.CharField(max_length=9, choices=PhaseKind.choices)
    since = models.DateField()
    until = models.DateField()
    privacy = {"kind": "open", "since": "open", "until": "open"}

    class Meta:
        ordering = ["since", "until"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "kind"], name="one_phase_a_kind"),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="a_phase_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.decision_id}"
