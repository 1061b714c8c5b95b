"""What people say about their lives: whole, in both languages, said once, and known to reach human help."""

from __future__ import annotations

from collections import Counter, defaultdict
from statistics import median
from typing import Any

import pytest
import textstat

from alongside import frameworks
from alongside.knowing.assets.models import AssetKind

FILES = frameworks.load_all("what_matters")
DOMAINS = [domain["key"] for domain in frameworks.load("life_domains")["domain"]]
CONCEPTS: list[dict[str, Any]] = [concept for file in FILES.values() for concept in file["concept"]]
KEYS = {concept["key"] for concept in CONCEPTS}
FIELDS = {"key", "label", "ways", "help", "says", "says_cy", "words", "signs", "signs_cy", "offers", "near"}
BETWEEN = {
    "says": (20, 34),
    "says_cy": (3, 6),
    "words": (26, 30),
    "signs": (4, 14),
    "signs_cy": (2, 6),
    "offers": (4, 4),
}

# Whoever says one of these is also shown a human being at once. Nobody may take one out by mistake.
REACH_SOMEBODY = {
    "abuse_partner", "adult_abused", "bailiffs", "carer_breaking_point", "child_hits_parent", "child_in_danger",
    "controlled", "crisis_mental_health", "cuckooed", "eviction", "forced_marriage", "gambling", "hate_crime",
    "homeless_tonight", "knife_gangs", "loan_shark", "modern_slavery", "money_abuse", "no_food_today",
    "no_heat_today", "online_harm", "own_behaviour", "self_harm", "sexual_violence", "stalked", "suicidal",
    "young_exploited",
}  # fmt: skip


def plain(saying: str) -> str:
    return saying.casefold().strip(" .?!")


def test_every_part_of_life_has_its_file_and_no_other_has() -> None:
    assert sorted(FILES) == sorted(DOMAINS)


@pytest.mark.parametrize("domain", DOMAINS)
def test_a_file_says_what_it_is(domain: str) -> None:
    file = FILES[domain]
    assert file["name"] == f"what_matters_{domain}"
    assert file["domain"] == domain
    assert isinstance(file["version"], int)
    assert len(file["source"]) > 20
    label = next(one["label"] for one in frameworks.load("life_domains")["domain"] if one["key"] == domain)
    assert file["title"] == label


def test_it_covers_whole_lives() -> None:
    assert 350 <= len(CONCEPTS) <= 450
    assert all(28 <= len(file["concept"]) <= 45 for file in FILES.values())


def test_keys_are_used_once() -> None:
    assert [key for key, count in Counter(concept["key"] for concept in CONCEPTS).items() if count > 1] == []


@pytest.mark.parametrize("concept", CONCEPTS, ids=lambda concept: concept["key"])
def test_a_concept_is_whole(concept: dict[str, Any]) -> None:
    assert set(concept) - {"urgent"} == FIELDS
    assert set(concept["label"]) == {"en", "cy"}
    assert all(concept["label"].values())
    for field, (least, most) in BETWEEN.items():
        assert least <= len(concept[field]) <= most, field
        assert len({plain(text) for text in concept[field]}) == len(concept[field]), f"{field} says one thing twice"
        assert all(text == text.strip() and text for text in concept[field]), field
    assert concept.get("urgent", True) is True, "leave `urgent` out where it is not so"


def test_ways_help_and_near_are_known() -> None:
    ways = {way["key"] for way in frameworks.load("ways_to_wellbeing")["way"]}
    for concept in CONCEPTS:
        assert set(concept["ways"]) <= ways, concept["key"]
        assert concept["help"], concept["key"]
        assert set(concept["help"]) <= set(AssetKind.values), concept["key"]
        assert set(concept["near"]) <= KEYS - {concept["key"]}, concept["key"]


def test_nothing_is_said_in_two_concepts() -> None:
    said: dict[str, set[str]] = defaultdict(set)
    for concept in CONCEPTS:
        for saying in concept["says"] + concept["says_cy"]:
            said[plain(saying)].add(concept["key"])
    assert {saying: keys for saying, keys in said.items() if len(keys) > 1} == {}


def test_welsh_is_welsh_and_not_the_english_again() -> None:
    for concept in CONCEPTS:
        assert not {plain(text) for text in concept["says_cy"]} & {plain(text) for text in concept["says"]}
        assert concept["label"]["cy"] != concept["label"]["en"], concept["key"]


def test_sayings_are_short_and_easy() -> None:
    sayings = [saying for concept in CONCEPTS for saying in concept["says"]]
    assert all(len(saying.split()) <= 24 for saying in sayings)
    assert median(len(saying.split()) for saying in sayings) <= 11
    for domain, file in FILES.items():
        text = " ".join(f"{saying.rstrip('?')}." for concept in file["concept"] for saying in concept["says"])
        assert textstat.flesch_kincaid_grade(text) <= 5, domain


def test_help_of_every_kind_is_looked_for() -> None:
    """Not services alone: each kind of thing anybody may hold serves a good few of them."""
    kinds = Counter(kind for concept in CONCEPTS for kind in concept["help"])
    assert set(kinds) == set(AssetKind.values)
    assert min(kinds.values()) >= 15
    beyond = [concept for concept in CONCEPTS if set(concept["help"]) - {"service", "knowledge", "money"}]
    assert len(beyond) >= 0.75 * len(CONCEPTS)


def test_offers_are_understood_as_well_as_wishes() -> None:
    offers = [concept for concept in CONCEPTS if concept["key"].endswith("_offer")]
    assert len(offers) >= 25
    for concept in offers:
        assert "give" in concept["ways"], concept["key"]
        assert concept["near"], f"{concept['key']} leads to nobody"
    assert {"keep_company_offer", "drive_offer", "tools_lend_offer"} <= KEYS


def test_harm_fear_and_despair_reach_somebody() -> None:
    assert {concept["key"] for concept in CONCEPTS if concept.get("urgent")} == REACH_SOMEBODY
    urgent = [concept for concept in CONCEPTS if concept.get("urgent")]
    assert all("service" in concept["help"] for concept in urgent), "not left to volunteers alone"


def test_a_folder_is_read_in_the_order_of_its_names() -> None:
    assert list(FILES) == sorted(FILES)
    with pytest.raises(FileNotFoundError):
        frameworks.load_all("no_such_folder")


def test_offers_are_made_up_one_by_one_with_a_title_and_a_sentence() -> None:
    """As a directory puts what serves it: a title, a full stop, a sentence; none twice, and none a saying."""
    offers = [offer for concept in CONCEPTS for offer in concept["offers"]]
    assert len(set(offers)) == len(offers)
    for offer in offers:
        title, _stop, sentence = offer.partition(". ")
        assert 2 <= len(title.split()) <= 9, offer
        assert 8 <= len(sentence.split()) <= 30 and sentence.endswith("."), offer
    said = {plain(saying) for concept in CONCEPTS for saying in concept["says"]}
    assert not said & {plain(offer) for offer in offers}
