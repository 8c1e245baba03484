"""Where the manual and the notes leave a point open: one switch each, to be set by the control port's `assume`.

The first of the allowed values is what the sandbox does by itself.
"""

from __future__ import annotations

from typing import Any, NamedTuple


class Switch(NamedTuple):
    """The values that a switch can have, and the question that it answers."""

    allowed: tuple[Any, ...]
    question: str


SWITCHES: dict[str, Switch] = {
    "unknown_url": Switch(("211", "404"), "An unknown URL answers code 211, or HTTP 404 without JSON"),
    "credit": Switch(("number", "string"), "Type of account_credit in account/get"),
    "check_price": Switch(("string", "number"), "Type of price in domain/check"),
    "empty_map": Switch(("list", "object"), "An empty map is [] as PHP prints it, or {}"),
    "priority": Switch(
        ("where_used", "always"), "dns/list: priority for MX and SRV only, or 10 for the rest"
    ),
    "partial_order_code": Switch((100, 240), "Result code of an order of which some items failed"),
    "failed_order_code": Switch((240, 100), "Result code of an order of which every item failed"),
    "double_privacy_renewal": Switch(("fail", "twice"), "Privacy renewed by flag and by item in one order"),
    "foreign_domain_code": Switch((204, 221, 240), "Code for a domain that is not in the account"),
    "check_without_login": Switch((True, False), "domain/check answers without authentication"),
    "tld_extras": Switch(
        ("accepted", "demanded"), "Extra keys of ASIA, CA, DE, EU, JOBS, NL, PRO, US, TEL, TRAVEL"
    ),
    "contact_roles": Switch(("any", "all"), "update_contacts takes some roles, or wants all four"),
    "session_seconds": Switch((3600, 60, 86400), "How long an unused session token is good for"),
}


def defaults() -> dict[str, Any]:
    """Every switch as it is after a reset."""
    return {name: switch.allowed[0] for name, switch in SWITCHES.items()}


def checked(name: str, value: Any) -> Any:
    """The value if the switch can have it. Raises KeyError for an unknown switch and ValueError for a bad value."""
    allowed = SWITCHES[name].allowed
    if not any(value == one and type(value) is type(one) for one in allowed):
        raise ValueError(f"{name} must be one of {', '.join(map(str, allowed))}")
    return value
