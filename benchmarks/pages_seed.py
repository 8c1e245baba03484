"""What benchmarks.pages looks at: two brands with as many names each, and what belongs to them.

The operator's brand has one customer who holds all of its names; the other brand's names are spread over its customers.
Rows go in by COPY on PostgreSQL and in batches on SQLite.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connection, models
from django.test import Client
from django.utils import timezone

from panel.account.models import Account, Cost, SyncRun, Tld
from panel.billing import ledger
from panel.billing.models import Order, OrderLine
from panel.brand.models import Brand, BrandHost
from panel.brand.services import operator_brand
from panel.contact.models import Contact, ContactHandle
from panel.core.models import DatabaseTimeField
from panel.domain.models import Domain, subject_of
from panel.operation.models import Event, Operation
from panel.people.models import BrandMembership, Customer, Membership, User

OPERATOR_HOST, BRAND_HOST = "panel.example", "hosting.example"
WORDS = ("amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "haven", "inlet", "jetty")
TLDS = ("com", "net", "org", "fr", "es", "eu", "de", "info", "io", "co.uk")
# One name in a thousand is of an extension that few want.
RARE_TLD = "museum"
STATUSES = ("active",) * 46 + ("grace", "renewing", "redemption", "on_hold")
BATCH = 2000
OPEN_NAMES, PEOPLE, ORDERS = 5, 500, 2000


@dataclass(frozen=True, slots=True)
class Seeded:
    """Who looks at what: session cookies by audience, and the names that are looked at."""

    cookies: dict[str, str]
    customer: Customer
    brand: Brand
    name: str
    brand_name: str


def fill(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    """Write new rows, as quickly as the database can take them."""
    if connection.vendor != "postgresql":
        model._default_manager.bulk_create(rows, batch_size=BATCH)
        return
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(list(_values(row, fields)))


def _values(row: models.Model, fields: Sequence[Any]) -> Iterator[Any]:
    for field in fields:
        stamped = isinstance(field, DatabaseTimeField) or getattr(field, "auto_now_add", False)
        value = timezone.now() if stamped else field.pre_save(row, add=True)
        yield field.get_db_prep_save(value, connection)


def seed(count: int) -> Seeded:
    """Two brands with `count` names each."""
    accounts = _accounts()
    handles = _handles(accounts)
    operator = operator_brand()
    hosting = Brand.objects.create(
        name="Hosting", slug="hosting", monogram="H", support_email="help@hosting.example"
    )
    BrandHost.objects.create(brand=hosting, name=BRAND_HOST)
    big = Customer.objects.create(brand=operator, name="Many Names", email="many@names.example")
    ledger.top_up(big, Decimal(1_000_000), reason="benchmark", actor=None)
    fill(
        Customer,
        (
            Customer(brand=hosting, name=f"Customer {number:04}", email=f"c{number}@hosting.example")
            for number in range(1000)
        ),
    )
    several = list(Customer.objects.filter(brand=hosting).order_by("pk"))
    fill(Domain, _names("mine", count, [big], accounts, handles))
    fill(Domain, _names("theirs", count, several, accounts, handles))
    fill(Contact, _contacts(big))
    _operations(big, accounts[0])
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    return Seeded(
        cookies=_cookies(big, hosting),
        customer=big,
        brand=hosting,
        name=Domain.objects.filter(customer=big).order_by("name")[count // 2].name,
        brand_name=Domain.objects.filter(customer__brand=hosting).order_by("name")[count // 2].name,
    )


def _accounts() -> list[Account]:
    """An account at each of two registrars, with costs, and a whole pass each."""
    accounts = [
        Account.objects.create(label=family, family=family, endpoint="http://127.0.0.1:9/", is_sandbox=True)
        for family in ("mrdomain", "netim")
    ]
    for account in accounts:
        SyncRun.objects.create(account=account, kind=SyncRun.Kind.DOMAINS, state=SyncRun.State.DONE)
        for name in (*TLDS, RARE_TLD):
            tld = Tld.objects.create(account=account, name=name, parent=name, seen_at=timezone.now())
            for action in ("create", "renew", "restore"):
                Cost.objects.create(tld=tld, action=action, amount=Decimal(9), currency="EUR", years=[1, 2])
    return accounts


def _handles(accounts: list[Account]) -> list[ContactHandle]:
    fill(
        ContactHandle,
        (
            ContactHandle(
                account=accounts[number % 2],
                handle=f"H{number}",
                fingerprint=f"{number:064}",
                content={
                    "first_name": "Ada",
                    "last_name": f"Person {number}",
                    "email": f"ada{number}@x.example",
                    "phone": "+34.600000000",
                    "address": "Main street 1",
                    "postal_code": "08001",
                    "city": "Barcelona",
                    "state": "Barcelona",
                    "country": "ES",
                    **({"organization": f"Studio {number}"} if number % 3 else {}),
                },
            )
            for number in range(PEOPLE)
        ),
    )
    return list(ContactHandle.objects.order_by("pk"))


def _names(
    prefix: str,
    count: int,
    customers: list[Customer],
    accounts: list[Account],
    handles: list[ContactHandle],
) -> Iterator[Domain]:
    today, now = timezone.localdate(), timezone.now()
    for number in range(count):
        tld = RARE_TLD if number % 1000 == 7 else TLDS[number % 10]
        # Spread: what lies side by side in the list does not lie side by side in the table.
        label = f"{WORDS[number * 7 // 10 % 10]}-{WORDS[number // 100 % 10]}-{number * 7919 % count}-{prefix}"
        handle = handles[number % PEOPLE]
        yield Domain(
            name=f"{label}.{tld}",
            unicode_name=f"{label}.{tld}",
            tld_name=tld,
            account=accounts[number % PEOPLE % 2],
            customer=customers[number % len(customers)],
            remote_id=str(number),
            status=STATUSES[number % 50],
            created_on=today - timedelta(days=900 + number % 365),
            expires_on=today + timedelta(days=number * 31 % 700 - 4),
            renewable=True,
            renewal_mode="automatic" if number % 2 else "manual",
            nameservers=["ns1.hosting.example", "ns2.hosting.example"],
            owner=handle,
            admin=handle,
            tech=handle,
            billing=handle,
            synced_at=now,
            detailed_at=now,
        )


def _contacts(customer: Customer) -> Iterator[Contact]:
    for number in range(ORDERS):
        yield Contact(
            customer=customer,
            type="individual",
            first_name="Ada",
            last_name=f"Person {number:05}",
            email=f"ada{number}@names.example",
            phone="+34.600000000",
            address="Main street 1",
            postal_code="08001",
            city=WORDS[number % 10].title(),
            state="Barcelona",
            country="ES",
        )


def _operations(customer: Customer, account: Account) -> None:
    """Done registrations with their events and orders; ten readings of the name that is looked at; a few open ones."""
    names = list(Domain.objects.filter(customer=customer).order_by("name").values_list("name", flat=True))
    looked_at = names[len(names) // 2]
    done = [(name, "domain.create", "succeeded") for name in names[:ORDERS]]
    done += [(looked_at, "domain.read", "succeeded")] * 10
    waiting = [(name, "domain.renew", "waiting") for name in names[:OPEN_NAMES]]
    now = timezone.now()
    fill(
        Operation,
        (
            Operation(
                kind=kind,
                subject=subject_of(name),
                label=name,
                state=state,
                intent_key=f"benchmark-{number}",
                account=account,
                customer=customer,
                brand=customer.brand,
                price=Decimal("9.00"),
                currency="EUR",
                finished_at=now if state == "succeeded" else None,
                next_check_at=None if state == "succeeded" else now + timedelta(days=1),
            )
            for number, (name, kind, state) in enumerate(done + waiting)
        ),
    )
    keys = list(Operation.objects.order_by("pk").values_list("pk", "kind", "label"))
    fill(
        Event,
        (
            Event(operation_id=key, from_state=before, to_state=after)
            for key, _kind, _name in keys
            for before, after in (("planned", "queued"), ("queued", "sending"), ("sending", "succeeded"))
        ),
    )
    bought = [(key, name) for key, kind, name in keys if kind == "domain.create"]
    fill(
        Order,
        (
            Order(customer=customer, total=Decimal("9.00"), currency="EUR", checkout_key=f"key-{key}")
            for key, _name in bought
        ),
    )
    orders = Order.objects.order_by("pk").values_list("pk", flat=True)
    fill(
        OrderLine,
        (
            OrderLine(
                order_id=order,
                name=name,
                action="create",
                price=Decimal("9.00"),
                cost=Decimal("8.00"),
                operation_id=key,
            )
            for order, (key, name) in zip(orders, bought, strict=True)
        ),
    )


def _cookies(customer: Customer, brand: Brand) -> dict[str, str]:
    """Session keys of an owner, of a person who runs the brand, and of a member of the staff with a second factor."""
    owner = User.objects.create_user("owner@names.example", "x", name="Olive Owner")
    Membership.objects.create(user=owner, customer=customer, role="owner")
    admin = User.objects.create_user("admin@hosting.example", "x", name="Bea Brand")
    BrandMembership.objects.create(user=admin, brand=brand)
    staff = User.objects.create_user("staff@panel.example", "x", name="Sam Staff", is_staff=True)
    for user in (admin, staff):
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    people = {"customer": owner, "brand": admin, "staff": staff}
    return {audience: session_of(user) for audience, user in people.items()}


def session_of(user: User) -> str:
    """The session key of a person who is signed in."""
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    key: str = client.cookies[settings.SESSION_COOKIE_NAME].value
    return key
