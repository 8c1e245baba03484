"""Buying at Name.com: /order with its five item types, and /domain/create."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

MINE, PLAIN, PRIVATE = "bluestem-studio.com", "okafor-dental.org", "ibarra-guitars.com"


def create(name: str = "lighthouse.com", **more: Any) -> dict[str, Any]:
    return {"order_type": "domain/create", "domain_name": name, "period": 1, **more}


def item(kind: str, name: str, **more: Any) -> dict[str, Any]:
    return {"order_type": kind, "domain_name": name, "period": 1, **more}


def reasons(reply: Any) -> list[str]:
    return [line["information"][0] if line["information"] else "" for line in reply["results"]]


def test_order_has_a_line_per_item_with_the_documented_keys(api: Any) -> None:
    reply = api.order(create(period="2"))
    assert reply == {
        "result": {"code": 100, "message": "Command Successful"},
        "results": [
            {
                "success": True,
                "order_type": "domain/create",
                "domain_name": "lighthouse.com",
                "price": 17.98,
                "duration": 2,
                "interval": "year",
                "information": [],
            }
        ],
    }


def test_five_items_in_one_order_take_effect_one_by_one(api: Any) -> None:
    reply = api.order(
        create(),
        item("domain/renew", PLAIN),
        item("whois_privacy/create", PLAIN),
        item("whois_privacy/renew", PRIVATE),
        {"order_type": "backorder/create", "domain_name": "google.com"},
    )
    kinds = [
        "domain/create",
        "domain/renew",
        "whois_privacy/create",
        "whois_privacy/renew",
        "backorder/create",
    ]
    assert reply["result"]["code"] == 100
    assert [line["order_type"] for line in reply["results"]] == kinds
    journal = api.journal()
    assert [(row["action"], row["via"], row["currency"]) for row in journal] == [
        (kind, "order", "USD") for kind in kinds
    ]
    spent = sum(Decimal(row["price"]) for row in journal)
    assert spent == Decimal("8.99") + Decimal("12.99") + 2 * Decimal("3.99") + Decimal("19.99")
    assert Decimal(api.state()["balance"]) == Decimal(2500) - spent == Decimal(journal[-1]["balance"])
    assert api.state()["backorders"] == ["google.com"]


def test_new_domain_has_defaults_where_nothing_is_said(api: Any) -> None:
    api.order(create())
    data = api.get("domain/get/lighthouse.com")
    assert data["expire_date"].endswith(" 23:59:59")
    assert len(data["nameservers"]) == 4
    assert data["contacts"] == api.get("account/get")["contacts"]
    assert (data["locked"], data["whois_privacy"]) == (False, {"enabled": False})


@pytest.mark.parametrize("parameter", ["contact", "contacts"])
@pytest.mark.parametrize("listed", [True, False])
def test_contacts_come_under_either_name_as_object_or_list(
    api: Any, person: dict[str, str], parameter: str, listed: bool
) -> None:
    sent = {"type": ["registrant", "administrative", "technical", "billing"], **person}
    api.order(create(**{parameter: [sent] if listed else sent}))
    assert api.get("domain/get/lighthouse.com")["contacts"] == [sent]


def test_privacy_by_flag_is_itemised(api: Any) -> None:
    reply = api.order(create(whois_privacy=1), item("domain/renew", PRIVATE, whois_privacy="1"))
    assert [(line["order_type"], line["price"]) for line in reply["results"]] == [
        ("domain/create", 8.99),
        ("whois_privacy/create", 3.99),
        ("domain/renew", 10.99),
        ("whois_privacy/renew", 3.99),
    ]
    assert api.get("domain/get/lighthouse.com")["whois_privacy"] == {"enabled": True}


def test_renewal_with_the_flag_begins_privacy_where_there_is_none(api: Any) -> None:
    reply = api.order(item("domain/renew", PLAIN, whois_privacy=1))
    assert [line["order_type"] for line in reply["results"]] == ["domain/renew", "whois_privacy/create"]


def test_privacy_by_flag_and_by_item_fails_once(api: Any) -> None:
    reply = api.order(create(whois_privacy=1), item("whois_privacy/create", "lighthouse.com"))
    assert [line["success"] for line in reply["results"]] == [True, True, False]
    assert reply["result"]["code"] == 100
    assert [row["action"] for row in api.journal()] == ["domain/create", "whois_privacy/create"]


def test_privacy_renewed_by_flag_and_item_fails_once_or_renews_twice(api: Any) -> None:
    items = (item("domain/renew", PRIVATE, whois_privacy=1), item("whois_privacy/renew", PRIVATE))
    assert [line["success"] for line in api.order(*items)["results"]] == [True, True, False]
    api.world(assume={"double_privacy_renewal": "twice"})
    assert [line["success"] for line in api.order(*items)["results"]] == [True, True, True]
    assert [row["action"] for row in api.journal()].count("whois_privacy/renew") == 3


def test_items_that_cannot_be_do_not_hinder_the_others(api: Any) -> None:
    reply = api.order(create("taken-name.com"), create(), create(), item("domain/renew", "google.com"))
    assert [line["success"] for line in reply["results"]] == [False, True, False, False]
    assert reasons(reply) == [
        "Command Failed - Domain Not Available",
        "",
        "Command Failed - Domain Not Available",
        "Parameter Value Error - Domain",
    ]
    assert [row["subject"] for row in api.journal()] == ["lighthouse.com"]


def test_codes_of_partly_and_wholly_failed_orders_are_switches(api: Any) -> None:
    failing = create("taken-name.com")
    assert api.order(failing)["result"] == {"code": 240, "message": "Command Failed"}
    api.world(assume={"failed_order_code": 100, "partial_order_code": 240})
    assert api.order(failing)["result"]["code"] == 100
    reply = api.order(failing, create())
    assert reply["result"]["code"] == 240
    assert [line["success"] for line in reply["results"]] == [False, True]


def test_order_beyond_the_credit_does_nothing_at_all(api: Any) -> None:
    api.world(balance="17.97")
    order = {"items": [create(), create("lighthouse.us"), create("lighthouse.info")]}
    assert api.error("POST", "order", order) == (260, "Insufficient Funds")
    assert api.journal() == []
    api.world(balance="20.97")
    assert api.reply("POST", "order", order)["result"]["code"] == 100
    assert api.state()["balance"] == "0.00"


def test_payment_that_cannot_be_authorized_answers_261(api: Any) -> None:
    api.world(authorizes=False)
    assert api.error("POST", "order", {"items": [create()]}) == (261, "Unable to Authorize Funds")
    assert api.journal() == []


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        (create("lighthouse.nowhere"), "Parameter Value Error - Domain Name"),
        (create("www.lighthouse.com"), "Parameter Value Error - Domain Name"),
        (create("light house"), "Parameter Value Error - Domain Name"),
        (create(domain_name=""), "Required Parameter Missing - Domain Name"),
        (create(period=""), "Required Parameter Missing - Period"),
        (create(period=11), "Parameter Value Error - Period"),
        (create(period="one"), "Parameter Value Error - Period"),
        (create(nameservers=["ns1.one.com"]), "Parameter Value Error - Nameservers"),
        (create(contact={"type": ["owner"]}), "Required Parameter Missing - First Name"),
        (create(contacts="me"), "Parameter Value Error - Contacts"),
        (create("refuse-me.com"), "Command Failed - Refused By Registry"),
        (item("domain/renew", MINE, period=9), "Command Failed - Period Too Long"),
        (item("whois_privacy/create", MINE), "Command Failed - Whois Privacy Already Enabled"),
        (item("whois_privacy/create", "fjallvind.de"), "Command Failed - Whois Privacy Not Available"),
        (item("whois_privacy/renew", PLAIN), "Command Failed - Whois Privacy Not Enabled"),
        (item("backorder/create", "lighthouse.com"), "Command Failed - Domain Is Available"),
        (item("backorder/create", MINE), "Parameter Value Error - Domain Name"),
    ],
)
def test_item_that_cannot_be_says_why_and_costs_nothing(api: Any, sent: dict[str, Any], reason: str) -> None:
    assert reasons(api.order(sent)) == [reason]
    assert api.journal() == []
    assert api.state()["balance"] == "2500.00"


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("country", "XX", "Parameter Value Error - Country"),
        ("phone", "555-0100", "Parameter Value Error - Phone"),
        ("fax", "555-0100", "Parameter Value Error - Fax"),
        ("email", "nobody", "Parameter Value Error - Email"),
        ("city", "", "Required Parameter Missing - City"),
        ("city", ["Denver"], "Parameter Value Error - City"),
        ("city", "x" * 256, "Parameter Value Error - City"),
        ("type", "owner", "Parameter Value Error - Type"),
    ],
)
def test_contact_is_checked(api: Any, person: dict[str, str], key: str, value: Any, reason: str) -> None:
    assert reasons(api.order(create(contact={**person, key: value}))) == [reason]


def test_second_backorder_of_a_name_is_refused_and_the_first_catches_it(api: Any) -> None:
    order = item("backorder/create", "taken-name.com")
    assert api.order(order)["results"][0]["success"] is True
    assert reasons(api.order(order)) == ["Command Failed - Backorder Exists"]
    api.world(free_name="taken-name.com")
    assert api.get("domain/get/taken-name.com")["domain_name"] == "taken-name.com"
    assert [row["action"] for row in api.journal()] == ["backorder/create", "(backorder)"]


def test_renewal_of_a_lapsed_domain_is_accepted_in_its_grace(api: Any) -> None:
    before = api.get("domain/get/okafor-kids.biz")["expire_date"]
    assert api.order(item("domain/renew", "okafor-kids.biz"))["results"][0]["success"] is True
    after = api.get("domain/get/okafor-kids.biz")["expire_date"]
    assert int(after[:4]) == int(before[:4]) + 1


def test_renewal_after_the_grace_is_refused(api: Any) -> None:
    api.advance(9 * 86400)
    assert reasons(api.order(item("domain/renew", "okafor-kids.biz"))) == ["Command Failed - Domain Expired"]


def test_domain_create_answers_only_its_result(api: Any) -> None:
    assert (
        api.post("domain/create", domain_name="Lighthouse.com", period=1, nameservers=[], contacts=[]) == {}
    )
    (entry,) = api.journal()
    assert (entry["action"], entry["subject"], entry["price"]) == ("domain/create", "lighthouse.com", "8.99")
    assert "via" not in entry


def test_domain_create_of_a_taken_name_fails_with_240(api: Any) -> None:
    sent = {"domain_name": "lighthouse.net", "period": 1}
    assert api.error("POST", "domain/create", sent) == (240, "Command Failed - Domain Not Available")
    api.world(balance=1)
    poor = {"domain_name": "lighthouse.com", "period": 1}
    assert api.error("POST", "domain/create", poor) == (260, "Insufficient Funds")


def test_extra_keys_of_special_extensions_are_kept_or_demanded(api: Any) -> None:
    api.post("domain/create", domain_name="lighthouse.us", period=1, us_nexus="C11")
    assert api.domain("lighthouse.us")["extras"] == {"us_nexus": "C11"}
    api.world(assume={"tld_extras": "demanded"})
    bare = {"domain_name": "lighthouse-two.us", "period": 1}
    message = "Required Parameter Missing - Extra Requirements"
    assert api.error("POST", "domain/create", bare) == (203, message)
    api.post("domain/create", **bare, us_nexus="C11")
    api.post("domain/create", domain_name="lighthouse.com", period=1)


def test_registration_that_the_registry_undoes_is_refunded(api: Any) -> None:
    api.order(create("cancel-me.com"))
    assert "cancel-me.com" in api.get("domain/list")["domains"]
    api.advance(30)
    assert "cancel-me.com" not in api.get("domain/list")["domains"]
    assert [row["action"] for row in api.journal()] == ["domain/create", "(refund)"]
    assert api.state()["balance"] == "2500.00"


def test_settling_makes_a_doubtful_registration_stay(api: Any) -> None:
    api.order(create("cancel-me.com"))
    api.control("POST", "/settle")
    api.advance(30)
    assert "cancel-me.com" in api.get("domain/list")["domains"]


def test_domains_expire_renew_by_themselves_and_go(api: Any) -> None:
    api.advance(60 * 86400)
    names = api.get("domain/list")["domains"]
    assert "okafor-kids.biz" not in names
    assert "ibarra-guitars.com" in names
    assert [row["subject"] for row in api.journal() if row["action"] == "(autorenew)"] == []
    api.advance(60 * 86400)
    renewed = {row["subject"] for row in api.journal() if row["action"] == "(autorenew)"}
    assert renewed == {"bluestem.email"}
