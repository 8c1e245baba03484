"""The door to one Netim account."""

from __future__ import annotations

from registrar.interface.driver import Driver, DriverSettings
from registrar.netim.account import NetimAccount
from registrar.netim.capability import CAPABILITIES
from registrar.netim.certificate import NetimCertificate
from registrar.netim.client import FAMILY, NetimClient
from registrar.netim.contact import NetimContact
from registrar.netim.dns import NetimDns
from registrar.netim.domain import NetimDomain
from registrar.netim.hosting import NetimHosting
from registrar.netim.operation import NetimOperation
from registrar.netim.tool import NetimTool


class NetimDriver(Driver):
    """Every function of the SOAP API 2.0 to section 2.13; web hosting (2.14) by `client.call()`.

    Closing it leaves the session open for the next driver: see registrar.netim.session.
    """

    family = FAMILY
    capabilities = CAPABILITIES
    client: NetimClient

    def __init__(self, settings: DriverSettings) -> None:
        super().__init__()
        self.client = NetimClient(settings)
        self.tools = NetimTool(self.client)
        self.account = NetimAccount(self.client)
        self.contacts = NetimContact(self.client)
        self.domains = NetimDomain(self.client)
        self.dns = NetimDns(self.client)
        self.hosting = NetimHosting(self.client)
        self.certificates = NetimCertificate(self.client)
        self.operations = NetimOperation(self.client)


def open_driver(settings: DriverSettings) -> NetimDriver:
    """What the registry calls."""
    return NetimDriver(settings)
