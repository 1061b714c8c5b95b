"""Put a question, open it, stop it, or take it back to talk. Chapters 1, 6 and 7 and table 1.1 of the book."""

from __future__ import annotations

import secrets
from datetime import date
from typing import TypedDict, Unpack

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, action
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Kind, Party
from alongside.ground.records.actions import end, move_many, open_record, set_audience, show_with
from alongside.ground.records.models import Audience, Level, Record, State
from alongside.ground.records.queries import visible_to
from alongside.ground.thread.actions import tie
from alongside.ground.thread.models import LinkKind
from alongside.planning.decisions import opening, policy, queries
from alongside.planning.decisions import terms as terms_of
from alongside.planning.decisions.drafts import (
    LONGEST,
    ONE_LINE,
    again,
    draft_of,
    group_names,
    lay,
    locked,
    said_of,
    words_of,
)
from alongside.planning.decisions.drafts import SetupFault as SetupFault
from alongside.planning.decisions.models import Basis, Decision, Draft, PhaseKind, Side, Stage, Terms
from alongside.planning.decisions.phases import Days as Days
from alongside.planning.decisions.setting import TermsSaid as TermsSaid
from alongside.planning.decisions.setting import plan_phases as plan_phases
from alongside.planning.decisions.setting import set_groups as set_groups
from alongside.planning.decisions.setting import set_terms as set_terms
from alongside.planning.decisions.setting import set_ways as set_ways
from alongside.planning.decisions.terms import GroupSaid as GroupSaid
from alongside.planning.decisions.way_models import WayIn


class Said(TypedDict, total=False):
    """What `write` takes. What is not named stays as it is."""

    question: str
    why: str
    can_change: str
    cannot_change: str
    answers_for: str
    binds: bool
    answered_by: Party | None
    answered_name: str
    answer_by: date | None
    fairness: str
    question_side: str
    question_from: str
    serves: Decision | None


@action("decisions.ask", may=policy.may_ask, returns=Decision)
def ask(
    *,
    by: Actor,
    owner: Party,
    question: str,
    why: str = "",
    question_side: str = Side.PEOPLE,
    question_from: str = "",
    src: Record | None = None,
) -> Decision:
    """Start a draft for `owner`: a person's own life, a community or household, or a public body for the area.

    It stands on terms that are fair as they are, and nobody sees it but those who run it. `src` is what led to it,
    to which it is tied. Raises Fault without a question, and for texts that are too long.
    """
    basis = Basis.OWN_LIFE if owner.is_person else Basis.SHARED if owner.kind == Kind.ORGANISATION else Basis.OURS
    record = open_record(by=by, kind="decision", owner=owner, level=_level(owner))
    decision = Decision(record=record)
    _take(decision, Said(question=question, why=why, question_side=question_side, question_from=question_from))
    decision.save(force_insert=True)
    Draft.objects.create(decision=decision, open_to=terms_of.open_to_of(owner)[0])
    terms_of.first_terms(decision, basis).save(force_insert=True)
    lay(decision, terms_of.first_groups(basis, group_names(owner)))
    if src is not None and visible_to(by).filter(pk=src.pk).exists():
        tie(by=Actor.system("decisions.ask"), src=src, dst=record, kind=LinkKind.LED_TO)
    return decision


@action("decisions.write", may=policy.may_run, returns=Decision)
def write(*, by: Actor, decision: Decision, **said: Unpack[Said]) -> Decision:
    """Write the draft's words: the question, what it can change, who answers, what was thought of fairness.

    Raises Fault once it is open, for texts that are too long, for a day that is over, and for a decision above that
    is none.
    """
    draft = draft_of(decision)
    serves = said.get("serves")
    if serves is not None and serves.pk not in {one.pk for one in queries.may_serve(by, draft)}:
        raise Fault("serves", _("Choose a decision above this one, or none"))
    _take(draft, said)
    draft.save()
    return draft


@action("decisions.declare", may=policy.may_run, returns=Decision)
def declare(*, by: Actor, decision: Decision) -> Decision:
    """Open it. From here its question, terms and groups stand still, and it is shown to those it is for.

    Ideas of the round before that lie beside it are shown with it. A lot is drawn now for the last ties, and its sum is
    told, so that nobody can choose it later. Of two who press at once one opens it. Raises SetupFault with everything
    that is missing or unfair, and Fault where it is open already.
    """
    draft = draft_of(decision)
    found = opening.missing(draft)
    if found:
        raise SetupFault(found)
    draft.lot_seed = secrets.token_hex(32)
    draft.terms.lot_sha = terms_of.sha(draft.lot_seed)
    draft.terms.save(update_fields=["lot_sha"])
    draft.answer_by = queries.answered_by_day(draft)
    draft.stage, draft.declared_at = Stage.OPEN, timezone.now()
    draft.terms_sha = terms_of.sha(terms_of.as_declared(draft))
    draft.save()
    machine = Actor.system("decisions.declare")
    open_to = draft.draft.open_to
    community = draft.record.owner if open_to == Audience.COMMUNITY else None
    set_audience(by=machine, record=draft.record, audience=open_to, community=community)
    show_with(by=machine, records=_laid_beside(draft), like=draft.record)
    if draft.serves is not None:
        tie(by=machine, src=draft.record, dst=draft.serves.record, kind=LinkKind.SERVES)
    return draft


@action("decisions.stop", may=policy.may_run, returns=Decision)
def stop(*, by: Actor, decision: Decision, why: str = "") -> Decision:
    """Stop it. A draft goes; an open one stays to be read, with the reason, and takes nothing more.

    Until the last day of the vote. Once a secret vote is over, how many took part is known, and soon what they chose:
    then nobody stops it, and it is counted. Whoever took part is told when the box is closed. Raises Fault for an open
    one without a reason, and for one that is over.
    """
    now = locked(decision)
    if now.stage == Stage.DRAFT:
        move_many(by=by, records=_laid_beside(now), state=State.ENDED)
        end(by=Actor.system("decisions.stop"), record=now.record)
        return again(now)
    _must_be_open(now)
    if queries.has_chosen(now):
        raise Fault(
            "stage_why",
            _("People have chosen. It is counted first, and nobody can stop it any more. What is wrong with it can be"
              " said with the result."),
        )  # fmt: skip
    return _came_out(now, Stage.STOPPED, words_of("stage_why", why, _("Write why it stops. Everyone can read it.")))


@action("decisions.conclude", may=policy.may_conclude, returns=Decision)
def conclude(*, by: Actor, decision: Decision, stage: str, why: str = "") -> Decision:
    """The count says how it came out: decided, not decided, or back for talk. Raises Fault where it is not open."""
    now = locked(decision)
    _must_be_open(now)
    if stage not in (Stage.DECIDED, Stage.NOT_DECIDED, Stage.TALK_AGAIN):
        raise Fault("stage", _("That is no way for a decision to come out"))
    return _came_out(now, Stage(stage), words_of("stage_why", why))


@action("decisions.talk_again", may=policy.may_run, returns=Decision)
def talk_again(*, by: Actor, decision: Decision, why: str = "") -> Decision:
    """Take it back to talk: a new draft with the same question, terms and groups, tied to this one, comes back.

    Its ideas come along by `ideas.actions.talk_again`, which calls this. From one that was not decided or went back for
    talk; or from an open one with a reason, before anyone votes. Raises Fault where that is too late, and
    where it was done before.
    """
    now = locked(decision)
    if now.stage == Stage.OPEN:
        vote = queries.phase(now, PhaseKind.VOTE)
        if vote is not None and vote.since <= queries.today():
            raise Fault("stage_why", _("People are choosing already. Wait for the result, or stop it with a reason."))
        _came_out(now, Stage.TALK_AGAIN, words_of("stage_why", why, _("Write why it goes back to talk")))
    elif now.stage not in (Stage.TALK_AGAIN, Stage.NOT_DECIDED):
        raise Fault("stage_why", _("Only a decision that was not made can go back to talk"))
    if queries.went_back(now):
        raise Fault("stage_why", _("It went back to talk before. Go on from there."))
    return _next_round(by, now)


def _next_round(by: Actor, last: Decision) -> Decision:
    """A draft like the last round, without its days and its lot."""
    record = open_record(
        by=by, kind="decision", owner=last.record.owner, level=last.record.level, lang=last.record.lang
    )
    fresh = Decision.objects.get(pk=last.pk)
    fresh.pk, fresh.record, fresh.stage, fresh.stage_why, fresh.stage_on = None, record, Stage.DRAFT, "", None
    fresh.declared_at, fresh.terms_sha, fresh.lot_seed = None, "", ""
    fresh.save(force_insert=True)
    Draft.objects.create(decision=fresh, open_to=last.draft.open_to)
    terms = Terms.objects.get(pk=last.pk)
    terms.pk, terms.decision, terms.lot_sha = None, fresh, ""
    terms.save(force_insert=True)
    lay(fresh, said_of(last))
    ways = last.ways.values_list("way", flat=True)
    WayIn.objects.bulk_create(WayIn(decision=fresh, way=way) for way in ways)
    tie(by=Actor.system("decisions.talk_again"), src=last.record, dst=record, kind=LinkKind.LED_TO)
    return fresh


def _laid_beside(draft: Decision) -> list[int]:
    """The records of ideas that came from the round before."""
    return list(draft.record.links_on.filter(kind=LinkKind.LED_TO, dst__kind="idea").values_list("dst", flat=True))


def _must_be_open(decision: Decision) -> None:
    if decision.stage != Stage.OPEN:
        raise Fault("stage_why", _("This decision is not open"))


def _came_out(decision: Decision, stage: Stage, why: str) -> Decision:
    decision.stage, decision.stage_why, decision.stage_on = stage, why, queries.today()
    decision.save(update_fields=["stage", "stage_why", "stage_on"])
    return decision


def _take(decision: Decision, said: Said) -> None:
    """Put these words into the draft, each in its bounds."""
    for name, value in said.items():
        if isinstance(value, str) and name in LONGEST:
            value = " ".join(value.split()) if name in ONE_LINE else value
            value = words_of(name, value, _("Write the question") if name == "question" else "")
        setattr(decision, name, value)
    if decision.question_side not in Side.values:
        raise Fault("question_side", _("Say who set the question"))
    if "answer_by" in said and decision.answer_by is not None and decision.answer_by < queries.today():
        raise Fault("answer_by", _("Choose a day that is still to come"))
    party = decision.answered_by if decision.answered_by_id else None
    if party is not None and party.is_person:
        raise Fault("answered_by", _("Write a person’s name. Choose an organisation."))


def _level(owner: Party) -> str:
    if owner.is_person:
        return Level.INDIVIDUAL
    return Level.COMMUNITY if owner.kind == Kind.COMMUNITY else Level.WIDE_AREA
