"""The registrar's replies as our types: domains, hosts and prices (reference 3.7 to 3.13 and 6). Pure functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from registrar.netim import mapping
from registrar.transport import reading
from registrar.types import (
    Availability,
    AvailabilityState,
    Dnssec,
    DnssecKey,
    DomainInfo,
    DomainPrices,
    DomainStatus,
    DomainSummary,
    GlueRecord,
    Nameserver,
    RegisteredDomain,
    RenewalMode,
)

# Reference 6: the main word of a status. ACTIVE covers names that are not delegated: they are ours, and paid for.
# Whether PENDING is a registration or a transfer, nobody says.
STATUS: Mapping[str, DomainStatus] = {
    "PENDING": DomainStatus.REGISTERING,
    "ERROR": DomainStatus.REGISTRATION_CANCELLED,
    "ACTIVE": DomainStatus.ACTIVE,
    "RESERVED": DomainStatus.INACTIVE,
    "EXPIRED": DomainStatus.GRACE,
    "QUARANTINE": DomainStatus.REDEMPTION,
    "HOLD": DomainStatus.ON_HOLD,
    "TRANSFERRED OUT": DomainStatus.TRANSFERRED_AWAY,
    "DELETED": DomainStatus.DELETED,
}
EXTRA_WORDS = frozenset({"HOLD", "DELEGATED", "NOT DELEGATED"})

# Reference 3.8, but for AVAILABLE, which depends on the reason.
AVAILABILITY: Mapping[str, AvailabilityState] = {
    "NOT AVAILABLE": AvailabilityState.TAKEN,
    "NOT SOLD": AvailabilityState.UNSUPPORTED,
    "CLOSED": AvailabilityState.MAINTENANCE,
}
AVAILABLE: Mapping[str, AvailabilityState] = {
    "": AvailabilityState.AVAILABLE,
    "PREMIUM": AvailabilityState.PREMIUM,
}
REASONS: Mapping[str, AvailabilityState] = {
    "BAD_SYNTAX": AvailabilityState.INVALID,
    "TIMEOUT": AvailabilityState.UNKNOWN,
    "INTERNAL ERROR": AvailabilityState.UNKNOWN,
}


def about(domain: str) -> Callable[[Any], Mapping[str, Any]]:
    """Reads StructDomainInfo, and makes certain that it speaks of `domain`."""

    def check(data: Any) -> Mapping[str, Any]:
        found = mapping.struct(data)
        if reading.domain_name(found, "domain") != domain:
            raise reading.unreadable("the reply is about another name")
        status(found)
        return found

    return check


def status(data: Mapping[str, Any]) -> tuple[DomainStatus, str]:
    """The neutral status and the registrar's words. What the reference does not know is UNKNOWN, and kept."""
    raw = reading.required(data, "status")
    words = [word.strip().upper() for word in raw.split(",")]
    main = STATUS.get(words[0], DomainStatus.UNKNOWN)
    if any(word not in EXTRA_WORDS for word in words[1:]):
        return DomainStatus.UNKNOWN, raw
    # "EXPIRED, HOLD" is still to be renewed; an active name on hold cannot be changed.
    held = main is DomainStatus.ACTIVE and "HOLD" in words[1:]
    return (DomainStatus.ON_HOLD if held else main), raw


def info(data: Mapping[str, Any]) -> DomainInfo:
    """StructDomainInfo (reference 3.9)."""
    neutral, raw = status(data)
    name = reading.domain_name(data, "domain")
    automatic = mapping.flag(data, "autoRenew")
    return DomainInfo(
        name=name,
        tld=tld_of(name),
        remote_id="",
        status=neutral,
        raw_status=raw,
        expires_on=reading.day(data, "dateExpiration"),
        created_on=reading.day(data, "dateCreate"),
        renewal_mode=_renewal_mode(automatic),
        transfer_lock=mapping.flag(data, "domainIsLock"),
        whois_privacy=mapping.flag(data, "whoisPrivacy"),
        auth_code_readable=not reading.is_absent(data, "authID"),
        renewable_from=reading.day(data, "dateMinRenew"),
        renewable_until=reading.day(data, "dateMaxRenew"),
        restorable_until=reading.day(data, "dateMaxRestore"),
        signed=mapping.flag(data, "IsSigned"),
        hosts_zone=mapping.flag(data, "HasDNS4Service"),
    )


def _renewal_mode(automatic: bool | None) -> RenewalMode:
    if automatic is None:
        return RenewalMode.UNKNOWN
    return RenewalMode.AUTOMATIC if automatic else RenewalMode.MANUAL


def summary(data: Mapping[str, Any]) -> DomainSummary:
    """A domain's line, out of its information."""
    found = info(data)
    return DomainSummary(
        name=found.name,
        tld=found.tld,
        remote_id="",
        status=found.status,
        raw_status=found.raw_status,
        expires_on=found.expires_on,
        nameservers=nameservers(data),
        default_nameservers=found.hosts_zone,
        info=found,
    )


def registered(data: Mapping[str, Any], years: int | None = None) -> RegisteredDomain:
    """A domain that was bought, out of its information: an operation does not tell what it cost."""
    neutral, raw = status(data)
    name = reading.domain_name(data, "domain")
    return RegisteredDomain(
        name=name,
        tld=tld_of(name),
        remote_id="",
        status=neutral,
        raw_status=raw,
        expires_on=reading.day(data, "dateExpiration"),
        years=years,
    )


def unread(
    name: str, years: int | None = None, status: DomainStatus = DomainStatus.UNKNOWN, raw_status: str = ""
) -> RegisteredDomain:
    """A domain that was bought, and could not be read, or is not there yet."""
    return RegisteredDomain(name, tld_of(name), "", status, raw_status, years=years)


def unread_line(name: str) -> DomainSummary:
    """A domain that was changed, and could not be read."""
    return DomainSummary(name, tld_of(name), "", DomainStatus.UNKNOWN, "")


def summaries(data: Any) -> list[DomainSummary]:
    """queryDomainList (reference 3.10): names and dates, without a status."""
    return [_line(item) for item in mapping.rows(data)]


def _line(item: Mapping[str, Any]) -> DomainSummary:
    name = reading.domain_name(item, "domain")
    expires_on: date | None = reading.day(item, "dateExpiration")
    return DomainSummary(name, tld_of(name), "", DomainStatus.UNKNOWN, "", expires_on)


def nameservers(data: Mapping[str, Any]) -> tuple[Nameserver, ...]:
    """The nameservers of StructDomainInfo in their order."""
    names = mapping.texts(data.get("ns"), "ns")
    return tuple(Nameserver(reading.a_label(name), place) for place, name in enumerate(names, 1))


def dnssec(data: Mapping[str, Any]) -> Dnssec:
    """Whether the name is signed, and its keys where they are told in the members of StructDSRecord.

    The reference does not know the keys of the map (3.9): what is written otherwise is not read.
    """
    entries = _dnssec_entries(data.get("DNSSEC"))
    keys = tuple(key for key in map(_dnssec_key, entries) if key is not None)
    return Dnssec(active=bool(mapping.flag(data, "IsSigned")), keys=keys)


def _dnssec_entries(value: Any) -> list[Mapping[str, Any]]:
    """The entries of the map: itself, or a list, or a map of them."""
    if isinstance(value, dict):
        parts = [part for part in value.values() if isinstance(part, dict | list)]
        return [value] + [entry for part in parts for entry in _dnssec_entries(part)]
    return [entry for part in value for entry in _dnssec_entries(part)] if isinstance(value, list) else []


def _dnssec_key(entry: Mapping[str, Any]) -> DnssecKey | None:
    told = {"key", "type", "digest", "algo"}
    if not told <= {name for name in entry if isinstance(entry[name], str) and entry[name]}:
        return None
    return DnssecKey(
        key_tag=reading.whole(entry, "key"),
        algorithm=reading.whole(entry, "algo"),
        digest_type=reading.whole(entry, "type"),
        digest=reading.text(entry, "digest"),
    )


def glue_records(data: Any, domain: str) -> tuple[GlueRecord, ...]:
    """queryHostList (reference 3.7): the hosts below `domain`."""
    found = [_host(item) for item in mapping.rows(data)]
    return tuple(host for host in found if host.name.endswith(f".{domain}"))


def _host(item: Mapping[str, Any]) -> GlueRecord:
    ipv4, ipv6 = mapping.texts(item.get("ipv4"), "ipv4"), mapping.texts(item.get("ipv6"), "ipv6")
    return GlueRecord(
        name=reading.domain_name(item, "name"),
        ipv4=next(iter(ipv4), ""),
        ipv6=next(iter(ipv6), ""),
        others=ipv4[1:] + ipv6[1:],
    )


def availabilities(data: Any) -> dict[str, Availability]:
    """domainCheck (reference 3.8), by name."""
    found = (_availability(item) for item in mapping.rows(data))
    return {availability.name: availability for availability in found}


def _availability(item: Mapping[str, Any]) -> Availability:
    name = reading.domain_name(item, "domain")
    result = reading.required(item, "result").upper()
    reason = reading.text(item, "reason", default="").strip().upper()
    # A name that is available for a reason that the reference does not go with it is not called so.
    words = AVAILABLE if result == "AVAILABLE" else {reason: AVAILABILITY.get(result)}
    state = REASONS.get(reason) or words.get(reason) or AvailabilityState.UNKNOWN
    return Availability(name, tld_of(name), state)


def prices(data: Any, domain: str) -> DomainPrices:
    """StructQueryDomainPrice (reference 3.13)."""
    found = mapping.struct(data)
    return DomainPrices(
        name=domain,
        currency=reading.required(found, "FeeCurrency"),
        create=reading.maybe_number(found, "Fee4Registration"),
        renew=reading.maybe_number(found, "Fee4Renewal"),
        transfer=reading.maybe_number(found, "Fee4Transfer"),
        trade=reading.maybe_number(found, "Fee4Trade"),
        restore=reading.maybe_number(found, "Fee4Restore"),
        premium=mapping.flag(found, "IsPremium"),
    )


def claimed(data: Any) -> bool:
    """queryDomainClaim: 0 for none, 1 for one or more."""
    answer = mapping.text(data).strip()
    if answer not in {"0", "1"}:
        raise reading.unreadable("neither 0 nor 1")
    return answer == "1"


def tld_of(name: str) -> str:
    """Everything behind the first label."""
    return name.partition(".")[2]
