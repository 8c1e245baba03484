"""WHOIS privacy that is sold by the year: bought on a page by whoever may, paid once, and only for what was bought."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from panel.account import handkept
from panel.account.handkept import Entry
from panel.account.models import Account, Cost
from panel.billing import ledger
from panel.billing.models import ExchangeRate, PriceRule
from panel.billing.pricing import price_list_of
from panel.domain.models import Domain
from panel.domain.operations import plan_refresh
from panel.domain.privacy import bought_until
from panel.domain.renewal.years import later
from panel.operation.models import Operation
from tests.conftest import control
from tests.selfservice.pages import words_of

# At the registrar that sells it, without it.
NAME = "okafor-dental.org"
PAGE, BUY = f"/domains/{NAME}/", f"/domains/{NAME}/privacy/"
KIND = "domain.buy_whois_privacy"
# 3.99 USD at 0.90 are 3.59 EUR; a quarter on top, up to .90
PRICE = Decimal("4.90")
REGISTRAR = re.compile(r"name\.?com", re.I)


@pytest.fixture
def account(db: None, sandbox: Any) -> Account:
    """An account that sells privacy, whose costs were typed by hand."""
    account = Account.objects.create(
        label="Name.com sandbox", family="namecom", endpoint=sandbox.url("namecom") + "/api", is_sandbox=True,
        credentials={"username": "demo-ote", "api_token": "demo"}, currency="USD",
    )  # fmt: skip
    ExchangeRate.objects.create(source="USD", target="EUR", rate=Decimal("0.90"), since=timezone.now())
    cost = Decimal("12.99")
    handkept.keep(account, [Entry("org", cost, cost, None, (1, 2), privacy=Decimal("3.99"))], None)
    return account


@pytest.fixture
def domain(make_domain: Callable[..., Any], account: Account, settle: Callable[[], None]) -> Domain:
    """The customer's name, as it was read at the registrar."""
    found: Domain = make_domain(NAME, account=account, owner=None)
    plan_refresh(NAME, account, key="first", customer=found.customer)
    settle()
    found.refresh_from_db()
    assert found.whois_privacy is False
    return found


def filled(browser: Client, page: str = BUY, years: int = 1, **named: Any) -> dict[str, str]:
    """What the form sends when somebody chooses so many years."""
    shown = browser.get(page, **named).content.decode()
    key = re.search(r'name="key" value="([^"]*)"', shown)
    term = re.search(rf'value="({years}@[^"]*)"', shown)
    assert key is not None
    assert term is not None, shown
    return {"key": key[1], "term": term[1]}


def bought(sandbox: Any) -> int:
    """How often the registrar sold privacy for the name."""
    rows = control(sandbox, "GET", "/journal")["journal"]
    return sum((row["action"], row["subject"]) == ("whois_privacy/create", NAME) for row in rows)


def test_privacy_is_bought_from_the_page_of_the_name_and_paid_once_it_is_on(
    own: Client, domain: Domain, settle: Callable[[], None], customer: Any, sandbox: Any
) -> None:
    before = ledger.balance(customer)

    name_page = own.get(PAGE).content.decode()
    shown = words_of(own.get(BUY))
    response = own.post(BUY, filled(own, years=2))
    operation = Operation.objects.get(kind=KIND)
    held_now, meanwhile = ledger.held(customer), words_of(own.get(BUY))
    settle()
    operation.refresh_from_db()
    domain.refresh_from_db()

    until = later(operation.created_at.date(), 2)
    assert f'href="{BUY}"' in name_page
    assert "/turn/privacy/" not in name_page
    assert "4.90" in shown
    assert "9.80" in shown
    assert "does not renew with the name" in shown
    assert response.status_code == 302
    assert (operation.price, held_now) == (2 * PRICE, 2 * PRICE)
    assert "For how long" not in meanwhile
    assert operation.state == "succeeded", operation.note
    assert (ledger.balance(customer), ledger.held(customer)) == (before - 2 * PRICE, Decimal(0))
    assert domain.whois_privacy is True
    assert bought_until(domain) == until
    assert bought(sandbox) == 1
    after = own.get(BUY)
    assert "Privacy is on" in words_of(after)
    assert str(until.year) in words_of(after)
    assert "WHOIS privacy bought" in words_of(own.get(PAGE))
    assert own.post(BUY, {"key": "again", "term": f"1@{PRICE}"}).status_code == 422
    assert not REGISTRAR.search(after.content.decode())


def test_double_press_buys_once(
    own: Client, domain: Domain, settle: Callable[[], None], customer: Any, sandbox: Any
) -> None:
    data = filled(own)

    first, second = own.post(BUY, data), own.post(BUY, data)
    other = own.post(BUY, {**data, "term": "2@9.80"})
    held_now = ledger.held(customer)
    settle()

    assert (first.status_code, second.status_code, other.status_code) == (302, 302, 422)
    assert "is being bought already" in words_of(other)
    assert held_now == PRICE
    assert Operation.objects.filter(kind=KIND).count() == bought(sandbox) == 1


def test_lost_answer_is_looked_into_and_paid_once(
    own: Client, domain: Domain, settle: Callable[[], None], customer: Any, sandbox: Any
) -> None:
    before = ledger.balance(customer)
    fault = {"family": "namecom", "action": "order", "kind": "reset_after", "times": 1}
    control(sandbox, "POST", "/faults", fault)

    own.post(BUY, filled(own))
    settle()

    operation = Operation.objects.get(kind=KIND)
    assert (operation.state, operation.sends) == ("succeeded", 1), operation.note
    assert bought(sandbox) == 1
    assert ledger.balance(customer) == before - PRICE


def test_name_that_is_private_already_at_the_registrar_costs_nothing(
    own: Client, domain: Domain, settle: Callable[[], None], customer: Any, sandbox: Any
) -> None:
    before = ledger.balance(customer)
    control(sandbox, "POST", "/world/namecom", {"domain": NAME, "set": {"whois_privacy": "2031-01-01"}})

    own.post(BUY, filled(own))
    settle()

    operation = Operation.objects.get(kind=KIND)
    domain.refresh_from_db()
    assert (operation.state, operation.reason) == ("failed", "already_private")
    assert (ledger.balance(customer), ledger.held(customer)) == (before, Decimal(0))
    assert bought(sandbox) == 0
    assert domain.whois_privacy is True
    assert "private already" in words_of(own.get(BUY))


def test_refusal_of_the_registrar_gives_the_money_back(
    own: Client, domain: Domain, settle: Callable[[], None], customer: Any, sandbox: Any
) -> None:
    before = ledger.balance(customer)
    fault = {"family": "namecom", "action": "order", "kind": "code:203", "times": 9}
    control(sandbox, "POST", "/faults", fault)

    own.post(BUY, filled(own))
    settle()

    page = own.get(BUY)
    assert Operation.objects.get(kind=KIND).state == "failed"
    assert (ledger.balance(customer), ledger.held(customer)) == (before, Decimal(0))
    assert "WHOIS privacy not bought" in words_of(page)
    assert "For how long" in words_of(page)


def test_price_that_changed_is_asked_about_again_and_one_that_is_gone_is_told(
    own: Client, domain: Domain, customer: Any
) -> None:
    data = filled(own)

    Cost.objects.filter(action="privacy").update(amount=Decimal("8.00"))
    changed = own.post(BUY, data)
    Cost.objects.filter(action="privacy").update(amount=Decimal(9000))
    poor = own.post(BUY, filled(own))
    PriceRule.objects.create(
        price_list=price_list_of(customer.brand), tld_name="org", action="privacy", is_sold=False
    )
    gone = own.post(BUY, data)

    assert (changed.status_code, poor.status_code, gone.status_code) == (422, 422, 422)
    assert "The price has changed" in words_of(changed)
    assert "Your wallet lacks" in words_of(poor)
    assert "The price is being reviewed" in words_of(gone)
    assert not Operation.objects.filter(kind=KIND).exists()
    assert ledger.held(customer) == Decimal(0)


@pytest.mark.parametrize(
    ("family", "told"),
    [("mrdomain", "Privacy costs nothing for this name"), ("bookmyname", "cannot be done for this name")],
)
def test_name_whose_registrar_sells_none_says_so(
    own: Client, make_domain: Callable[..., Any], account: Account, family: str, told: str
) -> None:
    Account.objects.filter(pk=account.pk).update(family=family)
    make_domain(NAME, account=account, owner=None, whois_privacy=False, detailed_at=timezone.now())

    assert told in words_of(own.get(BUY))
    assert own.post(BUY, {"key": "x", "term": "1@4.90"}).status_code == 422
    assert f'href="{BUY}"' not in own.get(PAGE).content.decode()
    assert not Operation.objects.filter(kind=KIND).exists()


def test_page_is_its_owners_alone(
    own: Client, colleague: Client, stranger: Client, domain: Domain, customer: Any
) -> None:
    data = filled(own)

    assert (stranger.get(BUY).status_code, stranger.post(BUY, data).status_code) == (404, 404)
    assert (colleague.get(BUY).status_code, colleague.post(BUY, data).status_code) == (403, 403)
    assert f'href="{BUY}"' not in colleague.get(PAGE).content.decode()
    assert ledger.held(customer) == Decimal(0)


def test_people_of_another_brand_find_no_such_name_and_those_of_its_own_buy_it(
    own: Client, domain: Domain, alder: Any, make_customer: Any, make_user: Any, signed_in: Any
) -> None:
    runner = signed_in(make_user("runner@demo.test", brand=alder))
    host, page = {"host": "alder.localhost"}, f"/brand{BUY}"
    rowan = make_customer("Rowan Books", brand=alder, money="210.00")

    strange = (runner.get(page, headers=host).status_code, runner.post(page, headers=host).status_code)
    Domain.objects.filter(pk=domain.pk).update(customer=rowan)
    shown = runner.get(page, headers=host)
    answer = runner.post(page, filled(runner, page, headers=host), headers=host)

    assert strange == (404, 404)
    assert "Wallet of Rowan Books" in words_of(shown)
    assert not REGISTRAR.search(shown.content.decode())
    assert answer.status_code == 302
    assert ledger.held(rowan) == PRICE


def test_staff_buy_it_for_the_customer_and_nobody_pays_for_a_name_of_nobody(
    domain: Domain, staff: Any, signed_in: Any, customer: Any, settle: Callable[[], None], sandbox: Any
) -> None:
    office, page = signed_in(staff), f"/office{BUY}"

    shown = words_of(office.get(page))
    Domain.objects.filter(pk=domain.pk).update(customer=None)
    answer = office.post(page, filled(office, page))
    settle()

    operation = Operation.objects.get(kind=KIND)
    assert "Wallet of Cedar Studio" in shown
    assert "4.90" in shown
    assert answer.status_code == 302
    assert (operation.state, operation.price, operation.actor) == ("succeeded", None, staff)
    assert bought(sandbox) == 1
    assert ledger.balance(customer) == Decimal(500)
