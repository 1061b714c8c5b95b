"""The forms of ideas, the talk about them and the list: few fields, each with its own words when something is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.ground.people.models import Party
from alongside.methods.pence import pence_of
from alongside.planning.decisions.models import Side
from alongside.planning.ideas.calling import CallingForm
from alongside.planning.ideas.models import Brought, Idea, PointKind

LONG = _("Use fewer letters")
SIDES = [
    (Side.PEOPLE, _("A person, or neighbours")),
    (Side.COMMUNITIES, _("A community or group")),
    (Side.COMMISSIONERS, _("A council or the NHS")),
    (Side.SUPPLIERS, _("An organisation that is paid")),
]


def text(label: Any, hint: Any = "", *, rows: int = 3, most: int = 5_000, missing: Any = "") -> forms.CharField:
    """A field for a few sentences."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(missing),
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing, "max_length": LONG},
    )


def line(label: Any, hint: Any = "", *, most: int = 200, missing: Any = "") -> forms.CharField:
    """A field for a few words."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(missing),
        max_length=most,
        error_messages={"required": missing, "max_length": LONG},
    )


def tick(label: Any, hint: Any = "") -> forms.BooleanField:
    """A field for a yes."""
    return forms.BooleanField(label=label, help_text=hint, required=False)


class PoundsField(forms.Field):
    """A sum in pounds, kept as whole pence."""

    def to_python(self, value: Any) -> Any:
        typed = str(value or "").strip()
        if not typed:
            return None
        try:
            return pence_of(typed)
        except ValueError:
            raise forms.ValidationError(gettext("Enter a sum in pounds, like 4800")) from None


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
    cost = PoundsField(
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


class AgainForm(forms.Form):
    """Why a decision goes back to talk; one that came to nothing has said it already."""

    stage_why = text(_("Why?"), _("Everyone can read this."), most=2_000, missing=_("Write why it goes back to talk"))

    def __init__(self, *args: Any, reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not reason:
            del self.fields["stage_why"]

    @property
    def why(self) -> str:
        """The reason, or none."""
        return str(self.cleaned_data.get("stage_why", ""))


class NothingForm(forms.Form):
    """A question with nothing to fill in."""

    def given(self) -> dict[str, Any]:
        """What was filled in, as the action takes it."""
        return {}


class BringForm(forms.Form):
    """What somebody would bring beside the cost."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=Brought.choices,
        widget=forms.RadioSelect(attrs={"class": "tiles--pairs"}),
        error_messages={"required": _("Choose what it is")},
    )
    brings = line(_("In a few words"), _("Like “Runs the phone on weekdays”"), most=160, missing=_("Write what it is"))
    hours = forms.FloatField(
        label=_("If it is time: how many hours a week?"),
        required=False,
        min_value=0.1,
        max_value=10_000,
        error_messages={"invalid": _("Enter hours a week, like 2"), "min_value": _("Enter hours a week, like 2")},
    )
    who = forms.ChoiceField(
        label=_("Who brings it?"), widget=forms.RadioSelect, error_messages={"required": _("Choose who brings it")}
    )

    def __init__(self, *args: Any, names: Sequence[Party], own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = {str(one.key): one for one in names}
        others = [(side, gettext("%(who)s (they have not said so yet)") % {"who": label}) for side, label in SIDES]
        field = self.fields["who"]
        assert isinstance(field, forms.ChoiceField)
        mine = [(str(one.key), gettext("I do") if one.is_person else one.name) for one in names]
        field.choices = [*mine, *(others if own else [])]

    def given(self) -> dict[str, Any]:
        """What was filled in, as the action takes it."""
        said = self.cleaned_data
        party = self.names.get(said["who"])
        minutes = round(said["hours"] * 60) if said.get("hours") else None
        side = "" if party is not None else said["who"]
        return {"kind": said["kind"], "words": said["brings"], "minutes_week": minutes, "party": party, "side": side}


class NamingForm(CallingForm):
    """One of one's own names, or, for those who run the decision, any group or organisation."""

    def __init__(self, *args: Any, names: Sequence[Party], runs: bool, nobody: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = {str(one.key): one for one in names}
        choices = [("nobody", nobody)] if nobody else []
        choices += [(str(one.key), gettext("Me") if one.is_person else one.name) for one in names]
        if runs:
            choices.append(("other", gettext("Another group or organisation")))
            self.ask_called(_("What is the other one called?"))
        self.fields["who"] = forms.ChoiceField(
            label=_("Who?"), choices=choices, widget=forms.RadioSelect, initial="nobody",
            error_messages={"required": _("Choose who")},
        )  # fmt: skip
        self.order_fields(["who", "called", "unpaid", "kind", "words"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        self.party = self.names.get(said.get("who", ""))
        if said.get("who") == "other":
            self.party = self.find_called()
        return said


class WhoForm(NamingForm):
    """Who would do it, and whether they would be paid."""

    unpaid = tick(_("They would do it unpaid"), _("Those who are paid for an idea have no vote on it."))

    def given(self) -> dict[str, Any]:
        """What was filled in, as the action takes it."""
        return {"run_by": self.party, "unpaid": self.cleaned_data["unpaid"]}


class GainForm(NamingForm):
    """What somebody has to do with an idea."""

    kind = forms.ChoiceField(
        label=_("What do you have to do with it?"),
        choices=[
            ("paid", _("Would be paid for it, so has no vote on it")),
            ("member", _("Belongs to an unpaid group that would do it, and may vote")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what they have to do with it")},
    )
    words = line(_("In a few words"), _("Like “We would write the app”"), most=300)

    def given(self) -> dict[str, Any]:
        """What was filled in, as the action takes it."""
        return {"party": self.party, "kind": self.cleaned_data["kind"], "words": self.cleaned_data["words"]}


class PointForm(OwnedForm):
    """A reason, an objection or a question."""

    kind = forms.ChoiceField(
        label=_("What do you want to say?"),
        choices=PointKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is")},
    )
    words = text(_("Your words"), _("Everyone can read this."), most=2_000, missing=_("Write what you want to say"))
    field_order = ("kind", "words", "owner", "said_by", "side", "named")


class AnswerForm(forms.Form):
    """An answer to what somebody said."""

    words = text(_("Your answer"), _("Everyone can read this. It stays as you write it; you can add to it."),
                 most=2_000, missing=_("Write an answer"))  # fmt: skip
    put_right = tick(
        _("We changed something, and this says what"), _("Then it counts as put right, unless they say no.")
    )

    def __init__(self, *args: Any, objection: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not objection:
            del self.fields["put_right"]

    def given(self) -> dict[str, Any]:
        """What was filled in, as the action takes it."""
        return dict(self.cleaned_data)


class SettleForm(forms.Form):
    """Anything to add where an objection is settled, or is not."""

    words = text(_("Anything to add?"), rows=2, most=2_000)

    def given(self) -> dict[str, Any]:
        """What was filled in, as the action takes it."""
        return dict(self.cleaned_data)


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
