"""Search finds what matters: our sixty statements and a publisher's labels, beside BM25 and the embedding alone.

All on the same real directory, read from beside the repository and kept nowhere. BM25 is SQLite FTS5 with the porter
stemmer, without common words; the embedding is MiniLM of title and whole text (its 256 pieces). Statements: how they
were judged and halved is told in bench/whatmatters; claims are made on the test half. Labels: whom a
service is for, as its publisher says, asked as the words of the label among the labelled services.
"""

from __future__ import annotations

import json
import os
import random
import re
import sqlite3
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np

from bench.whatmatters import (
    Statement,
    agreement,
    answered,
    auc,
    filled,
    halves,
    hit,
    judgements,
    ndcg,
    statements,
    taps,
)

HOME = Path(__file__).resolve().parent.parent
TWICE, BEYOND, PRECISION, NOTHING = 2.0, 0.10, 0.50, 0.85
ROUNDS = 2_000
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


class Thing(NamedTuple):
    """One service: our number, its publisher's id, and its words."""

    pk: int
    foreign: str
    title: str
    words: str
    holder: str
    kind: str


class Ranked(NamedTuple):
    """What one search found: ids of the publisher, best first, the score of the best, and whether help is near."""

    ids: list[str]
    top: float
    help: bool = False


Search = Callable[[str], Ranked]


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="alongside-bench-") as home:
        os.environ |= {"ALONGSIDE_HOME": home, "DATABASE_URL": ""}
        os.environ["DJANGO_SETTINGS_MODULE"] = "alongside.site.settings_test"
        import django

        django.setup()
        return run(Path(home))


def run(home: Path) -> int:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = str(home / "bench.sqlite3")
    call_command("migrate", verbosity=0)
    things = directory()
    searches = {"BM25": bm25(things), "the embedding alone": embedding(things), "ours": ours(things)}
    kept = by_statements(searches, {thing.foreign: thing for thing in things})
    beside(searches, [{one.text: those[one.id] for one in statements()} for those in taps()], things)
    kept &= by_labels(searches, things)
    things = directory(with_labels=True)
    as_found(ours(things), things)
    return 0 if kept else 1


def shared() -> Path:
    return Path(os.environ.get("ALONGSIDE_SHARED_DATA", HOME.parent / "shared" / "data"))


def directory(with_labels: bool = False) -> list[Thing]:
    """The whole directory, brought in as any feed is, and looked at by the lexicon as the worker does.

    Whom a service is for is part of what people search in. Where that is also the truth by which we are judged,
    it is taken out of the file first, so that nobody finds the answer written in the question.
    """
    from alongside.exchange.services.actions import load
    from alongside.exchange.services.queries import foreign_ids
    from alongside.ground.history.actor import Actor
    from alongside.ground.places.actions import open_place
    from alongside.knowing.assets.models import Asset
    from alongside.knowing.lexicon.actions import classify_waiting
    from alongside.knowing.search.actions import catch_up

    by = Actor.system("bench")
    feed = json.loads((shared() / "services" / "bristol-oruk-services.json").read_bytes())
    if with_labels:
        load(by=by, source="Bench", data=json.dumps(feed).encode())
    else:
        open_place(by=by, name="Larkmere", phone="03069 990142")
        load(by=by, source="Bench", data=json.dumps(unlabelled(feed)).encode())
    while (learnt := catch_up(by=by)).more and learnt.known:
        pass
    classify_waiting(by=by)
    assets = list(Asset.objects.select_related("record__owner"))
    foreign = foreign_ids(Actor.anyone(), [asset.pk for asset in assets])
    return [
        Thing(one.pk, foreign[one.pk], one.title, one.words, one.record.owner.name, one.record.owner.kind)
        for one in assets
        if one.pk in foreign
    ]


def unlabelled(feed: Any) -> Any:
    """The same file without its publisher's labels, wherever they stand."""
    if isinstance(feed, dict):
        return {key: unlabelled(value) for key, value in feed.items() if key != "pc_targetAudience"}
    return [unlabelled(one) for one in feed] if isinstance(feed, list) else feed


def bm25(things: Sequence[Thing]) -> Search:
    from alongside.methods.scoring import STOP_WORDS

    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE f USING fts5(title, words, holder, tokenize='porter unicode61')")
    rows = [(n, one.title, one.words, one.holder) for n, one in enumerate(things)]
    base.executemany("INSERT INTO f(rowid, title, words, holder) VALUES (?, ?, ?, ?)", rows)
    asked = "SELECT rowid, -bm25(f, 5, 1, 2) FROM f WHERE f MATCH ? ORDER BY 2 DESC, 1"

    def search(words: str) -> Ranked:
        terms = [word for word in WORD.findall(words.lower()) if word not in STOP_WORDS]
        found = base.execute(asked, (" OR ".join(f'"{term}"' for term in terms),)).fetchall() if terms else []
        return Ranked([things[n].foreign for n, _score in found], found[0][1] if found else 0.0)

    return search


def embedding(things: Sequence[Thing]) -> Search:
    from alongside.ground.meaning.queries import embed, embed_one

    vectors = embed([f"{one.title}. {one.words}" for one in things])

    def search(words: str) -> Ranked:
        near = vectors @ embed_one(words)
        order = np.argsort(-near, kind="stable")
        return Ranked([things[n].foreign for n in order], float(near[order[0]]))

    return search


def ours(things: Sequence[Thing], taps: Mapping[str, Sequence[str]] = MappingProxyType({})) -> Search:
    """What `alongside search` answers, as anyone sees it; and what the page answers after `taps`, by question."""
    from alongside.ground.history.actor import Actor
    from alongside.knowing.search.queries import best_for

    names = {one.pk: one.foreign for one in things}

    def search(words: str) -> Ranked:
        answer = best_for(Actor.anyone(), words, top=len(things), about=taps.get(words, ()))
        found = [names[one.id] for one in answer.hits if one.id in names]
        return Ranked(found, answer.hits[0].score if answer.hits else 0.0, answer.urgent)

    return search


def by_statements(searches: Mapping[str, Search], things: Mapping[str, Thing]) -> bool:
    """Gains by half, for each search; then when nothing fits, and who is found."""
    found = {name: {one.id: search(one.text) for one in statements()} for name, search in searches.items()}
    gain: dict[tuple[str, str], float] = {}
    for half in ("develop", "test"):
        ids = [one.id for one in statements() if halves()[one.id] == half and answered(one.id)]
        for name, answers in found.items():
            gain[half, name] = mean(ndcg(answers[key].ids, judgements()[key], 10) for key in ids)
            five = mean(ndcg(answers[key].ids, judgements()[key], 5) for key in ids)
            three = mean(hit(answers[key].ids, judgements()[key], 3) for key in ids)
            print(
                f"statements, {half} half, {name}: nDCG@10 {gain[half, name]:.3f}, nDCG@5 {five:.3f}, hit@3 {three:.2f}"
            )
    peer = max(gain["test", name] for name in searches if name != "ours")
    times = gain["test", "ours"] / peer
    print(f"statements, test half, ours over the better of the two: {times:.2f} times (limit {TWICE})")
    community = [things[key].kind != "organisation" for answer in found["ours"].values() for key in answer.ids[:5]]
    print(f"statements, share of the first five that are people's or communities': {mean(community):.2f} (no limit)")
    worries = [one for one in statements() if one.manner == "worry"]
    helped = sum(
        found["ours"][one.id].help or hit(found["ours"][one.id].ids, judgements()[one.id], 3) for one in worries
    )
    print(
        "serious worries that reach human help at once, or have it among the first three:"
        f" {helped} of {len(worries)} (limit all)"
    )
    honest = nothing(found)
    return times >= TWICE and helped == len(worries) and honest


def beside(
    searches: Mapping[str, Search], tapped: Sequence[Mapping[str, Sequence[str]]], things: Sequence[Thing]
) -> None:
    """What is measured beside the claims: the page after a tap on what a question is about, by three people, and every
    search once a second reader has graded what the first had not read."""
    asked = [ours(things, taps) for taps in tapped]
    pairs, kappa = agreement()
    print(f"statements, both readers, {pairs} pairs: kappa {kappa:.2f}, weighted by squares (no limit)")
    for half in ("develop", "test"):
        those = [one for one in statements() if halves()[one.id] == half and answered(one.id)]
        peer = 0.0
        for name, search in searches.items():
            first, both = _gains(search, those)
            peer = peer if name == "ours" else max(peer, first)
            _tell(half, name, first, both, peer)
        after = [_gains(search, those) for search in asked]
        _tell(half, "ours after a tap", mean(first for first, _both in after), mean(both for _f, both in after), peer)
        each = ", ".join(f"{first:.3f}" for first, _both in after)
        print(f"statements, {half} half, ours after a tap, each of three people: {each} (no limit)")
    for n, search in enumerate(asked, 1):
        tops = {one.id: search(one.text).top for one in statements()}
        yes, no = ([top for key, top in tops.items() if answered(key) is fits] for fits in (True, False))
        print(f"nothing fits, all statements, ours after a tap of person {n}: AUC {auc(yes, no):.2f} (no limit)")


def _gains(search: Search, those: Sequence[Statement]) -> tuple[float, float]:
    """nDCG@10 by the first reader, and by both."""
    found = {one.id: search(one.text).ids for one in those}
    first, both = (mean(ndcg(found[key], by[key], 10) for key in found) for by in (judgements(), filled()))
    return first, both


def _tell(half: str, name: str, first: float, both: float, peer: float) -> None:
    times = f", {first / peer:.2f} times the better" if name.startswith("ours") else ""
    print(f"statements, {half} half, {name}: nDCG@10 {first:.3f}{times}; with both readers {both:.3f} (no limit)")


def nothing(found: Mapping[str, Mapping[str, Ranked]]) -> bool:
    """By the score of the best answer: does one with a good answer score above one without (no grade of 2 or 3)?"""
    kept = True
    for part in ("all", "develop", "test"):
        ids = [one.id for one in statements() if part in ("all", halves()[one.id])]
        for name, answers in found.items():
            yes, no = ([answers[key].top for key in ids if answered(key) is fits] for fits in (True, False))
            limit = f" (limit {NOTHING})" if (part, name) == ("all", "ours") else ""
            print(f"nothing fits, {part} statements, {name}: AUC {auc(yes, no):.2f}{limit}")
            kept &= not limit or auc(yes, no) >= NOTHING
    return kept


def by_labels(searches: Mapping[str, Search], things: Sequence[Thing]) -> bool:
    """Thirty labels asked for as words, among the services that carry any; a bootstrap over the labels."""
    having = labels()
    labelled = {key for keys in having.values() for key in keys}
    few = [thing for thing in things if thing.foreign in labelled]
    searches = {**searches, "BM25": bm25(few)}
    gains: dict[str, dict[str, float]] = defaultdict(dict)
    for name, search in searches.items():
        first = {label: [key for key in search(label).ids if key in labelled][:10] for label in having}
        gains[name] = {label: ndcg(keys, dict.fromkeys(having[label], 1), 10) for label, keys in first.items()}
        five = mean(ndcg(keys, dict.fromkeys(having[label], 1), 5) for label, keys in first.items())
        right = mean(len(set(keys) & having[label]) / 10 for label, keys in first.items())
        limit = f" (limit {PRECISION})" if name == "ours" else ""
        print(f"labels, {name}: nDCG@10 {mean(gains[name].values()):.3f}, nDCG@5 {five:.3f}, P@10 {right:.3f}{limit}")
    more = [gains["ours"][label] - gains["BM25"][label] for label in sorted(having)]
    low, high = bootstrap(more)
    print(
        f"labels, ours beyond BM25: {mean(more):+.3f} (limit {BEYOND:+.2f}),"
        f" 95% of bootstraps {low:+.3f} to {high:+.3f} (limit above 0)"
    )
    return mean(more) >= BEYOND and low > 0 and right >= PRECISION


def labels() -> dict[str, set[str]]:
    """By label, the services that carry it."""
    having: dict[str, set[str]] = defaultdict(set)
    lines = (shared() / "matching" / "bristol-service-audience-labels.jsonl").read_text(encoding="utf-8").splitlines()
    for line in map(json.loads, lines):
        for label in line["audiences"]:
            having[label].add(line["service_id"])
    return having


def as_found(search: Search, things: Sequence[Thing]) -> None:
    """What a user meets, who searches in the publisher's labels too: no test of search, but it must not be worse."""
    having = labels()
    labelled = {key for keys in having.values() for key in keys}
    first = {label: [key for key in search(label).ids if key in labelled][:10] for label in having}
    gain = mean(ndcg(keys, dict.fromkeys(having[label], 1), 10) for label, keys in first.items())
    right = mean(len(set(keys) & having[label]) / 10 for label, keys in first.items())
    print(f"labels, ours with the labels left in the file, as users have it: nDCG@10 {gain:.3f}, P@10 {right:.3f}")


def bootstrap(differences: Sequence[float]) -> tuple[float, float]:
    chance = random.Random(1)
    means = sorted(mean(chance.choices(differences, k=len(differences))) for _ in range(ROUNDS))
    return means[int(ROUNDS * 0.025)], means[int(ROUNDS * 0.975)]


def mean(numbers: Any) -> float:
    found = list(numbers)
    return float(sum(found) / len(found)) if found else 0.0


if __name__ == "__main__":
    sys.exit(main())
