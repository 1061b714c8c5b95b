"""What somebody types after an evening in a hall is read exactly, or they are told what to mend and where."""

from typing import Any

import pytest

from alongside.ground.history.acting import Fault
from alongside.planning.halls.reading import How, read


def typed(**over: Any) -> dict[str, Any]:
    """Forty people with hands up for two ideas, as the form hands it over."""
    rows: dict[str, Any] = {}
    for n in range(1, 13):
        rows |= {f"title_{n}": "", f"cost_{n}": "", f"people_{n}": None, f"organisations_{n}": None}
    rows |= {"title_1": " Vegetables  to share ", "people_1": 31, "title_2": "Roses", "people_2": 12}
    usual = {"how": "hands", "people": 40, "organisations": None, "dots_each": None, "budget": "", "winners": None}
    return rows | usual | {"slips": "", "organisation_slips": ""} | over


def test_rows_without_anything_are_left_out() -> None:
    counted = read(typed(title_5="A pond", people_5=7))
    assert [(idea.title, idea.people) for idea in counted.ideas] == [
        ("Vegetables to share", 31),
        ("Roses", 12),
        ("A pond", 7),
    ]
    assert (counted.how, counted.people, counted.organisations) == (How.HANDS, 40, 0)


def test_slips_are_read_a_line_each() -> None:
    counted = read(typed(how="slips", people=6, slips="1 2\n2\n\n1,2\n 0 \n-\n2; 1."))
    assert [sorted(slip) for slip in counted.slips] == [[1, 2], [2], [1, 2], [], [], [1, 2]]
    assert [idea.people for idea in counted.ideas] == [0, 0]  # what stands beside the ideas is not counted twice


def test_a_slip_names_ideas_by_their_rows_also_where_one_was_left_empty() -> None:
    wall = {"how": "slips", "people": 3, "title_2": "", "people_2": None, "title_3": "Roses", "title_5": "A pond"}
    counted = read(typed(**wall, slips="3\n5\n1"))
    assert [idea.title for idea in counted.ideas] == ["Vegetables to share", "Roses", "A pond"]
    assert [sorted(slip) for slip in counted.slips] == [[2], [3], [1]]
    with pytest.raises(Fault, match="Line 1: “2”"):
        read(typed(**wall, slips="2"))


def test_money_is_read_as_pence() -> None:
    counted = read(typed(budget="£800", cost_1="450", cost_2="12.50"))
    assert counted.budget_pence == 80_000
    assert [idea.cost_pence for idea in counted.ideas] == [45_000, 1_250]


@pytest.mark.parametrize(
    ("over", "field", "words"),
    [
        ({"title_1": "", "title_2": "", "people_1": None, "people_2": None}, "title_1", "at least one"),
        ({"title_2": ""}, "title_2", "row 2"),
        ({"people_1": 41}, "people_1", "41 is more than the 40"),
        ({"organisations_2": 1}, "organisations_2", "1 is more than the 0"),
        ({"budget": "a lot"}, "budget", "pounds"),
        ({"budget": "800"}, "cost_1", "what this costs: Vegetables"),
        ({"budget": "800", "cost_1": "900", "cost_2": "1"}, "cost_1", "more than the £800"),
        ({"how": "dots"}, "dots_each", "how many dots"),
        ({"how": "dots", "dots_each": 3}, "winners", "how many ideas can win"),
        ({"how": "dots", "dots_each": 1, "winners": 1}, "people_1", "43 dots, but only 40"),
        ({"how": "consent", "people_2": 50}, "people_2", "50 is more"),
        ({"title_1": "", "people_1": None, "title_4": "A pond", "people_4": 41}, "people_4", "41 is more than the 40"),
        ({"how": "slips", "people": 1, "slips": "1\n2"}, "slips", "2 slips, but only 1"),
        ({"how": "slips", "slips": "1\n1 3"}, "slips", "Line 2: “3”"),
        ({"how": "slips", "slips": "١"}, "slips", "Line 1"),
        (
            {"how": "slips", "organisations": 1, "slips": "1", "organisation_slips": "x" * 5_000},
            "organisation_slips",
            "xxx",
        ),
    ],
)
def test_what_cannot_be_is_said_where_it_stands(over: dict[str, Any], field: str, words: str) -> None:
    with pytest.raises(Fault) as fault:
        read(typed(**over))
    assert fault.value.field == field
    assert words in fault.value.message


def test_dots_may_be_more_than_people() -> None:
    counted = read(typed(how="dots", dots_each=3, winners=2, people_1=70))
    assert (counted.dots_each, counted.ideas[0].people) == (3, 70)
