"""A back office with something in it: account, domains, an order, operations of many states."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from panel.operation.models import Operation

BACKEND = "panel.people.backends.BrandAuthenticationBackend"


def sign_in(user: Any, **headers: str) -> Client:
    client = Client(**headers)
    client.force_login(user, backend=BACKEND)
    return client


@pytest.fixture
def office(staff: Any) -> Client:
    """A member of the staff, signed in on the operator's host."""
    return sign_in(staff)


@pytest.fixture
def make_operation(registrar_account: Any, customer: Any) -> Callable[..., Operation]:
    """`make_operation("attention", name="example.com", price="10.00")`, its state set by hand."""

    def make(state: str = "queued", *, name: str = "", **fields: Any) -> Operation:
        number = Operation.objects.count()
        name = name or f"name-{number}.com"
        final = state in ("succeeded", "failed", "cancelled")
        return Operation.objects.create(
            kind=fields.pop("kind", "domain.create"),
            subject=f"domain:{name}",
            label=name,
            state=state,
            account=registrar_account,
            customer=fields.pop("customer", customer),
            brand=customer.brand,
            intent_key=f"test:{number}:{name}",
            payload={
                "years": 1,
                "nameservers": [],
                "tld": "com",
                "owner": "ABC-1",
                "premium": False,
                "extra": {},
            },
            secrets={"extra": {"password": "never-to-be-seen"}},
            finished_at=timezone.now() if final else None,
            next_check_at=None if final else timezone.now(),
            **fields,
        )

    return make


@pytest.fixture
def make_domains(registrar_account: Any) -> Callable[..., list[Any]]:
    """`make_domains(3, customer=...)`: name-0.com and so on."""
    from panel.domain.models import Domain

    def make(count: int, *, customer: Any = None, prefix: str = "held") -> list[Any]:
        return Domain.objects.bulk_create(
            Domain(
                name=f"{prefix}-{number}.com",
                unicode_name=f"{prefix}-{number}.com",
                tld_name="com",
                account=registrar_account,
                customer=customer,
                status="active",
            )
            for number in range(count)
        )

    return make


@pytest.fixture
def held_money() -> Callable[[Operation], None]:
    """Reserve an operation's price, as a checkout does."""
    from panel.billing import ledger

    return lambda operation: ledger.hold(operation) and None
