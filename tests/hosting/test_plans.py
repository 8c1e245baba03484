"""Plans: bought, renewed, enlarged and set once each, at the price that was shown; what they hold, and their log."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from panel.account.models import Exchange
from panel.billing import ledger
from panel.domain.models import Domain
from panel.hosting.models import BuilderLink, Plan, Price
from panel.hosting.plan_services import difference
from panel.hosting.tasks import forget_links
from panel.operation.models import Operation
from tests.conftest import control
from tests.hosting.scenes import BARE, BASIC, REDIRECTS_ONLY, last, page
from tests.selfservice.pages import words_of

# Renewable in the sandbox's world, which renews only near the end of the term.
ENDING = "vinhosdovale-loja.shop"
PRICES = {"redir": "0.00", "mini": "20.00", "basic": "40.00", "professional": "80.00"}


@pytest.fixture
def prices(operator: Any) -> None:
    """What the operator's brand asks for a year."""
    for key, amount in PRICES.items():
        Price.objects.create(brand=operator, product_key=key, amount=Decimal(amount), currency="EUR")


def plan(name: str) -> Plan:
    return Plan.objects.get(domain__name=name)


def test_overview_shows_the_plan_its_meters_and_its_servers(own: Client, held: Callable[..., Domain]) -> None:
    held(BASIC)

    answer = own.get(page(BASIC))
    shown = words_of(answer)

    assert "Basic Hosting" in shown
    assert "3 of 50" in shown
    assert "Traffic this month" in shown
    assert f"smtp.{BASIC}" in shown
    assert "Default version (PHP 8.2)" in shown
    assert "<svg" in answer.content.decode()


def test_name_without_a_plan_is_offered_one(own: Client, held: Callable[..., Domain], prices: None) -> None:
    held(BARE)

    overview, offered = words_of(own.get(page(BARE))), words_of(own.get(page(BARE, "plan")))

    assert "No hosting plan yet" in overview
    assert "Basic Hosting, €40.00 a year" in offered
    assert "Corporate Hosting" not in offered
    assert "Not everything has a price" in offered


def test_plan_is_bought_once_and_paid_when_it_is_there(
    own: Client,
    held: Callable[..., Domain],
    settle: Callable[[], None],
    prices: None,
    customer: Any,
    effects: Any,
    run_due: Any,
) -> None:
    held(BARE)
    order = {"do": "buy", "product": "basic", "years": "2", "key": "a"}

    first, again = own.post(page(BARE, "plan"), order), own.post(page(BARE, "plan"), order)
    reserved = ledger.held(customer)
    run_due(hurry=True)
    meanwhile = words_of(own.get(page(BARE, "plan")))
    settle()

    assert (first.status_code, again.status_code) == (302, 302)
    assert reserved == Decimal("80.00")
    assert "New hosting plan" in meanwhile
    assert last("hosting.create_plan").state == "succeeded"
    assert ledger.balance(customer) == Decimal("420.00")
    assert ledger.held(customer) == 0
    assert (plan(BARE).product_key, plan(BARE).status) == ("basic", "active")
    assert plan(BARE).meters["mailboxes"]["maximum"] == 50
    assert effects("service/create") == ["service/create"]


@pytest.mark.parametrize("fault", ["reset_after", "reset_before"])
def test_lost_answer_buys_no_second_plan(
    own: Client,
    held: Callable[..., Domain],
    settle: Callable[[], None],
    prices: None,
    customer: Any,
    faulty: Any,
    effects: Any,
    fault: str,
) -> None:
    held(BARE)
    faulty("service/create", fault)

    own.post(page(BARE, "plan"), {"do": "buy", "product": "mini", "years": "1", "key": "a"})
    settle()
    settle()

    assert last("hosting.create_plan").state == "succeeded"
    assert effects("service/create") == ["service/create"]
    assert ledger.balance(customer) == Decimal("480.00")


def test_without_a_price_nothing_is_ordered_and_the_page_says_so(
    own: Client, held: Callable[..., Domain]
) -> None:
    held(BARE)

    shown = words_of(own.get(page(BARE, "plan")))
    pressed = own.post(page(BARE, "plan"), {"do": "buy", "product": "basic", "years": "1", "key": "a"})

    assert "Not everything has a price" in shown
    assert "a year" not in shown
    assert pressed.status_code == 422
    assert "cannot be done with the plan now" in words_of(pressed)
    assert not Operation.objects.filter(kind="hosting.create_plan").exists()


def test_wallet_that_does_not_cover_it_is_told(
    own: Client, held: Callable[..., Domain], operator: Any
) -> None:
    held(BARE)
    Price.objects.create(brand=operator, product_key="basic", amount=Decimal(300), currency="EUR")

    pressed = own.post(page(BARE, "plan"), {"do": "buy", "product": "basic", "years": "2", "key": "a"})

    assert pressed.status_code == 422
    assert "lacks €100.00" in words_of(pressed)


@pytest.mark.parametrize("fault", ["", "reset_after", "reset_before"])
def test_plan_is_renewed_once_from_the_date_that_was_shown(
    own: Client,
    held: Callable[..., Domain],
    settle: Callable[[], None],
    prices: None,
    customer: Any,
    faulty: Any,
    effects: Any,
    fault: str,
) -> None:
    held(ENDING)
    before = plan(ENDING).expires_on
    if fault:
        faulty("service/renew", fault)

    own.post(page(ENDING, "plan"), {"do": "renew", "years": "1", "expires_on": str(before), "key": "a"})
    settle()
    settle()

    after = plan(ENDING).expires_on
    assert last("hosting.renew_plan").state == "succeeded"
    assert before is not None
    assert after is not None
    assert (after - before).days in (365, 366)
    assert effects("service/renew") == ["service/renew"]
    assert ledger.balance(customer) == Decimal("460.00")


def test_renewal_from_another_date_than_shown_is_not_sent(
    own: Client,
    held: Callable[..., Domain],
    settle: Callable[[], None],
    prices: None,
    sandbox: Any,
    effects: Any,
) -> None:
    held(ENDING)
    before = plan(ENDING).expires_on
    assert before is not None
    moved = {"service": ENDING, "set": {"tsExpir": str(before + timedelta(days=9))}}
    control(sandbox, "POST", "/world/mrdomain", moved)

    own.post(page(ENDING, "plan"), {"do": "renew", "years": "1", "expires_on": str(before), "key": "a"})
    settle()
    settle()

    operation = last("hosting.renew_plan")
    assert (operation.state, operation.reason) == ("failed", "expiry_differs")
    assert effects("service/renew") == []


def test_upgrade_costs_the_difference_that_was_shown(
    own: Client,
    held: Callable[..., Domain],
    settle: Callable[[], None],
    prices: None,
    customer: Any,
    faulty: Any,
    effects: Any,
) -> None:
    held(BASIC)
    price = difference(Decimal(40), Decimal(80), plan(BASIC).expires_on)
    assert price is not None
    shown = words_of(own.get(page(BASIC, "plan")))
    faulty("service/upgrade", "reset_after")

    own.post(
        page(BASIC, "plan"),
        {"do": "upgrade", "product": "professional", "shown": f"professional={price}", "key": "a"},
    )
    settle()
    settle()

    assert f"Professional Hosting, €{price} more" in shown
    assert last("hosting.upgrade_plan").state == "succeeded"
    assert ledger.balance(customer) == Decimal(500) - price
    assert plan(BASIC).product_key == "professional"
    assert effects("service/upgrade") == ["service/upgrade"]


def test_upgrade_at_another_price_than_shown_is_refused(
    own: Client, held: Callable[..., Domain], prices: None
) -> None:
    held(BASIC)

    answer = own.post(
        page(BASIC, "plan"),
        {"do": "upgrade", "product": "professional", "shown": "professional=1.00", "key": "a"},
    )

    assert answer.status_code == 422
    assert "The price has changed" in words_of(answer)


def test_difference_is_for_the_days_that_are_left() -> None:
    today = timezone.localdate()

    assert difference(Decimal(40), Decimal(80), today + timedelta(days=73)) == Decimal("8.00")
    assert difference(Decimal(40), Decimal(80), today - timedelta(days=1)) == 0
    assert difference(None, Decimal(80), today) is None


@pytest.mark.parametrize(
    ("data", "kind", "action"),
    [
        ({"do": "mode", "mode": "automatic"}, "hosting.plan_renewal_mode", "service/update"),
        ({"do": "php", "version": "8.3"}, "hosting.php", "service/update"),
    ],
    ids=["mode", "php"],
)
@pytest.mark.parametrize("fault", ["", "reset_after"])
def test_switches_of_a_plan_are_set_once(
    own: Client,
    held: Callable[..., Domain],
    settle: Callable[[], None],
    faulty: Any,
    effects: Any,
    data: dict[str, str],
    kind: str,
    action: str,
    fault: str,
) -> None:
    held(BASIC)
    if fault:
        faulty(action, fault)

    own.post(page(BASIC, "plan"), {**data, "key": "a"})
    settle()
    own.post(page(BASIC), {"read": "1"})
    settle()

    assert last(kind).state == "succeeded"
    assert effects(action) == [action]
    assert (plan(BASIC).renewal_mode == "automatic") is (kind == "hosting.plan_renewal_mode")
    assert (plan(BASIC).php["version"] == "8.3") is (kind == "hosting.php")


def test_plan_changes_one_thing_at_a_time(own: Client, held: Callable[..., Domain]) -> None:
    held(BASIC)

    own.post(page(BASIC, "plan"), {"do": "php", "version": "8.3", "key": "a"})
    second = own.post(page(BASIC, "plan"), {"do": "mode", "mode": "automatic", "key": "b"})

    assert second.status_code == 409
    assert "The plan is being changed already" in words_of(second)


def test_error_log_is_read_when_asked_and_searched(
    own: Client, held: Callable[..., Domain], settle: Callable[[], None]
) -> None:
    held(BASIC)
    where = page(BASIC, "log")

    before = words_of(own.get(where))
    own.post(where)
    settle()
    whole, some, none = (
        words_of(own.get(where)), words_of(own.get(where, {"q": "ah0"})), words_of(own.get(where, {"q": "zzz"}))
    )  # fmt: skip

    assert "Not read yet" in before
    assert "6 lines of 6" in whole
    assert "AH0" in some
    assert "No line holds these words" in none


def test_builder_link_is_given_once_and_stored_nowhere(
    own: Client, held: Callable[..., Domain], settle: Callable[[], None]
) -> None:
    held(BASIC)
    where = page(BASIC, "builder")

    own.post(where, {"host": f"www.{BASIC}"})
    settle()
    secret = BuilderLink.objects.get().address
    ready = own.get(where).content.decode()
    given = own.post(where, {"open": "1"})
    again = own.post(where, {"open": "1"}).content.decode()

    assert secret.startswith("http://editor.webconstructor.example/en/")
    assert secret not in ready
    assert secret in given.content.decode()
    assert "no-store" in given["Cache-Control"]
    assert secret not in again
    assert "It was opened already" in again
    row = BuilderLink.objects.get()
    assert row.address == ""
    assert row.shown_at is not None
    operation = last("hosting.builder")
    told = repr([operation.payload, operation.result, operation.note, list(Exchange.objects.values())])
    assert secret.partition("login_hash=")[2] not in told


def test_builder_link_that_nobody_opened_is_forgotten(
    own: Client, held: Callable[..., Domain], settle: Callable[[], None]
) -> None:
    held(BASIC)
    own.post(page(BASIC, "builder"), {"host": BASIC})
    settle()
    BuilderLink.objects.update(made_at=timezone.now() - timedelta(minutes=11))

    forget_links()

    assert BuilderLink.objects.get().address == ""
    assert "Give me the link" not in own.get(page(BASIC, "builder")).content.decode()


def test_plan_that_two_readings_lack_is_gone(
    own: Client, held: Callable[..., Domain], settle: Callable[[], None], sandbox: Any
) -> None:
    held(REDIRECTS_ONLY)
    control(sandbox, "POST", "/world/mrdomain", {"remove_service": REDIRECTS_ONLY})

    for _reading in range(2):
        own.post(page(REDIRECTS_ONLY), {"read": "1"})
        settle()

    assert plan(REDIRECTS_ONLY).gone_at is not None
    assert "No hosting plan yet" in words_of(own.get(page(REDIRECTS_ONLY)))
