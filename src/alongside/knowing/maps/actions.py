"""Start a community's map, write its charter, name stewards, order layers, and put things on or leave them off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, Refused, action
from alongside.ground.history.actor import Actor
from alongside.ground.limits.actions import still_today
from alongside.ground.notices.actions import message, tell
from alongside.ground.people.models import Party
from alongside.ground.people.queries import HERE, blocked_between, may_speak_for, open_memberships
from alongside.ground.records import actions as records
from alongside.ground.records.models import Level, Record
from alongside.knowing.maps import policy, queries
from alongside.knowing.maps.models import LONGEST, CommunityMap, MapLayer, MapPin, MapSteward, PinState

CHARTER = ("may_stand", "may_not", "decides", "objects_how")
FEWEST = 1
MOST, MOST_TO_ONE = 30, 3  # messages that one steward causes in a day


@action("maps.start", may=policy.may_start, returns=CommunityMap)
def start(
    *, by: Actor, community: Party, title: str, words: str = "", review_on: date | None = None, **charter: str
) -> CommunityMap:
    """A community starts its own map, which anyone may see. Whoever starts it is its first steward.

    One map a community: Fault where it has one, for a missing title, and for texts that are too long.
    """
    Party.objects.select_for_update(no_key=True).get(pk=community.pk)  # of two who start it at once, one waits
    if CommunityMap.objects.filter(record__owner=community, record__state="live").exists():
        raise Fault("title", _("This community has a map already"))
    given = _clean(title=title, words=words, **charter)
    record = records.open_record(
        by=by, kind="map", owner=community, audience="everyone", level=Level.COMMUNITY, area=community.area
    )
    map = CommunityMap.objects.create(record=record, review_on=review_on, **given)
    if by.person is not None:
        MapSteward.objects.create(map=map, party=by.person, since=timezone.now())
    return map


@action("maps.write", may=policy.may_tend, returns=CommunityMap)
def write(*, by: Actor, map: CommunityMap, review_on: date | None = None, **texts: str) -> CommunityMap:
    """Write the title, the words and the charter anew; a review date that has passed should be a later one."""
    if review_on is not None and review_on < timezone.localdate() and review_on != map.review_on:
        raise Fault("review_on", _("Choose a day that is still to come"))
    for name, value in _clean(**texts).items():
        setattr(map, name, value)
    map.review_on = review_on
    map.save()
    return map


@action("maps.vouch", may=policy.may_tend)
def vouch(*, by: Actor, map: CommunityMap, party: Party) -> MapSteward:
    """A steward vouches for another member of the community, who is asked. Their name shows once they said yes.

    Raises Fault for somebody who does not belong to the community, or wants nothing from who asks; Refused where
    the same steward has written to many people today.
    """
    belongs = open_memberships().filter(member=party, of=map.record.owner).exists()
    shut_out = by.person is not None and by.person.pk in blocked_between(party)
    if not party.is_person or party.state not in HERE or not belongs or shut_out:
        raise Fault("who", _("Choose somebody who belongs to this community"))
    row, made = MapSteward.objects.get_or_create(map=map, party=party, until=None, defaults={"vouched_by": by.person})
    if made:
        _may_write(by, party)
        said = message(
            "%(who)s would like you to help look after the map %(map)s. Nobody sees your name unless you say yes.",
            who=by.person.shown_name if by.person else "",
            map=map.title,
        )
        title = message("Will you help look after a map?")
        tell(by=Actor.system("maps.vouch"), to=party, title=title, body=said, link=f"/m/steward/{row.key}/")
    return row


@action("maps.say_yes", may=policy.may_answer)
def say_yes(*, by: Actor, stewardship: MapSteward) -> MapSteward:
    """Who was asked says yes, and looks after the map from now on."""
    MapSteward.objects.filter(pk=stewardship.pk, since=None, until=None).update(since=timezone.now())
    stewardship.refresh_from_db()
    return stewardship


@action("maps.step_down", may=policy.may_step_down)
def step_down(*, by: Actor, stewardship: MapSteward) -> MapSteward:
    """A place as steward ends, or a question is taken back. The last steward stays until another has come."""
    CommunityMap.objects.select_for_update(no_key=True).get(pk=stewardship.map_id)  # the last two may leave at once
    others = policy.in_place().filter(map=stewardship.map).exclude(pk=stewardship.pk)
    if stewardship.since is not None and others.count() < FEWEST:
        raise Fault("steward", _("A map needs a steward. Let another one come first."))
    MapSteward.objects.filter(pk=stewardship.pk, until=None).update(until=timezone.now())
    stewardship.refresh_from_db()
    return stewardship


@action("maps.lay", may=policy.may_tend)
def lay(*, by: Actor, map: CommunityMap, order: Sequence[str], shown: Sequence[str]) -> None:
    """Say in which order the layers come and which of them show from the start. Raises Fault for an unknown one."""
    known = {one.layer.key for one in queries.laid(map)}
    if not set(order) | set(shown) <= known:
        raise Fault("shown", _("Choose from these"))
    MapLayer.objects.filter(map=map).delete()
    whole = [*dict.fromkeys(order), *(key for key in sorted(known) if key not in order)]
    MapLayer.objects.bulk_create(
        MapLayer(map=map, layer=key, shown=key in shown, position=at) for at, key in enumerate(whole)
    )


@action("maps.put_on", may=policy.may_tend)
def put_on(*, by: Actor, map: CommunityMap, record: Record) -> MapPin:
    """Ask for something from outside the edge to stand on the map too. It does so once its holder says yes; at
    once where the steward speaks for the holder. A no is kept, and nobody asks again. Refused where the same
    steward has written to many people today."""
    theirs = may_speak_for(by, record.owner)
    state = PinState.ON if theirs else PinState.ASKED
    pin, made = MapPin.objects.get_or_create(map=map, record=record, defaults={"state": state, "by": by.person})
    if pin.state == PinState.OFF:
        pin.state, pin.reason, made = state, "", True
        pin.save()
    if made and not theirs:
        _may_write(by, record.owner)
        said = message("The map %(map)s would like to show what you offer. It shows once you say yes.", map=map.title)
        title = message("May a map show what you offer?")
        link = f"/m/pin/{pin.key}/"
        tell(by=Actor.system("maps.put_on"), to=record.owner, title=title, body=said, record=record, link=link)
    return pin


@action("maps.answer", may=policy.may_answer_pin)
def answer(*, by: Actor, pin: MapPin, yes: bool) -> MapPin:
    """The holder says yes or no; either may be changed on any day. A no holds inside the edge too; a yes does not
    undo what the stewards left off."""
    state = PinState.ON if yes else PinState.NO
    MapPin.objects.filter(pk=pin.pk).exclude(state=PinState.OFF).update(state=state, at=timezone.now())
    pin.refresh_from_db()
    return pin


@action("maps.leave_off", may=policy.may_tend)
def leave_off(*, by: Actor, map: CommunityMap, record: Record, reason: str) -> MapPin:
    """Take something off this map, by what its charter says. The thing itself stays as it is; its holder is told why.

    Raises Fault without a reason; Refused where the same steward has written to many people today.
    """
    reason = " ".join(reason.split())[:300]
    if not reason:
        raise Fault("reason", _("Say why, so that its holder can answer"))
    values = {"state": PinState.OFF, "reason": reason, "by": by.person}
    pin, _made = MapPin.objects.update_or_create(map=map, record=record, defaults=values)
    _may_write(by, record.owner)
    words = message(
        "What you offer is no longer on the map %(map)s: %(reason)s It stays where else it is shown. %(how)s",
        map=map.title,
        reason=reason,
        how=map.objects_how,
    )
    title = message("Left off a map")
    tell(by=Actor.system("maps.leave_off"), to=record.owner, title=title, body=words, record=record)
    return pin


@action("maps.remind", may=policy.may_remind)
def remind(*, by: Actor, today: date | None = None) -> int:
    """At night: tell the stewards of each map whose charter is due for another look, once a date. How many maps."""
    today = today or timezone.localdate()
    due = queries.to_remind(today)
    for map in due:
        for steward in queries.stewards(map):
            said = message(
                "The charter of %(map)s is due for another look. Read it together, and choose a new day.", map=map.title
            )
            title = message("Time to look at the charter of your map")
            tell(by=by, to=steward.party, title=title, body=said, link=f"/m/{map.record.key}/tend/")
        CommunityMap.objects.filter(pk=map.pk).update(reminded_on=today)
    return len(due)


def _may_write(by: Actor, to: Party) -> None:
    """Stewards of maps write to people who never asked them to: to so many a day, and so often to one of them."""
    if by.person is None or may_speak_for(by, to):
        return
    me = by.person.pk
    if not (still_today(caller=f"map {me} {to.pk}", most=MOST_TO_ONE) and still_today(caller=f"map {me}", most=MOST)):
        raise Refused(_("You have written to many people today, or often to the same one. Go on tomorrow."))


def _clean(**texts: str) -> dict[str, str]:
    kept = {name: value.replace("\x00", "").strip() for name, value in texts.items()}
    if "title" in kept:
        kept["title"] = " ".join(kept["title"].split())
        if not kept["title"]:
            raise Fault("title", _("Enter a name for the map"))
    for name, value in kept.items():
        most = 200 if name == "title" else LONGEST
        if len(value) > most:
            raise Fault(name, _("Use %(most)d letters or fewer") % {"most": most})
    return kept
