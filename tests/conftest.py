"""Shared fixtures: brands, people, registrar accounts on a real sandbox, and an engine that is run by hand."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest

LOOPBACK = ("127.", "::1", "localhost")


def pytest_collection_finish() -> None:
    """As in every process of the product: what is loaded by now stays for as long as the tests run."""
    from panel.core import heap

    heap.set_aside()


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reaches anything outside this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not str(address[0]).startswith(LOOPBACK):
            raise AssertionError(f"a test tried to reach {address}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def _sandbox_server() -> Iterator[Any]:
    from registrar.sandbox import start

    server = start(base_port=0, seed=1)
    yield server
    server.stop()


@pytest.fixture
def sandbox(_sandbox_server: Any) -> Iterator[Any]:
    """The registrars' sandbox on real HTTP, freshly reset."""
    control(_sandbox_server, "POST", "/reset", {"seed": 1})
    yield _sandbox_server
    control(_sandbox_server, "DELETE", "/faults")


def control(server: Any, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
    """Call the sandbox's control port."""
    import requests

    response = requests.request(method, server.control_url.rstrip("/") + path, json=body, timeout=10)
    assert response.ok, response.text
    return response.json() if response.content else None


@pytest.fixture
def operator(db: None) -> Any:
    """The operator's brand."""
    from panel.brand.services import operator_brand

    return operator_brand()


@pytest.fixture
def alder(db: None) -> Any:
    """A white-label brand on alder.localhost."""
    from panel.brand.models import Brand, BrandHost

    brand = Brand.objects.create(
        name="Alder Hosting", slug="alder", monogram="A", support_email="help@alder.test", hue=150, chroma=12
    )
    BrandHost.objects.create(brand=brand, name="alder.localhost")
    return brand


@pytest.fixture
def make_customer(operator: Any) -> Callable[..., Any]:
    """`make_customer("Ada", brand=..., money="100.00")`"""
    from panel.billing import ledger
    from panel.people.models import Customer

    def make(name: str, *, brand: Any = None, money: str = "0") -> Any:
        slug = name.lower().replace(" ", "-")
        customer = Customer.objects.create(brand=brand or operator, name=name, email=f"{slug}@customers.test")
        if Decimal(money):
            ledger.top_up(customer, Decimal(money), reason="for the test", actor=None)
        return customer

    return make


@pytest.fixture
def make_user(operator: Any) -> Callable[..., Any]:
    """`make_user("ada@demo.test", customer=..., role="owner", staff=False, brand=...)`, password nameward-demo."""
    from panel.people.models import BrandMembership, Membership, User

    def make(
        email: str, *, customer: Any = None, role: str = "owner", staff: bool = False, brand: Any = None
    ) -> Any:
        user = User.objects.create_user(
            email, "nameward-demo", name=email.partition("@")[0].title(), is_staff=staff
        )
        if customer is not None:
            Membership.objects.create(user=user, customer=customer, role=role)
        if brand is not None:
            BrandMembership.objects.create(user=user, brand=brand)
        return user

    return make


@pytest.fixture
def customer(make_customer: Callable[..., Any]) -> Any:
    """A customer of the operator's brand with 500.00 EUR in the wallet."""
    return make_customer("Cedar Studio", money="500.00")


@pytest.fixture
def owner(make_user: Callable[..., Any], customer: Any) -> Any:
    """The owner of `customer`."""
    return make_user("owner@demo.test", customer=customer)


@pytest.fixture
def staff(make_user: Callable[..., Any]) -> Any:
    """A member of the operator's staff."""
    return make_user("staff@demo.test", staff=True)


@pytest.fixture
def registrar_account(db: None, sandbox: Any) -> Any:
    """A MrDomain account on the sandbox."""
    from panel.account.models import Account

    return Account.objects.create(
        label="MrDomain sandbox",
        family="mrdomain",
        endpoint=sandbox.mrdomain_url,
        is_sandbox=True,
        credentials={"apiuser": "demo", "apipasswd": "demo"},
        balance=Decimal(5000),
    )


@pytest.fixture
def catalogue(registrar_account: Any) -> Any:
    """Extensions and costs of the account, without a call: .com 10, .fr 8, .es 6, .madrid 30 EUR a year."""
    from django.utils import timezone

    from panel.account.models import Cost, Tld

    for name, amount in {
        "com": "10.00",
        "net": "11.00",
        "fr": "8.00",
        "es": "6.00",
        "madrid": "30.00",
    }.items():
        tld = Tld.objects.create(account=registrar_account, name=name, parent=name, seen_at=timezone.now())
        for action in ("create", "renew", "transfer"):
            Cost.objects.create(
                tld=tld, action=action, amount=Decimal(amount), currency="EUR", years=[1, 2, 3, 4, 5]
            )
    return registrar_account


@pytest.fixture
def contact(customer: Any) -> Any:
    """A person in the customer's contact book."""
    from panel.contact.models import Contact

    return Contact.objects.create(
        customer=customer,
        first_name="Ada",
        last_name="Morel",
        identification="12345678Z",
        email="ada@cedar.test",
        phone="+34.600123456",
        address="Calle Mayor 1",
        postal_code="28013",
        city="Madrid",
        state="Madrid",
        country="ES",
    )


@pytest.fixture
def run_due() -> Callable[..., int]:
    """Run every due operation once, as the workers would; `hurry` makes everything open due at once."""
    from django.db.models.functions import Now

    from panel.operation import engine
    from panel.operation.handing import hold_back, next_in_line
    from panel.operation.models import Operation
    from panel.operation.sweep import release_planned

    def run(*, hurry: bool = False) -> int:
        release_planned()
        waiting = Operation.objects.filter(state__in=["queued", "waiting", "unknown"])
        waiting.update(woken_at=None)
        if hurry:
            waiting.update(next_check_at=Now())
        hold_back()
        line = next_in_line(most=10_000)
        for operation_id, _lane in line:
            engine.run(operation_id)
        return len(line)

    return run


@pytest.fixture
def settle(sandbox: Any, run_due: Callable[..., int]) -> Callable[[], None]:
    """Let workers and registrars come to rest."""

    def rest() -> None:
        for _turn in range(5):
            run_due(hurry=True)
            control(sandbox, "POST", "/settle")

    return rest
