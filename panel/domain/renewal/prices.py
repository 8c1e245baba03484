"""What it costs the customers of a brand to keep names, where they are: read once for a page, whatever it lists."""

from __future__ import annotations

from decimal import Decimal

from panel.account.models import Account
from panel.billing.pricing import PriceBook


class RenewalPrices:
    """Prices of a brand's `book` in its `currency`; None where nobody can buy it.

    `at` is the only account that will be asked for, where somebody has it already.
    """

    def __init__(self, book: PriceBook, *, at: Account | None = None) -> None:
        self._book, self._at = book, at
        self._known: dict[tuple[str, int, str], Decimal | None] = {}
        self.currency = self._book.price_list.currency

    def renewal(self, tld_name: str, account_pk: int) -> Decimal | None:
        """The shortest renewal, mostly a year, at the account that holds the name."""
        return self._price(tld_name, account_pk, "renew")

    def restore(self, tld_name: str, account_pk: int) -> Decimal | None:
        """Bringing a deleted name back, there."""
        return self._price(tld_name, account_pk, "restore")

    def _price(self, tld_name: str, account_pk: int, action: str) -> Decimal | None:
        key = (tld_name, account_pk, action)
        if key not in self._known:
            account = self._at or self._book.market.accounts.get(account_pk)
            quote = self._book.quote(tld_name, action, account=account) if account else None
            sold = quote is not None and quote.sellable
            self._known[key] = quote.total(min(quote.years)) if quote is not None and sold else None
        return self._known[key]
