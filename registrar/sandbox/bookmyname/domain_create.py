"""domain_create."""

from __future__ import annotations

from typing import Any

from registrar.sandbox.bookmyname import contactdata, nameservers
from registrar.sandbox.bookmyname.call import Call, Function
from registrar.sandbox.bookmyname.codes import Answer, Refusal
from registrar.sandbox.bookmyname.domain_read import view
from registrar.sandbox.bookmyname.lifecycle import SECONDS
from registrar.sandbox.bookmyname.model import ROLES, Contact, Domain, Transaction
from registrar.sandbox.bookmyname.numbers import whole
from registrar.sandbox.bookmyname.tlds import MAX_YEARS, Tld, managed

SERVICES = ("dns", "dnsslave")
# ASSUMPTION: which keys "missing elements" is about; the manual's example holds these.
REQUIRED = ("period", "owner_id", "admin_id", "tech_id", "bill_id", "ns0", "ns1")


def years(text: str, bad: int) -> int:
    """A period in years, from 1 to 10; raises `bad`."""
    period = whole(text)
    if not 1 <= period <= MAX_YEARS:
        raise Refusal(bad)
    return period


def service(sent: dict[str, str], before: str = "dns", master: str = "") -> tuple[str, str]:
    """service and ip_dns_master; dnsslave needs the master's address. Raises -3."""
    kind, address = sent.get("service") or before, sent.get("ip_dns_master", master)
    if kind not in SERVICES or (kind == "dnsslave" and not nameservers.is_address(address)):
        raise Refusal(-3)
    return kind, address if kind == "dnsslave" else ""


def new_domain(call: Call, name: str, contacts: dict[str, int]) -> Domain:
    """A domain that is on its way into the account; its auth code follows from the seed."""
    account = call.account
    account.domain_serial += call.family.world.dice("id", account.domain_serial).randint(1, 30)
    letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
    dice = call.family.world.dice("authinfo", name, account.domain_serial)
    code = "".join(dice.choice(letters) for _ in range(12))
    domain = Domain(account.domain_serial, name, contacts, call.now, call.ip, code)
    account.domains[name] = domain
    return domain


def _contacts(call: Call, sent: dict[str, str]) -> dict[str, int]:
    chosen = {role: sent[f"{role}_id"] for role in ROLES}
    if not all(map(call.account.usable, chosen.values())):
        raise Refusal(-4)
    return {role: int(number) for role, number in chosen.items()}


def _name(call: Call, sent: dict[str, str]) -> tuple[str, Tld]:
    """The name to register. ASSUMPTION: one under a TLD that is not managed is unavailable."""
    name = call.name(sent.get("domain", ""), -5)
    tld = managed(name)
    if tld is None or call.family.taken(name) or name.startswith("refuse"):
        raise Refusal(-2)
    return name, tld


def _servers(sent: dict[str, str], name: str, tld: Tld) -> tuple[list[str], dict[str, str]]:
    """DNS servers and their glue addresses. Raises -7."""
    found = nameservers.read(sent, nameservers.ON_CREATE)
    hosts = nameservers.merged([], found.hosts)
    if any(nameservers.inside(host, name) and host not in found.glue for host in hosts):
        raise Refusal(-7)
    if tld.name == "fr" and any(nameservers.fails(hosts, word) for word in ("broken", "lame")):
        raise Refusal(-7)
    return hosts, {host: ip for host, ip in found.glue.items() if nameservers.inside(host, name)}


def create(call: Call) -> Answer:
    """Order of checks: the array, the name, what is missing, contacts, the owner's data, DNS, money.

    registry_status and authinfo are for domain_update; here they are ignored, as every unknown key.
    """
    sent = call.mapping(0)
    if sent is None:
        raise Refusal(-3)
    name, tld = _name(call, sent)
    if not all(sent.get(key) for key in REQUIRED):
        raise Refusal(-3)
    period = years(sent["period"], -3)
    kind, master = service(sent)
    contacts = _contacts(call, sent)
    owner = call.account.contacts[contacts["owner"]]
    if not contactdata.suits(owner, tld.name):
        raise Refusal(-6)
    hosts, glue = _servers(sent, name, tld)
    price = tld.price * period
    call.afford(price)

    domain = new_domain(call, name, contacts)
    domain.service, domain.ip_dns_master, domain.ns = kind, master, hosts
    effect: dict[str, Any] = {"years": period, "glue": glue}
    transaction = call.begin(name, SECONDS, tld.delay, effect, price)
    _doom(transaction, owner, tld)
    call.promise(transaction, sent, id=domain.id)
    return Answer(transaction.tid, {"tid": transaction.tid, **view(call.account, domain, created=True)})


def _doom(transaction: Transaction, owner: Contact, tld: Tld) -> None:
    """What the registry turns down later: names "cancel...", and .FR owners whose data do not fit."""
    if transaction.subject.startswith("cancel") or (tld.name == "fr" and contactdata.afnic_rejects(owner)):
        transaction.word = "Error"


FUNCTIONS: dict[str, Function] = {"domain_create": create}
