import hashlib
from datetime import datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def keep_lines(apps, schema_editor):
    """What registrars wrote down becomes rows of its own."""
    line = apps.get_model("domain", "RegistrarLine")
    for known in apps.get_model("domain", "Publicity").objects.iterator(chunk_size=100):
        rows = []
        for entry in known.history:
            told = "\n".join((entry["at"], entry["title"], entry["message"], entry["user"]))
            mark = hashlib.blake2s(told.encode(errors="replace"), digest_size=16).hexdigest()
            rows.append(
                line(
                    domain_id=known.domain_id,
                    at=datetime.fromisoformat(entry["at"]),
                    title=entry["title"],
                    message=entry["message"],
                    who=entry["user"],
                    mark=mark,
                )
            )
        line.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [
        ("domain", "0015_bulk_owner_and_tags"),
        ("people", "0003_new_names_renew"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Assignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "domain",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assignments",
                        to="domain.domain",
                    ),
                ),
                (
                    "giver",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.customer",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "taker",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.customer",
                    ),
                ),
            ],
            options={"ordering": ["-pk"]},
        ),
        migrations.CreateModel(
            name="RegistrarLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("title", models.TextField(blank=True)),
                ("message", models.TextField(blank=True)),
                ("who", models.TextField(blank=True, help_text="the user at the registrar")),
                (
                    "address",
                    models.CharField(
                        blank=True, help_text="from where, as the registrar wrote it", max_length=45
                    ),
                ),
                (
                    "mark",
                    models.CharField(
                        help_text="the same for the same line, however often it is read", max_length=32
                    ),
                ),
                (
                    "domain",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="registrar_lines",
                        to="domain.domain",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "indexes": [models.Index(fields=["domain", "-at"], name="registrar_line_at")],
                "constraints": [
                    models.UniqueConstraint(fields=("domain", "mark"), name="registrar_line_once")
                ],
            },
        ),
        migrations.RunPython(keep_lines, migrations.RunPython.noop),
        migrations.RemoveField(model_name="publicity", name="history"),
    ]
