"""The questions of setting a decision up in words, a page each. Numbers and rules have forms of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.ground.people.models import Party
from alongside.planning.decisions.fields import choose, day, text
from alongside.planning.decisions.models import Decision, Side

SIDES = [
    (Side.PEOPLE, _("People")),
    (Side.COMMUNITIES, _("Communities and groups")),
    (Side.COMMISSIONERS, _("Councils and the NHS")),
    (Side.SUPPLIERS, _("Organisations that are paid")),
    (Side.POLITICIANS, _("Councillors")),
]


class QuestionForm(forms.Form):
    """The question, what led to it, and who set it."""

    question = text(
        _("What is the question?"),
        _("Like “How shall we spend £24,000 on getting out and about?”"),
        most=200,
        rows=2,
        missing=_("Write the question"),
    )
    why = text(
        _("What led to it?"),
        _("In a few sentences. People read this first."),
        missing=_("Write what led to the question"),
    )
    question_side = choose(_("Who set the question?"), SIDES)
    question_from = text(
        _("How did they come to it?"),
        _("Like “41 people said it when we asked them in spring”. No names of people."),
        most=200,
        rows=0,
    )


class BeginForm(QuestionForm):
    """The same, with whose decision it is; for somebody who can open one for several."""

    field_order = ("owner", "question", "why", "question_side", "question_from")

    def __init__(self, owners: Sequence[Party], me: Party | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owners = {str(party.key): party for party in owners}
        mine = str(me.key) if me else ""
        labels = [(key, _("My own life") if key == mine else party.name) for key, party in self.owners.items()]
        self.fields["owner"] = choose(_("Whose decision is it?"), labels)
        self.order_fields(self.field_order)

    @property
    def owner(self) -> Party:
        """For whom it is asked."""
        return self.owners[self.cleaned_data["owner"]]


class ChangeForm(forms.Form):
    """What it can change, and what it cannot."""

    can_change = text(
        _("What can it change?"),
        _("What is really open. Like “What the £24,000 goes to.”"),
        missing=_("Write what the decision can change"),
    )
    cannot_change = text(
        _("What can it not change?"),
        _("What is fixed, and by whom. Then nobody hopes for it in vain."),
        missing=_("Write what it cannot change"),
    )

    def __init__(self, *args: Any, own: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cannot_change"].required = not own


class AnswerForm(forms.Form):
    """Who is answerable, whether the result binds, and who must answer by when."""

    answers_for = text(
        _("Who is answerable by law?"),
        _("Like the council, or nobody but us."),
        most=200,
        rows=0,
        missing=_("Write who is answerable by law"),
    )
    binds = choose(
        _("What happens with the result?"),
        [("yes", _("It will be done as we decide")), ("no", _("Somebody must answer it, and say why"))],
    )
    answered_name = text(_("Who must answer?"), _("A name, and what they do. Everyone can read it."), most=200, rows=0)
    answered_by = forms.ChoiceField(label=_("For which organisation?"), required=False)
    answer_by = day(_("By which day is every idea answered?"), _("Also those that do not win."))

    def __init__(self, parties: Sequence[Party], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parties = {str(party.key): party for party in parties}
        field = self.fields["answered_by"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("None"))] + [(key, party.name) for key, party in self.parties.items()]

    def said(self) -> dict[str, Any]:
        """What was filled in, as the action takes it."""
        given = dict(self.cleaned_data)
        given["binds"] = given["binds"] == "yes"
        given["answered_by"] = self.parties.get(given["answered_by"])
        return given


class FairForm(forms.Form):
    """For whom it could be harder."""

    fairness = text(
        _("For whom could this be harder, and what will you do about it?"),
        _("Think of age, illness, language, faith, money, caring for others, and of how people take part."),
        missing=_("Write whom it could be harder for, and what you will do"),
    )


class ServesForm(forms.Form):
    """Which larger decision it is part of, if any."""

    serves = forms.ChoiceField(label=_("Is it part of a larger decision?"), required=False, widget=forms.RadioSelect)

    def __init__(self, above: Sequence[Decision], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.above = {str(one.record.key): one for one in above}
        field = self.fields["serves"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("No, it stands by itself"))] + [(key, one.question) for key, one in self.above.items()]

    def said(self) -> dict[str, Any]:
        """What was filled in, as the action takes it."""
        return {"serves": self.above.get(self.cleaned_data["serves"])}


class ReasonForm(forms.Form):
    """Why it stops, or goes back to talk; a draft needs no reason."""

    stage_why = text(_("Why?"), _("Everyone can read this."), most=2_000, missing=_("Write why"))

    def __init__(self, *args: Any, draft: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stage_why"].required = not draft
        if draft:
            self.fields["stage_why"].widget = forms.HiddenInput()
