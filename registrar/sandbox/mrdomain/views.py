"""How domains and contacts look in replies (manual 5.12, 5.13, 5.25, 5.26, 6.2)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from hashlib import sha256
from typing import Any

from registrar.sandbox.clock import add_years, day
from registrar.sandbox.mrdomain.codes import ApiError
from registrar.sandbox.mrdomain.model import CONTACT_FIELDS, LIVE, ROLES, Account, Contact, Domain
from registrar.sandbox.names import to_unicode
from registrar.sandbox.tlds import TLDS

CURRENCY = "EUR"
MAX_YEARS_AHEAD = 10


def money(amount: Decimal) -> float:
    return float(round(amount, 2))


def head(domain: Domain) -> dict[str, Any]:
    """The five fields with which every answer about a domain begins."""
    return {
        "name": to_unicode(domain.name),
        "status": domain.status,
        "tld": to_unicode(domain.tld),
        "tsExpir": day(domain.expires),
        "domainID": domain.domain_id,
    }


def renewable(domain: Domain, now: float) -> bool:
    """True while a renewal for the shortest period would be accepted."""
    tld = TLDS[domain.tld]
    if domain.status not in LIVE | {"expired-renewgrace"} or tld.renew is None or domain.expires is None:
        return False
    return add_years(domain.expires, tld.renew_years[0]) <= add_years(now, MAX_YEARS_AHEAD)


def owner_verification(account: Account, domain: Domain) -> str:
    if not TLDS[domain.tld].verifies_owner:
        return "notapplicable"
    return account.contacts[domain.contacts["owner"]].verification


def status_info(account: Account, domain: Domain, now: float) -> dict[str, Any]:
    """infoType=status."""
    tld = TLDS[domain.tld]
    info: dict[str, Any] = {
        "tsCreate": day(domain.created),
        "renewable": renewable(domain, now),
        "renewalMode": domain.renewal_mode,
        "modifyBlock": domain.modify_block,
    }
    if tld.lockable:
        info["transferBlock"] = domain.transfer_block
    if tld.privacy:
        info["whoisPrivacy"] = domain.whois_privacy
    if tld.view_whois:
        info["viewWhois"] = domain.view_whois
    info["authcodeCheck"] = tld.authcode and domain.status in LIVE
    info["serviceAssociated"] = domain.name in account.services
    info["tag"] = domain.tag
    info["ownerverification"] = owner_verification(account, domain)
    if domain.transfer_status:
        info["transferStatus"] = domain.transfer_status
    return info


def contact_info(account: Account, domain: Domain) -> dict[str, Any]:
    """infoType=contact."""
    return {
        f"contact{role.capitalize()}": contact(account.contacts[domain.contacts[role]], domain.tld)
        for role in ROLES
    }


def address_of(host: str) -> str:
    """A public IPv4 address that is always the same for a host name."""
    digest = sha256(host.encode()).digest()
    return f"37.{152 + digest[0] % 8}.{digest[1]}.{1 + digest[2] % 254}"


def nameserver_info(domain: Domain) -> dict[str, Any]:
    """infoType=nameservers."""
    glue = {row["name"]: row["ipv4"] for row in domain.glue}
    rows = [
        {"order": order, "name": host, "ipv4": glue.get(host) or address_of(host)}
        for order, host in enumerate(domain.nameservers, 1)
    ]
    return {"defaultNS": domain.default_ns, "nameservers": rows}


def glue_info(domain: Domain) -> dict[str, Any]:
    """infoType=gluerecords; ipv6 only where there is one."""
    return {"gluerecords": [{key: value for key, value in row.items() if value} for row in domain.glue]}


def dnssec_info(domain: Domain) -> dict[str, Any]:
    """infoType=dnssec."""
    return {"dnssec": {"active": bool(domain.dnssec), "entries": [dict(row) for row in domain.dnssec]}}


def service_info(account: Account, domain: Domain, now: float) -> dict[str, Any]:
    """infoType=service; an empty object where there is none. The status has a capital here, as in the manual."""
    service = account.services.get(domain.name)
    if service is None:
        return {"service": {}}
    shown = {
        "name": to_unicode(service.name),
        "type": service.plan.type,
        "productkey": service.product,
        "status": service.shown_status(now).capitalize(),
        "tsExpir": day(service.expires),
    }
    return {"service": shown}


def authcode_info(domain: Domain) -> dict[str, Any]:
    """infoType=authcode. Raises 300 for an extension or a state without one."""
    if not TLDS[domain.tld].authcode or domain.status not in LIVE:
        raise ApiError(300, "The authcode of this domain cannot be retrieved")
    return {"authcode": domain.authcode}


def info(account: Account, domain: Domain, info_type: str, now: float) -> dict[str, Any]:
    """The fields of one infoType; the type is one of the manual's, already checked."""
    if info_type == "status":
        return status_info(account, domain, now)
    if info_type == "contact":
        return contact_info(account, domain)
    if info_type == "service":
        return service_info(account, domain, now)
    simple = {
        "nameservers": nameserver_info,
        "authcode": authcode_info,
        "gluerecords": glue_info,
        "dnssec": dnssec_info,
    }
    return simple[info_type](domain)


def contact(contact: Contact, tld: str = "") -> dict[str, Any]:
    """All the data of a contact; orgType is a number or an empty text."""
    data: dict[str, Any] = {"contactID": contact.contact_id}
    for _, attribute, name in CONTACT_FIELDS:
        data[name] = getattr(contact, attribute)
    data["orgType"] = int(contact.org_type) if contact.org_type else ""
    data["verificationstatus"] = contact.verification
    data["daaccepted"] = contact.da_accepted
    if contact.es_nic_handle and tld in ("", "es", "com.es"):
        data["esNicHandle"] = contact.es_nic_handle
    return data


def contact_row(contact: Contact) -> dict[str, Any]:
    """A contact as a line of contact/list."""
    return {
        "contactID": contact.contact_id,
        "contactType": contact.kind,
        "contactName": contact.full_name,
        "identNumber": contact.ident_number,
        "email": contact.email,
        "country": contact.country,
        "verificationstatus": contact.verification,
        "daaccepted": contact.da_accepted,
    }


def paged(rows: Sequence[Any], page: int, length: int) -> tuple[dict[str, int], Sequence[Any]]:
    """queryInfo and one page of `rows`, pages counted from 1; past the end a page is empty."""
    part = rows[(page - 1) * length : page * length]
    return {"page": page, "pageLength": length, "results": len(part), "total": len(rows)}, part
