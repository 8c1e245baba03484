"""What can be judged before it is sent, whatever the registrar. Raises InvalidRequest with the neutral field."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TypeVar

import idna

from registrar.errors import Guarded, InvalidRequest, NotSent, OutcomeUnknown

T = TypeVar("T")

_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")


def domain_name(name: str, field: str = "name") -> str:
    """A name of two labels or more, as A-labels in lower case."""
    cleaned = name.strip().rstrip(".").lower()
    try:
        encoded = cleaned if cleaned.isascii() else idna.encode(cleaned, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        raise InvalidRequest(f"not a domain name: {name!r}", field=field) from None
    labels = encoded.split(".")
    if len(labels) < 2 or len(encoded) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise InvalidRequest(f"not a domain name: {name!r}", field=field)
    return encoded


def tld(name: str) -> str:
    """Everything behind the first label: "com", "co.uk"."""
    return name.partition(".")[2]


def one_label(names: Sequence[str]) -> tuple[list[str], str]:
    """Names that differ in their extension only, as A-labels, and the label they share.

    Raises InvalidRequest(names) for none, or for different labels.
    """
    encoded = [domain_name(name, "names") for name in names]
    labels = {name.partition(".")[0] for name in encoded}
    if len(labels) != 1:
        raise InvalidRequest("the registrar checks one label in several extensions at once", field="names")
    return encoded, labels.pop()


def host(name: str, domain: str) -> str:
    """A host name that must lie below `domain`."""
    encoded = domain_name(name, "glue")
    if not encoded.endswith(f".{domain}"):
        raise InvalidRequest(f"{encoded} is not below {domain}", field="glue")
    return encoded


def address(value: str, version: int) -> str:
    """An IP address of that version, in its usual spelling."""
    try:
        found = ipaddress.ip_address(value.strip())
    except ValueError:
        raise InvalidRequest(f"not an IPv{version} address: {value!r}", field=f"ipv{version}") from None
    if found.version != version:
        raise InvalidRequest(f"not an IPv{version} address: {value!r}", field=f"ipv{version}")
    return str(found)


def years(value: int | None, allowed: range) -> int:
    """A period in years; None is the shortest."""
    if value is None:
        return allowed[0]
    if isinstance(value, bool) or value not in allowed:
        raise InvalidRequest(f"years must be {allowed[0]} to {allowed[-1]}: {value!r}", field="years")
    return value


def nameservers(names: Sequence[str], count: range) -> list[str]:
    """Different names of nameservers, as A-labels."""
    if isinstance(names, str):
        raise InvalidRequest("nameservers must be a list of names", field="nameservers")
    encoded = [domain_name(name, "nameservers") for name in names]
    if len(encoded) not in count or len(set(encoded)) != len(encoded):
        raise InvalidRequest(f"give {count[0]} to {count[-1]} different nameservers", field="nameservers")
    return encoded


def check_page(number: int, length: int) -> None:
    """Which page of a list, and how long it is."""
    if number < 1 or length < 1:
        raise InvalidRequest("pages and their length start at 1", field="page")


def filled(value: str, field: str) -> str:
    """A text that must not be empty."""
    if not value.strip():
        raise InvalidRequest(f"{field} is required", field=field)
    return value.strip()


def read_before_write(read: Callable[[], T]) -> T:
    """A read that a write needs first. Where its answer is lost, the write was certainly not sent."""
    try:
        return read()
    except OutcomeUnknown as error:
        raise NotSent(f"a read before the write failed: {error.message}", code=error.code) from error


def guard_expiry(shown: date | None, current_expiry: date) -> None:
    """The guard against renewing twice: raises Guarded unless both dates agree, InvalidRequest for no date."""
    if not isinstance(current_expiry, date) or isinstance(current_expiry, datetime):
        raise InvalidRequest("current_expiry must be a date", field="current_expiry")
    if shown != current_expiry:
        raise Guarded(f"the name expires on {shown}, not on {current_expiry}", reason="expiry_differs")
