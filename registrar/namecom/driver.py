"""The door to one Name.com account, by the legacy JSON API."""

from __future__ import annotations

from registrar.errors import RegistrarError
from registrar.interface.driver import Driver, DriverSettings
from registrar.namecom.account import NameComAccount
from registrar.namecom.capability import CAPABILITIES
from registrar.namecom.client import FAMILY, NameComClient
from registrar.namecom.dns import NameComDns
from registrar.namecom.domain import NameComDomain
from registrar.namecom.tool import NameComTool


class NameComDriver(Driver):
    """The modules of the legacy API; each of its calls by its own name, too: `client.call()`."""

    family = FAMILY
    capabilities = CAPABILITIES
    client: NameComClient

    def __init__(self, settings: DriverSettings) -> None:
        super().__init__()
        self.client = NameComClient(settings)
        self.tools = NameComTool(self.client)
        self.account = NameComAccount(self.client)
        self.domains = NameComDomain(self.client)
        self.dns = NameComDns(self.client)

    def close(self) -> None:
        """End the session, where one was opened. One that cannot be ended runs out by itself."""
        if self.client.has_session:
            try:
                self.client.logout()
            except RegistrarError:
                pass


def open_driver(settings: DriverSettings) -> NameComDriver:
    """What the registry calls."""
    return NameComDriver(settings)
