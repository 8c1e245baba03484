"""The account as the control port shows it and changes it, without any request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from registrar.sandbox.clock import parse_day
from registrar.sandbox.mrdomain import change_holdings, views
from registrar.sandbox.mrdomain.model import (
    CONTACT_FIELDS,
    RENEWAL_MODES,
    ROLES,
    STATUSES,
    TRANSFER_STATUSES,
    VERIFICATIONS,
    Account,
    Domain,
)
from registrar.sandbox.names import to_ascii
from registrar.sandbox.tlds import split

if TYPE_CHECKING:
    from registrar.sandbox.mrdomain.family import MrDomain

FLAGS = {
    "modifyBlock": "modify_block",
    "transferBlock": "transfer_block",
    "whoisPrivacy": "whois_privacy",
    "viewWhois": "view_whois",
    "renewBlocked": "renew_blocked",
    "defaultNS": "default_ns",
}
TEXTS = {"tag": "tag", "authcode": "authcode"}
WORDS = {
    "renewalMode": ("renewal_mode", RENEWAL_MODES),
    "transferStatus": ("transfer_status", TRANSFER_STATUSES),
}
DATES = {"tsExpir": "expires", "tsCreate": "created"}
SERVER_LISTS = {"nameservers", "gluerecords", "dnssec"}


def state(family: MrDomain) -> dict[str, Any]:
    """Everything there is in the account."""
    account, now = family.account, family.world.clock.now()
    return {
        "balance": str(account.balance),
        "currency": views.CURRENCY,
        "account_status": account.status,
        "ip_filter": account.ip_filter,
        "blocked": account.banned or now < account.blocked_until,
        "banned": account.banned,
        "limits": {"checks": account.check_limit, "errors": account.error_limit},
        "domains": [_domain(account, domain, now) for domain in account.domains.values()],
        "contacts": [views.contact(contact) for contact in account.contacts.values()],
        "deleted": list(account.deleted),
        **change_holdings.state(family),
    }


def _domain(account: Account, domain: Domain, now: float) -> dict[str, Any]:
    return {
        **views.head(domain),
        "punycode": domain.name,
        **views.status_info(account, domain, now),
        "authcode": domain.authcode,
        "contacts": domain.contacts,
        "nameservers": domain.nameservers,
        "gluerecords": domain.glue,
        "dnssec": domain.dnssec,
        "pending": [{**asdict(stage), "in": round(stage.at - now, 3)} for stage in domain.stages],
    }


def limits(account: Account, data: dict[str, Any]) -> None:
    """Set `checks` and `errors` allowed per sandbox minute."""
    for name, value in data.items():
        if (
            name not in ("checks", "errors")
            or isinstance(value, bool)
            or not isinstance(value, int)
            or value < 0
        ):
            raise ValueError("limits are whole numbers named checks and errors")
    account.check_limit = data.get("checks", account.check_limit)
    account.error_limit = data.get("errors", account.error_limit)


def amount(value: Any) -> Decimal:
    """An amount of EUR in cents' precision; raises ValueError."""
    try:
        found = Decimal(str(value)).quantize(Decimal("0.01"))
    except InvalidOperation as error:
        raise ValueError(f"not an amount: {value}") from error
    if not found.is_finite():
        raise ValueError(f"not an amount: {value}")
    return found


def apply(family: MrDomain, data: dict[str, Any]) -> dict[str, Any]:
    """Change what `data` names; raises KeyError for an unknown name and ValueError for a bad value."""
    rest = dict(data)
    changed: dict[str, Any] = {}
    fields = rest.pop("set", None)
    for name, value in rest.items():
        if name in SUBJECTS:
            changed[name] = SUBJECTS[name](family, str(value), dict(fields or {}))
        else:
            changed[name] = WHOLE[name](family, value)
    return changed


def _own(family: MrDomain, name: str) -> Domain:
    found = family.account.find(to_ascii(name))
    if found is None:
        raise ValueError(f"no such domain in the account: {name}")
    return found


def _set_domain(family: MrDomain, name: str, fields: dict[str, Any]) -> dict[str, Any]:
    domain = _own(family, name)
    for field, value in fields.items():
        _set_field(family, domain, field, value)
    family.lifecycle.watch(domain)
    return _domain(family.account, domain, family.world.clock.now())


def _set_field(family: MrDomain, domain: Domain, field: str, value: Any) -> None:
    if field == "status":
        domain.status, domain.stages = _word(field, value, STATUSES), []
    elif field in FLAGS:
        setattr(domain, FLAGS[field], bool(value))
    elif field in TEXTS:
        setattr(domain, TEXTS[field], str(value))
    elif field in WORDS:
        attribute, words = WORDS[field]
        setattr(domain, attribute, _word(field, value, words))
    elif field in DATES:
        setattr(domain, DATES[field], parse_day(str(value)) if value else None)
    elif field in SERVER_LISTS:
        setattr(domain, "glue" if field == "gluerecords" else field, list(value))
    elif field.removesuffix("ContactID") in ROLES and str(value) in family.account.contacts:
        domain.contacts[field.removesuffix("ContactID")] = str(value)
    else:
        raise KeyError(field)


def _word(field: str, value: Any, words: tuple[str, ...]) -> str:
    if value not in words:
        raise ValueError(f"{field} must be one of {', '.join(words)}")
    return str(value)


def _set_contact(family: MrDomain, key: str, fields: dict[str, Any]) -> dict[str, Any]:
    if key not in family.account.contacts:
        raise ValueError(f"no such contact in the account: {key}")
    contact = family.account.contacts[key]
    names = {name: attribute for _, attribute, name in CONTACT_FIELDS}
    for field, value in fields.items():
        if field == "verificationstatus":
            contact.verification, contact.verify_at = _word(field, value, VERIFICATIONS), None
        elif field == "daaccepted":
            contact.da_accepted = bool(value)
        else:
            setattr(contact, names[field], str(value))
    family.lifecycle.restart()
    return views.contact(contact)


def _remove_domain(family: MrDomain, value: Any) -> str:
    """The domain leaves for another registrar: it stays registered, but is no longer ours."""
    domain = _own(family, str(value))
    family.account.remove(domain)
    family.world.names.take(domain.name)
    return domain.name


def _add_domain(family: MrDomain, value: Any) -> dict[str, Any]:
    """A domain that came into the account by another way, for example the registrar's own web site."""
    name = to_ascii(str(value["domain"]))
    tld = split(name)[1]
    if tld is None or family.account.find(name):
        raise ValueError(f"cannot be added: {name}")
    account, now = family.account, family.world.clock.now()
    account.domain_serial += 1
    owner = str(value.get("ownerContactID", next(iter(account.contacts))))
    domain = Domain(account.domain_serial, name, tld.name, "active", dict.fromkeys(ROLES, owner))
    domain.created, domain.expires = now, now + 365 * 86400.0
    domain.nameservers = ["ns1.mrdomain.com", "ns2.mrdomain.com"]
    account.add(domain)
    return _set_domain(family, name, dict(value.get("set", {})))


def _balance(family: MrDomain, value: Any) -> str:
    family.account.balance = amount(value)
    return str(family.account.balance)


def _threshold(family: MrDomain, value: Any) -> str:
    family.account.threshold = amount(value)
    return str(family.account.threshold)


def _ip_filter(family: MrDomain, value: Any) -> str:
    words = {True: "reset", False: "", "reset": "reset", "code": "code", "": ""}
    if not isinstance(value, (bool, str)) or value not in words:
        raise ValueError('ip_filter must be true, false, "reset" or "code"')
    family.account.ip_filter = words[value]
    return family.account.ip_filter


def _status(family: MrDomain, value: Any) -> str:
    family.account.status = _word("account_status", value, ("active", "blocked", "deleted", "inactive"))
    return family.account.status


def _limits(family: MrDomain, value: Any) -> dict[str, Any]:
    limits(family.account, dict(value))
    return dict(value)


def _mismatch(family: MrDomain, value: Any) -> int:
    family.account.curexpdate_code = int(value)
    return family.account.curexpdate_code


def _unblock(family: MrDomain, value: Any) -> bool:
    account = family.account
    account.banned, account.blocked_before, account.blocked_until = False, False, 0.0
    family.guard.restart()
    return bool(value)


SUBJECTS: dict[str, Callable[[MrDomain, str, dict[str, Any]], Any]] = {
    "domain": _set_domain,
    "contact": _set_contact,
    **change_holdings.SUBJECTS,
}
WHOLE: dict[str, Callable[[MrDomain, Any], Any]] = {
    "remove_domain": _remove_domain,
    "add_domain": _add_domain,
    "balance": _balance,
    "threshold": _threshold,
    "ip_filter": _ip_filter,
    "account_status": _status,
    "limits": _limits,
    "curexpdate_code": _mismatch,
    "unblock": _unblock,
    **change_holdings.WHOLE,
}
