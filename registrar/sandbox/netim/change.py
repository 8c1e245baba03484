"""The account as the control port shows it and changes it, without any request."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from registrar.sandbox.clock import add_years, parse_day
from registrar.sandbox.names import to_ascii
from registrar.sandbox.netim import domain_create, session, views, zonedata
from registrar.sandbox.netim.model import (
    CANCELLED,
    DONE,
    FAILED,
    NAME_SERVERS,
    PENDING,
    ROLES,
    Account,
    Domain,
)
from registrar.sandbox.netim.structs import members
from registrar.sandbox.netim.tariff import CURRENCY
from registrar.sandbox.tlds import split

if TYPE_CHECKING:
    from registrar.sandbox.netim.family import Netim

DATES = {"dateCreate": "created", "dateExpiration": "expires"}
FLAGS = {
    "domainIsLock": "lock",
    "whoisPrivacy": "privacy",
    "autoRenew": "auto_renew",
    "to_be_renewed": "to_be_renewed",
    "IsSigned": "signed",
}
TEXTS = {"authID": "authid", "tag": "tag", "note": "note"}


def state(family: Netim) -> dict[str, Any]:
    """Everything there is in the account; session ids are passwords for a while, so only their number is told."""
    account = family.account
    return {
        "balance": str(account.balance),
        "held": str(account.held),
        "available": str(account.available),
        "currency": CURRENCY,
        "limits": {"sessions": account.max_sessions, "timeout": account.timeout},
        "sync_delay": account.delay,
        "sessions": len(session.alive(family)),
        "domains": [_domain(row) for row in account.domains.values()],
        "contacts": [views.contact(row) for row in account.contacts.values()],
        "hosts": [views.host(row) for row in account.hosts.values()],
        "certificates": [
            views.certificate(row) | {"privateKey": ""} for row in account.certificates.values()
        ],
        "operations": [_operation(family, row.number) for row in account.operations.values()],
    }


def _domain(row: Domain) -> dict[str, Any]:
    extra = {
        name: getattr(row, name) for name in ("tag", "note", "membership", "to_be_renewed", "ds", "dnskey")
    }
    return {**views.domain(row), **extra, "zone": row.zone, "soa": row.soa, "mail": row.mail, "web": row.web}


def _operation(family: Netim, number: int) -> dict[str, Any]:
    row = family.account.operations[number]
    told = {**views.operation(row, "EN"), "subject": row.subject, "price": str(row.price)}
    if row.status == PENDING:
        told["in"] = round(row.ends - family.world.clock.now(), 3)
    return told


def amount(value: Any) -> Decimal:
    """An amount of EUR in cents' precision; raises ValueError."""
    try:
        found = Decimal(str(value)).quantize(Decimal("0.01"))
    except InvalidOperation as error:
        raise ValueError(f"not an amount: {value}") from error
    if not found.is_finite():
        raise ValueError(f"not an amount: {value}")
    return found


def _whole(name: str, value: Any, low: int = 0) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < low:
        raise ValueError(f"{name} must be a whole number from {low}")
    return value


def limits(family: Netim, data: dict[str, Any]) -> None:
    """Set `sessions` at once and the `timeout` of a session in seconds."""
    if not set(data) <= {"sessions", "timeout"}:
        raise ValueError("limits are whole numbers named sessions and timeout")
    account = family.account
    account.max_sessions = _whole("sessions", data.get("sessions", account.max_sessions))
    account.timeout = _whole("timeout", data.get("timeout", account.timeout))


def apply(family: Netim, data: dict[str, Any]) -> dict[str, Any]:
    """Change what `data` names; raises KeyError for an unknown name and ValueError for a bad value."""
    rest = dict(data)
    changed: dict[str, Any] = {}
    fields = dict(rest.pop("set", None) or {})
    for name, value in rest.items():
        if name in SUBJECTS:
            changed[name] = SUBJECTS[name](family, value, fields)
        else:
            changed[name] = WHOLE[name](family, value)
    return changed


def _own(family: Netim, name: str) -> Domain:
    found = family.account.domains.get(to_ascii(name))
    if found is None:
        raise ValueError(f"no such domain in the account: {name}")
    return found


def _set_domain(family: Netim, name: Any, fields: dict[str, Any]) -> dict[str, Any]:
    domain = _own(family, str(name))
    for field, value in fields.items():
        _set_field(family.account, domain, field, value)
    family.lifecycle.watch(domain)
    return _domain(domain)


def _set_field(account: Account, domain: Domain, field: str, value: Any) -> None:
    if field == "status":
        # Any text: a status that section 6 does not know is one of the things worth trying.
        domain.status = str(value)
    elif field in DATES:
        setattr(domain, DATES[field], parse_day(str(value)) if value else None)
    elif field in FLAGS:
        setattr(domain, FLAGS[field], bool(value))
    elif field in TEXTS:
        setattr(domain, TEXTS[field], str(value))
    elif field == "ns":
        domain.ns = [str(row) for row in value]
    elif field == "zone":
        domain.zone = [zonedata.record(domain.name, **row) for row in value]
    elif field == "odd":
        if not isinstance(value, dict) or not set(value) <= set(members("StructDomainInfo")):
            raise ValueError("odd is an object of members of StructDomainInfo")
        domain.odd = value
    elif field in ROLES and str(value) in account.contacts:
        domain.roles[field] = str(value)
    else:
        raise KeyError(field)


def _set_contact(family: Netim, key: Any, fields: dict[str, Any]) -> dict[str, Any]:
    contact = family.account.contacts.get(str(key))
    if contact is None:
        raise ValueError(f"no such contact in the account: {key}")
    for field, value in fields.items():
        if field == "additional":
            contact.additional = dict(value)
        elif field in views.CONTACT_TEXTS:
            contact.data[field] = str(value)
        else:
            raise KeyError(field)
    return views.contact(contact)


def _set_operation(family: Netim, number: Any, fields: dict[str, Any]) -> dict[str, Any]:
    """End a pending operation as Done, Failed (with `message`) or Cancelled."""
    operation = family.account.operations.get(int(number))
    if operation is None or operation.status != PENDING:
        raise ValueError(f"no such pending operation: {number}")
    status = str(fields.get("status"))
    if status not in (DONE, FAILED, CANCELLED):
        raise ValueError(f"status must be one of {DONE}, {FAILED}, {CANCELLED}")
    family.engine.end(operation, status, str(fields.get("message", "")))
    return _operation(family, operation.number)


def _remove_domain(family: Netim, value: Any) -> str:
    """The domain leaves for another registrar without a trace: it stays registered, but is no longer ours."""
    domain = _own(family, str(value))
    del family.account.domains[domain.name]
    family.world.names.take(domain.name)
    return domain.name


def _add_domain(family: Netim, value: Any) -> dict[str, Any]:
    """A domain that came into the account by another way, for example Netim's own web site."""
    name = to_ascii(str(value["domain"]))
    tld, account = split(name)[1], family.account
    if tld is None or name in account.domains:
        raise ValueError(f"cannot be added: {name}")
    now = family.world.clock.now()
    reseller = session.RESELLER
    owner = next(key for key, row in account.contacts.items() if row.owner)
    roles = {"idOwner": owner, "idAdmin": reseller, "idTech": reseller, "idBilling": reseller}
    domain = Domain(name, tld.name, "", roles, list(NAME_SERVERS[:2]))
    domain_create.settled(family, domain, now, add_years(now, 1))
    account.domains[name] = domain
    return _set_domain(family, name, dict(value.get("set", {})))


def _setter(attribute: str, read: Callable[[Any], Any]) -> Callable[[Netim, Any], Any]:
    def change(family: Netim, value: Any) -> Any:
        setattr(family.account, attribute, read(value))
        shown = getattr(family.account, attribute)
        return str(shown) if isinstance(shown, Decimal) else shown

    return change


def _limits(family: Netim, value: Any) -> dict[str, Any]:
    limits(family, dict(value))
    return dict(value)


def _expire_sessions(family: Netim, value: Any) -> int:
    """End every session now; returns how many there were."""
    count = len(family.account.sessions)
    family.account.sessions.clear()
    return count


def _identity(value: Any) -> str:
    if value not in ("ignored", "refused"):
        raise ValueError("owner_identity must be ignored or refused")
    return str(value)


SUBJECTS: dict[str, Callable[[Netim, Any, dict[str, Any]], Any]] = {
    "domain": _set_domain,
    "contact": _set_contact,
    "operation": _set_operation,
}
WHOLE: dict[str, Callable[[Netim, Any], Any]] = {
    "remove_domain": _remove_domain,
    "add_domain": _add_domain,
    "balance": _setter("balance", amount),
    "low_limit": _setter("low_limit", amount),
    "hard_limit": _setter("hard_limit", amount),
    "session_timeout": _setter("timeout", lambda value: _whole("session_timeout", value)),
    "max_sessions": _setter("max_sessions", lambda value: _whole("max_sessions", value)),
    "sync_delay": _setter("delay", lambda value: _whole("sync_delay", value, -1)),
    "owner_identity": _setter("owner_identity", _identity),
    "login_refused": _setter("login_refused", bool),
    "limits": _limits,
    "expire_sessions": _expire_sessions,
}
