"""The forms of panels by lot: each fault in words at its field, and what was typed still there."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from alongside.ground.people.models import Party
from alongside.ground.records.actions import open_record
from alongside.planning.decisions.models import Decision
from alongside.planning.lotteries import actions, queries, showing
from alongside.planning.lotteries.forms import (
    UNSAID,
    JoinForm,
    LaterForm,
    LotteryForm,
    PaperForm,
    SeedForm,
    SheetForm,
    first_answers,
)
from alongside.planning.lotteries.models import Draw, DrawBar, Lottery, LotteryGroup, LotteryQuestion
from alongside.planning.lotteries.work_models import LotteryChange, LotteryWork
from tests.cast import MACHINE, Cast
from tests.planning.lotteries.panels import for_the_area, given, opened, says_yes

COUNCIL = Party(kind="organisation", name="Testford Council")
CLUB = Party(kind="community", name="Mill Street lunch club")


def filled(**changes: Any) -> dict[str, str]:
    """The form as a browser sends it."""
    fields = {name: value for name, value in given(**changes).items() if value not in (False, None)}
    return {name: value.isoformat() if hasattr(value, "isoformat") else str(value) for name, value in fields.items()}


def faults(form: Any, name: str) -> str:
    assert not form.is_valid()
    return " ".join(form.errors[name])


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("title", "", "Write what the panel is for"),
        ("title", "x" * 201, "200 letters"),
        ("about", " ", "Write what the panel will do"),
        ("about", "x" * 5_001, "5,000 letters"),
        ("support", "", "how people are paid"),
        ("size", "", "from 2 to 500"),
        ("size", "1", "from 2 to 500"),
        ("size", "twenty", "from 2 to 500"),
        ("size", "9" * 40, "from 2 to 500"),
        ("least_age", "-1", "from 0 to 100"),
        ("answer_days", "0", "from 1 to 60"),
        ("join_until", "soon", "Give a day"),
        ("join_until", "", "Give a day"),
        ("delete_on", "2027-02-30", "Give a day"),
        ("seed_way", "a coin", "is not one of the available choices"),
        ("seed_words", "x" * 301, "300 letters"),
    ],
)
def test_every_field_says_how_to_mend_it(name: str, value: str, said: str) -> None:
    form = LotteryForm(filled() | {name: value}, owners=[COUNCIL])
    assert said in faults(form, name)
    assert form[name].value() == value and list(form.errors) == [name]


def test_only_what_there_is_to_choose_is_asked() -> None:
    assert not {"owner", "members_only", "decision"} & set(LotteryForm(owners=[COUNCIL]).fields)
    both = LotteryForm(owners=[COUNCIL, CLUB])
    assert {"owner", "members_only"} <= set(both.fields)
    assert [words for _key, words in both.fields["owner"].choices] == ["Testford Council", "Mill Street lunch club"]
    assert "members_only" in LotteryForm(owners=[CLUB]).fields


def test_an_owner_that_is_not_offered_is_not_taken() -> None:
    form = LotteryForm(filled() | {"owner": str(Party().key)}, owners=[COUNCIL, CLUB])
    assert "owner" in form.errors


@pytest.mark.parametrize("value", ["", "soon", "2027-13-01"])
def test_a_new_last_day_is_a_day(value: str) -> None:
    form = LaterForm({"join_until": value})
    assert form.day() is None and "Give a day" in faults(form, "join_until")


def test_a_new_last_day_is_read() -> None:
    day = timezone.localdate() + timedelta(days=9)
    assert LaterForm({"join_until": day.isoformat()}).day() == day


@pytest.mark.parametrize(("value", "said"), [("", "just as they were drawn"), ("1" * 201, "too long")])
def test_a_seed_is_asked_for_in_words(value: str, said: str) -> None:
    assert said in faults(SeedForm({"seed": value}), "seed")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_sheet_as_a_file_is_read_however_it_was_saved(encoding: str) -> None:
    data = "question,group,least,most\nCafé?,Môn,1,2\n".encode(encoding)
    form = SheetForm({}, {"file": SimpleUploadedFile("groups.csv", data)})
    assert form.is_valid() and "Café?,Môn" in form.cleaned_data["sheet"]


def test_a_file_that_is_too_large_is_not_read() -> None:
    form = SheetForm({}, {"file": SimpleUploadedFile("groups.csv", b"x" * 1_000_001)})
    assert "less than 1 MB" in faults(form, "file")
    assert "too long" in faults(SheetForm({"sheet": "x" * 100_001}), "sheet")


@pytest.mark.django_db
def test_a_draft_comes_back_into_its_form_as_it_was(cast: Cast) -> None:
    lottery = for_the_area(cast, started=False, title="Getting about by bus", size=7)
    form = LotteryForm.of(lottery)
    assert form["title"].value() == "Getting about by bus" and form["size"].value() == 7
    assert not {"owner", "members_only", "decision"} & set(form.fields), "what stands for good is not asked again"


@pytest.mark.django_db
def test_every_question_can_be_left_unsaid_and_none_left_open(cast: Cast) -> None:
    lottery = for_the_area(cast)
    questions = list(lottery.questions.prefetch_related("groups"))
    names = [f"q{one.pk}" for one in questions]
    said = dict.fromkeys(names, UNSAID) | {"old_enough": "on", "agreed": "on"}
    form = JoinForm(said, lottery=lottery, questions=questions)
    assert form.is_valid()
    assert form.yes()["answers"] == {one.pk: None for one in questions}
    assert list(form.fields) == [*names, "home", "old_enough", "agreed"], "the yes itself comes last"
    for left in said:
        short = JoinForm({k: v for k, v in said.items() if k != left}, lottery=lottery, questions=questions)
        assert not short.is_valid() and list(short.errors) == [left]
    foreign = JoinForm(said | {names[0]: "999999"}, lottery=lottery, questions=questions)
    assert not foreign.is_valid()


@pytest.mark.django_db
def test_where_homes_do_not_matter_no_address_is_asked_for(cast: Cast) -> None:
    lottery = for_the_area(cast, one_a_home=False, least_age=18)
    form = JoinForm(lottery=lottery, questions=[])
    assert "home" not in form.fields and form.fields["old_enough"].label == "I am 18 or older"


@pytest.mark.django_db
def test_what_was_said_before_is_there_to_begin_with(cast: Cast) -> None:
    lottery = for_the_area(cast)
    place = says_yes(cast.resident, lottery, 1, None)
    questions = list(lottery.questions.prefetch_related("groups"))
    west = LotteryGroup.objects.get(words="West")
    first = first_answers(questions, queries.my_answers(place))
    assert first == {f"q{questions[0].pk}": str(west.pk), f"q{questions[1].pk}": UNSAID}


@pytest.mark.django_db
def test_a_paper_asks_for_the_person_first_and_for_their_yes_last(cast: Cast) -> None:
    lottery = for_the_area(cast)
    form = PaperForm(lottery=lottery, questions=[])
    assert list(form.fields)[:5] == ["name", "phone", "address", "contact_by", "word"]
    assert list(form.fields)[-1] == "agreed" and "on the paper" in str(form.fields["agreed"].label)


# Which decision it takes part in


@pytest.mark.django_db
def test_a_panel_names_only_a_decision_of_those_who_run_it_that_is_not_over(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    found = {}
    for stage, owner in (("open", cast.council), ("decided", cast.council), ("open", cast.lunch_club)):
        record = open_record(by=MACHINE, kind="decision", owner=owner, audience="everyone")
        found[stage, owner.name] = Decision.objects.create(record=record, stage=stage, question=f"{stage} {owner}?")
    mine = found["open", "Testford Council"]
    assert queries.decisions_for(cast.commissioner.actor) == [mine]
    assert queries.decisions_for(cast.outsider.actor) == []
    with django_assert_max_num_queries(3):  # however many there are
        assert len(queries.decisions_for(cast.commissioner.actor)) == 1
    with pytest.raises(Exception, match="not over"):
        opened(cast.commissioner, cast.council, decision=found["decided", "Testford Council"])
    with pytest.raises(Exception, match="look after"):
        opened(cast.commissioner, cast.council, decision=found["open", "Mill Street lunch club"])
    lottery = opened(cast.commissioner, cast.council, decision=mine)
    assert queries.decision_of(cast.outsider.actor, lottery) == mine
    assert queries.decision_of(cast.outsider.actor, for_the_area(cast)) is None
    assert Lottery.objects.filter(decision=mine).get() == lottery


# How it is shown


def test_how_far_it_is_in_a_thousand() -> None:
    lottery = Lottery(stage="joining")
    assert showing.far(lottery, None) is None
    work = LotteryWork(state="going", rounds=12, found=61_260, bound=70_049, heard=timezone.now())
    far = showing.far(lottery, work)
    assert far is not None and (far.found, far.bound, far.rounds, far.going_on) == ("61.3", "70.0", 12, True)
    assert not far.silent and far.again == "begin"
    work.heard -= timedelta(minutes=11)
    silent = showing.far(Lottery(stage="drawn"), work)
    assert silent is not None and silent.silent and silent.again == "fill"
    done = showing.far(lottery, LotteryWork(state="done", heard=work.heard))
    assert done is not None and not done.silent, "what is done owes nobody a word"


def test_the_line_of_python_holds_whatever_the_seed_is() -> None:
    for seed in ("1 2 3", "it's", 'say "x"', "a\\b", "🙂|🙂", "'; import os #"):
        draw = Draw(round=0, panels=1000, seed=seed, fingerprint="f" * 64, number=1, best=81_571)
        line = showing.DrawShown(draw, [], "81.6").again
        body = line.removeprefix("import hashlib; print(").removesuffix(")")
        assert eval(body, {"hashlib": __import__("hashlib")}) == queries.drawn_number(seed, "f" * 64, 1000)


@pytest.mark.django_db
def test_the_picture_is_as_long_as_its_figures(cast: Cast) -> None:
    lottery = for_the_area(cast)
    draw = Draw.objects.create(
        lottery=lottery,
        round=0,
        panels=1000,
        fingerprint="f" * 64,
        least_on=81,
        most_on=1000,
        best=81_571,
        bound=81_571,
    )
    for least, most, people in ((80, 99, 60), (100, 199, 30), (200, 1000, 10)):
        DrawBar.objects.create(draw=draw, least=least, most=most, people=people)
    (shown,) = showing.draws(lottery)
    assert [(one.words, one.wide) for one in shown.bars] == [
        ("80 to 99", 100.0),
        ("100 to 199", 50.0),
        ("200 to 1000", 16.67),
    ]
    assert shown.best == "81.6" and not shown.members
    assert shown.proven == "No list can make the smallest chance larger: that is proven."


@pytest.mark.parametrize(
    ("least", "says"),
    [
        (200, "No list can make the smallest chance larger: that is proven."),
        (
            199,
            "above 200 in 1,000: that is proven. Here it is 199. Chances are cut to whole panels, so a little is lost.",
        ),
        (150, "above 200 in 1,000: that is proven. Here it is 150."),  # somebody stopped the work early
    ],
)
def test_no_more_is_called_proven_than_is(least: int, says: str) -> None:
    draw = Draw(panels=1_000, least_on=least, bound=200_000)
    assert showing._proven(draw, 200.0, "200").endswith(says)


def test_a_change_is_said_with_what_it_was() -> None:
    question = LotteryQuestion(words="How old are you?")
    group = LotteryGroup(question=question, words="Under 40", least=4, most=6)
    said = [
        showing._change(LotteryChange(group=group, least=2, most=6)),
        showing._reason(LotteryChange(group=group, least=2, most=6)),
        showing._reason(LotteryChange(group=group, least=4, most=9)),
        showing._change(LotteryChange(group=None, least=1, most=1)),
        showing._change(LotteryChange(group=None, least=20, most=20)),
    ]
    assert said == [
        "“How old are you?: Under 40”: 2 to 6 places, and not 4 to 6.",
        "“How old are you?: Under 40” asks for at least 4. Too few of those who said yes fit.",
        "“How old are you?: Under 40” takes 6 at the most. Too few of the others fit.",
        "Make the panel smaller: 1 person.",
        "Make the panel smaller: 20 people.",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("stage", "days", "is_open"),
    [("joining", 0, True), ("joining", -1, False), ("writing", 5, False), ("ready", 5, False), ("over", 5, False)],
)
def test_people_can_say_yes_to_the_end_of_the_last_day(stage: str, days: int, is_open: bool) -> None:
    lottery = Lottery(stage=stage, join_until=timezone.localdate() + timedelta(days=days))
    assert lottery.is_open == is_open


@pytest.mark.django_db
def test_groups_put_in_again_take_the_place_of_those_before(cast: Cast) -> None:
    from tests.planning.lotteries.panels import QUESTIONS

    lottery = for_the_area(cast, started=False)
    for _time in range(2):
        actions.put_groups(by=cast.commissioner.actor, lottery=lottery, questions=QUESTIONS[:1])
    assert [one.words for one in lottery.questions.all()] == ["Where do you live?"]
    assert LotteryGroup.objects.count() == 2
    (question, rows), *_none = showing.group_rows(lottery)
    assert [(row.group.words, row.places, row.before) for row in rows] == [
        ("East", "1 to 3", ""),
        ("West", "1 to 3", ""),
    ]
    assert question.words == "Where do you live?"
