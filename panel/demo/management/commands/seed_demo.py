"""Fill a development machine with a believable demo. Safe to run again: nothing is made twice."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from panel.demo import history, holdings, people


class Command(BaseCommand):
    """Brands, people, an account on the sandbox with everything that it holds, and a week of orders."""

    help = "Fill in the demo: brands, people, a sandbox account, domains and orders. Needs DEMO=1 and the sandbox."

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError outside demo mode."""
        if not settings.DEMO:
            raise CommandError("Demo data are for demo mode only: set DEBUG=1 and DEMO=1.")
        brands = people.make_brands()
        customers = people.make_customers(brands)
        people.make_contacts(customers)
        account, created = holdings.make_account()
        if created or account.catalogue_at is None:
            holdings.read_catalogue(account)
            history.make_history(account, customers)
            holdings.import_everything(account)
            holdings.share_out(account, customers)
        if options["verbosity"] > 0:
            self.stdout.write("The demo is ready.")
