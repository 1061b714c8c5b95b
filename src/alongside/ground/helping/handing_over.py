"""Help that is a part of somebody's work ends with it, and nobody who has no other help is left without."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.ground.helping import asking, policy
from alongside.ground.helping.models import HelpAsked
from alongside.ground.helping.queries import is_open, without_helper
from alongside.ground.history.acting import Fault, action
from alongside.ground.history.actor import Actor
from alongside.ground.notices.actions import message, tell
from alongside.ground.people.actions import end_card, hold, stop_support
from alongside.ground.people.models import HELPER_ROLES, Basis, BasisKind, Card, Party, PartyState
from alongside.ground.people.queries import has_role, left_without, open_memberships

EVERYTHING = [("all", "see"), ("all", "write")]


@action("helping.let_go", may=policy.may_let_go)
def let_go(*, by: Actor, basis: Basis) -> Basis:
    """Stop the help at once. Where it was a part of the helper's work and they stop it themselves, the person is told,
    and those who do the same work see who has nobody now."""
    with_card = _has_card(basis)
    stop_support(by=by, basis=basis)
    by_helper = by.person is not None and by.person.pk == basis.supporter_id
    if basis.role and by_helper:
        _tell_person(basis)
    elif with_card:
        tell_of_card(basis)
    if by_helper and (basis.role or (with_card and without_helper_now(basis.person))):
        _tell_others(basis.supporter)
    return basis


def _has_card(basis: Basis) -> bool:
    return basis.kind == BasisKind.NAMED_HELPER and Card.objects.filter(login__party=basis.person).exists()


def without_helper_now(person: Party) -> bool:
    return left_without().filter(person=person).exists()


def tell_of_card(basis: Basis) -> None:
    """The person hears that their card has ended with the help, and how they get another."""
    words = message(
        "%(helper)s does not help you any more and may know the word of your card, so the card opens your page no more."
        " Choose a new word with whoever helps you next, or ring us.",
        helper=basis.supporter.name,
    )
    title = message("Your card does not work any more")
    tell(by=Actor.system("helping"), to=basis.person, title=title, body=words, link="/me/card/")


def shut_out(blocker: Party, blocked: Party) -> None:
    """Called inside the action by which the first wants nothing more from the second: what was asked between them goes,
    and so does a card whose word one of them may know, since the help between them ends."""
    asking.shut_out(blocker, blocked)
    between = Q(person=blocker, supporter=blocked) | Q(person=blocked, supporter=blocker)
    for basis in _keeping().filter(between):
        if end_card(basis.person):
            tell_of_card(basis)


def _keeping() -> QuerySet[Basis]:
    """The help by which somebody keeps a page, and may know the word of its card, until it is ended."""
    rows = Basis.objects.filter(kind=BasisKind.NAMED_HELPER, ended_at=None)
    return rows.select_related("person", "supporter").order_by("pk")


def _stop(rows: QuerySet[Basis]) -> int:
    """End help that is nobody's work, and the card with it. How many."""
    ended = list(rows)
    for basis in ended:
        with_card = _has_card(basis)
        stop_support(by=Actor.system("helping"), basis=basis)
        if with_card:
            tell_of_card(basis)
    return len(ended)


def role_ended(party: Party, gone: bool) -> None:
    """Called inside the action by which somebody has a role less, or leaves for good."""
    if gone:
        asking.left(party)
        _stop(_keeping().filter(supporter=party, role=""))
    if gone or not has_role(party, *HELPER_ROLES):
        _end_all(Basis.objects.filter(supporter=party), party, gone)


@action("helping.end_with_roles", may=policy.may_run_nightly)
def end_with_roles(*, by: Actor) -> int:
    """Once a day: help that holds no more, since whoever gave it has no such role or its last day has passed, is ended
    and handed over, however the role went. How many."""
    over = _stop(_keeping().filter(until__lte=timezone.now()))
    at_work = open_memberships().filter(role__in=HELPER_ROLES).values("member")
    rows = Basis.objects.exclude(supporter__in=at_work)
    helpers = Party.objects.filter(pk__in=_still(rows).values("supporter")).order_by("pk")
    return over + sum(_end_all(Basis.objects.filter(supporter=helper), helper, gone=False) for helper in helpers)


def _still(rows: QuerySet[Basis]) -> QuerySet[Basis]:
    return rows.filter(ended_at=None, objected_at=None).exclude(role="")


def _end_all(rows: QuerySet[Basis], helper: Party, gone: bool) -> int:
    system = Actor.system("helping")
    ended = list(_still(rows).select_related("person", "supporter"))
    for basis in ended:
        stop_support(by=system, basis=basis)
        _tell_person(basis)
    for asked in HelpAsked.objects.filter(supporter=helper, waits_for_person=True):
        asking.take_away(asked)
    if ended:
        if not gone:
            words = message("What you kept for others here as a part of your work is shut to you from now on.")
            tell(by=system, to=helper, title=message("Help that was a part of your work has ended"), body=words)
        _tell_others(helper)
    return len(ended)


def _tell_person(basis: Basis) -> None:
    words = message(
        "%(helper)s does not do this work here any more, and cannot see your page now. If you have nobody else to help"
        " you, one of us gets in touch. You can also ask somebody you trust, or ring us. %(helper)s may know the word"
        " of your card, so the card opens your page no more. You get a new one with whoever helps you next.",
        helper=basis.supporter.name,
    )
    title = message("Somebody does not help you any more")
    tell(by=Actor.system("helping"), to=basis.person, title=title, body=words)


def _tell_others(helper: Party) -> None:
    """Those who do such work, once each; names stand on the list, and in no message."""
    members = open_memberships().filter(role__in=policy.CARING).exclude(member=helper).values("member")
    words = message("Somebody here has nobody to help them with their page any more. See who it is, and get in touch.")
    for party in Party.objects.filter(pk__in=members, state=PartyState.LIVE).order_by("pk"):
        title = message("Somebody needs a new helper")
        tell(by=Actor.system("helping"), to=party, title=title, body=words, link="/helping/")


@action("helping.take_on", may=policy.may_take_on)
def take_on(*, by: Actor, person: Party) -> HelpAsked:
    """Get in touch with somebody who has no helper any more. They are told who does; their page stays shut until they
    say yes, and only how to reach them is shown. Raises Fault where somebody else is in touch with them, or they need
    nobody."""
    me = by.me
    hold(person, me)
    if not without_helper(by).filter(person=person).exists():
        raise Fault("who", _("They have somebody now, or want nobody"))
    for other in HelpAsked.objects.filter(is_open(), person=person, waits_for_person=True).exclude(supporter=me):
        raise Fault("who", _("%(who)s is in touch with them") % {"who": other.supporter.name})
    offered = asking.offer_to_keep(by=by, person=person, role=asking.role_of(me), parts=EVERYTHING)
    words = message(
        "%(helper)s gets in touch with you to ask whether they may keep your page with you. They know your name and how"
        " to reach you, and nothing else. You say yes or no.",
        helper=me.shown_name,
    )
    title = message("Somebody offers to help you")
    tell(by=by, to=person, title=title, body=words, link=asking.link_of(offered))
    return offered
