"""Takes single values out of what another file says: what fits is taken, the rest is named with how to mend it.
Nothing here raises, whatever it is given."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from alongside.exchange.carrying import sentences
from alongside.exchange.carrying.document import Reading, Time
from alongside.ground.history.acting import Fault as BadInput
from alongside.ground.records.models import Precision
from alongside.knowing.assets.models import Access, AssetKind, Cost, Unit
from alongside.knowing.assets.when import WEEK, ZONE, checked
from alongside.knowing.outcomes.queries import domain_choices

LONGEST = {"title": 200, "words": 10_000, "cost_words": 200, "open_to": 300, "how": 300, "website": 500, "place": 200}
LONGEST |= {"key": 200, "source": 120, "source_id": 200, "lang": 8, "name": 200, "about": 20_000}
LONGEST |= {"may_stand": 4000, "may_not": 4000, "decides": 4000, "objects_how": 4000, "tz": 40, "rrule": 300}
LONGEST |= {"edition": 10, "code": 40}
CHOICES = {"kind": AssetKind.values, "cost": Cost.values, "precision": Precision.values, "unit": Unit.values}
ONE_LINE = ("title", "place", "key", "name", "source", "lang")
MOST_TIMES = 200
UNFIT = re.compile("[\x00\ud800-\udfff]")
YES = frozenset({"yes", "y", "true", "1", "ie", "ydy", "x"})
NO = frozenset({"no", "n", "false", "0", "na", "nac ydy", ""})


def fit(text: str) -> str:
    """The text without signs that no database keeps."""
    return UNFIT.sub("", text)


def bare(value: object, name: str) -> str:
    text = fit(value).strip() if isinstance(value, str) else ""
    return (" ".join(text.split()) if name in ONE_LINE else text)[: LONGEST[name]].strip()


def is_list(value: object) -> bool:
    return isinstance(value, list | tuple)


def degrees(value: object, most: float) -> float | None:
    if isinstance(value, str):
        try:
            value = float(value.strip().replace(",", "."))
        except ValueError:
            return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) and abs(number) <= most else None


class Take:
    """Takes fields out of a dictionary one by one, and notes what is wrong with them."""

    def __init__(self, given: Mapping[Any, Any], where: str, reading: Reading) -> None:
        self.given, self.where, self.reading = given, where, reading

    def note(self, name: str, reason: str) -> None:
        self.reading.note(self.where, name, self.given.get(name), reason)

    def text(self, name: str) -> str:
        value = self.given.get(name)
        if value is None:
            return ""
        if isinstance(value, int | float | date) and not isinstance(value, bool):
            value = _number_said(value)
        if not isinstance(value, str):
            self.note(name, sentences.NOT_WORDS)
            return ""
        text = fit(value).strip()
        text = " ".join(text.split()) if name in ONE_LINE else text
        if len(text) > LONGEST[name]:
            self.note(name, sentences.TOO_LONG)
        return text[: LONGEST[name]].strip()

    def choice(self, name: str) -> str:
        value = self.given.get(name)
        if value in (None, ""):
            return ""
        if isinstance(value, str) and (plain := value.strip().casefold().replace(" ", "_")) in CHOICES[name]:
            return plain
        self.note(name, sentences.BAD_CHOICE)
        return ""

    def number(self, name: str, most: int) -> int | None:
        value = self.given.get(name)
        if value in (None, ""):
            return None
        text = str(value).strip() if not isinstance(value, bool) else ""
        if re.fullmatch(r"\d{1,9}(\.0+)?", text) and int(text.split(".")[0]) <= most:
            return int(text.split(".")[0])
        self.note(name, sentences.BAD_AGE if name.endswith("age") else sentences.BAD_NUMBER)
        return None

    def yes(self, name: str) -> bool:
        value = self.given.get(name, "")
        if isinstance(value, bool):
            return value
        said = str(value if value is not None else "")[:20].strip().casefold()
        if said not in YES | NO:
            self.note(name, sentences.BAD_YES)
        return said in YES

    def day(self, name: str) -> str:
        value = self.given.get(name)
        if value in (None, ""):
            return ""
        if isinstance(value, datetime | date):
            return value.strftime("%Y-%m-%d")
        try:
            return date.fromisoformat(str(value)[:10]).isoformat()
        except ValueError:
            self.note(name, sentences.BAD_DATE)
            return ""

    def website(self) -> str:
        text = self.text("website")
        if text and not text.startswith(("https://", "http://")):
            if re.fullmatch(r"(www\.)?[\w-]+(\.[\w-]+)+(/\S*)?", text):
                return f"https://{text}"[: LONGEST["website"]]
            self.note("website", sentences.BAD_URL)
            return ""
        return text

    def point(self) -> tuple[float | None, float | None]:
        given = [self.given.get(name) for name in ("lat", "lng")]
        empty = [value in (None, "") for value in given]
        if all(empty):
            return None, None
        if any(empty):
            self.note("lat" if empty[1] else "lng", sentences.HALF_A_PLACE)
            return None, None
        lat, lng = degrees(given[0], 90), degrees(given[1], 180)
        if lat is None or lng is None:
            self.note("lat" if lat is None else "lng", sentences.BAD_PLACE)
            return None, None
        return lat, lng

    def many(self, name: str) -> list[Any]:
        value = self.given.get(name)
        if value in (None, ""):
            return []
        if isinstance(value, str):
            return [one.strip() for one in re.split(r"[;,\n]", value) if one.strip()]
        if is_list(value):
            return list(value)
        self.note(name, sentences.NOT_WORDS)
        return []

    def domains(self) -> tuple[str, ...]:
        known = {key for key, _label in domain_choices()}
        given = self.many("domains")
        found = sorted({one for one in given if isinstance(one, str) and one in known})
        if len(found) < len(given):
            self.note("domains", sentences.BAD_CHOICE)
        return tuple(found)

    def access(self) -> tuple[tuple[str, str], ...]:
        found: dict[str, str] = {}
        for one in self.many("access"):
            pair = (one, "") if isinstance(one, str) else tuple(one) if is_list(one) and len(one) == 2 else ("", "")
            if isinstance(pair[0], str) and isinstance(pair[1], str) and pair[0] in Access.values:
                found[pair[0]] = fit(pair[1])[:200]
            else:
                self.note("access", sentences.BAD_CHOICE)
        return tuple(sorted(found.items()))

    def whens(self) -> tuple[Time, ...]:
        given = self.given.get("whens")
        if given in (None, "", [], ()):
            return ()
        if not is_list(given):
            self.note("whens", sentences.BAD_TIME)
            return ()
        times = list(given)
        if len(times) > MOST_TIMES:
            self.note("whens", sentences.TOO_OFTEN)
        return tuple(time for one in times[:MOST_TIMES] if (time := self._time(one)) is not None)

    def _time(self, given: object) -> Time | None:
        """A time as it can be kept, or None where it is none."""
        if not isinstance(given, Mapping):
            self.note("whens", sentences.BAD_TIME)
            return None
        texts = {name: fit(str(given.get(name) or "")).strip() for name in ("starts", "rrule", "words")}
        zone, minutes = bare(given.get("tz"), "tz") or ZONE, given.get("minutes")
        whole = isinstance(minutes, int) and not isinstance(minutes, bool) and 0 < minutes <= WEEK
        try:
            starts = datetime.fromisoformat(texts["starts"]) if texts["starts"] else None
            [kept] = checked([(starts, texts["rrule"], minutes if whole else None, texts["words"])])
        except (ValueError, TypeError, OverflowError, BadInput):
            self.reading.note(self.where, "whens", texts["rrule"] or texts["starts"], sentences.BAD_RULE)
            return Time(words=" ".join(texts["words"].split())[:200]) if texts["words"] else None
        at = kept.starts.isoformat() if kept.starts else ""
        return Time(at, kept.rrule, zone, kept.minutes, kept.words)


def _number_said(value: int | float | date) -> str:
    if isinstance(value, date):
        return value.isoformat()
    try:
        return str(int(value)) if value == int(value) else str(value)
    except (OverflowError, ValueError):
        return ""
