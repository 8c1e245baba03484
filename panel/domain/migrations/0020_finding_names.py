from django.db import migrations, models

from panel.domain.name_index import drop_indexes, make_indexes


def make(apps, schema_editor):
    """The indexes of parts of names, where the database lets us."""
    make_indexes(schema_editor.connection)


def drop(apps, schema_editor):
    drop_indexes(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("domain", "0019_self_renewals")]

    operations = [
        migrations.AddIndex(
            model_name="domain",
            index=models.Index(fields=["customer", "tld_name"], name="domain_customer_tld"),
        ),
        migrations.AddIndex(
            model_name="domain",
            index=models.Index(fields=["customer", "status"], name="domain_customer_status"),
        ),
        migrations.AddIndex(model_name="domain", index=models.Index(fields=["tld_name"], name="domain_tld")),
        migrations.AddIndex(model_name="domain", index=models.Index(fields=["status"], name="domain_status")),
        migrations.RunPython(make, drop),
    ]
