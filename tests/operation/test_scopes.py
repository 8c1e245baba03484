"""Scopes: each audience gets its rows and nobody else's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from panel.access.actor import Actor
from panel.billing import queries as billing
from panel.contact import queries as contact_queries
from panel.contact.models import Contact
from panel.domain import queries as domain_queries
from panel.domain.models import Domain
from panel.operation import queries as operation_queries

CUSTOMER_SCOPES = [
    domain_queries.domains_for,
    contact_queries.contacts_for,
    billing.orders_for,
    billing.entries_for,
    operation_queries.operations_for,
]
BRAND_SCOPES = [
    domain_queries.brand_domains_for,
    contact_queries.brand_contacts_for,
    billing.brand_orders_for,
    billing.brand_entries_for,
    operation_queries.brand_operations_for,
]
OFFICE_SCOPES = [
    domain_queries.office_domains,
    contact_queries.office_contacts,
    billing.office_orders,
    billing.office_entries,
    operation_queries.office_operations,
]


@pytest.fixture
def actor(operator: Any, make_user: Callable[..., Any]) -> Callable[..., Actor]:
    def make(email: str, **fields: Any) -> Actor:
        return Actor(**{"user": make_user(email), "brand": operator, **fields})

    return make


@pytest.mark.parametrize("scope", CUSTOMER_SCOPES)
def test_customer_scope_refuses_who_acts_for_nobody(scope: Any, actor: Callable[..., Actor]) -> None:
    with pytest.raises(PermissionDenied):
        scope(actor("a@demo.test", is_staff=True, is_brand_admin=True))


@pytest.mark.parametrize("scope", BRAND_SCOPES)
def test_brand_scope_refuses_all_but_who_runs_it(
    scope: Any, actor: Callable[..., Actor], customer: Any
) -> None:
    with pytest.raises(PermissionDenied):
        scope(actor("a@demo.test", is_staff=True, customer=customer, role="owner"))


@pytest.mark.parametrize("scope", OFFICE_SCOPES)
def test_office_scope_refuses_all_but_staff(scope: Any, actor: Callable[..., Actor], customer: Any) -> None:
    with pytest.raises(PermissionDenied):
        scope(actor("a@demo.test", is_brand_admin=True, customer=customer, role="owner"))


def test_each_scope_holds_its_own_rows(
    actor: Callable[..., Actor],
    alder: Any,
    customer: Any,
    make_customer: Callable[..., Any],
    registrar_account: Any,
) -> None:
    theirs = make_customer("Alder Client", brand=alder)
    for name, owned_by in (("mine.com", customer), ("theirs.com", theirs), ("nobodys.com", None)):
        Domain.objects.create(
            name=name, unicode_name=name, tld_name="com", account=registrar_account, customer=owned_by
        )

    def names(rows: Any) -> set[str]:
        return {row.name for row in rows}

    assert names(domain_queries.domains_for(actor("a@demo.test", customer=customer))) == {"mine.com"}
    brand_actor = actor("b@demo.test", brand=alder, is_brand_admin=True)
    assert names(domain_queries.brand_domains_for(brand_actor)) == {"theirs.com"}
    everything = {"mine.com", "theirs.com", "nobodys.com"}
    assert names(domain_queries.office_domains(actor("c@demo.test", is_staff=True))) == everything


def test_contacts_of_nobody_are_the_staffs_alone(
    actor: Callable[..., Actor], contact: Any, customer: Any
) -> None:
    Contact.objects.create(first_name="No", last_name="Body", country="ES")

    assert list(contact_queries.contacts_for(actor("a@demo.test", customer=customer))) == [contact]
    assert contact_queries.office_contacts(actor("b@demo.test", is_staff=True)).count() == 2
