"""Tables of deciding together and of panels by lot; and how a run was made."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ground", "0006_the_readers_language"),
        ("planning", "0002_with_everybody_in_mind"),
    ]

    operations = [
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "record",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="ground.record",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("draft", "Being written"),
                            ("open", "Open"),
                            ("decided", "Decided"),
                            ("not_decided", "Not decided"),
                            ("talk_again", "Back for talk"),
                            ("stopped", "Stopped"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("stage_why", models.TextField(blank=True)),
                ("stage_on", models.DateField(blank=True, null=True)),
                ("question", models.CharField(max_length=200)),
                ("why", models.TextField(blank=True)),
                ("can_change", models.TextField(blank=True)),
                ("cannot_change", models.TextField(blank=True)),
                ("answers_for", models.CharField(blank=True, max_length=200)),
                ("binds", models.BooleanField(default=True)),
                ("answered_name", models.CharField(blank=True, max_length=200)),
                ("answer_by", models.DateField(blank=True, null=True)),
                ("fairness", models.TextField(blank=True)),
                (
                    "question_side",
                    models.CharField(
                        choices=[
                            ("people", "People"),
                            ("communities", "Communities"),
                            ("commissioners", "Councils and the NHS"),
                            ("suppliers", "Organisations that are paid"),
                            ("politicians", "Councillors"),
                        ],
                        default="people",
                        max_length=13,
                    ),
                ),
                ("question_from", models.CharField(blank=True, max_length=200)),
                ("declared_at", models.DateTimeField(blank=True, null=True)),
                ("terms_sha", models.CharField(blank=True, max_length=64)),
                ("lot_seed", models.CharField(blank=True, max_length=64)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ground.party"
                    ),
                ),
                (
                    "serves",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="planning.decision",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Draw",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("round", models.PositiveSmallIntegerField()),
                ("panels", models.PositiveIntegerField()),
                ("fingerprint", models.CharField(max_length=64)),
                ("least_on", models.PositiveIntegerField()),
                ("most_on", models.PositiveIntegerField()),
                ("best", models.PositiveIntegerField()),
                ("bound", models.PositiveIntegerField()),
                ("worked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("committed", models.CharField(blank=True, max_length=64)),
                ("seed", models.CharField(blank=True, max_length=200)),
                ("number", models.PositiveIntegerField(null=True)),
                ("drawn_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["round"],
            },
        ),
        migrations.CreateModel(
            name="PoolPlace",
            fields=[
                (
                    "record",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="ground.record",
                    ),
                ),
                ("code", models.CharField(max_length=12)),
                ("home", models.CharField(blank=True, max_length=64)),
                ("numbers", models.TextField(blank=True)),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("member", "They belong to the community"),
                            ("list", "They stand on the list"),
                            ("code", "They have a code that came through the door"),
                            ("vouched", "Somebody with a place vouched for them"),
                        ],
                        max_length=7,
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120)),
                ("code_hash", models.CharField(blank=True, max_length=64, null=True, unique=True)),
                ("batch", models.CharField(blank=True, max_length=24)),
                ("ended", models.BooleanField(default=False)),
                ("why_ended", models.CharField(blank=True, max_length=300)),
                ("twice", models.BooleanField(default=False)),
                ("apart", models.BooleanField(default=False)),
                ("by_keeper", models.BooleanField(default=False)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ground.party"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="planning.decision"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="run",
            name="answer",
            field=models.CharField(default="", max_length=64),
        ),
        migrations.AddField(
            model_name="run",
            name="made_with",
            field=models.CharField(default="", max_length=200),
        ),
        migrations.CreateModel(
            name="BallotBox",
            fields=[
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="planning.decision",
                    ),
                ),
                ("closed_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "verbose_name_plural": "ballot boxes",
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="draft",
                        serialize=False,
                        to="planning.decision",
                    ),
                ),
                (
                    "open_to",
                    models.CharField(
                        choices=[
                            ("me", "Only me"),
                            ("circle", "People in my circle"),
                            ("community", "My community"),
                            ("everyone", "Everyone"),
                        ],
                        default="everyone",
                        max_length=10,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Result",
            fields=[
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="planning.decision",
                    ),
                ),
                ("counted_on", models.DateField()),
                ("ballots", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("decided", "decided"),
                            ("not_decided", "not decided"),
                            ("talk_again", "back for talk"),
                        ],
                        max_length=11,
                    ),
                ),
                ("verdict", models.CharField(blank=True, max_length=40)),
                ("spent_pence", models.BigIntegerField(default=0)),
                ("with_nothing", models.PositiveIntegerField(default=0)),
                ("grown_steps", models.PositiveIntegerField(default=0)),
                ("grown", models.TextField(blank=True)),
                ("us_grown", models.TextField(blank=True)),
                ("of_us", models.TextField(blank=True)),
                ("why", models.TextField(blank=True)),
                ("salt", models.CharField(max_length=64)),
                ("ballots_sha", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Act",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("door", "Opened a door"),
                            ("call", "Called for an answer"),
                            ("mediate", "Brought people together"),
                            ("declare", "Said what the council will do"),
                        ],
                        max_length=7,
                    ),
                ),
                ("words", models.TextField()),
                ("due", models.DateField(blank=True, null=True)),
                ("answer", models.TextField(blank=True)),
                ("answered_on", models.DateField(blank=True, null=True)),
                ("lang", models.CharField(default="en", max_length=8)),
                ("on", models.DateField(default=django.utils.timezone.localdate)),
                (
                    "by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ground.party"),
                ),
                (
                    "to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ground.party",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="planning.decision"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DecisionGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=24)),
                ("name", models.CharField(max_length=80)),
                (
                    "side",
                    models.CharField(
                        choices=[
                            ("people", "People"),
                            ("communities", "Communities"),
                            ("commissioners", "Councils and the NHS"),
                            ("suppliers", "Organisations that are paid"),
                            ("politicians", "Councillors"),
                        ],
                        max_length=13,
                    ),
                ),
                ("weight_ppm", models.PositiveIntegerField(default=0)),
                ("affected", models.BooleanField(default=False)),
                ("floor_pct", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="groups", to="planning.decision"
                    ),
                ),
            ],
            options={
                "ordering": ["position", "key"],
            },
        ),
        migrations.CreateModel(
            name="Ballot",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("organisation", models.BooleanField(default=False)),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="planning.decision"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="planning.decisiongroup"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DrawBar",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("least", models.PositiveIntegerField()),
                ("most", models.PositiveIntegerField()),
                ("people", models.PositiveIntegerField()),
                (
                    "draw",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="bars", to="planning.draw"
                    ),
                ),
            ],
            options={
                "ordering": ["least"],
            },
        ),
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
            },
        ),
        migrations.CreateModel(
            name="Idea",
            fields=[
                (
                    "record",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="ground.record",
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("words", models.TextField(blank=True)),
                ("cost_pence", models.BigIntegerField(blank=True, null=True)),
                ("cost_how", models.CharField(blank=True, max_length=300)),
                (
                    "side",
                    models.CharField(
                        choices=[
                            ("people", "People"),
                            ("communities", "Communities"),
                            ("commissioners", "Councils and the NHS"),
                            ("suppliers", "Organisations that are paid"),
                            ("politicians", "Councillors"),
                        ],
                        default="people",
                        max_length=13,
                    ),
                ),
                ("said_by", models.CharField(blank=True, max_length=120)),
                ("named", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("offered", "Put forward"),
                            ("listed", "On the list to vote on"),
                            ("merged", "Joined with another idea"),
                            ("dropped", "Not taken further"),
                            ("withdrawn", "Taken back"),
                        ],
                        default="offered",
                        max_length=9,
                    ),
                ),
                ("state_why", models.TextField(blank=True)),
                (
                    "state_side",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("people", "People"),
                            ("communities", "Communities"),
                            ("commissioners", "Councils and the NHS"),
                            ("suppliers", "Organisations that are paid"),
                            ("politicians", "Councillors"),
                        ],
                        max_length=13,
                    ),
                ),
                ("state_on", models.DateField(blank=True, null=True)),
                ("run_unpaid", models.BooleanField(default=False)),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ideas", to="planning.decision"
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="planning.idea",
                    ),
                ),
                (
                    "run_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ground.party",
                    ),
                ),
                (
                    "state_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ground.party",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="IdeaAsset",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("time", "Time"),
                            ("space", "A place"),
                            ("skills", "Skills"),
                            ("things", "Things to use"),
                            ("money", "Money"),
                        ],
                        max_length=6,
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[
                            ("people", "People"),
                            ("communities", "Communities"),
                            ("commissioners", "Councils and the NHS"),
                            ("suppliers", "Organisations that are paid"),
                            ("politicians", "Councillors"),
                        ],
                        default="people",
                        max_length=13,
                    ),
                ),
                ("words", models.CharField(max_length=160)),
                ("minutes_week", models.PositiveIntegerField(blank=True, null=True)),
                ("agreed", models.BooleanField(default=False)),
                (
                    "idea",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="assets", to="planning.idea"
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ground.party",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Interest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("paid", "would be paid"), ("member", "belongs to the group")], max_length=6
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=300)),
                ("own", models.BooleanField(default=False)),
                (
                    "idea",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="interests", to="planning.idea"
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ground.party"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Keying",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("settles", models.BooleanField(default=False)),
                ("spoilt", models.BooleanField(default=False)),
                (
                    "by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ground.party"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Lottery",
            fields=[
                (
                    "record",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="ground.record",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("writing", "Being written"),
                            ("joining", "People can say yes"),
                            ("ready", "Ready for the draw"),
                            ("drawn", "Drawn"),
                            ("over", "Over, and all names are gone"),
                        ],
                        default="writing",
                        max_length=8,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("about", models.TextField()),
                ("support", models.TextField()),
                ("size", models.PositiveSmallIntegerField()),
                ("first_size", models.PositiveSmallIntegerField()),
                ("one_a_home", models.BooleanField(default=True)),
                ("least_age", models.PositiveSmallIntegerField(default=16)),
                ("join_until", models.DateField()),
                ("delete_on", models.DateField()),
                ("answer_days", models.PositiveSmallIntegerField(default=10)),
                (
                    "seed_way",
                    models.CharField(
                        choices=[
                            ("ours", "A secret number that we lock away on the first day and show after the draw"),
                            ("public", "Numbers that somebody else draws in public on a later day"),
                            ("balls", "Three balls or dice, drawn in front of people"),
                        ],
                        default="ours",
                        max_length=6,
                    ),
                ),
                ("seed_words", models.CharField(blank=True, max_length=300)),
                ("committed", models.CharField(blank=True, max_length=64)),
                ("secret", models.CharField(blank=True, max_length=64)),
                (
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="planning.decision",
                    ),
                ),
                (
                    "run_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ground.party"),
                ),
            ],
            options={
                "verbose_name_plural": "lotteries",
            },
        ),
        migrations.AddField(
            model_name="draw",
            name="lottery",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="draws", to="planning.lottery"
            ),
        ),
        migrations.CreateModel(
            name="LotteryQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("words", models.CharField(max_length=120)),
                (
                    "lottery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="questions", to="planning.lottery"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="LotteryGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("words", models.CharField(max_length=120)),
                ("least", models.PositiveSmallIntegerField()),
                ("most", models.PositiveSmallIntegerField()),
                ("first_least", models.PositiveSmallIntegerField()),
                ("first_most", models.PositiveSmallIntegerField()),
                ("pool", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="groups",
                        to="planning.lotteryquestion",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="LotteryWork",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for the computer"),
                            ("going", "Being worked out"),
                            ("done", "Worked out"),
                            ("tight", "No panel can be made so"),
                            ("stopped", "Stopped"),
                            ("broke", "It broke off"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("heard", models.DateTimeField(default=django.utils.timezone.now)),
                ("rounds", models.PositiveIntegerField(default=0)),
                ("found", models.PositiveIntegerField(default=0)),
                ("bound", models.PositiveIntegerField(default=1000000)),
                ("evening", models.BooleanField(default=False)),
                (
                    "lottery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="works", to="planning.lottery"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LotteryChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("way", models.PositiveSmallIntegerField()),
                ("least", models.PositiveSmallIntegerField()),
                ("most", models.PositiveSmallIntegerField()),
                (
                    "group",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="planning.lotterygroup",
                    ),
                ),
                (
                    "work",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="planning.lotterywork"
                    ),
                ),
            ],
            options={
                "ordering": ["way", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Option",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("n", models.PositiveSmallIntegerField()),
                ("cost_pence", models.BigIntegerField(default=0)),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="options", to="planning.decision"
                    ),
                ),
                (
                    "idea",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="planning.idea"
                    ),
                ),
            ],
            options={
                "ordering": ["n"],
            },
        ),
        migrations.CreateModel(
            name="KeyingMark",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("value", models.SmallIntegerField()),
                (
                    "keying",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="marks", to="planning.keying"
                    ),
                ),
                (
                    "option",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="planning.option"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BallotMark",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("value", models.SmallIntegerField()),
                (
                    "ballot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="marks", to="planning.ballot"
                    ),
                ),
                (
                    "option",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="planning.option"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PanelSeat",
            fields=[
                (
                    "place",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="seat",
                        serialize=False,
                        to="planning.poolplace",
                    ),
                ),
                ("round", models.PositiveSmallIntegerField()),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("asked", "Asked"),
                            ("yes", "Said yes"),
                            ("no", "Said no"),
                            ("late", "Did not answer in time"),
                        ],
                        default="asked",
                        max_length=5,
                    ),
                ),
                ("answer_by", models.DateField()),
                ("answered_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="poolplace",
            name="lottery",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="pool", to="planning.lottery"
            ),
        ),
        migrations.AddField(
            model_name="poolplace",
            name="person",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ground.party"),
        ),
        migrations.CreateModel(
            name="Phase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ideas", "Ideas"),
                            ("talk", "Talk"),
                            ("shortlist", "Shortlist"),
                            ("vote", "Vote"),
                            ("answer", "Answer"),
                            ("follow_up", "What came of it"),
                        ],
                        max_length=9,
                    ),
                ),
                ("since", models.DateField()),
                ("until", models.DateField()),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="phases", to="planning.decision"
                    ),
                ),
            ],
            options={
                "ordering": ["since", "until"],
            },
        ),
        migrations.CreateModel(
            name="Point",
            fields=[
                (
                    "record",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="ground.record",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("for", "A reason for it"),
                            ("against", "A reason against it"),
                            ("objection", "Something that must be put right first"),
                            ("question", "A question"),
                        ],
                        max_length=9,
                    ),
                ),
                ("words", models.TextField()),
                (
                    "side",
                    models.CharField(
                        choices=[
                            ("people", "People"),
                            ("communities", "Communities"),
                            ("commissioners", "Councils and the NHS"),
                            ("suppliers", "Organisations that are paid"),
                            ("politicians", "Councillors"),
                        ],
                        default="people",
                        max_length=13,
                    ),
                ),
                ("said_by", models.CharField(blank=True, max_length=120)),
                ("named", models.BooleanField(default=False)),
                ("on", models.DateField(default=django.utils.timezone.localdate)),
                ("settled", models.BooleanField(default=False)),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="points", to="planning.decision"
                    ),
                ),
                (
                    "idea",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="points",
                        to="planning.idea",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PointAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("n", models.PositiveSmallIntegerField()),
                ("words", models.TextField()),
                ("lang", models.CharField(default="en", max_length=8)),
                ("settles", models.BooleanField(default=False)),
                ("on", models.DateField(default=django.utils.timezone.localdate)),
                (
                    "by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ground.party"),
                ),
                (
                    "point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="planning.point"
                    ),
                ),
            ],
            options={
                "ordering": ["n"],
            },
        ),
        migrations.CreateModel(
            name="PoolAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="planning.lotterygroup"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="planning.poolplace"
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="planning.lotteryquestion"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Present",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("people", models.PositiveIntegerField()),
                ("dots_each", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="planning.decision"
                    ),
                ),
                (
                    "group",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="planning.decisiongroup"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "present",
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("n", models.PositiveSmallIntegerField()),
                (
                    "saying",
                    models.CharField(
                        choices=[
                            ("will_do", "We will do it"),
                            ("part", "We will do part of it"),
                            ("later", "Not yet"),
                            ("cannot", "We cannot do it"),
                            ("done", "Done"),
                        ],
                        max_length=7,
                    ),
                ),
                ("words", models.TextField()),
                ("by_day", models.DateField(blank=True, null=True)),
                ("percent", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("done_on", models.DateField(blank=True, null=True)),
                ("evidence", models.CharField(blank=True, max_length=500)),
                ("lang", models.CharField(default="en", max_length=8)),
                ("on", models.DateField(default=django.utils.timezone.localdate)),
                (
                    "by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ground.party"),
                ),
                (
                    "idea",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="planning.idea"
                    ),
                ),
            ],
            options={
                "ordering": ["n"],
            },
        ),
        migrations.CreateModel(
            name="ResultOption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField(null=True)),
                ("picked", models.PositiveIntegerField(default=0)),
                ("got", models.TextField(blank=True)),
                ("each_paid", models.TextField(blank=True)),
                ("left_pence", models.BigIntegerField(null=True)),
                ("short_pence", models.BigIntegerField(null=True)),
                ("why_not", models.CharField(blank=True, max_length=40)),
                ("why", models.TextField(blank=True)),
                ("all_alike", models.BooleanField(default=False)),
                ("by_votes", models.BooleanField(default=False)),
                ("other_place", models.PositiveSmallIntegerField(null=True)),
                (
                    "option",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="planning.option"
                    ),
                ),
                (
                    "result",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="options", to="planning.result"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ResultPaid",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("picked", models.PositiveIntegerField(default=0)),
                ("paid", models.TextField(blank=True)),
                (
                    "fate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="paid", to="planning.resultoption"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="planning.decisiongroup"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "result paid",
            },
        ),
        migrations.CreateModel(
            name="Roll",
            fields=[
                (
                    "seat",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="planning.seat",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("screen", "On a screen"),
                            ("paper", "On paper"),
                            ("telephone", "By telephone"),
                            ("room", "In the room"),
                        ],
                        max_length=9,
                    ),
                ),
                ("day", models.DateField()),
                (
                    "helped_by",
                    models.CharField(
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
                ("disputed", models.BooleanField(default=False)),
            ],
        ),
        migrations.AddField(
            model_name="seat",
            name="group",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="planning.decisiongroup"
            ),
        ),
        migrations.AddField(
            model_name="seat",
            name="party",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ground.party"
            ),
        ),
        migrations.AddField(
            model_name="seat",
            name="says",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="planning.decisiongroup"
            ),
        ),
        migrations.AddField(
            model_name="seat",
            name="vouched_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ground.party"
            ),
        ),
        migrations.CreateModel(
            name="Sheet",
            fields=[
                ("number_hash", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("batch", models.CharField(max_length=24)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("printed", "printed"),
                            ("once", "keyed in once"),
                            ("counted", "counted"),
                            ("differs", "the two differ"),
                            ("spoilt", "spoilt"),
                        ],
                        default="printed",
                        max_length=8,
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="planning.decision"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="planning.decisiongroup"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="keying",
            name="sheet",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="keyings", to="planning.sheet"
            ),
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.PositiveIntegerField()),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="planning.decisiongroup"
                    ),
                ),
                (
                    "option",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="planning.option"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "tallies",
            },
        ),
        migrations.CreateModel(
            name="WayIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("member", "They belong to the community"),
                            ("list", "They stand on the list"),
                            ("code", "They have a code that came through the door"),
                            ("vouched", "Somebody with a place vouched for them"),
                        ],
                        max_length=7,
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ways", to="planning.decision"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "ways in",
            },
        ),
        migrations.CreateModel(
            name="ResultTie",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("n", models.PositiveSmallIntegerField()),
                ("among", models.CharField(max_length=400)),
                ("broken_by", models.CharField(max_length=12)),
                ("times", models.PositiveIntegerField(default=1)),
                (
                    "chosen",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="planning.option"
                    ),
                ),
                (
                    "result",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ties", to="planning.result"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ResultGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ballots", models.PositiveIntegerField()),
                ("share", models.TextField()),
                ("held", models.TextField(blank=True)),
                ("paid", models.TextField(blank=True)),
                ("with_nothing", models.PositiveIntegerField(default=0)),
                ("first_won", models.PositiveIntegerField(default=0)),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="planning.decisiongroup"
                    ),
                ),
                (
                    "result",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="groups", to="planning.result"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Terms",
            fields=[
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="terms",
                        serialize=False,
                        to="planning.decision",
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("own_life", "One person's own life"),
                            ("ours", "What belongs to people and communities, or was handed to them"),
                            ("shared", "What people and organisations decide together"),
                        ],
                        default="shared",
                        max_length=8,
                    ),
                ),
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("consent", "Go ahead when nobody has a reason against it left"),
                            ("score", "Give each idea 0 to 5"),
                            ("approval", "Pick every idea you like"),
                            ("ranking", "Put ideas in your order"),
                            ("budget", "Share out a sum of money"),
                            ("supported", "The person decides, with support"),
                        ],
                        default="approval",
                        max_length=9,
                    ),
                ),
                (
                    "marking",
                    models.CharField(
                        choices=[
                            ("approval", "Pick every idea you like"),
                            ("points", "Share out points"),
                            ("ranking", "Put ideas in your order"),
                        ],
                        default="approval",
                        max_length=8,
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("equal_shares", "Fair-share voting"),
                            ("greedy", "Most votes first, until the money is spent"),
                        ],
                        default="equal_shares",
                        max_length=12,
                    ),
                ),
                (
                    "utility",
                    models.CharField(
                        choices=[("cost", "Its price"), ("cardinality", "One for each idea")],
                        default="cost",
                        max_length=11,
                    ),
                ),
                (
                    "completion",
                    models.CharField(
                        choices=[
                            ("none", "Stop there"),
                            ("add1", "Make all shares bigger by the same part"),
                            ("greedy", "Most votes first with what is left"),
                        ],
                        default="add1",
                        max_length=6,
                    ),
                ),
                ("step_ppm", models.PositiveIntegerField(blank=True, null=True)),
                ("budget_pence", models.BigIntegerField(blank=True, null=True)),
                ("points_each", models.PositiveSmallIntegerField(default=10)),
                ("winners", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("cap_pct", models.PositiveSmallIntegerField(default=10)),
                ("quorum", models.PositiveIntegerField(default=0)),
                ("threshold_pct", models.PositiveSmallIntegerField(default=50)),
                ("both_sides", models.BooleanField(default=False)),
                ("least_age", models.PositiveSmallIntegerField(default=0)),
                ("secret", models.BooleanField(default=True)),
                ("suppliers_agreed_on", models.DateField(blank=True, null=True)),
                ("suppliers_agreed_how", models.CharField(blank=True, max_length=300)),
                ("lot_sha", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "verbose_name_plural": "terms",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("rule", "budget"), _negated=True), ("budget_pence__gt", 0), _connector="OR"
                        ),
                        name="a_budget_has_a_sum",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cap_pct__lte", 100), ("threshold_pct__lte", 100)),
                        name="parts_of_a_hundred",
                    ),
                    models.CheckConstraint(condition=models.Q(("step_ppm__gt", 0)), name="shares_grow_by_something"),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("serves", models.F("record")), _negated=True), name="no_decision_serves_itself"
            ),
        ),
        migrations.AddConstraint(
            model_name="act",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "call"), _negated=True),
                    models.Q(("due__isnull", False), ("to__isnull", False)),
                    _connector="OR",
                ),
                name="a_call_has_whom_and_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="decisiongroup",
            constraint=models.UniqueConstraint(fields=("decision", "key"), name="one_group_a_key"),
        ),
        migrations.AddConstraint(
            model_name="decisiongroup",
            constraint=models.CheckConstraint(
                condition=models.Q(("weight_ppm__lte", 1000000)), name="no_more_than_all_of_the_say"
            ),
        ),
        migrations.AddConstraint(
            model_name="decisiongroup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("affected", True), _negated=True),
                    ("side__in", ["people", "communities"]),
                    _connector="OR",
                ),
                name="affected_are_ours",
            ),
        ),
        migrations.AddConstraint(
            model_name="decisiongroup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("affected", True), _negated=True),
                    models.Q(("floor_pct__gte", 1), ("floor_pct__lte", 100)),
                    _connector="OR",
                ),
                name="affected_have_a_floor",
            ),
        ),
        migrations.AddConstraint(
            model_name="drawbar",
            constraint=models.CheckConstraint(condition=models.Q(("people__gte", 10)), name="a_small_bar_is_hidden"),
        ),
        migrations.AddConstraint(
            model_name="grounds",
            constraint=models.UniqueConstraint(fields=("decision", "n"), name="grounds_stand_in_order"),
        ),
        migrations.AddConstraint(
            model_name="grounds",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="idea",
            constraint=models.CheckConstraint(
                condition=models.Q(("cost_pence", None), ("cost_pence__gte", 0), _connector="OR"),
                name="no_cost_below_nothing",
            ),
        ),
        migrations.AddConstraint(
            model_name="idea",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_into", models.F("record")), _negated=True), name="no_idea_joins_itself"
            ),
        ),
        migrations.AddConstraint(
            model_name="idea",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "merged"), _negated=True), ("merged_into__isnull", False), _connector="OR"
                ),
                name="joined_with_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="idea",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["merged", "dropped"]), _negated=True),
                    models.Q(("state_why", ""), _negated=True),
                    _connector="OR",
                ),
                name="not_put_aside_without_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="interest",
            constraint=models.UniqueConstraint(fields=("idea", "party", "kind"), name="one_interest_a_kind"),
        ),
        migrations.AddConstraint(
            model_name="lottery",
            constraint=models.CheckConstraint(condition=models.Q(("size__gte", 1)), name="a_panel_has_somebody"),
        ),
        migrations.AddConstraint(
            model_name="lottery",
            constraint=models.CheckConstraint(
                condition=models.Q(("delete_on__gt", models.F("join_until"))), name="a_pool_goes_after_it_closes"
            ),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.UniqueConstraint(fields=("lottery", "round"), name="one_draw_a_round"),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.CheckConstraint(
                condition=models.Q(("number", None), ("number__lt", models.F("panels")), _connector="OR"),
                name="a_number_of_the_list",
            ),
        ),
        migrations.AddConstraint(
            model_name="lotteryquestion",
            constraint=models.UniqueConstraint(fields=("lottery", "words"), name="one_question_a_wording"),
        ),
        migrations.AddConstraint(
            model_name="lotterygroup",
            constraint=models.UniqueConstraint(fields=("question", "words"), name="one_group_an_answer"),
        ),
        migrations.AddConstraint(
            model_name="lotterygroup",
            constraint=models.CheckConstraint(
                condition=models.Q(("most__gte", models.F("least"))), name="a_quota_has_room"
            ),
        ),
        migrations.AddConstraint(
            model_name="lotterygroup",
            constraint=models.CheckConstraint(
                condition=models.Q(("pool", None), ("pool__gte", 10), _connector="OR"),
                name="a_small_pool_figure_is_hidden",
            ),
        ),
        migrations.AddConstraint(
            model_name="lotterywork",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["waiting", "going"])),
                fields=("lottery",),
                name="one_working_out_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="option",
            constraint=models.UniqueConstraint(fields=("decision", "n"), name="one_option_a_number"),
        ),
        migrations.AddConstraint(
            model_name="option",
            constraint=models.UniqueConstraint(fields=("decision", "idea"), name="an_idea_stands_once"),
        ),
        migrations.AddConstraint(
            model_name="option",
            constraint=models.CheckConstraint(
                condition=models.Q(("cost_pence__gte", 0)), name="no_price_below_nothing"
            ),
        ),
        migrations.AddConstraint(
            model_name="keyingmark",
            constraint=models.UniqueConstraint(fields=("keying", "option"), name="one_keyed_mark_an_option"),
        ),
        migrations.AddConstraint(
            model_name="ballotmark",
            constraint=models.UniqueConstraint(fields=("ballot", "option"), name="one_mark_an_option"),
        ),
        migrations.AddConstraint(
            model_name="poolplace",
            constraint=models.UniqueConstraint(fields=("lottery", "person"), name="one_yes_a_person"),
        ),
        migrations.AddConstraint(
            model_name="poolplace",
            constraint=models.UniqueConstraint(fields=("lottery", "code"), name="one_code_a_person"),
        ),
        migrations.AddConstraint(
            model_name="phase",
            constraint=models.UniqueConstraint(fields=("decision", "kind"), name="one_phase_a_kind"),
        ),
        migrations.AddConstraint(
            model_name="phase",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__gte", models.F("since"))), name="a_phase_ends_after_it_begins"
            ),
        ),
        migrations.AddConstraint(
            model_name="pointanswer",
            constraint=models.UniqueConstraint(fields=("point", "n"), name="answers_to_a_point_in_order"),
        ),
        migrations.AddConstraint(
            model_name="poolanswer",
            constraint=models.UniqueConstraint(fields=("place", "question"), name="one_answer_a_pool_question"),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.UniqueConstraint(fields=("idea", "n"), name="replies_stand_in_order"),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.CheckConstraint(
                condition=models.Q(("percent", None), ("percent__lte", 100), _connector="OR"),
                name="no_more_than_all_of_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="resultpaid",
            constraint=models.UniqueConstraint(fields=("fate", "group"), name="one_payment_a_group_and_option"),
        ),
        migrations.AddField(
            model_name="roll",
            name="decision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="planning.decision"
            ),
        ),
        migrations.AddField(
            model_name="roll",
            name="helper",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ground.party"
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.UniqueConstraint(
                condition=models.Q(("party__isnull", False)), fields=("decision", "party"), name="one_place_a_person"
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("code_hash", None),
                    ("way", "code"),
                    models.Q(("name", ""), _negated=True),
                    ("party__isnull", False),
                    ("twice", True),
                    _connector="OR",
                ),
                name="a_code_is_for_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="keying",
            constraint=models.UniqueConstraint(fields=("sheet", "by"), name="each_keys_a_sheet_once"),
        ),
        migrations.AddConstraint(
            model_name="tally",
            constraint=models.UniqueConstraint(fields=("group", "option"), name="one_tally_a_group_and_option"),
        ),
        migrations.AddConstraint(
            model_name="wayin",
            constraint=models.UniqueConstraint(fields=("decision", "way"), name="each_way_in_once"),
        ),
        migrations.AddConstraint(
            model_name="wayin",
            constraint=models.UniqueConstraint(
                condition=models.Q(("way__in", ["member", "list", "code"])),
                fields=("decision",),
                name="one_way_says_who_counts",
            ),
        ),
        migrations.AddConstraint(
            model_name="wayin",
            constraint=models.UniqueConstraint(
                condition=models.Q(("way__in", ["code", "vouched"])),
                fields=("decision",),
                name="nobody_vouches_beside_codes",
            ),
        ),
        migrations.AddConstraint(
            model_name="resulttie",
            constraint=models.UniqueConstraint(fields=("result", "n"), name="ties_in_order"),
        ),
        migrations.AddConstraint(
            model_name="resultoption",
            constraint=models.UniqueConstraint(fields=("result", "option"), name="one_fate_an_option"),
        ),
        migrations.AddConstraint(
            model_name="resultgroup",
            constraint=models.UniqueConstraint(fields=("result", "group"), name="one_effect_a_group"),
        ),
    ]
