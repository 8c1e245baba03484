"""Every list and page takes as many queries with 1 row as with 30."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from panel.account.models import Account, Cost, Exchange, SyncRun, Tld
from panel.billing.models import ExchangeRate, Order, OrderLine
from panel.brand.models import Brand, BrandHost
from panel.operation.models import Operation, Slot
from panel.people.models import Customer, Membership, User


class World:
    """Adds as many rows of everything as asked."""

    def __init__(self, make_operation: Callable[..., Operation], account: Account, brand: Any) -> None:
        self.make_operation, self.account, self.brand = make_operation, account, brand

    def add(self, count: int, start: int, domains: Callable[..., Any], customer: Any) -> None:
        domains(count, customer=customer, prefix=f"held{start}")
        domains(1, prefix=f"free{start}")
        for number in range(start, start + count):
            someone = Customer.objects.create(brand=self.brand, name=f"C{number}", email=f"c{number}@x.test")
            user = User.objects.create_user(f"m{number}@x.test", "x")
            Membership.objects.create(user=user, customer=someone)
            Membership.objects.create(user=user, customer=customer)
            stuck = self.make_operation(
                "attention", name=f"stuck{number}.com", reason="deadline", customer=someone
            )
            Exchange.objects.create(
                account=self.account, operation=stuck, action="domain/create", request="a"
            )
            SyncRun.objects.create(account=self.account, kind="contacts", state="done")
            Slot.objects.create(task="panel.operation.tasks.sweep", number=number)
            brand = Brand.objects.create(
                name=f"B{number}", slug=f"b{number}", monogram="B", support_email="b@x.test"
            )
            BrandHost.objects.create(brand=brand, name=f"b{number}.test")
            Account.objects.create(
                label=f"A{number}", family="mrdomain", endpoint="http://127.0.0.1:9", is_default=False
            )
            tld = Tld.objects.create(
                account=self.account, name=f"t{number}", parent="t", seen_at=timezone.now()
            )
            Cost.objects.create(tld=tld, action="create", amount=3, currency="EUR", years=[1])
            ExchangeRate.objects.create(source="USD", target="EUR", rate=1, since=timezone.now())
            if number >= 15:
                # More than a page of operations would add the query that counts them.
                continue
            bought = self.make_operation(
                "succeeded", name=f"bought{number}.com", price=Decimal(5), currency="EUR"
            )
            order = Order.objects.create(
                customer=customer, total=5, currency="EUR", checkout_key=f"key{number}"
            )
            OrderLine.objects.create(
                order=order, name=bought.label, action="create", price=5, cost=4, operation=bought
            )


PAGES = [
    "/office/operations/",
    "/office/operations/?format=csv",
    "/office/accounts/",
    "/office/customers/",
    "/office/domains/",
    "/office/prices/nameward/",
    "/office/prices/nameward/com/",
    "/office/prices/market/",
    "/office/prices/market/com/",
    "/office/prices/rates/",
    "/office/health/",
    "/office/customers/brands/",
    "/office/domains/assign/file/",
]


@pytest.fixture
def world(catalogue: Any, operator: Any, make_operation: Callable[..., Operation]) -> World:
    return World(make_operation, catalogue, operator)


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(address)
        assert response.status_code == 200, address
        if response.streaming:
            b"".join(response.streaming_content)
    return len(captured)


def test_lists_take_the_same_queries_with_1_and_30_rows(
    office: Client, world: World, make_domains: Any, customer: Any
) -> None:
    pages = [
        *PAGES,
        f"/office/accounts/{world.account.public_id}/",
        f"/office/accounts/{world.account.public_id}/calls/",
        f"/office/accounts/{world.account.public_id}/costs/",
        f"/office/accounts/{world.account.public_id}/import/",
        f"/office/customers/{customer.public_id}/",
        f"/office/customers/{customer.public_id}/domains/",
    ]
    world.add(1, 0, make_domains, customer)
    one = {page: queries(office, page) for page in pages}

    world.add(29, 1, make_domains, customer)

    assert {page: queries(office, page) for page in pages} == one


def test_overview_takes_the_same_queries_with_1_and_30_rows(
    office: Client, world: World, make_domains: Any, customer: Any
) -> None:
    world.add(1, 0, make_domains, customer)
    one = queries(office, "/office/")
    world.add(29, 1, make_domains, customer)
    # Prices are computed for each brand, so brands count; nothing else does.
    Brand.objects.filter(slug__startswith="b").exclude(slug="b0").delete()

    assert queries(office, "/office/") == one


def test_lists_of_calls_do_not_read_what_was_said_in_them(
    office: Client, world: World, make_domains: Any, customer: Any
) -> None:
    world.add(1, 0, make_domains, customer)
    name = "held0-0.com"
    about = world.make_operation("succeeded", name=name)
    Exchange.objects.create(account=world.account, operation=about, action="domain/getinfo", request="a")
    account = f"/office/accounts/{world.account.public_id}/"

    for address in (account, f"{account}calls/", f"/office/domains/{name}/"):
        with CaptureQueriesContext(connection) as captured:
            page = office.get(address).content.decode()
        assert "domain/" in page
        assert not [query["sql"] for query in captured if '"reply"' in query["sql"]], address
