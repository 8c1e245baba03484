"""The brand Alder Hosting with a runner, a customer, names and prices."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

BACKEND = "panel.people.backends.BrandAuthenticationBackend"


@pytest.fixture
def rowan(alder: Any, make_customer: Any) -> Any:
    """A customer of the brand."""
    return make_customer("Rowan Books", brand=alder, money="210.00")


@pytest.fixture
def runner(alder: Any, make_user: Any) -> Any:
    """Who runs the brand."""
    return make_user("runner@demo.test", brand=alder)


@pytest.fixture
def brand_client(runner: Any) -> Client:
    """A browser of the runner on the brand's host."""
    client = Client(headers={"host": "alder.localhost"})
    client.force_login(runner, backend=BACKEND)
    return client


@pytest.fixture
def make_domain(registrar_account: Any) -> Any:
    """`make_domain("rowan.com", customer)`"""
    from panel.domain.models import Domain

    def make(name: str, customer: Any, *, days: int = 200) -> Any:
        return Domain.objects.create(
            name=name,
            unicode_name=name,
            tld_name=name.rpartition(".")[2],
            account=registrar_account,
            customer=customer,
            status="active",
            expires_on=timezone.localdate() + timedelta(days=days),
        )

    return make
