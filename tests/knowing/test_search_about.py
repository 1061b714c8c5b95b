"""What is it about? Asked back in one tap, and never a way to see more, or to lose help."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, quote, urlencode

import pytest
from django.test import Client
from django.utils.translation import override

from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party
from alongside.knowing.lexicon.queries import lexicon
from alongside.knowing.search.meant import NONE, OFFERED, understood
from alongside.knowing.search.queries import best_for, ideas_for, look_around
from alongside.knowing.search.spoken import spoken_in
from alongside.methods.lexicon import CHOSEN_TOO, UNCHOSEN, Concept, Lexicon, Meant
from tests.cast import Cast
from tests.knowing.finding import learn, put

pytestmark = pytest.mark.usefixtures("own_home")
ANYONE = Actor.anyone()
KETTLE = "I only ever fill the kettle for one now"


def look(query: str, client: Client | None = None) -> str:
    answer = (client or Client()).get(f"/look-around/?{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def chips(page: str) -> dict[str, tuple[dict[str, list[str]], bool]]:
    """By its words: where each tap leads, and whether it is chosen now."""
    part = page.split("fold--about", 1)[1].split("</details>", 1)[0]
    found = re.findall(r'<a href="\?([^"]*)"( aria-current="true")?>([^<]+)</a>', part)
    return {unescape(words): (parse_qs(unescape(address)), bool(now)) for address, now, words in found}


def test_what_is_chosen_counts_in_full_then_what_is_near_it_and_the_rest_by_half() -> None:
    known = Lexicon([Concept("a", label="A", near=("b",)), Concept("b", label="B"), Concept("c"), Concept("d")])
    meant = [Meant("c", 0.8, "x"), Meant("d", 0.6, "x", urgent=True)]
    said = known.chosen(("a", "c", "nothing", "a"), meant)
    weights = {one.key: one.weight for one in said}
    assert [one.key for one in said][:2] == ["a", "c"]
    assert weights["a"] == 1.0 and weights["c"] == CHOSEN_TOO
    assert 0 < weights["b"] < weights["c"], "near to what was chosen"
    assert weights["d"] == 0.6, "what is urgent stays as it was"
    assert known.chosen(("a",), [Meant("c", 0.8, "x")])[-1].weight == 0.8 * UNCHOSEN
    assert known.chosen((), meant) == meant == known.chosen(("nothing",), meant)


@pytest.mark.django_db
def test_a_tap_brings_what_it_is_about_to_the_top(joyce: Party) -> None:
    put(joyce, "Cooking for one", "Easy cooking for people who live alone, recipes for one")
    table = put(joyce, "Lunch club", "Lunch together, good company and a hot meal every day")
    learn()
    assert best_for(ANYONE, KETTLE).about.choices, "there is something to choose from"
    hits = best_for(ANYONE, KETTLE, about=("eat_together",)).hits
    assert hits[0].id == table.pk
    assert ("means", "Eating with others") in [(why.code, why.value) for why in hits[0].why]


@pytest.mark.django_db
def test_none_of_these_leaves_the_words_alone(joyce: Party) -> None:
    put(joyce, "Cooking for one", "Easy cooking for people who live alone, recipes for one")
    learn()
    said = understood(KETTLE, about=(NONE,))
    assert said.meant == () and said.about == () and said.offered
    assert not any(why.code == "means" for hit in best_for(ANYONE, KETTLE, about=(NONE,)).hits for why in hit.why)


@pytest.mark.django_db
def test_it_is_asked_at_once_where_no_thing_has_every_word_and_not_where_one_has(cast: Cast, joyce: Party) -> None:
    put(joyce, "Lunch club", "Lunch together, good company and a hot meal every day")
    put(joyce, "Singing on Mondays")
    learn()
    asked = look("words=" + quote(KETTLE))
    assert re.search(r"fold--about\" open", asked) and "We think this is about" not in asked
    found = look("words=singing")
    assert "fold--about" in found and not re.search(r"fold--about\" open", found)
    assert "We think this is about: Singing." in found
    assert "fold--about" not in look("")


@pytest.mark.django_db
def test_each_tap_adds_and_a_second_one_takes_away(cast: Cast, joyce: Party) -> None:
    put(joyce, "Lunch club", "Lunch together, good company and a hot meal every day")
    learn()
    offered = chips(look("words=" + quote(KETTLE)))
    assert 1 < len(offered) <= OFFERED + 1 and "None of these" in offered
    first, second = [words for words in offered if words != "None of these"][:2]
    address, _now = offered[first]
    once = look(urlencode(address, doseq=True))
    assert f"You said this is about: {first}." in unescape(once) and chips(once)[first][1]
    twice = look(urlencode(chips(once)[second][0], doseq=True))
    assert f"You said this is about: {first}; {second}." in unescape(twice)
    assert "about" not in chips(once)[first][0], "tapped again, it is taken away"
    none = look(urlencode(chips(twice)["None of these"][0], doseq=True))
    assert "You said it is none of these." in none and chips(none)["None of these"][1]


@pytest.mark.django_db
def test_other_words_are_another_question(cast: Cast, joyce: Party) -> None:
    put(joyce, "Singing on Mondays")
    learn()
    page = look(f"words=singing&about=eat_together&of={quote(KETTLE)}")
    assert "You said" not in page and "We think this is about: Singing." in page


@pytest.mark.django_db
def test_the_choice_stays_while_limits_change_and_pages_turn(cast: Cast, joyce: Party) -> None:
    put(joyce, "Lunch club", "Lunch together, good company and a hot meal every day")
    learn()
    page = look(f"words={quote(KETTLE)}&about=eat_together&of={quote(KETTLE)}&cost=free")
    assert '<input type="hidden" name="about" value="eat_together">' in page
    assert f'<input type="hidden" name="of" value="{KETTLE}">' in page
    by = re.search(r'href="\?([^"]*)"[^>]*>Communities', page)
    assert by and parse_qs(unescape(by.group(1)))["about"] == ["eat_together"]


@pytest.mark.django_db
@pytest.mark.parametrize("about", ["suicidal", "abuse_partner"])
def test_nobody_is_told_or_made_to_choose_harm_and_help_stays(cast: Cast, joyce: Party, about: str) -> None:
    put(joyce, "Lunch club", "Lunch together, good company and a hot meal every day")
    learn()
    words = "I don't see the point in going on"
    page = look(f"words={quote(words)}")
    assert "You can talk to somebody now" in page and "fold--about" not in page
    assert "You can talk to somebody now" in look(f"words={quote(words)}&about=eat_together&of={quote(words)}")
    assert understood(KETTLE, about=(about,)).chosen == ()
    assert understood(words).offered == ()
    mould = understood("There's black stuff growing up the bedroom wall and the baby's chesty")
    assert mould.urgent and mould.offered, "where it is a guess among others, it is asked besides"
    assert not any(lexicon().by_key[key].urgent for key in mould.offered)


@pytest.mark.django_db
def test_a_guess_near_to_harm_brings_nothing_that_does_not_say_so_itself() -> None:
    """What is near to what was meant may be harm too: it is looked for with the same care."""
    by_key = lexicon().by_key
    calm = [one for one in lexicon().concepts if not one.urgent]
    key, near = next((one.key, other) for one in calm for other in one.near if by_key[other].urgent)
    said = understood(KETTLE, about=(key,))
    assert near in said.concepts and near in said.grave and not said.urgent


@pytest.mark.django_db
def test_a_choice_shows_nobody_more_than_they_may_see(cast: Cast, joyce: Party) -> None:
    put(joyce, "Lunch club", "Lunch together, good company and a hot meal every day", audience="me")
    learn()
    page = look(f"words={quote(KETTLE)}&about=eat_together&of={quote(KETTLE)}")
    assert "Lunch club" not in page
    found = look_around(ANYONE, KETTLE, about=("eat_together",))
    assert found.total == 0 and not any(found.counts.values())


@pytest.mark.django_db
@pytest.mark.parametrize(
    "about",
    ["../../etc", "x" * 9000, "%00", "%E2%80%AE" * 300, "none&about=none", "&about=".join(["eat_together"] * 500)],
    ids=["path", "long", "nul", "rtl", "none", "many"],
)
def test_a_broken_choice_is_no_choice(cast: Cast, about: str) -> None:
    assert "<h1>" in look(f"words=tea&about={about}&of=tea")


@pytest.mark.django_db
def test_all_that_may_matter_can_be_chosen_without_writing(cast: Cast, joyce: Party) -> None:
    put(joyce, "Lunch club", "Lunch together, good company and a hot meal every day")
    learn()
    page = Client().get("/look-around/what-matters/").content.decode()
    links = {
        unescape(words): parse_qs(unescape(address))
        for address, words in re.findall(r'href="/look-around/\?([^"]*)">([^<]+)</a>', page)
    }
    everything = {one.label for one in lexicon().concepts}
    assert everything <= set(links), "each has a link"
    assert links["Eating with others"]["about"] == ["eat_together"]
    assert "Lunch club" in look(urlencode(links["Eating with others"], doseq=True))
    urgent = next(one.label for one in lexicon().concepts if one.urgent)
    assert "about" not in links[urgent] and links[urgent]["words"] == [urgent]
    kept = Client().get("/look-around/what-matters/?words=" + quote(KETTLE)).content.decode()
    assert KETTLE in kept and quote(KETTLE, safe="").replace("%20", "+") in kept


@pytest.mark.django_db
def test_a_program_may_choose_too(cast: Cast, joyce: Party) -> None:
    put(joyce, "Lunch club", "Lunch together, good company and a hot meal every day")
    learn()
    answer = Client().get("/api/v1/search", {"words": KETTLE}).json()
    offered = [one["key"] for one in answer["about"]]
    assert offered and answer["about"][0].keys() == {"key", "label", "chosen"}
    again = Client().get("/api/v1/search", {"words": KETTLE, "about": "eat_together"}).json()
    assert [one["key"] for one in again["about"] if one["chosen"]] == ["eat_together"]
    assert Client().get("/api/v1/search", {"words": "I want to kill myself"}).json()["about"] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("page", "words", "lang"),
    [
        ("en", "canu", "cy"),
        ("en", "dwi eisiau canu mewn côr", "cy"),
        ("en", "singing", "en"),
        ("en", "I want to sing in a Welsh choir like Côr Canu", "en"),
        ("en", "plant a tree", "en"),
        ("en", "zzyzx", "en"),
        ("en", "", "en"),
        ("en", "أريد 🎶" * 2000, "en"),
        ("cy", "singing", "cy"),
    ],
)
def test_welsh_words_on_an_english_page_are_read_as_welsh(page: str, words: str, lang: str) -> None:
    with override(page):
        assert spoken_in(words) == lang


@pytest.mark.django_db
def test_somebody_who_types_canu_on_the_english_page_is_understood(cast: Cast) -> None:
    assert cast.place
    meant = understood("canu", spoken_in("canu"))
    assert meant.about == ("Singing",)
    assert "Singing" in look("words=canu")


@pytest.mark.django_db
def test_a_wish_kept_in_welsh_brings_ideas_by_its_own_language(joyce: Party) -> None:
    choir = put(joyce, "Thursday Choir", "A choir for anybody, no audition")
    put(joyce, "Canoe club", "Canoes on the river, for beginners")
    learn()
    assert [hit.id for hit in ideas_for(ANYONE, "canu eto", lang="cy")] == [choir.pk]
    with override("cy"):  # whatever the page is in, it is the wish that counts
        assert choir.pk not in {hit.id for hit in ideas_for(ANYONE, "canoe", lang="en")}
