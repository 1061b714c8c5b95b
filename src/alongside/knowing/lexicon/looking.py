"""Looks at things on offer, many at once: what each serves by its words, by its meaning, and by how it has helped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from alongside.ground.history.acting import action
from alongside.ground.history.actor import Actor
from alongside.ground.meaning.queries import available, digest, embed, text_of, vector_file
from alongside.knowing.lexicon import policy, queries
from alongside.knowing.lexicon.models import SAID, AssetConcept, AssetSense, Helped, How
from alongside.knowing.lexicon.queries import Text
from alongside.methods.lexicon import Served
from alongside.methods.phrases import Floats

AT_ONCE = 256
ENOUGH = 5  # introductions that helped before they count: nobody's single one shows in an order
RAISE, MOST_RAISED = 2, 10  # hundredths for each one from then on, and at most


def classify_waiting(*, by: Actor, most: int | None = None, progress: Callable[[int], None] | None = None) -> int:
    """Look at what is new, has changed, or was last looked at with another state of the lexicon: at most `most`,
    all without it. How many were looked at. What people said of a thing stands as it is.

    The slow part is done before each batch is written, so that nobody waits for a whole directory.
    """
    (lexicon, state), done = queries.standing(), 0
    while most is None or done < most:
        batch = queries.waiting_texts(state, AT_ONCE if most is None else min(AT_ONCE, most - done))
        if not batch:
            break
        found = lexicon.of_offers([(one.title, one.words) for one in batch], _vectors(batch))
        write(by=by, found=dict(zip(batch, found, strict=True)), state=state)
        done += len(batch)
        if progress:
            progress(done)
    return done


@action("lexicon.classify", may=policy.may_classify)
def write(*, by: Actor, found: Mapping[Text, Sequence[Served]], state: str) -> None:
    """Write down what was found with this state of the lexicon. What has changed meanwhile waits on."""
    ids = queries.unchanged(found)
    said, helped = _said(ids), _helped(ids)
    rows = [
        AssetConcept(asset_id=one.asset, concept=key, weight=weight, how=how)
        for one, served in found.items()
        if one.asset in ids
        for key, weight, how in _guess(served, said[one.asset], helped[one.asset])
    ]
    AssetConcept.objects.filter(asset__in=ids).exclude(how__in=SAID).delete()
    AssetConcept.objects.bulk_create(rows)
    AssetSense.objects.filter(asset__in=ids).update(lexicon=state)


def _vectors(batch: Sequence[Text]) -> Floats | None:
    """A vector for each: from the file of public things where it stands there for this very text, else made now."""
    if not available():
        return None
    texts = [text_of(one.title, one.words) for one in batch]
    kept = vector_file().read()
    rows = kept.of([one.asset for one in batch], [digest(text) for text in texts])
    missing = [n for n, row in enumerate(rows) if row is None]
    made = dict(zip(missing, embed([texts[n] for n in missing]), strict=True))
    there = [made[n] if row is None else kept.vectors[row].astype(np.float32) for n, row in enumerate(rows)]
    whole = np.stack(there)
    return np.asarray(whole / np.linalg.norm(whole, axis=1, keepdims=True), dtype=np.float32)


def _guess(served: Sequence[Served], said: set[str], helped: Mapping[str, int]) -> list[tuple[str, int, str]]:
    """Concept, hundredths and how, without what people said themselves."""
    found = {one.key: (round(100 * one.weight), one.how) for one in served}
    for key, times in helped.items():
        weight, how = found.get(key, (0, How.HELPED))
        found[key] = (min(100, weight + min(MOST_RAISED, RAISE * (times - ENOUGH + 1))), how)
    return [(key, weight, how) for key, (weight, how) in found.items() if weight and key not in said]


def _said(ids: Sequence[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for asset, concept in AssetConcept.objects.filter(asset__in=ids, how__in=SAID).values_list("asset", "concept"):
        found[asset].add(concept)
    return found


def _helped(ids: Sequence[int]) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = defaultdict(dict)
    rows = Helped.objects.filter(asset__in=ids, times__gte=ENOUGH).values_list("asset", "concept", "times")
    for asset, concept, times in rows:
        found[asset][concept] = times
    return found
