"""Names in replies (manual, Domain Actions). Pure functions; `now` is aware and decides what has expired."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from registrar.namecom import mapping
from registrar.transport import reading, values
from registrar.types import (
    Availability,
    AvailabilityState,
    DomainContacts,
    DomainInfo,
    DomainStatus,
    DomainSummary,
    Nameserver,
    NameserverSet,
    Price,
    RenewalMode,
)

# The registrar's own nameservers come back with three letters of its choice: ns1abc.name.com.
_OWN_NAMESERVER = re.compile(r"(ns[1-4])(?:[a-z]{3})?\.name\.com")


def names(data: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """domain/list: an object by name, or an empty list."""
    found = {}
    for name, line in reading.mapping(data.get("domains"), "domains").items():
        found[reading.a_label(name)] = reading.mapping(line, "domains")
    return found


def line(name: str, data: Mapping[str, Any]) -> DomainSummary:
    """A line of the list, which tells no status."""
    return DomainSummary(
        name=name,
        tld=values.tld(name),
        remote_id=name,
        status=DomainStatus.UNKNOWN,
        raw_status="",
        expires_on=reading.day(data, "expire_date"),
    )


def status(data: Mapping[str, Any], now: datetime) -> DomainStatus:
    """Assumption "shown-and-not-expired": a name that domain/get shows with an expiry to come is active.

    What becomes of a name behind its expiry the manual does not say: unknown.
    """
    if reading.day(data, "expire_date") is None:
        return DomainStatus.UNKNOWN
    expiry = datetime.fromisoformat(reading.required(data, "expire_date"))
    # No time zone is named: read as UTC (assumption "zone-less-time").
    aware = expiry if expiry.tzinfo else expiry.replace(tzinfo=UTC)
    return DomainStatus.ACTIVE if aware > now else DomainStatus.UNKNOWN


def summary(name: str, data: Mapping[str, Any], now: datetime) -> DomainSummary:
    """domain/get as a line of a list."""
    return DomainSummary(
        name=name,
        tld=values.tld(name),
        remote_id=name,
        status=status(data, now),
        raw_status="",
        expires_on=reading.day(data, "expire_date"),
    )


def info(name: str, data: Mapping[str, Any], now: datetime) -> DomainInfo:
    """domain/get. Its addons are what can be bought for the name."""
    addons = reading.mapping(data.get("addons") or {}, "addons")
    privacy = reading.mapping(data.get("whois_privacy") or {}, "whois_privacy")
    automatic = reading.maybe_boolean(data, "auto_renew")
    return DomainInfo(
        name=name,
        tld=values.tld(name),
        remote_id=name,
        status=status(data, now),
        raw_status="",
        expires_on=reading.day(data, "expire_date"),
        created_on=reading.day(data, "create_date"),
        renewable=True if "domain/renew" in addons else None,
        renewal_mode={None: RenewalMode.UNKNOWN, True: RenewalMode.AUTOMATIC, False: RenewalMode.MANUAL}[
            automatic
        ],
        transfer_lock=reading.maybe_boolean(data, "locked"),
        whois_privacy=reading.maybe_boolean(privacy, "enabled"),
        hosts_zone=nameserver_set(data).default,
    )


def renewal_price(data: Mapping[str, Any]) -> Price | None:
    """What a year costs, by domain/get."""
    addons = reading.mapping(data.get("addons") or {}, "addons")
    return mapping.price(reading.mapping(addons.get("domain/renew") or {}, "addons"))


def nameserver_set(data: Mapping[str, Any]) -> NameserverSet:
    """The nameservers of domain/get, and whether they are the registrar's own."""
    found = [reading.a_label(name) for name in reading.texts(data, "nameservers")]
    return NameserverSet(
        nameservers=tuple(
            Nameserver(name, order, asked_as=_asked_as(name)) for order, name in enumerate(found, 1)
        ),
        default=bool(found) and all(_OWN_NAMESERVER.fullmatch(name) for name in found),
    )


def _asked_as(name: str) -> str:
    own = _OWN_NAMESERVER.fullmatch(name)
    return f"{own[1]}.name.com" if own else ""


def contacts(data: Mapping[str, Any]) -> DomainContacts:
    """The contacts of domain/get."""
    return DomainContacts(
        **{role: mapping.contact_record(item) for role, item in mapping.roles(data).items()},
        our_own=frozenset(),
    )


def availabilities(data: Mapping[str, Any], asked: list[str]) -> tuple[Availability, ...]:
    """domain/check for names, in the order they were asked.

    Assumption "left-out-is-not-sold": a name that was asked and is not in a successful answer cannot be had here.
    """
    shown = {
        reading.a_label(name): reading.mapping(found, "domains")
        for name, found in reading.mapping(data.get("domains"), "domains").items()
    }
    return tuple(_availability(name, shown.get(name)) for name in asked)


def _availability(name: str, found: Mapping[str, Any] | None) -> Availability:
    tld = values.tld(name)
    if found is None:
        return Availability(name, tld, AvailabilityState.UNSUPPORTED)
    if not reading.truth(found.get("avail"), "avail"):
        return Availability(name, tld, AvailabilityState.TAKEN)
    return Availability(name, tld, AvailabilityState.AVAILABLE, mapping.price(found))
