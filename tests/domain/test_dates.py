"""The dates of a name's end and what happens if nobody acts: from the extension's rules, and nothing guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from panel.account.models import Account, Cost, Tld
from panel.billing.pricing import PriceBook
from panel.domain.belonging import RENEWED, has, whole
from panel.domain.models import Domain
from panel.domain.renewal.dates import Dates, dates_of
from panel.domain.renewal.ending import ending_of
from panel.domain.renewal.outlook import outlook
from panel.domain.renewal.prices import RenewalPrices
from panel.operation.models import Operation

EXPIRES = date(2027, 3, 10)


def domain(family: str = "netim", tld: str = "com", **fields: Any) -> Domain:
    """A name that is in no database."""
    defaults: dict[str, Any] = {
        "name": f"a.{tld}",
        "unicode_name": f"a.{tld}",
        "tld_name": tld,
        "account": Account(family=family),
        "status": "active",
        "expires_on": EXPIRES,
        "renewal_mode": "manual",
    }
    return Domain(**{**defaults, **fields})


def renewal(years: int = 1, start: date = EXPIRES, state: str = "waiting") -> Operation:
    """A renewal from that expiry."""
    return Operation(
        kind="domain.renew",
        state=state,
        payload={"years": years},
        starts_from={"expires_on": start.isoformat()},
    )


def sure(**fields: Any) -> Dates:
    """The dates of a name, which are known."""
    found = dates_of(domain(**fields))
    assert found is not None
    return found


# --- dates ----------------------------------------------------------------------------------------------------------


def test_dates_follow_the_extensions_rules_at_the_registrar_that_holds_the_name() -> None:
    dates = sure(family="netim", tld="com")

    assert dates.works_until == date(2027, 4, 9)
    assert dates.renewable_until == date(2027, 4, 9)
    assert dates.restorable_until == date(2027, 5, 9)
    assert dates.renew_by == date(2027, 4, 8)


def test_name_without_grace_is_safe_until_the_day_before_it_expires() -> None:
    dates = sure(family="netim", tld="eu")

    assert dates.renew_by == date(2027, 3, 9)
    assert dates.works_until == EXPIRES
    assert dates.restorable_until == date(2027, 4, 19)


@pytest.mark.parametrize(("family", "tld"), [("mrdomain", "com"), ("netim", "fr"), ("bookmyname", "example")])
def test_grace_that_nobody_knows_counts_as_none_and_stays_unknown(family: str, tld: str) -> None:
    dates = sure(family=family, tld=tld)

    assert dates.renew_by == date(2027, 3, 9)
    assert (dates.works_until, dates.renewable_until, dates.restorable_until) == (None, None, None)


def test_name_of_unknown_expiry_has_no_dates() -> None:
    assert dates_of(domain(expires_on=None)) is None


def test_dates_count_over_a_leap_day() -> None:
    leap = sure(tld="com", expires_on=date(2028, 2, 1))
    common = sure(tld="com", expires_on=date(2027, 2, 1))

    assert leap.renewable_until == date(2028, 3, 2)
    assert common.renewable_until == date(2027, 3, 3)


@pytest.mark.parametrize(
    "state", ["planned", "queued", "sending", "waiting", "unknown", "attention", "succeeded"]
)
def test_renewal_from_the_date_that_is_shown_is_paid_already(state: str) -> None:
    dates = dates_of(domain(), [renewal(2, state=state)])

    assert dates is not None
    assert dates.paid_until == date(2029, 3, 10)
    assert dates.expires_on == EXPIRES
    assert dates.is_being_renewed


@pytest.mark.parametrize(
    "operation",
    [
        renewal(state="failed"),
        renewal(state="cancelled"),
        renewal(start=date(2026, 3, 10), state="succeeded"),
    ],
)
def test_renewal_that_failed_or_shows_already_adds_nothing(operation: Operation) -> None:
    dates = dates_of(domain(), [operation])

    assert dates is not None
    assert dates.paid_until == EXPIRES
    assert not dates.is_being_renewed


def test_renewal_from_a_leap_day_is_paid_until_the_28th() -> None:
    start = date(2028, 2, 29)

    dates = dates_of(domain(expires_on=start), [renewal(1, start)])

    assert dates is not None
    assert dates.paid_until == date(2029, 2, 28)


# --- if nobody acts -------------------------------------------------------------------------------------------------


def told(moment: datetime, time_machine: Any, **fields: Any) -> str:
    """What is said of a name at a moment."""
    time_machine.move_to(moment, tick=False)
    found = domain(**fields)
    return outlook(found, dates_of(found)).text


BEFORE = datetime(2027, 2, 1, 12, tzinfo=UTC)


def test_name_with_known_rules_tells_when_it_stops_and_until_when_it_can_be_had_back(
    time_machine: Any,
) -> None:
    text = told(BEFORE, time_machine, family="netim", tld="com")

    assert text == (
        "It stops working on 9 Apr 2027. It can be renewed until 9 Apr 2027. "
        "It can be restored until 9 May 2027; ask us what that costs. After that anybody can register it."
    )


def test_what_no_rule_tells_is_said_to_be_unknown(time_machine: Any) -> None:
    text = told(BEFORE, time_machine, family="mrdomain", tld="fr")

    assert "It can stop working from 10 Mar 2027 on." in text
    assert "How long it can still be renewed after 10 Mar 2027 is not known for .fr" in text
    assert "Whether and until when it can be restored is not known for .fr." in text


def test_name_that_renews_by_itself_only_says_so(time_machine: Any) -> None:
    assert told(BEFORE, time_machine, renewal_mode="automatic") == "It renews by itself, by 10 Mar 2027."


def test_name_that_should_have_renewed_by_itself_is_not_said_to_do_so(time_machine: Any) -> None:
    text = told(datetime(2027, 3, 11, 1, tzinfo=UTC), time_machine, renewal_mode="automatic")

    assert "that does not show yet" in text


def test_name_of_which_it_is_unknown_whether_it_renews_says_that_first(time_machine: Any) -> None:
    assert told(BEFORE, time_machine, renewal_mode="unknown").startswith(
        "We do not know yet whether it renews"
    )


@pytest.mark.parametrize("status", ["deleted", "transferred_away", "registering", "transferring"])
def test_name_that_has_no_end_to_come_says_nothing(status: str, time_machine: Any) -> None:
    assert status in Domain.Status.values
    assert told(BEFORE, time_machine, status=status) == ""


def test_name_of_unknown_expiry_says_so(time_machine: Any) -> None:
    assert told(BEFORE, time_machine, expires_on=None).startswith("We do not know yet when it expires")


def test_deleted_name_tells_until_when_it_can_be_restored(time_machine: Any) -> None:
    text = told(datetime(2027, 4, 20, tzinfo=UTC), time_machine, status=Domain.Status.REDEMPTION)

    assert text.startswith("It has stopped working. It can be restored until 9 May 2027")


def test_no_status_is_without_words(time_machine: Any) -> None:
    gone = {"registration", "cancelled", "away", "deleted", "ing"}
    for status in Domain.Status.values:
        text = told(BEFORE, time_machine, status=status)
        assert text or any(part in status for part in gone), status
        assert "registrar" not in text.lower()


# --- with prices ----------------------------------------------------------------------------------------------------


@pytest.fixture
def netim(db: None) -> Account:
    """An account at Netim that sells .com, with a price for bringing it back."""
    account = Account.objects.create(
        label="Netim", family="netim", endpoint="http://127.0.0.1:9", is_sandbox=True
    )
    tld = Tld.objects.create(account=account, name="com", parent="com", seen_at=BEFORE)
    for action, amount in (("create", "10.00"), ("renew", "10.00"), ("restore", "40.00")):
        Cost.objects.create(tld=tld, action=action, amount=Decimal(amount), currency="EUR", years=[1])
    return account


def test_prices_are_those_of_the_customers_brand_where_the_name_is(
    netim: Account, operator: Any, time_machine: Any
) -> None:
    time_machine.move_to(BEFORE, tick=False)
    prices = RenewalPrices(PriceBook(operator, ["com"]))
    manual, automatic = domain(account=netim), domain(account=netim, renewal_mode="automatic")

    assert (
        "It can be restored until 9 May 2027, for €50.90." in outlook(manual, dates_of(manual), prices).text
    )
    assert (
        outlook(automatic, dates_of(automatic), prices).text
        == "It renews by itself, by 10 Mar 2027, for €12.90."
    )


def test_end_of_a_name_knows_of_the_renewal_that_is_under_way(
    netim: Account, customer: Any, time_machine: Any
) -> None:
    time_machine.move_to(BEFORE, tick=False)
    name = domain(account=netim, customer=customer)
    name.save()
    under_way = renewal(3)
    under_way.subject, under_way.label, under_way.account = name.subject, name.name, netim
    under_way.intent_key, under_way.public_id = "renewal", "op-renewal"
    under_way.save()

    found = ending_of(name)

    assert found.dates is not None
    assert found.dates.paid_until == date(2030, 3, 10)
    assert found.outlook.text == "It is being renewed, and paid until 10 Mar 2030."
    assert found.outlook.renews


@pytest.mark.parametrize(("start", "is_read"), [(EXPIRES, True), (date(2026, 3, 10), False)])
def test_renewals_are_read_only_where_the_expiry_does_not_show_them(
    netim: Account, customer: Any, start: date, is_read: bool
) -> None:
    name = domain(account=netim, customer=customer)
    name.save()
    renewed = renewal(1, start)
    renewed.subject, renewed.label, renewed.account = name.subject, name.name, netim
    renewed.intent_key, renewed.public_id = "renewal", "op-renewal"
    renewed.save()

    shown = whole(Domain.objects.all()).get(pk=name.pk)

    assert has(shown, RENEWED) is is_read
    assert has(Domain.objects.get(pk=name.pk), RENEWED) is is_read
