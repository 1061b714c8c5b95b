"""On what a decision about somebody's own life rests."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ground", "0006_the_readers_language"),
        ("planning", "0006_a_new_secret_for_each_draw"),
    ]

    operations = [
        migrations.CreateModel(
            name="Grounds",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("n", models.PositiveSmallIntegerField()),
                ("wanted", models.TextField()),
                (
                    "shown",
                    models.CharField(
                        choices=[
                            ("said", "They said it"),
                            ("signed", "They signed, wrote or pointed"),
                            ("showed", "They showed it by what they do"),
                            ("before", "They said or wrote it before, when they could"),
                        ],
                        max_length=6,
                    ),
                ),
                ("supported_by", models.TextField()),
                ("made_sure", models.TextField()),
                ("differs", models.BooleanField(default=False)),
                ("differs_how", models.TextField(blank=True)),
                ("differs_why", models.TextField(blank=True)),
                ("not_able", models.TextField(blank=True)),
                ("less", models.TextField(blank=True)),
                ("told", models.TextField(blank=True)),
                ("lang", models.CharField(default="en", max_length=8)),
                ("on", models.DateField(default=django.utils.timezone.localdate)),
                (
                    "by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ground.party"),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="grounds", to="planning.decision"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "grounds",
                "ordering": ["n"],
                "constraints": [
                    models.UniqueConstraint(fields=("decision", "n"), name="grounds_stand_in_order"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("differs", False),
                            models.Q(
                                ("differs_why", ""),
                                ("not_able", ""),
                                ("less", ""),
                                ("told", ""),
                                _connector="OR",
                                _negated=True,
                            ),
                            _connector="OR",
                        ),
                        name="nothing_against_a_wish_without_grounds",
                    ),
                ],
            },
        ),
    ]
