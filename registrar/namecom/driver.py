"""The door to one NameCom account."""

from __future__ import annotations

from registrar.interface.driver import Driver, DriverSettings
from registrar.namecom.capability import CAPABILITIES


class NameComDriver(Driver):
    """Modules are put in as they come."""

    family = "namecom"
    capabilities = CAPABILITIES


def open_driver(settings: DriverSettings) -> NameComDriver:
    """What the registry calls."""
    return NameComDriver()
