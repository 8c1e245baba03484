"""Objects of the account as the API tells them: members by name, ready for structs.encode."""

from __future__ import annotations

from typing import Any

from registrar.sandbox.clock import day, stamp
from registrar.sandbox.netim.codes import said
from registrar.sandbox.netim.lifecycle import renewable_from, renewable_until, restorable_until
from registrar.sandbox.netim.model import (
    FAILED,
    Account,
    Certificate,
    Contact,
    Domain,
    Host,
    Operation,
    Session,
)
from registrar.sandbox.netim.structs import members

CONTACT_TEXTS = tuple(name for name in members("StructContact") if name not in ("isOwner", "additional"))
IDENTITY = ("firstName", "lastName", "bodyForm", "bodyName")


def operation(row: Operation, language: str) -> dict[str, Any]:
    """StructOperationResponse; MESSAGE says why it failed and is empty otherwise."""
    message = said(row.reason or "registry", language) if row.status == FAILED else ""
    return {
        "ID_OPE": row.number,
        "STATUS": row.status,
        "MESSAGE": message,
        "TYPE": row.code,
        "DATE": stamp(row.submitted),
    }


def pending(row: Operation) -> dict[str, str]:
    """StructQueryOpePending."""
    return {
        "id_ope": str(row.number),
        "code_ope": row.code,
        "date_ope": stamp(row.submitted),
        "data_ope": row.subject,
    }


def session(row: Session) -> dict[str, Any]:
    """StructSessionInfo."""
    return {
        "IDSession": row.key,
        "timeLogin": int(row.opened),
        "timeLastActivity": int(row.used),
        "lang": row.language,
        "sync": int(row.sync),
    }


def account(row: Account, reseller: str) -> dict[str, Any]:
    """StructQueryResellerAccount; BALANCE_AMOUNT is what can be spent."""
    found: dict[str, Any] = {
        "BALANCE_AMOUNT": str(row.available),
        "BALANCE_LOW_LIMIT": str(row.low_limit),
        "BALANCE_HARD_LIMIT": str(row.hard_limit),
        "DOMAIN_AUTO_RENEW": 0,
        "HOSTING_AUTO_RENEW": 0,
        "DEFAULT_OWNER": row.defaults.get("owner", ""),
        "DEFAULT_BILLING": reseller,
        "DEFAULT_TECH": reseller,
        "DEFAULT_ADMIN": reseller,
        "PREMIUM_PROCESSING": "0",
        "DEFAULT_DNS_TEMPLATE": {key: f"Template {key}" for key in row.templates},
    }
    for number in range(1, 6):
        found[f"DEFAULT_DNS_{number}"] = row.defaults.get(f"dns{number}", "")
    return found


def contact(row: Contact) -> dict[str, Any]:
    """StructContactReturn."""
    texts = {name: row.data.get(name, "") for name in CONTACT_TEXTS}
    return {
        "idContact": row.contact_id,
        **texts,
        "isOwner": int(row.owner),
        "additional": row.additional,
    }


def contact_row(row: Contact) -> dict[str, Any]:
    """StructContactList."""
    texts = {name: row.data.get(name, "") for name in IDENTITY}
    return {"idContact": row.contact_id, **texts, "isOwner": int(row.owner)}


def host(row: Host) -> dict[str, Any]:
    """StructHostList."""
    return {"name": row.name, "ipv4": row.ipv4, "ipv6": row.ipv6}


def domain(row: Domain) -> dict[str, Any]:
    """StructDomainInfo; DNSSEC only where it is signed. Dates are empty while there are none."""
    found: dict[str, Any] = {
        "domain": row.name,
        "dateCreate": day(row.created),
        "dateExpiration": day(row.expires),
        "dateMinRenew": day(renewable_from(row)),
        "dateMaxRenew": day(renewable_until(row)),
        "dateMaxRestore": day(restorable_until(row)),
        "status": row.status,
        **row.roles,
        "domainIsLock": int(row.lock),
        "whoisPrivacy": int(row.privacy),
        "autoRenew": int(row.auto_renew),
        "ns": row.ns,
        "authID": row.authid,
        "IsSigned": int(row.signed),
        "HasDNS4Service": int(row.on_service),
    }
    if row.signed:
        found["DNSSEC"] = _signature(row)
    return {**found, **row.odd}


def _signature(row: Domain) -> dict[str, Any]:
    """The keys are an assumption: those of StructDSRecord and of the parameters of domainSetDNSSecExt."""
    return {**row.dnskey, **{f"DS{number}": record for number, record in enumerate(row.ds, 1)}}


def domain_row(row: Domain) -> dict[str, str]:
    """StructDomainList."""
    found = {
        "domain": row.name,
        "dateCreate": day(row.created),
        "dateExpiration": day(row.expires),
    }
    return {**found, **{key: value for key, value in row.odd.items() if key in found}}


def zone_row(record: dict[str, str]) -> dict[str, Any]:
    """StructQueryZoneList; unused options are empty, numbers among them nil."""
    options = {name: record.get(name, "") for name in ("service", "protocol")}
    numbers = {name: record.get(name) or None for name in ("ttl", "priority", "weight", "port")}
    return {
        "host": record["host"],
        "type": record["type"],
        "value": record["value"],
        "options": {**options, **numbers},
    }


def mail_row(mailbox: str, recipients: str) -> dict[str, Any]:
    """StructQueryMailFwdList."""
    return {"mailBox": mailbox, "recipients": recipients, "install": 1}


def web_row(fqdn: str, row: dict[str, str]) -> dict[str, Any]:
    """StructQueryWebFwdList."""
    options = {name: row.get(name, "") for name in members("StructOptionsFwd")}
    return {"FQDN": fqdn, "type": row["type"], "target": row["target"], "install": 1, "options": options}


def certificate(row: Certificate) -> dict[str, Any]:
    """StructSSLInfo."""
    return {
        "IDSSL": row.key,
        "prod": row.product,
        "commonName": row.names,
        "alternativeNames": row.alternatives,
        "dateCreation": day(row.created),
        "dateEmission": day(row.issued or None),
        "dateExpiration": day(row.expires or None),
        "certificate": row.certificate,
        "csr": row.csr,
        "privateKey": row.private_key,
        "status": row.status,
    }
