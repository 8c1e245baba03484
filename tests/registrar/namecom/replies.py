"""Replies of the registrar, written as its software writes them."""

from __future__ import annotations

import json
from typing import Any


def reply(data: dict[str, Any] | None = None, *, code: int = 100, said: str = "") -> bytes:
    """A reply as PHP writes it: compact, slashes escaped, the result first."""
    message = said or ("Command Successful" if code == 100 else "Command Failed")
    whole = {"result": {"code": code, "message": message}, **(data or {})}
    return json.dumps(whole, separators=(",", ":")).replace("/", "\\/").encode()


def shown(name: str = "faro.com", expires: str = "2099-03-05 23:59:59", **fields: Any) -> dict[str, Any]:
    """domain/get of a name."""
    return {
        "domain_name": name,
        "create_date": "2014-03-05 21:10:44",
        "expire_date": expires,
        "locked": True,
        "nameservers": ["ns1.lamps.example", "ns2.lamps.example"],
        "contacts": [
            {
                "type": ["registrant", "technical"],
                "first_name": "Ada",
                "last_name": "Lamp",
                "organization": "",
                "address_1": "12 Quay Street",
                "address_2": "Floor 3",
                "city": "Denver",
                "state": "CO",
                "zip": "80202",
                "country": "US",
                "phone": "+1.3035550142",
                "fax": "",
                "email": "ada@lamps.example",
            },
            {
                "type": ["administrative", "billing"],
                "first_name": "Noor",
                "last_name": "Wick",
                "organization": "Wicks SARL",
                "address_1": "1 rue des Lampes",
                "address_2": "",
                "city": "Paris",
                "state": None,
                "zip": "75001",
                "country": "FR",
                "phone": "+33.142680001",
                "fax": None,
                "email": "noor@wicks.example",
            },
        ],
        "addons": {"whois_privacy": {"price": "3.99"}, "domain/renew": {"price": "10.99"}},
        **fields,
    }


def result(order_type: str, name: str = "faro.com", **fields: Any) -> dict[str, Any]:
    """A line of an order's answer."""
    return {
        "success": True,
        "order_type": order_type,
        "domain_name": name,
        "price": "10.99",
        "duration": 1,
        "interval": "year",
        "information": [],
        **fields,
    }
