"""Fill a development machine with a believable demo. Safe to run again: nothing is made twice."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from panel.account import handkept
from panel.demo import accounts, history, holdings, market, people, sharing
from panel.people.models import User


class Command(BaseCommand):
    """Brands, people, an account at each registrar's sandbox with everything that it holds, and a week of orders."""

    help = "Fill in the demo: brands, people, sandbox accounts, domains and orders. Needs DEMO=1 and the sandbox."

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError outside demo mode."""
        if not settings.DEMO:
            raise CommandError("Demo data are for demo mode only: set DEBUG=1 and DEMO=1.")
        brands = people.make_brands()
        customers = people.make_customers(brands)
        people.make_contacts(customers)
        staff = User.objects.get(email=people.STAFF)
        made = accounts.make_accounts()
        new = [account for account, created in made if created or account.catalogue_at is None]
        for account in new:
            holdings.read_catalogue(account)
            if handkept.keeps_by_hand(account):
                market.enter_costs(account, staff)
        first = made[0][0]
        # The first account comes last: its sandbox takes some seconds to carry out the past orders.
        ordered = history.register(first, customers) if first in new else []
        for account in reversed(new):
            if account == first:
                history.make_history(first, customers, ordered)
            holdings.import_everything(account)
            holdings.share_out(account, customers)
        sharing.lend_names(customers)
        market.make_market([account for account, _created in made], staff)
        if options["verbosity"] > 0:
            self.stdout.write("The demo is ready.")
