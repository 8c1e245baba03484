"""Readings that nobody needs often: keys and hosts of a name, and what the public directory says of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any, ClassVar, TypeVar

from django.db import transaction
from django.db.models.functions import Now

from panel.domain.delegation_models import GlueRecord, Publicity
from panel.domain.drift import book
from panel.domain.drift.reading import note_reading
from panel.domain.kind import mirrored, name_of
from panel.domain.models import Domain
from panel.domain.operations_glue import addresses
from panel.domain.planning import capability, plan_about, require
from panel.operation.models import Operation
from panel.operation.registry import RepeatableKind, register
from panel.operation.states import Lane
from panel.people.models import User
from registrar import types

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Delegation:
    """Hosts, keys and signing as they were shown; None for what the registrar does not show."""

    hosts: tuple[types.GlueRecord, ...] | None
    dnssec: types.Dnssec | None
    signed: bool | None
    hosts_zone: bool | None


class Reading(RepeatableKind):
    """Reads, and changes nothing: however often it is done, it is the same. `methods` are what it reads with."""

    methods: ClassVar[tuple[str, ...]]
    lane = Lane.SYNC
    deadline = timedelta(hours=6)
    calls = 3


@register
class ReadDelegation(Reading):
    """Read what the registry knows of the name's hosts and keys."""

    name = "domain.read_delegation"
    methods = ("domain.glue_records", "domain.dnssec", "domain.set_signed")

    def submit(self, operation: Operation, driver: Any) -> types.Outcome[Delegation]:
        name = name_of(operation)
        signs = driver.supports("domain.set_signed").usable
        info = driver.domains.info(name) if signs else None
        return types.Done(
            Delegation(
                hosts=_told(driver, "domain.glue_records", lambda: driver.domains.glue_records(name)),
                dnssec=_told(driver, "domain.dnssec", lambda: driver.domains.dnssec(name)),
                signed=info.signed if info else None,
                hosts_zone=info.hosts_zone if info else None,
            )
        )

    def apply(self, operation: Operation, value: Delegation | None) -> dict[str, Any]:
        domain = mirrored(operation)
        if domain is None or value is None:
            return {}
        if value.hosts is not None:
            domain.glue_records.all().delete()
            GlueRecord.objects.bulk_create(
                GlueRecord(domain=domain, name=host.name.lower(), addresses=sorted(addresses(host)))
                for host in value.hosts
            )
        before = book.values_of(domain)
        if value.dnssec is not None:
            hidden = value.dnssec.active and not value.dnssec.keys
            domain.ds_keys = None if hidden else [asdict(key) for key in value.dnssec.keys]
        signed = value.dnssec.active if value.signed is None and value.dnssec is not None else value.signed
        domain.signed, domain.hosts_zone, domain.delegation_read_at = signed, value.hosts_zone, Now()
        domain.save(update_fields=["ds_keys", "signed", "hosts_zone", "delegation_read_at", "updated_at"])
        note_reading(domain, before, operation)
        return {}


@register
class ReadPublicity(Reading):
    """Read the name's public text."""

    name = "domain.read_publicity"
    methods = ("domain.whois",)

    def submit(self, operation: Operation, driver: Any) -> types.Outcome[str]:
        return types.Done(driver.domains.whois(name_of(operation)))

    def apply(self, operation: Operation, value: str | None) -> dict[str, Any]:
        domain = mirrored(operation)
        if domain is not None and value is not None:
            Publicity.objects.update_or_create(domain=domain, defaults={"whois": value, "read_at": Now()})
        return {}


def _told(driver: Any, method: str, read: Callable[[], Value]) -> Value | None:
    """What a reading gives where the registrar has it."""
    return read() if driver.supports(method).usable else None


def can_read(domain: Domain, kind: type[Reading]) -> bool:
    """Whether the registrar shows anything of it."""
    return any(capability(domain.account, domain.tld_name, method).usable for method in kind.methods)


@transaction.atomic
def plan_reading(domain: Domain, kind: type[Reading], *, actor: User | None) -> Operation:
    """Plan to read it anew, or return the reading that is under way. Raises NotOffered."""
    require(domain.account, domain.tld_name, *kind.methods)
    return plan_about(kind.name, domain, actor=actor, intent={}, payload={})
