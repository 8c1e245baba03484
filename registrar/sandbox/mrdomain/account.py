"""Module account (manual 4)."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from registrar.sandbox.clock import stamp
from registrar.sandbox.mrdomain.call import Action, Answer, Call
from registrar.sandbox.mrdomain.model import Account
from registrar.sandbox.mrdomain.views import CURRENCY, money
from registrar.sandbox.names import InvalidName, to_ascii
from registrar.sandbox.tlds import TLDS, Tld

DAY = 86400.0


@dataclass(frozen=True)
class Promo:
    """A special price, in EUR, between two days counted from the beginning of the world."""

    type: str
    action: str
    subject: str
    price: Decimal
    first_day: int
    last_day: int

    def current(self, account: Account, now: float) -> bool:
        return self.first_day * DAY <= now - account.began <= self.last_day * DAY

    def view(self, account: Account) -> dict[str, Any]:
        digest = hashlib.sha256(f"{self.type}{self.action}{self.subject}".encode()).digest()
        price = money(self.price)
        return {
            "promo": b64encode(digest[:24]).decode(),
            "type": self.type,
            "action": self.action,
            # As in the manual's example, a price in whole euros comes without decimals here.
            "price": int(price) if price.is_integer() else price,
            "tsIni": stamp(account.began + self.first_day * DAY),
            "tsEnd": stamp(account.began + self.last_day * DAY),
            "tld" if self.type == "domain" else "productID": self.subject,
        }


PROMOS = (
    Promo("domain", "create", "info", Decimal("2.95"), -40, 50),
    Promo("domain", "create", "online", Decimal("0.95"), -20, 25),
    Promo("domain", "create", "shop", Decimal("1.95"), -10, 80),
    Promo("domain", "create", "green", Decimal("9.95"), -5, 30),
    Promo("domain", "create", "pro", Decimal("2.95"), 20, 60),
    Promo("domain", "transfer", "org", Decimal("8.95"), -15, 45),
    Promo("domain", "renew", "club", Decimal("12.95"), -30, 15),
    Promo("ssl", "create", "57", Decimal("28"), -12, 49),
)


def price_of(call: Call, tld: Tld, action: str) -> tuple[Decimal | None, bool]:
    """What one year costs now (EUR) and whether that is a promotion; None where it is not offered."""
    regular: Decimal | None = getattr(tld, action)
    if regular is None:
        return None, False
    wanted = ("domain", action, tld.name)
    for promo in PROMOS:
        subject = (promo.type, promo.action, promo.subject)
        if subject == wanted and promo.current(call.account, call.now):
            return promo.price, True
    return regular, False


def info(call: Call) -> Answer:
    """4.1: who we are and what is left."""
    account = call.account
    return Answer(
        {
            "clientName": "Demo Reseller",
            "apiuser": call.params.text("apiuser"),
            "balance": money(account.balance),
            "threshold": money(account.threshold),
            "currency": CURRENCY,
            "ip": call.ip,
        }
    )


def promos(call: Call) -> Answer:
    """4.2: a list as data."""
    return Answer([promo.view(call.account) for promo in PROMOS if promo.current(call.account, call.now)])


def zones(call: Call) -> Answer:
    """4.3: the catalogue."""
    tld, top = (_filter(call, name) for name in ("tld", "tldtop"))
    rows = [row for row in TLDS.values() if (not tld or row.name == tld) and (not top or row.top == top)]
    query, part = call.page(sorted(rows, key=lambda row: row.name), 100)
    return Answer({"queryInfo": query, "zones": [_zone(call, row) for row in part]})


def _filter(call: Call, name: str) -> str:
    text = call.params.text(name).lower().lstrip(".")
    try:
        return to_ascii(text) if text else ""
    except InvalidName:
        return text


def _zone(call: Call, tld: Tld) -> dict[str, Any]:
    data: dict[str, Any] = {"tld": tld.name, "tldtop": tld.top, "authcodereq": tld.authcode}
    if tld.requirements:
        data["requirements"] = tld.requirements
    periods = (("create", tld.create_years), ("renew", tld.renew_years), ("transfer", (1,)))
    for action, years in periods:
        block = _offer(call, tld, action, years)
        if block:
            data[action] = block
    return data


def _offer(call: Call, tld: Tld, action: str, years: Iterable[int]) -> dict[str, Any]:
    price, promo = price_of(call, tld, action)
    if price is None:
        return {}
    block: dict[str, Any] = {"price": money(price), "years": ",".join(map(str, years))}
    return {**block, "inPromo": True} if promo else block


ACTIONS: dict[str, Action] = {"account/info": info, "account/promos": promos, "account/zones": zones}
