import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("ground", "0006_the_readers_language"),
        ("planning", "0004_who_wrote_it_down"),
    ]

    operations = [
        migrations.AddField("seat", "apart", models.BooleanField(default=False)),
        migrations.AddField("seat", "by_keeper", models.BooleanField(default=False)),
        migrations.AddField(
            "seat",
            "confirmed_by",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ground.party"
            ),
        ),
        migrations.AddField(
            "seat",
            "says",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="planning.decisiongroup"
            ),
        ),
        migrations.AddConstraint(
            "seat",
            models.CheckConstraint(
                condition=Q(code_hash=None) | Q(way="code") | ~Q(name="") | Q(party__isnull=False) | Q(twice=True),
                name="a_code_is_for_somebody",
            ),
        ),
        migrations.AddConstraint(
            "wayin",
            models.UniqueConstraint(
                fields=["decision"], condition=Q(way__in=["member", "list", "code"]), name="one_way_says_who_counts"
            ),
        ),
        migrations.AddConstraint(
            "wayin",
            models.UniqueConstraint(
                fields=["decision"], condition=Q(way__in=["code", "vouched"]), name="nobody_vouches_beside_codes"
            ),
        ),
    ]
