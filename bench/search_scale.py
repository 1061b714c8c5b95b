"""A whole search by meaning at 20,000 and at 200,000 things on offer: CPU, growth, memory and size of the vector file.

Claims: a search by words, meaning and what was meant, with everything weighed and counted, takes at most 300 ms of
CPU at 200,000 assets, and at most 15 times what it takes at 20,000; opening the vector file adds no more memory
than the file is large. The vectors at scale are drawn by lot about real ones (nearest is exact, so its cost does not
depend on them); how long real ones take is measured apart, for a thousand texts. One line a figure: name, value,
limit.
"""

from __future__ import annotations

import os
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

SIZES = (20_000, 200_000)
LIMIT, GROWTH = 300.0, 15.0
A_THOUSAND = 1_000
ROUNDS = 5
SAID = (
    "I only ever fill the kettle for one now",
    "somewhere to sing in the daytime",
    "someone to mend a bike",
    "help with forms",
    "a quiet garden where children may play",
    "lunch for older people",
    "I could teach chess",
    "walking group",
)


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

    from alongside.ground.history.actor import Actor
    from alongside.ground.meaning.queries import vector_file
    from alongside.ground.places.actions import open_place
    from bench.look_around import fill

    settings.HOME = home
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = str(home / "bench.sqlite3")
    call_command("migrate", verbosity=0)
    open_place(by=Actor.system("bench"), name="Larkmere", phone="03069 990142")
    took, filled, kept = {}, 0, True
    for size in SIZES:
        for start in range(filled, size, 20_000):
            fill(min(20_000, size - start), seed=start + 1)
        filled = size
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        vectors_by_lot()
        serves_by_lot()
        for words in SAID:
            search(words)
        took[size] = cpu()
        print(
            f"search by meaning at {size:,}: {took[size]:.1f} ms of CPU"
            + (f" (limit {LIMIT:.0f})" if size > SIZES[0] else "")
        )
    growth = took[SIZES[1]] / took[SIZES[0]]
    print(f"growth for ten times as many: {growth:.1f} times (limit {GROWTH:.0f})")
    size = vector_file().path.stat().st_size / 1e6
    print(f"vector file at {SIZES[1]:,}: {size:.1f} MB, {size * 1e6 / SIZES[1]:.0f} bytes each")
    more = memory_of_the_file()
    print(f"memory for the vector file: {more:.1f} MB, shared by all processes (limit {size * 1.1:.0f})")
    kept &= took[SIZES[1]] <= LIMIT and growth <= GROWTH and more <= size * 1.1
    print(f"making vectors, per {A_THOUSAND:,}: {making():.1f} s of CPU")
    return 0 if kept else 1


def vectors_by_lot() -> None:
    """A file with a vector for every public text, near one of a few dozen real ones, and nothing left to learn."""
    import numpy as np
    from django.db import connection

    from alongside.ground.meaning.queries import digest, embed, vector_file
    from alongside.ground.meaning.vectors import Kept, small
    from alongside.knowing.installed import DUE
    from alongside.knowing.search import due
    from bench.look_around import EVERYDAY

    lot = np.random.default_rng(7)
    real = embed(EVERYDAY)
    texts = [one for some in due.all_texts() for one in some.items()]
    vectors = np.empty((len(texts), real.shape[1]), np.int8)
    for start in range(0, len(texts), 10_000):
        some = real[lot.integers(0, len(real), min(10_000, len(texts) - start))]
        some = some + lot.normal(0, 0.04, some.shape).astype(np.float32)
        vectors[start : start + len(some)] = small(some / np.linalg.norm(some, axis=1, keepdims=True))
    ids = np.array([pk for pk, _text in texts])
    vector_file().write(Kept(ids, np.array([digest(text) for _pk, text in texts], np.uint64), vectors))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {DUE}")


def serves_by_lot() -> None:
    """Five concepts for everything, as many as real things serve, so that every concept has thousands."""
    import random

    from django.db import connection

    from alongside.knowing.lexicon.queries import lexicon

    lot, keys = random.Random(9), sorted(lexicon().by_key)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM knowing_assetconcept")
        cursor.execute("SELECT record FROM knowing_assetsearch")
        rows = [
            (pk, key, lot.randrange(20, 100), "words") for (pk,) in cursor.fetchall() for key in lot.sample(keys, 5)
        ]
        insert = "INSERT INTO knowing_assetconcept (asset_id, concept, weight, how) VALUES (%s, %s, %s, %s)"
        cursor.execute("BEGIN")
        cursor.executemany(insert, rows)
        cursor.execute("UPDATE knowing_assetsense SET lexicon = 'bench'")
        cursor.execute("COMMIT")
        cursor.execute("ANALYZE")


def search(words: str) -> object:
    """A whole search as it is asked at a terminal or by a page, but for loading what is shown."""
    from alongside.ground.history.actor import Actor
    from alongside.knowing.search.answering import answer, terms
    from alongside.knowing.search.proposing import Wanted

    return answer(Actor.anyone(), Wanted(terms=terms(words)), words)


def cpu() -> float:
    """Milliseconds of CPU for one search, each time with its vector made anew: the middle of the rounds."""
    from alongside.ground.meaning import queries

    rounds = []
    for _ in range(ROUNDS):
        queries._one.cache_clear()
        began = time.process_time()
        for words in SAID:
            search(words)
        rounds.append((time.process_time() - began) / len(SAID) * 1000)
    return statistics.median(rounds)


def memory_of_the_file() -> float:
    """Megabytes that a fresh process grows by when it has looked at every vector once."""
    import subprocess

    from alongside.ground.meaning.queries import vector_file

    code = (
        "import sys; from pathlib import Path; import numpy as np\n"
        "from alongside.ground.meaning.vectors import File\n"
        "def rss(): return int(Path('/proc/self/statm').read_text().split()[1]) * 4096 / 1e6\n"
        "q = np.ones(384, np.float32) / 384 ** 0.5; File(Path('/nowhere')).read().nearest(q, 1)\n"
        "before = rss(); File(Path(sys.argv[1])).read().nearest(q, 100); print(rss() - before)"
    )
    said = subprocess.run(
        [sys.executable, "-c", code, str(vector_file().path)], capture_output=True, text=True, check=True
    )
    return float(said.stdout)


def making() -> float:
    """Seconds of CPU for the vectors of a thousand texts of usual length."""
    import random

    from alongside.ground.meaning.queries import embed
    from bench.look_around import said

    chance = random.Random(3)
    texts = [f"{said(chance, 4)}. {said(chance, 60)}"[:420] for _ in range(A_THOUSAND)]
    began = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    embed(texts)
    return resource.getrusage(resource.RUSAGE_SELF).ru_utime - began


if __name__ == "__main__":
    sys.exit(main())
