"""A brand's customer walks through every page: nothing of the operator, nothing of the registrar."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from panel.access.actor import actor_for
from panel.billing.models import Cart, CartLine
from panel.contact.models import Contact
from panel.domain.checkout import checkout, review
from panel.domain.models import Domain
from panel.domain.search import start_search
from panel.operation.models import Operation

BACKEND = "panel.people.backends.BrandAuthenticationBackend"
HOST = {"host": "alder.localhost"}
# Words that name the operator or whoever stands behind it.
FORBIDDEN = re.compile(
    r"nameward|mrdomain|dondominio|netim|bookmyname|namecom|simple-api|sandbox|apiuser|127\.0\.0\.1:\d|registrar_account",
    re.I,
)


@pytest.fixture
def shopper(
    alder: Any,
    make_customer: Any,
    make_user: Any,
    catalogue: Any,
    run_due: Callable[..., int],
    sandbox: Any,
) -> dict[str, Any]:
    """A customer of the brand with a bought name, another under way, a full cart, contacts and a search."""
    customer = make_customer("Rowan Books", brand=alder, money="300.00")
    user = make_user("rowan@demo.test", customer=customer)
    contact = Contact.objects.create(
        customer=customer,
        first_name="Ada",
        last_name="Rowan",
        identification="12345678Z",
        email="ada@rowan.test",
        phone="+34.600123456",
        address="Calle Mayor 1",
        postal_code="28013",
        city="Madrid",
        state="Madrid",
        country="ES",
    )
    actor = actor_for(user, alder)
    assert actor is not None
    cart = Cart.objects.create(customer=customer, registrant=contact)
    for name in ("calm-rowan.com", "calm-rowan.fr"):
        CartLine.objects.create(cart=cart, name=name, tld_name=name.rpartition(".")[2])
    order = checkout(actor, cart, checkout_key="walk-1", expected_total=review(actor, cart).total)
    for _ in range(6):
        run_due(hurry=True)
    CartLine.objects.create(cart=cart, name="calm-rowan.net", tld_name="net")
    search = start_search(actor, "lighthouse", language="en")
    return {
        "user": user,
        "contact": contact,
        "order": order,
        "search": search,
        "operation": Operation.objects.filter(customer=customer).first(),
        "domain": Domain.objects.filter(customer=customer).first(),
    }


def addresses(shopper: dict[str, Any]) -> list[str]:
    """Every address of a brand's host that a customer can reach, with the shopper's own things in it."""
    things = {"contacts": "contact", "operations": "operation", "search": "search", "orders": "order"}
    found = []
    for path in _paths(get_resolver("panel.urls_brand"), ""):
        if path.startswith(("styleguide", "brand/", "metrics", "readyz")):
            continue
        path = path.replace("<str:name>", shopper["domain"].name if shopper["domain"] else "none.test")
        noun = things.get(path.partition("/")[0])
        if noun and "<slug:public_id>" in path:
            path = path.replace("<slug:public_id>", shopper[noun].public_id)
        if "<" not in path and "^" not in path:
            found.append("/" + path)
    return found


def _paths(resolver: URLResolver, prefix: str) -> list[str]:
    paths: list[str] = []
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        paths += _paths(entry, path) if isinstance(entry, URLResolver) else [path]
        assert isinstance(entry, URLResolver | URLPattern)
    return paths


def test_no_page_of_a_brand_names_the_operator_or_the_registrar(shopper: dict[str, Any]) -> None:
    client = Client(headers=HOST)
    client.force_login(shopper["user"], backend=BACKEND)
    client.post("/accounts/reauthenticate/?next=/accounts/2fa/", {"password": "nameward-demo"})
    seen, told = [], {}

    for address in addresses(shopper):
        if address in ("/accounts/logout/",):
            continue
        response = client.get(address, follow=True)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        text = body.decode()
        seen.append((address, response.status_code))
        words = set(FORBIDDEN.findall(text))
        if words:
            told[address] = words
        headers = f"{dict(response.headers)} {response.cookies.output()}"
        if FORBIDDEN.search(headers):
            told[f"{address} (headers)"] = set(FORBIDDEN.findall(headers))

    assert told == {}
    pages = {address for address, status in seen if status == 200}
    assert {
        "/domains/",
        "/contacts/",
        "/orders/",
        "/wallet/",
        "/cart/",
        "/search/",
        "/accounts/2fa/",
    } <= pages
    assert any(address.startswith("/domains/") and len(address) > 9 for address in pages)
    assert not [address for address, status in seen if status >= 500]


def test_pages_without_a_session_and_error_pages_do_not_name_them_either(alder: Any) -> None:
    client = Client(headers=HOST)
    for address in (
        "/accounts/login/",
        "/accounts/password/reset/",
        "/accounts/signup/",
        "/nothing/",
        "/theme.css",
    ):
        text = client.get(address).content.decode()

        assert not FORBIDDEN.search(text), address


def test_spreadsheets_do_not_name_them_either(shopper: dict[str, Any]) -> None:
    client = Client(headers=HOST)
    client.force_login(shopper["user"], backend=BACKEND)

    for address in ("/domains/", "/contacts/", "/orders/", "/wallet/"):
        response = client.get(address, {"format": "csv"})
        body = b"".join(response.streaming_content) if response.streaming else response.content

        assert not FORBIDDEN.search(body.decode()), address


def test_mails_of_a_brand_do_not_name_them_either(shopper: dict[str, Any]) -> None:
    Client(headers=HOST).post("/accounts/password/reset/", {"email": "rowan@demo.test"})

    (message,) = mail.outbox
    assert not FORBIDDEN.search(f"{message.subject} {message.from_email} {message.body}")
