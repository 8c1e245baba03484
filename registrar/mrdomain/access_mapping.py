"""Users and what is lent to them, in replies and in requests (manual chapter 9). Pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from registrar.errors import InvalidRequest
from registrar.mrdomain import reading, request
from registrar.types import AccessLevel, AccessUser, DomainPermission, Page

# Manual 9.10.1 to 9.10.3. The words begin with "servicemail_", not "service_mail_".
PERMISSIONS: Mapping[str, DomainPermission] = {
    "domain_ownercontacts": DomainPermission.OWNER_CONTACT,
    "domain_contacts": DomainPermission.CONTACTS,
    "domain_dns": DomainPermission.NAMESERVERS,
    "domain_gluerecords": DomainPermission.GLUE_RECORDS,
    "domain_dnssec": DomainPermission.DNSSEC,
    "domain_transferblock": DomainPermission.TRANSFER_LOCK,
    "domain_authcode": DomainPermission.AUTH_CODE,
    "domain_others": DomainPermission.OTHER_OPTIONS,
    "service_ftp": DomainPermission.FTP,
    "service_subdomains": DomainPermission.SUBDOMAINS,
    "service_redirects": DomainPermission.REDIRECTS,
    "service_parking": DomainPermission.PARKING,
    "service_dnszone": DomainPermission.DNS_ZONE,
    "service_ddbb": DomainPermission.DATABASES,
    "servicemail_accounts": DomainPermission.MAILBOXES,
    "servicemail_alias": DomainPermission.MAIL_ALIASES,
}
LEVELS: Mapping[str, AccessLevel] = {
    "disabled": AccessLevel.DISABLED,
    "read": AccessLevel.READ,
    "write": AccessLevel.WRITE,
}
_STATUS = {"enabled": True, "disabled": False}


def user(data: Mapping[str, Any]) -> AccessUser:
    """A user, with what is lent where the reply tells it (manual 9.1 to 9.8)."""
    word = reading.required(data, "status").lower()
    if word not in _STATUS:
        raise reading.unreadable("status")
    return AccessUser(
        username=reading.required(data, "username"),
        enabled=_STATUS[word],
        domains=None if data.get("domains") is None else _domains(data["domains"]),
    )


def _domains(value: Any) -> dict[str, Mapping[DomainPermission, AccessLevel]]:
    return {
        reading.a_label(name): _permissions(reading.mapping(words, "domains"))
        for name, words in reading.mapping(value, "domains").items()
    }


def _permissions(words: Mapping[str, Any]) -> dict[DomainPermission, AccessLevel]:
    found = {}
    for key, permission in PERMISSIONS.items():
        if key in words:
            level = LEVELS.get(reading.text(words, key).lower())
            if level is None:
                raise reading.unreadable(key)
            found[permission] = level
    return found


def users(data: Mapping[str, Any]) -> Page[AccessUser]:
    """user/list (manual 9.2)."""
    return reading.page(data, "users", user)


def status(enabled: bool) -> str:
    """The registrar's word for a user who may, or may not, come in."""
    return "enabled" if enabled else "disabled"


def parameters(permissions: Mapping[DomainPermission, AccessLevel]) -> dict[str, str]:
    """What is lent, as parameters. Raises InvalidRequest(field="permissions") for what cannot be."""
    if permissions.get(DomainPermission.AUTH_CODE) is AccessLevel.WRITE:
        raise InvalidRequest("an auth code can be read, never written", field="permissions")
    return {
        request.word(PERMISSIONS, permission, "permissions"): request.word(LEVELS, level, "permissions")
        for permission, level in permissions.items()
    }
