"""Messages of a party, and those that wait for somebody to post or tell them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from alongside.ground.history.actor import Actor
from alongside.ground.notices.models import Notice, Way
from alongside.ground.notices.texts import connected as connected
from alongside.ground.notices.texts import digits as digits
from alongside.ground.notices.texts import sender as sender
from alongside.ground.notices.texts import text_of as text_of
from alongside.ground.people.queries import helps, kept_by, parts_seen


def messages(viewer: Actor) -> QuerySet[Notice]:
    """Newest first: one's own and those of groups one looks after; for a helper, what their basis reaches."""
    me = viewer.party
    if me is None or not parts_seen(viewer) & {"all", "messages"}:
        return Notice.objects.none()
    mine = Q(to=me) if viewer.is_helping else Q(to=me) | Q(to__in=kept_by(viewer))
    return Notice.objects.filter(mine).select_related("to").order_by("-at", "-pk")


def unseen(viewer: Actor) -> int:
    return messages(viewer).filter(seen_at=None).count()


def to_hand_over(viewer: Actor, way: str) -> QuerySet[Notice]:
    """Letters to post, or calls to make, for the people this helper helps; oldest first."""
    if viewer.person is None:
        return Notice.objects.none()
    people = helps(viewer.person).filter(scopes__part__in=("all", "messages"), scopes__act="see").values("person")
    waiting = Notice.objects.filter(to__in=people, way=way, sent_at=None)
    return waiting.select_related("to__facts").order_by("at")


def letters(viewer: Actor) -> QuerySet[Notice]:
    return to_hand_over(viewer, Way.LETTER)


def calls(viewer: Actor) -> QuerySet[Notice]:
    return to_hand_over(viewer, Way.TELEPHONE)
