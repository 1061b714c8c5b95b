"""What the buttons on the page of an introduction do; a fault stands at its field and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.utils.translation import gettext as _

from alongside.doing.connecting import actions
from alongside.doing.connecting.models import Side
from alongside.ground.history import explaining
from alongside.ground.history.acting import Fault, Refused
from alongside.ground.people.doors import Request


def kept(request: Request, form: django_forms.Form | None, write: Callable[[], Any]) -> Any:
    """Do what was asked; a fault stands at its field, a refusal over the form or over the page."""
    if form is not None:
        return explaining.kept(form, write, refused=True)
    try:
        return write()
    except Fault as fault:
        messages.error(request, fault.message)
    except Refused as refused:
        messages.error(request, refused.sentence)
    return None


def answered(request: Request, side: Side, say: str, yes: django_forms.Form, how: django_forms.Form) -> bool:
    """Whether what was pressed is done, so that the page may be read afresh."""
    by, key = request.actor, request.POST.get("key", "")
    if say == "yes":
        done = yes.is_valid() and kept(
            request, yes, lambda: actions.answer(by=by, side=side, yes=True, key=key, **yes.cleaned_data)
        )
        return bool(done)
    if say == "how":
        done = how.is_valid() and kept(
            request, how, lambda: actions.tell_how(by=by, side=side, key=key, **how.cleaned_data)
        )
        return bool(done)
    plain: dict[str, tuple[Callable[..., Any], dict[str, Any], str]] = {
        "no": (actions.answer, {"yes": False}, _("You said not this time. They hear that and no more.")),
        "end": (actions.end, {}, _("It is over.")),
        "plan": (actions.keep_in_plan, {}, _("It is in your plan now.")),
    }
    if say not in plain:
        return True
    deed, given, words = plain[say]
    if kept(request, None, lambda: deed(by=by, side=side, key=key, **given)) is not None:
        messages.success(request, words)
    return True
