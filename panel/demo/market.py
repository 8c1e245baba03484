"""What the demo's staff entered by hand: costs that two registrars do not tell, a rate, and which account does what."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from panel.account import cost_list, handkept, preferences
from panel.account.models import Account, Preference
from panel.billing.models import ExchangeRate
from panel.billing.rates import set_rate
from panel.people.models import User
from registrar.market import Stance

# tld,create,renew,transfer,years and, where it is sold, privacy, in the account's currency, made up for the demo.
COSTS = {
    "bookmyname": """
info,5.00,5.00,5.00,1-10
biz,5.00,5.00,5.00,1-10
mobi,10.00,10.00,10.00,1-10
name,5.00,5.00,5.00,1-10
eu,5.00,5.00,5.00,1-10
be,5.00,5.00,5.00,1-10
""",
    "namecom": """
io,33.99,41.99,,1-10,3.99
me,5.99,19.99,,1-10,3.99
tv,31.99,34.99,,1-10,3.99
cc,12.99,14.99,,1-10,3.99
xyz,1.99,12.99,,1-10,3.99
club,9.99,13.99,,1-10,3.99
guru,24.99,29.99,,1-10,3.99
ninja,14.99,18.99,,1-10,3.99
""",
}
DOLLAR = Decimal("0.92")
PREFERRED = {
    "mrdomain": ("com", "net", "org", "fr", "es"),
    "netim": ("eu", "be", "it", "nl"),
    "bookmyname": ("info", "biz"),
    "namecom": ("io", "me", "tv"),
}
# The names that most customers buy stay with one registrar, whatever happens.
NEVER = {"netim": ("com", "net", "org", "fr", "es")}


def enter_costs(account: Account, staff: User) -> None:
    """The cost list of an account whose registrar tells none."""
    lines = cost_list.preview(COSTS[account.family], account)
    handkept.keep(account, [line.entry for line in lines if line.entry is not None], staff)


def make_market(accounts: list[Account], staff: User) -> None:
    """A rate and preferences, unless staff have set their own since."""
    if not ExchangeRate.objects.exists():
        set_rate("USD", "EUR", DOLLAR, timezone.now() - timedelta(days=12), staff)
    if Preference.objects.exists():
        return
    wishes: dict[str, dict[int, Stance]] = {}
    for account in accounts:
        for stance, table in ((Stance.PREFER, PREFERRED), (Stance.NEVER, NEVER)):
            for tld_name in table.get(account.family, ()):
                wishes.setdefault(tld_name, {})[account.pk] = stance
    for tld_name, stances in wishes.items():
        preferences.wish(tld_name, stances, staff)
