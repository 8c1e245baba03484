"""The door to one BookMyName account."""

from __future__ import annotations

from registrar.bookmyname.capability import CAPABILITIES
from registrar.bookmyname.client import FAMILY, BookMyNameClient
from registrar.bookmyname.contact import BookMyNameContact
from registrar.bookmyname.das import Das
from registrar.bookmyname.domain import BookMyNameDomain
from registrar.bookmyname.operation import BookMyNameOperation
from registrar.bookmyname.tool import BookMyNameTool
from registrar.interface.driver import Driver, DriverSettings
from registrar.transport.archive import Archive


class BookMyNameDriver(Driver):
    """Contacts, domains, operations and tools: all 20 functions, and DAS."""

    family = FAMILY
    capabilities = CAPABILITIES
    client: BookMyNameClient

    def __init__(self, settings: DriverSettings) -> None:
        super().__init__()
        archive = Archive(FAMILY, settings.on_exchange)
        self.client = BookMyNameClient(settings, archive)
        self.contacts = BookMyNameContact(self.client)
        self.domains = BookMyNameDomain(self.client)
        self.operations = BookMyNameOperation(self.client)
        self.tools = BookMyNameTool(self.client, Das(settings, archive))


def open_driver(settings: DriverSettings) -> BookMyNameDriver:
    """What the registry calls."""
    return BookMyNameDriver(settings)
