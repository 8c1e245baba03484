"""The door to one Netim account."""

from __future__ import annotations

from registrar.interface.driver import Driver, DriverSettings
from registrar.netim.capability import CAPABILITIES


class NetimDriver(Driver):
    """Modules are put in as they come."""

    family = "netim"
    capabilities = CAPABILITIES


def open_driver(settings: DriverSettings) -> NetimDriver:
    """What the registry calls."""
    return NetimDriver()
