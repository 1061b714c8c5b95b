"""What hangs on a record: the rows that the kits keep under it and theirs in turn, put into words for whoever takes
their own away and for a steward who looks. Found by looking at the models, so that no kit can be forgotten."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.apps import apps
from django.db.models import CASCADE, CharField, ManyToOneRel, Model, OneToOneRel, TextField
from django.utils.translation import gettext as _

from alongside.ground.history.acting import Refused
from alongside.ground.history.actor import Actor
from alongside.ground.people import queries as people
from alongside.ground.people.models import Party
from alongside.ground.records.models import SHOWN, Record, State

Kept = tuple[Model, dict[str, list[Model]]]  # a kit row, and the rows below it by the names of their tables


def kit_models() -> list[type[Model]]:
    """Every model whose row is part of a record: its primary key is the record. Export and erase walk these."""
    return [
        field.related_model
        for field in Record._meta.get_fields(include_hidden=True)
        if isinstance(field, OneToOneRel) and field.field.primary_key
    ]


def words_of(record: Record) -> list[tuple[str, str]]:
    """What a record says, field by field, for a steward who decides whether to show it."""
    return words_of_each([record])[0]


def words_of_each(records: Sequence[Record]) -> list[list[tuple[str, str]]]:
    """The same for a list, in its order and in as many statements as for one."""
    kept = _kept(records)
    return [_words(kept[record.pk]) for record in records]


def _words(kept: Iterable[Kept]) -> list[tuple[str, str]]:
    said: list[tuple[str, str]] = []
    for row, below in kept:
        if type(row).__name__ == "SpotExact":
            continue
        texts = [field for field in row._meta.concrete_fields if isinstance(field, (CharField, TextField))]
        said += [
            (_("where") if field.name == "shown_words" else str(field.verbose_name), value)
            for field in texts
            if not field.choices and not field.name.startswith("cell") and (value := getattr(row, field.name))
        ]
        said += [(_("also"), words) for many in below.values() for one in many if (words := _written(one))]
    return said


def _written(row: Any) -> str:
    """What somebody wrote on a row below a kit row, such as when it is or how to come."""
    return str(getattr(row, "words", "")) if "words" not in getattr(row, "kept_back", ()) else ""


def export(viewer: Actor, owner: Party) -> dict[str, Any]:
    """Everything the house keeps about a party, found by looking at the models, so that nothing is forgotten.

    Refuses whoever may not see all of it. A helper needs a basis that reaches everything.
    """
    if not people.may_take_away(viewer, owner):
        raise Refused(_("Only you, or somebody who keeps your whole page, can take your data away."))
    return {
        "party": _plain(owner),
        "ways_in": [_plain(row, leave=("password",)) for row in _all_of("Login", "party", owner)],
        "facts": [_plain(row) for row in _all_of("PersonFacts", "party", owner)],
        "memberships": [_plain(row) for row in owner.memberships.select_related("of")],
        "help": [
            _plain(row) | {"parts": [_plain(scope) for scope in row.scopes.all()]} for row in owner.supported_by.all()
        ],
        "help_asked": _asked(owner),
        "messages": [_plain(row) for row in owner.notices.all()],
        "programs": [_plain(row, leave=("token_hash",)) for row in owner.tokens.all()],
        "records": _records(owner),
    }


def _records(owner: Party) -> list[dict[str, Any]]:
    rows = Record.objects.filter(owner=owner).exclude(state=State.ERASED)
    records = list(rows.prefetch_related("grants", "looks", "versions", "consents"))
    kept = _kept(records)
    return [_whole(record, kept[record.pk]) for record in records]


def _asked(owner: Party) -> list[dict[str, Any]]:
    """Help that waits for a yes: the other by the name a stranger knows, and nothing of how it stands with them."""
    found = []
    for mine, other in (("person", "supporter"), ("supporter", "person")):
        for row in _all_of("HelpAsked", mine, owner):
            said = _plain(row, leave=("person", "supporter", "asked_by", "answer", "lapses"))
            parts = [_plain(scope, leave=("asked",)) for scope in row.scopes.all()]  # type: ignore[attr-defined]
            found.append(said | {mine: str(owner), other: getattr(row, other).shown_name, "parts": parts})
    return found


def _whole(record: Any, kept: Iterable[Kept]) -> dict[str, Any]:
    """A record with its kit rows, their own rows, and who was let see it and looked."""
    parts = {
        type(row).__name__.lower(): _of(record, row)
        | {name: [_of(record, one) for one in many] for name, many in below.items()}
        for row, below in kept
    }
    also = {
        "shared_with": [_plain(row) for row in record.grants.all()],
        "looked_at_by": [_plain(row) for row in record.looks.all()],
        "versions": [_plain(row) | {"body": row.body} for row in sorted(record.versions.all(), key=lambda one: one.n)],
        "agreed": [_plain(row) for row in sorted(record.consents.all(), key=lambda one: one.pk)],
    }
    return _plain(record) | parts | also


def _kept(records: Iterable[Record]) -> dict[int, list[Kept]]:
    """The kit rows of each record with the rows below them, by the record's row."""
    found: dict[int, list[Kept]] = {record.pk: [] for record in records}
    for model in kit_models():
        rows = list(model._default_manager.filter(pk__in=found))
        below = _children(model, rows)
        for row in rows:
            found[row.pk].append((row, below[row.pk]))
    return found


def _children(model: type[Model], rows: Sequence[Model]) -> dict[int, dict[str, list[Model]]]:
    """Rows that belong to a kit row and go when it goes; of those that only name it from elsewhere, none that is about
    something of somebody else, such as what another person thought of it. What has a record of its own, such as what
    somebody said to an idea, is its own owner's to take away: much of it others never saw."""
    found: dict[int, dict[str, list[Model]]] = {row.pk: {} for row in rows}
    kits = kit_models()
    for field in model._meta.get_fields(include_hidden=True) if rows else ():
        if isinstance(field, ManyToOneRel) and not isinstance(field, OneToOneRel) and field.on_delete is CASCADE:
            if field.related_model in kits:
                continue
            many = list(field.related_model._default_manager.filter(**{f"{field.field.name}__in": rows}))
            for one in _about_its_owner(many, field.field.attname) if field.hidden else many:
                found[getattr(one, field.field.attname)].setdefault(type(one).__name__.lower(), []).append(one)
    return found


def _about_its_owner(children: Sequence[Model], parent: str) -> list[Model]:
    """Of these, the ones that belong to no kit row of another owner than that of the row in the field `parent`."""
    if not children:
        return []
    kits = kit_models()
    names = [field.attname for field in children[0]._meta.concrete_fields if field.related_model in kits]
    about = {one.pk: {pk for name in names if (pk := getattr(one, name)) is not None} for one in children}
    owners = dict(Record.objects.filter(pk__in=set().union(*about.values())).values_list("pk", "owner"))
    return [one for one in children if {owners[pk] for pk in about[one.pk]} == {owners[getattr(one, parent)]}]


def _of(record: Record | None, row: Model) -> dict[str, Any]:
    """A row of a record as words and numbers, without what its model keeps from its owner too, and without other people
    by name: who answered, or would help, may stand there for all without one."""
    plain = _plain(row, leave=getattr(row, "kept_back", ()))
    for field in row._meta.concrete_fields:
        other = getattr(row, field.name) if field.name in plain and field.related_model is not None else None
        if other is not None and record is not None and _is_anothers(other, record, row):
            plain[field.name] = None
    return plain


def _is_anothers(other: Any, record: Record, row: Model) -> bool:
    """Whether this is another person, or something of another's that was taken back or waits for a look."""
    if isinstance(other, Party):
        return other.is_person and other.pk != record.owner_id and not getattr(row, "names_people", False)
    whose = getattr(other, "record", None)
    return isinstance(whose, Record) and whose.owner_id != record.owner_id and whose.state not in SHOWN


def _all_of(model: str, name: str, owner: Party) -> Iterable[Model]:
    return list(apps.get_model("ground", model)._default_manager.filter(**{name: owner}))


def _plain(row: Model, leave: Collection[str] = ()) -> dict[str, Any]:
    """A row as words and numbers; another row it names stands by its own name."""
    plain: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        if field.name in leave or field.primary_key:
            continue
        value = getattr(row, field.name)
        plain[field.name] = value if isinstance(value, (bool, int, float, type(None))) else str(value)
    return plain
