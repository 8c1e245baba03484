"""The registrar's replies as our types: module service (manual chapter 7) without DNS. Pure functions.

Passwords and private keys, which the registrar's replies hold, are left out here and never leave the family.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from registrar.mrdomain import mapping, reading
from registrar.types import (
    Database,
    FtpAccount,
    HostingPlan,
    HostingServers,
    HostingStatus,
    MailAlias,
    Mailbox,
    Meter,
    Page,
    PhpVersions,
    Redirect,
    RedirectType,
    RenewalMode,
    Subdomain,
    SubdomainCertificate,
)

# Manual 7.48.2 to 7.48.4.
STATUS: Mapping[str, HostingStatus] = {
    "init": HostingStatus.STARTING,
    "active": HostingStatus.ACTIVE,
    "inactive": HostingStatus.INACTIVE,
    "renewed": HostingStatus.RENEWING,
    "renewable": HostingStatus.RENEWABLE,
}
RENEWAL_MODE: Mapping[str, RenewalMode] = {
    "autorenew": RenewalMode.AUTOMATIC,
    "manual": RenewalMode.MANUAL,
}
REDIRECT_TYPE: Mapping[str, RedirectType] = {
    "301": RedirectType.PERMANENT,
    "302": RedirectType.TEMPORARY,
    "frame": RedirectType.FRAME,
}
# The registrar's word -> ours (manual 7.2).
_RESOURCES: Mapping[str, str] = {
    "ftpusage": "ftp_usage",
    "ftpfiles": "ftp_files",
    "webtraffic": "web_traffic",
    "ftp": "ftp",
    "ddbb": "databases",
    "ddbbusage": "database_usage",
    "subdomain": "subdomains",
    "email": "mailboxes",
    "emailalias": "mail_aliases",
}


def plan(data: Mapping[str, Any]) -> HostingPlan:
    """A plan in a list, as an information or after a change (manual 7.1, 7.2, 7.6)."""
    raw = reading.required(data, "status")
    return HostingPlan(
        name=reading.domain_name(data),
        type=reading.text(data, "type", default=""),
        product_key=reading.text(data, "productkey", default=""),
        status=STATUS.get(raw.lower(), HostingStatus.UNKNOWN),
        raw_status=raw,
        expires_on=reading.day(data, "tsExpir"),
        created_on=reading.day(data, "tsCreate"),
        renewable=reading.maybe_boolean(data, "renewable"),
        renewal_mode=mapping.word(RENEWAL_MODE, data, "renewalMode", RenewalMode.UNKNOWN),
    )


def plans(data: Mapping[str, Any]) -> Page[HostingPlan]:
    """service/list (manual 7.1)."""
    return reading.page(data, "services", plan)


def ordered(data: Mapping[str, Any]) -> HostingPlan:
    """A plan that was paid for (manual 7.3 to 7.5)."""
    return replace(plan(reading.only(data, "services")), charged=mapping.charged(data))


def resources(data: Mapping[str, Any]) -> dict[str, Meter]:
    """service/getinfo, resources (manual 7.2). What the manual does not name is left out."""
    found = reading.mapping(data.get("resources"), "resources")
    return {
        ours: _meter(reading.mapping(found[theirs], theirs))
        for theirs, ours in _RESOURCES.items()
        if found.get(theirs) is not None
    }


def _meter(data: Mapping[str, Any]) -> Meter:
    maximum = reading.maybe_whole(data, "max")
    return Meter(
        used=reading.whole(data, "value"),
        # No limit is not a number of things; the usual way to write it is below zero.
        maximum=None if maximum is None or maximum < 0 else maximum,
        unit=reading.text(data, "unit", default=""),
    )


def servers(data: Mapping[str, Any]) -> HostingServers:
    """service/getinfo, serverinfo (manual 7.2)."""
    found = reading.mapping(data.get("serverinfo"), "serverinfo")
    names = {
        "ftp": "ftpServer",
        "ftp_path": "ftpAbsolutePath",
        "ftp_web": "ftpWebServer",
        "smtp": "smtpServer",
        "pop3": "pop3Server",
        "imap": "imapServer",
        "webmail": "webmail",
        "database": "ddbbServer",
        "database_admin": "PHPMyAdmin",
    }
    return HostingServers(**{ours: reading.text(found, theirs, default="") for ours, theirs in names.items()})


def php(data: Mapping[str, Any]) -> PhpVersions:
    """service/getinfo, php (manual 7.2)."""
    found = reading.mapping(data.get("php"), "php")
    return PhpVersions(
        enabled=reading.boolean(found, "enabled"),
        version=reading.text(found, "version", default=""),
        name=reading.text(found, "name", default=""),
        available=reading.texts(found.get("available"), "available"),
    )


def error_log(data: Mapping[str, Any]) -> tuple[str, ...]:
    """service/getinfo, logerror (manual 7.2)."""
    return tuple(reading.text(data, "logError", default="").splitlines())


def parking(data: Mapping[str, Any]) -> bool:
    """service/parkinggetinfo and parkingupdate (manual 7.7, 7.8)."""
    return reading.boolean(reading.mapping(data.get("parking"), "parking"), "enabled")


def web_builder_url(data: Mapping[str, Any]) -> str:
    """service/webconstructorlogin (manual 7.9), whose table spells its field in a way of its own."""
    found = data.get("webconstructor", data.get("webcostructor"))
    url = reading.required(reading.mapping(found, "webconstructor"), "loginURL")
    if not url.startswith(("https://", "http://")):
        raise reading.unreadable("loginURL")
    return url


def ftp_account(data: Mapping[str, Any]) -> FtpAccount:
    """An FTP account (manual 7.10 to 7.13), without its password."""
    return FtpAccount(
        identifier=reading.required(data, "entityID"),
        name=reading.text(data, "name"),
        path=reading.text(data, "ftpPath"),
        quota=reading.maybe_whole(data, "quota"),
    )


def database(data: Mapping[str, Any]) -> Database:
    """A database (manual 7.15 to 7.18), without its password."""
    return Database(
        identifier=reading.required(data, "entityID"),
        name=reading.text(data, "name"),
        user=reading.text(data, "user"),
        external_access=reading.maybe_boolean(data, "externalAccess"),
    )


def subdomain(data: Mapping[str, Any]) -> Subdomain:
    """A subdomain (manual 7.20 to 7.23), its certificate without the key."""
    return Subdomain(
        identifier=reading.required(data, "entityID"),
        name=reading.a_label(reading.required(data, "name")),
        path=reading.text(data, "ftpPath"),
        certificate=mapping.optional(_installed, data, "ssl"),
    )


def _installed(data: Mapping[str, Any]) -> SubdomainCertificate:
    # sslPath is the table's word, ftpPath the examples' (7.20).
    path = "ftpPath" if reading.is_absent(data, "sslPath") else "sslPath"
    return SubdomainCertificate(
        certificate=reading.text(data, "sslCert"),
        chain=reading.text(data, "sslCertChain", default=""),
        path=reading.text(data, path, default=""),
    )


def redirect(data: Mapping[str, Any]) -> Redirect:
    """A redirect (manual 7.25 to 7.28). The list's example shows none of the identifiers that its table has."""
    type_ = REDIRECT_TYPE.get(reading.required(data, "type").lower())
    if type_ is None:
        raise reading.unreadable("redirect/type")
    return Redirect(
        origin=reading.required(data, "origin"),
        destination=reading.text(data, "destination"),
        type=type_,
        identifier=reading.text(data, "entityID", default=""),
    )


def mailbox(data: Mapping[str, Any]) -> Mailbox:
    """A mailbox (manual 7.30 to 7.33), without its password."""
    return Mailbox(
        identifier=reading.required(data, "entityID"),
        address=reading.address(data),
        usage=reading.maybe_whole(data, "usage"),
        quota=reading.maybe_whole(data, "quotaMax"),
    )


def mail_alias(data: Mapping[str, Any]) -> MailAlias:
    """An alias (manual 7.35 to 7.38); one table writes its targets in the plural, every example does not."""
    key = "targets" if "targets" in data else "target"
    return MailAlias(
        address=reading.address(data),
        targets=reading.texts(data.get(key), key),
        identifier=reading.required(data, "entityID"),
    )
