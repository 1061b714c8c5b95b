"""The codes of the engine in residents' words: why an idea is there, what was looked at before it, what would change
the answer, and what is missing where nothing was found. Each sentence stands for one code and reads well aloud."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.knowing.assets.models import Access
from alongside.knowing.assets.wording import KM_A_MILE, days_said
from alongside.knowing.outcomes.queries import domain_label
from alongside.methods.complement import Reason, Source
from alongside.methods.complement.reasons import Before, Missing, Told
from alongside.planning.plans.reasons import far_said

HALF_HOURS = 30
Name = Callable[[str], str]
Value = str | int | float | None


def told(idea: Told, name: Name = domain_label) -> list[str]:
    """All that is said of an idea, in the order to read it. `name` puts a word of kind into the reader's words."""
    return [*why_said(idea.reasons, name), *before_said(idea.before), *instead_said(idea)]


def why_said(reasons: Iterable[Reason], name: Name = domain_label) -> list[str]:
    """Why this one: a sentence for each code, and one for all days together."""
    reasons = tuple(reasons)
    values: dict[str, list[Value]] = {}
    for reason in reasons:
        values.setdefault(reason.code, []).append(reason.value)
    return [_WHY[code](several, name) for code, several in values.items() if code in _WHY]


def before_said(before: Iterable[Before]) -> list[str]:
    """Where was looked before, in order, and why that did not serve; the same answer twice running is said once."""
    found: list[str] = []
    runs = [(why, [one.source for one in run]) for why, run in groupby(before, key=lambda one: one.why)]
    for why, sources in runs:
        if why.code == "ruled_out":
            found.append(_asked_not_to(sources))
            continue
        looked = _("Then we looked %(where)s.") if found else _("First we looked %(where)s.")
        found += [looked % {"where": _at(sources, _("%(first)s, and %(last)s"))}, _did_not(why, sources)]
    return found


def missing_said(missing: Missing, name: Name = domain_label) -> list[str]:
    """What is not found yet, the one thing that is missing, and what else would do."""
    some = _("Some of this is not found yet: %(time)s.") % {"time": time_said(missing.minutes)}
    first = _("This is not found yet.") if missing.none else some
    changes = [one for one in (missing.missing, *missing.besides) if one.code != "ruled_out"]
    out = [Source(int(one.value or 0)) for one in missing.besides if one.code == "ruled_out"]
    return [first, *(_would_work(one, name) for one in changes), *([_asked_not_to(out)] if out else [])]


def time_said(minutes: int) -> str:
    """Half hours in words: "half an hour", "2 and a half hours"."""
    hours, half = divmod(minutes, 60)
    if half < HALF_HOURS:
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    if hours:
        return ngettext("%(n)d and a half hours", "%(n)d and a half hours", hours) % {"n": hours}
    return _("half an hour")


def feature_said(word: Value) -> str:
    """An access feature within a sentence."""
    return str(Access(str(word)).label).lower() if word in Access.values else str(word).replace("_", " ")


def _things(words: Iterable[Value]) -> str:
    return ", ".join(map(feature_said, words))


_WHY: Mapping[str, Callable[[list[Value], Name], str]] = {
    "yours": lambda those, name: _("You told us you have this."),
    "kind": lambda those, name: (
        _("It is about %(part)s.") % {"part": ", ".join(name(str(one)).lower() for one in those)}
    ),
    "words": lambda those, name: _("Some of what it says is like what you said."),
    "near": lambda those, name: far_said(float(those[0] or 0)),
    "access_met": lambda those, name: _("What you need is there: %(things)s.") % {"things": _things(those)},
    "access_unknown": lambda those, name: _("Ask them about: %(feature)s.") % {"feature": _things(those)},
    "day": lambda those, name: _("It can be on %(days)s.") % {"days": days_said(int(one or 0) for one in those)},
    "give_and_take": lambda those, name: _("You could each do something for the other."),
    "has_room": lambda those, name: _("They have time for this."),
    "open_door": lambda those, name: _("There is room for more people."),
    "part": lambda those, name: _("They can do some of it: %(time)s.") % {"time": time_said(int(those[0] or 0))},
    "paid_service_does_this": lambda those, name: _(
        "A paid service does this, or did. So this waits until people here have talked about it."
    ),
}


def _at(sources: Iterable[Source], two: str) -> str:
    """Where was looked, after "looked" or "look"."""
    words = {
        Source.OWN: _("at what you have"),
        Source.COMMUNITY: _("at people and groups near you"),
        Source.BUSINESS: _("at shops and cafés"),
        Source.UNIVERSAL: _("at services for everyone"),
        Source.SPECIALIST: _("at special services"),
    }
    return reduce(lambda first, last: two % {"first": first, "last": last}, [words[source] for source in sources])


def _asked_not_to(sources: Iterable[Source]) -> str:
    return _("You asked us not to look %(where)s.") % {"where": _at(sources, _("%(first)s or %(last)s"))}


def _next() -> dict[Source, str]:
    return {
        Source.OWN: _("If they say no, there is still what you have yourself."),
        Source.COMMUNITY: _("If they say no, we can ask other people and groups near you."),
        Source.BUSINESS: _("If they say no, there is something in shops and cafés."),
        Source.UNIVERSAL: _("If they say no, there are services for everyone."),
        Source.SPECIALIST: _("If they say no, there are special services."),
    }


def instead_said(idea: Told) -> list[str]:
    """What would come next if this one said no."""
    return [_instead(one) for one in idea.instead]


def _instead(reason: Reason) -> str:
    if reason.code == "next_best":
        return _next()[Source(int(reason.value or 0))]
    return _("If they say no, we know of nobody else yet.")


def _did_not(why: Reason, sources: list[Source]) -> str:
    """Why a source did not serve. Whose time is taken, and by whom, is nobody's business."""
    if why.code == "out_of_reach":
        return _nearest(why.value) + " " + _("That is too far.")
    if why.code == "times_differ":
        return _("There is something, but at another time: %(days)s.") % {"days": days_said([int(why.value or 0)])}
    if why.code == "access_missing":
        return _("There is something, but one thing you need is not there: %(things)s.") % {
            "things": feature_said(why.value)
        }
    taken = _("Their time is all taken this week.")
    if sources == [Source.OWN]:
        taken = _("Not enough of your own time is left for all of it.")
    return {
        "some": _("There is an idea there too."),
        "none": _("There was nothing like this."),
        "at_limit": taken,
        "asked_this_week": taken,
        "needs_more_people": _("A group there needs more people before it can start."),
        "enough_shown": _("Something there could help too."),
        "not_open_to_you": _("There is something, but only for members of a group."),
        "not_for_unpaid": _("This needs someone who is paid and trained, so we ask no neighbour."),
    }[why.code]


def _nearest(km: Value) -> str:
    miles = max(1, round(float(km or 0) / KM_A_MILE))
    return ngettext("The nearest is about %(n)d mile away.", "The nearest is about %(n)d miles away.", miles) % {
        "n": miles
    }


def _would_work(one: Reason, name: Name) -> str:
    if one.code == "time":
        return _("Those who could do this have no time left. With %(time)s more it would work.") % {
            "time": time_said(int(one.value or 0))
        }
    if one.code == "more_people":
        people = int(one.value or 0)
        return ngettext(
            "There is a group. It starts when %(n)d person wants to come.",
            "There is a group. It starts when %(n)d people want to come.",
            people,
        ) % {"n": people}
    if one.code in {"day", "other_hour"}:
        days = {"days": days_said([int(one.value or 0)])}
        other = _("It could be on %(days)s, at another time of day.") % days
        return other if one.code == "other_hour" else _("It could be on %(days)s.") % days
    if one.code == "reach":
        return _nearest(one.value) + " " + _("A way to get there would help.")
    if one.code == "access":
        return _("There is one, but it does not have this: %(things)s.") % {"things": feature_said(one.value)}
    if one.code == "holder" and one.value:
        return _("We know of nobody near who offers this: %(kind)s.") % {"kind": name(str(one.value)).lower()}
    return {
        "share": _("Nobody has so much time alone. It could work if two or more people share it."),
        "next_week": _("Those who could do this are busy this week. Ask again next week."),
        "paid": _("It needs someone who is paid and trained. We never ask neighbours for this."),
        "holder": _("We know of nobody near who offers this."),
    }[one.code]


def one_more_said(kind: str, place: str, day: int | None, offers: int, people: str, name: Name = domain_label) -> str:
    """What some more of one kind, at one place and day, would let people do. `people` is a count as it may be shown:
    the caller has taken it through `methods/disclosure`."""
    words = {"n": offers, "kind": name(kind).lower(), "place": place, "people": people}
    if day is None:
        return (
            ngettext(
                "%(n)d more person for %(kind)s in %(place)s would let %(people)s people do what they want.",
                "%(n)d more people for %(kind)s in %(place)s would let %(people)s people do what they want.",
                offers,
            )
            % words
        )
    return ngettext(
        "%(n)d more person for %(kind)s on %(days)s in %(place)s would let %(people)s people do what they want.",
        "%(n)d more people for %(kind)s on %(days)s in %(place)s would let %(people)s people do what they want.",
        offers,
    ) % {**words, "days": days_said([day])}
