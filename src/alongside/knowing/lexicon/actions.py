"""Look at what is on offer, say what it serves, and extend the lexicon."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, action, after_commit
from alongside.ground.history.actor import Actor
from alongside.knowing.lexicon import policy, queries, tasks
from alongside.knowing.lexicon.looking import classify_waiting as classify_waiting
from alongside.knowing.lexicon.models import (
    AssetConcept,
    AssetSense,
    Helped,
    How,
    OwnConcept,
    Part,
    Phrase,
)

LONGEST = 200
TICKS = 12  # concepts that a holder may tick


@action("lexicon.tick", may=policy.may_tick)
def tick(*, by: Actor, asset: Any, concepts: Iterable[str]) -> None:
    """The holder says what it helps with: these, and of what was guessed no others. Raises Fault for what is no
    concept, and for more than a dozen."""
    chosen = set(concepts)
    if len(chosen) > TICKS or len(queries.keys(list(chosen))) < len(chosen):
        raise Fault("concepts", _("Choose from these"))
    AssetConcept.objects.filter(asset=asset.pk).exclude(how=How.STEWARD).delete()
    ruled = set(AssetConcept.objects.filter(asset=asset.pk).values_list("concept", flat=True))
    _say(asset.pk, dict.fromkeys(chosen - ruled, 100), How.TICKED)
    AssetSense.objects.filter(asset=asset.pk).update(lexicon="")


@action("lexicon.correct", may=policy.may_extend)
def correct(*, by: Actor, asset: Any, concept: str, serves: bool) -> None:
    """A steward says that something serves a concept, or that it does not; both outlast every guess."""
    if concept not in queries.lexicon().by_key:
        raise Fault("concept", _("Choose from these"))
    AssetConcept.objects.filter(asset=asset.pk, concept=concept).delete()
    _say(asset.pk, {concept: 100 if serves else 0}, How.STEWARD)


@action("lexicon.let_guess", may=policy.may_extend)
def let_guess(*, by: Actor, asset: Any, concept: str) -> None:
    """Take a steward's word about one concept back, and guess again."""
    AssetConcept.objects.filter(asset=asset.pk, concept=concept, how=How.STEWARD).delete()
    AssetSense.objects.filter(asset=asset.pk).update(lexicon="")
    after_commit(tasks.classify.enqueue)


@action("lexicon.add_phrase", may=policy.may_extend)
def add_phrase(*, by: Actor, concept: str, part: str, words: str, lang: str = "en") -> None:
    """Add a way people here put it (`says`), or a word by which things here show it (`signs`). Everything is
    looked at again in the background. Raises Fault for no words, too many, and words that stand there already."""
    words = " ".join(words.replace("\x00", " ").split())
    found = queries.lexicon().by_key.get(concept)
    if found is None or part not in Part.values or lang not in ("en", "cy"):
        raise Fault("part", _("Choose from these"))
    if not words:
        raise Fault("words", _("Enter the words"))
    if len(words) > LONGEST:
        raise Fault("words", _("Use %(most)d letters or fewer") % {"most": LONGEST})
    there = {one.casefold() for one in getattr(found, part if lang == "en" else f"{part}_cy")}
    if words.casefold() in there:
        raise Fault("words", _("These words are there already"))
    Phrase.objects.create(concept=concept, part=part, lang=lang, words=words, by=by.person)
    after_commit(tasks.classify.enqueue)


@action("lexicon.take_out", may=policy.may_extend)
def take_out(*, by: Actor, phrase: Phrase) -> None:
    """Take out what a steward added. It stays in the history with who did it."""
    gone = {"gone_by": by.person, "gone_at": timezone.now()}
    Phrase.objects.filter(pk=phrase.pk, gone_at=None).update(**gone)
    after_commit(tasks.classify.enqueue)


@action("lexicon.add_concept", may=policy.may_extend)
def add_concept(*, by: Actor, label: str, domain: str, label_cy: str = "", says: str = "") -> OwnConcept:
    """Add something that matters here, with the first way people put it. Raises Fault for a missing or long
    label, one that is there already, and an unknown part of life."""
    label, label_cy = (" ".join(text.replace("\x00", " ").split()) for text in (label, label_cy))
    if not label:
        raise Fault("label", _("Say what it is, in a few words"))
    if max(len(label), len(label_cy)) > 80:
        raise Fault("label", _("Use %(most)d letters or fewer") % {"most": 80})
    if domain not in queries.domains():
        raise Fault("domain", _("Choose one of these"))
    known = queries.lexicon().by_key
    key = f"own_{slugify(label).replace('-', '_') or 'concept'}"[:48]
    if key in known or label.casefold() in {one.label.casefold() for one in known.values()}:
        raise Fault("label", _("This is there already"))
    own = OwnConcept.objects.create(key=key, domain=domain, label=label, label_cy=label_cy)
    if says.strip():
        add_phrase(by=by, concept=own.key, part=Part.SAYS, words=says)
    after_commit(tasks.classify.enqueue)
    return own


@action("lexicon.drop_concept", may=policy.may_extend)
def drop_concept(*, by: Actor, own: OwnConcept) -> None:
    """Take a concept of this place out; what was said of it stays in the history."""
    OwnConcept.objects.filter(pk=own.pk).update(gone=True)
    AssetConcept.objects.filter(concept=own.key).delete()
    after_commit(tasks.classify.enqueue)


def note_helped(*, by: Actor, words: str, asset: Any) -> None:
    """An introduction made from these words helped: count it for what they meant, never keeping the words.

    Called inside the action by which somebody says that it helped. From the fifth on the thing comes a little
    higher for that concept, up to a limit. What is about harm, fear or despair is not counted.
    """
    found = queries.meant(words)
    meant = [] if any(one.urgent for one in found) else [one for one in found if not one.near][:3]
    for one in meant:
        row, _new = Helped.objects.get_or_create(asset_id=asset.pk, concept=one.key)
        Helped.objects.filter(pk=row.pk).update(times=F("times") + 1)
    if meant:
        AssetSense.objects.filter(asset=asset.pk).update(lexicon="")


def _say(asset: int, weights: dict[str, int], how: str) -> None:
    AssetConcept.objects.bulk_create(
        AssetConcept(asset_id=asset, concept=concept, weight=weight, how=how) for concept, weight in weights.items()
    )
