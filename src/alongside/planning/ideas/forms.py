"""The forms of ideas and of the list that is voted on: few fields, each with its own words when something is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.ground.history.fields import Pounds
from alongside.ground.people.models import Party
from alongside.planning.ideas.fields import SIDES, line, text, tick
from alongside.planning.ideas.models import Idea


class OwnedForm(forms.Form):
    """A form that says in whose name something is written: one's own, a group's, or somebody's without a page."""

    named = tick(_("Show my name with it, like “Joyce A.”"), _("Leave this empty and nobody is told who wrote it."))
    said_by = line(
        _("Are you writing this down for somebody else? Who said it?"),
        _("Like “Mrs Price, by letter”. This stays between you and those who look after the decision."),
        most=120,
    )
    side = forms.ChoiceField(label=_("And who are they?"), choices=SIDES, required=False)

    def __init__(self, *args: Any, names: Sequence[Party], writes_down: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = {str(one.key): one for one in names}
        if not writes_down:
            del self.fields["said_by"], self.fields["side"]
        if len(names) > 1:
            self.fields["owner"] = forms.ChoiceField(
                label=_("In whose name?"), choices=named(names), initial=str(names[0].key), widget=forms.RadioSelect
            )

    def given(self) -> dict[str, Any]:
        """What was filled in, with the party for its key."""
        said = dict(self.cleaned_data)
        key = said.pop("owner", "")
        said["owner"] = self.names[key] if key else next(iter(self.names.values()), None)
        return said


def named(parties: Sequence[Party]) -> list[tuple[str, str]]:
    """Parties to choose from; the first person is whoever is asked."""
    return [(str(one.key), gettext("My own") if one.is_person else one.name) for one in parties]


class IdeaForm(OwnedForm):
    """An idea on one page."""

    title = line(
        _("Your idea, in a few words"), _("Like “Benches to rest on”"), most=120, missing=_("Give the idea a name")
    )
    words = text(_("What would happen?"), _("A sentence or two is enough."))
    cost = Pounds(
        wrong=_("Enter a sum in pounds, like 4800"),
        label=_("What would it cost, in pounds?"),
        help_text=_("Leave it empty if you do not know. Somebody can help to work it out."),
        required=False,
    )
    cost_how = line(_("How do you know what it costs?"), _("Like “12 benches at £400, from a shop’s list”"), most=300)
    field_order = ("title", "words", "cost", "cost_how", "owner", "said_by", "side", "named")

    def given(self) -> dict[str, Any]:
        """What was filled in, as the action takes it."""
        said = super().given()
        return said | {"cost_pence": said.pop("cost")}


class ChangeForm(IdeaForm):
    """The same, for an idea that is there already."""

    def __init__(self, *args: Any, idea: Idea, **kwargs: Any) -> None:
        cost = "" if idea.cost_pence is None else idea.price.replace("£", "").replace(",", "")
        now = {"title": idea.title, "words": idea.words, "cost": cost, "cost_how": idea.cost_how, "named": idea.named}
        super().__init__(*args, names=(), initial=now, **kwargs)

    def given(self) -> dict[str, Any]:
        """What was filled in, as the action takes it."""
        said = super().given()
        said.pop("owner")
        return said


class JoinForm(forms.Form):
    """With which other idea, and why."""

    into = forms.ChoiceField(
        label=_("Join it with which idea?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an idea")},
    )
    why = text(
        _("Why?"), _("Whoever put either of them forward reads this."), missing=_("Write why. Both will read it.")
    )

    def __init__(self, *args: Any, others: Sequence[Idea], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = {str(one.record.key): one for one in others}
        field = self.fields["into"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, one.title) for key, one in self.others.items()]

    def given(self) -> dict[str, Any]:
        """What was filled in, as the action takes it."""
        return {"into": self.others[self.cleaned_data["into"]], "why": self.cleaned_data["why"]}


class WhyForm(forms.Form):
    """Why something is not taken further."""

    why = text(_("Why?"), _("Everyone can read this, and whoever put it forward is told."),
               missing=_("Write why. Everyone will read it."))  # fmt: skip

    def given(self) -> dict[str, Any]:
        """What was filled in, as the action takes it."""
        return dict(self.cleaned_data)


class NothingForm(forms.Form):
    """A question with nothing to fill in."""

    def given(self) -> dict[str, Any]:
        """What was filled in, as the action takes it."""
        return {}


class ListForm(forms.Form):
    """Which ideas are voted on, and for each other one why not."""

    def __init__(self, *args: Any, ideas: Sequence[Idea], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ideas = list(ideas)
        for one in self.ideas:
            key = one.record.key
            self.fields[f"on_{key}"] = tick(gettext("On the list"))
            self.fields[f"on_{key}"].initial = True
            self.fields[f"why_{key}"] = text(gettext("If it is not on the list: why?"), rows=2)

    @property
    def rows(self) -> list[tuple[Idea, forms.BoundField, forms.BoundField]]:
        """Each idea with its two fields."""
        return [(one, self[f"on_{one.record.key}"], self[f"why_{one.record.key}"]) for one in self.ideas]

    def given(self) -> dict[str, Any]:
        """What was filled in, as the action takes it."""
        said = self.cleaned_data
        chosen = [one for one in self.ideas if said[f"on_{one.record.key}"]]
        return {"ideas": chosen, "left_out": {one.pk: said[f"why_{one.record.key}"] for one in self.ideas}}
