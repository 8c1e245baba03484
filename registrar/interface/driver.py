"""The driver of one registrar account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Protocol, Self

from registrar.capability import Capability, CapabilityTable
from registrar.errors import NotSupported
from registrar.interface.access import AccessModule
from registrar.interface.account import AccountModule
from registrar.interface.certificate import CertificateModule
from registrar.interface.contact import ContactModule
from registrar.interface.dns import DnsModule
from registrar.interface.domain import DomainModule
from registrar.interface.hosting import HostingModule
from registrar.interface.operation import OperationModule
from registrar.interface.session import SessionStore
from registrar.interface.tool import ToolModule
from registrar.transport.exchange import ExchangeSink
from registrar.transport.http import Timeouts


@dataclass(frozen=True, slots=True)
class DriverSettings:
    """Everything a family needs to open its driver. The credentials stay out of its repr.

    `sessions` None: what sessions the family has are kept in this process.
    """

    endpoint: str
    credentials: Mapping[str, str] = field(repr=False)
    timeouts: Timeouts
    on_exchange: ExchangeSink | None
    user_agent: str
    sessions: SessionStore | None = None


class Client(Protocol):
    """Low-level access: any action of the registrar's manual by its own name, parameters and reply."""

    def call(self, action: str, /, **parameters: Any) -> Any:
        """Call `action` and return the registrar's data as it came. Raises what a module's methods raise."""


class Driver:
    """One registrar account, by module. A context manager; use it in one thread at a time."""

    family: str
    client: Client
    capabilities: CapabilityTable
    account: AccountModule
    contacts: ContactModule
    domains: DomainModule
    tools: ToolModule
    dns: DnsModule
    hosting: HostingModule
    certificates: CertificateModule
    access: AccessModule
    operations: OperationModule

    def __init__(self) -> None:
        """Every module as one that lacks everything; a family puts its own in place of those that it has."""
        self.account = AccountModule()
        self.contacts = ContactModule()
        self.domains = DomainModule()
        self.tools = ToolModule()
        self.dns = DnsModule()
        self.hosting = HostingModule()
        self.certificates = CertificateModule()
        self.access = AccessModule()
        self.operations = OperationModule()

    def supports(self, operation: str, *, tld: str | None = None) -> Capability:
        """How far `operation` (such as "domain.renew") is supported, for one extension or in general."""
        return self.capabilities.find(operation, tld)

    def require(self, operation: str, *, tld: str | None = None) -> Capability:
        """As supports(), but raises NotSupported unless a method may be called."""
        capability = self.supports(operation, tld=tld)
        if not capability.usable:
            raise NotSupported(operation, capability.note)
        return capability

    def close(self) -> None:
        """End the session, where the family has one."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
