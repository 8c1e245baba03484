"""The families that exist, and the one function that opens a driver."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import cast

from registrar.errors import InvalidRequest
from registrar.interface.driver import Driver, DriverSettings
from registrar.transport.exchange import ExchangeSink
from registrar.transport.http import DEFAULT_USER_AGENT, Timeouts


@dataclass(frozen=True, slots=True)
class CredentialField:
    """One value that a family needs to log in. `secret` values are write-only everywhere."""

    name: str
    label: str
    secret: bool


@dataclass(frozen=True, slots=True)
class Family:
    """A registrar's API. `module` holds a function `open_driver(settings)`; it is imported on first use."""

    name: str
    label: str
    default_endpoint: str
    credential_fields: tuple[CredentialField, ...]
    module: str


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
                module="registrar.mrdomain.driver",
            ),
        )
    }
)


def open_driver(
    family: str,
    *,
    endpoint: str | None = None,
    credentials: Mapping[str, str],
    timeouts: Timeouts | None = None,
    on_exchange: ExchangeSink | None = None,
    user_agent: str = DEFAULT_USER_AGENT,
) -> Driver:
    """Open a driver; nothing is sent before its first call. Use it as a context manager, or close() it.

    `endpoint` None is the family's production address; `on_exchange` is called after every call with its
    redacted record. Raises InvalidRequest (field family, endpoint or the credential's name) for what cannot
    be used.
    """
    if family not in FAMILIES:
        raise InvalidRequest(f"unknown registrar family: {family}", field="family")
    row = FAMILIES[family]
    for credential in row.credential_fields:
        if not credentials.get(credential.name):
            raise InvalidRequest(f"{credential.label} is missing", field=credential.name)
    settings = DriverSettings(
        endpoint=endpoint or row.default_endpoint,
        credentials={field.name: credentials[field.name] for field in row.credential_fields},
        timeouts=timeouts or Timeouts(),
        on_exchange=on_exchange,
        user_agent=user_agent,
    )
    return cast(Driver, import_module(row.module).open_driver(settings))
