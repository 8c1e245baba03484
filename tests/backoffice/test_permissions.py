"""Who may open the back office, route by route."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from panel.access.models import Grant
from panel.access.rules import Permission
from panel.account import handkept
from panel.account.handkept import Entry
from panel.account.models import Account, ConnectionTest, SyncRun
from panel.backoffice.urls import urlpatterns
from panel.dns import mirror
from panel.dns.records import row_of
from panel.domain.drift.models import DriftRule
from panel.domain.models import BulkJob
from panel.hosting.models import Mailbox, Survey
from panel.operation.models import Operation
from panel.sharing.models import RemoteUser
from registrar.types import DnsRecord, RecordType
from tests.backoffice.conftest import sign_in
from tests.dns.zone_rows import an_operation

# What some routes must be told to find anything.
POSTED = {
    "to": "on",
    "row": row_of(DnsRecord("held-0.com", RecordType.A, "192.0.2.1")),
    "version": "1",
    "way": "back",
}
ROUTES = [(pattern.name, sorted(pattern.pattern.converters)) for pattern in urlpatterns]


@pytest.fixture
def addresses(
    catalogue: Any, customer: Any, owner: Any, make_domains: Any, make_operation: Callable[..., Operation]
) -> dict[str, str]:
    """An existing address for every route."""
    from panel.account.models import Exchange

    make_domains(1, customer=customer)
    operation = make_operation("attention")
    exchange = Exchange.objects.create(account=catalogue, action="tool/hello", request="a=b", reply="{}")
    test = ConnectionTest.objects.create(label="x", family="mrdomain", endpoint="http://127.0.0.1:9")
    SyncRun.objects.create(account=catalogue, kind="domains", state="done", seen=3, total=3)
    by_hand = Account.objects.create(
        label="By hand", family="bookmyname", endpoint="http://127.0.0.1:9", is_sandbox=True
    )
    handkept.keep(by_hand, [Entry("com", Decimal("9.00"), None, None, (1,))], None)
    job = BulkJob.objects.create(
        customer=customer, action="transfer-lock", values={"on": True}, key="x", total=0
    )
    rule = DriftRule.objects.create(field="nameservers", action="accept", reason="why")
    grant = Grant.objects.create(
        customer=customer, domain=customer.domains.first(), email="a@demo.test", levels={"ftp": "read"}
    )
    remote = RemoteUser.objects.create(account=catalogue, username="agency-1", domains={})
    held = customer.domains.get()
    applied = an_operation(
        held, "dns.zone", state="failed", finished_at=timezone.now(), payload={"records": []}
    )
    mirror.record_reading(held, [DnsRecord(held.name, RecordType.A, "192.0.2.1")], applied)
    mailbox = Mailbox.objects.create(domain=held, name=f"info@{held.name}")
    Survey.objects.create(domain=held, read_at=timezone.now())
    ids = {"account": catalogue.public_id, "operation": operation.public_id, "customer": customer.public_id}

    def argument(route: str, name: str) -> Any:
        if name == "pk" and route == "drift-rule-delete":
            return rule.pk
        if name == "pk":
            return exchange.pk if route == "exchange" else customer.memberships.get().pk
        if name == "slug" and route.startswith("domain-hosting"):
            return "mailboxes"
        if name == "slug" and route.endswith("dns-preset"):
            return "caa"
        if name == "public_id":
            if route == "domain-hosting-item":
                return mailbox.public_id
            if route == "connection-test":
                return test.public_id
            if route.startswith("grant"):
                return grant.public_id
            if route.startswith("job"):
                return job.public_id
            if route.startswith("catalogue-"):
                return by_hand.public_id
            kind = "customer" if route.startswith(("customer", "member")) else "account"
            return ids["operation" if route.startswith("operation") else kind]
        return {
            "name": "held-0.com",
            "slug": "nameward",
            "brand": "nameward",
            "tld_name": "com",
            "action": "pause",
            "setting": "transfer-lock",
            "user": remote.public_id,
        }[name]

    return {
        route: reverse(f"office:{route}", kwargs={name: argument(route, name) for name in names})
        for route, names in ROUTES
    }


def answer(client: Client, address: str) -> int:
    status: int = client.get(address).status_code
    return client.post(address, POSTED).status_code if status == 405 else status


def test_every_route_declares_that_it_is_for_staff() -> None:
    for pattern in urlpatterns:
        assert getattr(pattern.callback, "permission", None) == Permission.STAFF, pattern.name


def test_staff_open_every_route(office: Client, addresses: dict[str, str]) -> None:
    for route, address in addresses.items():
        assert answer(office, address) in (200, 302, 422), route


def test_customers_find_nothing(addresses: dict[str, str], owner: Any) -> None:
    client = sign_in(owner)

    for route, address in addresses.items():
        assert client.get(address).status_code == 404, route
        assert client.post(address).status_code == 404, route


def test_brand_people_find_nothing(addresses: dict[str, str], make_user: Any, operator: Any) -> None:
    client = sign_in(make_user("brand@demo.test", brand=operator))

    for route, address in addresses.items():
        assert client.get(address).status_code == 404, route
        assert client.post(address).status_code == 404, route


def test_strangers_are_sent_to_sign_in(addresses: dict[str, str]) -> None:
    client = Client()

    for route, address in addresses.items():
        response = client.get(address)
        assert response.status_code == 302, route
        assert "/accounts/login/" in response["Location"], route


def test_white_label_host_has_no_back_office(
    addresses: dict[str, str], alder: Any, make_user: Any, make_customer: Any
) -> None:
    theirs = make_customer("Alder Person", brand=alder)
    client = sign_in(make_user("both@demo.test", customer=theirs, staff=True), HTTP_HOST="alder.localhost")

    for route, address in addresses.items():
        assert client.get(address).status_code == 404, route
        assert client.post(address).status_code == 404, route


def test_unknown_objects_are_404(office: Client, db: None) -> None:
    for address in (
        "/office/operations/op-nothing/",
        "/office/accounts/ac-nothing/",
        "/office/customers/cu-nothing/",
        "/office/domains/nothing.com/",
        "/office/accounts/calls/999/",
        "/office/prices/nothing/",
        "/office/prices/nameward/nothing/",
        "/office/customers/brands/nothing/",
        "/office/accounts/test/ct-nothing/",
    ):
        assert office.get(address).status_code == 404, address
