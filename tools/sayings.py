"""Makes the vectors of what people say and of what shows on offers, once for each state of the lexicon's files.

Set-up does this, as it compiles style and languages, so that no page and no test waits for it: half a minute of a
quiet machine with two cores. `knowing/lexicon/book.py` finds them by the digest of the texts.
"""

import hashlib
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
WORDS = ROOT / "src" / "alongside" / "frameworks" / "what_matters"
BUILT = ROOT / "src" / "alongside" / "knowing" / "lexicon" / "built"
LEAST = 500  # texts that are worth a process of their own


def main() -> int:
    stamp = fingerprint()
    mark = BUILT / ".stamp"
    if mark.exists() and mark.read_text() == stamp and any(BUILT.glob("sayings-*.npy")):
        return 0
    os.environ["DJANGO_SETTINGS_MODULE"] = "alongside.site.settings_test"
    import django

    django.setup()
    from alongside.knowing.lexicon.book import keep_built, rows

    said = rows()
    print(f"Learning what {len(said):,} sayings mean …", file=sys.stderr, flush=True)
    keep_built(BUILT, said, vectors(said))
    mark.write_text(stamp)
    return 0


def fingerprint() -> str:
    """Changes with the words, with the locked packages, and with how vectors are made."""
    model = ROOT / "src" / "alongside" / "ground" / "meaning" / "model.py"
    digest = hashlib.sha256()
    for path in [*sorted(WORDS.glob("*.toml")), ROOT / "requirements" / "base.txt", model, Path(__file__)]:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def vectors(said: list[str]) -> Any:
    """A row for each, made on every core: longest ones spread evenly."""
    import numpy as np

    cores = max(1, min(os.cpu_count() or 1, len(said) // LEAST, 8))
    if cores == 1:
        return made(said)
    with ProcessPoolExecutor(cores) as pool:
        parts = list(pool.map(made, [said[n::cores] for n in range(cores)]))
    whole = np.empty((len(said), parts[0].shape[1]), np.float32)
    for n, part in enumerate(parts):
        whole[n::cores] = part
    return whole


def made(said: list[str]) -> Any:
    from alongside.ground.meaning.model import model

    known = model()
    if known is None:
        raise SystemExit("The meaning model cannot be loaded, so search would go by words alone. Run `make` again.")
    return known.embed(said)


if __name__ == "__main__":
    sys.exit(main())
