"""The registrar's replies as our types: module domain. Pure functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from registrar.bookmyname import status
from registrar.bookmyname.client import Reply
from registrar.bookmyname.mapping import fields, transaction
from registrar.transport import reading
from registrar.types import (
    DomainInfo,
    DomainStatus,
    DomainSummary,
    Nameserver,
    NameserverSet,
    RegisteredDomain,
)

T = TypeVar("T")

# domain_update takes ns0 to ns12, domain_create ns0 to ns3.
NAMESERVER_SLOTS = tuple(f"ns{number}" for number in range(13))

# The examples of the manual point every name here (assumption "own-nameservers").
OWN_NAMESERVERS = ("ns0.online.net", "ns1.online.net")


def about(domain: str, read: Callable[[Reply], T]) -> Callable[[Reply], T]:
    """`read` of domain_info, and the certainty that the reply is about `domain`."""

    def check(reply: Reply) -> T:
        if reading.domain_name(fields(reply), "domain") != domain:
            raise reading.unreadable("the reply is about another name")
        return read(reply)

    return check


def record(reply: Reply) -> Mapping[str, Any]:
    """The retfields of domain_info as they came, once it is sure that they can be read."""
    info(reply)
    contact_ids(reply)
    nameserver_set(reply)
    return fields(reply)


def info(reply: Reply) -> DomainInfo:
    """domain_info."""
    data = fields(reply)
    bits = reading.whole(data, "registry_status")
    name = reading.domain_name(data, "domain")
    expires = reading.day(data, "registrar_expiration")
    word = reading.required(data, "status")
    return DomainInfo(
        name=name,
        tld=name.partition(".")[2],
        remote_id=str(reading.whole(data, "id")),
        status=status.neutral(word, bits, registered=expires is not None),
        raw_status=status.words(word, bits),
        expires_on=expires,
        created_on=reading.day(data, "registrar_creation"),
        renewable=not bits & status.RENEWAL_DENIED,
        modification_lock=bool(bits & status.UPDATE_PROHIBITED),
        transfer_lock=bool(bits & status.TRANSFER_PROHIBITED),
        auth_code_readable=not reading.is_absent(data, "authinfo"),
        busy=bool(bits & status.PENDING),
    )


def info_and_bits(reply: Reply) -> tuple[DomainInfo, int]:
    """domain_info, and its registry_status as it came."""
    return info(reply), reading.whole(fields(reply), "registry_status")


def ordered(domain: str, years: int) -> Callable[[Reply], tuple[str, RegisteredDomain]]:
    """domain_create: the transaction, and the name as far as it is known."""

    def read(reply: Reply) -> tuple[str, RegisteredDomain]:
        known = info(reply)
        if known.name != domain:
            raise reading.unreadable("the reply is about another name")
        value = RegisteredDomain(
            name=domain,
            tld=known.tld,
            remote_id=known.remote_id,
            status=known.status,
            raw_status=known.raw_status,
            expires_on=known.expires_on,
            years=years,
        )
        return transaction(reply), value

    return read


def contact_ids(reply: Reply) -> dict[str, str]:
    """The numbers of a domain's four contacts, by role."""
    data = fields(reply)
    keys = {"owner": "owner_id", "admin": "admin_id", "tech": "tech_id", "billing": "bill_id"}
    return {role: str(reading.whole(data, key)) for role, key in keys.items()}


def nameserver_set(reply: Reply) -> NameserverSet:
    """The nameservers of domain_info, by their slots."""
    data = fields(reply)
    names = [reading.a_label(data[key]) for key in NAMESERVER_SLOTS if not reading.is_absent(data, key)]
    servers = tuple(Nameserver(name, order) for order, name in enumerate(names, 1))
    return NameserverSet(servers, default=set(names) == set(OWN_NAMESERVERS))


def auth_code(reply: Reply) -> str:
    """The authinfo of domain_info; empty where the name has none."""
    return reading.text(fields(reply), "authinfo", default="").strip()


def summaries(reply: Reply) -> tuple[DomainSummary, ...]:
    """domain_list: names with their expiry, or names alone ("domain-list-shape")."""
    found = reply.fields
    if not found:
        return ()
    lines: list[tuple[str, date | None]]
    if isinstance(found, list):
        lines = [(_a_name(name), None) for name in found]
    else:
        lines = [
            (_a_name(name), _expiry(name, value))
            for name, value in reading.mapping(found, "retfields").items()
        ]
    if len({name for name, _ in lines}) != len(lines):
        raise reading.unreadable("a domain twice")
    return tuple(
        DomainSummary(
            name=name,
            tld=name.partition(".")[2],
            remote_id="",
            status=DomainStatus.UNKNOWN,
            raw_status="",
            expires_on=expires,
        )
        for name, expires in lines
    )


def _a_name(name: Any) -> str:
    found = reading.a_label(name) if isinstance(name, str) else ""
    if "." not in found:
        raise reading.unreadable("a domain without an extension")
    return found


def _expiry(name: str, value: Any) -> date | None:
    """A Unix timestamp as the manual has it, or a date in writing; nothing or 0 while there is none yet."""
    written = reading.text({name: value}, name, default="").strip()
    if written in {"", "0"}:
        return None
    return (
        reading.day_of_timestamp(written, name) if written.isdecimal() else reading.day({name: written}, name)
    )


def tld_map(reply: Reply) -> dict[str, bool]:
    """domain_multicheck: extension -> whether the label is free in it."""
    return {
        reading.a_label(tld.lstrip(".")): reading.truth(free, "retfields")
        for tld, free in fields(reply).items()
    }
