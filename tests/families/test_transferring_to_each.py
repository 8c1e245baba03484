"""A name moved to each registrar that takes one, from the page to the mirror."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from panel.billing import ledger
from panel.domain.models import Domain, TransferBatch
from panel.domain.transfer import checks
from panel.operation.models import Operation
from panel.operation.states import State
from tests.conftest import control

NAME = "northern-lanterns.com"
TAKING = ["mrdomain", "netim", "bookmyname"]


@pytest.fixture
def own(owner: Any) -> Client:
    """The browser of the owner of `customer`."""
    browser = Client()
    browser.force_login(owner, backend="panel.people.backends.BrandAuthenticationBackend")
    return browser


def ordered(own: Client, sandbox: Any, family: str, contact: Any) -> Any:
    """The answer to the order of the name at the only registrar that there is."""
    control(sandbox, "POST", f"/world/{family}", {"take_name": NAME})
    assert own.post("/transfers/new/", {"names": f"{NAME} Canary-Code-91"}).status_code == 302
    batch = TransferBatch.objects.get()
    checks.answer(batch.pk)
    page = own.get(f"/transfers/{batch.public_id}/").content.decode()
    total = re.search(r'name="total" value="([^"]+)"', page)
    assert total is not None
    form = {"registrant": contact.public_id, "total": total[1], "choice": "keep"}
    # Only what the registrar can be told is asked.
    if 'name="servers"' in page:
        form["servers"] = "ns1.lamps.example ns2.lamps.example"
    assert ('name="choice"' in page) == (family == "mrdomain")
    assert ('name="servers"' in page) == (family != "bookmyname")
    return own.post(f"/transfers/{batch.public_id}/order/", form)


@pytest.mark.parametrize("family", TAKING)
def test_name_comes_in_and_gets_what_is_due(
    own: Client,
    make_account: Callable[..., Any],
    sandbox: Any,
    contact: Any,
    customer: Any,
    run_due: Callable[..., int],
    settle: Callable[[], None],
    family: str,
) -> None:
    make_account(family)

    assert ordered(own, sandbox, family, contact).status_code == 302
    for _turn in range(14):
        run_due(hurry=True)
        settle()

    transfer = Operation.objects.get(kind="domain.transfer")
    assert transfer.state == State.SUCCEEDED, transfer.note
    domain = Domain.objects.get(name=NAME)
    assert (domain.customer, domain.status) == (customer, "active")
    assert ledger.held(customer) == 0
    after = {item.kind: item.state for item in Operation.objects.filter(pk__gt=transfer.pk)}
    assert ("domain.auth_code" in after) == (family != "mrdomain")
    assert set(after.values()) == {State.SUCCEEDED}, after
    assert domain.transfer_lock is not False


@pytest.mark.parametrize("family", ["netim", "bookmyname"])
def test_registrar_that_cannot_check_is_not_asked_and_the_page_says_so(
    own: Client, make_account: Callable[..., Any], family: str
) -> None:
    from panel.account.models import Exchange

    make_account(family)

    own.post("/transfers/new/", {"names": f"{NAME} Canary-Code-91"})
    batch = TransferBatch.objects.get()
    checks.answer(batch.pk)

    assert not Exchange.objects.exists()
    assert "Found out after ordering" in own.get(f"/transfers/{batch.public_id}/").content.decode()


def test_registrar_without_transfers_is_offered_none(
    own: Client, make_account: Callable[..., Any], dollars: None
) -> None:
    make_account("namecom")

    answer = own.post("/transfers/new/", {"names": f"{NAME} Canary-Code-91"})

    assert answer.status_code == 422
    assert "cannot be moved here" in answer.content.decode()


def test_nameservers_are_wanted_where_the_registry_has_to_be_told_them(
    own: Client, make_account: Callable[..., Any], contact: Any
) -> None:
    make_account("netim")
    own.post("/transfers/new/", {"names": f"{NAME} Canary-Code-91"})
    address = f"/transfers/{TransferBatch.objects.get().public_id}/"
    total = re.search(r'name="total" value="([^"]+)"', own.get(address).content.decode())
    assert total is not None

    answer = own.post(address + "order/", {"registrant": contact.public_id, "total": total[1]})

    assert answer.status_code == 422
    assert "The registry wants to be told them" in answer.content.decode()
    assert not Operation.objects.exists()


def test_transfer_that_waits_is_called_off_where_the_registrar_can_and_the_money_comes_back(
    own: Client,
    make_account: Callable[..., Any],
    sandbox: Any,
    contact: Any,
    customer: Any,
    run_due: Callable[..., int],
) -> None:
    make_account("netim")
    before = ledger.balance(customer)
    ordered(own, sandbox, "netim", contact)
    for _turn in range(3):
        run_due(hurry=True)
    transfer = Operation.objects.get(kind="domain.transfer")
    assert transfer.state == State.WAITING
    assert "Call the transfer off" in own.get(f"/domains/{NAME}/").content.decode()

    for _click in range(2):
        assert own.post(f"/domains/{NAME}/transfer/cancel/").status_code == 302
    assert "It is being called off." in own.get(f"/domains/{NAME}/").content.decode()
    for _turn in range(3):
        run_due(hurry=True)

    transfer.refresh_from_db()
    assert (transfer.state, transfer.reason) == (State.FAILED, "cancelled")
    assert Operation.objects.get(kind="domain.transfer_cancel").state == State.SUCCEEDED
    assert (ledger.balance(customer), ledger.held(customer)) == (before, 0)
    page = own.get(f"/domains/{NAME}/").content.decode()
    assert "It was called off before it was complete." in page
    assert "Order it again" in page
