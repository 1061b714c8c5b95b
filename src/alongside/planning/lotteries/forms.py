"""What is asked of those who have a panel drawn, in few fields, and of those who say yes to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.ground.people.models import Party
from alongside.planning.decisions.models import Decision
from alongside.planning.lotteries.models import Lottery, LotteryGroup, LotteryQuestion, SeedWay

UNSAID = "unsaid"
DAY = _("Give a day, like 24 March 2027")
MOST_LETTERS, MOST_FILE = 100_000, 1_000_000


def _day(label: Any, hint: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=hint,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": DAY, "invalid": DAY},
    )


def _words(label: Any, hint: Any, missing: Any, rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing, "max_length": _("Use fewer than 5,000 letters")},
    )


def _number(label: Any, hint: Any, least: int, most: int, missing: Any) -> forms.IntegerField:
    said = {"required": missing, "invalid": missing, "min_value": missing, "max_value": missing}
    return forms.IntegerField(label=label, help_text=hint, min_value=least, max_value=most, error_messages=said)


class LotteryForm(forms.Form):
    """What for, how many, how they are helped to come, until when, and where the chance comes from."""

    owner = forms.ChoiceField(label=_("Who has it drawn?"), error_messages={"required": _("Choose one")})
    members_only = forms.BooleanField(
        label=_("Only members of our community can see it"),
        help_text=_("A community’s panel is always drawn from its members."),
        required=False,
    )
    decision = forms.ChoiceField(label=_("Which decision does it take part in?"), required=False)
    title = forms.CharField(
        label=_("What is the panel for?"),
        help_text=_("Like “How to get about in Larkmere”"),
        max_length=200,
        error_messages={"required": _("Write what the panel is for"), "max_length": _("Use 200 letters or fewer")},
    )
    about = _words(
        _("What will it do, and when does it meet?"),
        _("Say how often, how long, where, and what happens with what they say."),
        _("Write what the panel will do"),
    )
    support = _words(
        _("How are people paid and helped to take part?"),
        _("Pay, fares, care while they are out, interpreters, ways in, times that suit people who work."),
        _("Write how people are paid and helped to take part"),
    )
    size = _number(_("How many people?"), "", 2, 500, _("Choose from 2 to 500 people"))
    least_age = _number(_("How old must they be?"), "", 0, 100, _("Choose from 0 to 100 years"))
    one_a_home = forms.BooleanField(
        label=_("No more than one person from a home"),
        help_text=_("We ask for an address and keep only a scrambled form of it, which nobody can read back."),
        required=False,
    )
    join_until = _day(_("Last day for saying yes"))
    delete_on = _day(
        _("Day on which all answers and names are deleted"),
        _("Choose a day after the panel has met for the last time."),
    )
    answer_days = _number(
        _("How many days have people to answer when they are drawn?"), "", 1, 60, _("Choose from 1 to 60 days")
    )
    seed_way = forms.ChoiceField(
        label=_("Where does the chance come from?"),
        choices=SeedWay.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose where the chance comes from")},
    )
    seed_words = forms.CharField(
        label=_("Which numbers, or who draws them and where?"),
        help_text=_("Not for a secret number. Like “the six main numbers of the national lottery on 5 December”."),
        max_length=300,
        required=False,
        error_messages={"max_length": _("Use 300 letters or fewer")},
    )

    def __init__(self, *args: Any, owners: Sequence[Party], decisions: Sequence[Decision] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(str(party.key), party.name) for party in owners]
        self.fields["owner"] = forms.ChoiceField(
            label=_("Who has it drawn?"), choices=names, error_messages={"required": _("Choose one")}
        )
        questions = [(str(one.record.key), one.question) for one in decisions]
        label = _("Which decision does it take part in?")
        none = ("", _("None, or none yet"))
        self.fields["decision"] = forms.ChoiceField(label=label, choices=[none, *questions], required=False)
        if not questions:
            del self.fields["decision"]
        if len(names) < 2:
            del self.fields["owner"]
        if not any(party.kind == "community" for party in owners):
            del self.fields["members_only"]

    @classmethod
    def of(cls, lottery: Lottery, data: Any = None) -> LotteryForm:
        """The form with what a draft says, without what stands for good."""
        form = cls(data, owners=[], initial={name: getattr(lottery, name, None) for name in cls.base_fields})
        for name in ("owner", "members_only", "decision"):
            form.fields.pop(name, None)
        return form


class SheetForm(forms.Form):
    """Questions and groups as a sheet, pasted or as a file."""

    sheet = forms.CharField(
        label=_("Paste the sheet"),
        help_text=_("The first line is: question, group, least, most. Then one line for each group."),
        required=False,
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"max_length": _("That is too long")},
    )
    file = forms.FileField(label=_("Or choose a file (CSV)"), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        file = given.get("file")
        if file is not None and file.size > MOST_FILE:
            self.add_error("file", _("This file is too large. Choose one of less than 1 MB"))
        elif file is not None:
            given["sheet"] = text_of(file.read())
        return given


def text_of(data: bytes) -> str:
    """The letters of a file, however a spreadsheet wrote them."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", errors="replace")


class JoinForm(forms.Form):
    """Each question with its groups, an address if homes matter, and the yes itself."""

    agreed = forms.BooleanField(
        label=_("Yes, put me in the draw"),
        error_messages={"required": _("Tick this if you say yes. Nobody is drawn without saying yes")},
    )

    def __init__(self, *args: Any, lottery: Lottery, questions: Sequence[LotteryQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        agreed = self.fields.pop("agreed")
        for question in questions:
            self.fields[f"q{question.pk}"] = forms.ChoiceField(
                label=question.words,
                choices=[
                    *((str(one.pk), one.words) for one in question.groups.all()),
                    (UNSAID, _("I’d rather not say")),
                ],
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("“%(question)s” Choose an answer, or that you would rather not say")
                    % {"question": question.words}
                },
            )
        if lottery.one_a_home:
            self.fields["home"] = forms.CharField(
                label=_("House number and postcode"),
                help_text=_(
                    "So that only one person from a home is drawn. Leave it empty if you have no settled home."
                ),
                required=False,
                max_length=200,
                error_messages={"max_length": _("Use 200 letters or fewer")},
            )
        self.fields["old_enough"] = forms.BooleanField(
            label=_("I am %(age)d or older") % {"age": lottery.least_age},
            error_messages={"required": _("You must be %(age)d or older") % {"age": lottery.least_age}},
        )
        self.fields["agreed"] = agreed

    def yes(self) -> dict[str, Any]:
        """What `join` takes."""
        given = self.cleaned_data
        answers = {}
        for question in self.questions:
            chosen = given[f"q{question.pk}"]
            answers[question.pk] = None if chosen == UNSAID else int(chosen)
        rest = {"home": given.get("home", ""), "old_enough": given["old_enough"], "agreed": given["agreed"]}
        return {"answers": answers, **rest}


def first_answers(questions: Sequence[LotteryQuestion], mine: dict[int, LotteryGroup]) -> dict[str, str]:
    """What somebody answered before, to begin with."""
    return {f"q{one.pk}": str(mine[one.pk].pk) if one.pk in mine else UNSAID for one in questions}


class PaperForm(JoinForm):
    """The same from a paper, with the name, how to reach them, and the word for their own page."""

    name = forms.CharField(
        label=_("Their name"),
        max_length=200,
        error_messages={"required": _("Enter a name"), "max_length": _("Use 200 letters or fewer")},
    )
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    address = forms.CharField(label=_("Address for letters"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    contact_by = forms.ChoiceField(
        label=_("How do they want to hear from us?"),
        choices=[("letter", _("By letter")), ("telephone", _("By telephone, from me"))],
        initial="letter",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how they want to hear from us")},
    )
    word = forms.CharField(
        label=_("The word they chose for their page"),
        help_text=_("5 letters or more. With their card it opens their own page."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Enter the word they chose")},
    )
    field_order = ["name", "phone", "address", "contact_by", "word"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed"].label = _("They said yes on the paper: to a page here, and to the draw")
        self.fields["old_enough"].label = _("They said that they are old enough")

    def page(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("phone", "address", "contact_by")}


class LaterForm(forms.Form):
    join_until = _day(_("New last day for saying yes"))

    def day(self) -> date | None:
        """The day that was typed, if it is one."""
        return self.cleaned_data["join_until"] if self.is_valid() else None


class SeedForm(forms.Form):
    seed = forms.CharField(
        label=_("The numbers, just as they were drawn"),
        max_length=200,
        error_messages={
            "required": _("Type in the numbers just as they were drawn"),
            "max_length": _("That is too long"),
        },
    )
