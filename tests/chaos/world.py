"""The panel at the beginning of a run: accounts at four registrars, something to sell, customers with money."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.chaos.plan import CUSTOMERS, PLACES, POOR, letters

CREDIT_LINE = Decimal(60)


def build(sandbox_port: int) -> None:
    """Everything that traffic needs, in an empty database."""
    from django.utils import timezone

    from panel.account.models import Account, Cost, Tld
    from panel.billing import ledger
    from panel.billing.models import ExchangeRate
    from panel.brand.services import operator_brand
    from panel.people.models import Customer, Membership, User

    now = timezone.now()
    ExchangeRate.objects.create(source="USD", target="EUR", rate=Decimal("0.90"), since=now)
    for number, (family, place) in enumerate(PLACES.items()):
        account = Account.objects.create(
            label=f"{family} sandbox",
            family=family,
            endpoint=f"http://127.0.0.1:{sandbox_port + place.offset}{place.path}",
            is_sandbox=True,
            credentials=place.credentials,
            currency=place.currency,
        )
        for tld in place.tlds:
            row = Tld.objects.create(account=account, name=tld, parent=tld, seen_at=now)
            for action in ("create", "renew", "transfer"):
                Cost.objects.create(
                    tld=row,
                    action=action,
                    amount=Decimal(8 + number),
                    currency=place.currency,
                    years=[1, 2, 3],
                )
    brand = operator_brand()
    for number in range(CUSTOMERS):
        poor = number >= CUSTOMERS - POOR
        customer = Customer.objects.create(
            brand=brand, name=f"Customer {letters(number)}", email=f"customer-{number}@chaos.test"
        )
        user = User.objects.create(email=f"customer-{number}@chaos.test", name=f"Customer {number}")
        Membership.objects.create(user=user, customer=customer, role="owner")
        ledger.top_up(customer, Decimal(300 if poor else 1_000_000), reason="at the beginning", actor=None)
        if poor:
            ledger.set_credit_line(customer, CREDIT_LINE)


def registrant(customer: Any, number: int) -> Any:
    """The contact `number` of a customer, whose e-mail address no other contact has."""
    from panel.contact.models import Contact

    contact, _created = Contact.objects.get_or_create(
        customer=customer,
        email=f"person-{number}@chaos.test",
        defaults={
            "first_name": "Ada", "last_name": f"Morel {letters(number)}", "identification": "12345678Z",
            "phone": "+34.600123456", "address": "Calle Mayor 1", "postal_code": "28013", "city": "Madrid",
            "state": "Madrid", "country": "ES",
        },
    )  # fmt: skip
    return contact


def count_open() -> int:
    """How many operations go on by themselves, without those that wait for a person or for what does."""
    from panel.operation.models import Operation
    from panel.operation.states import OPEN, State

    rows = Operation.objects.filter(state__in=OPEN - {State.ATTENTION})
    return rows.exclude(state=State.PLANNED, depends_on__state=State.ATTENTION).count()
