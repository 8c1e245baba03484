"""The account as the control port shows it and changes it, without any request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from registrar.sandbox.clock import parse_day, stamp
from registrar.sandbox.namecom import contacts, nameservers, switches
from registrar.sandbox.namecom.catalogue import CURRENCY, split
from registrar.sandbox.namecom.lifecycle import DAY
from registrar.sandbox.namecom.model import ROLES, Domain, Record
from registrar.sandbox.names import to_ascii

if TYPE_CHECKING:
    from registrar.sandbox.namecom.family import NameCom

FLAGS = {"locked": "locked", "auto_renew": "auto_renew"}
DAYS = {"create_date": "created", "expire_date": "expires"}
RECORD_FIELDS = ("name", "type", "content", "ttl", "priority")


def state(family: NameCom) -> dict[str, Any]:
    """Everything there is in the account; session tokens only as a number of them."""
    account, now = family.account, family.world.clock.now()
    return {
        "balance": str(account.credit),
        "currency": CURRENCY,
        "ip_listed": account.ip_listed,
        "authorizes": account.authorizes,
        "sessions": sum(1 for end in account.sessions.values() if end > now),
        "assume": dict(account.switches),
        "contacts": contacts.view(account.contacts),
        "domains": [_domain(domain) for domain in account.domains.values()],
        "backorders": list(account.backorders),
    }


def _domain(domain: Domain) -> dict[str, Any]:
    rows = [{**asdict(record), "created": stamp(record.created)} for record in domain.records]
    until = domain.privacy_until
    return {
        "name": domain.name,
        "tld": domain.tld,
        "username": domain.username,
        "create_date": stamp(domain.created),
        "expire_date": stamp(domain.expires),
        "locked": domain.locked,
        "auto_renew": domain.auto_renew,
        "whois_privacy": None if until is None else stamp(until),
        "nameservers": list(domain.nameservers),
        "contacts": contacts.view(domain.contacts),
        "records": rows,
        "hosts": domain.hosts,
        "registry_hosts": domain.registry_hosts,
        "extras": domain.extras,
    }


def amount(value: Any) -> Decimal:
    """An amount of USD in cents' precision; raises ValueError."""
    try:
        found = Decimal(str(value)).quantize(Decimal("0.01"))
    except InvalidOperation as error:
        raise ValueError(f"not an amount: {value}") from error
    if not found.is_finite():
        raise ValueError(f"not an amount: {value}")
    return found


def apply(family: NameCom, data: dict[str, Any]) -> dict[str, Any]:
    """Change what `data` names; raises KeyError for an unknown name and ValueError for a bad value."""
    rest = dict(data)
    changed: dict[str, Any] = {}
    fields = rest.pop("set", None)
    for name, value in rest.items():
        if name == "domain":
            changed[name] = _set_domain(family, str(value), dict(fields or {}))
        else:
            changed[name] = WHOLE[name](family, value)
    return changed


def _own(family: NameCom, name: str) -> Domain:
    found = family.account.domains.get(to_ascii(name))
    if found is None:
        raise ValueError(f"no such domain in the account: {name}")
    return found


def _set_domain(family: NameCom, name: str, fields: dict[str, Any]) -> dict[str, Any]:
    domain = _own(family, name)
    for field, value in fields.items():
        _set_field(family, domain, field, value)
    domain.lapsed = domain.lapsed and domain.expires <= family.world.clock.now()
    family.lifecycle.watch(domain)
    return _domain(domain)


def _set_field(family: NameCom, domain: Domain, field: str, value: Any) -> None:
    if field in FLAGS:
        setattr(domain, FLAGS[field], bool(value))
    elif field in DAYS:
        setattr(domain, DAYS[field], _moment(value))
    elif field == "whois_privacy":
        domain.privacy_until = _moment(value) if value else None
    elif field == "nameservers":
        domain.nameservers = [str(host) for host in value]
    elif field == "records":
        domain.records = [_record(family, dict(row)) for row in value]
    elif field in ("hosts", "registry_hosts"):
        setattr(domain, field, {str(name): [str(ip) for ip in ips] for name, ips in value.items()})
    elif field in ROLES:
        domain.contacts[field].update({key: str(text) for key, text in value.items()})
    else:
        raise KeyError(field)


def _moment(value: Any) -> float:
    """The last second of a day given as YYYY-MM-DD."""
    return parse_day(str(value)) + DAY - 1


def _record(family: NameCom, row: dict[str, Any]) -> Record:
    number = int(row.get("record_id") or family.account.new_record_id())
    name, kind, content = (str(row[key]) for key in RECORD_FIELDS[:3])
    priority = None if row.get("priority") is None else int(row["priority"])
    return Record(number, name, kind, content, int(row.get("ttl", 300)), family.world.clock.now(), priority)


def _add_domain(family: NameCom, value: Any) -> dict[str, Any]:
    """A domain that came into the account by another way, for example the registrar's own web site."""
    name = to_ascii(str(value["domain"]))
    tld = split(name)[1]
    if tld is None or name in family.account.domains:
        raise ValueError(f"cannot be added: {name}")
    now = family.world.clock.now()
    people = {role: dict(contact) for role, contact in family.account.contacts.items()}
    servers = nameservers.default(family.world, name)
    family.account.domains[name] = Domain(name, tld.name, now, now + 365 * DAY, people, servers, family.user)
    return _set_domain(family, name, dict(value.get("set", {})))


def _remove_domain(family: NameCom, value: Any) -> str:
    """The domain leaves for another registrar: it stays registered, but is no longer ours."""
    domain = _own(family, str(value))
    del family.account.domains[domain.name]
    family.world.names.take(domain.name)
    return domain.name


def _balance(family: NameCom, value: Any) -> str:
    family.account.credit = amount(value)
    return str(family.account.credit)


def _assume(family: NameCom, value: Any) -> dict[str, Any]:
    """Set switches of switches.py, all or none."""
    wanted = {name: switches.checked(name, chosen) for name, chosen in dict(value).items()}
    family.account.switches.update(wanted)
    return wanted


def _ip_listed(family: NameCom, value: Any) -> bool:
    family.account.ip_listed = bool(value)
    return family.account.ip_listed


def _authorizes(family: NameCom, value: Any) -> bool:
    """False: payments answer 261."""
    family.account.authorizes = bool(value)
    return family.account.authorizes


def _end_sessions(family: NameCom, value: Any) -> int:
    """Every session token is good no more."""
    count = len(family.account.sessions)
    family.account.sessions.clear()
    return count


WHOLE: dict[str, Callable[[NameCom, Any], Any]] = {
    "add_domain": _add_domain,
    "remove_domain": _remove_domain,
    "balance": _balance,
    "assume": _assume,
    "ip_listed": _ip_listed,
    "authorizes": _authorizes,
    "end_sessions": _end_sessions,
}
