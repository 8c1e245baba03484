"""The account as the control port changes it, without any request."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from registrar.sandbox.bookmyname import contactdata, nameservers, status
from registrar.sandbox.bookmyname.domain_transfer import FACTS
from registrar.sandbox.bookmyname.model import DIST_ID, ROLES, TRANSACTION_WORDS, Account, Domain, Host
from registrar.sandbox.bookmyname.tlds import managed
from registrar.sandbox.bookmyname.views import domain_state
from registrar.sandbox.clock import parse_day
from registrar.sandbox.names import to_ascii

if TYPE_CHECKING:
    from registrar.sandbox.bookmyname.family import BookMyName

Set = dict[str, Any]
SWITCHES: dict[str, tuple[str, ...]] = {
    "server": ("php", "soaplite"),
    "domain_list": ("map", "list"),
    "contact_list": ("contacts", "ids", "map"),
    "deleted_contacts": ("shown", "absent"),
    "countries": ("fr", "en"),
    "unpaid": ("accept", "refuse", "error"),
}
DIALECTS = ("free", "eurid", "dnsbe")


def amount(value: Any) -> Decimal:
    """An amount of EUR in cents' precision; raises ValueError."""
    try:
        found = Decimal(str(value)).quantize(Decimal("0.01"))
    except InvalidOperation as error:
        raise ValueError(f"not an amount: {value}") from error
    if not found.is_finite():
        raise ValueError(f"not an amount: {value}")
    return found


def limits(account: Account, data: dict[str, Any]) -> None:
    """Set how many DAS queries a sandbox minute are allowed: `das`."""
    for name, value in data.items():
        if name != "das" or isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise ValueError("limits are a whole number named das")
    account.das.limit = data.get("das", account.das.limit)


def _moment(text: str) -> float | None:
    """YYYY-MM-DD, with HH:MM:SS or without, in UTC; None for an empty text."""
    if not text:
        return None
    if len(text) == 19:
        return datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC).timestamp()
    return parse_day(text)


def _word(field: str, value: Any, words: tuple[str, ...]) -> str:
    if value not in words:
        raise ValueError(f"{field} must be one of {', '.join(words)}")
    return str(value)


def apply(family: BookMyName, data: dict[str, Any]) -> dict[str, Any]:
    """Change what `data` names; raises KeyError for an unknown name and ValueError for a bad value."""
    rest = dict(data)
    changed: dict[str, Any] = {}
    fields = dict(rest.pop("set", None) or {})
    for name, value in rest.items():
        if name in SUBJECTS:
            changed[name] = SUBJECTS[name](family, str(value), fields)
        elif name in SWITCHES:
            setattr(family.account.switches, name, _word(name, value, SWITCHES[name]))
            changed[name] = value
        else:
            changed[name] = WHOLE[name](family, value)
    family.lifecycle.restart()
    return changed


def _own(family: BookMyName, name: str) -> Domain:
    found = family.account.domains.get(to_ascii(name))
    if found is None:
        raise ValueError(f"no such domain in the account: {name}")
    return found


def _set_domain(family: BookMyName, name: str, fields: Set) -> dict[str, Any]:
    domain = _own(family, name)
    for field, value in fields.items():
        _set_field(family, domain, field, value)
    return domain_state(family.account, domain)


def _set_field(family: BookMyName, domain: Domain, field: str, value: Any) -> None:
    role = field.removesuffix("_id")
    if field in ("registrar_creation", "registrar_expiration"):
        setattr(domain, "created" if field == "registrar_creation" else "expires", _moment(str(value or "")))
    elif field == "registry_status":
        if not 0 <= int(value) <= status.ALL:
            raise ValueError(f"registry_status must be from 0 to {status.ALL}")
        domain.flags = int(value)
    elif field in ("authinfo", "status", "service", "ip_dns_master"):
        setattr(domain, field, str(value))
    elif field == "ns":
        domain.ns = [str(host) for host in value]
    elif role in ROLES and int(value) in family.account.contacts:
        domain.contacts[role] = int(value)
    else:
        raise KeyError(field)


def _set_contact(family: BookMyName, key: str, fields: Set) -> dict[str, Any]:
    contact = family.account.contacts.get(int(key))
    if contact is None:
        raise ValueError(f"no such contact in the account: {key}")
    for field, value in fields.items():
        if field == "status":
            contact.status = str(value)
        elif field in contactdata.WRITABLE:
            contact.fields[field] = str(value)
        else:
            raise KeyError(field)
    return contactdata.view(contact, "fr")


def _set_host(family: BookMyName, name: str, fields: Set) -> dict[str, Any]:
    """A host that is there afterwards, whether it was before or not."""
    host = nameservers.host_name(name)
    address = str(fields["ip"])
    if not host or not nameservers.is_address(address):
        raise ValueError(f"not a host with an address: {name} {address}")
    family.account.host_serial += 1
    family.account.hosts[host] = Host(family.account.host_serial, host, address, family.world.clock.now())
    return vars(family.account.hosts[host])


def _set_transaction(family: BookMyName, key: str, fields: Set) -> dict[str, Any]:
    """`status`: Done and Error end a running one now; Wait and ToProcess hold it there for `seconds` (an hour)."""
    transaction, now = family.account.transactions[int(key)], family.world.clock.now()
    word = _word("status", fields["status"], TRANSACTION_WORDS)
    seconds = float(fields.get("seconds", 3600))
    if word in ("Done", "Error"):
        transaction.word = word
        if transaction.open:
            family.lifecycle.finish(transaction, now)
    elif not transaction.open:
        raise ValueError("the transaction has ended")
    else:
        transaction.begins = now + seconds if word == "Wait" else now
        transaction.ends = now + seconds * 2
    return {"tid": transaction.tid, "status": transaction.status(now)}


def _close(family: BookMyName, subject: str) -> None:
    for transaction in list(family.account.running.get(subject, [])):
        transaction.word = "Error"
        family.account.close(transaction)


def _remove_domain(family: BookMyName, value: Any) -> str:
    """The domain leaves for another registrar: it stays registered, but is no longer here."""
    domain = _own(family, str(value))
    _close(family, domain.name)
    family.lifecycle.drop(domain)
    family.world.names.take(domain.name)
    return domain.name


def _add_domain(family: BookMyName, value: Any) -> dict[str, Any]:
    """A domain that came into the database by another way, for example the registrar's own web site."""
    name = to_ascii(str(value["domain"]))
    account, now = family.account, family.world.clock.now()
    if managed(name) is None or name in account.domains:
        raise ValueError(f"cannot be added: {name}")
    account.domain_serial += 1
    contacts = dict.fromkeys(ROLES, DIST_ID)
    domain = Domain(account.domain_serial, name, contacts, now, "127.0.0.1", "AddedByHand1")
    domain.created, domain.expires = now, now + 365 * 86400.0
    domain.ns = ["ns0.online.net", "ns1.online.net"]
    account.domains[name] = domain
    return _set_domain(family, name, dict(value.get("set", {})))


def _remove_host(family: BookMyName, value: Any) -> str:
    host = nameservers.host_name(str(value))
    del family.account.hosts[host]
    _close(family, host)
    return host


def _balance(family: BookMyName, value: Any) -> str:
    family.account.balance = amount(value)
    return str(family.account.balance)


def _limits(family: BookMyName, value: Any) -> dict[str, Any]:
    limits(family.account, dict(value))
    return dict(value)


def _fail(family: BookMyName, value: Any) -> dict[str, int]:
    wanted = {str(action): int(times) for action, times in dict(value).items()}
    for action in wanted:
        if action not in status.RUNNING and action not in ("host_create", "host_update", "host_delete"):
            raise KeyError(action)
    family.account.fail = wanted
    return wanted


def _outside(family: BookMyName, value: Any) -> dict[str, Any]:
    """What is known of names at other registrars: {"x.com": {"created", "locked", "authkey", ...}}."""
    for text, facts in dict(value).items():
        unknown = set(facts) - FACTS
        if unknown:
            raise KeyError(sorted(unknown)[0])
        name = to_ascii(str(text))
        family.world.names.take(name)
        dated = {key: _moment(str(facts[key])) for key in ("created", "expires") if key in facts}
        family.account.outside[name] = {**facts, **dated}
    return family.account.outside


def _das(family: BookMyName, value: Any) -> dict[str, Any]:
    das, data = family.account.das, dict(value)
    if "dialect" in data:
        das.dialect = _word("dialect", data.pop("dialect"), DIALECTS)
    if "limit" in data:
        limit = data.pop("limit")
        das.limit = None if limit is None else int(limit)
    if "words" in data:
        das.words = {to_ascii(str(name)): str(word) for name, word in dict(data.pop("words")).items()}
    if "patience" in data:
        das.patience = float(data.pop("patience"))
    for name in ("blocked", "broken"):
        if name in data:
            setattr(das, name, bool(data.pop(name)))
    if data:
        raise KeyError(sorted(data)[0])
    family.das_limit.restart()
    return vars(das)


SUBJECTS: dict[str, Callable[[BookMyName, str, Set], Any]] = {
    "domain": _set_domain,
    "contact": _set_contact,
    "host": _set_host,
    "transaction": _set_transaction,
}
WHOLE: dict[str, Callable[[BookMyName, Any], Any]] = {
    "remove_domain": _remove_domain,
    "add_domain": _add_domain,
    "remove_host": _remove_host,
    "balance": _balance,
    "limits": _limits,
    "fail": _fail,
    "outside": _outside,
    "das": _das,
}
