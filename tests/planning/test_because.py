"""Ten stories as they are read aloud: every sentence of every idea, and of what is not found yet."""

import re
from itertools import product
from statistics import median

import pytest
import textstat
from django.utils import translation

from alongside import frameworks
from alongside.methods.complement import Reason, Source
from alongside.methods.complement.reasons import Before, Missing
from alongside.planning.plans.because import before_said, missing_said, one_more_said, time_said, told, why_said
from tests.house.code import ROOT
from tests.methods.stories import STORIES

AT_FIRST = "First we looked at what you have. There was nothing like this. "
NOBODY_ELSE = "If they say no, we know of nobody else yet."

ALOUD = {
    "Edith wants company on Tuesdays": [
        "It is about company. It is near you: less than a mile. It can be on Tuesdays. They have time for this. "
        + AT_FIRST
        + NOBODY_ELSE,
    ],
    "a lift to the hospital with a wheelchair": [
        "It is about lifts. It is about 3 miles away. What you need is there: level way in. They have time for this. "
        + AT_FIRST
        + "Then we looked at people and groups near you. "
        "There is something, but one thing you need is not there: level way in. "
        "Then we looked at shops and cafés. There was nothing like this. " + NOBODY_ELSE,
    ],
    "nobody near has a boat": [
        "This is not found yet. We know of nobody near who offers this: a boat.",
    ],
    "a neighbour at their limit": [
        "This is not found yet. Those who could do this have no time left. With half an hour more it would work.",
    ],
    "only a special service is left": [
        "It is about feeling well. There is room for more people. "
        + AT_FIRST
        + "Then we looked at people and groups near you. "
        "This needs someone who is paid and trained, so we ask no neighbour. "
        "Then we looked at shops and cafés. There was nothing like this. "
        "Then we looked at services for everyone. The nearest is about 20 miles away. That is too far. " + NOBODY_ELSE,
    ],
    "somebody who wants no services": [
        "This is not found yet. The nearest is about 20 miles away. A way to get there would help. "
        "You asked us not to look at services for everyone or at special services.",
    ],
    "one's own piano first": [
        "You told us you have this. It is about music.",
        "It is about music. It is near you: less than a mile. They have time for this. "
        "First we looked at what you have. There is an idea there too. "
        "Then we looked at people and groups near you. There was nothing like this. "
        "If they say no, there is still what you have yourself.",
    ],
    "two who could help each other": [
        "It is about gardening. It is near you: less than a mile. You could each do something for the other. "
        "They have time for this. " + AT_FIRST + NOBODY_ELSE,
    ],
    "a group that needs four": [
        "This is not found yet. There is a group. It starts when 4 people want to come.",
    ],
    "someone through the night": [
        "This is not found yet. It needs someone who is paid and trained. We never ask neighbours for this.",
    ],
}


def aloud(name: str) -> list[str]:
    ideas, missing = STORIES[name].told()
    found = [" ".join(told(idea, str)) for idea in ideas]
    return found + ([" ".join(missing_said(missing, str))] if missing else [])


@pytest.mark.parametrize("name", ALOUD)
def test_each_story_reads_well_aloud(name):
    assert aloud(name) == ALOUD[name]


def test_there_are_ten_and_each_is_read():
    assert list(STORIES) == list(ALOUD) and len(ALOUD) == 10


def test_the_page_to_read_aloud_says_just_that():
    page = (ROOT / "docs" / "explanation" / "ten-ideas-aloud.md").read_text(encoding="utf-8")
    parts = dict(part.split("\n\n", 1) for part in page.split("\n## ")[1:])
    told = {
        name: [" ".join(one[2:].split()) for one in said.split("\n\n") if one.startswith("> ")]
        for name, said in parts.items()
    }
    assert told == {name[0].upper() + name[1:]: said for name, said in ALOUD.items()}


def test_they_are_as_easy_as_a_page_for_a_child_of_nine_to_eleven():
    grades = [textstat.flesch_kincaid_grade(words) for words in map(" ".join, ALOUD.values())]
    assert median(grades) <= 5 and max(grades) <= 8


def test_no_term_of_the_field_is_said():
    banned = "|".join(map(re.escape, frameworks.load("words")["banned"]))
    assert not [words for words in map(" ".join, ALOUD.values()) if re.search(rf"\b({banned})s?\b", words, re.I)]


# --- Every code has its words, in both languages ---

WHY = [
    Reason("yours"),
    Reason("kind", "people"),
    Reason("words"),
    Reason("near", 2.0),
    Reason("access_met", "level"),
    Reason("access_unknown", "a_ramp"),
    Reason("day", 4),
    Reason("give_and_take"),
    Reason("has_room"),
    Reason("open_door"),
    Reason("part", 90),
    Reason("paid_service_does_this"),
]
DID_NOT = [
    *map(Reason, ("none", "not_open_to_you", "not_for_unpaid", "at_limit", "asked_this_week", "needs_more_people")),
    *map(Reason, ("enough_shown", "ruled_out")),
    Reason("access_missing", "loop"),
    Reason("out_of_reach", 9.7),
    Reason("times_differ", 2),
    Reason("some", 2),
]
MISSING = [
    *map(Reason, ("share", "next_week", "paid", "holder")),
    Reason("time", 30),
    Reason("more_people", 4),
    Reason("other_hour", 1),
    Reason("day", 6),
    Reason("reach", 9.7),
    Reason("access", "loop"),
    Reason("holder", "people"),
]


def every_sentence() -> list[str]:
    found = [why_said([one])[0] for one in WHY]
    found += [sentence for source, why in product(Source, DID_NOT) for sentence in before_said([Before(source, why)])]
    found += [words for one in MISSING for words in missing_said(Missing(1, 30, one, none=False))]
    out = [Missing(1, 30, Reason("holder"), (Reason("ruled_out", int(source)),)) for source in Source]
    return found + [words for one in out for words in missing_said(one)]


def test_every_code_has_a_sentence_in_both_languages():
    english = every_sentence()
    with translation.override("cy"):
        welsh = every_sentence()
    assert len(english) == len(welsh) and all(sentence.endswith(".") for sentence in english + welsh)
    assert not set(english) & set(welsh)


def test_a_code_that_nobody_knows_is_told_by_silence_and_not_by_itself():
    assert why_said([Reason("from_tomorrow", 3), Reason("has_room")]) == ["They have time for this."]


def test_whose_time_is_taken_and_by_whom_is_told_to_nobody():
    asked, full = (before_said([Before(Source.COMMUNITY, Reason(code))]) for code in ("asked_this_week", "at_limit"))
    assert asked == full


def test_the_same_answer_twice_running_is_said_once():
    nothing = [Before(Source.OWN, Reason("none")), Before(Source.COMMUNITY, Reason("none"))]
    assert before_said(nothing) == [
        "First we looked at what you have, and at people and groups near you.",
        "There was nothing like this.",
    ]


def test_several_days_and_several_features_stand_in_one_sentence():
    reasons = [Reason("access_met", "level"), Reason("access_met", "loop"), Reason("day", 1), Reason("day", 4)]
    assert why_said(reasons) == [
        "What you need is there: level way in, hearing loop.",
        "It can be on Tuesdays and Fridays.",
    ]


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(30, "half an hour"), (60, "1 hour"), (90, "1 and a half hours"), (120, "2 hours"), (150, "2 and a half hours")],
)
def test_half_hours_are_said_in_words(minutes, words):
    assert time_said(minutes) == words


def test_what_one_more_would_do_is_a_sentence_anybody_can_say():
    lifts = one_more_said("lifts", "Bedminster", 1, 2, "about 15", str)
    assert lifts == "2 more people for lifts on Tuesdays in Bedminster would let about 15 people do what they want."
    company = one_more_said("people", "Bedminster", None, 1, "10")
    assert company == "1 more person for people and company in Bedminster would let 10 people do what they want."
