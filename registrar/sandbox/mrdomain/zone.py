"""DNS records of a service: what is one (manual 7.48.5), and those that a service begins with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv6Address

from registrar.sandbox.mrdomain import nameservers
from registrar.sandbox.mrdomain.codes import ApiError, invalid
from registrar.sandbox.mrdomain.model import Account
from registrar.sandbox.mrdomain.service_model import Row, Service
from registrar.sandbox.mrdomain.views import address_of
from registrar.sandbox.nameserver.zone import Hosted, records

RANKED = frozenset({"MX", "SRV"})
DEFAULT = "-"
DEFAULT_PRIORITY = "10"
TTLS = range(60, 604_801)
LABEL = r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?"
OWNER = re.compile(rf"(\*\.)?({LABEL}\.)*{LABEL}")
HOST = re.compile(rf"({LABEL}\.)+[a-z0-9-]{{2,63}}")
CAA = re.compile(r'\d{1,3} (issue|issuewild|iodef) "[^"]*"')


def _host(value: str) -> str:
    name = value.lower().rstrip(".")
    if len(name) > 253 or not HOST.fullmatch(name):
        raise ValueError(value)
    return name


def _srv(value: str) -> str:
    weight, port, host = value.split()
    if not (weight.isdigit() and port.isdigit() and int(weight) < 65536 and int(port) < 65536):
        raise ValueError(value)
    return f"{int(weight)} {int(port)} {_host(host)}"


def _caa(value: str) -> str:
    if not CAA.fullmatch(value) or int(value.partition(" ")[0]) > 255:
        raise ValueError(value)
    return value


def _txt(value: str) -> str:
    if len(value) > 4096 or not value.isprintable():
        raise ValueError(value)
    return value


VALUES: dict[str, Callable[[str], str]] = {
    "A": lambda value: str(IPv4Address(value)),
    "AAAA": lambda value: str(IPv6Address(value)),
    "CNAME": _host,
    "MX": _host,
    "SRV": _srv,
    "TXT": _txt,
    "NS": _host,
    "CAA": _caa,
}


def value_of(kind: str, value: str) -> str:
    """The value in the spelling that is kept. Raises 105."""
    try:
        return VALUES[kind](value)
    except ValueError:
        raise invalid("value", f"not a value of type {kind}") from None


def _number(name: str, text: str, allowed: range) -> str:
    if not (text.isascii() and text.isdigit() and len(text) <= 6 and int(text) in allowed):
        raise invalid(name)
    return str(int(text))


def record(service: Service, sent: dict[str, str]) -> Row:
    """A record made of name, type, value, ttl and priority as texts, all but the last two required.

    Raises 105. The name is a full one; "-" or nothing for ttl and priority mean the default.
    """
    name = sent.get("name", "").lower().rstrip(".")
    if name != service.name and not (name.endswith("." + service.name) and OWNER.fullmatch(name)):
        raise invalid("name", f"a name under {service.name} was expected")
    kind = sent.get("type", "")
    if kind not in VALUES:
        raise invalid("type", "one of " + ", ".join(VALUES))
    ttl, priority = (sent.get(key, "") or DEFAULT for key in ("ttl", "priority"))
    if kind in RANKED:
        priority = DEFAULT_PRIORITY if priority == DEFAULT else priority
        priority = _number("priority", priority, range(65536))
    else:
        priority = DEFAULT
    return {
        "name": name,
        "type": kind,
        "ttl": ttl if ttl == DEFAULT else _number("ttl", ttl, TTLS),
        "priority": priority,
        "value": value_of(kind, sent.get("value", "")),
    }


def refuse_conflict(service: Service, others: Iterable[Row], new: Row, code: int) -> None:
    """Raise `code` for a record that there is already, and for a CNAME beside anything else."""
    if new["type"] == "CNAME" and new["name"] == service.name:
        raise ApiError(code, "The name of the service itself cannot be a CNAME")
    for row in others:
        if row["name"] != new["name"]:
            continue
        if (row["type"], row["value"]) == (new["type"], new["value"]):
            raise ApiError(code, f"It exists: {new['name']} {new['type']} {new['value']}")
        if "CNAME" in (row["type"], new["type"]):
            raise ApiError(code, f"A CNAME cannot stand beside another record: {new['name']}")


def defaults(service: Service) -> list[Row]:
    """The records that a service of this plan begins with and that dnsrestore brings back."""
    name, plan = service.name, service.plan
    machine = f"srv{10 + service.number % 80}.hosting-mrdomain.example"
    rows = [(name, "A", address_of(machine if plan.web else "parking.mrdomain.example"))]
    hosts = [("www", machine if plan.web else "parking.mrdomain.example")]
    if plan.web:
        hosts += [("*", machine), ("ftp", machine), ("bbdd", machine)]
    if plan.mail:
        hosts += [(word, f"{word}.mail-mrdomain.example") for word in ("smtp", "pop3", "imap", "webmail")]
        rows += [(name, "MX", "mx1.mail-mrdomain.example"), (name, "MX", "mx2.mail-mrdomain.example")]
        rows.append((name, "TXT", "v=spf1 include:spf.mail-mrdomain.example ~all"))
    rows += [(f"{word}.{name}", "CNAME", host) for word, host in hosts]
    return [record(service, {"name": own, "type": kind, "value": value}) for own, kind, value in rows]


def hosted(account: Account, name: str) -> Hosted | None:
    """The zone of a service as it is served; a service's name that is no domain of the account is delegated here."""
    service, domain = account.services.get(name), account.find(name)
    if service is None:
        return None
    rows = service.entities["dns"].values()
    delegated = domain is None or domain.default_ns or tuple(domain.nameservers) == nameservers.DEFAULT
    found = records((row["name"], row["type"], row["value"], row["ttl"], row["priority"]) for row in rows)
    return Hosted(name, nameservers.DEFAULT, found, delegated)
