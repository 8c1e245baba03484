"""One panel, four registrars: an account of each on the sandbox, with something to sell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from tests.conftest import control


@dataclass(frozen=True)
class Place:
    """Where a registrar is imitated, what opens it, and what it calls a registration."""

    path: str
    credentials: dict[str, str]
    tld: str
    action: str
    currency: str = "EUR"


PLACES = {
    "mrdomain": Place("", {"apiuser": "demo", "apipasswd": "demo"}, "com", "domain/create"),
    "netim": Place("/2.0/", {"reseller": "DEMO01", "password": "demo"}, "com", "domainCreate"),
    "bookmyname": Place("/apis.cgi", {"dist_id": "13490", "dist_passwd": "demo"}, "com", "domain_create"),
    "namecom": Place("/api", {"username": "demo-ote", "api_token": "demo"}, "com", "domain/create", "USD"),
}


@pytest.fixture
def make_account(db: None, sandbox: Any) -> Callable[..., Any]:
    """`make_account("netim", cost="8.00")`: an account that sells .com."""
    from panel.account.models import Account, Cost, Tld

    def make(family: str, *, cost: str = "10.00", tld: str = "com", **fields: Any) -> Any:
        place = PLACES[family]
        account = Account.objects.create(
            label=f"{family} sandbox",
            family=family,
            endpoint=sandbox.url(family) + place.path,
            is_sandbox=True,
            credentials=place.credentials,
            currency=place.currency,
            **fields,
        )
        row = Tld.objects.create(account=account, name=tld, parent=tld, seen_at=timezone.now())
        for action in ("create", "renew", "transfer"):
            Cost.objects.create(
                tld=row, action=action, amount=Decimal(cost), currency=place.currency, years=[1, 2, 3]
            )
        return account

    return make


@pytest.fixture
def dollars(db: None) -> None:
    """What a dollar is worth."""
    from panel.billing.models import ExchangeRate

    ExchangeRate.objects.create(source="USD", target="EUR", rate=Decimal("0.90"), since=timezone.now())


@pytest.fixture
def effects(sandbox: Any) -> Callable[..., list[dict[str, Any]]]:
    """`effects("netim", "harbor.com")`: registrations of a name that really took effect at a registrar."""

    def read(family: str, name: str) -> list[dict[str, Any]]:
        journal = control(sandbox, "GET", "/journal")["journal"]
        action = PLACES[family].action
        return [
            row for row in journal if (row["family"], row["action"], row["subject"]) == (family, action, name)
        ]

    return read


@pytest.fixture
def settle(sandbox: Any) -> Callable[[], None]:
    """Everything pending at the registrars succeeds now."""
    return lambda: control(sandbox, "POST", "/settle")


@pytest.fixture
def order_name(customer: Any, owner: Any, contact: Any) -> Callable[..., Any]:
    """`order_name("example-harbor.com")` puts the name through a real checkout and returns its operation."""
    from panel.access.actor import actor_for
    from panel.billing.models import Cart, CartLine
    from panel.domain.checkout import checkout, review

    def order(name: str, *, years: int = 1) -> Any:
        actor = actor_for(owner, customer.brand)
        assert actor is not None
        cart, _created = Cart.objects.get_or_create(customer=customer)
        cart.registrant = contact
        cart.save()
        CartLine.objects.create(cart=cart, name=name, tld_name=name.partition(".")[2], years=years)
        placed = checkout(actor, cart, checkout_key=f"key-{name}", expected_total=review(actor, cart).total)
        return placed.lines.get(name=name).operation

    return order
