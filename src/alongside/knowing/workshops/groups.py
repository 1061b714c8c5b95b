"""A card about a group or a place goes on the map; about one on the register, only with a yes of who looks after it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, action, demand
from alongside.ground.history.actor import Actor
from alongside.ground.limits.actions import still_today
from alongside.ground.notices.actions import forget, message, tell
from alongside.ground.people.models import Party
from alongside.ground.people.queries import may_speak_for
from alongside.ground.records.actions import lock
from alongside.ground.records.models import Audience
from alongside.knowing.freshness.queries import who_is_told
from alongside.knowing.workshops import policy, queries
from alongside.knowing.workshops.becoming import BY, become, done, move, wipe
from alongside.knowing.workshops.models import Card, CardState, GroupAsk, Workshop
from alongside.knowing.workshops.register import kept_by_name, kept_groups, plain_name

MOST = 3  # messages about cards that one group gets in a day


@action("workshops.put_on_map", may=policy.may_put)
def put_on_map(*, by: Actor, card: Card) -> Card:
    """A place for everyone, or what a group is known for, goes on the community's map as something the community
    knows. Where somebody here looks after what bears that name, they are asked first, and nothing shows before their
    yes; whoever asks and looks after it says that yes by asking. Raises Fault for a card that is not waiting."""
    lock(card.workshop.record)
    card.refresh_from_db()
    if card.state != CardState.TYPED:
        raise Fault("words", _("This card has been answered for. It is not ours to change any more."))
    groups = kept_groups(card.about)
    own = next((group for group in groups if may_speak_for(by, group)), None)
    if own is not None:
        move(by, own, [card], Audience.EVERYONE)
    elif groups:
        _ask(card.workshop, {card.pk: groups})
    else:
        community, about, words = card.workshop.record.owner, card.about, card.words
        made = become(BY, community, card, Audience.EVERYONE, title=about if about else words, words=words)
        done(card, made, CardState.SHARED)
    return card


@action("workshops.name_group", may=policy.may_mend)
def name_group(*, by: Actor, card: Card, group: Party) -> Card:
    """The card means this group on the register: from now on it bears its name. Raises Fault for a card that is not
    waiting, and for a group that it is not like."""
    lock(card.workshop.record)
    card.refresh_from_db()
    demand(policy.may_mend, by=by, card=card)  # somebody may have been asked since it was read
    if card.state != CardState.TYPED or group not in queries.near_groups(by, card):
        raise Fault("name", _("Choose from these"))
    card.about = group.name
    card.save(update_fields=["about"])
    return card


@action("workshops.answer_for_group", may=policy.may_answer_group)
def answer_for_group(*, by: Actor, group: Party, card: Card, yes: bool, seen: str | None = None) -> Card:
    """Somebody who looks after a group says yes, and the words stand on the group's page and on the map; or no, and
    they are wiped, unless another group of that name is asked too. Once only: what was answered stays so. The others
    who look after the group hear of it. Raises Fault where the card says something else by now than was read."""
    lock(card.workshop.record)
    card.refresh_from_db()
    asked = GroupAsk.objects.filter(card=card, group=group, no_at=None)
    if card.state != CardState.TYPED or not asked.exists():
        return card
    if seen is not None and seen != queries.sum_of([card]):
        raise Fault("card", _("This card has changed since you opened this page. Read it once more."))
    words = card.words
    if yes:
        move(by, group, [card], Audience.EVERYONE)
    else:
        asked.update(no_at=timezone.now())
        if not card.asks.filter(no_at=None).exists():
            wipe([card])
    card.refresh_from_db()
    _tell_others(by, group, words, yes)
    return card


def ask_groups(workshop: Workshop) -> int:
    """Ask those who look after the groups of which waiting cards speak, and who were not asked yet. How many groups.
    Called inside an action."""
    waiting = queries.of_groups(workshop)
    kept = kept_by_name()
    new = {card.pk: kept.get(plain_name(card.about), []) for card in waiting if not card.asks.all()}
    return _ask(workshop, {pk: groups for pk, groups in new.items() if groups})


def _ask(workshop: Workshop, new: dict[int, Sequence[Party]]) -> int:
    told: dict[int, Party] = {}
    for card, groups in new.items():
        for group in groups:
            GroupAsk.objects.get_or_create(card_id=card, group=group)
            told[group.pk] = group
    for group in told.values():
        if still_today(caller=f"workshop cards {group.pk}", most=MOST):
            _tell(workshop, group, who_is_told(group))
    return len(told)


def _tell(workshop: Workshop, group: Party, keepers: Iterable[Party]) -> None:
    link = queries.asked_at(group)
    said = message(
        "At “%(title)s” somebody wrote a card about %(group)s. Nobody else reads it unless you say yes. One press is"
        " enough.",
        title=workshop.title[:120],
        group=group.name,
    )
    title = message("A card speaks of %(group)s. May it show?", group=group.name)
    for keeper in keepers:
        forget(by=BY, to=keeper, link=link)  # one message stands, not one for each card
        tell(by=BY, to=keeper, title=title, body=said, link=link)


def _tell_others(by: Actor, group: Party, words: str, yes: bool) -> None:
    link = queries.asked_at(group)
    title = message("A card about %(group)s was answered", group=group.name)
    said = (
        message(
            "%(who)s said yes for %(group)s. This shows now: “%(card)s” You can take it down on its own page.",
            who=by.me.shown_name,
            group=group.name,
            card=words,
        )
        if yes
        else message(
            "%(who)s said no for %(group)s. The card is not shown.",
            who=by.me.shown_name,
            group=group.name,
        )
    )
    for keeper in who_is_told(group):
        if keeper != by.person:
            tell(by=BY, to=keeper, title=title, body=said, link=link if not yes else f"/p/{group.key}/")
