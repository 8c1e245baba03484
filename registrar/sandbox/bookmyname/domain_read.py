"""Reading: domain_check, domain_multicheck, domain_info and domain_list."""

from __future__ import annotations

import re
from typing import Any

from registrar.sandbox.bookmyname.call import Call, Function
from registrar.sandbox.bookmyname.codes import Answer, Refusal
from registrar.sandbox.bookmyname.model import DIST_ID, ROLES, Account, Domain
from registrar.sandbox.bookmyname.tlds import MULTICHECK, managed
from registrar.sandbox.clock import stamp
from registrar.sandbox.names import InvalidName, to_ascii

NO_DATE = "0000-00-00 00:00:00"


def date(moment: float | None) -> str:
    """A moment as the API writes it (UTC: the zone is an ASSUMPTION), zeros while there is none."""
    return NO_DATE if moment is None else stamp(moment)


def view(account: Account, domain: Domain, created: bool = False) -> dict[str, Any]:
    """The record in the order of domain_info, or of domain_create, which has no ip_dns_master.

    In the manual's reply to domain_create registry_status is 0 although the create is pending.
    """
    record: dict[str, Any] = {
        "id": domain.id,
        "lastupdate": stamp(domain.lastupdate),
        "lastupdate_ip": domain.lastupdate_ip,
        "domain": domain.name,
        "registrar_creation": date(domain.created),
        "registrar_expiration": date(domain.expires),
        "authinfo": domain.authinfo,
        "service": domain.service,
    }
    if not created:
        record["ip_dns_master"] = domain.ip_dns_master
    record["status"] = domain.status
    record["registry_status"] = 0 if created else account.registry_status(domain)
    record.update({f"ns{number}": host for number, host in enumerate(domain.ns)})
    return {**record, **{f"{role}_id": domain.contacts[role] for role in ROLES}}


def check(call: Call) -> Answer:
    """1/1 for a free name; retfields is not in the manual's example."""
    name = call.name(call.text(0), -5)
    if managed(name) is None:
        raise Refusal(-3)
    if name in call.account.domains:
        raise Refusal(-2)
    if call.family.taken(name):
        raise Refusal(-4)
    return Answer(1)


def multicheck(call: Call) -> Answer:
    """A bare label against every TLD of the manual's example. ASSUMPTION: 1/0 where all are taken."""
    text = call.text(0)
    try:
        label = "" if "." in text else to_ascii(text)
    except InvalidName:
        label = ""
    if not label:
        raise Refusal(-2)
    found = {tld: 0 if call.family.taken(f"{label}.{tld}") else 1 for tld in MULTICHECK}
    return Answer(max(found.values()), found)


def info(call: Call) -> Answer:
    """The record of a domain that has the reseller among its four contacts."""
    domain = call.domain(-3)
    if not call.account.may_see(domain):
        raise Refusal(-2)
    return Answer(domain.id, view(call.account, domain))


def listing(call: Call) -> Answer:
    """Domain -> expiry as epoch seconds, 0 while there is none; or a list of names, as the world says.

    ASSUMPTION: roles are words in any case, apart by blanks or commas; the retval is the count.
    """
    words = {word.lower() for word in re.split(r"[\s,]+", call.text(0)) if word}
    roles = [role for role in ("owner", "admin", "tech", "bill") if not words or role in words]
    rows = [
        domain
        for domain in call.account.domains.values()
        if any(domain.contacts[role] == DIST_ID for role in roles)
    ]
    rows = rows[: max(0, len(rows) - call.omit)]
    if call.account.switches.domain_list == "list":
        return Answer(len(rows), [domain.name for domain in rows])
    return Answer(len(rows), {domain.name: int(domain.expires or 0) for domain in rows})


FUNCTIONS: dict[str, Function] = {
    "domain_check": check,
    "domain_multicheck": multicheck,
    "domain_info": info,
    "domain_list": listing,
}
