"""The questions of making a plan as forms: one question a page, each with its own words when something is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.ground.history.fields import Asked
from alongside.ground.people.models import Party
from alongside.knowing.outcomes.models import Outcome
from alongside.knowing.outcomes.queries import domain_choices, said
from alongside.planning.plans.actions import Going
from alongside.planning.plans.mixing import stops
from alongside.planning.plans.models import Plan
from alongside.planning.plans.queries import Row, Wanted, group_called, outcome_part, somebody_at

LOOK_AGAIN = [("1", _("In a month")), ("3", _("In three months")), ("6", _("In half a year"))]
STEPS = [
    ("", _("I’d rather not say")),
    ("0", _("0 out of 5: nothing yet")),
    ("1", _("1 out of 5: it has begun")),
    ("2", _("2 out of 5: a little")),
    ("3", _("3 out of 5: about half")),
    ("4", _("4 out of 5: nearly there")),
    ("5", _("5 out of 5: as I want it")),
]
AMOUNTS = [("30", _("Half an hour a week")), ("60", _("1 hour a week")), ("120", _("2 hours a week"))]
AMOUNTS += [("180", _("3 hours a week")), ("240", _("4 hours a week"))]


class QuestionForm(forms.Form):
    """One page of the plan's template."""

    def __init__(self, page: dict[str, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        for question in page["question"]:
            self.fields[question["key"]] = forms.CharField(
                label=said(question["label"]),
                help_text=said(question.get("hint")),
                required="error" in question,
                error_messages={"required": said(question.get("error"))},
                widget=forms.Textarea(attrs={"rows": question.get("rows", 4)}),
            )


class WantForm(forms.Form):
    """One thing wanted, in one's own words, and the part of life it is about."""

    key = forms.CharField(required=False, widget=forms.HiddenInput)
    words = Asked(label=_("What I want"), widget=forms.Textarea(attrs={"rows": 2}), max_length=20_000)
    domain = forms.ChoiceField(label=_("Which part of life is it about?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["domain"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("I’d rather not say")), *domain_choices()]


class Wants(forms.BaseFormSet):  # type: ignore[type-arg]
    """All that is wanted; at least one thing."""

    def clean(self) -> None:
        if not any(form.cleaned_data.get("words", "").strip() for form in self.forms if hasattr(form, "cleaned_data")):
            if self.forms:
                self.forms[0].add_error("words", _("Write one thing you want, or go back"))
            raise forms.ValidationError(_("Write one thing you want, or go back"))


def wants_formset(extra: int) -> type[Wants]:
    return forms.formset_factory(WantForm, formset=Wants, extra=extra, max_num=30)  # type: ignore[return-value]


class OrderForm(forms.Form):
    """A place from 1 to 5 for each of the five places to look, or not at all."""

    def __init__(self, titles: Iterable[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [_("Look here first"), _("Second"), _("Third"), _("Fourth"), _("Fifth"), _("Don’t look here")]
        places = [(str(n), word) for n, word in zip([1, 2, 3, 4, 5, 0], words, strict=True)]
        for source, title in titles:
            self.fields[f"source_{source}"] = forms.ChoiceField(label=title, choices=places)

    def order(self) -> tuple[str, str]:
        """The order of all five and those ruled out; equal places keep the book's order."""
        places = {name[-1]: int(value) for name, value in self.cleaned_data.items() if name.startswith("source_")}
        wanted = sorted((source for source in places if places[source]), key=lambda one: (places[one], one))
        ruled_out = sorted(source for source in places if not places[source])
        return "".join(wanted + ruled_out), "".join(ruled_out)


class GoingForm(forms.Form):
    """How each thing wanted is going, where one stands between people and services, and when to look again."""

    def __init__(self, plan: Plan, wanted: Sequence[Outcome], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wanted = wanted
        for one in wanted:
            self.fields[f"progress_{one.pk}"] = forms.ChoiceField(
                label=_("How far is it?"), choices=STEPS, initial=_text(one.progress), required=False
            )
            self.fields[f"measure_{one.pk}"] = forms.CharField(
                label=_("In your own words"),
                help_text=_("Like “I know three new people”, or “one good Sunday so far”"),
                required=False,
                initial=one.measure,
                max_length=20_000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        self.fields["placed"] = forms.ChoiceField(
            label=_("Who is making this happen, as you see it?"),
            choices=[("", _("I’d rather not say")), *((str(n), words) for n, words in stops())],
            initial=_text(plan.placed),
            required=False,
        )
        keep = [("", _("Leave it as it is"))] if plan.review_on and plan.review_on > timezone.localdate() else []
        self.fields["review"] = forms.ChoiceField(
            label=_("When shall we look at this again?"), choices=[*keep, *LOOK_AGAIN], required=False
        )

    def of(self, outcome: Outcome) -> list[forms.BoundField]:
        return [self[f"progress_{outcome.pk}"], self[f"measure_{outcome.pk}"]]

    def said(self) -> dict[int, Going]:
        """By outcome, as the action takes it."""
        given = self.cleaned_data
        return {one.pk: Going(_number(given[f"progress_{one.pk}"]), given[f"measure_{one.pk}"]) for one in self.wanted}

    def placed(self) -> int | None:
        return _number(self.cleaned_data["placed"])

    def review_on(self) -> date | None:
        months = self.cleaned_data["review"]
        return timezone.localdate() + timedelta(days=30 * int(months) + 1) if months else None


def _text(number: int | None) -> str:
    return "" if number is None else str(number)


def _number(text: str) -> int | None:
    return int(text) if text else None


class WhoForm(forms.Form):
    """How much, who decides and what to say, for each thing that somebody would do."""

    review = forms.ChoiceField(
        label=_("When shall we look at this again?"),
        choices=LOOK_AGAIN,
        widget=forms.RadioSelect,
        initial="3",
        error_messages={"required": _("Choose when to look again")},
    )

    def __init__(self, wanted: Sequence[Wanted], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = [row for one in wanted for row in one.rows]
        for row in self.rows:
            self._fields_of(row)

    def _fields_of(self, row: Row) -> None:
        it = row.it
        if not row.own and it.state != "draft":
            return
        timed = not row.own and it.asset is not None and hasattr(it.asset, "offer") and it.asset.offer.unit == "minutes"
        if timed:
            start = str(it.minutes_week) if str(it.minutes_week) in dict(AMOUNTS) else "60"
            self.fields[f"minutes_{it.pk}"] = forms.ChoiceField(
                label=_("How much"), choices=AMOUNTS, initial=start, required=False
            )
        else:
            self.fields[f"much_{it.pk}"] = forms.CharField(
                label=_("How much"),
                help_text=_("Like “when I feel like it”, or “2 hours a week”"),
                required=False,
                max_length=120,
                initial=it.how_much,
            )
        self.fields[f"decides_{it.pk}"] = forms.CharField(
            label=_("Who decides how it is done?"), required=False, max_length=120, initial=it.decides
        )
        if not row.own and not row.open_door:
            self.fields[f"message_{it.pk}"] = forms.CharField(
                label=_("What would you like to say to %(who)s?") % {"who": it.party},
                required=False,
                max_length=2000,
                initial=it.message,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def of(self, row: Row) -> list[forms.BoundField]:
        """The boxes of one row, in order."""
        names = (f"{name}_{row.it.pk}" for name in ("much", "minutes", "decides", "message"))
        return [self[name] for name in names if name in self.fields]

    def details(self) -> dict[int, dict[str, str]]:
        found: dict[int, dict[str, str]] = {}
        amounts = {key: str(words) for key, words in AMOUNTS}
        for name, value in self.cleaned_data.items():
            kind, _line, pk = name.partition("_")
            if not pk or name not in self.data or (kind == "minutes" and not value):
                continue  # not on the page that was sent: it came into the plan meanwhile
            row = found.setdefault(int(pk), {})
            if kind == "minutes":
                row |= {"minutes": value, "how_much": amounts[value]}
            else:
                row[{"much": "how_much"}.get(kind, kind)] = value
        return found

    def review_on(self) -> date:
        return timezone.localdate() + timedelta(days=30 * int(self.cleaned_data["review"]) + 1)


class ShareForm(forms.Form):
    """With whom, which parts, and for how long."""

    who = forms.ChoiceField(label=_("Someone you know here"), required=False, widget=forms.RadioSelect)
    group = Asked(
        label=_("Or somebody else, or a group"),
        help_text=_("A group’s whole name, or the address of somebody’s page. They find it under their name."),
        required=False,
        max_length=300,
    )
    parts = forms.MultipleChoiceField(
        label=_("Which parts may they see?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one part")},
    )
    until = forms.ChoiceField(
        label=_("For how long?"),
        choices=[("7", _("A week")), ("31", _("A month")), ("183", _("Half a year"))],
        initial="31",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose for how long")},
    )

    def __init__(self, plan: Plan, near: Sequence[Party], outcomes: Sequence[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner = plan.record.owner
        self.near = {str(party.key): party for party in near}
        who, parts = self.fields["who"], self.fields["parts"]
        assert isinstance(who, forms.ChoiceField) and isinstance(parts, forms.ChoiceField)
        who.choices = [(key, party.name) for key, party in self.near.items()]
        if not self.near:
            del self.fields["who"]
            self.fields["group"].label = _("Who may see it?")
            self.fields["group"].required = True
        parts.choices = [("all", _("All of it")), ("matters", _("What matters to me")), ("have", _("What I have"))]
        parts.choices += [(outcome_part(one), f"“{one.words[:80]}”") for one in outcomes]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        chosen = self.near.get(given.get("who", ""))
        name = given.get("group", "")
        if chosen is None and name:
            chosen = group_called(name) or somebody_at(self.owner, name)
            if chosen is None:
                self.add_error("group", _("We know no group of that name, and no such page. Check how it is written."))
        elif chosen is None:
            self.add_error("who" if self.near else "group", _("Choose who may see it"))
        return {**given, "grantee": chosen}


class ReplyForm(forms.Form):
    """A few words with a yes, a not this time, or a question."""

    reply = forms.CharField(
        label=_("Your words"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
