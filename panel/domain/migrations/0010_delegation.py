import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("domain", "0009_bulk")]

    operations = [
        migrations.AddField(
            model_name="domain",
            name="signed",
            field=models.BooleanField(help_text="whether the zone is signed; null: not known", null=True),
        ),
        migrations.AddField(
            model_name="domain",
            name="hosts_zone",
            field=models.BooleanField(help_text="whether the registrar serves the zone", null=True),
        ),
        migrations.AddField(
            model_name="domain",
            name="delegation_read_at",
            field=models.DateTimeField(blank=True, help_text="when keys and hosts were last read", null=True),
        ),
        migrations.CreateModel(
            name="GlueRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="the host as A-labels, such as ns1.example.com", max_length=253
                    ),
                ),
                ("addresses", models.JSONField(default=list)),
                (
                    "domain",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="glue_records",
                        to="domain.domain",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [models.UniqueConstraint(fields=("domain", "name"), name="glue_record_once")],
            },
        ),
        migrations.CreateModel(
            name="Publicity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("whois", models.TextField(blank=True)),
                ("history", models.JSONField(default=list)),
                ("read_at", models.DateTimeField()),
                (
                    "domain",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="publicity",
                        to="domain.domain",
                    ),
                ),
            ],
            options={"verbose_name_plural": "publicity"},
        ),
    ]
