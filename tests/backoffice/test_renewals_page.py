"""The report of renewals for staff, and the same for people who run a brand, without the registrar."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from panel.account.models import Account
from panel.core import remembered
from panel.domain.models import Domain, Reminder
from panel.domain.renewal import due
from tests.backoffice.conftest import sign_in

PAGE = "/office/renewals/"
BRAND_PAGE = "/brand/renewals/"


@pytest.fixture
def make_due(catalogue: Any, customer: Any) -> Callable[..., Domain]:
    """`make_due("a.com", 10, renewal_mode="manual")`: a name of the customer that expires in so many days."""

    def make(name: str, days: int | None = 10, **fields: Any) -> Domain:
        defaults: dict[str, Any] = {
            "unicode_name": name,
            "tld_name": name.partition(".")[2],
            "account": catalogue,
            "customer": customer,
            "status": "active",
            "renewal_mode": "manual",
            "detailed_at": timezone.now(),
            "expires_on": None if days is None else timezone.localdate() + timedelta(days=days),
        }
        return Domain.objects.create(name=name, **{**defaults, **fields})

    return make


def lines(client: Client, query: str = "", page: str = PAGE) -> dict[str, str]:
    """The words of each row by its name."""
    html = client.get(page + query).content.decode()
    rows = re.findall(r"<tr>\s*<th scope=\"row\" class=\"cell-title\"(.*?)</tr>", html, re.S)
    found = {}
    for row in rows:
        words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)).partition(">")[2].strip()
        found[words.split(" ")[0]] = words
    return found


@pytest.mark.parametrize(
    ("fields", "situation", "why"),
    [
        ({}, "Nobody has renewed it", ""),
        ({"renewal_mode": "automatic"}, "Renews by itself", ""),
        ({"renewal_mode": "let_expire"}, "To be ended", ""),
        ({"status": "renewing"}, "Being renewed", ""),
        ({"days": None}, "In trouble", "Nobody knows when it expires"),
        ({"status": "on_hold"}, "In trouble", "On hold at the registry"),
        ({"modification_lock": True}, "In trouble", "The change lock is on"),
        ({"missing_since": timezone.now()}, "In trouble", "Not in the registrar&#x27;s list"),
        ({"renewal_mode": "automatic", "modification_lock": True}, "Renews by itself", ""),
        ({"renewal_mode": "automatic", "days": -2}, "In trouble", "It was to renew by itself and has not"),
        ({"status": "redemption", "days": -40}, "To be ended", ""),
        ({"detailed_at": None}, "In trouble", "Not read for days"),
        ({"detailed_at": timezone.now() - timedelta(days=11)}, "In trouble", "Not read for days"),
        ({"detailed_at": timezone.now() - timedelta(days=9)}, "Nobody has renewed it", ""),
    ],
)
def test_name_that_is_due_tells_how_it_stands(
    office: Client, make_due: Any, fields: dict[str, Any], situation: str, why: str
) -> None:
    values = {"days": 10, **fields}
    assert values.get("status", "active") in Domain.Status.values
    make_due("a.com", values.pop("days"), **values)

    line = lines(office)["a.com"]

    assert situation in line
    assert why in line


def test_name_with_an_operation_that_waits_for_a_person_is_in_trouble(
    office: Client, make_due: Any, make_operation: Any
) -> None:
    make_due("a.com")
    make_operation("attention", name="a.com", kind="domain.nameservers")

    assert "An operation waits for a decision" in lines(office)["a.com"]


def test_renewal_that_waits_for_money_is_in_trouble(
    office: Client, make_due: Any, make_operation: Any
) -> None:
    make_due("a.com")
    make_due("b.com")
    make_operation("queued", name="a.com", kind="domain.renew", waiting_for="funds")
    make_operation("queued", name="b.com", kind="domain.renew")

    found = lines(office)

    assert "No money at the registrar" in found["a.com"]
    assert "Being renewed" in found["b.com"]


def test_account_that_lacks_money_for_its_own_renewals_is_told_with_its_names(
    office: Client, make_due: Any, catalogue: Account
) -> None:
    make_due("a.com", renewal_mode="automatic")
    make_due("b.com", renewal_mode="automatic")
    assert "lacks money" not in office.get(PAGE).content.decode()

    Account.objects.filter(pk=catalogue.pk).update(balance=Decimal("19.99"))
    page = office.get(PAGE).content.decode()

    assert "MrDomain sandbox lacks money for its renewals" in page
    assert "2 names renew by themselves there for about €20.00; the balance is €19.99." in page
    assert "No money at the registrar" in lines(office)["a.com"]
    Account.objects.filter(pk=catalogue.pk).update(balance=Decimal("20.00"))
    assert "lacks money" not in office.get(PAGE).content.decode()


def test_renewed_names_stay_on_the_report_of_the_days_in_which_they_were_due(
    office: Client, make_due: Any, make_operation: Any
) -> None:
    was = timezone.localdate() + timedelta(days=10)
    by_us = make_due("ours.com", 375)
    by_itself = make_due("itself.com", 375)
    make_due("other.com", 375)
    make_operation(
        "succeeded", name=by_us.name, kind="domain.renew", starts_from={"expires_on": was.isoformat()}
    )
    Reminder.objects.create(
        domain=by_itself, customer=by_itself.customer, expires_on=was, kind="month", sent_at=timezone.now()
    )

    found = lines(office)

    assert set(found) == {"ours.com", "itself.com"}
    assert all("Renewed" in words for words in found.values())


def test_report_is_filtered_by_span_situation_brand_account_and_customer(
    office: Client, make_due: Any, make_customer: Any, alder: Any, catalogue: Any, customer: Any
) -> None:
    rowan = make_customer("Rowan Books", brand=alder)
    other = Account.objects.create(
        label="Other", family="netim", endpoint="http://127.0.0.1:9", is_sandbox=True
    )
    make_due("a.com", 5)
    make_due("b.com", 20, renewal_mode="automatic")
    make_due("c.com", 45, customer=rowan)
    make_due("d.com", 20, customer=rowan, account=other)
    make_due("e.com", 20, customer=None)

    assert set(lines(office)) == {"a.com", "b.com", "d.com", "e.com"}
    assert set(lines(office, "?days=7")) == {"a.com"}
    assert set(lines(office, "?days=60")) == {"a.com", "b.com", "c.com", "d.com", "e.com"}
    assert set(lines(office, "?situation=automatic")) == {"b.com"}
    assert set(lines(office, f"?brand={alder.pk}")) == {"d.com"}
    assert set(lines(office, f"?account={other.pk}")) == {"d.com"}
    assert set(lines(office, f"?customer={customer.pk}")) == {"a.com", "b.com"}
    assert set(lines(office, "?customer=null")) == {"e.com"}
    assert set(lines(office, "?q=a.c")) == {"a.com"}


def test_figures_lead_to_the_names_and_weeks_are_a_chart(office: Client, make_due: Any) -> None:
    make_due("a.com", 5, renewal_mode="automatic")
    make_due("b.com", 5)

    page = office.get(PAGE).content.decode()

    assert 'href="?days=30&amp;situation=waiting"' in page
    assert "Names that expire, by week" in page
    assert page.count('class="chart-column"') == 13


def test_report_as_a_spreadsheet(office: Client, make_due: Any) -> None:
    make_due("a.com", modification_lock=True)

    text = b"".join(office.get(PAGE + "?format=csv").streaming_content).decode("utf-8-sig")

    assert "a.com" in text
    assert "In trouble,The change lock is on,Cedar Studio,MrDomain sandbox" in text


def test_last_reminder_of_the_present_date_is_shown(office: Client, make_due: Any) -> None:
    name = make_due("a.com")
    sent = timezone.now() - timedelta(days=3)
    Reminder.objects.create(
        domain=name, customer=name.customer, expires_on=name.expires_on, kind="month", sent_at=sent
    )

    assert "3 days ago" in lines(office, "?cols=told_at")["a.com"]


def test_report_takes_the_same_queries_with_1_and_40_names(
    office: Client, make_due: Any, django_assert_max_num_queries: Any
) -> None:
    make_due("a.com", renewal_mode="automatic")
    office.get(PAGE)
    with django_assert_max_num_queries(100) as one:
        office.get(PAGE)
    for number in range(39):
        make_due(f"name-{number}.com", number % 30, renewal_mode="automatic" if number % 2 else "manual")
    with django_assert_max_num_queries(100) as many:
        office.get(PAGE)

    assert len(many) == len(one)


@pytest.fixture
def _empty_cache() -> Any:
    cache.clear()
    yield
    cache.clear()


@pytest.mark.usefixtures("_empty_cache")
def test_figures_of_very_many_due_names_are_remembered(
    make_due: Any, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(remembered, "LARGE", 1)
    make_due("a.com")
    make_due("b.com", renewal_mode="automatic")
    assert due.counted(due.due(Domain.objects.all(), 30, [])).at is None

    with django_assert_num_queries(0):
        again = due.counted(due.due(Domain.objects.all(), 30, []))

    assert again.at is not None
    assert again.value[due.Situation.WAITING] == again.value[due.Situation.AUTOMATIC] == 1


def test_overview_leads_to_what_is_due_and_tells_of_missing_money(
    office: Client, make_due: Any, catalogue: Account
) -> None:
    make_due("a.com", renewal_mode="automatic")
    make_due("b.com")
    Account.objects.filter(pk=catalogue.pk).update(balance=Decimal("5.00"))

    page = office.get("/office/").content.decode()
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))

    assert "Expire within 30 days 2" in text
    assert "MrDomain sandbox lacks money for its renewals" in text
    assert "One name renews by itself there for about €10.00; the balance is €5.00." in text
    assert f"/office/renewals/?account={catalogue.pk}" in page


# --- for a brand ----------------------------------------------------------------------------------------------------


@pytest.fixture
def rowan(alder: Any, make_customer: Any) -> Any:
    """A customer of the brand."""
    return make_customer("Rowan Books", brand=alder)


@pytest.fixture
def runner(alder: Any, make_user: Any) -> Client:
    """The browser of who runs the brand."""
    return sign_in(make_user("runner@demo.test", brand=alder), HTTP_HOST="alder.localhost")


def test_brand_sees_its_own_customers_names_without_the_registrar(
    runner: Client, make_due: Any, make_operation: Any, rowan: Any
) -> None:
    make_due("cedar.com")
    make_due("a.com", customer=rowan)
    make_due("b.com", customer=rowan)
    make_operation("queued", name="a.com", kind="domain.renew", waiting_for="funds", customer=rowan)

    page = runner.get(BRAND_PAGE)
    found = lines(runner, page=BRAND_PAGE)

    assert set(found) == {"a.com", "b.com"}
    assert "Held up at the operator" in found["a.com"]
    assert "registrar" not in page.content.decode().lower()
    assert "MrDomain" not in page.content.decode()
    text = b"".join(runner.get(BRAND_PAGE + "?format=csv").streaming_content).decode()
    assert "Held up at the operator" in text
    assert "MrDomain" not in text


def test_brands_report_is_filtered_by_customer(
    runner: Client, make_due: Any, rowan: Any, make_customer: Any, alder: Any, customer: Any
) -> None:
    make_due("a.com", customer=rowan)
    make_due("b.com", customer=make_customer("Hazel", brand=alder))

    assert set(lines(runner, f"?customer={rowan.pk}", BRAND_PAGE)) == {"a.com"}
    # A foreign customer is no choice at all.
    assert set(lines(runner, f"?customer={customer.pk}", BRAND_PAGE)) == {"a.com", "b.com"}


def test_brands_report_exists_for_nobody_else(
    rowan: Any, make_user: Any, owner: Any, office: Client, client: Client, alder: Any, operator: Any
) -> None:
    person = sign_in(make_user("rowan@demo.test", customer=rowan), HTTP_HOST="alder.localhost")
    other = sign_in(make_user("other@demo.test", brand=operator))

    assert person.get(BRAND_PAGE).status_code == 404
    assert sign_in(owner).get(BRAND_PAGE).status_code == 404
    assert office.get(BRAND_PAGE).status_code == 404
    assert other.get(PAGE).status_code == 404
    assert client.get(BRAND_PAGE).status_code == 302


def test_brands_report_takes_the_same_queries_with_1_and_40_names(
    runner: Client,
    make_due: Any,
    rowan: Any,
    alder: Any,
    make_customer: Any,
    django_assert_max_num_queries: Any,
) -> None:
    make_due("a.com", customer=rowan)
    runner.get(BRAND_PAGE)
    with django_assert_max_num_queries(100) as one:
        runner.get(BRAND_PAGE)
    for number in range(39):
        make_due(f"name-{number}.com", customer=make_customer(f"Customer {number}", brand=alder))
    with django_assert_max_num_queries(100) as many:
        runner.get(BRAND_PAGE)

    assert len(many) == len(one)


# --- the page of a customer ---


def test_staff_see_how_a_customers_new_names_are_renewed(office: Client, customer: Any) -> None:
    type(customer).objects.filter(pk=customer.pk).update(new_names_renew="manual")

    page = office.get(f"/office/customers/{customer.public_id}/").content.decode()

    assert "Are renewed by hand" in page


# --- the page of a name ---------------------------------------------------------------------------------------------


def test_staff_see_the_end_of_a_name_also_of_nobodys(office: Client, make_due: Any) -> None:
    make_due("a.com", customer=None)

    page = office.get("/office/domains/a.com/").content.decode()

    assert "If nobody acts" in page
    assert "Last safe day to renew" in page
