"""Every call and every type of item is reached by a typed method."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from registrar.interface.driver import Driver
from registrar.namecom.actions import ACTIONS, METHODS, ORDER_TYPES
from registrar.types import (
    Contact,
    DnsRecord,
    DomainOrder,
    GlueRecord,
    ItemKind,
    OrderItem,
    RecordType,
)
from tests.registrar.namecom.replies import reply, result, shown

NAME = "faro.com"
EXPIRY = date(2099, 3, 5)
RECORD = DnsRecord(NAME, RecordType.A, "203.0.113.9", identifier="101")
GLUE = GlueRecord("ns1.faro.com", "203.0.113.6")
HOSTS = reply({"hosts": [{"hostname": "ns1.faro.com", "ips": ["203.0.113.5"]}]})

Use = Callable[[Driver, Contact, Contact], object]

# Call -> the use of the typed operation that METHODS names for it.
USES: dict[str, Use] = {
    "login": lambda driver, one, other: driver.client.login(),  # type: ignore[attr-defined]
    "logout": lambda driver, one, other: driver.client.logout(),  # type: ignore[attr-defined]
    "hello": lambda driver, one, other: driver.tools.hello(),
    "account/get": lambda driver, one, other: driver.account.info(),
    "order": lambda driver, one, other: driver.domains.order([OrderItem(ItemKind.BACKORDER, NAME)]),
    "domain/create": lambda driver, one, other: driver.domains.create(DomainOrder(NAME, one, tech=other)),
    "domain/get": lambda driver, one, other: driver.domains.info(NAME),
    "domain/list": lambda driver, one, other: driver.domains.list(),
    "domain/lock": lambda driver, one, other: driver.domains.set_transfer_lock(NAME, True),
    "domain/unlock": lambda driver, one, other: driver.domains.set_transfer_lock(NAME, False),
    "domain/update_nameservers": lambda driver, one, other: driver.domains.set_nameservers(NAME),
    "domain/update_contacts": lambda driver, one, other: driver.domains.set_contacts(NAME, owner=one),
    "domain/check": lambda driver, one, other: driver.domains.check(NAME),
    "dns/list": lambda driver, one, other: driver.dns.list(NAME),
    "dns/create": lambda driver, one, other: driver.dns.create(NAME, RECORD),
    "dns/delete": lambda driver, one, other: driver.dns.delete(NAME, RECORD),
    "host/list": lambda driver, one, other: driver.domains.glue_records(NAME),
    "host/sync": lambda driver, one, other: driver.domains.sync_glue(NAME),
    "host/create": lambda driver, one, other: driver.domains.create_glue(NAME, GLUE),
    "host/delete": lambda driver, one, other: driver.domains.delete_glue(NAME, GLUE.name),
    "host/add_ip": lambda driver, one, other: driver.domains.update_glue(NAME, GLUE),
    "host/remove_ip": lambda driver, one, other: driver.domains.update_glue(NAME, GLUE),
}
REPLIES = {
    "login": reply({"session_token": "a1b2c3"}),
    "hello": reply({"client_ip": "127.0.0.1", "version": "2.0", "language": "en"}),
    "account/get": reply({"username": "lamps-ote", "account_credit": "1.00"}),
    "order": reply({"results": [result("backorder/create")]}),
    "domain/get": reply(shown()),
    "domain/list": reply({"domains": []}),
    "domain/check": reply({"domains": {NAME: {"avail": True, "price": "8.99"}}}),
    "dns/list": reply({"records": []}),
    "dns/create": reply({"record_id": 1, "name": NAME, "type": "A", "content": "203.0.113.9", "ttl": 300}),
    "host/list": HOSTS,
    "host/sync": HOSTS,
}

# Type of an item -> the use of the typed operation that ORDER_TYPES names for it.
PURCHASES: dict[str, Use] = {
    "domain/create": lambda driver, one, other: driver.domains.create(DomainOrder(NAME, one)),
    "domain/renew": lambda driver, one, other: driver.domains.renew(NAME, current_expiry=EXPIRY),
    "whois_privacy/create": lambda driver, one, other: driver.domains.buy_whois_privacy(NAME, years=1),
    "whois_privacy/renew": lambda driver, one, other: driver.domains.buy_whois_privacy(
        NAME, years=1, renewal=True
    ),
    "backorder/create": lambda driver, one, other: driver.domains.backorder(NAME),
}
ATTRIBUTES = {"tool": "tools", "account": "account", "domain": "domains", "dns": "dns"}


class Watched:
    """A module of a driver that notes which of its methods were called by the test."""

    def __init__(self, module: object, noun: str, called: list[str]) -> None:
        self._module, self._noun, self._called = module, noun, called

    def __getattr__(self, name: str) -> object:
        self._called.append(f"{self._noun}.{name}")
        return getattr(self._module, name)


def watch(driver: Driver) -> list[str]:
    called: list[str] = []
    for noun, attribute in ATTRIBUTES.items():
        setattr(driver, attribute, Watched(getattr(driver, attribute), noun, called))
    return called


@pytest.mark.parametrize("action", ACTIONS)
def test_call_is_made_by_its_typed_operation(answered, person, firm, action):
    line = answered(REPLIES)
    called = watch(line.driver)

    USES[action](line.driver, person, firm)

    assert action in [exchange.action for exchange in line.exchanges]
    assert {exchange.error for exchange in line.exchanges} == {""}
    assert called == ([] if METHODS[action] == "session" else [METHODS[action]])


@pytest.mark.parametrize("order_type", ORDER_TYPES)
def test_type_of_item_is_ordered_by_its_typed_operation(answered, person, firm, order_type):
    line = answered({**REPLIES, "order": reply({"results": [result(order_type)]})})
    called = watch(line.driver)

    PURCHASES[order_type](line.driver, person, firm)

    (index,) = [index for index, exchange in enumerate(line.exchanges) if exchange.action == "order"]
    (item,) = json.loads(line.body(index))["items"]
    assert (item["order_type"], item["domain_name"]) == (order_type, NAME)
    assert called == [ORDER_TYPES[order_type]]


@pytest.mark.parametrize("kind", ItemKind)
def test_every_kind_of_item_has_a_type(answered, person, kind):
    types = {
        ItemKind.CREATE: "domain/create",
        ItemKind.RENEW: "domain/renew",
        ItemKind.WHOIS_PRIVACY: "whois_privacy/create",
        ItemKind.WHOIS_PRIVACY_RENEWAL: "whois_privacy/renew",
        ItemKind.BACKORDER: "backorder/create",
    }
    assert set(types.values()) == set(ORDER_TYPES)
    line = answered({"order": reply({"results": [result(types[kind])]})})
    item = OrderItem(kind, NAME, None if kind is ItemKind.BACKORDER else 1)
    if kind is ItemKind.CREATE:
        item = replace(item, registration=DomainOrder(NAME, person))

    (found,) = line.driver.domains.order([item])

    assert (found.kind, found.succeeded) == (kind, True)
