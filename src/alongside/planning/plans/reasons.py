"""The words of an idea: why it is there, each sentence to be traced; and what was left out, counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.knowing.assets.models import Access, Asset, Cost
from alongside.knowing.outcomes.models import Outcome
from alongside.knowing.outcomes.queries import domain_label
from alongside.methods import complement
from alongside.methods.scoring import terms_of
from alongside.planning.plans.models import Choice

_LITTLE = (
    "again used use really very much many more time times day days week weeks thing things bit lot little go going get "
    "getting come back out one able still new good better best know feel doing other others too"
)
_WELSH = (
    "a ac ag am ar at bod cael chi dros drwy dy eich eisiau ei ein eto eu fe fel fi fy gan gyda heb hefyd hi hun hyn i"
    " iawn iddo ie mae mewn mwy na ni nid nhw o oedd oes os rhai roedd rwy rydw sy sydd trwy un wedi wrth y ydw ydy"
    " yn yr yw"
)
SAYS_LITTLE = frozenset([*_LITTLE.split(), *_WELSH.split()])
_COMMON = (
    "people person someone somebody anyone everyone house home place room year years month life world today like love"
    " make made want need help give take keep find try start something anything everything nothing somewhere always"
    " never often still own old young small big nice happy together"
)
TELLS_LITTLE = frozenset(_COMMON.split())  # what fits by such a word may fit well, but the word is no reason to give


def why(asset: Asset, own: bool, outcome: Outcome, reasons: Sequence[complement.Reason], about: str = "") -> list[str]:
    """One to three sentences, each traceable to the person's words, the offer, or a stated limit. `about` is what
    search says that it may help with, of what the person's words are about."""
    codes = {reason.code: reason.value for reason in reasons}
    found = [_("You told us you have this.")] if own else []
    shared = [word for word in shared_words(outcome.words, asset) if word not in TELLS_LITTLE]
    shared = shared if own or meets(outcome, says(asset)) else []
    if shared:
        found.append(_("You said “%(word)s”, and so does this.") % {"word": _as_said(shared[0], outcome.words)})
    elif about:
        found.append(_("It may help with this: %(about)s.") % {"about": about})
    elif outcome.domain and any(row.domain == outcome.domain for row in asset.domains.all()):
        found.append(_("It is about %(part)s.") % {"part": domain_label(outcome.domain).lower()})
    if "near" in codes and not own:
        found.append(far_said(float(codes["near"] or 0)))
    for reason in reasons:
        if reason.code == "access_met":
            found.append(_("%(feature)s, which you need.") % {"feature": Access(str(reason.value)).label})
        elif reason.code == "access_unknown":
            found.append(_("Ask them about: %(feature)s.") % {"feature": str(Access(str(reason.value)).label).lower()})
    if asset.cost == Cost.FREE and not own:
        found.append(_("It is free."))
    if not found:
        found.append(_("Some of what it says is like what you said."))
    return found[:3]


def _as_said(word: str, words: str) -> str:
    """A word with the capitals that the person gave it, so that a name stays a name; but for the very first word."""
    at = re.search(rf"\b{re.escape(word)}\b", words, re.IGNORECASE)
    return at.group() if at and at.start() else word


def far_said(km: float) -> str:
    """How far in everyday words, from the middle of the person's own area to the shown place."""
    miles = km * 0.621371
    if miles < 0.75:
        return _("It is near you: less than a mile.")
    whole = max(1, round(miles))
    return ngettext("It is about %(n)d mile away.", "It is about %(n)d miles away.", whole) % {"n": whole}


def telling(words: str) -> dict[str, str]:
    """The words of somebody that say what it is about, with their stems."""
    return {term.word: term.stem for term in terms_of(words[:2000]) if term.word not in SAYS_LITTLE}


def shared_words(words: str, asset: Asset) -> list[str]:
    """The person's own telling words that the asset says too, in their order; sing and singing meet."""
    theirs = says(asset).all_of_it
    return [word for word, stem in telling(words).items() if stem in theirs]


@dataclass(frozen=True)
class Says:
    """What an asset's holder says of it: the stems of its name, of all of it, and the parts of life it is about."""

    name: frozenset[str]
    all_of_it: frozenset[str]
    domains: frozenset[str]


def says(asset: Asset) -> Says:
    name = frozenset(term.stem for term in terms_of(asset.title))
    rest = frozenset(term.stem for term in terms_of(asset.words[:2000]))
    return Says(name, name | rest, frozenset(row.domain for row in asset.domains.all()))


def meets(outcome: Outcome, said: Says) -> bool:
    """Whether an asset meets the person's own words: by its name, by two of them, or by one where it is about the same
    part of life. One stray word in a text about something else is chance."""
    shared = said.all_of_it.intersection(telling(outcome.words).values())
    named = not shared.isdisjoint(said.name) or len(shared) > 1
    return bool(shared) and (outcome.domain in said.domains or named)


def in_name_or_twice(outcome: Outcome, said: Says) -> bool:
    """Whether the person's own words stand in its name, or two of them anywhere: more than said in passing. A word
    that everybody uses does not do."""
    weighty = _weighty(outcome.words)
    both = set(telling(outcome.words).values()) & said.all_of_it
    return not weighty.isdisjoint(said.name) or (len(both) > 1 and not weighty.isdisjoint(both))


def _weighty(words: str) -> frozenset[str]:
    """The stems that tell most: without people, home and the like, unless nothing else was said."""
    all_of_it = telling(words)
    most = frozenset(stem for word, stem in all_of_it.items() if word not in TELLS_LITTLE)
    return most or frozenset(all_of_it.values())


def overlap(words: str, asset: Asset) -> float:
    return min(1.0, len(shared_words(words, asset)) / max(1, min(len(telling(words)), 4)))


def account(looked: Iterable[complement.Looked], choices: dict[int, str]) -> list[str]:
    """Why the others are not shown, in words and counts."""
    found: Counter[str] = Counter()
    for row in looked:
        found.update(row.why_not)
    found["said_no"] = sum(1 for choice in choices.values() if choice == Choice.NO)
    words = {
        "no_match": _("did not fit what you said"),
        "not_for_unpaid": _("need someone who is paid and trained for it"),
        "access_missing": _("are missing something you need"),
        "out_of_reach": _("are too far away"),
        "times_differ": _("are at other times"),
        "asked_this_week": _("were asked by someone else this week"),
        "at_limit": _("have no time left to give"),
        "enough_shown": _("fit a little less well"),
        "said_no": _("you said no thanks to"),
    }
    return [f"{found[code]} {sentence}" for code, sentence in words.items() if found[code]]
