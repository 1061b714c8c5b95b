"""Find a plan, and read the parts of it that a look has opened: no Sight, nothing personal."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside import frameworks
from alongside.ground.consent.models import Grant, Look
from alongside.ground.consent.queries import Sight, looks_at, open_grants
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party
from alongside.ground.people.queries import blocked_between, helpers_of, kept_by, person_at
from alongside.ground.records.models import State
from alongside.ground.records.queries import SHOWN, visible_to
from alongside.knowing.contributions import policy as asking
from alongside.knowing.contributions.models import Contribution, ContributionState
from alongside.knowing.contributions.queries import givers_to, standing
from alongside.knowing.outcomes.models import Outcome
from alongside.knowing.outcomes.queries import said
from alongside.planning.plans.models import Choice, Plan, PlanAbout, PlanAnswer, PlanChoice, PlanPart

ALL = "all"


def plans(viewer: Actor) -> QuerySet[Plan]:
    return (
        Plan.objects.filter(record__in=visible_to(viewer))
        .exclude(record__state=State.ENDED)
        .select_related("record__owner")
    )


def wanted_in_plans(outcomes: QuerySet[Outcome]) -> dict[int, tuple[Plan, Outcome]]:
    """Which of these outcomes stand in a plan that is open, each with that plan and its owner, in their order."""
    parts = PlanPart.objects.filter(section="want", plan__record__state__in=SHOWN, outcome__in=outcomes)
    rows = parts.select_related("plan__record", "outcome__record__owner__area", "outcome__record__owner__facts")
    found = {
        row.outcome.pk: (row.plan, row.outcome)
        for row in rows.defer("outcome__record__owner__area__boundary").order_by("pk")
        if row.outcome is not None
    }
    return dict(sorted(found.items()))


def wanted_of(plans: Collection[int], outcomes: Collection[int]) -> set[int]:
    """The outcomes that stand in these plans, and which of these outcomes stand in any."""
    parts = PlanPart.objects.filter(Q(plan__in=plans) | Q(outcome__in=outcomes), section="want")
    return set(parts.filter(outcome__isnull=False).values_list("outcome", flat=True))


def settled(outcomes: Collection[int]) -> list[tuple[int, int]]:
    """Outcomes with the assets to which their owner said yes or no thanks."""
    rows = PlanChoice.objects.filter(choice__in=(Choice.YES, Choice.NO)).order_by("pk")
    return [(outcome, asset) for outcome, asset in rows.values_list("outcome", "asset") if outcome in outcomes]


def said_about(plan: Plan, outcome: Outcome) -> list[str]:
    """What the person tapped that a thing they want is about, in the order they tapped it."""
    rows = PlanAbout.objects.filter(plan=plan, outcome=outcome).order_by("pk")
    return list(rows.values_list("concept", flat=True))


def plan_of(viewer: Actor, owner: Party) -> Plan | None:
    """The plan this party is making or has made: the newest that still stands."""
    return plans(viewer).filter(record__owner=owner).order_by("-pk").first()


def plan(viewer: Actor, key: UUID | str) -> Plan | None:
    return plans(viewer).filter(record__key=key).first()


def shared_with(viewer: Actor) -> list[Plan]:
    """Plans of other people that this viewer may look at now."""
    me = viewer.party
    if me is None:
        return []
    return list(plans(viewer).exclude(record__owner=me).order_by("-pk"))


def template_pages(name: str) -> list[dict[str, Any]]:
    """The pages of questions of a plan's template, in order."""
    pages: list[dict[str, Any]] = frameworks.load(f"plan_{name}")["page"]
    return pages


def template_page(name: str, key: str) -> dict[str, Any] | None:
    return next((page for page in template_pages(name) if page["key"] == key), None)


def questions(name: str) -> dict[str, dict[str, Any]]:
    return {question["key"]: question for page in template_pages(name) for question in page["question"]}


def has_wants(plan: Plan) -> bool:
    return plan.parts.filter(section="want").exclude(outcome__record__state=State.ENDED).exists()


def outcome_part(outcome: Outcome) -> str:
    """The name of the part of a plan that one outcome is, for sharing it alone."""
    return f"want:{outcome.pk}"


def parts_open_to(viewer: Actor, plan: Plan) -> list[str]:
    """Which parts this viewer may ask to look at: all of their own, what a helper's basis says, what was granted."""
    me = viewer.party
    if me is None:
        return []
    if me.pk == plan.record.owner_id:
        return ["plan"] if viewer.is_helping else [ALL]
    groups = [row["of"] for row in kept_by(viewer)]
    granted = [grant for grant in open_grants(plan.record) if grant.grantee_id in (me.pk, *groups)]
    return sorted({part.part for grant in granted for part in grant.parts.all()})


def own_sight(viewer: Actor, plan: Plan) -> Sight | None:
    """The owner, by themselves, reads their own plan freely."""
    own = viewer.party is not None and viewer.party.pk == plan.record.owner_id
    own = own and not viewer.is_helping and viewer.program is None
    return Sight(plan.record, frozenset([ALL]), viewer) if own else None


def shows(sight: Sight, part: str) -> bool:
    """Whether a look opened this part. A helper with the plan has all its parts."""
    return sight.shows(part) or sight.shows("plan")


def wanted(sight: Sight, plan: Plan) -> list[Outcome]:
    """What the person wants, in their order, as far as the look opened it."""
    parts = plan.parts.filter(section="want").exclude(outcome__record__state=State.ENDED)
    rows = parts.select_related("outcome__record__owner").order_by("position", "pk")
    return [row.outcome for row in rows if row.outcome is not None and shows(sight, outcome_part(row.outcome))]


def answers(sight: Sight, plan: Plan) -> dict[str, str]:
    """What was written, by question, as far as the look opened it."""
    part = {
        question["key"]: "have" if question.get("kind") else question.get("sharing", "matters")
        for question in questions(plan.template).values()
    }
    rows = PlanAnswer.objects.filter(plan=plan)
    return {row.question: row.words for row in rows if shows(sight, part.get(row.question, "matters"))}


@dataclass
class Row:
    """Who does what for an outcome, and why they have not been asked if they have not."""

    it: Contribution
    waits: str = ""

    @property
    def own(self) -> bool:
        return self.it.party_id == self.it.record.owner_id

    @property
    def to_ask(self) -> bool:
        return self.it.state == ContributionState.DRAFT and not self.waits

    @property
    def open_door(self) -> bool:
        """Nobody is there to be asked: one may go along or get in touch."""
        return self.waits == str(asking.somebody_can_answer.sentence)


@dataclass
class Wanted:
    """One thing wanted, with who does what for it and what is not found yet."""

    outcome: Outcome
    rows: list[Row] = field(default_factory=list)
    wishes: list[Any] = field(default_factory=list)


def who_does_what(sight: Sight, plan: Plan, outcomes: Sequence[Outcome] | None = None) -> list[Wanted]:
    """Every outcome that the look opened, with its contributions; in three statements whatever their number."""
    chosen = list(outcomes) if outcomes is not None else wanted(sight, plan)
    found = standing(chosen)
    by_outcome: dict[int, list[Row]] = {one.pk: [] for one in chosen}
    for it in found:
        by_outcome[it.outcome_id].append(Row(it, why_not_asked(it)))
    return [Wanted(one, sorted(by_outcome[one.pk], key=lambda row: not row.own), list(_wishes(one))) for one in chosen]


def why_not_asked(it: Contribution) -> str:
    """The sentence that says why a draft cannot be sent yet, or nothing."""
    if it.state != ContributionState.DRAFT:
        return ""
    asker, holder = it.record.owner, it.party
    if not asking.somebody_can_answer(holder=holder):
        return str(asking.somebody_can_answer.sentence)
    if not asking.holder_can_be_asked(asker=asker, holder=holder):
        return str(asking.holder_can_be_asked.sentence)
    if not asking.asker_can_be_answered(asker=asker):
        return str(asking.asker_can_be_answered.sentence)
    if not asking.holder_has_rested(contribution=it):
        return str(asking.holder_has_rested.sentence)
    return ""


def _wishes(outcome: Outcome) -> Iterable[Any]:
    return outcome.wishes.filter(state="waiting").order_by("pk")


def sharing(plan: Plan) -> list[Grant]:
    """Who may see the plan now; for its owner."""
    return list(open_grants(plan.record))


def looks(plan: Plan, limit: int = 10) -> list[Look]:
    """Who looked, newest first; one line for each reader or program, part and day. For the owner alone."""
    seen: set[tuple[int | None, int | None, str, str]] = set()
    found: list[Look] = []
    for look in looks_at(plan.record)[:200]:
        once = (look.reader_id, look.token_id, look.part, look.at.date().isoformat())
        if once not in seen:
            seen.add(once)
            found.append(look)
    return found[:limit]


def people_near(viewer: Actor, owner: Party) -> list[Party]:
    """With whom a plan could be shared: the circle, helpers, those who do something in it, one's groups."""
    circle = owner.circle.filter(until=None).values("member")
    helpers = helpers_of(owner)
    givers = givers_to(owner)
    groups = owner.memberships.filter(until=None).values("of")
    near = Party.objects.filter(pk__in=circle) | Party.objects.filter(pk__in=helpers)
    near = near | Party.objects.filter(pk__in=givers) | Party.objects.filter(pk__in=groups)
    return list(near.exclude(pk=owner.pk).exclude(name="").order_by("name").distinct())


def group_called(name: str) -> Party | None:
    """A group or organisation of exactly this name. People are never found by name."""
    return Party.objects.filter(name__iexact=" ".join(name.split()), state="live").exclude(kind="person").first()


def somebody_at(owner: Party, address: str) -> Party | None:
    """A person who gave the owner the address of their page; as if there were none where one wants nothing of the
    other."""
    person = person_at(address)
    apart = person is None or person.pk == owner.pk or owner.pk in blocked_between(person)
    return None if apart else person


def have_labels(template: str) -> list[tuple[str, str]]:
    """The questions about what somebody already has, with their labels, in order."""
    return [(key, said(question["label"])) for key, question in questions(template).items() if question.get("kind")]


def people_in(wanted: Sequence[Wanted]) -> list[Party]:
    """Everyone who does something in a plan besides its owner, each once; those who said no are left out."""
    rows = [row for one in wanted for row in one.rows if not row.own and row.it.state != ContributionState.DECLINED]
    return list({row.it.party_id: row.it.party for row in rows}.values())
