"""A transfer on its name's page: the steps, another code, calling it off, and what is due after it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from panel.billing import ledger
from panel.domain.models import Domain
from panel.domain.operations_transfer import plan_transfer
from panel.operation.models import Operation
from panel.operation.states import State
from tests.conftest import control
from tests.selfservice.pages import words_of

NAME = "northern-lanterns.com"
PAGE = f"/domains/{NAME}/"
CODE = "Canary-Code-91"


@pytest.fixture
def order(sandbox: Any, catalogue: Any, contact: Any, customer: Any) -> Callable[..., Operation]:
    """`order(code)`: the transfer of a name that somebody holds elsewhere."""

    def place(code: str = CODE) -> Operation:
        control(sandbox, "POST", "/world/mrdomain", {"take_name": NAME})
        return plan_transfer(customer, NAME, auth_code=code, registrant=contact, actor=None)

    return place


@pytest.fixture
def turn(sandbox: Any, run_due: Callable[..., int]) -> Callable[..., None]:
    """`turn(seconds)`: workers do what is due, then time passes at the registrar."""

    def go(*, seconds: int = 0, times: int = 1) -> None:
        for _turn in range(times):
            run_due(hurry=True)
            if seconds:
                control(sandbox, "POST", "/advance", {"seconds": seconds})
            else:
                control(sandbox, "POST", "/settle")

    return go


def current_step(page: Any) -> str:
    found = re.search(r'aria-current="step".*?step-label">([^<]*)<', page.content.decode(), re.S)
    return found[1].strip() if found else ""


def test_steps_follow_a_transfer_until_the_name_is_here(
    own: Client, order: Callable[..., Operation], turn: Callable[..., None]
) -> None:
    operation = order()
    assert current_step(own.get(PAGE)) == "Ordered"

    turn(seconds=1, times=3)
    assert Operation.objects.get(pk=operation.pk).state == State.WAITING
    turn(times=5)

    page = own.get(PAGE)
    assert "The name is here and yours." in words_of(page)
    assert current_step(page) == ""
    Operation.objects.filter(pk=operation.pk).update(finished_at=timezone.now() - timedelta(days=9))
    assert "Transfer to us" not in words_of(own.get(PAGE)).partition("History")[0]


@pytest.mark.parametrize(
    ("told", "step", "said"),
    [
        ("not_started", "Ordered", "begins soon"),
        ("auth_code_sent", "Approval", "The code was handed in."),
        ("queued", "Approval", "The registry has to approve it."),
        ("auth_code_needed", "Approval", "It stands still"),
        ("tag_needed", "Approval", "Ask us for the tag"),
        ("data_needed", "Approval", "The registry wants to know more"),
        ("completed", "Completing", "shows here soon"),
        ("unknown", "Approval", "usually five to seven days"),
        ("", "Approval", "usually five to seven days"),
    ],
)
def test_every_word_of_a_registrar_for_a_transfer_has_its_step(
    own: Client,
    make_domain: Callable[..., Domain],
    order: Callable[..., Operation],
    told: str,
    step: str,
    said: str,
) -> None:
    operation = order()
    Operation.objects.filter(pk=operation.pk).update(state=State.WAITING)
    make_domain(NAME, status="transferring", transfer_status=told, expires_on=None, created_on=None)

    page = own.get(PAGE)

    assert current_step(page) == step
    assert said in words_of(page)
    assert ("Enter a new code" in words_of(page)) == (told == "auth_code_needed")


def test_transfer_that_waits_for_a_code_gets_another_one_and_goes_on(
    own: Client, order: Callable[..., Operation], turn: Callable[..., None], customer: Any
) -> None:
    operation = order(code="")
    turn(times=2)
    turn()
    assert Domain.objects.get(name=NAME).transfer_status == "auth_code_needed"
    assert "Enter a new code" in words_of(own.get(PAGE))

    assert own.post(PAGE + "transfer/", {"auth_code": f" {CODE} "}).status_code == 302

    assert "The new code is being handed in." in words_of(own.get(PAGE))
    turn(times=6)
    assert Operation.objects.get(kind="domain.transfer_restart").state == State.SUCCEEDED
    operation.refresh_from_db()
    assert operation.state == State.SUCCEEDED
    assert Domain.objects.get(name=NAME).status == "active"
    assert ledger.held(customer) == 0
    assert CODE not in own.get(PAGE).content.decode()


def test_empty_code_is_asked_for_and_a_given_one_is_not_shown_again(
    own: Client, make_domain: Callable[..., Domain]
) -> None:
    make_domain(NAME, status="transferring", transfer_status="auth_code_needed")

    for sent in ({"auth_code": " "}, {"auth_code": CODE * 30}):
        answer = own.post(PAGE + "transfer/", sent)
        assert answer.status_code == 422
        assert CODE not in answer.content.decode()


def test_second_code_while_one_is_handed_in_changes_nothing(
    own: Client, make_domain: Callable[..., Domain], catalogue: Any
) -> None:
    make_domain(NAME, status="transferring", transfer_status="auth_code_needed")

    for _click in range(2):
        assert own.post(PAGE + "transfer/", {"auth_code": CODE}).status_code == 302

    assert Operation.objects.filter(kind="domain.transfer_restart").count() == 1


def test_transfer_that_waits_for_nothing_has_no_page_for_a_code(
    own: Client, make_domain: Callable[..., Domain]
) -> None:
    domain = make_domain(NAME, status="transferring", transfer_status="queued")
    assert own.get(PAGE + "transfer/")["Location"] == PAGE

    Domain.objects.filter(pk=domain.pk).update(status="transfer_cancelled")

    assert own.get(PAGE + "transfer/")["Location"] == f"/transfers/new/?name={NAME}"


def test_transfer_that_failed_is_ordered_again_with_the_right_code(
    own: Client, order: Callable[..., Operation], turn: Callable[..., None], customer: Any
) -> None:
    before = ledger.balance(customer)
    order(code="wrong-code")
    turn(times=4)
    page = own.get(PAGE)
    assert "Nothing was charged" in words_of(page)
    assert f'href="/transfers/new/?name={NAME}"' in page.content.decode()
    assert ledger.balance(customer) == before

    assert own.post("/transfers/new/", {"names": f"{NAME} {CODE}"}).status_code == 302


def test_transfer_that_was_not_handed_in_is_called_off_and_the_money_is_back(
    own: Client, order: Callable[..., Operation], turn: Callable[..., None], customer: Any
) -> None:
    before = ledger.balance(customer)
    order()
    assert "Call the transfer off" in words_of(own.get(PAGE))

    assert own.post(PAGE + "transfer/cancel/").status_code == 302

    assert Operation.objects.get(kind="domain.transfer").state == State.CANCELLED
    assert (ledger.balance(customer), ledger.held(customer)) == (before, 0)


def test_transfer_that_was_handed_in_is_not_called_off(
    own: Client, order: Callable[..., Operation], run_due: Callable[..., int]
) -> None:
    order()
    run_due(hurry=True)
    run_due(hurry=True)

    answer = own.post(PAGE + "transfer/cancel/", follow=True)

    assert "too late" in words_of(answer)
    assert Operation.objects.get(kind="domain.transfer").state == State.WAITING
    assert "Call the transfer off" not in words_of(own.get(PAGE))


def test_name_that_has_come_is_locked_and_hidden_where_that_costs_nothing(
    order: Callable[..., Operation], turn: Callable[..., None]
) -> None:
    operation = order()

    turn(times=10)

    domain = Domain.objects.get(name=NAME)
    later = Operation.objects.filter(pk__gt=operation.pk).exclude(kind="domain.refresh")
    kinds = set(later.values_list("kind", flat=True)) - {"contact.create", "domain.renewal_mode"}
    assert kinds <= {"domain.transfer_lock", "domain.whois_privacy"}
    assert domain.transfer_lock is not False
    assert domain.whois_privacy is not False
    assert {item.state for item in later} == {State.SUCCEEDED}


def test_switch_that_a_person_turned_off_again_stays_off(
    order: Callable[..., Operation], turn: Callable[..., None], sandbox: Any
) -> None:
    from panel.domain.operations import plan_refresh
    from panel.domain.operations_settings import plan_transfer_lock

    order()
    turn(times=10)
    domain = Domain.objects.get(name=NAME)
    assert domain.transfer_lock is True
    plan_transfer_lock(domain, False, actor=None)
    turn(times=4)
    plan_refresh(NAME, domain.account, key="again", customer=domain.customer)

    turn(times=4)

    domain.refresh_from_db()
    assert domain.transfer_lock is False
