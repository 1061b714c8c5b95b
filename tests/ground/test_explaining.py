"""What was not taken stands on the form, at its field where it has one; what was typed is still there."""

import pytest
from django import forms

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.explaining import explain, kept


class Note(forms.Form):
    """One question."""

    words = forms.CharField()


def typed() -> Note:
    form = Note({"words": "bread on Tuesdays"})
    assert form.is_valid()
    return form


def raising(problem: Exception) -> None:
    raise problem


def test_a_fault_stands_at_its_field_and_what_was_typed_stays() -> None:
    form = typed()
    assert kept(form, lambda: raising(Fault("words", "Use 3 letters or fewer"))) is None
    assert form.errors == {"words": ["Use 3 letters or fewer"]}
    assert form["words"].value() == "bread on Tuesdays"


def test_a_fault_of_a_field_that_the_form_does_not_ask_stands_over_the_form() -> None:
    form = typed()
    explain(form, Fault("audience", "Choose who may see it"))
    assert form.non_field_errors() == ["Choose who may see it"]


def test_a_refusal_is_the_pages_to_say_unless_the_form_is_asked_to() -> None:
    form = typed()
    with pytest.raises(Refused):
        kept(form, lambda: raising(Refused("Only its holder can change this.")))
    assert not form.errors
    assert kept(form, lambda: raising(Refused("Only its holder can change this.")), refused=True) is None
    assert form.non_field_errors() == ["Only its holder can change this."]


def test_what_was_taken_is_given_back() -> None:
    form = typed()
    assert kept(form, lambda: "bread") == "bread"
    assert not form.errors
