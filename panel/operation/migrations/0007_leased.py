"""What is in a call now is asked for before each call: found by the end of its lease."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("operation", "0006_impersonator")]

    operations = [
        migrations.RemoveIndex(model_name="operation", name="operation_leased"),
        migrations.AddIndex(
            model_name="operation",
            index=models.Index(
                condition=models.Q(("lease_until__isnull", False)),
                fields=["lease_until"],
                name="operation_leased",
            ),
        ),
    ]
