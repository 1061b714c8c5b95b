"""Whom somebody helps, who helps somebody, what waits for a yes, and who has nobody to help them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from alongside.ground.helping import policy
from alongside.ground.helping.models import Answer, HelpAsked
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Basis, Card, PersonFacts
from alongside.ground.people.queries import (
    HERE,
    acts_in,
    blocked_between,
    helped_by,
    helps,
    left_without,
    parts_seen,
)

NEEDS_NOTE = ("health_attorney", "best_interests")
ONLY_THROUGH_SOMEBODY = ("letter", "telephone")


def people_i_help(viewer: Actor) -> QuerySet[Basis]:
    """The person acting, whoever they are helping just now."""
    return helps(viewer.person) if viewer.person else Basis.objects.none()


def my_helpers(viewer: Actor) -> QuerySet[Basis]:
    """Shown to the person, and to a named helper on their word."""
    if viewer.party is None:
        return Basis.objects.none()
    found = helped_by(viewer.party)
    return found if "all" in parts_seen(viewer) else found.filter(supporter=viewer.person)


def card_of(basis: Basis) -> Card | None:
    return Card.objects.filter(login__party=basis.person).first()


def bases_to_note(viewer: Actor) -> QuerySet[Basis]:
    """For stewards: what rests on somebody being unable to decide, or was objected to, newest first."""
    rows = Basis.objects.filter(ended_at=None).exclude(supporter=viewer.person).select_related("person", "supporter")
    return (rows.filter(kind__in=NEEDS_NOTE) | rows.exclude(objected_at=None)).order_by("-since")


def is_open() -> Q:
    """What can be answered now."""
    here = Q(person__state__in=HERE, supporter__state__in=HERE)
    return here & Q(answer=Answer.WAITING, lapses__gt=timezone.now())


def _questions() -> QuerySet[HelpAsked]:
    return HelpAsked.objects.select_related("person", "supporter", "asked_by").order_by("at", "pk")


def asked_of(viewer: Actor) -> QuerySet[HelpAsked]:
    """What waits for this viewer's yes or no, or for that of whoever named them their helper."""
    me = viewer.party
    if me is None or not policy.acts_for(viewer, me):
        return HelpAsked.objects.none()
    mine = Q(supporter=me, waits_for_person=False) | Q(person=me, waits_for_person=True)
    apart = blocked_between(me)
    return _questions().filter(is_open(), mine).exclude(supporter__in=apart).exclude(person__in=apart)


def offered_by(viewer: Actor) -> QuerySet[HelpAsked]:
    """With whom somebody is in touch whose helper has gone; theirs to write the answer down."""
    if not acts_in(viewer, *policy.CARING):
        return HelpAsked.objects.none()
    return _questions().filter(is_open(), supporter=viewer.me, waits_for_person=True)


def question(viewer: Actor, key: UUID | str) -> HelpAsked | None:
    """One that this viewer may answer, or write the answer to."""
    return asked_of(viewer).filter(key=key).first() or offered_by(viewer).filter(key=key).first()


def asked_by(viewer: Actor) -> QuerySet[HelpAsked]:
    """Who was asked to help with the viewer's page, by them or by a steward with a paper, and has not answered. What a
    block has shut reads like any other."""
    if viewer.party is None or not policy.acts_for(viewer, viewer.party):
        return HelpAsked.objects.none()
    waits = _questions().filter(person=viewer.party, waits_for_person=False, lapses__gt=timezone.now())
    return waits.exclude(answer=Answer.NO)


def written_down_by(viewer: Actor) -> QuerySet[HelpAsked]:
    """What a steward wrote down from a paper and nobody has answered yet."""
    waits = _questions().filter(asked_by=viewer.person, kind__in=policy.ON_PAPER, lapses__gt=timezone.now())
    return waits.exclude(answer=Answer.NO)


def without_helper(viewer: Actor) -> QuerySet[Basis]:
    """The last help of each person who is reached only through somebody, whose helper does this work no more, and who
    has nobody now; for those whose work it is."""
    if not acts_in(viewer, *policy.CARING):
        return Basis.objects.none()
    no_address = Q(person__login=None) | Q(person__login__email=None)
    by_hand = Q(person__facts__contact_by__in=ONLY_THROUGH_SOMEBODY)
    return left_without().filter(no_address | by_hand).exclude(person__in=blocked_between(viewer.me))


@dataclass(frozen=True)
class Left:
    """Somebody without a helper, as the list shows them: a stranger's name, and who is in touch with them."""

    basis: Basis
    in_touch: str
    mine: HelpAsked | None


def left(viewer: Actor) -> list[Left]:
    """The list, the longest without help first; who is in touch with whom is known to colleagues by name."""
    bases = list(without_helper(viewer)[:100])
    hands = {
        asked.person_id: asked
        for asked in _questions().filter(is_open(), waits_for_person=True, person__in=[one.person_id for one in bases])
    }
    found = []
    for basis in bases:
        asked = hands.get(basis.person_id)
        mine = asked if asked is not None and asked.supporter_id == viewer.me.pk else None
        found.append(Left(basis, asked.supporter.name if asked is not None else "", mine))
    return found


def reach(viewer: Actor, asked: HelpAsked) -> PersonFacts | None:
    """How to reach somebody, for whoever told them that they would get in touch (`helping.take_on`)."""
    if not offered_by(viewer).filter(pk=asked.pk).exists():
        return None
    return PersonFacts.objects.select_related("party").filter(party=asked.person).first()
