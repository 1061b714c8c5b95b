"""The questions about how it is decided: whose it is, the rule and its numbers, groups, who may come, and the days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.ground.history.fields import Asked, Pounds
from alongside.ground.records.models import Audience
from alongside.planning.decisions.fields import AskedChoice, AskedDay, Percent, choose, day, number, text
from alongside.planning.decisions.forms import SIDES
from alongside.planning.decisions.models import Basis, Completion, Decision, Marking, Method, PhaseKind, Rule, Terms
from alongside.planning.decisions.phases import Days
from alongside.planning.decisions.terms import HAS_THRESHOLD, HAS_WINNERS, GroupSaid
from alongside.planning.decisions.way_models import Way
from alongside.planning.decisions.ways import faults_of, label_of

MOST_ROWS = 12
DETAILS = (
    *("method", "marking", "points_each", "completion"),
    *("winners", "threshold_pct", "both_sides", "quorum"),
)
SEEN_BY = {
    Audience.EVERYONE: _("Everyone"),
    Audience.COMMUNITY: _("Only those who belong to it"),
    Audience.CIRCLE: _("Only the people in my circle"),
    Audience.ME: _("Only me, and whoever helps me"),
}


class WhoseForm(forms.Form):
    """Whose money or things it is about."""

    basis = choose(
        _("Whose money or things is it about?"),
        [
            (Basis.OURS, _("What belongs to people and communities, or was handed to them")),
            (Basis.SHARED, _("What people and organisations decide together")),
        ],
        _("This says how much of the say people and communities hold: all of it, or half of it at the least."),
    )


class RuleForm(forms.Form):
    """How to decide; and the sum, where there is money to share out."""

    rule = choose(_("How do you want to decide?"), [one for one in Rule.choices if one[0] != Rule.SUPPORTED])
    budget_pence = Pounds(
        wrong=_("Write a sum, like 24,000"),
        label=_("If you share out money: how much is there?"),
        help_text=_("Like 24,000. Leave it empty for all other ways."),
        max_length=30,
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("rule") == Rule.BUDGET and not given.get("budget_pence") and "budget_pence" not in self.errors:
            self.add_error("budget_pence", gettext("Write the sum of money there is to share out"))
        return given

    def said(self) -> dict[str, Any]:
        """What was filled in, as the action takes it."""
        given = self.cleaned_data
        return given if given["rule"] == Rule.BUDGET else {"rule": given["rule"]}


class DetailsForm(forms.Form):
    """What goes with the rule: the sum and how it is shared out, or how many win; and how many must take part."""

    def __init__(self, terms: Terms, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if terms.rule == Rule.BUDGET:
            self._of_money()
        if terms.rule in HAS_WINNERS:
            self.fields["winners"] = number(
                _("How many ideas can win?"), _("Leave it empty where every idea can win that enough of us want."),
                required=False,
            )  # fmt: skip
        if terms.rule in HAS_THRESHOLD:
            self.fields["threshold_pct"] = number(
                _("How much of the say must be for an idea, in per cent?"),
                _("More than this. With 0 the best wins: one, or as many as you wrote above."),
            )
        if terms.rule == Rule.APPROVAL:
            self.fields["both_sides"] = forms.BooleanField(
                label=_("Both sides must want it"), required=False,
                help_text=_("More than half of people and communities, and more than half of organisations. For things"
                            " that cannot be undone."),
            )  # fmt: skip
        self.fields["quorum"] = number(
            _("How many people and communities must take part, at the least?"), _("0 means: however many come.")
        )

    def _of_money(self) -> None:
        self.fields["method"] = choose(_("Which ideas win?"), Method.choices)
        self.fields["marking"] = choose(_("How do people choose?"), Marking.choices)
        self.fields["points_each"] = number(_("How many points has each of us, if you share out points?"))
        self.fields["completion"] = choose(
            _("What happens with money that is left?"),
            Completion.choices,
            _("This goes with fair-share voting only."),
        )
        for name in ("points_each", "completion"):
            self.fields[name].required = False

    def said(self) -> dict[str, Any]:
        """What was given, without what was left out and has a value already."""
        kept = {"points_each", "completion"}
        return {name: value for name, value in self.cleaned_data.items() if name not in kept or value}


class GroupsForm(forms.Form):
    """A row for each group, and empty ones for more; and what one organisation can hold at most."""

    def __init__(self, groups: Sequence[GroupSaid], rows: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.count = max(1, min(rows, MOST_ROWS))
        for n in range(self.count):
            said = groups[n] if n < len(groups) else None
            self._row(n, said)
        self.fields["cap_pct"] = number(_("What can one organisation hold at most, in per cent?"), _("From 1 to 25."))

    def _row(self, n: int, said: GroupSaid | None) -> None:
        name = Asked(label=_("Name"), max_length=80, error_messages={"max_length": _("Use 80 letters or fewer")})
        name.initial = said.name if said else ""
        side = AskedChoice(label=_("Who are they?"), choices=SIDES)
        side.initial = said.side if said else SIDES[0][0]
        share = Percent(label=_("Share of the say, in per cent"), max_length=12)
        share.initial = said.weight_ppm if said else ""
        share.widget.attrs["class"] = "short"
        affected = forms.BooleanField(
            label=_("They are directly affected"),
            help_text=_("Nothing can win that too few of them want."),
            required=False,
        )
        affected.initial = bool(said and said.affected)
        floor = number(_("How many in a hundred of them must be for what wins?"), required=False)
        floor.initial = said.floor_pct if said else None
        key = forms.CharField(required=False, max_length=24, widget=forms.HiddenInput)
        key.initial = said.key if said else ""
        for what, field in zip(ROW, (key, name, side, share, floor, affected), strict=True):
            self.fields[f"{what}_{n}"] = field

    def rows(self) -> Iterator[tuple[int, list[forms.BoundField]]]:
        """Each group with its fields."""
        for n in range(self.count):
            yield n + 1, [self[f"{what}_{n}"] for what in ROW]

    def said(self) -> list[GroupSaid]:
        """The groups as they were set, without rows that have no name."""
        found = []
        for n in range(self.count):
            key, name, side, share, floor, affected = (self.cleaned_data.get(f"{what}_{n}") for what in ROW)
            if name:
                found.append(GroupSaid(name, side or "people", share or 0, bool(affected), floor, key or ""))
        return found

    def row_of(self, name: str) -> str:
        """The field of the share of the group with this name, to say a fault at; else none."""
        found = (n for n in range(self.count) if name and " ".join(self.data.get(f"name_{n}", "").split()) == name)
        return next((f"share_{n}" for n in found), "")


ROW = ("key", "name", "side", "share", "floor", "affected")


class SuppliersForm(forms.Form):
    """Who let suppliers vote, and when."""

    suppliers_agreed_on = day(
        _("On which day did they say yes?"), _("Leave both empty if nobody asked them. Then they give advice.")
    )
    suppliers_agreed_how = text(
        _("Who said yes, and how?"),
        _("Like “14 of the 16 people at the meeting in the hall, by hands”."),
        most=300,
        rows=2,
    )


class WhoForm(forms.Form):
    """Who is counted, whether neighbours may vouch, from which age, and who sees it."""

    def __init__(self, decision: Decision, open_to: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if decision.terms.basis != Basis.OWN_LIFE:
            self._ask(decision)
        self.fields["least_age"] = number(_("From which age?"), _("0 means: any age."))
        self.fields["open_to"] = choose(_("Who can see it?"), [(one, SEEN_BY[Audience(one)]) for one in open_to])

    def _ask(self, decision: Decision) -> None:
        self.fields["counted"] = choose(
            _("Who is counted?"),
            [(way, label_of(decision, way)) for way in (Way.MEMBER, Way.LIST, Way.CODE)],
            _("Each person has one place, on a screen, on paper or by telephone. Nobody needs a passport or an e-mail"
              " address. Organisations always stand on a list, under their own name."),
        )  # fmt: skip
        self.fields["counted"].error_messages["required"] = _("Choose who is counted")
        self.fields["vouched"] = forms.BooleanField(
            label=_("Whoever has a place may vouch for up to 3 neighbours who have none"),
            help_text=_("Not with codes: we could not tell who has a code already."),
            required=False,
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for missing in faults_of(self._ways(given)) if given.get("counted") else ():
            self.add_error(missing.field, missing.words)
        return given

    def _ways(self, given: dict[str, Any]) -> list[str]:
        vouched = [Way.VOUCHED.value] if given.get("vouched") else []
        return [given["counted"], *vouched] if given.get("counted") else []

    def said(self) -> dict[str, Any]:
        """What was filled in, as the action takes it."""
        given = self.cleaned_data
        return {"ways": self._ways(given), "least_age": given["least_age"], "open_to": given["open_to"]}


class PlanForm(forms.Form):
    """Days to start from: a template and its first day."""

    template = choose(_("How long do you want to take?"), [])
    first = day(_("On which day does it begin?"), missing=_("Give a day, like 24 March 2027"))

    def __init__(self, labels: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["template"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(labels)


class DaysForm(forms.Form):
    """The first and the last day of each part; a part without days is left out."""

    def __init__(self, decision: Decision, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = {one.kind: one for one in decision.phases.all()}
        for kind in PhaseKind:
            for which, words in (("since", _("First day")), ("until", _("Last day"))):
                field = AskedDay(
                    label=words,
                    widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
                    error_messages={"invalid": _("Give a day, like 24 March 2027")},
                )
                field.initial = getattr(now.get(kind), which, None)
                self.fields[f"{kind}_{which}"] = field

    def parts(self) -> Iterator[tuple[Any, list[forms.BoundField]]]:
        """Each part with the fields of its two days."""
        for kind in PhaseKind:
            yield kind.label, [self[f"{kind}_since"], self[f"{kind}_until"]]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for kind in PhaseKind:
            since, until = given.get(f"{kind}_since"), given.get(f"{kind}_until")
            for which, there, other in (("since", since, until), ("until", until, since)):
                if other and not there and f"{kind}_{which}" not in self.errors:
                    self.add_error(f"{kind}_{which}", gettext("Give both days, or none"))
        return given

    def said(self) -> list[Days]:
        """What was filled in, as the action takes it."""
        given = self.cleaned_data
        return [
            Days(kind.value, given[f"{kind}_since"], given[f"{kind}_until"])
            for kind in PhaseKind
            if given.get(f"{kind}_since") and given.get(f"{kind}_until")
        ]
