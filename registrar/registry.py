"""The families that exist, and the one function that opens a driver."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from types import MappingProxyType
from typing import cast

from registrar.capability import CapabilityTable
from registrar.errors import InvalidRequest
from registrar.interface.driver import Driver, DriverSettings
from registrar.interface.session import SessionStore
from registrar.transport.exchange import ExchangeSink
from registrar.transport.http import DEFAULT_USER_AGENT, Timeouts


@dataclass(frozen=True, slots=True)
class CredentialField:
    """One value that a family needs to log in. `secret` values are write-only everywhere."""

    name: str
    label: str
    secret: bool
    required: bool = True


class ContactsAs(StrEnum):
    """How an order names its contacts: by handles made before, by content inside the order, or either."""

    HANDLE = "handle"
    CONTENT = "content"
    EITHER = "either"


class ExtraWith(StrEnum):
    """Where a family takes the fields that an extension asks: with the order, or with the owner's contact."""

    ORDER = "order"
    CONTACT = "contact"


class TransferServers(StrEnum):
    """The nameservers of a name that is transferred in: those that it has, those of the order, or either."""

    EITHER = "either"
    KEPT = "kept"
    GIVEN = "given"


@dataclass(frozen=True, slots=True)
class Family:
    """A registrar's API. `currency` is that of its costs, where the API itself does not tell.

    `owners_apart`: a contact is made as a registrant or as something else, and cannot be the other.
    `writes_whole`: each change of a name's settings writes all of them, as they were read just before.

    The package registrar.<name> is imported on first use: its `driver.open_driver(settings)` and
    `capability.CAPABILITIES`.
    """

    name: str
    label: str
    default_endpoint: str
    credential_fields: tuple[CredentialField, ...]
    contacts_as: ContactsAs
    extra_with: ExtraWith
    currency: str = "EUR"
    owners_apart: bool = False
    transfer_servers: TransferServers = TransferServers.EITHER
    writes_whole: bool = False

    @property
    def capabilities(self) -> CapabilityTable:
        """What the family can do, without opening a driver."""
        return cast(CapabilityTable, import_module(f"registrar.{self.name}.capability").CAPABILITIES)


FAMILIES: Mapping[str, Family] = MappingProxyType(
    {
        family.name: family
        for family in (
            Family(
                name="mrdomain",
                label="MrDomain",
                default_endpoint="https://simple-api.dondominio.net:443",
                credential_fields=(
                    CredentialField("apiuser", "API user", secret=False),
                    CredentialField("apipasswd", "API password", secret=True),
                ),
                contacts_as=ContactsAs.EITHER,
                extra_with=ExtraWith.ORDER,
            ),
            Family(
                name="netim",
                label="Netim",
                default_endpoint="https://api.netim.com/2.0/",
                credential_fields=(
                    CredentialField("reseller", "Reseller ID", secret=False),
                    CredentialField("password", "API password", secret=True),
                ),
                contacts_as=ContactsAs.HANDLE,
                extra_with=ExtraWith.CONTACT,
                owners_apart=True,
                transfer_servers=TransferServers.GIVEN,
            ),
            Family(
                name="bookmyname",
                label="BookMyName",
                default_endpoint="https://api.bookmyname.com/apis.cgi",
                credential_fields=(
                    CredentialField("dist_id", "Reseller ID", secret=False),
                    CredentialField("dist_passwd", "API password", secret=True),
                    CredentialField("das", "DAS address (host:port)", secret=False, required=False),
                ),
                contacts_as=ContactsAs.HANDLE,
                extra_with=ExtraWith.CONTACT,
                transfer_servers=TransferServers.KEPT,
                writes_whole=True,
            ),
            Family(
                name="namecom",
                label="Name.com",
                default_endpoint="https://api.name.com/api",
                credential_fields=(
                    CredentialField("username", "User name", secret=False),
                    CredentialField("api_token", "API token", secret=True),
                ),
                contacts_as=ContactsAs.CONTENT,
                extra_with=ExtraWith.ORDER,
                currency="USD",
            ),
        )
    }
)


def close_sessions() -> None:
    """End what drivers of this process keep open, for a process that stops: best effort, in a few seconds.

    What is kept in a SessionStore stays open: others use it.
    """
    for name in FAMILIES:
        # Only where a driver was opened: a module that was never imported holds nothing.
        module = sys.modules.get(f"registrar.{name}.session")
        if module is not None:
            module.close_sessions()


def close_session(family: str, endpoint: str, identifier: str) -> None:
    """Close one session that was taken out of a SessionStore: best effort, in a few seconds, never an error."""
    import_module(f"registrar.{family}.session").close_at_registrar(endpoint, identifier)


def open_driver(
    family: str,
    *,
    endpoint: str | None = None,
    credentials: Mapping[str, str],
    timeouts: Timeouts | None = None,
    on_exchange: ExchangeSink | None = None,
    user_agent: str = DEFAULT_USER_AGENT,
    sessions: SessionStore | None = None,
) -> Driver:
    """Open a driver; nothing is sent before its first call. Use it as a context manager, or close() it.

    `endpoint` None is the family's production address; `on_exchange` is called after every call with its
    redacted record. `sessions` keeps the session of this account for every driver that is given the same store, in
    whatever process, where the registrar counts sessions (Netim); other families ignore it, and without it a session is
    kept in this process. Raises InvalidRequest (field family, endpoint or the credential's name) for what cannot
    be used.
    """
    if family not in FAMILIES:
        raise InvalidRequest(f"unknown registrar family: {family}", field="family")
    row = FAMILIES[family]
    for credential in row.credential_fields:
        if credential.required and not credentials.get(credential.name):
            raise InvalidRequest(f"{credential.label} is missing", field=credential.name)
    settings = DriverSettings(
        endpoint=endpoint or row.default_endpoint,
        credentials={field.name: credentials.get(field.name, "") for field in row.credential_fields},
        timeouts=timeouts or Timeouts(),
        on_exchange=on_exchange,
        user_agent=user_agent,
        sessions=sessions,
    )
    return cast(Driver, import_module(f"registrar.{row.name}.driver").open_driver(settings))
