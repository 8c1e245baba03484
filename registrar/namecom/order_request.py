"""What is bought, as items of an order (manual, Product Descriptions).

Raises InvalidRequest with the neutral field before anything is sent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from registrar.errors import InvalidRequest
from registrar.namecom import request
from registrar.transport import values
from registrar.types import Contact, DomainOrder, ItemKind, OrderItem

ORDER_TYPES: Mapping[ItemKind, str] = {
    ItemKind.CREATE: "domain/create",
    ItemKind.RENEW: "domain/renew",
    ItemKind.WHOIS_PRIVACY: "whois_privacy/create",
    ItemKind.WHOIS_PRIVACY_RENEWAL: "whois_privacy/renew",
    ItemKind.BACKORDER: "backorder/create",
}
PRIVACY = frozenset({ORDER_TYPES[ItemKind.WHOIS_PRIVACY], ORDER_TYPES[ItemKind.WHOIS_PRIVACY_RENEWAL]})
_WITH_PRIVACY = frozenset({ItemKind.CREATE, ItemKind.RENEW})

Item = dict[str, Any]


def items(given: Sequence[OrderItem]) -> list[Item]:
    """An order's items. An item that stands twice is refused, and privacy bought for a name in two ways."""
    if not given:
        raise InvalidRequest("an order needs an item", field="items")
    found = [item(one) for one in given]
    bought: set[tuple[str, str]] = set()
    for one in found:
        privacy = one["order_type"] in PRIVACY or one.get("whois_privacy")
        for what in [one["order_type"], *(["privacy"] if privacy else [])]:
            if (what, one["domain_name"]) in bought:
                raise InvalidRequest(f"{what} of {one['domain_name']} stands twice", field="items")
            bought.add((what, one["domain_name"]))
    return found


def item(given: OrderItem) -> Item:
    """One item."""
    if given.whois_privacy and given.kind not in _WITH_PRIVACY:
        raise InvalidRequest("privacy comes along with a registration or renewal only", field="whois_privacy")
    if given.kind is ItemKind.CREATE:
        return registration(_registration(given))
    found: Item = {"order_type": ORDER_TYPES[given.kind], "domain_name": values.domain_name(given.name)}
    if given.kind is ItemKind.BACKORDER:
        if given.years is not None:
            raise InvalidRequest("a backorder has no period", field="years")
        return found
    found["period"] = values.years(given.years, request.YEARS)
    return found | ({"whois_privacy": 1} if given.whois_privacy else {})


def registration(order: DomainOrder) -> Item:
    """A registration as an item (Domain Create).

    Its `contact` is one object where one contact has every role, else a list: assumption "contact-in-order".
    """
    contacts = contacts_of(order)
    return {
        "order_type": ORDER_TYPES[ItemKind.CREATE],
        **_terms(order),
        "contact": contacts[0] if len(contacts) == 1 else contacts,
        **({"whois_privacy": 1} if order.whois_privacy else {}),
        **_tld_fields(order),
    }


def creation(order: DomainOrder) -> Item:
    """A registration as the parameters of domain/create, which takes a list of contacts and sells no privacy."""
    return {**_terms(order), "contacts": contacts_of(order), **_tld_fields(order)}


def contacts_of(order: DomainOrder) -> list[dict[str, Any]]:
    """The contacts of a registration. A role that is not given is the owner's: assumption "owner-for-all"."""
    given = request.given_contacts(
        {"owner": _owner(order), "admin": order.admin, "tech": order.tech, "billing": order.billing}
    )
    return request.typed(
        {role: given.get(role, given["owner"]) for role in ("owner", "admin", "tech", "billing")}
    )


def _terms(order: DomainOrder) -> Item:
    for field in ("launch_phase", "dns_template", "glue"):
        if getattr(order, field):
            raise InvalidRequest(f"the registrar has no {field}", field=field)
    servers = request.ordered_nameservers(order.nameservers)
    return {
        "domain_name": values.domain_name(order.name),
        "period": values.years(order.years, request.YEARS),
        **({"nameservers": servers} if servers else {}),
    }


def _tld_fields(order: DomainOrder) -> dict[str, str]:
    return request.tld_fields(values.domain_name(order.name), order.extra, _owner(order))


def _owner(order: DomainOrder) -> Contact:
    if isinstance(order.owner, Contact):
        return order.owner
    raise InvalidRequest("an order needs an owner, as content: the registrar knows no handles", field="owner")


def _registration(given: OrderItem) -> DomainOrder:
    """The registration of an item, with what the item itself says of period and privacy."""
    order = given.registration
    if order is None:
        raise InvalidRequest("a registration is missing in its item", field="registration")
    if values.domain_name(order.name) != values.domain_name(given.name):
        raise InvalidRequest("the item and its registration are about different names", field="registration")
    if None not in (given.years, order.years) and given.years != order.years:
        raise InvalidRequest("the item and its registration have different periods", field="years")
    return replace(
        order,
        years=order.years if given.years is None else given.years,
        whois_privacy=order.whois_privacy or given.whois_privacy,
    )
