"""Names with zones, at real sandboxes and in the mirror alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from panel.dns.models import Zone
from panel.domain.models import Domain
from tests.dns.zone_rows import NAME, kept

BACKEND = "panel.people.backends.BrandAuthenticationBackend"


@pytest.fixture
def signed_in() -> Callable[..., Client]:
    """`signed_in(user)`: a browser in which the person is signed in."""

    def sign_in(user: Any, **headers: str) -> Client:
        browser = Client(**headers)
        browser.force_login(user, backend=BACKEND)
        return browser

    return sign_in


@pytest.fixture
def own(signed_in: Callable[..., Client], owner: Any) -> Client:
    """The browser of the owner of `customer`."""
    return signed_in(owner)


@pytest.fixture
def reader(make_user: Callable[..., Any], customer: Any, signed_in: Any) -> Client:
    """The browser of a member of `customer` who may only look."""
    return signed_in(make_user("reader@demo.test", customer=customer, role="reader"))


@pytest.fixture
def stage(sandbox: Any, customer: Any, contact: Any) -> Any:
    """A customer with names at any of the four registrars."""
    from tests.operation.stage import Stage

    return Stage(sandbox, customer, contact)


@pytest.fixture
def domain(make_name: Callable[..., Domain]) -> Domain:
    """A name of the customer, in the mirror alone."""
    return make_name(NAME)


@pytest.fixture
def make_name(customer: Any, operator: Any) -> Callable[..., Domain]:
    """`make_name("lamps.example", family="namecom")`: a name of the customer that no registrar is asked about."""
    from panel.account.models import Account

    def make(name: str, *, family: str = "mrdomain", **fields: Any) -> Domain:
        account, _made = Account.objects.get_or_create(
            label=f"{family} of nowhere",
            defaults={
                "family": family,
                "endpoint": "http://127.0.0.1:9/",
                "is_sandbox": True,
                "credentials": {},
            },
        )
        defaults = {
            "unicode_name": name, "tld_name": name.partition(".")[2], "account": account, "customer": customer,
            "status": "active", "nameservers": ["ns1.mrdomain.com"],
        }  # fmt: skip
        return Domain.objects.create(name=name, **{**defaults, **fields})

    return make


@pytest.fixture
def zone(domain: Domain) -> Zone:
    """Its zone, as it was read: a website, mail and a text."""
    return kept(domain)
