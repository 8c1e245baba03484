"""domain_renew, domain_update and domain_delete."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from registrar.sandbox.bookmyname import nameservers, status
from registrar.sandbox.bookmyname.call import Call, Function
from registrar.sandbox.bookmyname.codes import Answer, Refusal
from registrar.sandbox.bookmyname.domain_create import service, years
from registrar.sandbox.bookmyname.lifecycle import SECONDS
from registrar.sandbox.bookmyname.model import DIST_ID, ROLES, Domain
from registrar.sandbox.bookmyname.numbers import whole
from registrar.sandbox.bookmyname.tlds import MAX_YEARS, TLDS, Tld
from registrar.sandbox.clock import add_years

WRITABLE = frozenset(
    [f"{role}_id" for role in ROLES]
    + ["service", "ip_dns_master", "registry_status", "authinfo"]
    + [f"ns{number}" for number in range(nameservers.ON_UPDATE)]
)
NOTHING = Decimal(0)


def _tld(domain: Domain) -> Tld:
    return TLDS[domain.name.partition(".")[2]]


def _admit(call: Call, domain: Domain, denied: int) -> None:
    """Raise -2 (ASSUMPTION: blank in the manual) for somebody else's domain and for a forbidden state."""
    if not call.account.may_see(domain) or call.account.registry_status(domain) & denied:
        raise Refusal(-2)


def renew(call: Call) -> Answer:
    """The expiry moves when the transaction is done. ASSUMPTION: past ten years ahead is a bad period."""
    domain = call.domain(-4)
    _admit(call, domain, status.DENY_RENEW)
    period = years(call.text(1), -3)
    if add_years(domain.expires or call.now, period) > add_years(call.now, MAX_YEARS):
        raise Refusal(-3)
    price = _tld(domain).price * period
    call.afford(price)
    transaction = call.begin(domain.name, SECONDS, _tld(domain).delay, {"years": period}, price)
    sent = {"domain": domain.name, "period": str(period)}
    call.promise(transaction, sent)
    return Answer(transaction.tid, {"tid": transaction.tid})


def _contacts(call: Call, domain: Domain, sent: dict[str, str]) -> dict[str, int]:
    """The roles that change. Raises -4, and -2 where the reseller is neither owner nor admin.

    ASSUMPTION: owner_id follows the same rule; the manual names it in -4 but not among what can be updated.
    """
    chosen = {role: sent[f"{role}_id"] for role in ROLES if f"{role}_id" in sent}
    changed = {role: number for role, number in chosen.items() if number != str(domain.contacts[role])}
    if not all(map(call.account.usable, changed.values())):
        raise Refusal(-4)
    if changed and DIST_ID not in (domain.contacts["owner"], domain.contacts["admin"]):
        raise Refusal(-2)
    return {role: int(number) for role, number in changed.items()}


def _servers(call: Call, domain: Domain, sent: dict[str, str]) -> tuple[list[str], dict[str, str]]:
    """DNS servers after the update, and new glue. Raises -3, -6 and -7.

    ASSUMPTION: of the two codes for .FR, -6 is answered where a server does not know the zone ("lame..."),
    -7 where one does not work at all ("broken...").
    """
    found = nameservers.read(sent, nameservers.ON_UPDATE)
    if not found.hosts:
        return domain.ns, {}
    hosts = nameservers.merged(domain.ns, found.hosts)
    if len(hosts) < 2:
        raise Refusal(-3)
    known = {*found.glue, *call.account.hosts}
    if any(nameservers.inside(host, domain.name) and host not in known for host in hosts):
        raise Refusal(-7)
    if domain.name.endswith(".fr") and nameservers.fails(hosts, "lame"):
        raise Refusal(-6)
    if domain.name.endswith(".fr") and nameservers.fails(hosts, "broken"):
        raise Refusal(-7)
    return hosts, {host: ip for host, ip in found.glue.items() if nameservers.inside(host, domain.name)}


def _flags(domain: Domain, sent: dict[str, str]) -> int:
    """The lasting bits after the update. Raises -3 for what is no number of known bits."""
    text = sent.get("registry_status", "")
    if not text:
        return domain.flags
    bits = whole(text)
    if not 0 <= bits <= status.ALL:
        raise Refusal(-3)
    return (domain.flags & ~status.SETTABLE) | (bits & status.SETTABLE)


def update(call: Call) -> Answer:
    """Keys that are not sent, and read-only ones, change nothing. Everything else changes when it is done."""
    domain = call.domain(-5)
    sent = call.mapping(1)
    _admit(call, domain, status.DENY_UPDATE)
    if sent is None or not WRITABLE & set(sent):
        raise Refusal(-3)
    contacts = _contacts(call, domain, sent)
    hosts, glue = _servers(call, domain, sent)
    kind, master = service(sent, domain.service, domain.ip_dns_master)
    values: dict[str, Any] = {
        "service": kind,
        "ip_dns_master": master,
        "ns": hosts,
        "flags": _flags(domain, sent),
    }
    if sent.get("authinfo"):
        values["authinfo"] = sent["authinfo"]
    effect = {"set": values, "contacts": contacts, "glue": glue}
    transaction = call.begin(domain.name, SECONDS, _tld(domain).delay, effect, NOTHING)
    call.promise(transaction, {**sent, "domain": domain.name})
    return Answer(transaction.tid, {"tid": transaction.tid})


def delete(call: Call) -> Answer:
    """The name is free again when it is done. ASSUMPTION: no redemption, nothing is given back."""
    domain = call.domain(-4)
    if call.account.may_see(domain) and call.account.registry_status(domain) & status.PENDING_DELETE:
        raise Refusal(-3)
    _admit(call, domain, status.DENY_DELETE)
    transaction = call.begin(domain.name, SECONDS, _tld(domain).delay, {}, NOTHING)
    call.promise(transaction, {"domain": domain.name})
    return Answer(transaction.tid, {"tid": transaction.tid})


FUNCTIONS: dict[str, Function] = {"domain_renew": renew, "domain_update": update, "domain_delete": delete}
