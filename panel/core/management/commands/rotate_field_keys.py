"""`manage.py rotate_field_keys`: put every encrypted value under the first key of FIELD_KEYS."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from panel.core.encryption import DecryptionFailed
from panel.core.rotation import rotate_all


class Command(BaseCommand):
    """Safe to run while the panel works, and to run again."""

    help = (
        "Puts every encrypted value under the first key of FIELD_KEYS. "
        "Put the new key first, restart, run this, then take the old key away."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = rotate_all()
        except DecryptionFailed as error:
            raise CommandError(
                f"{error}. Keep the key that is missing until this command has run."
            ) from error
        for place, number in done.items():
            self.stdout.write(f"{place}: {number} renewed")
