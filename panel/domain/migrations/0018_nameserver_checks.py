"""What nameservers were asked, and what they said."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import deletion


class Migration(migrations.Migration):
    dependencies = [
        ("domain", "0017_departures"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NameserverCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "purpose",
                    models.CharField(
                        choices=[("served", "What is served"), ("proposed", "Servers that are proposed")], max_length=10
                    ),
                ),
                ("sets", models.JSONField(default=list)),
                (
                    "about",
                    models.CharField(
                        blank=True, help_text="what the question is about, for who asked it", max_length=64
                    ),
                ),
                (
                    "zone_check",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not offered"),
                            ("pending", "Being asked"),
                            ("passed", "Passed"),
                            ("failed", "Not passed"),
                            ("silent", "No answer"),
                        ],
                        max_length=8,
                    ),
                ),
                ("zone_report", models.TextField(blank=True, help_text="the registrar's own words, for staff")),
                (
                    "woken_at",
                    models.DateTimeField(blank=True, help_text="when a worker was last asked to ask", null=True),
                ),
                ("busy_until", models.DateTimeField(blank=True, help_text="a worker is asking until then", null=True)),
                (
                    "actor",
                    models.ForeignKey(
                        null=True, on_delete=deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "domain",
                    models.ForeignKey(
                        on_delete=deletion.CASCADE, related_name="nameserver_checks", to="domain.domain"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NameserverAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("server", models.CharField(max_length=253)),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "Being asked"),
                            ("new", "Serves the new data"),
                            ("old", "Still serves the old data"),
                            ("partly", "Serves a part of the new data"),
                            ("other", "Serves something else"),
                            ("serves", "Answers for the name"),
                            ("refused", "Does not have the zone"),
                            ("silent", "Does not answer"),
                            ("unknown", "Has no address"),
                            ("private", "Has no public address"),
                        ],
                        default="pending",
                        max_length=8,
                    ),
                ),
                ("sets", models.JSONField(default=list)),
                ("asked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "check_row",
                    models.ForeignKey(
                        on_delete=deletion.CASCADE, related_name="answers", to="domain.nameservercheck"
                    ),
                ),
            ],
            options={"ordering": ["position"]},
        ),
        migrations.AddConstraint(
            model_name="nameservercheck",
            constraint=models.UniqueConstraint(fields=("domain", "purpose"), name="nameserver_check_once"),
        ),
        migrations.AddConstraint(
            model_name="nameserveranswer",
            constraint=models.UniqueConstraint(fields=("check_row", "server"), name="nameserver_asked_once"),
        ),
    ]
