"""Print what each registrar can do, as docs/registrars/matrix.md holds it."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from registrar import matrix

PAGE = settings.BASE_DIR / "docs" / "registrars" / "matrix.md"


class Command(BaseCommand):
    """`manage.py capability_matrix [--check | --write]`"""

    help = "Print the matrix of what each registrar can do, from the families' capability tables."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--check", action="store_true", help="fail when docs/registrars/matrix.md is stale")
        what.add_argument("--write", action="store_true", help="write docs/registrars/matrix.md")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError when the page is stale."""
        page = matrix.markdown()
        if options["write"]:
            PAGE.write_text(page, encoding="utf-8")
        elif not options["check"]:
            self.stdout.write(page, ending="")
        elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page:
            raise CommandError(f"{PAGE.name} is stale: run manage.py capability_matrix --write")
