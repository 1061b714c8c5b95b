from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("planning", "0005_one_place_a_person"),
    ]

    operations = [
        migrations.AddField(
            model_name="draw",
            name="committed",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="result",
            name="salt",
            field=models.CharField(default="", max_length=64),
            preserve_default=False,
        ),
    ]
