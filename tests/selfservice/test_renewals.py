"""The calendar of renewals: the months ahead with what they cost, the list, and how new names are renewed."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client

from panel.access.actor import actor_for
from panel.billing.models import Cart, CartLine
from panel.domain.checkout import checkout, review
from panel.domain.models import Domain, Reminder
from panel.domain.queries import domains_for
from panel.domain.renewal.coming import MONTHS, kept, months, spread, weeks
from panel.domain.renewal.new_names import follow
from panel.operation.models import Operation
from panel.operation.services import plan
from panel.people.models import Customer
from tests.conftest import control
from tests.selfservice.pages import words_of

NOW = datetime(2027, 11, 30, 9, tzinfo=UTC)
PAGE = "/renewals/"


@pytest.fixture
def today(time_machine: Any) -> None:
    """The last day of November 2027."""
    time_machine.move_to(NOW, tick=False)


# --- spans ----------------------------------------------------------------------------------------------------------


def test_months_follow_each_other_without_a_gap_also_over_a_leap_day() -> None:
    spans = {span.key: span for span in months(date(2027, 11, 30))}
    ahead = [span for key, span in spans.items() if key[0] == "2"]

    assert len(ahead) == MONTHS
    assert (ahead[0].first, ahead[0].last) == (date(2027, 11, 30), date(2027, 11, 30))
    assert spans["2028-02"].last == date(2028, 2, 29)
    assert all(after.first == before.last + timedelta(days=1) for before, after in pairwise(ahead))
    assert spans["expired"].last == date(2027, 11, 29)
    assert spans["later"].first == date(2028, 11, 1)


@pytest.mark.parametrize("today", [date(2027, 11, 29), date(2027, 12, 5), date(2028, 2, 29)])
def test_weeks_end_on_sunday_and_begin_today(today: date) -> None:
    spans = weeks(today)

    assert spans[0].first == today
    assert {span.last.weekday() for span in spans if span.last} == {6}
    assert all(after.first == before.last + timedelta(days=1) for before, after in pairwise(spans))


@pytest.mark.usefixtures("today")
def test_every_name_falls_into_one_span(make_domain: Any, owner: Any, operator: Any) -> None:
    dates = [NOW.date() + timedelta(days=days) for days in (-1, 0, 1, 31, 62, 91, 92, 337, 338, 4000)]
    for number, expires_on in enumerate([*dates, None]):
        make_domain(f"name-{number}.com", expires_on=expires_on)
    actor = actor_for(owner, operator)
    assert actor is not None

    groups = spread(kept(domains_for(actor)), months(NOW.date())).value

    assert sum(group.number for found in groups for group in found) == len(dates) + 1


# --- the page -------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("today")
def test_calendar_shows_names_sums_and_what_happens(own: Client, make_domain: Any, catalogue: Any) -> None:
    make_domain("a.com", expires_on=date(2028, 1, 10), renewal_mode="automatic")
    make_domain("b.fr", expires_on=date(2028, 1, 20), renewal_mode="manual")

    page = own.get(PAGE)
    text = words_of(page)

    assert page.status_code == 200
    # €12.90 for .com and €10.90 for .fr.
    assert "January 2028 2 1 €23.80" in text
    assert "It renews by itself, by 10 Jan 2028, for €12.90." in text
    assert "It can stop working from 20 Jan 2028 on." in text
    assert "/domains/b.fr/renew/" in page.content.decode()
    assert "MrDomain" not in page.content.decode()


@pytest.mark.usefixtures("today")
def test_months_lead_to_their_names(own: Client, make_domain: Any, catalogue: Any) -> None:
    make_domain("soon.com", expires_on=date(2027, 12, 10))
    make_domain("gone.com", expires_on=date(2027, 11, 2), status="grace")
    make_domain("later.com", expires_on=date(2030, 1, 1))

    def listed(query: str) -> set[str]:
        return set(re.findall(r'href="/domains/([\w.-]+)/"', own.get(PAGE + query).content.decode()))

    assert listed("?when=2027-12") == {"soon.com"}
    assert listed("?when=expired") == {"gone.com"}
    assert listed("?when=later") == {"later.com"}
    assert listed("") == {"soon.com", "gone.com", "later.com"}


@pytest.mark.usefixtures("today")
def test_names_that_ended_or_are_on_their_way_are_not_in_it(
    own: Client, make_domain: Any, catalogue: Any
) -> None:
    make_domain("moved.com", status="transferred_away")
    make_domain("coming.com", status="registering", expires_on=None)

    page = own.get(PAGE).content.decode()

    assert "moved.com" not in page
    assert "coming.com" not in page


@pytest.mark.usefixtures("today")
def test_name_that_is_being_renewed_has_no_button(own: Client, make_domain: Any, catalogue: Any) -> None:
    name = make_domain("a.com", renewal_mode="manual")
    plan(
        "domain.renew", subject=name.subject, label=name.name, account=catalogue, intent_key="x",
        payload={"name": name.name, "years": 1}, customer=name.customer,
    )  # fmt: skip

    page = own.get(PAGE)

    assert "It is being renewed." in words_of(page)
    assert "/domains/a.com/renew/" not in page.content.decode()


@pytest.mark.usefixtures("today")
def test_calendar_as_a_spreadsheet(own: Client, make_domain: Any, catalogue: Any) -> None:
    make_domain("xn--caf-dma.com", expires_on=date(2028, 1, 10), renewal_mode="automatic")

    answer = own.get(PAGE + "?format=csv&cols=expires&cols=renew_by&cols=price&cols=outlook")

    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert rows[1] == [
        "café.com", "2028-01-10", "2028-01-09", "12.90", "It renews by itself, by 10 Jan 2028, for €12.90."
    ]  # fmt: skip


def test_calendar_takes_the_same_queries_with_1_and_40_names(
    own: Client, make_domain: Any, catalogue: Any, django_assert_max_num_queries: Any
) -> None:
    make_domain("a.com")
    own.get(PAGE)
    with django_assert_max_num_queries(100) as one:
        own.get(PAGE)
    for number in range(39):
        make_domain(f"name-{number}.{'com' if number % 2 else 'fr'}")
    with django_assert_max_num_queries(100) as many:
        own.get(PAGE)

    assert len(many) == len(one)


def test_calendar_of_nothing_teaches_the_first_step(own: Client, catalogue: Any) -> None:
    assert "Your names will be listed here" in words_of(own.get(PAGE))


# --- who may --------------------------------------------------------------------------------------------------------


def test_calendar_is_for_the_own_customer_only(
    own: Client, stranger: Client, colleague: Client, client: Client, staff: Any, make_domain: Any, catalogue: Any,
    signed_in: Callable[[Any], Client],
) -> None:  # fmt: skip
    make_domain("a.com")

    assert "a.com" in own.get(PAGE).content.decode()
    seen = colleague.get(PAGE).content.decode()
    assert "a.com" in seen
    assert "/domains/a.com/renew/" not in seen
    assert "renewals/new-names" not in seen
    assert "a.com" not in stranger.get(PAGE).content.decode()
    assert signed_in(staff).get(PAGE).status_code == 404
    assert client.get(PAGE).status_code == 302


def test_customer_of_another_brand_sees_nothing_of_it(
    alder: Any, make_customer: Any, make_user: Any, make_domain: Any, catalogue: Any
) -> None:
    make_domain("a.com")
    user = make_user("rowan@demo.test", customer=make_customer("Rowan Books", brand=alder))
    browser = Client(headers={"host": "alder.localhost"})
    browser.force_login(user, backend="panel.people.backends.BrandAuthenticationBackend")

    page = browser.get(PAGE)

    assert page.status_code == 200
    assert "a.com" not in page.content.decode()


# --- new names ------------------------------------------------------------------------------------------------------


def test_owner_says_once_for_all_how_new_names_are_renewed(own: Client, customer: Customer) -> None:
    answer = own.post(PAGE + "new-names/", {"new_names_renew": "automatic"})

    customer.refresh_from_db()
    assert answer.status_code == 302
    assert customer.new_names_renew == "automatic"


def test_what_is_no_choice_comes_back_with_the_error(own: Client, customer: Customer) -> None:
    answer = own.post(PAGE + "new-names/", {"new_names_renew": "sometimes"})

    customer.refresh_from_db()
    assert answer.status_code == 422
    assert customer.new_names_renew == ""


def test_new_names_are_the_affair_of_those_who_may_change(
    colleague: Client, client: Client, staff: Any, signed_in: Callable[[Any], Client], customer: Customer
) -> None:
    data = {"new_names_renew": "manual"}

    assert colleague.post(PAGE + "new-names/", data).status_code == 403
    assert signed_in(staff).post(PAGE + "new-names/", data).status_code == 404
    assert client.post(PAGE + "new-names/", data).status_code == 302
    customer.refresh_from_db()
    assert customer.new_names_renew == ""


@pytest.fixture
def bought(
    customer: Any,
    contact: Any,
    catalogue: Any,
    owner: Any,
    operator: Any,
    sandbox: Any,
    run_due: Callable[..., int],
) -> Callable[[], Domain]:
    """`bought()`: a name that the customer has just registered, and that was read."""

    def buy() -> Domain:
        actor = actor_for(owner, operator)
        assert actor is not None
        cart, _made = Cart.objects.get_or_create(customer=customer, defaults={"registrant": contact})
        CartLine.objects.create(cart=cart, name="calm-orchard.com", tld_name="com")
        checkout(actor, cart, checkout_key="k", expected_total=review(actor, cart).total)
        for _turn in range(8):
            run_due(hurry=True)
            control(sandbox, "POST", "/settle")
        return Domain.objects.get(name="calm-orchard.com")

    return buy


@pytest.mark.parametrize("wanted", ["automatic", "manual"])
def test_new_name_is_renewed_as_its_customer_wants(
    bought: Callable[[], Domain], customer: Customer, wanted: str
) -> None:
    Customer.objects.filter(pk=customer.pk).update(new_names_renew=wanted)

    assert bought().renewal_mode == wanted


def test_without_a_wish_nothing_is_asked_of_the_registrar(bought: Callable[[], Domain]) -> None:
    name = bought()

    assert not Operation.objects.filter(kind="domain.renewal_mode").exists()
    assert name.renewal_mode in ("automatic", "manual")


def test_what_a_person_turned_since_is_not_turned_back(
    bought: Callable[[], Domain], customer: Customer
) -> None:
    Customer.objects.filter(pk=customer.pk).update(new_names_renew="manual")
    name = bought()
    Domain.objects.filter(pk=name.pk).update(renewal_mode="automatic")
    count = Operation.objects.filter(kind="domain.renewal_mode").count()

    for operation in Operation.objects.filter(kind__in=["domain.create", "domain.refresh"]).select_related(
        "customer"
    ):
        follow(operation)

    assert Operation.objects.filter(kind="domain.renewal_mode").count() == count


# --- on the page of a name ------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("today")
def test_page_of_a_name_shows_its_dates_its_end_and_the_reminders(
    own: Client, make_domain: Any, catalogue: Any
) -> None:
    name = make_domain("a.com", expires_on=date(2027, 12, 20), renewal_mode="manual")
    Reminder.objects.create(
        domain=name, customer=name.customer, expires_on=name.expires_on, kind="month", sent_at=NOW,
        sent_to=["ada@cedar.test"],
    )  # fmt: skip

    text = words_of(own.get("/domains/a.com/"))

    assert "Paid until 20 Dec 2027" in text
    assert "Last safe day to renew 19 Dec 2027" in text
    assert "It can stop working from 20 Dec 2027 on." in text
    assert "Can be restored until Not known" in text
    assert "A month before its date, 20 Dec 2027 : 30 Nov 2027" in text
    assert "ada@cedar.test" in text


def test_reminders_of_an_earlier_customer_are_not_shown(
    own: Client, make_domain: Any, make_customer: Any, catalogue: Any
) -> None:
    name = make_domain("a.com")
    Reminder.objects.create(
        domain=name, customer=make_customer("Before"), expires_on=name.expires_on, kind="week", sent_at=NOW,
        sent_to=["before@demo.test"],
    )  # fmt: skip

    assert "before@demo.test" not in own.get("/domains/a.com/").content.decode()


def test_price_of_a_month_is_what_the_renewal_page_asks(
    own: Client, make_domain: Any, catalogue: Any
) -> None:
    make_domain("a.com")

    price = re.search(
        r'data-label="Price"[^>]*>\s*<data class="money" value="([\d.]+)"', own.get(PAGE).content.decode()
    )
    asked = re.search(r'value="1@([\d.]+)"', own.get("/domains/a.com/renew/").content.decode())

    assert price is not None
    assert asked is not None
    assert Decimal(price[1]) == Decimal(asked[1])
