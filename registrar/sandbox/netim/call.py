"""One request on its way through a function: its session, its arguments and what it may do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from registrar.sandbox.journal import MASK
from registrar.sandbox.names import InvalidName, to_ascii
from registrar.sandbox.netim import tariff, views
from registrar.sandbox.netim.codes import CLOSED, STATE, NetimFault, bad
from registrar.sandbox.netim.functions import SESSION, Function
from registrar.sandbox.netim.model import Account, Domain, Operation, Session
from registrar.sandbox.soap import Read
from registrar.sandbox.tlds import Tld

if TYPE_CHECKING:
    from registrar.sandbox.netim.engine import Order
    from registrar.sandbox.netim.family import Netim

# Parameters and members whose values no journal and no log may hold.
SECRETS = frozenset({"password", "authID", "token", "AERO_AUTHKEY"})
FLAGS = {"0": False, "1": True}


def masked(given: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments without the session, secrets replaced at any depth."""

    def clean(key: str, value: Any) -> Any:
        if key in SECRETS and value:
            return MASK
        if isinstance(value, dict):
            return {inner: clean(inner, row) for inner, row in value.items()}
        return value

    return {key: clean(key, value) for key, value in given.items() if key != SESSION and value is not None}


@dataclass
class Call:
    """What a function works with. Functions check everything first and change the account last."""

    family: Netim
    function: Function
    given: dict[str, Read]
    session: Session

    @property
    def account(self) -> Account:
        return self.family.account

    @property
    def now(self) -> float:
        return self.family.world.clock.now()

    def optional(self, name: str, default: str = "") -> str:
        """A text, stripped; `default` where it is nil or empty. Raises E13 for what is no text."""
        value = self.given.get(name)
        if isinstance(value, (list, dict)) and value:
            raise bad(name)
        return str(value or "").strip() or default

    def text(self, name: str) -> str:
        """A text that must be there; raises E13."""
        found = self.optional(name)
        if not found:
            raise bad(name, "missing")
        return found

    def integer(self, name: str, default: int | None = None) -> int:
        """A whole number, required unless there is a default; raises E13."""
        found = self.optional(name) if default is not None else self.text(name)
        if not found and default is not None:
            return default
        try:
            return int(found)
        except ValueError as error:
            raise bad(name) from error

    def flag(self, name: str) -> bool:
        """0 or 1; raises E13."""
        found = self.text(name)
        if found not in FLAGS:
            raise bad(name)
        return FLAGS[found]

    def listed(self, name: str) -> list[Any]:
        """An array; nil and one empty text are an empty one. Raises E13."""
        value = self.given.get(name)
        if value is None or value in ("", {}):
            return []
        if not isinstance(value, list):
            raise bad(name)
        return value

    def table(self, name: str) -> dict[str, Any]:
        """A struct or a map; nil, empty text and an empty array are an empty one. Raises E13."""
        value = self.given.get(name)
        if value is None or value in ("", []):
            return {}
        if not isinstance(value, dict):
            raise bad(name)
        return value

    def name(self, parameter: str = "domain") -> str:
        """A domain name as A-label, whatever its extension. Raises E13-M1305."""
        try:
            name = to_ascii(self.text(parameter))
        except InvalidName as error:
            raise NetimFault("E13-M1305") from error
        if "." not in name:
            raise NetimFault("E13-M1305")
        return name

    def sold(self, operation: str = "") -> tuple[str, Tld]:
        """The domain name and its extension, which must offer `operation` (a member of queryOpeList)."""
        name = self.name()
        tld = tariff.extension(name)
        if tld is None:
            raise bad("domain", "unknown")
        self.offered(tld, operation)
        return name, tld

    def offered(self, tld: Tld, operation: str) -> None:
        """Raise the fault for an operation that the extension does not offer."""
        if operation and tariff.open_operations(tld)[operation] == "0":
            raise NetimFault(CLOSED)

    def domain(self, parameter: str = "domain") -> Domain:
        """The reseller's domain of this name. Raises E13-M1305 or E15-M1502."""
        found = self.account.domains.get(self.name(parameter))
        if found is None:
            raise NetimFault("E15-M1502")
        return found

    def changeable(self, operation: str = "", *, main: tuple[str, ...] = ("ACTIVE",)) -> Domain:
        """The reseller's domain if its state allows a change: one of the main words, and no hold (section 6).

        A name that has expired can be renewed or given up though the registrar holds it.
        """
        domain = self.domain()
        held = "HOLD" in domain.status and domain.main != "EXPIRED"
        if domain.main not in main or held:
            raise NetimFault(STATE)
        self.offered(domain.rules, operation)
        return domain

    def submit(self, order: Order) -> dict[str, Any]:
        """Hand an operation to the engine; the members of StructOperationResponse."""
        return self.told(self.start(order))

    def told(self, operation: Operation) -> dict[str, Any]:
        """The members of StructOperationResponse, in the session's language."""
        return views.operation(operation, self.session.language)

    def start(self, order: Order) -> Operation:
        """As `submit`, but the operation itself."""
        return self.family.engine.submit(self, order)

    def effect(self, subject: str, **results: Any) -> None:
        """Journal something that took effect without an operation."""
        details = {"arguments": masked(self.given), "results": results}
        self.family.world.record(self.family.name, self.function.name, subject, **details)


Handler = Callable[[Call], Any]
