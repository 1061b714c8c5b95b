"""Says an asset's facts in everyday words: who, when, where, how far, how much, and why it was found."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.ground.consent.queries import Word
from alongside.ground.people.models import Kind, Party
from alongside.ground.records.models import Audience, Record, State
from alongside.knowing.assets.models import Access, Asset, AssetWhen, Cost, Unit
from alongside.knowing.assets.when import BY_DAY, DAYS, ZONE
from alongside.knowing.outcomes.queries import domain_label, said
from alongside.methods.scoring import Why

WALK_KM_A_MINUTE = 0.075
FIVE = 5  # shown places are blurred, so minutes are told in fives
FAR_TO_WALK_KM = 2.5
KM_A_MILE = 1.609344


def shown_name(party: Party) -> str:
    """A community or organisation by its name; a person by their first name and an initial."""
    return party.shown_name


def first_name(party: Party) -> str:
    return shown_name(party).split()[0] if party.is_person else party.name


def weekdays() -> tuple[str, ...]:
    return (
        _("Mondays"),
        _("Tuesdays"),
        _("Wednesdays"),
        _("Thursdays"),
        _("Fridays"),
        _("Saturdays"),
        _("Sundays"),
    )


def when_said(when: AssetWhen) -> str:
    """The holder's own words, or the rule in ours: "Wednesdays, 2pm to 4pm"."""
    if when.words:
        return when.words
    local = when.starts.astimezone(ZoneInfo(ZONE)) if when.starts else None
    hours = _hours(local, when.minutes) if local and (local.hour or local.minute or when.minutes) else ""
    day = _days(when, local)
    return ", ".join(part for part in (day, hours) if part)


def _days(when: AssetWhen, local: datetime | None) -> str:
    parts = dict(part.partition("=")[::2] for part in when.rrule.upper().split(";") if part)
    listed = [match.group(1) for match in map(BY_DAY.match, parts.get("BYDAY", "").split(",")) if match]
    if listed:
        said = _and([weekdays()[DAYS.index(day)] for day in dict.fromkeys(listed)])
        return _("Some %(days)s") % {"days": said} if parts.get("FREQ") == "MONTHLY" else said
    if parts.get("FREQ") == "DAILY":
        return _("Every day")
    if local is None:
        return ""
    if parts.get("FREQ") == "WEEKLY":
        return weekdays()[local.weekday()]
    return formats.date_format(local, "j F Y")


def _hours(local: datetime, minutes: int | None) -> str:
    if not minutes:
        return _hour(local)
    until = local + timedelta(minutes=minutes)
    return _("%(start)s to %(end)s") % {"start": _hour(local), "end": _hour(until)}


def _hour(at: datetime) -> str:
    if (at.hour, at.minute) == (12, 0):
        return _("noon")
    minutes = f".{at.minute:02}" if at.minute else ""
    return f"{(at.hour - 1) % 12 + 1}{minutes}{'am' if at.hour < 12 else 'pm'}"


def all_whens(asset: Asset, most: int = 20) -> str:
    """All its times, or the first few and that there are more."""
    said = [words for words in map(when_said, asset.whens.all()) if words]
    more = [_("and more")] if len(said) > most else []
    return "; ".join([*said[:most], *more])


def far_said(km: float | None) -> str:
    """How far, as a walk where one would walk; shown places are blurred, so it is always about."""
    if km is None:
        return ""
    if km <= FAR_TO_WALK_KM:
        minutes = max(1, round(km / WALK_KM_A_MINUTE / FIVE)) * FIVE
        return _("about %(n)s minutes’ walk") % {"n": minutes}
    miles = max(2, round(km / KM_A_MILE))
    return ngettext("about %(n)s mile away", "about %(n)s miles away", miles) % {"n": miles}


def place_said(record: Record) -> str:
    """The shown place in words: what the holder calls it, or else the name of the area."""
    spot = getattr(record, "spot", None)
    if spot is None:
        return ""
    said = spot.shown_words or (spot.area.name if spot.area else "")
    return _("%(where)s (on the map: near, from the postcode)") % {"where": said} if spot.from_postcode else said


def cost_said(asset: Asset) -> str:
    if asset.cost == Cost.UNKNOWN:
        return asset.cost_words
    return asset.cost_words if asset.cost == Cost.PAID and asset.cost_words else str(Cost(asset.cost).label)


def access_said(asset: Asset) -> list[tuple[str, str]]:
    """(feature, words) for each thing that makes it work for somebody."""
    return [(one.feature, one.words or str(Access(one.feature).label)) for one in asset.access.all()]


def amount_said(asset: Asset) -> str:
    offer = getattr(asset, "offer", None)
    if offer is None or not offer.per_week:
        return ""
    if offer.unit != Unit.MINUTES:
        return _("%(n)s %(unit)s a week") % {"n": offer.per_week, "unit": offer.get_unit_display()}
    hours = f"{offer.per_week / 60:.1f}".removesuffix(".0")
    return _("Up to 1 hour a week") if hours == "1" else _("Up to %(n)s hours a week") % {"n": hours}


def room_said(asset: Asset) -> str:
    """Room for newcomers as its holder said it; nothing where they said nothing, or what they said is over."""
    today = timezone.localdate()
    if asset.room_for is None or (asset.room_until is not None and asset.room_until < today):
        return ""
    said = ngettext("Room for %(n)s newcomer", "Room for %(n)s newcomers", asset.room_for) % {"n": asset.room_for}
    said = said if asset.room_for else _("No room for newcomers just now")
    if asset.room_until is None:
        return said
    return _("%(room)s, until %(day)s") % {"room": said, "day": formats.date_format(asset.room_until, "j F")}


def starts_said(asset: Asset) -> str:
    """How many people it takes for it to start; nothing where one is enough."""
    if not asset.least_people:
        return ""
    return _("Starts when %(n)s people want to come") % {"n": asset.least_people}


def break_said(asset: Asset) -> str:
    """That its holder takes a break, and when it is back where they said so."""
    if not asset.paused:
        return ""
    if asset.back_on is None:
        return _("Taking a break")
    return _("Taking a break until %(day)s") % {"day": formats.date_format(asset.back_on, "j F")}


def news(asset: Asset) -> list[str]:
    """What a list says of it in a word or two: a break, room for newcomers, and that nobody said lately it is so."""
    stale = _("Not confirmed for a while") if asset.record.state == State.STALE else ""
    return [said for said in (break_said(asset), room_said(asset), stale) if said]


def holder_said(party: Party) -> str:
    return {
        Kind.PERSON: _("A person"),
        Kind.COMMUNITY: _("A community"),
        Kind.ORGANISATION: _("An organisation"),
    }[Kind(party.kind)]


def why_said(why: Iterable[Why], place: str, km: float | None) -> str:
    """Why something was found, in a sentence or two."""
    by: dict[str, list[str]] = {}
    for one in why:
        by.setdefault(one.code, []).append(f"“{one.value}”")
    said: list[str] = []
    if "title" in by:
        said.append(_("its name says %(words)s.") % {"words": _and(by["title"])})
    if "holder" in by:
        said.append(_("who offers it is called %(words)s.") % {"words": _and(by["holder"])})
    if "words" in by:
        said.append(_("it speaks of %(words)s.") % {"words": _and(by["words"])})
    if "means" in by:
        said.append(_("it may help with %(words)s.") % {"words": _and(by["means"])})
    if "like" in by and not said:
        said.append(_("it means much the same as your words."))
    if said and km is not None and place:
        far = far_said(km)
        said.append(_("It is %(far)s from %(place)s.") % {"far": far, "place": place})
    return " ".join([said[0], *(one[0].upper() + one[1:] for one in said[1:])]) if said else ""


def uses_said(words: Iterable[Word]) -> list[str]:
    """What its holder lets it be used for, each with its last day where there is one."""
    made = []
    for word in words:
        if word.yes:
            label, ends = said(word.purpose["label"]), until_said(word.until)
            made.append(f"{label} ({ends})" if ends else label)
    return made


def until_said(until: datetime | None) -> str:
    if until is None:
        return ""
    day = formats.date_format(until.astimezone(ZoneInfo(ZONE)) - timedelta(seconds=1), "j F Y")
    return _("until %(day)s") % {"day": day}


def seen_said(record: Record, mine: bool) -> str:
    """Who can see it and until when, naming people and groups and never roles."""
    until = record.audience_until
    if until is not None and until <= timezone.now():
        return _("Only you can see this now. Its last day for others has passed.")
    ends = until_said(until)
    return f"{_seen_by(record, mine)} {ends[:1].upper()}{ends[1:]}." if ends else _seen_by(record, mine)


def _seen_by(record: Record, mine: bool) -> str:
    name = _("You") if mine else first_name(record.owner)
    if record.state == State.HELD and record.audience != Audience.ME:
        return (
            _("only you, until a steward has looked at it.") if mine else _("nobody yet. A steward looks at it first.")
        )
    if record.audience == Audience.EVERYONE:
        # An organisation's service may stand in a public list that nobody there wrote here.
        if record.owner.kind == Kind.ORGANISATION and not mine:
            return _("anyone. It is open to all.")
        return _("anyone. %(name)s chose that.") % {"name": name}
    if record.audience == Audience.COMMUNITY and record.community:
        return _("people in %(group)s. %(name)s chose that.") % {"group": record.community.name, "name": name}
    if record.audience == Audience.CIRCLE:
        return _("people in the circle. %(name)s chose that.") % {"name": name}
    return _("Only you can see this. You choose later if you want to share it.")


def days_said(days: Iterable[int]) -> str:
    """Weekdays by number, 0 for Monday: "Tuesdays and Fridays"."""
    return _and([weekdays()[day] for day in sorted(days)])


def _and(words: list[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def glance(asset: Asset) -> list[tuple[str, str, str]]:
    """The rows of "At a glance": (icon, label, words), the same in the same order for every holder."""
    rows: list[tuple[str, Any, str]] = [
        (asset.kind, _("What"), str(asset.get_kind_display())),
        ("calendar", _("When"), all_whens(asset)),
        ("pin", _("Where"), where_said(asset.record)),
        ("clock", _("How much"), amount_said(asset)),
        ("money", _("Cost"), cost_said(asset) or _("Ask about the cost")),
        ("people", _("Room"), room_said(asset)),
        ("people", _("How many it takes"), starts_said(asset)),
        ("talk", _("Open to"), asset.open_to),
        ("level", _("Getting in"), ". ".join(words for _feature, words in access_said(asset))),
        ("phone", _("Get in touch"), asset.how),
    ]
    return [(icon, str(label), words) for icon, label, words in rows if words]


def where_said(record: Record) -> str:
    """The place, and for a blurred one that the door is told later."""
    place = place_said(record)
    spot = getattr(record, "spot", None)
    if place and spot and spot.precision == "cell" and record.owner.is_person:
        return _("Near %(place)s. You hear the exact place when you both say yes.") % {"place": place.rstrip(".")}
    return place


def domain_names(asset: Asset) -> list[str]:
    """The parts of life it may help with, in the reader's language."""
    return [name for name in map(domain_label, sorted(one.domain for one in asset.domains.all())) if name]
