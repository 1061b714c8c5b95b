"""Room for newcomers, and a break that ends by itself: it moves from the offer to the asset, which all have."""

from typing import Any

from django.db import migrations, models

FEATURES = [
    ("level", "Level way in"),
    ("toilet", "Accessible toilet"),
    ("loop", "Hearing loop"),
    ("sign", "Sign language"),
    ("quiet", "Quiet space"),
    ("companion", "I can come with someone"),
    ("home", "Comes to you"),
    ("online", "Can be done online or by phone"),
    ("transport", "Lifts or transport"),
    ("welsh", "In Welsh"),
    ("sit", "Sit down without buying"),
    ("any_toilet", "A toilet anyone may use"),
    ("quiet_hour", "A quiet hour"),
    ("trained", "Staff trained to help"),
    ("water", "Free drinking water"),
    ("baby", "Room to feed or change a baby"),
]


def carry_breaks_over(apps: Any, schema_editor: Any) -> None:
    resting = apps.get_model("knowing", "Offer").objects.filter(paused=True).values("pk")
    apps.get_model("knowing", "Asset").objects.filter(pk__in=resting).update(paused=True)


class Migration(migrations.Migration):
    dependencies = [("knowing", "0001_initial")]

    operations = [
        migrations.AddField("asset", "back_on", models.DateField(blank=True, null=True)),
        migrations.AddField("asset", "from_list", models.BooleanField(default=False)),
        migrations.AddField("asset", "paused", models.BooleanField(default=False)),
        migrations.AddField("asset", "room_for", models.PositiveSmallIntegerField(blank=True, null=True)),
        migrations.AddField("asset", "room_until", models.DateField(blank=True, null=True)),
        migrations.AlterField("assetaccess", "feature", models.CharField(choices=FEATURES, max_length=12)),
        migrations.RunPython(carry_breaks_over, migrations.RunPython.noop),
        migrations.RemoveField("offer", "paused"),
    ]
