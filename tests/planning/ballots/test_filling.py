"""What is typed on a ballot becomes marks, or words about what is wrong; never something nobody meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.ground.history.acting import Fault
from alongside.planning.ballots.filling import Form, form_of, read
from alongside.planning.decisions.models import Terms

OPTIONS = frozenset(range(1, 7))
WAYS = {
    Form.TICKS: Terms(rule="approval"),
    Form.POINTS: Terms(rule="budget", marking="points", points_each=10),
    Form.PLACES: Terms(rule="ranking"),
    Form.SCORES: Terms(rule="score"),
    Form.CONSENT: Terms(rule="consent"),
}
typed = st.one_of(
    st.integers(-3, 13).map(str), st.text(max_size=6), st.sampled_from(["", " 2 ", "٣", "1.5", "1e1", "½"])
)


@pytest.mark.parametrize("form", Form)
def test_each_rule_has_its_way_of_filling_in(form: Form) -> None:
    assert form_of(WAYS[form]) == form
    assert form_of(Terms(rule="supported")) == Form.TICKS
    assert form_of(Terms(rule="budget", marking="approval")) == Form.TICKS


@pytest.mark.parametrize("form", Form)
@given(
    said=st.dictionaries(st.integers(0, 8), typed, max_size=8), barred=st.frozensets(st.sampled_from(sorted(OPTIONS)))
)
def test_whatever_is_typed_is_marks_that_can_be_counted_or_a_fault(
    form: Form, said: dict[int, str], barred: frozenset[int]
) -> None:
    try:
        marks = read(WAYS[form], OPTIONS, barred, said)
    except Fault as fault:
        assert fault.field == "options" or fault.field.startswith("option_")
        return
    assert set(marks) <= OPTIONS - barred
    low, most = {Form.CONSENT: (-1, 1), Form.SCORES: (0, 5), Form.POINTS: (1, 10), Form.PLACES: (1, 6)}.get(
        form, (1, 1)
    )
    assert all(low <= value <= most for value in marks.values())
    if form == Form.POINTS:
        assert sum(marks.values()) <= 10
    if form == Form.PLACES:
        assert sorted(marks.values()) == list(range(1, len(marks) + 1))
    again = {n: str(value) for n, value in marks.items()}
    assert read(WAYS[form], OPTIONS, barred, again) == marks


def test_places_are_closed_up_and_nothing_else_is_changed() -> None:
    assert read(WAYS[Form.PLACES], OPTIONS, (), {5: "2", 1: "6", 3: "4"}) == {5: 1, 3: 2, 1: 3}


@pytest.mark.parametrize(
    ("form", "said", "words"),
    [
        (Form.POINTS, {1: "7", 2: "5"}, "You gave 12 points and have 10. Take away 2 points."),
        (Form.POINTS, {1: "-1"}, "Write a number from 0 to 10"),
        (Form.PLACES, {1: "7"}, "Write a place from 1 to 6, or leave it empty"),
        (Form.PLACES, {1: "2", 4: "2"}, "You gave place 2 twice"),
        (Form.SCORES, {1: "5.0"}, "Choose from 0 to 5"),
        (Form.TICKS, {1: "2"}, "Choose one of these"),
        (Form.CONSENT, {1: "-2"}, "Choose one of these"),
        (Form.TICKS, {9: "1"}, "not on this ballot"),
    ],
)
def test_what_is_wrong_is_said_so_that_it_can_be_mended(form: Form, said: dict[int, str], words: str) -> None:
    with pytest.raises(Fault, match=words):
        read(WAYS[form], OPTIONS, (), said)
