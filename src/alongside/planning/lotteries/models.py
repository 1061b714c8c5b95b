"""A panel drawn by lot: what for, who said yes, how many are wanted of each group, each draw, and who was drawn.

Who said yes, and what they said about themselves, is theirs: a record each, which goes on a day told beforehand.
"""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    WRITING = "writing", _("Being written")
    JOINING = "joining", _("People can say yes")
    READY = "ready", _("Ready for the draw")
    DRAWN = "drawn", _("Drawn")
    OVER = "over", _("Over, and all names are gone")


class SeedWay(models.TextChoices):
    """Where the chance comes from. Each can be checked afterwards."""

    OURS = "ours", _("A secret number that we lock away on the first day and show after the draw")
    PUBLIC = "public", _("Numbers that somebody else draws in public on a later day")
    BALLS = "balls", _("Three balls or dice, drawn in front of people")


class Lottery(models.Model):
    """What a panel is for and how it is drawn. `first_size` is what was asked for before a pool proved too small."""

    record = models.OneToOneField("ground.Record", models.CASCADE, primary_key=True, related_name="+")
    decision = models.ForeignKey("planning.Decision", models.SET_NULL, null=True, blank=True, related_name="+")
    run_by = models.ForeignKey("ground.Party", models.PROTECT, related_name="+")  # sees who said yes to a place
    stage = models.CharField(max_length=8, choices=Stage.choices, default=Stage.WRITING)
    title = models.CharField(max_length=200)
    about = models.TextField()
    support = models.TextField()  # how people are paid and helped to take part
    size = models.PositiveSmallIntegerField()
    first_size = models.PositiveSmallIntegerField()
    one_a_home = models.BooleanField(default=True)
    least_age = models.PositiveSmallIntegerField(default=16)
    join_until = models.DateField()
    delete_on = models.DateField()
    answer_days = models.PositiveSmallIntegerField(default=10)
    seed_way = models.CharField(max_length=6, choices=SeedWay.choices, default=SeedWay.OURS)
    seed_words = models.CharField(max_length=300, blank=True)  # which numbers, or who draws and where
    committed = models.CharField(max_length=64, blank=True)  # SHA-256 of the secret, shown long before its draw
    secret = models.CharField(max_length=64, blank=True)  # for the next draw
    privacy = {
        "stage": "open",
        "title": "personal",
        "about": "personal",
        "support": "personal",
        "size": "open",
        "first_size": "open",
        "one_a_home": "open",
        "least_age": "open",
        "join_until": "open",
        "delete_on": "open",
        "answer_days": "open",
        "seed_way": "open",
        "seed_words": "personal",
        "committed": "open",
        "secret": "sensitive",  # until its draw; then it stands with that
    }

    class Meta:
        verbose_name_plural = "lotteries"
        constraints = [
            models.CheckConstraint(condition=Q(size__gte=1), name="a_panel_has_somebody"),
            models.CheckConstraint(condition=Q(delete_on__gt=F("join_until")), name="a_pool_goes_after_it_closes"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def kept_back(self) -> tuple[str, ...]:
        """What not even its owner takes away: the secret of the next draw."""
        return ("secret",)

    @property
    def is_open(self) -> bool:
        """Whether people can say yes today."""
        return self.stage == Stage.JOINING and self.join_until >= timezone.localdate()


class LotteryQuestion(models.Model):
    """One thing that people are asked about themselves, so that the panel is like the place."""

    lottery = models.ForeignKey(Lottery, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=120)
    privacy = {"position": "open", "words": "personal"}

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["lottery", "words"], name="one_question_a_wording")]

    def __str__(self) -> str:
        return self.words


class LotteryGroup(models.Model):
    """Those who give one answer: at least and at most so many places. `pool` is how many said yes, as may be shown."""

    question = models.ForeignKey(LotteryQuestion, models.CASCADE, related_name="groups")
    position = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=120)
    least = models.PositiveSmallIntegerField()
    most = models.PositiveSmallIntegerField()
    first_least = models.PositiveSmallIntegerField()
    first_most = models.PositiveSmallIntegerField()
    pool = models.PositiveIntegerField(null=True, blank=True)
    privacy = {
        "position": "open",
        "words": "personal",
        "least": "open",
        "most": "open",
        "first_least": "open",
        "first_most": "open",
        "pool": "open",
    }

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["question", "words"], name="one_group_an_answer"),
            models.CheckConstraint(condition=Q(most__gte=F("least")), name="a_quota_has_room"),
            models.CheckConstraint(condition=Q(pool=None) | Q(pool__gte=10), name="a_small_pool_figure_is_hidden"),
        ]

    def __str__(self) -> str:
        return self.words


class PoolPlace(models.Model):
    """Somebody who said yes to being drawn. `numbers` are the panels they stand on, with spaces between; `home` is a
    keyed hash of their address, from which nobody can read it."""

    record = models.OneToOneField("ground.Record", models.CASCADE, primary_key=True, related_name="+")
    lottery = models.ForeignKey(Lottery, models.CASCADE, related_name="pool")
    person = models.ForeignKey("ground.Party", models.PROTECT, related_name="+")
    code = models.CharField(max_length=12)
    home = models.CharField(max_length=64, blank=True)
    numbers = models.TextField(blank=True)
    since = models.DateTimeField(default=timezone.now)
    privacy = {"code": "personal", "home": "sensitive", "numbers": "personal", "since": "personal"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lottery", "person"], name="one_yes_a_person"),
            models.UniqueConstraint(fields=["lottery", "code"], name="one_code_a_person"),
        ]

    def __str__(self) -> str:
        return f"place in pool {self.lottery_id}"


class PoolAnswer(models.Model):
    """What somebody said about themselves. No row where they would rather not say."""

    place = models.ForeignKey(PoolPlace, models.CASCADE, related_name="answers")
    question = models.ForeignKey(LotteryQuestion, models.CASCADE, related_name="+")
    group = models.ForeignKey(LotteryGroup, models.CASCADE, related_name="+")
    privacy: dict[str, str] = {}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "question"], name="one_answer_a_pool_question")]

    def __str__(self) -> str:
        return f"answer of {self.place_id}"


class Draw(models.Model):
    """One draw: the list of equally likely panels by its fingerprint, everybody's chance at a glance, and the number.

    Round 0 is the first; later ones fill places of those who said no. `least_on` and `most_on` are on how many panels
    the least and the most favoured stand; `best` is the largest smallest chance there can be, in a million.
    """

    lottery = models.ForeignKey(Lottery, models.CASCADE, related_name="draws")
    round = models.PositiveSmallIntegerField()
    panels = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)
    least_on = models.PositiveIntegerField()
    most_on = models.PositiveIntegerField()
    best = models.PositiveIntegerField()
    bound = models.PositiveIntegerField()
    worked_at = models.DateTimeField(default=timezone.now)
    committed = models.CharField(max_length=64, blank=True)  # the mark by which its seed was promised
    seed = models.CharField(max_length=200, blank=True)
    number = models.PositiveIntegerField(null=True)
    drawn_at = models.DateTimeField(null=True)
    privacy = dict.fromkeys(
        [
            "round",
            "panels",
            "fingerprint",
            "least_on",
            "most_on",
            "best",
            "bound",
            "worked_at",
            "committed",
            "seed",
            "number",
            "drawn_at",
        ],
        "open",
    )

    class Meta:
        ordering = ["round"]
        constraints = [
            models.UniqueConstraint(fields=["lottery", "round"], name="one_draw_a_round"),
            models.CheckConstraint(condition=Q(number=None) | Q(number__lt=F("panels")), name="a_number_of_the_list"),
        ]

    def __str__(self) -> str:
        return f"draw {self.round} of {self.lottery_id}"


class DrawBar(models.Model):
    """So many people stand on from `least` to `most` panels of the first draw. Never fewer than ten people."""

    draw = models.ForeignKey(Draw, models.CASCADE, related_name="bars")
    least = models.PositiveIntegerField()
    most = models.PositiveIntegerField()
    people = models.PositiveIntegerField()
    privacy = dict.fromkeys(["least", "most", "people"], "open")

    class Meta:
        ordering = ["least"]
        constraints = [models.CheckConstraint(condition=Q(people__gte=10), name="a_small_bar_is_hidden")]

    def __str__(self) -> str:
        return f"{self.people} on {self.least} to {self.most}"


class SeatAnswer(models.TextChoices):
    ASKED = "asked", _("Asked")
    YES = "yes", _("Said yes")
    NO = "no", _("Said no")
    LATE = "late", _("Did not answer in time")


class PanelSeat(models.Model):
    """A place on the panel for somebody drawn. It goes with what they said when the day for that comes."""

    place = models.OneToOneField(PoolPlace, models.CASCADE, primary_key=True, related_name="seat")
    round = models.PositiveSmallIntegerField()
    answer = models.CharField(max_length=5, choices=SeatAnswer.choices, default=SeatAnswer.ASKED)
    answer_by = models.DateField()
    answered_at = models.DateTimeField(null=True)
    privacy = {"round": "personal", "answer": "personal", "answer_by": "personal", "answered_at": "personal"}

    def __str__(self) -> str:
        return f"seat of {self.place_id}"
