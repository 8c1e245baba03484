"""Writes that every family should know, in a form that can be asked for again and again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from registrar.types import DnsRecord, GlueRecord, RecordType
from tests.registrar.contract.contract import Door

# What a write does with a driver, once everything that it needs is known.
Act = Callable[[Any], Any]


@dataclass(frozen=True)
class Write:
    """`prepare(door, number)` makes the write possible and returns it; no two numbers ask for the same."""

    operation: str
    prepare: Callable[[Door, int], Act]
    needs: tuple[str, ...] = ()


def _contact(door: Door, number: int) -> Act:
    content = replace(door.profile.contact, email=f"ada{number}@lamps.example")
    return lambda driver: driver.contacts.create(content, tld="com")


def _registration(door: Door, number: int) -> Act:
    order = door.order(f"lantern-works-{number}.com")
    return lambda driver: driver.domains.create(order)


def _renewal(door: Door, number: int) -> Act:
    own = door.profile.own
    expiry = door.driver.domains.info(own).expires_on
    return lambda driver: driver.domains.renew(own, current_expiry=expiry, years=1)


def _nameservers(door: Door, number: int) -> Act:
    servers = (f"ns1.lamps-{number}.example", f"ns2.lamps-{number}.example")
    return lambda driver: driver.domains.set_nameservers(door.profile.own, servers)


def _lock(door: Door, number: int) -> Act:
    locked = not door.driver.domains.info(door.profile.own).transfer_lock
    return lambda driver: driver.domains.set_transfer_lock(door.profile.own, locked)


def _record(door: Door, number: int) -> Act:
    zone = door.profile.hosted
    record = DnsRecord(f"lamp{number}.{zone}", RecordType.A, "203.0.113.9")
    return lambda driver: driver.dns.create(zone, record)


def _glue(door: Door, number: int) -> Act:
    own = door.profile.own
    record = GlueRecord(f"ns{number + 20}.{own}", f"203.0.113.{number + 20}")
    return lambda driver: driver.domains.create_glue(own, record)


WRITES = {
    "contact": Write("contact.create", _contact),
    "registration": Write("domain.create", _registration),
    "renewal": Write("domain.renew", _renewal, ("domain.info",)),
    "nameservers": Write("domain.set_nameservers", _nameservers),
    "lock": Write("domain.set_transfer_lock", _lock, ("domain.info",)),
    "record": Write("dns.create", _record),
    "glue": Write("domain.create_glue", _glue),
}
