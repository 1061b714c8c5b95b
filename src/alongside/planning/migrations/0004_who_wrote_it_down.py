import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ground", "0006_the_readers_language"),
        ("planning", "0003_deciding_together"),
    ]

    operations = [
        migrations.AddField(
            model_name="roll",
            name="disputed",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="roll",
            name="helped_by",
            field=models.CharField(
                blank=True,
                choices=[
                    ("screen", "on screen"),
                    ("telephone", "by telephone"),
                    ("paper", "on paper"),
                    ("visit", "at a visit"),
                    ("feed", "from a feed"),
                    ("api", "by a program"),
                    ("machine", "by the computer"),
                ],
                max_length=9,
            ),
        ),
        migrations.AddField(
            model_name="roll",
            name="helper",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ground.party"
            ),
        ),
    ]
