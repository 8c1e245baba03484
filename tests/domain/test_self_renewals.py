"""Terms that a registrar prolonged by itself: noticed once, charged once or not at all, and never beside an order."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from panel.account import throttle
from panel.account.models import Account, Cost
from panel.billing import ledger
from panel.billing.models import Entry, LedgerAccount
from panel.domain.drift.models import DriftRule
from panel.domain.drift.rules import apply_rules
from panel.domain.history.timeline import history_of
from panel.domain.models import Domain, SelfRenewal
from panel.domain.operations_renew import plan_renew
from panel.domain.refusals import NoPrice, NotNow
from panel.domain.renewal.years import later
from panel.domain.self_renewal import deciding
from panel.operation.models import Operation
from panel.operation.states import State
from panel.operation.transition import move
from tests.conftest import control
from tests.domain.passes import NAME, OTHER, change, domain, synced
from tests.selfservice.bulk import words_of

PAGE = "/office/domains/drift/renewed/"


@pytest.fixture(autouse=True)
def _fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(throttle.RATES, "sync", throttle.Rate(per_minute=60_000, burst=1000))


@pytest.fixture
def account(catalogue: Account, registrar_account: Account, customer: Any) -> Account:
    """The account after its first pass; a name of it is the customer's."""
    synced(registrar_account)
    Domain.objects.filter(name=NAME).update(customer=customer)
    return registrar_account


@pytest.fixture
def renewed(account: Account, sandbox: Any) -> SelfRenewal:
    """The registrar has renewed the customer's name by itself, and a pass has seen it."""
    prolong(sandbox, NAME)
    synced(account)
    return SelfRenewal.objects.get()


@pytest.fixture
def office(staff: Any) -> Client:
    """A member of the staff, signed in."""
    client = Client()
    client.force_login(staff, backend="panel.people.backends.BrandAuthenticationBackend")
    return client


def prolong(sandbox: Any, name: str, years: int = 1) -> None:
    """The registrar prolongs a name."""
    before = domain(name).expires_on
    assert before is not None
    change(sandbox, name, tsExpir=later(before, years).isoformat())


def put(customer: Any, amount: str) -> None:
    """The wallet holds exactly this."""
    ledger.top_up(customer, Decimal(amount) - ledger.balance(customer), reason="for the test", actor=None)


def renewal(account: Account, item: SelfRenewal, state: str) -> Operation:
    """A renewal of ours from the end of the same term."""
    operation = Operation.objects.create(
        kind="domain.renew", subject=item.domain.subject, label=NAME, account=account, customer=item.customer,
        brand=item.customer.brand, intent_key=f"own:{state}", state=State.QUEUED,
        payload={"name": NAME, "tld": "com", "years": 1},
        starts_from={"expires_on": item.expired_on.isoformat(), "renewal_mode": "automatic"},
    )  # fmt: skip
    if state != State.QUEUED:
        move(operation.pk, State.SENDING)
        move(operation.pk, State(state))
    return operation


# --- noticing ---------------------------------------------------------------------------------------------------------


def test_year_that_nobody_ordered_is_kept_with_its_price(renewed: SelfRenewal, customer: Any) -> None:
    assert (renewed.customer, renewed.years, renewed.state) == (customer, 1, "open")
    assert renewed.expires_on == later(renewed.expired_on, 1) == domain().expires_on
    assert renewed.price is not None
    assert renewed.price > 0
    assert ledger.balance(customer) == ledger.available(customer)
    assert not Entry.objects.filter(kind=Entry.Kind.RENEWED).exists()


def test_it_is_kept_once_however_often_it_is_read(account: Account, renewed: SelfRenewal) -> None:
    synced(account)

    assert SelfRenewal.objects.count() == 1


def test_date_that_goes_back_and_forth_is_one_term(
    account: Account, sandbox: Any, renewed: SelfRenewal
) -> None:
    change(sandbox, NAME, tsExpir=renewed.expired_on.isoformat())
    synced(account)
    change(sandbox, NAME, tsExpir=renewed.expires_on.isoformat())
    synced(account)

    assert SelfRenewal.objects.count() == 1


def test_next_term_is_another_one(account: Account, sandbox: Any, renewed: SelfRenewal) -> None:
    prolong(sandbox, NAME)
    synced(account)

    assert SelfRenewal.objects.count() == 2


def test_name_of_nobody_is_charged_to_nobody(account: Account, sandbox: Any) -> None:
    prolong(sandbox, OTHER)
    synced(account)

    assert not SelfRenewal.objects.exists()


def test_date_that_moved_otherwise_is_no_renewal(account: Account, sandbox: Any) -> None:
    before = domain().expires_on
    assert before is not None
    change(sandbox, NAME, tsExpir=(before + timedelta(days=100)).isoformat())
    synced(account)

    assert not SelfRenewal.objects.exists()


def test_renewal_of_ours_leaves_nothing_to_decide(
    account: Account, owner: Any, run_due: Callable[..., int], sandbox: Any
) -> None:
    found = domain()
    assert found.expires_on is not None
    plan_renew(found, years=1, expires_on=found.expires_on, actor=owner)
    for _turn in range(4):
        run_due(hurry=True)
        control(sandbox, "POST", "/settle")
    synced(account)

    assert Operation.objects.get(kind="domain.renew").state == "succeeded"
    assert not SelfRenewal.objects.exists()


# --- deciding ---------------------------------------------------------------------------------------------------------


def test_charge_takes_the_price_once(renewed: SelfRenewal, customer: Any, staff: Any) -> None:
    before = ledger.balance(customer)

    results = [deciding.charge(renewed, staff) for _time in range(2)]

    renewed.refresh_from_db()
    assert results == [True, False]
    assert renewed.state == "charged"
    assert renewed.entry is not None
    assert renewed.price is not None
    assert before - ledger.balance(customer) == renewed.price == renewed.entry.amount
    income = LedgerAccount.objects.get(type="income", brand=customer.brand)
    assert income.balance == renewed.price
    assert sum(line.amount for line in renewed.entry.lines.all()) == 0


def test_price_is_that_of_the_day_on_which_it_was_seen(renewed: SelfRenewal, staff: Any) -> None:
    seen = renewed.price
    Cost.objects.filter(action="renew").update(amount=Decimal("90.00"))

    deciding.charge(renewed, staff)

    renewed.refresh_from_db()
    assert renewed.price == seen


def test_without_a_price_nothing_is_taken(renewed: SelfRenewal, staff: Any, customer: Any) -> None:
    SelfRenewal.objects.update(price=None)
    Cost.objects.filter(action="renew").delete()
    before = ledger.balance(customer)

    with pytest.raises(NoPrice):
        deciding.charge(renewed, staff)

    assert ledger.balance(customer) == before


def test_wallet_that_does_not_cover_it_is_not_overdrawn(
    renewed: SelfRenewal, customer: Any, staff: Any
) -> None:
    put(customer, "0.01")

    with pytest.raises(ledger.NotEnoughMoney):
        deciding.charge(renewed, staff)

    renewed.refresh_from_db()
    assert renewed.state == "open"
    put(customer, "500.00")
    assert deciding.charge(renewed, staff)


@pytest.mark.parametrize("state", ["queued", "unknown", "attention"])
def test_renewal_of_ours_that_is_open_comes_first(
    account: Account, renewed: SelfRenewal, staff: Any, customer: Any, state: str
) -> None:
    if state == "attention":
        operation = renewal(account, renewed, "unknown")
        move(operation.pk, State.ATTENTION)
    else:
        renewal(account, renewed, state)
    before = ledger.balance(customer)

    with pytest.raises(NotNow):
        deciding.charge(renewed, staff)

    assert ledger.balance(customer) == before


def test_term_that_an_order_has_paid_is_not_charged_again(
    account: Account, renewed: SelfRenewal, staff: Any, customer: Any
) -> None:
    operation = renewal(account, renewed, "succeeded")
    before = ledger.balance(customer)

    assert deciding.charge(renewed, staff) is False

    renewed.refresh_from_db()
    assert (renewed.state, renewed.reason) == ("ours", operation.public_id)
    assert ledger.balance(customer) == before


def test_renewal_of_ours_that_failed_has_paid_nothing(
    account: Account, renewed: SelfRenewal, staff: Any
) -> None:
    renewal(account, renewed, "failed")

    assert deciding.charge(renewed, staff)


def test_order_from_the_earlier_date_is_refused_afterwards(renewed: SelfRenewal, owner: Any) -> None:
    with pytest.raises(NotNow, match="expiry_moved"):
        plan_renew(domain(), years=1, expires_on=renewed.expired_on, actor=owner)


def test_who_had_the_name_then_pays(
    renewed: SelfRenewal, customer: Any, staff: Any, make_customer: Callable[..., Any]
) -> None:
    other = make_customer("Birch", money="100")
    Domain.objects.filter(name=NAME).update(customer=other)
    before = ledger.balance(customer)

    deciding.charge(renewed, staff)

    assert ledger.balance(customer) < before
    assert ledger.balance(other) == Decimal("100.00")


def test_waiving_keeps_why_and_takes_nothing(renewed: SelfRenewal, customer: Any, staff: Any) -> None:
    before = ledger.balance(customer)

    assert deciding.waive(renewed, staff, reason="promised by phone")

    renewed.refresh_from_db()
    assert (renewed.state, renewed.reason, renewed.decided_by) == ("waived", "promised by phone", staff)
    assert ledger.balance(customer) == before
    assert deciding.charge(renewed, staff) is False


@pytest.mark.django_db(transaction=True)
def test_two_who_charge_at_once_charge_once(renewed: SelfRenewal, customer: Any, staff: Any) -> None:
    before, results, gate = ledger.balance(customer), [], threading.Barrier(2)

    def press() -> None:
        gate.wait()
        try:
            results.append(deciding.charge(renewed, staff))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    renewed.refresh_from_db()
    assert sorted(results) == [False, True]
    assert before - ledger.balance(customer) == renewed.price


# --- by rule ----------------------------------------------------------------------------------------------------------


def rule(**fields: Any) -> DriftRule:
    return DriftRule.objects.create(
        **{"field": "expires_on", "action": "charge", "reason": "as our terms say", "at_most": 5, **fields}
    )


def test_rule_charges_what_a_pass_finds(account: Account, sandbox: Any, customer: Any) -> None:
    made = rule()
    before = ledger.balance(customer)
    prolong(sandbox, NAME)

    synced(account)

    item = SelfRenewal.objects.get()
    assert (item.state, item.rule, item.decided_by) == ("charged", made, None)
    assert ledger.balance(customer) == before - (item.price or 0)


def test_rule_does_nothing_while_more_is_open_than_it_allows(
    account: Account, renewed: SelfRenewal, sandbox: Any
) -> None:
    prolong(sandbox, NAME)
    synced(account)
    rule(at_most=1)

    apply_rules(account)

    assert set(SelfRenewal.objects.values_list("state", flat=True)) == {"open"}


def test_rule_leaves_what_the_wallet_does_not_cover(
    account: Account, renewed: SelfRenewal, customer: Any
) -> None:
    rule()
    put(customer, "0.01")

    apply_rules(account)
    renewed.refresh_from_db()
    assert renewed.state == "open"

    put(customer, "100.00")
    apply_rules(account)
    renewed.refresh_from_db()
    assert renewed.state == "charged"


# --- the pages --------------------------------------------------------------------------------------------------------


def test_inbox_overview_and_name_lead_to_it(office: Client, renewed: SelfRenewal) -> None:
    assert "1 name was renewed by its registrar" in words_of(office.get("/office/"))
    assert f'href="{PAGE}"' in office.get("/office/domains/drift/").content.decode()
    assert "Renewed by the registrar" in words_of(office.get(f"/office/domains/{NAME}/"))
    assert NAME in words_of(office.get(PAGE))


def test_one_click_on_the_names_page_charges(office: Client, renewed: SelfRenewal, customer: Any) -> None:
    answer = office.post(PAGE, {"ids": [renewed.pk], "action": "charge", "name": NAME}, follow=True)

    renewed.refresh_from_db()
    assert renewed.state == "charged"
    assert answer.redirect_chain == [(f"/office/domains/{NAME}/", 302)]
    assert "1 renewal: charged." in words_of(answer)


def test_not_charging_wants_a_reason(office: Client, renewed: SelfRenewal) -> None:
    without = office.post(PAGE, {"ids": [renewed.pk], "action": "waive", "reason": ""})
    with_one = office.post(PAGE, {"ids": [renewed.pk], "action": "waive", "reason": "ours"}, follow=True)

    assert without.status_code == 422
    assert f'value="{renewed.pk}" checked' in without.content.decode()
    assert "1 renewal: not charged." in words_of(with_one)
    assert NAME not in words_of(office.get(PAGE))
    assert NAME in words_of(office.get(f"{PAGE}?state=waived"))


def test_what_cannot_be_charged_is_told(office: Client, renewed: SelfRenewal, customer: Any) -> None:
    put(customer, "0.01")

    answer = office.post(PAGE, {"ids": [renewed.pk], "action": "charge"}, follow=True)

    assert "the wallet lacks" in words_of(answer)


def test_rule_that_charges_is_for_the_expiry_alone(office: Client, account: Account) -> None:
    rules = "/office/domains/drift/rules/"
    data = {"action": "charge", "at_most": 5, "days": 30, "reason": "terms"}

    wrong = office.post(rules, {**data, "field": "nameservers"})
    right = office.post(rules, {**data, "field": "expires_on"})

    assert wrong.status_code == 422
    assert "Only a renewal can be charged" in words_of(wrong)
    assert right.status_code == 302


def test_customer_reads_it_in_wallet_and_history(renewed: SelfRenewal, owner: Any, staff: Any) -> None:
    deciding.charge(renewed, staff)
    client = Client()
    client.force_login(owner, backend="panel.people.backends.BrandAuthenticationBackend")

    wallet = words_of(client.get("/wallet/"))
    told = [entry.words.title for entry in history_of(domain(), [])]

    assert f"Renewed by the registry: {NAME}" in wallet
    assert any(title.startswith("Paid for its renewal:") for title in told)


def test_list_takes_the_same_queries_with_1_and_10_rows(office: Client, renewed: SelfRenewal) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert office.get(PAGE).status_code == 200
        return len(captured)

    queries()
    one = queries()
    day = timezone.localdate()
    for number in range(9):
        SelfRenewal.objects.create(
            domain=renewed.domain, customer=renewed.customer, expired_on=day + timedelta(days=number),
            expires_on=day + timedelta(days=365 + number), years=1,
        )  # fmt: skip

    assert queries() == one
