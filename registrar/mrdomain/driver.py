"""The door to one MrDomain account."""

from __future__ import annotations

from registrar.interface.driver import Driver, DriverSettings
from registrar.mrdomain.account import MrDomainAccount
from registrar.mrdomain.capability import CAPABILITIES
from registrar.mrdomain.client import FAMILY, MrDomainClient
from registrar.mrdomain.contact import MrDomainContact
from registrar.mrdomain.domain import MrDomainDomain
from registrar.mrdomain.tool import MrDomainTool


class MrDomainDriver(Driver):
    """Modules tool, account, contact and domain of the Simple API; the rest by `client.call()`."""

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


def open_driver(settings: DriverSettings) -> MrDomainDriver:
    """What the registry calls."""
    return MrDomainDriver(settings)
