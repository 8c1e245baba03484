"""The base of every model."""

from datetime import datetime
from typing import Any

from django.db import connection, models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.dateparse import parse_datetime


class DatabaseTimeField(models.DateTimeField):
    """A moment that is written by the database's clock: machines agree on it, however wrong their own clocks are.

    With auto_now or auto_now_add. What the row in memory holds until it is read again is the machine's own time.
    """

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """The database's now, where the field is set by itself."""
        if not (self.auto_now or (self.auto_now_add and add)):
            return super().pre_save(model_instance, add)
        setattr(model_instance, self.attname, timezone.now())
        return Now()

    def deconstruct(self) -> Any:
        """As what it is in the database."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.DateTimeField", args, kwargs


class TimeStampedModel(models.Model):
    """Rows that know when they were made and last changed (UTC)."""

    created_at = DatabaseTimeField(auto_now_add=True)
    updated_at = DatabaseTimeField(auto_now=True)

    class Meta:
        abstract = True


def database_now() -> datetime:
    """The time by the database's clock (aware, UTC)."""
    if connection.vendor == "sqlite":
        query = "SELECT STRFTIME('%%Y-%%m-%%d %%H:%%M:%%f', 'NOW') || '+00:00'"
    else:
        query = "SELECT STATEMENT_TIMESTAMP()"
    with connection.cursor() as cursor:
        cursor.execute(query, [])
        (found,) = cursor.fetchone()
    moment = parse_datetime(found) if isinstance(found, str) else found
    assert isinstance(moment, datetime)
    return moment
