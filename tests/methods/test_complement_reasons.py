"""What must hold of every reason, whatever a place is like; and that what is told to be missing helps when it comes."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from alongside.methods.complement import Fixed, Source, Window
from alongside.methods.complement.pairs import candidates
from alongside.methods.complement.problem import STEP, problem_of
from alongside.methods.complement.reasons import ideas, unmet
from alongside.methods.complement.run import solve
from tests.methods.test_complement_properties import fixed_of, offers_of, wish_of, wishes_of

# What a reason may say, and of which values.
DAYS, SOURCES = set(range(7)), {int(source) for source in Source}


def run(wishes, offers, fixed=None):
    problem = problem_of(wishes, offers, fixed)
    return problem, solve(problem, candidates(problem))


@given(wishes_of, offers_of, fixed_of)
def test_every_idea_has_its_reasons_and_every_wish_its_ideas_or_what_is_missing(wishes, offers, fixed):
    problem, answer = run(wishes, offers, fixed)
    found, missing = ideas(problem, answer), unmet(problem, answer)
    assert len(found.ideas) == (answer.steps > 0).sum()
    assert sum(idea.minutes for idea in found.ideas) == answer.steps.sum() * STEP
    short = {int(pk): int(many) for pk, many in zip(problem.wishes.id, problem.wishes.steps - answer.met, strict=True)}
    assert {one.wish: one.minutes // STEP for one in missing} == {pk: many for pk, many in short.items() if many > 0}
    for idea in found.ideas:
        wish = next(one for one in wishes if one.id == idea.wish)
        order = wish.sources()
        assert idea.reasons and idea.source in order and idea.looked_before == order[: order.index(idea.source)]
        assert [one.source for one in idea.before if one.why.code == "ruled_out"] == sorted(
            one for one in wish.ruled_out if one < idea.source
        )
        assert len(idea.instead) == (idea.source is not Source.OWN)


@given(wishes_of, offers_of, fixed_of)
def test_everything_told_is_a_word_a_day_a_source_a_number_of_minutes_or_nothing(wishes, offers, fixed):
    problem, answer = run(wishes, offers, fixed)
    kinds = {word for one in (*wishes, *offers) for word in one.kinds}
    needs = {word for one in wishes for word in one.needs}
    for idea in ideas(problem, answer).ideas:
        for code, value in (*idea.reasons, *(one.why for one in idea.before), *idea.instead):
            known = {
                "kind": kinds,
                "access_met": needs,
                "access_unknown": needs,
                "access_missing": needs,
                "day": DAYS,
                "times_differ": DAYS,
                "next_best": SOURCES,
                "some": range(1, len(offers) + 1),
                "part": range(STEP, idea.minutes + 1),
            }
            assert value in known.get(code, {None}), code


@given(wishes_of, offers_of, fixed_of, st.randoms())
def test_what_is_told_does_not_depend_on_the_order_things_come_in(wishes, offers, fixed, random):
    shuffled, others = list(wishes), list(offers)
    random.shuffle(shuffled)
    random.shuffle(others)
    for tell in (ideas, unmet):
        assert tell(*run(wishes, offers, fixed)) == tell(*run(shuffled, others, fixed))


@given(wishes_of, offers_of, fixed_of)
def test_one_persons_reasons_alone_are_the_same_as_among_all(wishes, offers, fixed):
    problem, answer = run(wishes, offers, fixed)
    every = ideas(problem, answer)
    for row, wish in enumerate(problem.wishes.id.tolist()):
        alone = ideas(problem, answer, [row])
        assert alone.ideas == tuple(one for one in every.ideas if one.wish == wish)
        assert alone.looked == tuple(one for one in every.looked if one.wish == wish)


ANY_DAY = tuple(Window(day, 0, 24 * 60) for day in range(7))


def as_told(wish, offers, fixed, reason):
    """The same place with the one thing there that was told to be missing."""
    if reason.code == "share":
        return replace(wish, divisible=True), offers, fixed
    if reason.code == "time":
        more = [
            one if one.minutes is None else replace(one, minutes=one.minutes + 3 * int(reason.value), limit_pct=100)
            for one in offers
        ]
        return wish, more, fixed
    if reason.code == "next_week":
        return wish, offers, replace(fixed, asked_this_week=frozenset())
    if reason.code in {"day", "other_hour"}:
        return replace(wish, windows=(*wish.windows, ANY_DAY[int(reason.value)])), offers, fixed
    if reason.code == "access":
        return wish, [replace(one, lacks=one.lacks - wish.needs) for one in offers], fixed
    return None


@given(wish_of, offers_of, fixed_of)
def test_what_is_told_to_be_missing_helps_when_it_comes(wish, offers, fixed):
    """For one wish alone, so that nobody else takes what comes; each thing told is tried by itself."""
    problem, answer = run([wish], offers, fixed)
    for one in unmet(problem, answer):
        for reason in (one.missing, *one.besides):
            told = as_told(wish, offers, fixed, reason)
            if told is not None:
                _, then = run([told[0]], told[1], told[2])
                assert then.met.sum() > answer.met.sum(), reason


@given(wish_of, offers_of)
def test_where_only_a_holder_is_missing_no_single_other_change_helps(wish, offers):
    problem, answer = run([wish], offers)
    for one in unmet(problem, answer):
        if one.missing.code == "holder":
            for changed in (replace(wish, windows=()), replace(wish, needs=frozenset()), replace(wish, divisible=True)):
                _, then = run([changed], offers, Fixed())
                assert then.met.sum() == answer.met.sum()
