"""Search by what matters on the real directory: a small, quick form of bench/search_quality.py with floors below it.

Titles and first lines only, without a database, so that it ends in seconds; of the statements those to develop on.
"""

from __future__ import annotations

import html
import json
import re
import time

import numpy as np
import pytest

from alongside.ground.meaning.queries import available, embed
from alongside.knowing.lexicon.book import lexicon_of
from alongside.methods.scoring import Candidate, rank
from bench.whatmatters import answered, auc, halves, hit, judgements, ndcg, statements
from tests.conformance.bristol import shared_data

LETTERS = 160
SECONDS = 12.0


def directory() -> list[tuple[str, str, str]]:
    """Id, name and words of each service, once."""
    found = {}
    for one in json.loads((shared_data() / "services" / "bristol-oruk-services.json").read_text(encoding="utf-8")):
        words = html.unescape(re.sub("<[^>]+>", " ", one.get("description") or ""))
        found.setdefault(one["id"], (one["id"], one.get("name") or "", " ".join(words.split())))
    return list(found.values())


def test_the_statements_are_judged_halved_and_hold_no_word_of_the_directory():
    assert len(statements()) == 60 == len(judgements())
    assert sorted(halves().values()).count("test") == 30
    assert {grade for grades in judgements().values() for grade in grades.values()} == {0, 1, 2, 3}
    assert sum(not answered(one.id) for one in statements()) == 7
    names = {name for _key, name, _words in directory() if len(name) > 12}
    assert not any(name in one.text for one in statements() for name in names)


@pytest.fixture(scope="module")
def found() -> dict[str, tuple[list[str], float]]:
    """For each statement to develop on, ids best first and what the best is worth."""
    if not available():
        pytest.skip("The meaning model is not here")
    lexicon, _state = lexicon_of(())
    services = directory()
    began = time.process_time()
    vectors = embed([f"{name}. {words[:LETTERS]}" for _key, name, words in services])
    serves = lexicon.of_offers([(name, words) for _key, name, words in services], vectors)
    asked = [one for one in statements() if halves()[one.id] == "develop"]
    said = embed([one.text for one in asked])
    answers = {}
    for one, vector in zip(asked, said, strict=True):
        near = vectors @ vector
        meant = [(each.key, each.weight) for each in lexicon.of_statement(one.text, vector)]
        those = [
            Candidate(n, name, words[:LETTERS], like=float(near[n]), serves=tuple((s.key, s.weight) for s in serves[n]))
            for n, (_key, name, words) in enumerate(services)
        ]
        hits = rank(one.text, those, top=10, meant=meant)
        answers[one.id] = ([services[each.id][0] for each in hits], hits[0].worth if hits else 0.0)
    assert time.process_time() - began < SECONDS
    only = np.argsort(-(said @ vectors.T), axis=1)[:, :10]
    answers["the embedding alone"] = (
        [],
        _mean(asked, {one.id: [services[n][0] for n in only[i]] for i, one in enumerate(asked)}),
    )
    return answers


def _mean(asked: list, ranked: dict[str, list[str]]) -> float:
    gains = [ndcg(ranked[one.id], judgements()[one.id], 10) for one in asked if answered(one.id)]
    return sum(gains) / len(gains)


def test_what_matters_is_found_far_better_than_by_the_embedding_alone(found):
    asked = [one for one in statements() if one.id in found]
    ours = _mean(asked, {key: ids for key, (ids, _top) in found.items()})
    assert ours >= 0.40
    assert ours >= 1.4 * found["the embedding alone"][1]
    good = [one.id for one in asked if answered(one.id)]
    assert sum(hit(found[key][0], judgements()[key], 3) for key in good) >= 0.7 * len(good)


def test_where_nothing_fits_the_best_is_worth_less(found):
    asked = [one.id for one in statements() if one.id in found]
    yes, no = ([found[key][1] for key in asked if answered(key) is fits] for fits in (True, False))
    assert auc(yes, no) >= 0.75
