"""The overview says first what needs a person; the health page says how the machine is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.test import Client
from django.utils import timezone

from panel.account import handkept
from panel.account.handkept import Entry
from panel.account.models import Account, AccountState, SyncRun
from panel.billing.models import PriceRule
from panel.billing.pricing import price_list_of
from panel.operation.models import Heartbeat, Operation


def titles(client: Client) -> list[str]:
    return [need.title for need in client.get("/office/").context["needs"]]


def test_nothing_needs_a_person_when_all_is_well(office: Client, catalogue: Account) -> None:
    assert titles(office) == []
    assert "Nothing needs a person" in office.get("/office/").content.decode()


def test_decisions_come_first(
    office: Client, registrar_account: Account, make_operation: Callable[..., Operation], make_domains: Any
) -> None:
    make_operation("unknown")
    make_operation("attention")
    make_domains(2)
    Account.objects.update(state=AccountState.STOPPED, threshold=Decimal(10_000))

    found = titles(office)

    assert found == [
        "1 operation waits for your decision",
        "1 outcome is being checked",
        "MrDomain sandbox is stopped",
        "MrDomain sandbox: the balance is low",
        "2 names have no customer",
    ]


def test_orders_that_wait_for_money_show_before_the_balance_is_read_again(
    office: Client, make_operation: Callable[..., Operation]
) -> None:
    make_operation("queued", waiting_for="funds")
    make_operation("queued", waiting_for="funds")
    make_operation("queued")

    (need,) = office.get("/office/").context["needs"]

    assert need.title == "2 operations wait for money at MrDomain sandbox"
    assert "2 results" in office.get(need.url).content.decode()


def test_failed_pass_shows_until_a_later_one_went_well(office: Client, registrar_account: Account) -> None:
    SyncRun.objects.create(account=registrar_account, kind="domains", state="failed", message="no")
    assert len(titles(office)) == 1

    SyncRun.objects.create(account=registrar_account, kind="domains", state="done")

    assert titles(office) == []


def test_prices_under_cost_are_named(office: Client, catalogue: Account, operator: Any) -> None:
    PriceRule.objects.create(price_list=price_list_of(operator), tld_name="com", margin_percent=Decimal(-50))

    need = office.get("/office/").context["needs"][0]

    assert "1 extension would sell below cost" in need.title
    assert ".com" in need.text


def test_week_counts_what_ended_by_day(office: Client, make_operation: Callable[..., Operation]) -> None:
    make_operation("succeeded")
    make_operation("failed")
    make_operation("cancelled")
    make_operation("queued")

    week = office.get("/office/").context["week"]

    assert [values for _day, values in week] == [(0, 0, 0)] * 6 + [(1, 1, 1)]


def test_figures_count_what_is_held(
    office: Client, make_operation: Callable[..., Operation], held_money: Callable[[Operation], None]
) -> None:
    held_money(make_operation("queued", price=Decimal("12.00"), currency="EUR"))

    figures = office.get("/office/").context["figures"]

    assert (figures["open"], figures["held"]) == (1, ["€12.00"])


def test_health_says_that_the_clock_stands_still_and_that_it_runs(office: Client, db: None) -> None:
    page = "/office/health/"
    assert "The clock or the workers stand still" in office.get(page).content.decode()

    Heartbeat.objects.create(name="sweep", at=timezone.now())

    assert "Due operations are found every few seconds" in office.get(page).content.decode()


def test_account_that_the_registrar_sent_to_rest_shows_why(
    office: Client, registrar_account: Account
) -> None:
    Account.objects.update(
        retry_after=timezone.now() + timedelta(minutes=10), last_failure="[1010] Account blocked"
    )

    (need,) = office.get("/office/").context["needs"]

    assert need.title == "MrDomain sandbox rests for a while"
    assert "blocked" in need.text


def test_paused_account_shows_only_while_orders_wait_for_it(
    office: Client, registrar_account: Account, make_operation: Callable[..., Operation]
) -> None:
    Account.objects.update(state=AccountState.PAUSED)
    assert titles(office) == []

    make_operation("queued")

    assert titles(office) == ["MrDomain sandbox is paused while orders wait"]


def test_missing_rate_is_named_with_what_it_stops(office: Client, catalogue: Any, operator: Any) -> None:
    price_list_of(operator)
    account = Account.objects.create(
        label="Dollars", family="namecom", endpoint="http://127.0.0.1:9", is_sandbox=True, currency="USD"
    )
    handkept.keep(account, [Entry("io", Decimal("30.00"), None, None, (1,))], None)

    need = next(need for need in office.get("/office/").context["needs"] if need.icon == "coins")

    assert need.title == "No exchange rate from USD to EUR"
    assert need.text == "1 extension is not sold at its cost in USD."
    assert need.url == "/office/prices/rates/?source=USD&target=EUR"
