"""A plan: what matters, what is there already, what is wanted, who does what. The same shape at every level."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Plan(models.Model):
    """One plan. Its questions come from a template (data); its owners alone change or drop it."""

    record = models.OneToOneField("ground.Record", models.CASCADE, primary_key=True, related_name="+")
    title = models.CharField(max_length=200, blank=True)
    template = models.CharField(max_length=40, default="whole_life")
    template_version = models.PositiveSmallIntegerField(default=1)
    source_order = models.CharField(max_length=20, default="12345")  # the person's own order of sources
    ruled_out = models.CharField(max_length=20, blank=True)  # sources they do not want
    review_on = models.DateField(null=True, blank=True)
    placed = models.PositiveSmallIntegerField(null=True, blank=True)  # where they see themselves on the mix line
    review_words = models.CharField(max_length=200, blank=True)  # where, with whom, who brings the biscuits
    privacy = {
        "title": "sensitive",
        "template": "open",
        "template_version": "open",
        "source_order": "personal",
        "ruled_out": "personal",
        "review_on": "personal",
        "placed": "personal",
        "review_words": "personal",
    }

    def __str__(self) -> str:
        return self.title or f"plan {self.pk}"


class PlanAnswer(models.Model):
    """What somebody wrote to one question of the template."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="answers")
    question = models.CharField(max_length=40)
    words = models.TextField()
    privacy = {"question": "open", "words": "sensitive"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "question"], name="one_answer_a_question")]

    def __str__(self) -> str:
        return self.question


class PlanPart(models.Model):
    """An outcome, a contribution or an answer, in its section and place."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="parts")
    section = models.CharField(max_length=24)
    position = models.PositiveSmallIntegerField(default=0)
    outcome = models.ForeignKey("knowing.Outcome", models.CASCADE, null=True, related_name="+")
    contribution = models.ForeignKey("knowing.Contribution", models.CASCADE, null=True, related_name="+")
    answer = models.ForeignKey(PlanAnswer, models.CASCADE, null=True, related_name="+")
    privacy = {"section": "open", "position": "open"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(outcome__isnull=False, contribution=None, answer=None)
                    | Q(outcome=None, contribution__isnull=False, answer=None)
                    | Q(outcome=None, contribution=None, answer__isnull=False)
                ),
                name="a_part_is_exactly_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.section} {self.position}"


class PlanPerson(models.Model):
    """Someone round the person: a party, or only initials."""

    names_people = True  # also in what its owner takes away, who named them
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="people")
    party = models.ForeignKey("ground.Party", models.PROTECT, null=True, related_name="+")
    initials = models.CharField(max_length=20, blank=True)
    role = models.CharField(max_length=120, blank=True)
    state = models.CharField(
        max_length=10,
        choices=[
            ("named", _("named")),
            ("asked", _("asked")),
            ("accepted", _("accepted")),
            ("left", _("left")),
        ],
        default="named",
    )
    privacy = {"initials": "sensitive", "role": "sensitive", "state": "personal"}

    def __str__(self) -> str:
        return self.initials or str(self.party_id)


class Choice(models.TextChoices):
    YES = "yes", _("Yes, add it")
    MAYBE = "maybe", _("Maybe")
    NO = "no", _("No thanks")


class PlanChoice(models.Model):
    """What the person said to an idea; nothing is asked of anyone yet."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="choices")
    outcome = models.ForeignKey("knowing.Outcome", models.CASCADE, related_name="+")
    asset = models.ForeignKey("knowing.Asset", models.CASCADE, related_name="+")
    choice = models.CharField(max_length=5, choices=Choice.choices)
    privacy = {"choice": "sensitive"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "outcome", "asset"], name="one_choice_an_idea")]

    def __str__(self) -> str:
        return self.choice


class PlanAbout(models.Model):
    """What the person tapped that their own words are about: a key of the lexicon, or that it is none of those."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="abouts")
    outcome = models.ForeignKey("knowing.Outcome", models.CASCADE, related_name="+")
    concept = models.CharField(max_length=48)
    privacy = {"concept": "sensitive"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "outcome", "concept"], name="one_about_a_wish")]

    def __str__(self) -> str:
        return self.concept
