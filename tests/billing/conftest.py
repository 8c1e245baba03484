"""Several accounts on the market, entered by hand: nothing of this calls a registrar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from panel.account.models import Account, Cost, Tld


@pytest.fixture
def make_account(db: None) -> Callable[..., Account]:
    """`make_account("Second", {"com": "9.00"}, currency="USD", state="paused")`, at nobody's address."""

    def make(label: str, costs: Mapping[str, str] = {}, **fields: Any) -> Account:
        values = {"family": "mrdomain", "endpoint": "http://127.0.0.1:9", "is_sandbox": True, **fields}
        account = Account.objects.create(label=label, **values)
        for name, amount in costs.items():
            tld = Tld.objects.create(account=account, name=name, parent=name, seen_at=timezone.now())
            for action in ("create", "renew", "transfer"):
                Cost.objects.create(
                    tld=tld,
                    action=action,
                    amount=Decimal(amount),
                    currency=account.currency,
                    years=[1, 2, 3],
                )
        return account

    return make


@pytest.fixture
def dollars(operator: Any) -> Any:
    """From yesterday on a dollar is worth 0.90 EUR."""
    from panel.billing.rates import set_rate

    return set_rate("USD", "EUR", Decimal("0.90"), timezone.now() - timedelta(days=1), None)
