"""One authenticated call on its way through a function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from registrar.sandbox.bookmyname.codes import Answer, Refusal
from registrar.sandbox.bookmyname.model import Account, Domain, Transaction
from registrar.sandbox.journal import masked
from registrar.sandbox.names import InvalidName, to_ascii

if TYPE_CHECKING:
    from registrar.sandbox.bookmyname.family import BookMyName

# ASSUMPTION: the API says nothing of money; with the switch `unpaid` on "refuse", an account that cannot pay is
# answered with the billing contact "not usable" (create) and with access denied (renew, transfer).
UNPAID = {"domain_create": -4, "domain_renew": -2, "domain_transfer": -6}


@dataclass
class Call:
    """What a function works with: the parameters after the credentials, by position.

    Functions check everything first and change the account last. `omit` is how many of its last objects a listing
    leaves out, for the fault "missed".
    """

    family: BookMyName
    action: str
    arguments: list[Any]
    ip: str
    omit: int = 0

    @property
    def account(self) -> Account:
        return self.family.account

    @property
    def now(self) -> float:
        return self.family.world.clock.now()

    def text(self, position: int) -> str:
        """A parameter without the blanks around it; "" for nil, an array or one that was not sent."""
        value = self.arguments[position] if position < len(self.arguments) else None
        return value.strip() if isinstance(value, str) else ""

    def mapping(self, position: int) -> dict[str, str] | None:
        """A parameter that is an array with keys; an empty array is one, too. None for anything else."""
        value = self.arguments[position] if position < len(self.arguments) else None
        if value == []:
            return {}
        if not isinstance(value, dict):
            return None
        return {key: text.strip() if isinstance(text, str) else "" for key, text in value.items()}

    def name(self, text: str, undefined: int) -> str:
        """A domain or host name as A-label. Raises `undefined` for an empty or malformed one."""
        try:
            name = to_ascii(text)
        except InvalidName as error:
            raise Refusal(undefined) from error
        if "." not in name:
            raise Refusal(undefined)
        return name

    def domain(self, undefined: int) -> Domain:
        """The domain that the first parameter names. Raises `undefined`, and 0 for one not in the database."""
        found = self.account.domains.get(self.name(self.text(0), undefined))
        if found is None:
            raise Refusal(0)
        return found

    def afford(self, price: Decimal) -> None:
        """Raise the function's code of UNPAID where the world refuses an account that cannot pay."""
        if self.account.switches.unpaid == "refuse" and self.account.available < price:
            raise Refusal(UNPAID[self.action])

    def begin(
        self, subject: str, span: tuple[float, float], delay: float, effect: dict[str, Any], price: Decimal
    ) -> Transaction:
        """Start a transaction of `span` seconds times `delay`, chosen by the seed, that costs `price` in the end."""
        account = self.account
        unpaid = account.switches.unpaid == "error" and account.available < price
        account.tid_serial += 1
        total = (
            self.family.world.dice("settle", self.action, subject, account.tid_serial).uniform(*span) * delay
        )
        transaction = Transaction(
            account.tid_serial, self.action, subject, self.now + total * 0.3, self.now + total, effect
        )
        if price and not unpaid:
            transaction.price = str(price)
        wanted = account.fail.get(self.action, 0)
        if wanted:
            account.fail[self.action] = wanted - 1
        if unpaid or wanted:
            transaction.word = "Error"
        account.add_transaction(transaction)
        self.family.lifecycle.watch(transaction)
        return transaction

    def promise(self, transaction: Transaction, sent: Mapping[str, str], **results: Any) -> None:
        """Keep what the journal will say once the transaction is done: until then there is no effect."""
        transaction.arguments = _masked(sent)
        transaction.results = {"tid": transaction.tid, **results}
        self.family.world.touch()

    def effect(self, subject: str, sent: Mapping[str, str], **results: Any) -> None:
        """Write an effect that has taken place already into the journal."""
        details = {"arguments": _masked(sent), "results": results}
        self.family.world.record(self.family.name, self.action, subject, **details)


def _masked(sent: Mapping[str, str]) -> dict[str, Any]:
    return masked({key: value for key, value in sent.items() if value})


Function = Callable[[Call], Answer]
