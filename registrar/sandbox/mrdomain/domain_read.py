"""Reading domains: lists, info and its wrappers, Whois, history (manual 5.12-5.17, 5.21, 5.23, 5.24)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from registrar.sandbox.clock import day
from registrar.sandbox.mrdomain import views
from registrar.sandbox.mrdomain.call import Action, Answer, Call
from registrar.sandbox.mrdomain.codes import ApiError
from registrar.sandbox.mrdomain.model import RENEWAL_MODES, STATUSES, VERIFICATIONS, Domain
from registrar.sandbox.names import InvalidName, to_ascii, to_unicode

LIST_TYPES = ("status", "contact", "nameservers", "service", "gluerecords")
INFO_TYPES = (*LIST_TYPES, "authcode", "dnssec")


def _ascii(text: str) -> str:
    """A name or extension to compare with; what cannot be one matches nothing."""
    try:
        return to_ascii(text)
    except InvalidName:
        return text.lower()


def _filters(call: Call) -> list[Callable[[Domain], bool]]:
    params, account = call.params, call.account
    found: list[Callable[[Domain], bool]] = []

    def wants(value: str, test: Callable[[Domain], bool]) -> None:
        if value:
            found.append(test)

    name, tld = (
        _ascii(params.text(key).lstrip(".")) if params.text(key) else "" for key in ("domain", "tld")
    )
    word, owner, tag = params.text("word").lower(), params.text("owner"), params.text("tag").lower()
    status, mode = params.choice("status", STATUSES, ""), params.choice("renewalMode", RENEWAL_MODES, "")
    verification = params.choice("ownerverification", VERIFICATIONS, "")
    wants(name, lambda row: row.name == name)
    wants(tld, lambda row: row.tld == tld)
    wants(word, lambda row: word in row.name or word in to_unicode(row.name))
    wants(owner, lambda row: row.contacts["owner"] == owner)
    wants(tag, lambda row: tag in (part.lower() for part in row.tags))
    wants(status, lambda row: row.status == status)
    wants(mode, lambda row: row.renewal_mode == mode)
    wants(verification, lambda row: views.owner_verification(account, row) == verification)
    if params.boolean("renewable", False):
        found.append(lambda row: views.renewable(row, call.now))
    return found


def list_(call: Call) -> Answer:
    """5.12: in the order in which the domains came into the account."""
    kind = call.params.choice("infoType", LIST_TYPES, "")
    filters = _filters(call)
    rows = [row for row in call.account.domains.values() if all(test(row) for test in filters)]
    query, part = call.page(rows, 1000)
    return Answer({"queryInfo": query, "domains": [_listed(call, row, kind) for row in part]})


def _listed(call: Call, domain: Domain, kind: str) -> dict[str, Any]:
    extra = views.info(call.account, domain, kind, call.now) if kind else {}
    return {**views.head(domain), **extra}


def getinfo(call: Call) -> Answer:
    """5.13."""
    return _info(call, call.params.choice("infoType", INFO_TYPES, "status"))


def _info(call: Call, kind: str) -> Answer:
    domain = call.domain()
    return Answer({**views.head(domain), **views.info(call.account, domain, kind, call.now)})


def _wrapper(kind: str) -> Action:
    def read(call: Call) -> Answer:
        return _info(call, kind)

    return read


def whois(call: Call) -> Answer:
    """5.21: domains of the account only, otherwise 2006; 2007 while the registry knows nothing of it."""
    name, _ = call.name()
    domain = call.account.find(name)
    if domain is None:
        raise ApiError(2006, "Whois is allowed for domains of the account only")
    if domain.created is None or domain.status.startswith("register"):
        raise ApiError(2007, "No Whois data")
    return Answer({"domain": name, "whoisData": _whois_text(call, domain)})


def _whois_text(call: Call, domain: Domain) -> str:
    owner = call.account.contacts[domain.contacts["owner"]]
    person = "REDACTED FOR PRIVACY" if domain.whois_privacy or not domain.view_whois else owner.full_name
    states = ["clientTransferProhibited"] if domain.transfer_block else []
    states += ["clientUpdateProhibited"] if domain.modify_block else []
    lines = [
        f"Domain Name: {domain.name.upper()}",
        f"Registry Domain ID: {domain.domain_id}_SANDBOX",
        "Registrar: MrDomain (sandbox)",
        f"Creation Date: {day(domain.created)}T00:00:00Z",
        f"Registry Expiry Date: {day(domain.expires)}T00:00:00Z",
        *(f"Domain Status: {state}" for state in states or ["ok"]),
        f"Registrant Name: {person}",
        *(f"Name Server: {host.upper()}" for host in domain.nameservers),
        f"DNSSEC: {'signedDelegation' if domain.dnssec else 'unsigned'}",
    ]
    return "\n".join(lines) + "\n"


def gethistory(call: Call) -> Answer:
    """5.23: the newest line first."""
    domain = call.domain()
    query, part = call.page(domain.history[::-1], 1000)
    return Answer({**views.head(domain), "queryInfo": query, "history": list(part)})


def listdeleted(call: Call) -> Answer:
    """5.24: the newest first."""
    query, part = call.page(call.account.deleted, 1000)
    return Answer({"queryInfo": query, "domains": [{**row, "name": to_unicode(row["name"])} for row in part]})


ACTIONS: dict[str, Action] = {
    "domain/list": list_,
    "domain/getinfo": getinfo,
    "domain/getauthcode": _wrapper("authcode"),
    "domain/getnameservers": _wrapper("nameservers"),
    "domain/getgluerecords": _wrapper("gluerecords"),
    "domain/getdnssec": _wrapper("dnssec"),
    "domain/whois": whois,
    "domain/gethistory": gethistory,
    "domain/listdeleted": listdeleted,
}
