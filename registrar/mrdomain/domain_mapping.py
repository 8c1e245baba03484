"""The registrar's replies as our types: module domain (manual chapter 5). Pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from registrar.mrdomain import mapping, reading
from registrar.types import (
    Availability,
    AvailabilityState,
    DeletedDomain,
    Dnssec,
    DnssecKey,
    DomainContacts,
    DomainInfo,
    DomainService,
    DomainStatus,
    DomainSummary,
    GlueRecord,
    HistoryEntry,
    Nameserver,
    NameserverSet,
    Page,
    Price,
    RegisteredDomain,
    RenewalMode,
    TransferCheck,
    TransferStatus,
    Verification,
)

# Manual 5.27.1 to 5.27.3.
STATUS: Mapping[str, DomainStatus] = {
    "register-init": DomainStatus.REGISTERING,
    "register-pending": DomainStatus.REGISTERING,
    "register-cancel": DomainStatus.REGISTRATION_CANCELLED,
    "transfer-init": DomainStatus.TRANSFERRING,
    "transfer-pending": DomainStatus.TRANSFERRING,
    "transfer-cancel": DomainStatus.TRANSFER_CANCELLED,
    "inactive": DomainStatus.INACTIVE,
    "active": DomainStatus.ACTIVE,
    "renewed": DomainStatus.RENEWING,
    "expired-renewgrace": DomainStatus.GRACE,
    "expired-redemption": DomainStatus.REDEMPTION,
    "expired-pendingdelete": DomainStatus.PENDING_DELETE,
}
TRANSFER_STATUS: Mapping[str, TransferStatus] = {
    "init": TransferStatus.NOT_STARTED,
    "queued": TransferStatus.QUEUED,
    "set-auth": TransferStatus.AUTH_CODE_SENT,
    "pending-auth": TransferStatus.AUTH_CODE_NEEDED,
    "pending-tag": TransferStatus.TAG_NEEDED,
    "pending-registry": TransferStatus.DATA_NEEDED,
    "cancelled": TransferStatus.CANCELLED,
    "completed": TransferStatus.COMPLETED,
}
RENEWAL_MODE: Mapping[str, RenewalMode] = {
    "autorenew": RenewalMode.AUTOMATIC,
    "manual": RenewalMode.MANUAL,
    "letexpire": RenewalMode.LET_EXPIRE,
}


def status(data: Mapping[str, Any]) -> tuple[DomainStatus, str]:
    """The neutral status and the registrar's word. An unknown word is UNKNOWN and kept."""
    raw = reading.required(data, "status")
    return STATUS.get(raw.lower(), DomainStatus.UNKNOWN), raw


def availability(data: Mapping[str, Any]) -> Availability:
    """domain/check (manual 5.1)."""
    item = reading.only(data, "domains")
    available = reading.boolean(item, "available")
    premium = bool(reading.maybe_boolean(item, "premium"))
    state = AvailabilityState.TAKEN
    if available:
        state = AvailabilityState.PREMIUM if premium else AvailabilityState.AVAILABLE
    return Availability(reading.domain_name(item), _tld(item), state, _price(item, "price"))


def transfer_check(data: Mapping[str, Any]) -> TransferCheck:
    """domain/checkfortransfer (manual 5.2)."""
    item = reading.only(data, "domains")
    said = item.get("transfermsg", [])
    said = [said] if isinstance(said, str) else list(said.values()) if isinstance(said, dict) else said
    if not isinstance(said, list) or not all(isinstance(line, str) for line in said):
        raise reading.unreadable("transfermsg")
    return TransferCheck(
        name=reading.domain_name(item),
        tld=_tld(item),
        possible=reading.boolean(item, "transferavail"),
        reasons=tuple(line for line in said if line),
        price=_price(item, "price"),
    )


def registered(data: Mapping[str, Any]) -> RegisteredDomain:
    """domain/create, domain/transfer and domain/renew (manual 5.3.2, 5.4, 5.20)."""
    item = reading.only(data, "domains")
    neutral, raw = status(item)
    period = next((key for key in ("period", "renewPeriod") if not reading.is_absent(item, key)), None)
    return RegisteredDomain(
        name=reading.domain_name(item),
        tld=_tld(item),
        remote_id=reading.required(item, "domainID"),
        status=neutral,
        raw_status=raw,
        expires_on=reading.day(item, "tsExpir"),
        years=reading.whole(item, period) if period else None,
        charged=mapping.optional(lambda billing: _price(billing, "total"), data, "billing"),
        in_promo=bool(reading.maybe_boolean(item, "inPromo")),
    )


def summary(data: Mapping[str, Any]) -> DomainSummary:
    """A line of domain/list, or the reply of an update (manual 5.5 to 5.8, 5.12, 5.22)."""
    neutral, raw = status(data)
    has_servers = "nameservers" in data
    has_contacts = any(
        key in data for key in ("contactOwner", "contactAdmin", "contactTech", "contactBilling")
    )
    return DomainSummary(
        name=reading.domain_name(data),
        tld=_tld(data),
        remote_id=reading.text(data, "domainID", default=""),
        status=neutral,
        raw_status=raw,
        expires_on=reading.day(data, "tsExpir"),
        contacts=contacts(data) if has_contacts else None,
        nameservers=nameserver_set(data).nameservers if has_servers else None,
        default_nameservers=nameserver_set(data).default if has_servers else None,
        info=info(data) if "renewalMode" in data or "tsCreate" in data else None,
        service=service(data) if "service" in data else None,
        glue_records=glue_records(data) if "gluerecords" in data else None,
    )


def summaries(data: Mapping[str, Any]) -> Page[DomainSummary]:
    """domain/list (manual 5.12)."""
    return reading.page(data, "domains", summary)


def info(data: Mapping[str, Any]) -> DomainInfo:
    """domain/getinfo, infoType status (manual 5.13)."""
    neutral, raw = status(data)
    transfer = reading.text(data, "transferStatus", default="").strip().lower()
    return DomainInfo(
        name=reading.domain_name(data),
        tld=_tld(data),
        remote_id=reading.required(data, "domainID"),
        status=neutral,
        raw_status=raw,
        expires_on=reading.day(data, "tsExpir"),
        created_on=reading.day(data, "tsCreate"),
        renewable=reading.maybe_boolean(data, "renewable"),
        renewal_mode=mapping.word(RENEWAL_MODE, data, "renewalMode", RenewalMode.UNKNOWN),
        modification_lock=reading.maybe_boolean(data, "modifyBlock"),
        transfer_lock=reading.maybe_boolean(data, "transferBlock"),
        whois_privacy=reading.maybe_boolean(data, "whoisPrivacy"),
        whois_visible=reading.maybe_boolean(data, "viewWhois"),
        auth_code_readable=reading.maybe_boolean(data, "authcodeCheck"),
        has_service=reading.maybe_boolean(data, "serviceAssociated"),
        tag=reading.text(data, "tag", default=""),
        owner_verification=mapping.word(
            mapping.VERIFICATION, data, "ownerverification", Verification.UNKNOWN
        ),
        transfer_status=TRANSFER_STATUS.get(transfer, TransferStatus.UNKNOWN) if transfer else None,
    )


def contacts(data: Mapping[str, Any]) -> DomainContacts:
    """domain/getinfo, infoType contact (manual 5.13)."""
    return DomainContacts(
        owner=mapping.optional(mapping.contact_record, data, "contactOwner"),
        admin=mapping.optional(mapping.contact_record, data, "contactAdmin"),
        tech=mapping.optional(mapping.contact_record, data, "contactTech"),
        billing=mapping.optional(mapping.contact_record, data, "contactBilling"),
    )


def nameserver_set(data: Mapping[str, Any]) -> NameserverSet:
    """domain/getnameservers (manual 5.15, 5.26), sorted by `order`."""
    servers = [
        Nameserver(
            name=reading.a_label(reading.required(item, "name")),
            order=0 if reading.is_absent(item, "order") else reading.whole(item, "order"),
            ipv4=reading.text(item, "ipv4", default=""),
            ipv6=reading.text(item, "ipv6", default=""),
        )
        for item in reading.items(data, "nameservers")
    ]
    servers.sort(key=lambda server: server.order)
    return NameserverSet(tuple(servers), reading.maybe_boolean(data, "defaultNS"))


def glue_records(data: Mapping[str, Any]) -> tuple[GlueRecord, ...]:
    """domain/getgluerecords and the three glue updates (manual 5.9 to 5.11, 5.16)."""
    return tuple(
        GlueRecord(
            name=reading.a_label(reading.required(item, "name")),
            ipv4=reading.text(item, "ipv4", default=""),
            ipv6=reading.text(item, "ipv6", default=""),
        )
        for item in reading.items(data, "gluerecords")
    )


def dnssec(data: Mapping[str, Any]) -> Dnssec:
    """domain/getdnssec, dnsseccreate and dnssecdelete (manual 5.17 to 5.19)."""
    state = reading.mapping(data.get("dnssec"), "dnssec")
    if not state:
        return Dnssec(active=False)
    keys = tuple(
        DnssecKey(
            key_tag=reading.whole(item, "keytag"),
            algorithm=reading.whole(item, "algorithm"),
            digest_type=reading.whole(item, "digesttype"),
            digest=reading.required(item, "digest"),
            name=reading.text(item, "name", default=""),
        )
        for item in reading.items(state, "entries")
    )
    return Dnssec(reading.boolean(state, "active"), keys)


def auth_code(data: Mapping[str, Any]) -> str:
    """domain/getauthcode (manual 5.14)."""
    return reading.required(data, "authcode")


def service(data: Mapping[str, Any]) -> DomainService | None:
    """domain/getinfo, infoType service (manual 5.13)."""
    return mapping.optional(
        lambda found: DomainService(
            name=reading.text(found, "name"),
            type=reading.text(found, "type", default=""),
            product_key=reading.text(found, "productkey", default=""),
            status=reading.text(found, "status", default=""),
            expires_on=reading.day(found, "tsExpir"),
        ),
        data,
        "service",
    )


def whois(data: Mapping[str, Any]) -> str:
    """domain/whois (manual 5.21)."""
    return reading.text(data, "whoisData")


def history(data: Mapping[str, Any]) -> Page[HistoryEntry]:
    """domain/gethistory (manual 5.23)."""
    return reading.page(
        data,
        "history",
        lambda item: HistoryEntry(
            at=reading.moment(item, "ts"),
            title=reading.text(item, "title", default=""),
            message=reading.text(item, "message", default=""),
            ip=reading.text(item, "ip", default=""),
            user=reading.text(item, "user", default=""),
        ),
    )


def deleted(data: Mapping[str, Any]) -> Page[DeletedDomain]:
    """domain/listdeleted (manual 5.24)."""
    return reading.page(
        data,
        "domains",
        lambda item: DeletedDomain(
            name=reading.domain_name(item),
            tld=_tld(item),
            deleted_on=reading.day(item, "tsDeleted"),
            info=reading.text(item, "info", default=""),
        ),
    )


def _tld(item: Mapping[str, Any]) -> str:
    return reading.a_label(reading.required(item, "tld").lstrip("."))


def _price(item: Mapping[str, Any], key: str) -> Price | None:
    if reading.is_absent(item, key):
        return None
    return Price(reading.number(item, key), reading.required(item, "currency").upper())
