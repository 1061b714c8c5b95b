"""Ideas for a decision, what each brings besides its cost, what is said for and against, and what is voted on."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.ground.notices.wording import Message, message
from alongside.methods.pence import pounds
from alongside.planning.decisions.models import Side
from alongside.planning.ideas.whose import keeper_of, name_of, sign_of


class IdeaState(models.TextChoices):
    """What became of an idea."""

    OFFERED = "offered", _("Put forward")
    LISTED = "listed", _("On the list to vote on")
    MERGED = "merged", _("Joined with another idea")
    DROPPED = "dropped", _("Not taken further")
    WITHDRAWN = "withdrawn", _("Taken back")


class Idea(models.Model):
    """The record is that of whoever put it forward. `said_by` is somebody who has no page here, in words.

    A person's name stands with it only where they said so (`named`). Once they have gone for good it stays, without
    them, with whoever the decision belongs to.
    """

    record = models.OneToOneField("ground.Record", models.CASCADE, primary_key=True, related_name="+")
    decision = models.ForeignKey("planning.Decision", models.PROTECT, related_name="ideas")
    title = models.CharField(max_length=120)
    words = models.TextField(blank=True)
    cost_pence = models.BigIntegerField(null=True, blank=True)
    cost_how = models.CharField(max_length=300, blank=True)  # where the figure comes from
    side = models.CharField(max_length=13, choices=Side.choices, default=Side.PEOPLE)  # of who put it forward
    said_by = models.CharField(max_length=120, blank=True)
    named = models.BooleanField(default=False)
    state = models.CharField(max_length=9, choices=IdeaState.choices, default=IdeaState.OFFERED)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    state_why = models.TextField(blank=True)  # why it was joined or dropped, told to whoever put it forward
    state_side = models.CharField(max_length=13, choices=Side.choices, blank=True)  # of who joined or dropped it
    state_by = models.ForeignKey("ground.Party", models.PROTECT, null=True, blank=True, related_name="+")
    state_on = models.DateField(null=True, blank=True)
    run_by = models.ForeignKey(
        "ground.Party", models.PROTECT, null=True, blank=True, related_name="+"
    )  # who would do it
    run_unpaid = models.BooleanField(default=False)  # an unpaid community group: its members may vote on it
    privacy = {
        "title": "personal",
        "words": "personal",
        "cost_pence": "open",
        "cost_how": "personal",
        "side": "open",
        "said_by": "sensitive",
        "named": "personal",
        "state": "open",
        "state_why": "personal",
        "state_side": "open",
        "state_on": "open",
        "run_unpaid": "open",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(cost_pence=None) | Q(cost_pence__gte=0), name="no_cost_below_nothing"),
            models.CheckConstraint(condition=~Q(merged_into=F("record")), name="no_idea_joins_itself"),
            models.CheckConstraint(condition=~Q(state="merged") | Q(merged_into__isnull=False), name="joined_with_one"),
            models.CheckConstraint(
                condition=~Q(state__in=["merged", "dropped"]) | ~Q(state_why=""), name="not_put_aside_without_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def price(self) -> str:
        """What it costs, in pounds."""
        return pounds(self.cost_pence) if self.cost_pence is not None else ""

    @property
    def sign(self) -> str:
        """Whose sign it is shown with: a person, a community or an organisation."""
        return sign_of(self.side)

    @property
    def called(self) -> str:
        """Whose it is, as everyone may read it."""
        return name_of(self)

    @property
    def where_read(self) -> str:
        """The address of its page."""
        return f"/decide/{self.decision.record.key}/ideas/{self.record.key}/"

    def left_to(self) -> Any:
        """Who keeps it once whoever put it forward has gone for good; nobody, where nobody else has seen it."""
        return keeper_of(self)

    @property
    def without_owner(self) -> dict[str, Any]:
        """What then stands in it. Of what they took back no words stay."""
        left = {"said_by": "", "named": False}
        return left | {"title": "", "words": "", "cost_how": ""} if self.state == IdeaState.WITHDRAWN else left


class Brought(models.TextChoices):
    """What can be brought beside money."""

    TIME = "time", _("Time")
    SPACE = "space", _("A place")
    SKILLS = "skills", _("Skills")
    THINGS = "things", _("Things to use")
    MONEY = "money", _("Money")


class IdeaAsset(models.Model):
    """What somebody would put in, beside the cost: shown with a person, community or organisation sign."""

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="assets")
    kind = models.CharField(max_length=6, choices=Brought.choices)
    side = models.CharField(max_length=13, choices=Side.choices, default=Side.PEOPLE)
    words = models.CharField(max_length=160)
    minutes_week = models.PositiveIntegerField(null=True, blank=True)
    party = models.ForeignKey("ground.Party", models.PROTECT, null=True, blank=True, related_name="+")
    agreed = models.BooleanField(default=False)  # they said so themselves
    privacy = {"kind": "open", "side": "open", "words": "personal", "minutes_week": "open", "agreed": "open"}

    def __str__(self) -> str:
        return self.words

    @property
    def sign(self) -> str:
        """Whose sign it is shown with: a person, a community or an organisation."""
        return sign_of(self.side)

    @property
    def hours(self) -> str:
        """Hours a week, like 1.5."""
        return f"{self.minutes_week / 60:g}" if self.minutes_week else ""


class Option(models.Model):
    """What can be voted on, in the order of the paper. Its price stands still from the day the vote opens."""

    decision = models.ForeignKey("planning.Decision", models.PROTECT, related_name="options")
    idea = models.ForeignKey(Idea, models.PROTECT, related_name="+")
    n = models.PositiveSmallIntegerField()
    cost_pence = models.BigIntegerField(default=0)
    privacy = {"n": "open", "cost_pence": "open"}

    class Meta:
        ordering = ["n"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "n"], name="one_option_a_number"),
            models.UniqueConstraint(fields=["decision", "idea"], name="an_idea_stands_once"),
            models.CheckConstraint(condition=Q(cost_pence__gte=0), name="no_price_below_nothing"),
        ]

    def __str__(self) -> str:
        return f"{self.n}"

    @property
    def price(self) -> str:
        """What it costs, in pounds."""
        return pounds(self.cost_pence)


class Interest(models.Model):
    """Somebody stands to gain from an idea. Who would be paid has no vote on it; a member of an unpaid group has."""

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="interests")
    party = models.ForeignKey("ground.Party", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=[("paid", _("would be paid")), ("member", _("belongs to the group"))])
    words = models.CharField(max_length=300, blank=True)
    own = models.BooleanField(default=False)  # they said so themselves
    privacy = {"kind": "open", "words": "personal", "own": "open"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["idea", "party", "kind"], name="one_interest_a_kind")]

    def __str__(self) -> str:
        return f"{self.kind} by idea {self.idea_id}"


class PointKind(models.TextChoices):
    """What somebody says in the talk."""

    FOR = "for", _("A reason for it")
    AGAINST = "against", _("A reason against it")
    OBJECTION = "objection", _("Something that must be put right first")
    QUESTION = "question", _("A question")


ASKING = {
    PointKind.QUESTION: message("Somebody asks about your idea. You can answer"),
    PointKind.OBJECTION: message("Somebody says that something must be put right first. You can answer"),
}


class Point(models.Model):
    """One reason, objection or question in the talk. Each gets its answer; an objection stays until it is put right."""

    record = models.OneToOneField("ground.Record", models.CASCADE, primary_key=True, related_name="+")
    decision = models.ForeignKey("planning.Decision", models.PROTECT, related_name="points")
    idea = models.ForeignKey(Idea, models.CASCADE, null=True, blank=True, related_name="points")
    kind = models.CharField(max_length=9, choices=PointKind.choices)
    words = models.TextField()
    side = models.CharField(max_length=13, choices=Side.choices, default=Side.PEOPLE)
    said_by = models.CharField(max_length=120, blank=True)
    named = models.BooleanField(default=False)
    on = models.DateField(default=timezone.localdate)
    settled = models.BooleanField(default=False)  # by whoever raised it, or by the change that was made
    privacy = {
        "kind": "open",
        "words": "personal",
        "side": "open",
        "said_by": "sensitive",
        "named": "personal",
        "on": "open",
        "settled": "open",
    }

    def __str__(self) -> str:
        return self.words[:60]

    @property
    def sign(self) -> str:
        """Whose sign it is shown with: a person, a community or an organisation."""
        return sign_of(self.side)

    @property
    def called(self) -> str:
        """Whose it is, as everyone may read it."""
        return name_of(self)

    @property
    def where_read(self) -> str:
        """Where it is read: with the idea that it is about, or in the talk about the whole decision."""
        return self.idea.where_read if self.idea is not None else f"/decide/{self.decision.record.key}/talk/"

    def asked(self) -> tuple[Any, Message, str] | None:
        """Who may answer it first, and what they are told: whoever put the idea forward, or those whose decision it
        is; nobody, where they said it themselves."""
        about = self.idea or self.decision
        title = message("Somebody said something about your decision. You can answer")
        if self.idea is not None:
            title = ASKING.get(PointKind(self.kind), message("Somebody gave a reason. You can answer"))
        return (about.record.owner, title, self.words) if about.record.owner_id != self.record.owner_id else None

    def left_to(self) -> Any:
        """Who keeps it once whoever said it has gone for good; nobody, where nobody else has seen it."""
        return keeper_of(self)

    @property
    def without_owner(self) -> dict[str, Any]:
        """What then stands in it: the reason, and nothing of who gave it."""
        return {"said_by": "", "named": False}


class PointAnswer(models.Model):
    """One answer to a reason, objection or question. Answers are added, never changed."""

    point = models.ForeignKey(Point, models.CASCADE, related_name="answers")
    n = models.PositiveSmallIntegerField()
    by = models.ForeignKey("ground.Party", models.PROTECT, related_name="+")
    words = models.TextField()
    lang = models.CharField(max_length=8, default="en")
    settles = models.BooleanField(default=False)  # says what was put right
    on = models.DateField(default=timezone.localdate)
    privacy = {"n": "open", "words": "personal", "lang": "open", "settles": "open", "on": "open"}

    class Meta:
        ordering = ["n"]
        constraints = [models.UniqueConstraint(fields=["point", "n"], name="answers_to_a_point_in_order")]

    def __str__(self) -> str:
        return self.words[:60]
