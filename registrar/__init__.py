"""Four registrar API families behind one door.

`open_driver()` is the only way in; frozen dataclasses of `registrar.types` go in and come out; everything
that can go wrong is an exception of `registrar.errors`. Nothing in here knows Django or the panel.
"""

from registrar import errors, types
from registrar.capability import Capability, Support
from registrar.interface.driver import Driver
from registrar.interface.session import KeptSession, SessionStore
from registrar.registry import (
    FAMILIES,
    ContactsAs,
    CredentialField,
    ExtraWith,
    Family,
    TransferServers,
    close_session,
    close_sessions,
    open_driver,
)
from registrar.transport.exchange import Exchange
from registrar.transport.http import Timeouts

__all__ = [
    "FAMILIES",
    "Capability",
    "ContactsAs",
    "CredentialField",
    "Driver",
    "Exchange",
    "ExtraWith",
    "Family",
    "KeptSession",
    "SessionStore",
    "Support",
    "Timeouts",
    "TransferServers",
    "close_session",
    "close_sessions",
    "errors",
    "open_driver",
    "types",
]
