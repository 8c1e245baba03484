"""The door to one MrDomain account."""

from __future__ import annotations

from registrar.interface.driver import Driver, DriverSettings
from registrar.mrdomain.access import MrDomainAccess
from registrar.mrdomain.account import MrDomainAccount
from registrar.mrdomain.capability import CAPABILITIES
from registrar.mrdomain.certificate import MrDomainCertificate
from registrar.mrdomain.client import FAMILY, MrDomainClient
from registrar.mrdomain.contact import MrDomainContact
from registrar.mrdomain.dns import MrDomainDns
from registrar.mrdomain.domain import MrDomainDomain
from registrar.mrdomain.hosting import MrDomainHosting
from registrar.mrdomain.tool import MrDomainTool


class MrDomainDriver(Driver):
    """The seven modules of the Simple API; each of its actions by its own name, too: `client.call()`."""

    family = FAMILY
    capabilities = CAPABILITIES
    client: MrDomainClient

    def __init__(self, settings: DriverSettings) -> None:
        super().__init__()
        self.client = MrDomainClient(settings)
        self.tools = MrDomainTool(self.client)
        self.account = MrDomainAccount(self.client)
        self.contacts = MrDomainContact(self.client)
        self.domains = MrDomainDomain(self.client)
        self.dns = MrDomainDns(self.client)
        self.hosting = MrDomainHosting(self.client)
        self.certificates = MrDomainCertificate(self.client)
        self.access = MrDomainAccess(self.client)


def open_driver(settings: DriverSettings) -> MrDomainDriver:
    """What the registry calls."""
    return MrDomainDriver(settings)
