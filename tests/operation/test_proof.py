"""Only proof ends an order, repeats it or charges for it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from panel.billing import ledger
from panel.contact.models import Contact, ContactHandle
from panel.contact.operations import content_from
from panel.contact.services import plan_handle
from panel.domain.models import Domain
from panel.domain.operations import CreateDomain, plan_refresh
from panel.operation import registry, services
from panel.operation.looks import MOST_UNCLEAR
from panel.operation.models import Operation
from panel.operation.registry import Absent, Happened, Unclear
from panel.operation.states import Purpose, State
from panel.operation.transition import move
from tests.conftest import control
from tests.operation.proving import look, put, turns
from tests.operation.test_engine import NAME, creations, fault, finish

pytestmark = pytest.mark.django_db


# --- what a waiting order may end with ------------------------------------------------------------------------------


def test_refused_read_of_a_waiting_order_proves_nothing(
    waiting: Operation, run_due: Any, sandbox: Any, customer: Any
) -> None:
    fault(sandbox, "code:300", action="domain/getinfo")

    turns(waiting, run_due, 1)

    assert waiting.state == State.WAITING
    assert ledger.held(customer) == waiting.price
    assert finish(waiting, run_due, sandbox).state == State.SUCCEEDED


def test_order_that_was_accepted_and_vanished_goes_to_a_person_and_is_not_sent_twice(
    waiting: Operation, run_due: Any, sandbox: Any, customer: Any
) -> None:
    fault(sandbox, "code:2008", action="domain/getinfo", times=9)

    turns(waiting, run_due, 5)

    assert (waiting.state, waiting.reason) == (State.ATTENTION, "vanished")
    assert len(creations(sandbox)) == 1
    assert ledger.held(customer) == waiting.price


# --- what counts as ours --------------------------------------------------------------------------------------------


def test_contact_of_another_customer_with_the_same_content_is_not_taken_for_the_order(
    order_name: Any, run_due: Any, sandbox: Any, make_customer: Any, registrar_account: Any
) -> None:
    copying = order_name(NAME).depends_on
    fault(sandbox, "reset_after", action="contact/create")
    run_due(hurry=True)
    run_due(hurry=True)
    other = Contact.objects.create(customer=make_customer("Other"), last_name="Morel", email="ada@cedar.test")
    shown = control(sandbox, "GET", "/state/mrdomain")["contacts"][-1]["contactID"]
    ContactHandle.objects.update_or_create(
        account=registrar_account, handle=shown, defaults={"contact": other}
    )

    finding = look(copying)

    assert isinstance(finding, Absent), finding


def test_name_in_the_account_for_another_registrant_is_not_taken_for_the_order(
    ready: Operation, run_due: Any, sandbox: Any, customer: Any
) -> None:
    put(sandbox)

    turns(ready, run_due, MOST_UNCLEAR + 2)

    assert (ready.state, ready.reason) == (State.ATTENTION, "nothing_proved")
    assert not Domain.objects.filter(name=NAME, customer=customer).exists()
    assert ledger.held(customer) == ready.price


@pytest.mark.parametrize(
    ("status", "finding"),
    [
        ("transfer-pending", Absent),
        ("transfer-cancel", Absent),
        ("expired-renewgrace", Unclear),
        ("expired-pendingdelete", Unclear),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_name_in_the_account_in_a_state_of_no_new_registration_is_not_taken_for_the_order(
    ready: Operation, sandbox: Any, status: str, finding: type
) -> None:
    put(sandbox, set={"status": status}, ownerContactID=ContactHandle.objects.get().handle)

    assert isinstance(look(ready), finding)


def test_registration_of_an_unknown_name_that_was_cancelled_for_the_orders_registrant_was_the_orders(
    ready: Operation, run_due: Any, sandbox: Any, customer: Any
) -> None:
    fault(sandbox, "reset_before")
    run_due(hurry=True)
    put(sandbox, set={"status": "register-cancel"}, ownerContactID=ContactHandle.objects.get().handle)

    finish(ready, run_due, sandbox)

    assert (ready.state, ready.reason, ready.sends) == (State.FAILED, "cancelled_by_registry", 1)
    assert ledger.balance(customer) == Decimal(500)


def test_registration_of_a_known_name_that_was_cancelled_proves_nothing(
    ready: Operation, sandbox: Any
) -> None:
    put(sandbox, set={"status": "register-cancel"}, ownerContactID=ContactHandle.objects.get().handle)
    Operation.objects.filter(pk=ready.pk).update(starts_from={"in_account": True, "remote_id": "1"})
    ready.refresh_from_db()

    assert isinstance(look(ready), Unclear)


def test_name_in_the_account_for_the_orders_registrant_is_the_orders(ready: Operation, sandbox: Any) -> None:
    put(sandbox, ownerContactID=ContactHandle.objects.get().handle)

    assert isinstance(look(ready), Happened)


def test_name_whose_registrant_cannot_be_read_is_not_taken_for_the_order(
    ready: Operation, sandbox: Any
) -> None:
    put(sandbox, ownerContactID=ContactHandle.objects.get().handle)
    kind = CreateDomain()

    with registry.open_driver(ready, Purpose.RECONCILE) as driver:
        info = driver.domains.info(NAME)
        fault(sandbox, "code:300", action="domain/getinfo")
        finding = kind._if_ours(ready, driver, info)

    assert isinstance(finding, Unclear)


def test_order_that_was_given_up_and_completes_all_the_same_is_nobodys(
    waiting: Operation, run_due: Any, sandbox: Any, staff: Any, customer: Any
) -> None:
    move(waiting.pk, State.ATTENTION, sources=[State.WAITING], reason="deadline")
    services.give_up(waiting, actor=staff, reason="too slow")
    control(sandbox, "POST", "/settle")
    plan_refresh(NAME, waiting.account, key="later")

    run_due(hurry=True)

    domain = Domain.objects.get(name=NAME)
    assert (domain.status, domain.customer) == (Domain.Status.ACTIVE, None)
    assert ledger.balance(customer) == Decimal(500)


def test_registration_cancelled_before_this_was_ordered_does_not_hold_it_up(
    ready: Operation, run_due: Any, sandbox: Any
) -> None:
    put(sandbox, set={"status": "register-cancel"})
    with registry.open_driver(ready, Purpose.RECONCILE) as driver:
        known = driver.domains.info(NAME).remote_id
    Operation.objects.filter(pk=ready.pk).update(starts_from={"in_account": True, "remote_id": known})
    fault(sandbox, "reset_before")

    finish(ready, run_due, sandbox)

    assert ready.state == State.SUCCEEDED
    assert len(creations(sandbox)) == 1


def test_cancelled_order_of_another_customer_does_not_hide_this_ones_effect(
    ready: Operation, run_due: Any, sandbox: Any, make_customer: Any, customer: Any
) -> None:
    Domain.objects.create(
        name=NAME, unicode_name=NAME, tld_name="com", account=ready.account, customer=make_customer("Other"),
        status=Domain.Status.REGISTRATION_CANCELLED,
    )  # fmt: skip
    fault(sandbox, "reset_after")

    finish(ready, run_due, sandbox)

    assert ready.state == State.SUCCEEDED
    assert Domain.objects.get(name=NAME).customer == customer
    assert ready.sends == 1


def test_living_domain_of_another_customer_is_never_taken_over(
    waiting: Operation, staff: Any, make_customer: Any
) -> None:
    other = make_customer("Other")
    Domain.objects.filter(name=NAME).update(customer=other, status=Domain.Status.ACTIVE)
    move(waiting.pk, State.ATTENTION, sources=[State.WAITING], reason="deadline")

    assert not services.it_happened(waiting, actor=staff, reason="seen")

    waiting.refresh_from_db()
    assert waiting.state == State.ATTENTION
    assert Domain.objects.get(name=NAME).customer == other


# --- contacts -------------------------------------------------------------------------------------------------------


def test_lost_contact_is_found_though_the_registrar_writes_it_its_own_way(
    order_name: Any, run_due: Any, sandbox: Any
) -> None:
    contact = order_name(NAME).depends_on
    fault(sandbox, "reset_after", action="contact/create")
    turns(contact, run_due, 1)
    listed = control(sandbox, "GET", "/state/mrdomain")["contacts"]
    handle = next(row["contactID"] for row in listed if row["email"] == "ada@cedar.test")
    written = {"city": "MADRID", "address": "Calle  Mayor, 1", "phone": "+34.600-123-456"}
    control(sandbox, "POST", "/world/mrdomain", {"contact": handle, "set": written})

    turns(contact, run_due, 1)

    assert contact.state == State.SUCCEEDED
    assert contact.result == {"handle": handle}


def test_handle_of_another_customer_with_the_same_content_is_not_taken_over(
    order_name: Any, run_due: Any, sandbox: Any, contact: Any, make_customer: Any
) -> None:
    finish(order_name(NAME), run_due, sandbox)
    theirs = ContactHandle.objects.get(contact=contact)
    other = Contact.objects.get(pk=contact.pk)
    other.pk, other.public_id, other.customer = None, "co-another", make_customer("Other")
    other.save()
    ContactHandle.objects.filter(pk=theirs.pk).update(contact=other)
    ours = order_name("second-harbor-lights.com").depends_on
    fault(sandbox, "reset_before", action="contact/create")

    turns(ours, run_due, 5)

    theirs.refresh_from_db()
    assert ours.state == State.SUCCEEDED
    assert ours.result["handle"] != theirs.handle
    assert theirs.contact == other


def test_look_for_a_contact_does_not_read_hundreds(
    order_name: Any, sandbox: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    operation = order_name(NAME).depends_on
    content = operation.payload["contact"]
    with registry.open_driver(operation, Purpose.SUBMIT) as driver:
        for number in range(3):
            driver.contacts.create(content_from({"contact": content | {"city": f"Town {number}"}}))
    monkeypatch.setattr("panel.contact.operations.MOST_READS", 2)

    assert isinstance(look(operation), Unclear)


def test_contact_for_which_a_person_vouches_needs_a_handle(
    order_name: Any, run_due: Any, sandbox: Any, staff: Any
) -> None:
    ordered = order_name(NAME)
    contact = ordered.depends_on
    Operation.objects.filter(pk=contact.pk).update(state=State.ATTENTION)

    vouched_too_early = services.it_happened(contact, actor=staff, reason="seen")
    handle = ContactHandle.objects.create(
        account=contact.account, handle="MS-420045", fingerprint=contact.payload["fingerprint"]
    )
    vouched = services.it_happened(contact, actor=staff, reason="seen")

    ordered.refresh_from_db()
    handle.refresh_from_db()
    assert (vouched_too_early, vouched) == (False, True)
    assert handle.contact_id == contact.payload["contact_pk"]
    assert ordered.state == State.QUEUED
    assert finish(ordered, run_due, sandbox).state == State.SUCCEEDED


def test_contact_that_failed_under_another_content_is_ordered_anew(
    order_name: Any, contact: Any, registrar_account: Any, owner: Any
) -> None:
    order_name(NAME)
    contact.city = "Toledo"
    contact.save()
    first = plan_handle(contact, registrar_account, owner)
    assert isinstance(first, Operation)
    move(first.pk, State.CANCELLED)

    second = plan_handle(contact, registrar_account, owner)

    assert isinstance(second, Operation)
    assert second != first
    assert second.state == State.QUEUED
