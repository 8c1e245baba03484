from django.db import migrations

from panel.domain.name_index import make_indexes


def make(apps, schema_editor):
    """The indexes of parts of names that hold most names once, in the place of one that held them twice."""
    make_indexes(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("domain", "0021_bulk_of_brands")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
