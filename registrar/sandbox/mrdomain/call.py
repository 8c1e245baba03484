"""One authenticated request on its way through an action."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from registrar.sandbox.clock import stamp
from registrar.sandbox.journal import masked
from registrar.sandbox.mrdomain import views
from registrar.sandbox.mrdomain.codes import ApiError, missing
from registrar.sandbox.mrdomain.model import Account, Domain
from registrar.sandbox.mrdomain.params import Params
from registrar.sandbox.names import InvalidName, to_ascii
from registrar.sandbox.tlds import Tld, split

if TYPE_CHECKING:
    from registrar.sandbox.mrdomain.family import MrDomain

DONE = ("Operation done correctly.",)
PLUMBING = frozenset({"apiuser", "apipasswd", "output-format", "output-pretty"})


class Answer(NamedTuple):
    """The data of a successful reply, and its messages where it has any."""

    data: Any
    messages: tuple[str, ...] = ()


@dataclass
class Call:
    """What an action works with. Actions check everything first and change the account last."""

    family: MrDomain
    action: str
    params: Params
    ip: str

    @property
    def account(self) -> Account:
        return self.family.account

    @property
    def now(self) -> float:
        return self.family.world.clock.now()

    def name(self, parameter: str = "domain") -> tuple[str, Tld]:
        """The required domain name as A-label with its TLD. Raises 2001, 2002 or 2003."""
        try:
            name = to_ascii(self.params.required(parameter))
        except InvalidName as error:
            raise ApiError(2001, f"Invalid domain name: {error}") from error
        label, tld = split(name)
        if "." not in name:
            raise ApiError(2001, "The domain name has no TLD")
        if tld is None:
            raise ApiError(2002, f"TLD not supported: {name.partition('.')[2]}")
        if "." in label:
            raise ApiError(2001, "Only names directly under the TLD can be registered")
        if tld.maintenance:
            raise ApiError(2003, f"TLD in maintenance: {tld.name}")
        return name, tld

    def domain(self) -> Domain:
        """The domain that `domain` or `domainID` names. Raises 101 or 2008."""
        found: Domain | None = None
        name, number = self.params.text("domain"), self.params.text("domainID")
        if name:
            try:
                found = self.account.find(to_ascii(name))
            except InvalidName as error:
                raise ApiError(2001, f"Invalid domain name: {error}") from error
        elif number:
            found = self.account.domains.get(self.params.integer("domainID"))
        else:
            raise missing("domain")
        if found is None:
            raise ApiError(2008, "Domain not found")
        return found

    def page(self, rows: Sequence[Any], default: int) -> tuple[dict[str, int], Sequence[Any]]:
        """queryInfo and the page that the parameters ask for."""
        return views.paged(rows, self.params.integer("page", 1), self.params.integer("pageLength", default))

    def nothing(self) -> Any:
        """The data of a reply that has none."""
        return {} if self.account.empty_data == "object" else []

    def afford(self, price: Decimal) -> None:
        """Raise 1100 unless the balance covers `price` (EUR)."""
        if self.account.balance < price:
            raise ApiError(1100, "Insufficient balance")

    def note(self, domain: Domain, title: str, message: str) -> None:
        """Add a line to the domain's history."""
        row = {"ts": stamp(self.now), "ip": self.ip, "user": self.params.text("apiuser")}
        domain.history.append({**row, "title": title, "message": message})

    def effect(self, subject: str, price: Decimal | None = None, **results: Any) -> None:
        """Charge the price, if any, and write the effect into the journal."""
        details: dict[str, Any] = {"results": results}
        if price is not None:
            self.account.balance -= price
            details.update(price=str(price), currency=views.CURRENCY, balance=str(self.account.balance))
        sent = {key: value for key, value in self.params.values.items() if key not in PLUMBING}
        self.family.world.record(self.family.name, self.action, subject, arguments=masked(sent), **details)


Action = Callable[[Call], Answer]
