"""Ten stories (`stories`): what each idea gives as its reason, what was looked at before, and what is missing."""

from dataclasses import replace

import numpy as np
import pytest

from alongside.methods.complement import Fixed, Reason, Source
from alongside.methods.complement.pairs import candidates
from alongside.methods.complement.problem import problem_of
from alongside.methods.complement.reasons import Before, ideas, unmet
from alongside.methods.complement.run import solve
from tests.methods.stories import (
    COUNCIL,
    GROUP,
    HERE,
    NEIGHBOUR,
    PRIYA,
    ROUND_THE_CORNER,
    STORIES,
    TELLER,
    TOM,
    TUESDAY,
    WEDNESDAY,
    Story,
    at,
    offer,
    wish,
)


def only_idea(story: Story):
    (idea,), missing = story.told()
    assert missing is None
    return idea


def missing_of(story: Story):
    found, missing = story.told()
    assert not found and missing is not None
    return missing


def codes(idea) -> list[str]:
    return [reason.code for reason in idea.reasons]


def test_edith_has_company_on_the_day_that_suits_both():
    idea = only_idea(STORIES["Edith wants company on Tuesdays"])
    assert idea.reasons == (
        Reason("kind", "company"),
        Reason("near", 0.4),
        Reason("day", TUESDAY),
        Reason("has_room"),
    )
    assert idea.before == (Before(Source.OWN, Reason("none")),) and idea.instead == (Reason("no_other"),)
    assert idea.looked_before == (Source.OWN,) and idea.minutes == 60


def test_a_lift_is_told_with_the_access_it_has_and_why_a_nearer_one_did_not_serve():
    idea = only_idea(STORIES["a lift to the hospital with a wheelchair"])
    assert Reason("access_met", "level") in idea.reasons and idea.source is Source.UNIVERSAL
    assert Before(Source.COMMUNITY, Reason("access_missing", "level")) in idea.before


def test_what_nobody_offers_is_told_as_a_holder_missing():
    missing = missing_of(STORIES["nobody near has a boat"])
    assert missing.missing == Reason("holder", "a boat") and missing.none and not missing.besides


def test_where_all_time_is_taken_it_is_told_how_much_more_would_do():
    missing = missing_of(STORIES["a neighbour at their limit"])
    assert missing.missing == Reason("time", 30) and missing.minutes == 30


def test_a_special_service_comes_with_all_that_was_looked_at_before_it():
    idea = only_idea(STORIES["only a special service is left"])
    assert [one.why.code for one in idea.before] == ["none", "not_for_unpaid", "none", "out_of_reach"]
    assert idea.before[-1].why.value == pytest.approx(32, abs=0.1)


def test_what_is_ruled_out_is_not_even_looked_at():
    story = STORIES["somebody who wants no services"]
    missing = missing_of(story)
    assert missing.missing.code == "reach"
    assert missing.besides == (Reason("ruled_out", 4), Reason("ruled_out", 5))
    without = replace(story, offers=[one for one in story.offers if one.source is not Source.UNIVERSAL])
    assert missing_of(without) == missing


def test_ones_own_comes_first_and_the_lesson_besides():
    (own, lesson), missing = STORIES["one's own piano first"].told()
    assert codes(own) == ["yours", "kind"] and own.before == () == own.instead
    assert lesson.before[0] == Before(Source.OWN, Reason("some", 1))
    assert lesson.instead == (Reason("next_best", int(Source.OWN)),) and missing is None


def test_give_and_take_is_told_and_not_what_the_other_wishes_for():
    idea = only_idea(STORIES["two who could help each other"])
    assert Reason("give_and_take") in idea.reasons
    assert "company" not in str(idea)


def test_a_group_that_does_not_come_about_tells_its_size_and_not_who_waits():
    story = STORIES["a group that needs four"]
    assert missing_of(story).missing == Reason("more_people", 4)
    alone = replace(story, wishes=story.wishes[:1])
    assert missing_of(alone) == missing_of(story)
    four = replace(story, wishes=[*story.wishes, wish("singing", id=3, person=8), wish("singing", id=4, person=9)])
    assert codes(only_idea(four)) == ["kind", "open_door"]


def test_at_night_somebody_paid_is_missing_and_no_neighbour():
    assert missing_of(STORIES["someone through the night"]).missing == Reason("paid")


# --- What else would change the answer ---


def test_another_day_another_hour_and_a_way_there_are_told_each_for_itself():
    neighbours = [
        offer(1, TOM, NEIGHBOUR, "company", windows=at(TUESDAY, (9 * 60, 11 * 60))),
        offer(2, PRIYA, NEIGHBOUR, "company", windows=at(WEDNESDAY)),
    ]
    missing = missing_of(Story([wish("company", windows=at(TUESDAY))], neighbours))
    assert (missing.missing, *missing.besides) == (Reason("other_hour", TUESDAY), Reason("day", WEDNESDAY))


def test_what_takes_two_changes_is_nobody():
    far_and_late = offer(1, TOM, NEIGHBOUR, "company", windows=at(WEDNESDAY), lacks=frozenset({"level"}))
    asking = wish("company", windows=at(TUESDAY), needs=frozenset({"level"}))
    assert missing_of(Story([asking], [far_and_late])).missing == Reason("holder", "company")


def test_one_who_was_asked_this_week_may_be_asked_next_week():
    story = Story([wish("company")], [offer(1, TOM, NEIGHBOUR, "company")], Fixed(frozenset({TOM})))
    assert missing_of(story).missing == Reason("next_week")


def test_a_wish_for_one_holder_may_be_shared_out_if_the_person_likes():
    two = [offer(n, holder, NEIGHBOUR, "company", minutes=100) for n, holder in ((1, TOM), (2, PRIYA))]
    missing = missing_of(Story([wish("company", minutes=120, divisible=False)], two))
    assert missing.missing == Reason("share") and missing.besides == (Reason("time", 60),)


def test_part_of_a_wish_is_told_as_part_and_the_rest_as_missing():
    (idea,), missing = Story([wish("company", minutes=120)], [offer(1, TOM, NEIGHBOUR, "company", minutes=100)]).told()
    assert Reason("part", 60) in idea.reasons
    assert missing.minutes == 60 and not missing.none and missing.missing == Reason("time", 60)


# --- What is never told ---


@pytest.mark.parametrize(
    "never",
    [
        Fixed(apart=frozenset({(TELLER, TOM)})),
        "refuses",
        "hidden",
    ],
)
def test_who_is_kept_apart_or_does_not_want_to_be_asked_is_not_there(never):
    """Told exactly as if there were no such offer, at any point: neither counted nor named as what would help."""
    tom = offer(1, TOM, NEIGHBOUR, "company", refuses=frozenset({"company"} if never == "refuses" else ()))
    others = [offer(2, COUNCIL, Source.UNIVERSAL, "company", place=ROUND_THE_CORNER)]
    problem = problem_of([wish("company")], [tom, *others], never if isinstance(never, Fixed) else None)
    hidden = problem.offers.id == 1 if never == "hidden" else None
    pairs = candidates(problem)
    answer = solve(problem, pairs if hidden is None else pairs.only(~hidden[pairs.offer]))
    without = problem_of([wish("company")], others)
    expected = solve(without, candidates(without))
    assert ideas(problem, answer, hidden=hidden) == ideas(without, expected)
    nobody = replace(answer, steps=np.zeros_like(answer.steps), met=np.zeros_like(answer.met))
    nobody_else = replace(expected, steps=np.zeros_like(expected.steps), met=np.zeros_like(expected.met))
    assert unmet(problem, nobody, hidden=hidden) == unmet(without, nobody_else)


def test_no_reason_holds_anybodys_name_id_or_hours():
    """Every value is a word of kind or access, a weekday, a source, kilometres or minutes of the person's own wish."""
    a_million = 1_000_000
    story = Story(
        [wish("company", minutes=120), wish("company", id=a_million + 1, person=a_million + 2)],
        [offer(a_million + 3, a_million + 4, NEIGHBOUR, "company", minutes=a_million, place=HERE)],
    )
    found, _missing = story.told()
    told = [(idea.reasons, idea.before, idea.instead) for idea in found]
    assert found and not any(str(number) in str(told) for number in range(a_million, a_million + 5))


def test_an_idea_that_would_do_a_paid_services_work_says_that_it_waits():
    story = Story([wish("company")], [offer(1, GROUP, Source.COMMUNITY, "company", minutes=None)])
    assert not only_idea(story).waits
    waiting = only_idea(replace(story, fixed=Fixed(paid_kinds=frozenset({"company"}))))
    assert waiting.waits and codes(waiting)[-1] == "paid_service_does_this"


def test_what_search_found_alike_is_told_as_words():
    story = Story([wish("a quiet house")], [offer(1, GROUP, Source.COMMUNITY, "lunch", minutes=None)], meant=[(1, 1)])
    assert codes(only_idea(story)) == ["words", "open_door"]


def test_everything_of_the_kind_is_accounted_for():
    for story in STORIES.values():
        problem = problem_of(story.wishes, story.offers, story.fixed)
        for looked in ideas(problem, solve(problem, candidates(problem))).looked:
            assert looked.offers == looked.ideas + sum(looked.why_not.values())
