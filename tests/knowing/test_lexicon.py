"""What people say is understood, and what is on offer is looked at by it; holders and stewards have the last word."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor
from alongside.ground.history.models import Event
from alongside.knowing.assets import actions as assets
from alongside.knowing.assets.models import Asset
from alongside.knowing.lexicon import actions, book, queries
from alongside.knowing.lexicon.looking import ENOUGH
from alongside.knowing.lexicon.models import AssetConcept, AssetSense, Helped, How, OwnConcept, Phrase
from alongside.knowing.lexicon.tasks import classify
from tests.cast import MACHINE, Cast

pytestmark = pytest.mark.django_db


def lunch(cast: Cast, **more: str) -> Asset:
    given = {
        "title": "Lunch club on Tuesdays",
        "words": "Come and eat together. Nobody need eat alone.",
        "audience": "everyone",
        "kind": "activity",
    }
    return assets.offer(by=cast.connector.actor, holder=cast.lunch_club, **{**given, **more})  # type: ignore[arg-type]


def weight(asset: Asset, concept: str) -> float:
    return queries.concepts_of([asset.pk]).get(asset.pk, {}).get(concept, 0.0)


def look() -> int:
    return actions.classify_waiting(by=MACHINE)


def test_what_people_say_is_understood_directly_and_sideways():
    assert queries.meant("I need help with my drinking")[0].key == "drinking"
    assert "company_most_days" in [one.key for one in queries.meant("Some days nobody knocks at my door at all")]


def test_fear_is_marked_so_that_people_can_come_first():
    assert any(one.urgent for one in queries.meant("I want to kill myself"))


def test_what_comes_new_waits_and_is_looked_at_once(cast: Cast):
    look()
    asset = lunch(cast)
    assert queries.any_waiting()
    assert look() == 1
    assert weight(asset, "eat_together") > 0.4
    assert not queries.any_waiting()
    assert look() == 0


def test_changed_words_are_looked_at_again_and_others_are_not(cast: Cast):
    asset = lunch(cast)
    look()
    assets.change(by=cast.connector.actor, asset=asset, cost="free")
    assert not queries.any_waiting()
    assets.change(by=cast.connector.actor, asset=asset, title="Choir for everyone", words="Singing on Mondays.")
    assert look() == 1
    assert weight(asset, "singing") > 0.4
    assert weight(asset, "eat_together") < 0.4


def test_what_changes_while_it_is_looked_at_waits_on(cast: Cast):
    asset = lunch(cast)
    state = queries.standing()[1]
    (text,) = queries.waiting_texts(state, 5)
    Asset.objects.filter(pk=asset.pk).update(title="Choir")
    from alongside.knowing.lexicon.looking import write

    write(by=MACHINE, found={text: []}, state=state)
    assert queries.any_waiting()


def test_without_the_model_words_alone_show_it(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    for place in ("queries", "looking", "book"):
        monkeypatch.setattr(f"alongside.knowing.lexicon.{place}.available", lambda: False)
    book.lexicon_of.cache_clear()
    try:
        asset = lunch(cast)
        look()
        assert weight(asset, "eat_together") > 0.5
        assert queries.meant("I am lonely")[0].key == "company_most_days"
    finally:
        book.lexicon_of.cache_clear()


def test_a_holder_s_ticks_stand_whatever_is_guessed(cast: Cast):
    asset = lunch(cast)
    look()
    actions.tick(by=cast.connector.actor, asset=asset, concepts=["singing"])
    look()
    assert weight(asset, "singing") == 1
    assert queries.ticks(asset.pk, asset.title, asset.words)[0] == ["singing"]
    with pytest.raises(Refused):
        actions.tick(by=cast.outsider.actor, asset=asset, concepts=["singing"])
    with pytest.raises(Fault):
        actions.tick(by=cast.connector.actor, asset=asset, concepts=["no_such_thing"])


def test_a_steward_has_the_last_word_until_they_take_it_back(cast: Cast):
    asset = lunch(cast)
    look()
    actions.correct(by=cast.steward.actor, asset=asset, concept="eat_together", serves=False)
    actions.tick(by=cast.connector.actor, asset=asset, concepts=["company_most_days"])
    look()
    assert weight(asset, "eat_together") == 0
    actions.let_guess(by=cast.steward.actor, asset=asset, concept="eat_together")
    look()
    assert weight(asset, "eat_together") > 0
    assert Event.objects.filter(verb="lexicon.correct", actor=cast.steward.party).exists()
    with pytest.raises(Refused):
        actions.correct(by=cast.resident.actor, asset=asset, concept="eat_together", serves=False)
    with pytest.raises(Fault):
        actions.correct(by=cast.steward.actor, asset=asset, concept="no_such_thing", serves=True)


def test_ticking_what_a_steward_ruled_out_is_kept_by_the_steward_s_word(cast: Cast):
    asset = lunch(cast)
    actions.correct(by=cast.steward.actor, asset=asset, concept="singing", serves=False)
    actions.tick(by=cast.connector.actor, asset=asset, concepts=["singing", "eat_together"])
    assert weight(asset, "singing") == 0
    assert weight(asset, "eat_together") == 1


def test_words_of_this_place_count_and_can_be_taken_out(cast: Cast):
    asset = lunch(cast, title="Snap at the Miners", words="Every Friday, bring your own cup.")
    look()
    before = weight(asset, "eat_together")
    actions.add_phrase(by=cast.steward.actor, concept="eat_together", part="signs", words="snap at the Miners")
    look()
    assert weight(asset, "eat_together") > before
    (phrase,) = Phrase.objects.all()
    actions.take_out(by=cast.steward.actor, phrase=phrase)
    look()
    assert weight(asset, "eat_together") == pytest.approx(before, abs=0.01)
    (kept,) = queries.phrases("eat_together")
    assert kept.gone_by == cast.steward.party


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"words": "  "}, "words"),
        ({"words": "x" * 201}, "words"),
        ({"words": "I AM LONELY"}, "words"),
        ({"part": "thinks"}, "part"),
        ({"lang": "fr"}, "part"),
        ({"concept": "no_such_thing"}, "part"),
    ],
)
def test_a_phrase_that_cannot_be_taken_says_why(cast: Cast, change: dict[str, str], field: str):
    given = {"concept": "company_most_days", "part": "says", "words": "Nobody comes up our landing"} | change
    with pytest.raises(Fault) as fault:
        actions.add_phrase(by=cast.steward.actor, **given)
    assert fault.value.field == field
    assert not Phrase.objects.exists()


def test_only_a_steward_extends_the_lexicon(cast: Cast):
    for somebody in (cast.resident, cast.commissioner, cast.connector):
        with pytest.raises(Refused):
            actions.add_phrase(by=somebody.actor, concept="singing", part="says", words="A good old sing-song")
        with pytest.raises(Refused):
            actions.add_concept(by=somebody.actor, label="News of the pit", domain="fun")


def test_something_that_matters_only_here_is_understood(cast: Cast):
    own = actions.add_concept(
        by=cast.steward.actor, label="News of the old pit", domain="fun", says="Who else worked down Alder Main?"
    )
    actions.add_phrase(by=cast.steward.actor, concept=own.key, part="signs", words="pit band reunion")
    asset = lunch(cast, title="Pit band reunion", words="")
    look()
    assert weight(asset, own.key) > 0.4
    assert queries.meant("who else worked down Alder Main")[0].key == own.key
    assert queries.label(own.key) == "News of the old pit"
    actions.drop_concept(by=cast.steward.actor, own=own)
    assert own.key not in queries.lexicon().by_key
    assert weight(asset, own.key) == 0


@pytest.mark.parametrize("given", [{"label": ""}, {"label": "x" * 81}, {"domain": "nowhere"}, {"label": "singing"}])
def test_a_concept_that_cannot_be_taken_says_why(cast: Cast, given: dict[str, str]):
    if given.get("label") == "singing":
        given = {"label": queries.lexicon().by_key["singing"].label.upper()}
    with pytest.raises(Fault):
        actions.add_concept(by=cast.steward.actor, **{"label": "News of the pit", "domain": "fun", **given})
    assert not OwnConcept.objects.exists()


def test_what_helped_counts_from_the_fifth_time_and_never_without_end(cast: Cast):
    asset = lunch(cast)
    look()
    said = "I want to be able to sing with others"
    before = weight(asset, "singing")
    for _ in range(ENOUGH - 1):
        actions.note_helped(by=MACHINE, words=said, asset=asset)
    look()
    assert weight(asset, "singing") == before  # nobody's single introduction shows
    for _ in range(8):
        actions.note_helped(by=MACHINE, words=said, asset=asset)
    look()
    assert before < weight(asset, "singing") <= before + 0.10 + 1e-9
    assert AssetConcept.objects.get(asset=asset.pk, concept="singing").how in (How.HELPED, How.MEANING, How.WORDS)


def test_of_words_that_helped_nothing_but_numbers_is_kept(cast: Cast):
    asset = lunch(cast)
    actions.note_helped(by=MACHINE, words="I want to sing, says Mair of Mill Street", asset=asset)
    kept = [str(value) for row in Helped.objects.values() for value in row.values()]
    assert not any("Mair" in value or "Mill" in value for value in kept)


def test_what_is_about_harm_is_never_counted(cast: Cast):
    asset = lunch(cast)
    actions.note_helped(by=MACHINE, words="I'm frightened of my husband", asset=asset)
    assert not Helped.objects.exists()


def test_only_what_a_viewer_may_find_is_found_by_what_it_serves(cast: Cast):
    shown = lunch(cast)
    hidden = assets.offer(
        by=cast.resident.actor, holder=cast.resident.party, kind="activity", title="Lunch club at mine", audience="me"
    )
    look()
    assert set(queries.assets_by_concept(Actor.anyone(), ["eat_together"])) == {shown.pk}
    assert hidden.pk in queries.assets_by_concept(cast.resident.actor, ["eat_together"])
    assert hidden.pk not in queries.assets_by_concept(cast.outsider.actor, ["eat_together"])


def test_the_worker_looks_and_only_the_machine_writes(cast: Cast):
    asset = lunch(cast)
    classify.call()
    assert weight(asset, "eat_together") > 0.4
    lunch(cast, title="Another lunch club")
    with pytest.raises(Refused):
        actions.classify_waiting(by=cast.steward.actor)


def test_an_asset_that_goes_takes_what_it_served_with_it(cast: Cast):
    asset = lunch(cast)
    look()
    Asset.objects.filter(pk=asset.pk).delete()
    assert not AssetConcept.objects.filter(asset=asset.pk).exists()
    assert not AssetSense.objects.filter(asset=asset.pk).exists()


def test_a_broken_file_of_vectors_is_made_anew(tmp_path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ALONGSIDE_SAYINGS", str(tmp_path))
    rows = ["I am lonely", "I am tired"]
    made = book.kept(rows)
    (file,) = tmp_path.glob("sayings-*.npy")
    file.write_bytes(b"nonsense")
    assert book.kept(rows) == pytest.approx(made, abs=1e-3)
    assert book.kept(rows) == pytest.approx(made, abs=1e-3)


def test_what_set_up_made_is_found(tmp_path, monkeypatch: pytest.MonkeyPatch):
    rows = ["I am lonely", "I am tired"]
    made = np.full((2, 384), 384**-0.5, np.float32)
    monkeypatch.setenv("ALONGSIDE_SAYINGS", str(tmp_path / "empty"))
    monkeypatch.setattr("alongside.knowing.lexicon.book.BUILT", tmp_path / "built")
    monkeypatch.setattr("alongside.knowing.lexicon.book.embed", lambda _rows: pytest.fail("nothing is made anew"))
    book.keep_built(tmp_path / "built", ["an earlier state"], made[:1])
    book.keep_built(tmp_path / "built", rows, made)
    assert len(list((tmp_path / "built").iterdir())) == 1
    assert book.kept(rows) == pytest.approx(made, abs=1e-3)


@pytest.fixture
def unmade(tmp_path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """As on a new machine: no vectors of sayings are kept. How many texts were made into vectors at a time."""
    asked: list[int] = []

    def embed(rows):
        asked.append(len(rows))
        return np.full((len(rows), 384), 384**-0.5, np.float32)

    def forget():
        for cached in (book._base, book._more, book.lexicon_of, book._by_words):
            cached.cache_clear()
        book._made.clear()

    monkeypatch.setenv("ALONGSIDE_SAYINGS", str(tmp_path))
    monkeypatch.setattr("alongside.knowing.lexicon.book.BUILT", tmp_path / "nothing")
    monkeypatch.setattr("alongside.knowing.lexicon.book.embed", embed)
    forget()
    yield asked
    forget()


def test_no_page_waits_for_the_vectors_and_words_say_what_is_meant_until_they_are_there(cast: Cast, unmade: list[int]):
    assert cast.outsider.client().get("/look-around/", {"words": "I am lonely"}).status_code == 200
    assert queries.meant("I am lonely")[0].key == "company_most_days"
    assert "116 123" in cast.outsider.client().get("/look-around/", {"words": "I want to die"}).content.decode()
    assert sum(unmade) == 0
    words = queries.lexicon()
    actions.classify_waiting(by=MACHINE)
    assert max(unmade) > 1_000, "the worker makes them"
    assert queries.lexicon() is not words and queries.lexicon() is queries.standing()[0]


def test_a_page_makes_only_a_few_vectors_of_what_stewards_added(cast: Cast, unmade: list[int]):
    queries.get_ready()
    unmade.clear()
    Phrase.objects.bulk_create(
        Phrase(concept="singing", part="says", lang="en", words=f"Song {n}", by=cast.steward.party) for n in range(80)
    )
    seen = [queries.lexicon() for _ in range(4)]
    assert [n for n in unmade if n] == [32, 32, 16]
    assert seen[0] is seen[1] and seen[2] is seen[3] is queries.standing()[0], "by words until nearly all are there"


def test_what_is_broken_is_not_taken_for_kept(unmade: list[int], tmp_path):
    queries.get_ready()
    (file,) = tmp_path.glob("sayings-*.npy")
    file.write_bytes(b"nonsense")
    book._base.cache_clear()
    assert not book._is_kept()
    queries.get_ready()
    assert len([n for n in unmade if n]) == 2 and book._is_kept()
