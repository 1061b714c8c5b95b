"""Between two nights: one change, one piece solved again, every promise kept, all else as it was."""

from dataclasses import replace
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.methods.complement import Reason, Source
from alongside.methods.complement.again import Changes, again, standing
from alongside.methods.complement.pairs import candidates
from alongside.methods.complement.problem import OPEN, problem_of
from alongside.methods.complement.reasons import ideas, unmet
from alongside.methods.complement.run import solve
from alongside.methods.complement.whole import SECONDS
from tests.methods.stories import NEIGHBOUR, PRIYA, TELLER, TOM, offer, wish
from tests.methods.test_complement_properties import fixed_of, numbered, offer_of, wishes_of


def morning(wishes, offers, fixed=None):
    problem = problem_of(wishes, offers, fixed)
    return standing(problem, solve(problem, candidates(problem)))


def suggested(now) -> dict[tuple[int, int], int]:
    """Steps by ids of wish and offer."""
    pairs, steps = now.answer.pairs, now.answer.steps
    ids = zip(now.problem.wishes.id[pairs.wish].tolist(), now.problem.offers.id[pairs.offer].tolist(), strict=True)
    return {one: many for one, many in zip(ids, steps.tolist(), strict=True) if many}


two_wishes = [wish("company"), wish("company", id=2, person=9)]
tom, priya = (offer(n, who, NEIGHBOUR, "company", minutes=100) for n, who in ((1, TOM), (2, PRIYA)))


def test_tom_says_no_to_one_and_priya_is_asked_instead():
    now = morning([wish("company", minutes=30)], [tom, priya])
    (asked,) = suggested(now)
    after = again(now, Changes(declined=frozenset({asked})))
    assert suggested(after) == {(1, 3 - asked[1]): 1}
    assert suggested(again(after, Changes(declined=frozenset(suggested(after))))) == {}


def test_a_pause_gives_everything_back_and_its_end_brings_it_in_again():
    now = morning(two_wishes, [tom])
    paused = again(now, Changes(limits={1: 0}))
    assert suggested(paused) == {} and not paused.answer.met.any()
    assert suggested(again(paused, Changes(limits={1: 2}))) == suggested(now)


def test_an_offer_that_had_nothing_left_at_night_is_found_when_its_holder_can_do_more():
    now = morning(two_wishes, [replace(tom, promised=60)])
    assert not len(now.answer.pairs)
    more = again(now, Changes(limits={1: 6}))
    assert suggested(more) == {(1, 1): 2, (2, 1): 2} and more.answer.met.tolist() == [2, 2]


def test_a_promise_is_kept_and_asked_of_nobody_again():
    now = morning(two_wishes, [tom, priya])
    (ids, steps), *_ = suggested(now).items()
    promised = again(now, Changes(promised={ids: steps}))
    assert ids not in suggested(promised) and promised.promised == {ids: steps}
    assert (promised.problem.offers.most == OPEN).all()  # any number may come, as before
    rest = again(promised, Changes(limits={ids[1]: 0}))
    assert rest.promised == {ids: steps}
    assert rest.problem.wishes.steps.tolist() == [0 if pk == ids[0] else 2 for pk in (1, 2)]


@pytest.mark.parametrize(("ids", "steps"), [((1, 1), 3), ((1, 1), 0), ((1, 3), 2)])
def test_nobody_promises_more_than_is_wished_for_or_than_they_have(ids, steps):
    now = morning(two_wishes, [tom, replace(priya, id=3, promised=60)])
    with pytest.raises(ValueError, match="promised"):
        again(now, Changes(promised={ids: steps}))


@pytest.mark.parametrize(
    "changes",
    [Changes(declined=frozenset({(1, 99)})), Changes(limits={99: 0}), Changes(withdrawn=frozenset({99}))],
)
def test_what_is_not_there_cannot_change(changes):
    with pytest.raises(KeyError):
        again(morning(two_wishes, [tom]), changes)


def test_who_has_said_no_is_not_found_again_when_there_is_more_time():
    now = morning([wish("company")], [replace(tom, promised=60)])
    no = again(now, Changes(declined=frozenset({(1, 1)})))
    assert suggested(again(no, Changes(limits={1: 6}))) == {}


def test_reasons_by_day_speak_of_how_it_stands_now():
    """With the rules kept since the night: after a pause there is no time left, and nobody says that there is."""
    now = morning(two_wishes, [tom])
    assert not unmet(now.problem, now.answer, [0], rules=now.rules)
    paused = again(now, Changes(limits={1: 0}))
    (missing,) = unmet(paused.problem, paused.answer, [0], rules=paused.rules)
    assert missing.missing == Reason("time", 60)
    promised = again(now, Changes(promised={(1, 1): 1}))
    (rest,) = ideas(promised.problem, promised.answer, [0], rules=promised.rules).ideas
    assert rest.minutes == 30 and "part" not in {reason.code for reason in rest.reasons}


def test_two_pieces_become_one_when_an_offer_reaches_into_both():
    music = [wish("music"), wish("company", id=2, person=9)]
    both = replace(offer(3, PRIYA, NEIGHBOUR, "music"), kinds=frozenset({"music", "company"}), promised=120)
    apart = [offer(1, TOM, NEIGHBOUR, "music", minutes=60), offer(2, TELLER, NEIGHBOUR, "company", minutes=60), both]
    now = morning(music, apart)
    assert now.answer.met.tolist() == [1, 1] and len(set(now.labels.wish.tolist())) == 2
    more = again(now, Changes(limits={3: 6}))
    assert more.answer.met.tolist() == [2, 2] and len(set(more.labels.wish.tolist())) == 1


def test_a_group_that_has_a_promise_needs_one_fewer():
    singers = [wish("singing", id=n, person=n) for n in range(1, 5)]
    group = offer(1, 50, Source.COMMUNITY, "singing", minutes=None, least=4, most=4)
    now = morning(singers, [group])
    after = again(now, Changes(promised={(1, 1): 2}))
    assert after.problem.offers.least.tolist() == [3] == after.problem.offers.most.tolist()
    assert suggested(after) == {(n, 1): 2 for n in (2, 3, 4)}


grouped = st.builds(
    lambda offer, least, room: replace(offer, least=least, most=None if room is None else max(least, 1) + room),
    offer_of,
    st.sampled_from([0, 0, 0, 2, 3]),
    st.none() | st.integers(0, 2),
)
offers_of = st.lists(grouped, max_size=12).map(numbered)
changes_of = st.tuples(
    st.lists(st.integers(0, 99), max_size=2),
    st.dictionaries(st.integers(0, 11), st.integers(0, 12), max_size=2),
    st.integers(0, 99),
    st.frozensets(st.integers(0, 4), max_size=1),
)


def made_of(now, drawn) -> Changes:
    """Changes that this place could see, from numbers drawn at random."""
    said_no, limits, promise, withdrawn = drawn
    wishes, offers = set(now.problem.wishes.id.tolist()), set(now.problem.offers.id.tolist())
    given = sorted(suggested(now).items())
    some = dict(given[promise % len(given) :][:1]) if given else {}
    limits = {pk: steps for pk, steps in limits.items() if pk in offers and pk not in {ids[1] for ids in some}}
    declined = {given[n % len(given)][0] for n in said_no} - set(some) if given else set()
    return Changes(frozenset(declined), limits, some, (withdrawn & wishes) - {ids[0] for ids in some})


@given(wishes_of, offers_of, fixed_of, st.lists(changes_of, min_size=1, max_size=3))
def test_a_piece_solved_again_is_the_whole_solved_again(wishes, offers, fixed, several):
    """The same steps as if everything were solved anew, promises kept, and other pieces as they were."""
    now = morning(wishes, offers, fixed)
    for drawn in several:
        changes = made_of(now, drawn)
        before, now = now, again(now, changes, seconds=SECONDS)
        anew = solve(now.problem, now.answer.pairs)
        assert (now.answer.steps == anew.steps).all() and (now.answer.met == anew.met).all()
        for ids, steps in before.promised.items():
            assert now.promised[ids] >= steps
        for ids in now.declined:
            assert ids not in suggested(now)
        _untouched_is_as_before(before, now, changes)
    _nobody_gives_more_than_they_said(now)


def _untouched_is_as_before(before, now, changes) -> None:
    wishes = {ids[0] for ids in (*changes.declined, *changes.promised)} | changes.withdrawn
    offers = {ids[1] for ids in (*changes.declined, *changes.promised)} | set(changes.limits)
    rows = np.isin(before.problem.wishes.id, list(wishes)), np.isin(before.problem.offers.id, list(offers))
    touched = {*now.labels.wish[rows[0]].tolist(), *now.labels.offer[rows[1]].tolist()}
    far = {
        pk for pk, n in zip(now.problem.wishes.id.tolist(), now.labels.wish.tolist(), strict=True) if n not in touched
    }
    then, after = ({ids: n for ids, n in suggested(one).items() if ids[0] in far} for one in (before, now))
    assert then == after


def _nobody_gives_more_than_they_said(now) -> None:
    offers, used = now.problem.offers, np.zeros(len(now.problem.offers), np.int64)
    np.add.at(used, now.answer.pairs.offer, now.answer.steps)
    assert (used <= np.where(offers.limit >= OPEN, OPEN, offers.spare)).all()


def test_in_a_large_piece_a_group_does_not_meet_with_too_few_after_a_no():
    singers = [wish("singing", id=n, person=n, divisible=False) for n in range(1, 4)]
    group = offer(1, 50, Source.COMMUNITY, "singing", minutes=None, least=3)
    now = morning(singers, [group])
    assert len(suggested(now)) == 3
    with patch("alongside.methods.complement.by_day.SMALL", -1):
        assert suggested(again(now, Changes(declined=frozenset({(2, 1)})))) == {}


@given(wishes_of, offers_of, fixed_of, changes_of)
def test_in_a_large_piece_who_has_their_one_holder_keeps_them_by_day(wishes, offers, fixed, drawn):
    before = morning(wishes, offers, fixed)
    changes = made_of(before, drawn)
    with patch("alongside.methods.complement.by_day.SMALL", -1):
        now = again(before, changes)
    _nobody_gives_more_than_they_said(now)
    shaken = {ids[1] for ids in (*changes.declined, *changes.promised)} | set(changes.limits)
    shaken |= set(before.problem.offers.id[before.problem.offers.least > 1].tolist())
    theirs = {ids[0] for ids in (*changes.declined, *changes.promised)} | changes.withdrawn
    theirs |= {ids[0] for ids in suggested(before) if ids[1] in shaken}
    for wish_id, whole, wanted in zip(
        wishes_by(now, "id"), wishes_by(now, "whole"), wishes_by(now, "steps"), strict=True
    ):
        then, after = ({ids: n for ids, n in suggested(one).items() if ids[0] == wish_id} for one in (before, now))
        if whole and wish_id not in theirs and then:
            assert then.items() <= after.items()
        if whole:
            assert all(steps == wanted for steps in after.values())


def wishes_by(now, column: str) -> list:
    return getattr(now.problem.wishes, column).tolist()
