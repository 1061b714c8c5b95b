"""Make a plan step by step: answer, say what is wanted, set the order, choose ideas, ask, look again, share.

Book chapters 7 and 9 (individual commissioning, table 9.1). Only the owner, or a helper within their basis, does
any of this; a higher level can neither edit nor reject a plan.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.ground.consent import actions as consent
from alongside.ground.consent.models import Grant
from alongside.ground.consent.queries import Sight
from alongside.ground.history.acting import Fault, Refused, action, demand
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party
from alongside.ground.records.actions import end as end_record
from alongside.ground.records.actions import open_record
from alongside.knowing.assets.models import Asset
from alongside.knowing.contributions import actions as contributions
from alongside.knowing.contributions.models import ContributionState, Way
from alongside.knowing.contributions.queries import standing
from alongside.knowing.outcomes import actions as outcomes
from alongside.knowing.outcomes.models import Outcome
from alongside.knowing.search.choosing import MOST_ABOUT, NONE, may_be_about
from alongside.planning.plans import policy, queries, versions
from alongside.planning.plans.models import Choice, Plan, PlanAbout, PlanAnswer, PlanChoice, PlanPart
from alongside.planning.plans.stock import doing, take_stock

LONGEST = 20_000
SOURCES = "12345"


@action("plans.start", may=policy.may_start, returns=Plan)
def start(*, by: Actor, owner: Party, template: str = "whole_life") -> Plan:
    """Open a plan, or the one that is open already. Only the owner sees it."""
    Party.objects.select_for_update().get(pk=owner.pk)
    found = queries.plan_of(Actor(person=owner), owner)
    if found is not None:
        return found
    record = open_record(by=by, kind="plan", owner=owner)
    return Plan.objects.create(record=record, template=template)


@action("plans.answer", may=policy.may_change, returns=Plan)
def answer(*, by: Actor, plan: Plan, words: Mapping[str, str]) -> Plan:
    """Keep what somebody wrote to some questions. What they say they have becomes their own, seen by nobody else.

    Raises Fault for a question that the template does not have, or far too many letters.
    """
    known = queries.questions(plan.template)
    for key, text in words.items():
        if key not in known:
            raise Fault(key, _("There is no such question"))
        text = text.replace("\x00", "").strip()
        if len(text) > LONGEST:
            raise Fault(key, _("That is too long to keep here. Use fewer than 20,000 letters."))
        before = plan.answers.filter(question=key).values_list("words", flat=True).first() or ""
        PlanAnswer.objects.update_or_create(plan=plan, question=key, defaults={"words": text})
        if kind := known[key].get("kind"):
            take_stock(by, plan, kind, before, text)
    return plan


@dataclass(frozen=True)
class Want:
    """One thing wanted as somebody typed it; `key` is that of the outcome it stood for before, if any."""

    words: str
    domain: str = ""
    key: str = ""


@action("plans.say_wants", may=policy.may_change, returns=Plan)
def say_wants(*, by: Actor, plan: Plan, wants: Sequence[Want]) -> Plan:
    """Put these in place of what was wanted before: new ones come, changed ones change, emptied ones go."""
    parts = plan.parts.filter(section="want").select_related("outcome__record__owner")
    known = {str(part.outcome.record.key): part for part in parts if part.outcome is not None}
    for place, wanted in enumerate(wants):
        part = known.get(wanted.key)
        if part is None and wanted.words.strip():
            made = outcomes.want(by=by, owner=plan.record.owner, words=wanted.words, domain=wanted.domain)
            PlanPart.objects.create(plan=plan, section="want", position=place, outcome=made)
        elif part is not None and part.outcome is not None:
            _want_again(by, part.outcome, wanted)
            PlanPart.objects.filter(pk=part.pk).update(position=place)
    return plan


@action("plans.say_about", may=policy.may_change, returns=Plan)
def say_about(*, by: Actor, plan: Plan, outcome: Outcome, about: Sequence[str]) -> Plan:
    """Keep what the person taps that a thing they want is about, in place of what they tapped before: keys of the
    lexicon, or `NONE` alone. It is their plan's own; ideas look for it, and nobody is told.

    Raises Fault for what cannot be chosen, as harm, fear and despair never can, and for more than six.
    """
    if not plan.parts.filter(section="want", outcome=outcome).exists():
        raise Fault("about", _("That is not in this plan"))
    if len(about) > MOST_ABOUT or not all(may_be_about(key) for key in about) or (NONE in about and len(about) > 1):
        raise Fault("about", _("Tap one to six of these, or none of them"))
    PlanAbout.objects.filter(plan=plan, outcome=outcome).exclude(concept__in=about).delete()
    for key in about:
        PlanAbout.objects.get_or_create(plan=plan, outcome=outcome, concept=key)
    return plan


@action("plans.set_order", may=policy.may_change, returns=Plan)
def set_order(*, by: Actor, plan: Plan, order: str, ruled_out: str = "") -> Plan:
    """In which order to look, and which sources not at all. Raises Fault for a source there is not."""
    if sorted(set(order)) != sorted(SOURCES) or len(order) != len(SOURCES) or not set(ruled_out) <= set(SOURCES):
        raise Fault("order", _("Give each one a place from 1 to 5"))
    if set(ruled_out) == set(SOURCES):
        raise Fault("order", _("Leave at least one place to look"))
    plan.source_order, plan.ruled_out = order, "".join(sorted(set(ruled_out)))
    plan.save(update_fields=["source_order", "ruled_out"])
    return plan


@action("plans.choose", may=policy.may_change, returns=Plan)
def choose(*, by: Actor, plan: Plan, outcome: Outcome, asset: Asset, choice: str, minutes: int = 60) -> Plan:
    """Say yes, maybe or no thanks to an idea. A yes is only noted: nobody is told before the person asks.

    Any other choice takes out what was noted, and ends what had been asked or promised.
    """
    if choice not in Choice.values:
        raise Fault("choice", _("Choose yes, maybe or no thanks"))
    PlanChoice.objects.update_or_create(plan=plan, outcome=outcome, asset=asset, defaults={"choice": choice})
    holder = asset.record.owner
    if choice == Choice.YES:
        contributions.propose(
            by=by,
            outcome=outcome,
            party=holder,
            asset=asset,
            words=doing(plan, asset),
            minutes_week=minutes if hasattr(asset, "offer") else 0,
            way=Way.SERVICE if asset.paid else Way.TOGETHER,
            decides=_decides(plan, holder),
        )
        return plan
    for it in standing([outcome]).filter(asset=asset):
        contributions.end(by=by, contribution=it)
    return plan


@action("plans.take_up", may=policy.may_change, returns=Plan)
def take_up(*, by: Actor, plan: Plan, asset: Asset, outcome: Outcome | None = None, words: str = "") -> Plan:
    """Put something found while looking around into the plan, for a thing already wanted or a new one.

    Raises Fault where neither is said.
    """
    if outcome is None:
        if not words.strip():
            raise Fault("words", _("Write what you want, or choose one of the things above"))
        before = set(plan.parts.filter(section="want").values_list("outcome", flat=True))
        say_wants(by=by, plan=plan, wants=[Want(words=words)])
        made = plan.parts.filter(section="want").exclude(outcome__in=before).select_related("outcome__record").get()
        outcome = made.outcome
    assert outcome is not None
    return choose(by=by, plan=plan, outcome=outcome, asset=asset, choice=Choice.YES)


@action("plans.agree", may=policy.may_change, returns=Plan)
def agree(*, by: Actor, plan: Plan, details: Mapping[int, Mapping[str, str]], review_on: date | None = None) -> Plan:
    """Keep how much, who decides and the message of each thing not yet asked, and when to look again."""
    for it in standing(plan.parts.values("outcome")).filter(pk__in=details):
        given = details[it.pk]
        if it.party_id == it.record.owner_id or it.state == ContributionState.DRAFT:
            contributions.reword(
                by=by,
                contribution=it,
                how_much=given.get("how_much"),
                decides=given.get("decides"),
                message=given.get("message"),
                minutes_week=int(given["minutes"]) if given.get("minutes") else None,
            )
    if review_on is not None:
        if review_on <= timezone.localdate():
            raise Fault("review_on", _("Choose a day that is still to come"))
        plan.review_on = review_on
        plan.save(update_fields=["review_on"])
    return plan


@action("plans.send", may=policy.may_change, returns=Plan)
def send(*, by: Actor, plan: Plan) -> Plan:
    """Ask everyone who can be asked now, and keep what the plan says. The others stay as drafts, and the plan says
    why."""
    for draft in standing(plan.parts.values("outcome")).filter(state=ContributionState.DRAFT):
        if queries.why_not_asked(draft):
            continue
        try:
            contributions.ask(by=by, contribution=draft)
        except Refused:  # somebody else asked them in the same moment; the plan says so
            continue
    versions.note(plan, _whole(by, plan))
    return plan


@dataclass(frozen=True)
class Going:
    """How one thing wanted is going: from 0 (nothing yet) to 5, and in one's own words."""

    progress: int | None = None
    measure: str = ""


@action("plans.say_how", may=policy.may_change, returns=Plan)
def say_how(
    *,
    by: Actor,
    plan: Plan,
    said: Mapping[int, Going],
    placed: int | None = None,
    review_on: date | None = None,
) -> Plan:
    """Say how it is going, by outcome; where one sees oneself on the mix line (1 to 5); when to look again.

    It is nobody's score: what is left open stays as it was. Raises Fault for a number there is not, for far too many
    letters and for a day that has passed.
    """
    for outcome in [one for one in queries.wanted(_whole(by, plan), plan) if one.pk in said]:
        how = said[outcome.pk]
        if len(how.measure) > LONGEST:
            raise Fault(f"measure_{outcome.pk}", _("That is too long to keep here. Use fewer than 20,000 letters."))
        outcomes.change(by=by, outcome=outcome, measure=how.measure.replace("\x00", ""), progress=how.progress)
    if placed is not None and placed not in range(1, 6):
        raise Fault("placed", _("Choose one of the five, or leave it open"))
    if review_on is not None and review_on <= timezone.localdate():
        raise Fault("review_on", _("Choose a day that is still to come"))
    plan.placed, plan.review_on = placed, review_on or plan.review_on
    plan.save(update_fields=["placed", "review_on"])
    versions.note(plan, _whole(by, plan))
    return plan


def _whole(by: Actor, plan: Plan) -> Sight:
    """All of a plan, for what its owner or their helper has just written in it."""
    return Sight(plan.record, frozenset([queries.ALL]), by)


def read(*, by: Actor, plan: Plan, purpose: str = "") -> Sight:
    """Look at every part of a plan that is open to this reader.

    Its owner reads freely; every other look is written and shown to the owner, or Refused.
    """
    own = queries.own_sight(by, plan)
    if own is not None:
        return own
    parts = queries.parts_open_to(by, plan)
    if not parts:
        raise Refused(_("This plan is not shared with you."))
    return consent.look(by=by, record=plan.record, parts=parts, purpose=purpose or _("read the plan"))


@action("plans.share", may=policy.may_change)
def share(*, by: Actor, plan: Plan, grantee: Party, parts: Sequence[str], until: datetime, purpose: str = "") -> Grant:
    """Let somebody see parts of the plan for a while. Raises Refused before its owner has signed in."""
    demand(policy.may_be_shared, by=by, plan=plan)
    allowed = {"all", "matters", "have", *(part for part in parts if part.startswith("want:"))}
    if not set(parts) <= allowed:
        raise Fault("parts", _("Choose parts from the list"))
    return consent.share(
        by=by, record=plan.record, grantee=grantee, parts=parts, purpose=purpose or _("to see my plan"), until=until
    )


@action("plans.drop", may=policy.may_change)
def drop(*, by: Actor, plan: Plan) -> Plan:
    """Put a plan away. What was asked or promised for it ends."""
    for it in standing(plan.parts.values("outcome")):
        contributions.end(by=by, contribution=it)
    end_record(by=Actor.system("plans.drop"), record=plan.record)
    return plan


def _decides(plan: Plan, holder: Party) -> str:
    owner = plan.record.owner
    if holder.pk == owner.pk:
        return str(owner.name or _("Me"))[:120]
    return (_("%(me)s and %(them)s") % {"me": owner.name or _("Me"), "them": holder.shown_name})[:120]


def _want_again(by: Actor, outcome: Outcome, wanted: Want) -> None:
    if not wanted.words.strip():
        for it in standing([outcome]):
            contributions.end(by=by, contribution=it)
        outcomes.drop(by=by, outcome=outcome)
        PlanAbout.objects.filter(outcome=outcome).delete()
    elif (wanted.words.strip(), wanted.domain) != (outcome.words, outcome.domain):
        if wanted.words.strip() != outcome.words:  # what was tapped was said of the words that stood there
            PlanAbout.objects.filter(outcome=outcome).delete()
        outcomes.change(by=by, outcome=outcome, words=wanted.words, domain=wanted.domain)
