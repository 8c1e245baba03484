"""One history of a name: what was done here, by whom, what happened elsewhere, and what the registrar wrote down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from panel.access.actor import actor_for
from panel.account.models import Account
from panel.domain import farewell, handovers
from panel.domain.assignment import assign
from panel.domain.drift import actions
from panel.domain.drift.models import Drift
from panel.domain.history.reading import keep_lines
from panel.domain.history.registrar_words import subject_of_line
from panel.domain.history.timeline import history_of
from panel.domain.models import Assignment, AuthCode, Domain, PlannedDeletion, RegistrarLine
from panel.operation.models import Operation
from panel.operation.queries import about
from panel.operation.states import State
from panel.operation.transition import move
from registrar import types

LONG_AGO = datetime(2024, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def account(db: None) -> Account:
    """An account, never called, at a registrar that deletes names."""
    return Account.objects.create(
        label="Netim", family="netim", endpoint="http://127.0.0.1:9/", is_sandbox=True
    )


@pytest.fixture
def domain(account: Account, customer: Any) -> Domain:
    """A name of the customer."""
    return Domain.objects.create(
        name="told.com", unicode_name="told.com", tld_name="com", account=account, customer=customer,
        status="active",
    )  # fmt: skip


def told(domain: Domain, audience: Any = "customer") -> list[str]:
    """The titles of a name's history, newest first."""
    operations = list(about(Operation.objects.select_related("brand", "depends_on"), domain.subject))
    return [moment.words.title for moment in history_of(domain, operations, audience)]


def line(title: str, message: str = "", *, at: datetime = LONG_AGO) -> types.HistoryEntry:
    return types.HistoryEntry(at=at, title=title, message=message, ip="192.0.2.7", user="malcom")


def differs(domain: Domain, field: str = "nameservers", **values: Any) -> Drift:
    """An open difference."""
    shown = {"state": "open", "agreed": ["ns1.old.test"], "observed": ["ns1.new.test"], **values}
    return Drift.objects.create(domain=domain, field=field, opened_at=timezone.now(), **shown)


def test_lines_are_kept_once_however_often_they_are_read(domain: Domain) -> None:
    keep_lines(domain, [line("Registration"), line("Renewal")])
    keep_lines(domain, [line("Renewal"), line("Transfer")])

    assert sorted(RegistrarLine.objects.values_list("title", flat=True)) == [
        "Registration",
        "Renewal",
        "Transfer",
    ]


def test_staff_read_the_registrars_words_and_customers_do_not(domain: Domain) -> None:
    keep_lines(domain, [line("Whois Privacy status", "MrDomain has activated it.")])

    staff = history_of(domain, [], "staff")[0]
    customer = history_of(domain, [])[0]

    assert (staff.words.title, staff.words.text) == (
        "Registrar: Whois Privacy status", "MrDomain has activated it.",
    )  # fmt: skip
    assert staff.by == "malcom 192.0.2.7"
    assert customer.words.title == "WHOIS privacy"
    assert "MrDomain" not in customer.words.text
    assert customer.by == ""


@pytest.mark.parametrize(
    ("title", "message", "label"),
    [
        ("Registrant changed", "", "Contacts"),
        ("Status", "Nameservers were modified", "Nameservers"),
        ("Registration", "for 1 year(s)", "Registration"),
        ("Whatever", "Something", "A change at the registry"),
    ],
)
def test_line_is_told_by_what_it_is_about(title: str, message: str, label: str) -> None:
    assert subject_of_line(title, message)[0] == label


def test_line_that_echoes_an_operation_of_ours_is_told_to_staff_alone(
    domain: Domain, account: Account, customer: Any
) -> None:
    operation = Operation.objects.create(
        kind="domain.transfer_lock", subject=domain.subject, label=domain.name, account=account,
        customer=customer, brand=customer.brand, intent_key="x", state=State.QUEUED, payload={"name": domain.name},
    )  # fmt: skip
    move(operation.pk, State.SENDING)
    move(operation.pk, State.SUCCEEDED)
    keep_lines(domain, [line("Block", at=timezone.now()), line("Renewal")])

    assert told(domain).count("Lock") == 0
    assert "Renewal" in told(domain)
    assert "Registrar: Block" in told(domain, "staff")


def test_difference_and_its_decision_are_told(domain: Domain, staff: Any) -> None:
    item = differs(domain)
    actions.accept(item, staff, "they asked by phone")

    customer = history_of(domain, [])
    office = history_of(domain, [], "staff")

    assert [entry.words.title for entry in customer] == [
        "Stays as the registry shows it: Nameservers", "Changed elsewhere: Nameservers",
    ]  # fmt: skip
    assert "ns1.new.test" in customer[1].words.text
    assert "they asked by phone" in office[0].words.text
    assert "they asked by phone" not in customer[0].words.text
    assert "Agreed: ns1.old.test. Shown: ns1.new.test." in office[1].words.text


def test_handle_of_a_registrar_is_not_shown_to_customers(domain: Domain) -> None:
    differs(domain, "owner", agreed="ABC-1", observed="XYZ-9")

    assert "XYZ-9" not in history_of(domain, [])[0].words.text
    assert "XYZ-9" in history_of(domain, [], "staff")[0].words.text


def test_what_cannot_be_is_told_to_staff_alone(domain: Domain) -> None:
    differs(domain, "expires_on", agreed="2027-01-01", observed="1969-12-31", implausible=True)

    assert told(domain) == []
    assert told(domain, "staff") == ["Not as agreed: Expiry"]


def test_planned_deletion_that_was_called_off_is_told(domain: Domain, owner: Any) -> None:
    farewell.plan_farewell(domain, actor=owner)
    PlannedDeletion.objects.update(asked_at=timezone.now() - timedelta(hours=1))
    farewell.keep(domain, actor=owner)

    entries = history_of(domain, [])

    assert [entry.words.title for entry in entries] == ["Kept after all", "Deletion planned"]
    assert entries[0].by == str(owner)


def test_who_saw_an_auth_code_is_told_without_the_name_of_staff(domain: Domain, staff: Any) -> None:
    AuthCode.objects.create(domain=domain, read_at=timezone.now(), shown_at=timezone.now(), shown_to=staff)

    assert history_of(domain, [])[0].by == "our staff"
    assert history_of(domain, [], "staff")[0].by == str(staff)


def test_new_customer_reads_nothing_from_before_the_name_was_theirs(
    domain: Domain, owner: Any, make_customer: Callable[..., Any], make_user: Callable[..., Any]
) -> None:
    keep_lines(domain, [line("Whois Privacy status")])
    differs(domain)
    farewell.plan_farewell(domain, actor=owner)
    farewell.keep(domain, actor=owner)
    taker = make_user("taker@demo.test", customer=make_customer("Taker"))
    offer = handovers.offer(domain, "taker@demo.test", actor=owner)
    actor = actor_for(taker, offer.giver.brand)
    assert actor is not None

    handovers.accept(offer, actor)

    domain.refresh_from_db()
    assert told(domain) == [f"Taken over from {offer.giver}"]
    assert {"Registrar: Whois Privacy status", "Deletion planned"} <= set(told(domain, "staff"))


def test_name_that_staff_give_to_somebody_is_told(
    domain: Domain, staff: Any, make_customer: Callable[..., Any]
) -> None:
    keep_lines(domain, [line("Renewal")])
    giver = domain.customer
    other = make_customer("Birch")

    assign(Domain.objects.filter(pk=domain.pk), other, staff)
    assign(Domain.objects.filter(pk=domain.pk), other, staff)

    domain.refresh_from_db()
    assert Assignment.objects.count() == 1
    assert told(domain) == ["Put into your account by us"]
    assert told(domain, "staff")[0] == f"From {giver} to Birch"


def test_name_that_was_nobodys_keeps_its_past(domain: Domain, staff: Any) -> None:
    customer = domain.customer
    Domain.objects.filter(pk=domain.pk).update(customer=None)
    keep_lines(domain, [line("Renewal")])

    assign(Domain.objects.filter(pk=domain.pk), customer, staff)

    domain.refresh_from_db()
    assert told(domain) == ["Put into your account by us", "Renewal"]


def test_history_takes_the_same_queries_however_much_happened(domain: Domain, owner: Any) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            history_of(Domain.objects.select_related("customer").get(pk=domain.pk), [], "staff")
        return len(captured)

    def happen(number: int) -> None:
        keep_lines(domain, [line(f"Title {number}", at=LONG_AGO + timedelta(days=number))])
        differs(domain, state="closed", decided_at=timezone.now(), outcome="accepted", decided_by=owner)
        farewell.plan_farewell(domain, actor=owner)
        farewell.keep(domain, actor=owner)
        AuthCode.objects.create(
            domain=domain, read_at=timezone.now(), shown_at=timezone.now(), shown_to=owner
        )

    happen(0)
    few = queries()
    for number in range(1, 15):
        happen(number)

    assert queries() == few
