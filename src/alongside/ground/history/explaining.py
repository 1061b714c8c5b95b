"""What an action would not take stands on the form that asked for it, and nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.forms import BaseForm

from alongside.ground.history.acting import Fault, Refused

R = TypeVar("R")


def explain(form: BaseForm, problem: Fault | Refused) -> None:
    """Say a fault at its field, where the form has that field; a refusal over the form."""
    if isinstance(problem, Refused):
        form.add_error(None, problem.sentence)
    else:
        form.add_error(problem.field if problem.field in form.fields else None, problem.message)


def kept(form: BaseForm, write: Callable[[], R], *, refused: bool = False) -> R | None:
    """What `write` gives; None where it found a fault, which the form says. With `refused`, a refusal stands on the
    form too; else it is answered by the page that says no."""
    try:
        return write()
    except Fault as fault:
        explain(form, fault)
    except Refused as problem:
        if not refused:
            raise
        explain(form, problem)
    return None
