"""Ask somebody to help with a page, answer, take the question back: nobody helps before they have said yes."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.ground.helping import policy, saying
from alongside.ground.helping.models import Answer, HelpAsked, HelpAskedScope
from alongside.ground.helping.queries import is_open
from alongside.ground.history.acting import Fault, action
from alongside.ground.history.actor import Actor
from alongside.ground.limits.actions import still_today
from alongside.ground.notices.actions import forget, message, tell
from alongside.ground.people.actions import hold, stop_support, support, want_no_helper
from alongside.ground.people.models import HELPER_ROLES, Basis, BasisKind, Party, PartyState
from alongside.ground.people.queries import blocked_between, has_role, helped_by, open_memberships

MOST_ASKED, MOST_ONE = 10, 3  # people in a day, and how often one of them
LAPSES = timedelta(days=21)  # as long as an introduction waits
Parts = list[tuple[str, str]]


@action("helping.name", may=policy.may_name)
def name_helper(
    *, by: Actor, supporter: Party | None, parts: Parts, until: datetime | None = None
) -> HelpAsked | Basis:
    """Ask somebody to help with your page, with the parts you choose, until a day if you like. They help from when they
    say yes; until then neither learns more of the other than a stranger does.

    Whoever helps you already has agreed to what they do: what you leave out ends at once, and only what is new waits
    for their yes. Returns the question, or the help where nothing new is asked. Raises Fault for no parts, for nobody,
    and in the same words for somebody who wants nothing from you; soon after they said no; and after ten people in a
    day, or one of them three times, since each gets a message.
    """
    me = by.me
    here = supporter is not None and supporter.is_person and supporter.state == PartyState.LIVE
    if supporter is None or not here or supporter.pk in (me.pk, *blocked_between(me)):
        raise Fault("who", _("Enter the address of another person's page"))
    if not parts:
        raise Fault("parts", _("Choose at least one part"))
    hold(me, supporter)
    _wait_after_a_no(me, supporter)
    goes_on = _leave_out(by, supporter, parts, until)
    if goes_on is not None and _covers(goes_on, parts, until):
        title = message("What you help with has changed")
        tell(by=by, to=supporter, title=title, body=saying.changed(goes_on, parts), link="/helping/")
        return goes_on
    if not still_today(caller=f"helper {me.pk}", most=MOST_ASKED):
        raise Fault("who", _("You have asked many people today. Ask the others tomorrow."))
    if not still_today(caller=f"helper {me.pk} {supporter.pk}", most=MOST_ONE):
        raise Fault("who", _("You have asked them several times today. Wait for their answer."))
    asked = _ask(
        HelpAsked(person=me, supporter=supporter, asked_by=by.person, kind=BasisKind.ASKED, until=until), parts
    )
    body = saying.question(asked, parts)
    tell(by=by, to=supporter, title=message("Somebody asks for your help"), body=body, link=link_of(asked))
    return asked


def _wait_after_a_no(person: Party, supporter: Party) -> None:
    said_no = HelpAsked.objects.filter(person=person, supporter=supporter, answer=Answer.NO)
    if said_no.filter(lapses__gt=timezone.now()).exists():
        raise Fault("who", _("They said no not long ago. Ask somebody else, or wait a few weeks."))


def _leave_out(by: Actor, supporter: Party, parts: Parts, until: datetime | None) -> Basis | None:
    """End what is not wanted any more of the help that goes on, and keep the rest."""
    before = list(helped_by(by.me).filter(supporter=supporter, kind=BasisKind.ASKED, objected_at=None))
    had = {pair for basis in before for pair in basis.scopes.values_list("part", "act")}
    kept = [pair for pair in parts if pair in had or ("all", pair[1]) in had]
    ends = min((one for one in (until, *(basis.until for basis in before)) if one is not None), default=None)
    for basis in before:
        stop_support(by=by, basis=basis)
    if not kept:
        return None
    theirs = Actor(person=by.me, source=by.source)
    return support(
        by=theirs, person=by.me, supporter=supporter, kind=BasisKind.ASKED, parts=kept, until=ends, role=before[0].role
    )


def _covers(basis: Basis, parts: Parts, until: datetime | None) -> bool:
    """Whether somebody has agreed to all of this already."""
    in_time = basis.until is None or (until is not None and until <= basis.until)
    return in_time and basis.scopes.count() == len(set(parts))


def _ask(asked: HelpAsked, parts: Parts) -> HelpAsked:
    """Put the question, in the place of one that was put before. Called inside an action that holds both."""
    for before in HelpAsked.objects.filter(person=asked.person, supporter=asked.supporter, kind=asked.kind):
        take_away(before)
    asked.lapses = timezone.now() + LAPSES
    asked.save()
    HelpAskedScope.objects.bulk_create(HelpAskedScope(asked=asked, part=part, act=act) for part, act in set(parts))
    return asked


def offer_to_keep(*, by: Actor, person: Party, role: str, parts: Parts) -> HelpAsked:
    """The same the other way round: somebody whose work it is offers, and the person is asked. Called inside an
    action that holds both."""
    offered = HelpAsked(person=person, supporter=by.me, asked_by=by.me, kind=BasisKind.NAMED_HELPER)
    offered.role, offered.waits_for_person = role, True
    return _ask(offered, parts)


@action("helping.record", may=policy.may_record)
def record_basis(
    *, by: Actor, person: Party, supporter: Party, kind: str, parts: Parts, evidence_seen_by: str = ""
) -> HelpAsked:
    """A steward writes down that an attorney, deputy, appointee or parent may act, having seen the paper for it.

    The supporter is asked, as anybody is: a paper says what they may do, not that this page is theirs. The person is
    told when it begins, and can say no before and after. Raises Fault without who saw the evidence.
    """
    if not evidence_seen_by.strip():
        raise Fault("evidence_seen_by", _("Say who saw the paper"))
    if not (person.is_person and supporter.is_person) or person.pk == supporter.pk:
        raise Fault("supporter", _("Enter two different people"))
    hold(person, supporter)
    asked = HelpAsked(person=person, supporter=supporter, asked_by=by.person, kind=kind)
    asked.evidence_seen_by = evidence_seen_by.strip()[:200]
    if supporter.pk in blocked_between(person):
        asked.answer = Answer.SHUT  # a steward learns of no block: it reads as a question that waits
    _ask(asked, parts)
    if asked.answer == Answer.WAITING:
        body = saying.question(asked, parts)
        tell(by=by, to=supporter, title=message("Somebody asks for your help"), body=body, link=link_of(asked))
    return asked


@action("helping.answer", may=policy.may_answer)
def answer(*, by: Actor, asked: HelpAsked, yes: bool, in_my_work: bool = False) -> Basis | None:
    """Yes, and the help begins, and each knows the other; or no, and whoever asked is told so and no more.

    With `in_my_work` it is a part of the supporter's work here and ends with it. Raises Fault for a question that was
    taken back, answered or has lapsed: of two at once, one is first.
    """
    hold(asked.person, asked.supporter)
    waiting = HelpAsked.objects.select_for_update(of=("self",)).select_related("person", "supporter", "asked_by")
    found = waiting.filter(is_open(), pk=asked.pk).first()
    if found is None or found.supporter_id in blocked_between(found.person):
        raise Fault("answer", _("This question is not open any more"))
    if yes:
        return _yes(by, found, in_my_work)
    _no(by, found)
    return None


def _yes(by: Actor, asked: HelpAsked, in_my_work: bool) -> Basis:
    role = asked.role or (role_of(asked.supporter) if in_my_work and not by.is_helping else "")
    if asked.role and not has_role(asked.supporter, *HELPER_ROLES):
        raise Fault("answer", _("This question is not open any more"))
    if asked.kind == BasisKind.ASKED:
        for before in helped_by(asked.person).filter(supporter=asked.supporter, kind=BasisKind.ASKED):
            stop_support(by=by, basis=before)
    by_what = asked.kind in (BasisKind.ASKED, BasisKind.NAMED_HELPER)
    basis = support(
        by=Actor(person=asked.person, source=by.source) if by_what else Actor.system("helping"),
        person=asked.person,
        supporter=asked.supporter,
        kind=asked.kind,
        parts=list(asked.scopes.values_list("part", "act")),
        until=asked.until,
        evidence_seen_by=asked.evidence_seen_by,
        role=role,
        decided_by=asked.asked_by if not by_what else asked.person,
    )
    take_away(asked)
    confirm(by=by, basis=basis)
    return basis


def _no(by: Actor, asked: HelpAsked) -> None:
    if asked.waits_for_person:
        last = Basis.objects.filter(person=asked.person).exclude(ended_at=None).first()
        if last is not None:
            want_no_helper(by=Actor(person=asked.person, source=by.source), basis=last)
        take_away(asked)
        return
    forget(by=Actor.system("helping"), to=asked.supporter, link=link_of(asked))
    HelpAsked.objects.filter(pk=asked.pk).update(answer=Answer.NO, lapses=timezone.now() + LAPSES)
    told = message(
        "%(helper)s said no this time. Nobody has to say why. You can ask somebody else, or ring us.",
        helper=asked.supporter.shown_name,
    )
    to = asked.person if asked.kind == BasisKind.ASKED else asked.asked_by
    tell(by=Actor.system("helping"), to=to, title=message("An answer about help with a page"), body=told)


@action("helping.confirm")
def confirm(*, by: Actor, basis: Basis) -> None:
    """A message, or a letter where they want letters, that says who helps, why, and how to stop it."""
    title = message("Somebody can help you with your page")
    tell(by=by, to=basis.person, title=title, body=saying.begun(basis))


@action("helping.withdraw", may=policy.may_withdraw)
def withdraw(*, by: Actor, asked: HelpAsked) -> None:
    """Whoever asked takes it back, and it stands nowhere any more; of a yes at the same moment, one is first. Where
    others wrote down that somebody may help, the person can say no before it begins: then they hear so."""
    hold(asked.person, asked.supporter)
    found = HelpAsked.objects.select_for_update().filter(pk=asked.pk).exclude(answer=Answer.NO).first()
    if found is None:
        return
    take_away(found)
    if by.me.pk == found.person_id and found.kind not in (BasisKind.ASKED, BasisKind.NAMED_HELPER):
        told = message(
            "%(person)s wants no help from %(helper)s, and it does not begin.",
            person=asked.person.shown_name,
            helper=asked.supporter.shown_name,
        )
        tell(by=Actor.system("helping"), to=asked.asked_by, title=message("Help that is not wanted"), body=told)


@action("helping.lapse", may=policy.may_run_nightly)
def lapse(*, by: Actor) -> int:
    """Once a day: questions that nobody answered in time go away, and whoever asked hears so. How many."""
    over = HelpAsked.objects.filter(lapses__lte=timezone.now()).select_related("person", "supporter", "asked_by")
    many = 0
    for asked in over.select_for_update(of=("self",), skip_locked=True).order_by("pk"):
        many += asked.answer != Answer.NO
        if asked.answer != Answer.NO and not asked.waits_for_person:
            told = message("%(helper)s did not answer. You can ask somebody else.", helper=asked.supporter.shown_name)
            to = asked.person if asked.kind == BasisKind.ASKED else asked.asked_by
            tell(by=by, to=to, title=message("An answer about help with a page"), body=told)
        take_away(asked)
    return many


def shut_out(blocker: Party, blocked: Party) -> None:
    """Called inside the action by which the first wants nothing more from the second. What they asked is taken back;
    what was asked of them cannot be answered any more, and reads as a question that waits until it lapses."""
    between = Q(person=blocker, supporter=blocked) | Q(person=blocked, supporter=blocker)
    for asked in HelpAsked.objects.filter(between, answer=Answer.WAITING):
        own = asked.supporter_id if asked.waits_for_person else asked.person_id
        if own == blocker.pk:
            take_away(asked)
        else:
            forget(by=Actor.system("helping"), to=blocker, link=link_of(asked))
            HelpAsked.objects.filter(pk=asked.pk).update(answer=Answer.SHUT)


def left(party: Party) -> None:
    """Called inside the action by which somebody leaves for good: what they asked, and were asked, goes with them."""
    for asked in HelpAsked.objects.filter(Q(person=party) | Q(supporter=party) | Q(asked_by=party)):
        take_away(asked)


def take_away(asked: HelpAsked) -> None:
    """The question goes, and the message that put it. Called inside an action."""
    to = asked.person if asked.waits_for_person else asked.supporter
    forget(by=Actor.system("helping"), to=to, link=link_of(asked))
    HelpAsked.objects.filter(pk=asked.pk).delete()


def role_of(party: Party) -> str:
    """The role by which somebody may keep pages as a part of their work, if they have one."""
    rows = open_memberships().filter(member=party, role__in=HELPER_ROLES).order_by("since", "pk")
    return rows.values_list("role", flat=True).first() or ""


def link_of(asked: HelpAsked) -> str:
    return f"/helping/asked/{asked.key}/"
