"""Services that feeds brought before anybody noted which ones are from a list: they are as fresh as their feed.

A feed that says the same again writes nothing, so these would otherwise count as forgotten by a holder and be hidden.
"""

from typing import Any

from django.db import migrations


def note_lists(apps: Any, schema_editor: Any) -> None:
    brought = apps.get_model("exchange", "ForeignId").objects.filter(kind="service").values("record")
    ours = apps.get_model("knowing", "Asset").objects.filter(pk__in=brought, from_list=False)
    hidden = apps.get_model("ground", "Record").objects.filter(pk__in=ours.values("pk"), state="hidden")
    hidden.update(state="stale")
    ours.update(from_list=True)


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0004_maps_brought_in"),
        ("ground", "0001_initial"),
        ("knowing", "0002_room_and_breaks"),
    ]

    operations = [migrations.RunPython(note_lists, migrations.RunPython.noop)]
