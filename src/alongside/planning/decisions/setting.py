"""Say how a decision is decided: whose it is, the rule, the groups and what each holds, the ways in, the days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypedDict, Unpack

from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, action
from alongside.ground.history.actor import Actor
from alongside.methods import say
from alongside.planning.decisions import opening, phases, policy, queries
from alongside.planning.decisions import terms as terms_of
from alongside.planning.decisions.drafts import (
    SetupFault,
    again,
    draft_of,
    group_names,
    in_range,
    locked,
    rows_of,
    said_of,
)
from alongside.planning.decisions.models import Basis, Decision, DecisionGroup, Phase, Stage, Terms
from alongside.planning.decisions.phases import Days
from alongside.planning.decisions.terms import GroupSaid
from alongside.planning.decisions.way_models import WayIn
from alongside.planning.decisions.ways import faults_of


class TermsSaid(TypedDict, total=False):
    """What `set_terms` takes. What is not named stays as it is."""

    basis: str
    rule: str
    marking: str
    method: str
    utility: str
    completion: str
    step_ppm: int | None
    budget_pence: int | None
    points_each: int
    winners: int | None
    cap_pct: int
    quorum: int
    threshold_pct: int
    both_sides: bool
    secret: bool
    suppliers_agreed_on: date | None
    suppliers_agreed_how: str


@action("decisions.set_terms", may=policy.may_run, returns=Decision)
def set_terms(*, by: Actor, decision: Decision, **said: Unpack[TermsSaid]) -> Decision:
    """Say whose it is and how it is decided. What the rule does not ask for falls away.

    With another basis the groups start anew from what is fair there, where they would not be; floors of people
    directly affected go up where the rule asks for more. Raises SetupFault for what `methods/say` refuses, and Fault
    for numbers out of range and for what suppliers agreed without a day and words.
    """
    draft = draft_of(decision)
    terms = draft.terms
    basis = terms.basis
    for name, value in said.items():
        setattr(terms, name, in_range(name, value))
    _check_agreed(terms)
    if (terms.basis == Basis.OWN_LIFE) != draft.record.owner.is_person:
        raise Fault("basis", _("A decision about one person’s own life is asked by that person, and no other is"))
    groups = said_of(draft)
    if terms.basis != basis and say.faults(terms_of.setup_of(terms_of.tidy(terms), rows_of(draft, groups))):
        groups = terms_of.first_groups(terms.basis, group_names(draft.record.owner))
    _keep(draft, terms_of.tidy(terms), _raised(terms, groups))
    return draft


@action("decisions.set_groups", may=policy.may_run, returns=Decision)
def set_groups(*, by: Actor, decision: Decision, groups: Sequence[GroupSaid], cap_pct: int | None = None) -> Decision:
    """Say which groups take part, and what each holds of the say; and what one organisation can hold at most.

    They stand in for those before. Raises SetupFault for what `methods/say` refuses: no set-up that lets organisations
    decide over people is kept.
    """
    draft = draft_of(decision)
    if cap_pct is not None:
        draft.terms.cap_pct = in_range("cap_pct", cap_pct)
    _keep(draft, draft.terms, groups)
    return draft


@action("decisions.set_ways", may=policy.may_run, returns=Decision)
def set_ways(
    *, by: Actor, decision: Decision, ways: Sequence[str], least_age: int = 0, open_to: str | None = None
) -> Decision:
    """Say who is counted, whether neighbours may vouch, from which age, and who sees the decision once it is open.

    Raises Fault for a way that is none, for two ways by which one person could be counted twice (decision 24), and for
    an audience that does not go with whose decision it is.
    """
    draft = draft_of(decision)
    for missing in faults_of(ways):
        raise Fault(missing.field, missing.words)
    if open_to is not None:
        if open_to not in terms_of.open_to_of(draft.record.owner):
            raise Fault("open_to", _("Choose who can see it"))
        draft.draft.open_to = open_to
        draft.draft.save(update_fields=["open_to"])
    draft.terms.least_age = in_range("least_age", least_age)
    draft.terms.save(update_fields=["least_age"])
    draft.ways.all().delete()
    WayIn.objects.bulk_create(WayIn(decision=draft, way=way) for way in dict.fromkeys(ways))
    return draft


@action("decisions.plan_phases", may=policy.may_run, returns=Decision)
def plan_phases(*, by: Actor, decision: Decision, days: Sequence[Days]) -> Decision:
    """Say from which day to which day each part goes, both whole days where the place is.

    Once it is open, only parts that have not begun may move, and only to a later day. Raises Fault for days that
    cannot be.
    """
    now = locked(decision)
    if now.stage not in (Stage.DRAFT, Stage.OPEN):
        raise Fault("vote_since", _("This decision is over, so its days stand still"))
    phases.check(days, secret=now.terms.secret)
    if now.stage == Stage.OPEN:
        _check_moved(now, days)
    now.phases.all().delete()
    Phase.objects.bulk_create(Phase(decision=now, kind=one.kind, since=one.since, until=one.until) for one in days)
    return again(now)


def _check_agreed(terms: Terms) -> None:
    if terms.suppliers_agreed_on is not None:
        if terms.suppliers_agreed_on > queries.today():
            raise Fault("suppliers_agreed_on", _("Give the day on which people said yes. It cannot be in the future."))
        if not terms.suppliers_agreed_how:
            raise Fault("suppliers_agreed_how", _("Write who said yes, and how"))
    elif terms.suppliers_agreed_how:
        raise Fault("suppliers_agreed_on", _("Give the day on which people said yes"))


def _keep(draft: Decision, terms: Terms, groups: Sequence[GroupSaid]) -> None:
    """Store terms and groups together, if `methods/say` finds no fault with them."""
    rows = rows_of(draft, groups)
    found = opening.faults_in(terms_of.setup_of(terms, rows), {row.key: row.name for row in rows})
    if found:
        raise SetupFault(found)
    terms.save()
    draft.groups.all().delete()
    DecisionGroup.objects.bulk_create(rows)
    draft.refresh_from_db()


def _raised(terms: Terms, groups: Sequence[GroupSaid]) -> list[GroupSaid]:
    """The same groups, with floors of people directly affected no lower than this rule allows."""
    least = terms_of.least_floor(terms)
    return [
        GroupSaid(one.name, one.side, one.weight_ppm, True, max(one.floor_pct or 0, least), one.key)
        if one.affected
        else one
        for one in groups
    ]


def _check_moved(decision: Decision, days: Sequence[Days]) -> None:
    """Raise Fault for a part of an open decision that comes, goes, or moves when it may not."""
    new = {one.kind: one for one in days}
    old = {one.kind: one for one in decision.phases.all()}
    if set(new) != set(old):
        raise Fault("vote_since", _("This decision is open: its parts can move, and none can come or go"))
    for kind, one in old.items():
        moved = (new[kind].since, new[kind].until) != (one.since, one.until)
        if moved and one.since <= queries.today():
            raise Fault(f"{kind}_since", _("This part has begun, so its days stand still"))
        if moved and (new[kind].since < one.since or new[kind].until < one.until):
            raise Fault(f"{kind}_since", _("People count on this day. It can only move to a later one."))
