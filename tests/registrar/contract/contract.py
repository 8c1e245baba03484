"""One promise of the contract, run over every family: kept, or refused as the family's table says."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import pytest

from registrar import FAMILIES, Timeouts, open_driver
from registrar.errors import NotSupported
from registrar.interface.access import AccessModule
from registrar.interface.account import AccountModule
from registrar.interface.base import Module
from registrar.interface.certificate import CertificateModule
from registrar.interface.contact import ContactModule
from registrar.interface.dns import DnsModule
from registrar.interface.domain import DomainModule
from registrar.interface.driver import Driver
from registrar.interface.hosting import HostingModule
from registrar.interface.operation import OperationModule
from registrar.interface.tool import ToolModule
from registrar.registry import ContactsAs
from registrar.types import Contact, DomainOrder, Done, OperationStatus, Outcome, Pending, TransferOrder
from tests.registrar.contract.profiles import PROFILES, Profile
from tests.registrar.world import World

T = TypeVar("T")

# noun -> the driver's attribute, and the module of the contract.
MODULES: dict[str, tuple[str, type[Module]]] = {
    "access": ("access", AccessModule),
    "account": ("account", AccountModule),
    "certificate": ("certificates", CertificateModule),
    "contact": ("contacts", ContactModule),
    "dns": ("dns", DnsModule),
    "domain": ("domains", DomainModule),
    "hosting": ("hosting", HostingModule),
    "operation": ("operations", OperationModule),
    "tool": ("tools", ToolModule),
}


def operations(noun: str) -> list[str]:
    """Every operation of a module of the contract."""
    return [
        f"{noun}.{name}"
        for name, _ in inspect.getmembers(MODULES[noun][1], inspect.isfunction)
        if not name.startswith("_") and name != "lacking"
    ]


class Door:
    """A family's driver on its sandbox, whose clock stands still."""

    def __init__(self, world: World, profile: Profile, driver: Driver) -> None:
        self.world = world
        self.profile = profile
        self.driver = driver
        self._born = len(world.journal())

    def offers(self, *operations: str) -> bool:
        """Whether the family's table has a usable row for each of them."""
        return not lacking(self.profile.family, operations)

    def is_write(self, action: str) -> bool:
        """Whether a call of the registrar may change something."""
        found: bool = self.driver.client.is_write(action)  # type: ignore[attr-defined]
        return found

    def journal(self) -> list[dict[str, Any]]:
        """What this family has executed by order of the account; in brackets it does so by itself."""
        return [
            entry
            for entry in self.world.journal(self._born)
            if entry["family"] == self.profile.family and not entry["action"].startswith("(")
        ]

    def balance(self) -> str:
        """As the sandbox has it: not every API tells."""
        found: str = self.world.state(self.profile.family)["balance"]
        return found

    def settled(self, outcome: Outcome[T]) -> T | None:
        """The value of an outcome, once the registrar has carried it out."""
        assert isinstance(outcome, Done | Pending)
        if isinstance(outcome, Pending):
            assert outcome.reference
            self.world.settle()
            if self.offers("operation.info"):
                assert self.driver.operations.info(outcome.reference).status is OperationStatus.DONE
        return outcome.value

    def person(self, *, is_owner: bool = True) -> str | Contact:
        """Somebody for an order, in the form that the family takes."""
        content = self.profile.contact
        if FAMILIES[self.profile.family].contacts_as is ContactsAs.CONTENT:
            return content
        record = self.settled(self.driver.contacts.create(content, is_owner=is_owner, tld="com"))
        assert record is not None
        return record.handle

    def order(self, name: str | None = None) -> DomainOrder:
        """A registration of a year with all roles."""
        owner, other = self.person(), self.person(is_owner=False)
        return DomainOrder(
            name or self.profile.free,
            owner,
            years=1,
            nameservers=self.profile.nameservers,
            admin=self.profile.house or other,
            tech=other,
            billing=other,
        )

    def transfer(self, auth_code: str | None = None) -> TransferOrder:
        """A transfer of a name that is elsewhere."""
        profile = self.profile
        code = profile.auth_code if auth_code is None else auth_code
        if profile.transfer_keeps:
            return TransferOrder(profile.transferable, self.person(), auth_code=code)
        owner, other = self.person(), self.person(is_owner=False)
        return TransferOrder(
            profile.transferable,
            owner,
            auth_code=code,
            nameservers=profile.nameservers,
            keep_nameservers=False,
            admin=other,
            tech=other,
            billing=other,
        )

    def assert_refused(self, operation: str) -> None:
        """Calling what the table does not offer raises NotSupported, and the registrar hears nothing of it."""
        noun, _, name = operation.partition(".")
        method = getattr(getattr(self.driver, MODULES[noun][0]), name)
        given, named = fillers(method)
        heard, done = len(self.world.requests()), len(self.world.journal())

        with pytest.raises(NotSupported) as caught:
            method(*given, **named)

        assert caught.value.capability == operation
        assert (len(self.world.requests()), len(self.world.journal())) == (heard, done)


def lacking(family: str, operations: Iterable[str]) -> list[str]:
    """Those that the family's table has no usable row for."""
    usable = {row.operation for row in FAMILIES[family].capabilities if row.usable}
    return [operation for operation in operations if operation not in usable]


def fillers(method: Callable[..., Any]) -> tuple[list[str], dict[str, str]]:
    """Something for every parameter that has to be given."""
    required = [
        parameter
        for parameter in inspect.signature(method).parameters.values()
        if parameter.default is parameter.empty
    ]
    named = {parameter.name: "x" for parameter in required if parameter.kind is parameter.KEYWORD_ONLY}
    return ["x"] * (len(required) - len(named)), named


def driver_on(world: World, family: str, timeouts: Timeouts | None = None, on_exchange: Any = None) -> Driver:
    """Another driver of the family on the world as it is."""
    profile = PROFILES[family]
    credentials = dict(profile.credentials)
    if "das" in {field.name for field in FAMILIES[family].credential_fields}:
        credentials["das"] = world.url("das").rpartition("/")[2]
    return open_driver(
        family,
        endpoint=world.url(family) + profile.path,
        credentials=credentials,
        timeouts=timeouts or Timeouts(connect=2, total=10),
        on_exchange=on_exchange,
    )


@contextmanager
def opened(world: World, family: str, *, on_exchange: Any = None) -> Iterator[Door]:
    """The family's door on a world that was just born and stands still."""
    world.reset(speed=0)
    # What the account had running when it was born is no matter of the test.
    world.settle()
    with driver_on(world, family, on_exchange=on_exchange) as driver:
        yield Door(world, PROFILES[family], driver)


# Operation -> the tests that say what is promised of it.
PROMISES: dict[str, list[str]] = {}


def promise(*operations: str) -> Callable[[Callable[[Door], None]], Callable[[World, str], None]]:
    """A test of what the contract promises of `operations`, for every family.

    Where a family does not offer one of them, its refusal is asserted in place of the promise.
    """

    def decorate(test: Callable[[Door], None]) -> Callable[[World, str], None]:
        for operation in operations:
            PROMISES.setdefault(operation, []).append(test.__name__)

        @pytest.mark.parametrize("family", PROFILES)
        def run(sandbox: World, family: str) -> None:
            if missing := lacking(family, operations):
                with driver_on(sandbox, family) as driver:
                    for operation in missing:
                        Door(sandbox, PROFILES[family], driver).assert_refused(operation)
                return
            with opened(sandbox, family) as door:
                test(door)

        run.__name__ = test.__name__
        run.__doc__ = test.__doc__
        return run

    return decorate
