"""A name from its order to its page, with the registrars' sandbox answering over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from panel.contact.services import plan_handle
from panel.domain.models import Domain
from panel.operation.models import Operation
from panel.operation.services import plan
from tests.conftest import control

HTMX = {"HX-Request": "true", "HX-Target": "domain"}


@pytest.fixture
def ordered(registrar_account: Any, customer: Any, owner: Any, contact: Any) -> Callable[[str], Operation]:
    """`ordered("name.com")`: a registration that waits for its registrant's details."""

    def make(name: str) -> Operation:
        with transaction.atomic():
            handle = plan_handle(contact, registrar_account, owner)
            return plan(
                "domain.create",
                subject=f"domain:{name}",
                label=name,
                account=registrar_account,
                intent_key=f"life:{name}",
                payload={
                    "tld": "com",
                    "owner": "",
                    "years": 1,
                    "nameservers": [],
                    "premium": False,
                    "extra": {},
                },
                customer=customer,
                actor=owner,
                depends_on=handle if isinstance(handle, Operation) else None,
            )

    return make


def test_page_follows_a_name_until_it_is_active_and_reads_it_again(
    own: Client, ordered: Callable[[str], Operation], run_due: Callable[..., int], sandbox: Any
) -> None:
    ordered("nameward-page-life.com")
    page = own.get("/domains/nameward-page-life.com/").content.decode()
    assert "Ordered" in page
    assert "nameward-page-life.com" in own.get("/domains/").content.decode()

    for _turn in range(6):
        run_due(hurry=True)
        control(sandbox, "POST", "/settle")
    final = own.get("/domains/nameward-page-life.com/", headers=HTMX)

    domain = Domain.objects.get(name="nameward-page-life.com")
    assert domain.status == Domain.Status.ACTIVE
    assert final.status_code == 286
    text = final.content.decode()
    assert "Active" in text
    assert "Ada Morel" in text
    assert "Details checked" in text
    assert str(domain.expires_on.year) in text

    Domain.objects.update(detailed_at=None, nameservers=[])
    own.post("/domains/nameward-page-life.com/refresh/")
    assert own.get("/domains/nameward-page-life.com/", headers=HTMX).status_code == 200
    run_due(hurry=True)
    again = own.get("/domains/nameward-page-life.com/", headers=HTMX)
    domain.refresh_from_db()
    assert again.status_code == 286
    assert domain.nameservers
    assert "Parking" in again.content.decode()
    assert "mrdomain" not in again.content.decode()


def test_page_of_a_name_that_was_taken_says_so(
    own: Client, ordered: Callable[[str], Operation], run_due: Callable[..., int], sandbox: Any
) -> None:
    ordered("google.com")

    for _turn in range(6):
        run_due(hurry=True)

    operation = Operation.objects.get(kind="domain.create")
    page = own.get("/domains/google.com/").content.decode()
    assert operation.state == "failed"
    assert "Not registered" in page
    assert "Somebody else has this name." in page


def test_page_says_so_while_the_supplier_is_away(
    own: Client,
    ordered: Callable[[str], Operation],
    run_due: Callable[..., int],
    registrar_account: Any,
) -> None:
    registrar_account.endpoint = "http://127.0.0.1:9/"
    registrar_account.save()
    operation = ordered("nameward-away.com")

    run_due(hurry=True)

    assert operation.depends_on is not None
    for address in (
        f"/operations/{operation.depends_on.public_id}/",
        f"/operations/{operation.public_id}/",
        "/domains/nameward-away.com/",
        "/domains/",
    ):
        assert "Our supplier is not answering at the moment." in own.get(address).content.decode()
