"""Where a feed is fetched from and when: pointed to by an organisation or a steward, tried again, held for a yes."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from alongside.exchange.fetching.queries import Unreachable, checked
from alongside.exchange.services import policy
from alongside.exchange.services.models import Feed, LoadRun, RunState, Timer
from alongside.ground.history.acting import Fault, action
from alongside.ground.history.actor import Actor
from alongside.ground.limits.actions import still_today
from alongside.ground.notices.actions import message, tell
from alongside.ground.notices.wording import Message
from alongside.ground.people import actions as people
from alongside.ground.people.models import Party, Sort
from alongside.ground.people.queries import stewards

EVERY = (0, 24, 168)  # hours: only when asked, each day, each week
LONGEST = timedelta(days=7)  # between two tries of a feed that fails
MOST_TOLD = 5  # messages to the stewards in a day, of lists that one hand sends in
LOST_SHARE = 3  # a feed that loses more than one part in three at once waits for a yes

EMPTY = gettext_noop("The list came back empty, and there are services of it here.")
LOST_MANY = gettext_noop("The list came back without more than a third of its services.")
FIRST = gettext_noop("This list was pointed to and is not here yet.")
BROKE_OFF = gettext_noop("Fetching the list broke off here, which is our fault and not theirs.")
UNREADABLE = gettext_noop("What the address gives cannot be read as a list of services.")


@action("services.point", may=policy.may_point)
def point(*, by: Actor, name: str, address: str, hours: int = 24, keeper: Party | None = None) -> Feed:
    """Say where a list lives and how often to fetch it. It is looked at, and comes in once a steward says yes.

    `keeper` is the organisation that points to its own list. Raises Fault for an address that is none, for a name
    that is somebody else's list, and for an unknown interval.
    """
    name = " ".join(name.split())[:120]
    if not name:
        raise Fault("name", _("Enter a name for the list"))
    try:
        checked(address)
    except Unreachable as problem:
        raise Fault("address", _(problem.sentence)) from problem
    if hours not in EVERY:
        raise Fault("hours", _("Choose one of these"))
    feed = Feed.objects.filter(name=name).select_related("timer").first()
    timer = getattr(feed, "timer", None) if feed else None
    if feed is not None and keeper is not None and (timer is None or timer.keeper_id != keeper.pk):
        raise Fault("name", _("There is a list of that name already. Choose another name."))
    if feed is None:
        party = keeper or people.welcome_many(by=by, newcomers=[people.Newcomer(name=name, sort=Sort.PUBLIC)])[0]
        feed = Feed.objects.create(name=name, source=address[:300], party=party)
    Timer.objects.update_or_create(
        feed=feed,
        defaults={
            "address": address.strip()[:500],
            "hours": hours,
            "etag": "",
            "modified": "",
            "tries": 0,
            "failing_since": None,
            "trouble": "",
            "next_at": None if feed.loaded is None else _next(hours),
            **({"keeper": keeper} if keeper else {}),
        },
    )
    return feed


@action("services.send_in", may=policy.may_point, returns=None)
def send_in(
    *, by: Actor, name: str, origin: str, data: bytes = b"", keeper: Party | None = None, feed: Feed | None = None
) -> LoadRun:
    """Have a list looked at: `data` as a file, or what lives at `origin`. Nothing of it is brought in yet."""
    name = " ".join(name.split())[:120]
    if not name:
        raise Fault("name", _("Enter a name for the list"))
    taken = Feed.objects.filter(name=name).exclude(timer__keeper=keeper) if keeper is not None else None
    if taken is not None and taken.exists():
        raise Fault("name", _("There is a list of that name already. Choose another name."))
    return LoadRun.objects.create(
        name=name, source=origin[:300], by=by.party, feed=feed, state=RunState.CHECKING, document=data
    )


@action("services.say_it_waits", may=policy.may_load)
def say_it_waits(*, by: Actor, run: LoadRun) -> LoadRun:
    """Tell the stewards that an organisation's list has been looked at and waits for a yes. After a few in a day they
    hear no more of lists from the same hand; all of them stand on the page of lists."""
    if not still_today(caller=f"list {run.by_id}", most=MOST_TOLD):
        return run
    words = message("%(why)s Look at it, and say yes if it may come in.", why=Message(FIRST))
    _tell_stewards(_waits(run.name), words, reverse("services:run", args=[run.key]))
    return run


@action("services.say_it_is_in", may=policy.may_load)
def say_it_is_in(*, by: Actor, run: LoadRun) -> LoadRun:
    """Tell whoever pointed to a list that it is here now."""
    if run.by is not None:
        title = message("The list “%(name)s” is here now", name=run.name)
        words = message("People can find what is in it. You can see what could be put right in it.")
        tell(by=by, to=run.by, title=title, body=words, link=reverse("services:own_run", args=[run.key]))
    return run


@action("services.pass_contacts_on", may=policy.may_load)
def pass_contacts_on(*, by: Actor, feed: Feed, on: bool) -> Feed:
    """Say whether the people a feed names as contacts may stand in our own feed too."""
    Timer.objects.filter(feed=feed).update(contacts=on)
    return feed


@action("services.note_failure", may=policy.may_load)
def note_failure(*, by: Actor, feed: Feed, sentence: str) -> Timer:
    """A try failed. What is here stays; the stewards hear of it once, and tries come further and further apart."""
    now = timezone.now()
    timer = Timer.objects.select_for_update().get(feed=feed)
    first = timer.tries == 0
    timer.tries = min(timer.tries + 1, 1000)
    timer.trouble, timer.asked_at = sentence[:300], now
    timer.failing_since = timer.failing_since or now
    pause = min(LONGEST, timedelta(hours=max(1, timer.hours or 1)) * 2 ** min(timer.tries - 1, 10))
    timer.next_at = now + pause if timer.hours else None
    timer.save(update_fields=["tries", "trouble", "asked_at", "failing_since", "next_at"])
    if first:
        why = Message(sentence)
        words = message("%(why)s We try again by ourselves. What the list brought before is still here.", why=why)
        title = message("The list “%(name)s” cannot be fetched", name=feed.name)
        _tell_stewards(title, words, reverse("services:lists"))
    return timer


@action("services.note_fetched", may=policy.may_load)
def note_fetched(*, by: Actor, feed: Feed, etag: str = "", modified: str = "") -> Timer:
    """A try went well: nothing is held against the feed any more, and the next time is set."""
    timer = Timer.objects.get(feed=feed)
    timer.etag, timer.modified, timer.asked_at = etag, modified, timezone.now()
    timer.tries, timer.failing_since, timer.trouble, timer.waits = 0, None, "", ""
    timer.next_at = _next(timer.hours)
    timer.save()
    return timer


@action("services.hold", may=policy.may_load)
def hold(*, by: Actor, feed: Feed, run: LoadRun, why: str) -> Timer:
    """What was fetched waits for a steward's yes, with the reason. They hear of it once, not every night."""
    timer = Timer.objects.select_for_update().get(feed=feed)
    again = timer.waits == why
    timer.waits, timer.asked_at, timer.next_at = why, timezone.now(), _next(timer.hours)
    timer.tries, timer.failing_since, timer.trouble = 0, None, ""
    timer.save()
    if not again:
        words = message("%(why)s Nothing was changed. Look at it, and say yes if that is right.", why=Message(why))
        _tell_stewards(_waits(feed.name), words, reverse("services:run", args=[run.key]))
    return timer


def came_in(feed: Feed) -> None:
    """What was fetched is here: nothing waits any more, and the first time sets the clock. Called inside an action."""
    timer = Timer.objects.filter(feed=feed).first()
    if timer is not None:
        timer.waits, timer.next_at = "", timer.next_at or _next(timer.hours)
        timer.save(update_fields=["waits", "next_at"])


def why_held(*, here: int, read: int, gone: int) -> str:
    """Why what was fetched is not applied by itself; nothing where it may be."""
    if here and not read:
        return EMPTY
    return LOST_MANY if here and gone * LOST_SHARE > here else ""


def waiting_run(feed: Feed) -> LoadRun | None:
    """The load of this feed that waits for a yes, the newest."""
    return LoadRun.objects.filter(name=feed.name, state=RunState.CHECKED).exclude(document=b"").order_by("-pk").first()


def _next(hours: int) -> datetime | None:
    return timezone.now() + timedelta(hours=hours) if hours else None


def _waits(name: str) -> Message:
    return message("The list “%(name)s” waits for you", name=name)


def _tell_stewards(title: Message, words: Message, link: str) -> None:
    for steward in stewards():
        tell(by=Actor.system("services.refresh"), to=steward, title=title, body=words, link=link)
