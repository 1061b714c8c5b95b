"""Rules about models: every field classed, no reverse names across rooms, no JSON for our own nouns."""

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

from tests.house.code import HOUSE

CLASSES = {"open", "personal", "sensitive"}
# JSON columns hide nouns from constraints, search, export and erasure.
MAY_BE_JSON: dict[str, str] = {"ground.Version.body": "what a record said; goes with the record's erasure"}


def ours() -> Iterator[type[models.Model]]:
    return (model for model in apps.get_models() if model.__module__.startswith("alongside."))


def test_every_field_is_classed_open_personal_or_sensitive() -> None:
    """Export, erasure and the markers test read this; a field nobody classed is one nobody protects."""
    wrong = []
    for model in ours():
        classed = vars(model).get("privacy", {})
        names = {field.name for field in model._meta.local_fields}
        needed = {
            field.name
            for field in model._meta.local_fields
            if not field.is_relation and not isinstance(field, models.AutoField)
        }
        wrong += [f"{model._meta.label}.{name} is not classed" for name in sorted(needed - set(classed))]
        wrong += [f"{model._meta.label}.{name} is no field" for name in sorted(set(classed) - names)]
        wrong += [f"{model._meta.label}.{name}: {value}" for name, value in classed.items() if value not in CLASSES]
    assert not wrong, wrong


def test_relations_across_rooms_have_no_reverse_name() -> None:
    """A lower room must not come to know an upper one through a manager that appears on its models."""
    wrong = [
        f"{model._meta.label}.{field.name}"
        for model in ours()
        for field in model._meta.local_fields + model._meta.local_many_to_many
        if field.is_relation
        and field.related_model._meta.app_label != model._meta.app_label
        and field.related_model.__module__.startswith("alongside.")
        and not field.remote_field.hidden
    ]
    assert not wrong, 'related_name="+"'


def test_json_is_kept_for_versions() -> None:
    found = {
        f"{model._meta.label}.{field.name}"
        for model in ours()
        for field in model._meta.local_fields
        if isinstance(field, models.JSONField)
    }
    assert found <= set(MAY_BE_JSON)


def test_every_record_has_one_kit_row_with_its_key() -> None:
    """A model with a one-to-one to Record uses it as its primary key, so that export and erasure find it."""
    wrong = [
        f"{model._meta.label}.{field.name}"
        for model in ours()
        for field in model._meta.local_fields
        if isinstance(field, models.OneToOneField)
        and field.related_model._meta.label == "ground.Record"
        and not field.primary_key
    ]
    assert not wrong


@pytest.mark.django_db
def test_migrations_are_complete() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_each_app_names_its_last_migration() -> None:
    """Two people who add a migration at once then get a conflict in this file, where they see it."""
    for config in apps.get_app_configs():
        folder = HOUSE / config.label / "migrations"
        if not config.name.startswith("alongside.") or not folder.exists():
            continue
        names = sorted(path.stem for path in folder.glob("[0-9]*.py"))
        if not names:
            continue
        assert all(re.match(r"\d{4}_\w+$", name) for name in names)
        said = folder / "max_migration.txt"
        assert said.exists() and said.read_text().strip() == names[-1], f"{config.label}: write {names[-1]} in {said}"
