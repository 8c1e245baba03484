"""Handing a name to its registrant: asked once, proved by looking, and gone from the panel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from panel.account.models import Account
from panel.domain.models import Departure, Domain
from panel.domain.operations import plan_refresh
from panel.operation.models import Operation
from tests.conftest import control
from tests.selfservice.bulk import words_of

# A name of the sandbox's Netim.
NAME = "ferriceramiche.com"
PAGE = f"/office/domains/{NAME}/release/"


@pytest.fixture
def office(staff: Any) -> Client:
    """A member of the staff, signed in."""
    client = Client()
    client.force_login(staff, backend="panel.people.backends.BrandAuthenticationBackend")
    return client


@pytest.fixture
def domain(db: None, sandbox: Any, customer: Any, settle: Callable[[], None]) -> Domain:
    """A customer's name at a registrar that hands names to their registrants."""
    account = Account.objects.create(
        label="Netim sandbox", family="netim", endpoint=sandbox.url("netim") + "/2.0/", is_sandbox=True,
        credentials={"reseller": "DEMO01", "password": "demo"},
    )  # fmt: skip
    found = Domain.objects.create(
        name=NAME, unicode_name=NAME, tld_name="com", account=account, customer=customer, status="active"
    )
    plan_refresh(NAME, account, key="first", customer=customer)
    settle()
    found.refresh_from_db()
    return found


def sent(sandbox: Any) -> int:
    """How often the registrar has carried it out."""
    rows = control(sandbox, "GET", "/journal")["journal"]
    return sum(row["action"] == "domainRelease" for row in rows)


def test_name_is_released_and_noted_as_gone(
    office: Client, domain: Domain, settle: Callable[[], None], sandbox: Any
) -> None:
    answer = office.post(PAGE, {"typed": NAME})
    settle()

    operation = Operation.objects.get(kind="domain.release")
    domain.refresh_from_db()
    assert answer["Location"] == f"/office/operations/{operation.public_id}/"
    assert operation.state == "succeeded", operation.note
    assert domain.status == "transferred_away"
    assert Departure.objects.get(domain=domain).why == "moved"
    assert sent(sandbox) == 1


def test_lost_answer_is_looked_up_and_not_sent_again(
    office: Client, domain: Domain, settle: Callable[[], None], sandbox: Any
) -> None:
    fault = {"family": "netim", "action": "domainRelease", "kind": "reset_after", "times": 1}
    control(sandbox, "POST", "/faults", fault)

    office.post(PAGE, {"typed": NAME})
    settle()
    settle()

    operation = Operation.objects.get(kind="domain.release")
    assert operation.state == "succeeded", operation.note
    assert operation.sends == 1
    assert sent(sandbox) == 1


def test_another_name_typed_changes_nothing(office: Client, domain: Domain) -> None:
    answer = office.post(PAGE, {"typed": "something.com"})

    assert answer.status_code == 422
    assert not Operation.objects.filter(kind="domain.release").exists()


def test_registrar_that_cannot_says_so(office: Client, registrar_account: Account, customer: Any) -> None:
    Domain.objects.create(
        name="stays.com", unicode_name="stays.com", tld_name="com", account=registrar_account, customer=customer,
        status="active",
    )  # fmt: skip

    page = words_of(office.get("/office/domains/stays.com/release/"))

    assert "It cannot be handed over here" in page
    assert "/release/" not in office.get("/office/domains/stays.com/").content.decode()


def test_page_warns_that_the_registrar_may_refuse(office: Client, domain: Domain) -> None:
    page = words_of(office.get(PAGE))

    assert "The registrar's own program does not do it any more: it may be refused." in page
    assert f'href="{PAGE}"' in office.get(f"/office/domains/{NAME}/").content.decode()
