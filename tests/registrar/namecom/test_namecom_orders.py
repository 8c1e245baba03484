"""Orders: renewals, privacy, backorders, several items, and what becomes of each."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from registrar.errors import (
    Conflict,
    InsufficientFunds,
    InvalidRequest,
    NotFound,
    NotSent,
    OutcomeUnknown,
    UnreadableReply,
)
from registrar.types import (
    DomainOrder,
    Done,
    ItemKind,
    ItemResult,
    OrderItem,
    Pending,
    Price,
)
from tests.registrar.namecom.replies import reply, result, shown

EXPIRY = date(2099, 3, 5)
CREATED = reply({"results": [result("domain/create")]})
RENEWED = reply({"results": [result("domain/renew")]})


def failed(order_type: str, *information: str, code: int = 100, **fields: object) -> bytes:
    line = result(order_type, success=False, price=0, information=list(information), **fields)
    return reply({"results": [line]}, code=code)


@pytest.fixture
def registration(person) -> DomainOrder:
    return DomainOrder("faro.com", person)


def test_renewal_reads_the_expiry_first_and_again(answered):
    line = answered(
        {
            "order": RENEWED,
            "domain/get": [reply(shown()), reply(shown(expires="2102-03-05 23:59:59"))],
        }
    )

    outcome = line.driver.domains.renew("Faro.com", current_expiry=EXPIRY, years=3)

    assert line.lines == [
        "GET /api/domain/get/faro.com",
        "POST /api/order",
        "GET /api/domain/get/faro.com",
    ]
    assert line.body(1) == b'{"items":[{"order_type":"domain/renew","domain_name":"faro.com","period":3}]}'
    assert isinstance(outcome, Done)
    assert (outcome.value.expires_on, outcome.value.years) == (date(2102, 3, 5), 3)
    assert outcome.value.charged == Price(Decimal("10.99"), "USD")


@pytest.mark.parametrize("later", [reply(shown()), b"garbage", reply(code=240)])
def test_renewal_is_pending_until_the_expiry_moved(answered, later):
    line = answered({"order": RENEWED, "domain/get": [reply(shown()), later]})

    outcome = line.driver.domains.renew("faro.com", current_expiry=EXPIRY)

    assert isinstance(outcome, Pending)
    assert outcome.reference == "faro.com"


def test_renewal_from_another_expiry_is_a_conflict_and_not_sent(answered):
    line = answered({"domain/get": reply(shown())})

    with pytest.raises(Conflict) as caught:
        line.driver.domains.renew("faro.com", current_expiry=date(2098, 3, 5))
    assert caught.value.reason == "expiry_differs"
    assert line.lines == ["GET /api/domain/get/faro.com"]


def test_renewal_whose_first_read_is_lost_was_not_sent(answered):
    line = answered({"domain/get": b"garbage"})

    with pytest.raises(NotSent):
        line.driver.domains.renew("faro.com", current_expiry=EXPIRY)
    assert line.lines == ["GET /api/domain/get/faro.com"]


@pytest.mark.parametrize(
    "answer", [reply(code=240), failed("domain/renew"), failed("domain/renew", code=240)]
)
def test_failed_renewal_is_a_conflict(answered, answer):
    line = answered({"order": answer, "domain/get": reply(shown())})

    with pytest.raises(Conflict):
        line.driver.domains.renew("faro.com", current_expiry=EXPIRY)


@pytest.mark.parametrize(
    ("renewal", "order_type"), [(False, "whois_privacy/create"), (True, "whois_privacy/renew")]
)
def test_privacy_is_bought_for_a_name(answered, renewal, order_type):
    line = answered({"order": reply({"results": [result(order_type)]})})

    assert line.driver.domains.buy_whois_privacy("faro.com", years=2, renewal=renewal) == Done(None)

    (item,) = json.loads(line.body())["items"]
    assert item == {"order_type": order_type, "domain_name": "faro.com", "period": 2}


@pytest.mark.parametrize(("listed", "error"), [([], NotFound), (["faro.com"], Conflict)])
def test_privacy_that_fails_is_looked_into(answered, listed, error):
    names = {name: {"tld": "com"} for name in listed}
    line = answered({"order": reply(code=240), "domain/list": reply({"domains": names})})

    with pytest.raises(error):
        line.driver.domains.buy_whois_privacy("faro.com", years=1)


@pytest.mark.parametrize(
    ("information", "look_first"),
    [
        ([], True),
        (["Command Failed - Domain Not Available"], True),
        (["Unexpected Error (Exception)"], True),
        (["Parameter Value Error - Duplicate Order"], True),
        (["Parameter Value Error - Period"], False),
        (["Insufficient Funds"], False),
    ],
)
def test_item_that_failed_says_whether_to_look_first(answered, information, look_first):
    line = answered({"order": failed("backorder/create", *information)})

    (found,) = line.driver.domains.order([OrderItem(ItemKind.BACKORDER, "faro.com")])

    assert (found.succeeded, found.look_first) == (False, look_first)


def test_backorder_has_no_period(answered):
    line = answered({"order": reply({"results": [result("backorder/create")]})})

    assert line.driver.domains.backorder("faro.com") == Done(None)

    assert json.loads(line.body())["items"] == [{"order_type": "backorder/create", "domain_name": "faro.com"}]


FIVE = (
    OrderItem(ItemKind.RENEW, "faro.com", 2, whois_privacy=True),
    OrderItem(ItemKind.WHOIS_PRIVACY, "lamp.net", 1),
    OrderItem(ItemKind.WHOIS_PRIVACY_RENEWAL, "wick.org", 1),
    OrderItem(ItemKind.BACKORDER, "oil.com"),
)


def test_several_items_are_answered_in_their_order_and_flagged_privacy_behind_them(answered, registration):
    told = [
        result("whois_privacy/renew", "wick.org", price="3.99", duration="1", interval="Years"),
        result("domain/renew", price=21.98, duration=2),
        result("whois_privacy/renew", price=7.98, duration=2),
        result("backorder/create", "oil.com", success=False, information=["Command Failed - Too Late"]),
        result("domain/create", "new.com", price="8.99", interval="months", duration=12),
        result(
            "whois_privacy/create", "lamp.net", price=None, duration=None, interval=None, information=None
        ),
    ]
    line = answered({"order": reply({"results": told}, code=240)})
    new = OrderItem(ItemKind.CREATE, "new.com", registration=replace(registration, name="new.com"))

    found = line.driver.domains.order([new, *FIVE])

    def usd(amount: str) -> Price:
        return Price(Decimal(amount), "USD")

    assert found == (
        ItemResult(ItemKind.CREATE, "new.com", True, usd("8.99"), None),
        ItemResult(ItemKind.RENEW, "faro.com", True, usd("21.98"), 2),
        ItemResult(ItemKind.WHOIS_PRIVACY, "lamp.net", True),
        ItemResult(ItemKind.WHOIS_PRIVACY_RENEWAL, "wick.org", True, usd("3.99"), 1),
        ItemResult(ItemKind.BACKORDER, "oil.com", False, None, 1, ("Command Failed - Too Late",), True),
        ItemResult(ItemKind.WHOIS_PRIVACY_RENEWAL, "faro.com", True, usd("7.98"), 2),
    )
    assert [item["order_type"] for item in json.loads(line.body())["items"]] == [
        "domain/create",
        "domain/renew",
        "whois_privacy/create",
        "whois_privacy/renew",
        "backorder/create",
    ]
    assert json.loads(line.body())["items"][1]["whois_privacy"] == 1


@pytest.mark.parametrize(
    "told",
    [
        [],
        [result("domain/renew", "other.com")],
        [result("domain/renew"), result("domain/renew")],
        [result("domain/renew"), result("whois_privacy/renew")],
        [result("domain/transfer")],
        [result("domain/renew", success=None)],
        [result("domain/renew", price="free")],
        [result("domain/renew", information=[1])],
    ],
)
def test_answer_about_other_items_than_ordered_is_unreadable(answered, told):
    line = answered({"order": reply({"results": told, "x": 1})})

    with pytest.raises(UnreadableReply):
        line.driver.domains.order([OrderItem(ItemKind.RENEW, "faro.com", 1)])


@pytest.mark.parametrize(
    ("code", "error"),
    [(240, Conflict), (260, InsufficientFunds), (203, InvalidRequest), (250, OutcomeUnknown)],
)
def test_order_that_fails_without_telling_items_is_its_code(answered, code, error):
    line = answered({"order": reply({"results": []}, code=code)})

    with pytest.raises(error):
        line.driver.domains.order(FIVE)


@pytest.mark.parametrize(
    ("items", "field"),
    [
        ([], "items"),
        ([FIVE[0], FIVE[0]], "items"),
        ([FIVE[0], OrderItem(ItemKind.WHOIS_PRIVACY, "faro.com", 1)], "items"),
        ([FIVE[1], OrderItem(ItemKind.WHOIS_PRIVACY_RENEWAL, "lamp.net", 1)], "items"),
        ([OrderItem(ItemKind.CREATE, "faro.com", 1)], "registration"),
        ([OrderItem(ItemKind.BACKORDER, "faro.com", 1)], "years"),
        ([OrderItem(ItemKind.RENEW, "faro.com", 12)], "years"),
        ([OrderItem(ItemKind.WHOIS_PRIVACY, "faro.com", 1, whois_privacy=True)], "whois_privacy"),
    ],
)
def test_impossible_order_is_refused_before_sending(answered, items, field):
    line = answered()

    with pytest.raises(InvalidRequest) as caught:
        line.driver.domains.order(items)
    assert caught.value.field == field
    assert line.requests == []


@pytest.mark.parametrize(
    ("item", "field"),
    [
        (OrderItem(ItemKind.CREATE, "other.com", 1), "registration"),
        (OrderItem(ItemKind.CREATE, "faro.com", 2), "years"),
    ],
)
def test_item_that_contradicts_its_registration_is_refused(answered, registration, item, field):
    with pytest.raises(InvalidRequest) as caught:
        answered().driver.domains.order([replace(item, registration=replace(registration, years=1))])
    assert caught.value.field == field


def test_item_gives_its_registration_period_and_privacy(answered, registration):
    line = answered({"order": CREATED})

    line.driver.domains.order(
        [OrderItem(ItemKind.CREATE, "faro.com", 5, registration=registration, whois_privacy=True)]
    )

    (item,) = json.loads(line.body())["items"]
    assert (item["period"], item["whois_privacy"]) == (5, 1)
