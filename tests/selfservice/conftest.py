"""People signed in on the customer pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

BACKEND = "panel.people.backends.BrandAuthenticationBackend"


@pytest.fixture
def signed_in() -> Callable[[Any], Client]:
    """`signed_in(user)`: a browser in which the person is signed in."""

    def sign_in(user: Any) -> Client:
        browser = Client()
        browser.force_login(user, backend=BACKEND)
        return browser

    return sign_in


@pytest.fixture
def own(signed_in: Callable[[Any], Client], owner: Any) -> Client:
    """The browser of the owner of `customer`."""
    return signed_in(owner)


@pytest.fixture
def stranger(make_customer: Callable[..., Any], make_user: Callable[..., Any], signed_in: Any) -> Client:
    """The browser of another customer's owner."""
    return signed_in(make_user("stranger@demo.test", customer=make_customer("Strange Ltd", money="50")))


@pytest.fixture
def colleague(make_user: Callable[..., Any], customer: Any, signed_in: Any) -> Client:
    """The browser of a read-only member of `customer`."""
    return signed_in(make_user("colleague@demo.test", customer=customer, role="reader"))


@pytest.fixture
def make_domain(registrar_account: Any, customer: Any, contact: Any) -> Callable[..., Any]:
    """`make_domain("name.com", status=...)`: a domain of `customer` in the mirror, owned by `contact`."""
    from dataclasses import asdict

    from panel.contact.models import ContactHandle, fingerprint
    from panel.domain.models import Domain, to_unicode

    content = contact.content()

    def make(name: str, **fields: Any) -> Any:
        handle, _created = ContactHandle.objects.get_or_create(
            account=registrar_account,
            handle="own-1",
            defaults={
                "fingerprint": fingerprint(content),
                "content": {**asdict(content), "type": "individual"},
            },
        )
        today = timezone.localdate()
        defaults: dict[str, Any] = {
            "unicode_name": to_unicode(name),
            "tld_name": name.partition(".")[2],
            "account": registrar_account,
            "customer": customer,
            "status": "active",
            "created_on": today - timedelta(days=300),
            "expires_on": today + timedelta(days=200),
            "owner": handle,
            "nameservers": ["ns1.parking.test", "ns2.parking.test"],
        }
        return Domain.objects.create(name=name, **{**defaults, **fields})

    return make


@pytest.fixture
def names(make_domain: Callable[..., Any], catalogue: Any) -> list[Any]:
    """Three names of the customer that can be changed and renewed."""
    today = timezone.localdate()
    return [
        make_domain(
            f"name-{number}.com", transfer_lock=False, whois_privacy=False, renewal_mode="manual",
            detailed_at=timezone.now(), expires_on=today + timedelta(days=40 - number * 10),
        )
        for number in range(3)
    ]  # fmt: skip
