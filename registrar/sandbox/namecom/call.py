"""One command on its way: the body, the argument of the URL, and what every command does with the account."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from registrar.sandbox.clock import stamp
from registrar.sandbox.journal import masked
from registrar.sandbox.namecom.catalogue import CURRENCY
from registrar.sandbox.namecom.codes import ApiError, invalid, missing
from registrar.sandbox.namecom.model import Account, Domain
from registrar.sandbox.names import InvalidName, to_ascii

if TYPE_CHECKING:
    from registrar.sandbox.namecom.family import NameCom

Data = dict[str, Any]


@dataclass
class Call:
    """What a command works with. Commands check everything first and change the account last.

    `via` is "order" for an item of an order, whose `action` is the item's order type.
    """

    family: NameCom
    action: str
    arguments: list[str]
    body: Data
    headers: dict[str, str]
    ip: str
    via: str = field(default="")

    @property
    def account(self) -> Account:
        return self.family.account

    @property
    def now(self) -> float:
        return self.family.world.clock.now()

    def switch(self, name: str) -> Any:
        """What is assumed where manual and notes are silent; see switches.py."""
        return self.account.switches[name]

    def item(self, order_type: str, body: Data) -> Call:
        """The same call as one item of an order."""
        return replace(self, action=order_type, body=body, via="order")

    def text(self, name: str, default: str | None = None) -> str:
        """A text parameter, numbers read as text; required where there is no default. Raises 203 or 204."""
        value = self.body.get(name)
        if isinstance(value, (dict, list, bool)):
            raise invalid(name)
        found = "" if value is None else str(value).strip()
        if not found:
            if default is None:
                raise missing(name)
            return default
        return found

    def integer(self, name: str, default: int | None = None) -> int:
        """A whole number, sent as a number or as digits; required where there is no default."""
        value = self.text(name, None if default is None else str(default))
        if not (value.isascii() and value.isdigit() and len(value) <= 10):
            raise invalid(name)
        return int(value)

    def flag(self, name: str) -> bool:
        """True for 1, "1" and true; absent is false."""
        return self.body.get(name) in (1, "1", True, "true")

    def list_of_texts(self, name: str) -> list[str]:
        """A list of texts without empty ones; an absent one is empty. Raises 204 for anything else."""
        value = self.body.get(name)
        if value is None or value == "":
            return []
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise invalid(name)
        return [one.strip() for one in value if one.strip()]

    def name(self, text: str, parameter: str = "domain_name") -> str:
        """A domain or host name as A-label. Raises 204."""
        try:
            name = to_ascii(text)
        except InvalidName as error:
            raise invalid(parameter) from error
        if "." not in name:
            raise invalid(parameter)
        return name

    def domain(self, text: str | None = None) -> Domain:
        """The account's domain that the URL, or `text`, names. Raises 203, 204 or the assumed code."""
        if text is None:
            if not self.arguments:
                raise missing("domain_name")
            text = self.arguments[0]
        found = self.account.domains.get(self.name(text, "domain"))
        if found is None:
            raise ApiError(self.switch("foreign_domain_code"), "Domain")
        return found

    def when(self, moment: float) -> str:
        """A moment as replies spell it."""
        return stamp(moment)

    def effect(self, subject: str, price: Decimal | None = None, **results: Any) -> None:
        """Charge the price (USD), if any, and write the effect into the journal."""
        details: Data = {"results": results}
        if price is not None:
            self.account.credit -= price
            details.update(price=str(price), currency=CURRENCY, balance=str(self.account.credit))
        if self.via:
            details["via"] = self.via
        self.family.world.record(
            self.family.name, self.action, subject, arguments=masked(self.body), **details
        )


Command = Callable[[Call], Data]
