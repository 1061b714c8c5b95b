"""What speaks for two things being one, and what against: the title, who holds it, what it says, how to get in touch,
where it is; each as evidence in log odds (after Fellegi and Sunter, as in likeness)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp, log
from typing import NamedTuple

from rapidfuzz import fuzz

from alongside.methods.distance import Point, km_between
from alongside.methods.likeness_words import (
    Place,
    address_of,
    figures,
    initials,
    mail_of,
    site_of,
    tells_apart,
    words_of,
)

PRIOR = -2.2  # log odds before any evidence: of the pairs that share something, few are one thing
SAME_TITLE, LIKE_TITLE = 0.97, 0.75
SAME_WORD, SAME_SHORT = 79, 82  # of 100: two words that differ by a slip of the keyboard
NEAR_KM, FAR_KM = 0.3, 2.0


class Thing(NamedTuple):
    """What is weighed of one thing. Empty texts and no point mean that nothing is known, never that it differs."""

    id: int | str
    title: str
    words: str = ""
    holder: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    lat: float | None = None
    lng: float | None = None


class Reason(NamedTuple):
    """One piece of evidence: its code, and how much it weighs (below nothing: it speaks against)."""

    code: str
    weight: float


@dataclass(frozen=True, slots=True)
class Known:
    """A thing cut into what is compared."""

    thing: Thing
    title: tuple[str, ...]
    whole: str
    holder: frozenset[str]
    short: str
    words: frozenset[str]
    place: Place
    phones: frozenset[str]
    mail: str
    site: str
    apart: frozenset[str]
    point: Point | None


def know(thing: Thing) -> Known:
    """Cut a thing into what is compared; of a long text the first 2,000 letters."""
    title = words_of(thing.title)
    return Known(
        thing=thing,
        title=title,
        whole="".join(title),
        holder=frozenset(words_of(thing.holder)),
        short=initials(thing.holder),
        words=frozenset(words_of(thing.words[:2000])),
        place=address_of(thing.address),
        phones=figures(thing.phone),
        mail=mail_of(thing.email),
        site=site_of(thing.website),
        apart=tells_apart(thing.title),
        point=None if thing.lat is None or thing.lng is None else Point(thing.lat, thing.lng),
    )


class Rarity:
    """How much a word, or a way to get in touch, tells: the fewer things have it, the more."""

    def __init__(self, known: Sequence[Known]) -> None:
        self.many = max(len(known), 50)  # of a handful, nothing is common
        self.names = Counter(word for one in known for word in {*one.title, *one.holder})
        self.words = Counter(word for one in known for word in one.words)
        self.contacts = Counter(way for one in known for way in ways(one))

    def of_name(self, word: str) -> float:
        """How much it tells that a title or a holder's name has this word."""
        return log(1 + self.many / (1 + self.names[word]))

    def of_word(self, word: str) -> float:
        """How much it tells that a description has this word."""
        return log(1 + self.many / (1 + self.words[word]))


def ways(one: Known) -> Iterator[str]:
    """The ways to get in touch, as keys that two copies share."""
    yield from one.phones
    if one.mail:
        yield one.mail
    if one.site:
        yield one.site


def weigh(a: Known, b: Known, rarity: Rarity) -> tuple[float, tuple[Reason, ...]]:
    """The chance that the two are one, from the evidence added up as log odds."""
    reasons = [
        *_of_title(a, b, rarity),
        *_of_holder(a, b, rarity),
        *_of_words(a, b, rarity),
        *_of_contact(a, b, rarity),
        *_of_place(a, b),
    ]
    if a.apart != b.apart:
        reasons.append(Reason("other_number", -4.0 if a.apart and b.apart else -1.5))
    total = PRIOR + sum(reason.weight for reason in reasons)
    told = sorted((one for one in reasons if one.weight), key=lambda one: (-one.weight, one.code))
    return 1 / (1 + exp(-total)), tuple(told)


def _of_title(a: Known, b: Known, rarity: Rarity) -> Iterator[Reason]:
    """Words of one title that are met in the other, by how much they tell; what is left over on both sides
    speaks against, but for words that the other says elsewhere: its holder's name, its address."""
    met, left_a, left_b = _matched(a.title, b.title)
    shared = sum(rarity.of_name(word) for word in met)
    rest_a = sum(rarity.of_name(word) for word in left_a if word not in b.holder and word not in b.place.words)
    rest_b = sum(rarity.of_name(word) for word in left_b if word not in a.holder and word not in a.place.words)
    whole = fuzz.ratio(a.whole, b.whole) / 100
    same = max(whole, shared / (shared + (rest_a + rest_b) / 2) if shared else 0.0)
    code = "same_title" if same >= SAME_TITLE else "like_title" if same >= LIKE_TITLE else "other_title"
    yield Reason(code, round(8 * (same - 0.72) + min(shared, 12) / 8 - 1.6, 2))
    both, more = sorted((rest_a, rest_b))
    if more and not both:
        yield Reason("more_in_title", round(-min(more, 6) * 0.2, 2))
    if both and whole < 0.9:
        yield Reason("other_words_in_title", round(-min(both, 6) * 0.7, 2))


def _matched(a: Sequence[str], b: Sequence[str]) -> tuple[list[str], list[str], list[str]]:
    """Words met in both, slips forgiven, and those left over on each side."""
    rest = list(b)
    met, left = [], []
    for word in a:
        if word in rest:
            rest.remove(word)
            met.append(word)
        else:
            left.append(word)
    for word in list(left):
        close = next((other for other in rest if _slipped(word, other)), None)
        if close is not None:
            rest.remove(close)
            left.remove(word)
            met.append(word if len(word) < len(close) else close)
    return met, left, rest


def _slipped(one: str, other: str) -> bool:
    """Whether two words differ by a slip of the keyboard; short ones must be nearer to be one word."""
    return max(len(one), len(other)) > 3 and fuzz.ratio(one, other) >= (SAME_WORD if len(one) > 4 else SAME_SHORT)


def _of_holder(a: Known, b: Known, rarity: Rarity) -> Iterator[Reason]:
    """The same name, a shorter one, or initials; two that share only what many are called are two."""
    if not a.holder or not b.holder:
        return
    met, left_a, left_b = _matched(sorted(a.holder), sorted(b.holder))
    shared, one, other = (sum(map(rarity.of_name, words)) for words in (met, left_a, left_b))
    if (not one and not other) or a.short in b.holder or b.short in a.holder:
        yield Reason("same_holder", 1.5)
    elif met and min(one, other) <= shared / 4:
        yield Reason("like_holder", 0.8)
    elif min(one, other) > shared / 2:
        yield Reason("other_holder", -5.5)
    elif min(one, other):
        yield Reason("other_holder", -2.0)


def _of_words(a: Known, b: Known, rarity: Rarity) -> Iterator[Reason]:
    fewer, more = sorted((a.words, b.words), key=len)
    if len(fewer) < 5:
        return
    whole = sum(rarity.of_word(word) for word in fewer)
    share = sum(rarity.of_word(word) for word in fewer & more) / whole
    code = "same_words" if share >= 0.6 else "like_words" if share >= 0.4 else "other_words"
    yield Reason(code, round(max(-1.5, 5 * (share - 0.42)), 2))


def _of_contact(a: Known, b: Known, rarity: Rarity) -> Iterator[Reason]:
    """The same number, address or site; the more others share it, the less it tells."""
    for code, shared, both in (
        ("same_phone", a.phones & b.phones, bool(a.phones and b.phones)),
        ("same_email", {a.mail} & {b.mail}, bool(a.mail and b.mail)),
        ("same_website", {a.site} & {b.site}, bool(a.site and b.site)),
    ):
        if both and shared:
            many = min(rarity.contacts[way] for way in shared)
            yield Reason(code, round(2.0 / max(1, many - 1), 2))
        elif both:
            yield Reason(f"other_{code[5:]}", -0.6)


def _of_place(a: Known, b: Known) -> Iterator[Reason]:
    if a.place.words and b.place.words:
        met, _left_a, _left_b = _matched(sorted(a.place.words), sorted(b.place.words))
        same_number = not (a.place.numbers and b.place.numbers) or bool(a.place.numbers & b.place.numbers)
        if same_number and len(met) >= 0.6 * max(1, min(len(a.place.words), len(b.place.words))):
            yield Reason("same_address", 1.2)
        elif not met or not same_number:
            yield Reason("other_address", -1.0)
    if a.point is None or b.point is None:
        return
    km = km_between(a.point, b.point)
    if km <= NEAR_KM:
        yield Reason("near", 1.0)
    elif km > FAR_KM:
        yield Reason("far", -2.5)
    elif km > 2 * NEAR_KM:
        yield Reason("apart", -1.2)
