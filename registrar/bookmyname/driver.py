"""The door to one BookMyName account."""

from __future__ import annotations

from registrar.bookmyname.capability import CAPABILITIES
from registrar.interface.driver import Driver, DriverSettings


class BookMyNameDriver(Driver):
    """Modules are put in as they come."""

    family = "bookmyname"
    capabilities = CAPABILITIES


def open_driver(settings: DriverSettings) -> BookMyNameDriver:
    """What the registry calls."""
    return BookMyNameDriver()
