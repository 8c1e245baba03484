"""Host objects below a name: the addresses that a registry must know of nameservers that bear the name itself."""

from __future__ import annotations

import ipaddress
from dataclasses import asdict
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import Q

from panel.domain.kind import Look, SettingKind, name_of
from panel.domain.models import Domain
from panel.domain.planning import plan_about, require, require_changeable
from panel.domain.refusals import BadValue
from panel.operation.models import Operation
from panel.operation.registry import register
from panel.people.models import User
from registrar import types


class GlueChange(StrEnum):
    """What is done to a host."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"


@register
class ChangeGlue(SettingKind):
    """Make, change or delete one host. Its subject is the host: several of a name may be under way at once."""

    name = "domain.glue"
    methods = ("domain.create_glue", "domain.update_glue", "domain.delete_glue")

    def send(self, operation: Operation, driver: Any) -> types.Outcome[Any]:
        name, glue = name_of(operation), _glue(operation)
        match GlueChange(operation.payload["change"]):
            case GlueChange.CREATE:
                outcome: types.Outcome[Any] = driver.domains.create_glue(name, glue)
            case GlueChange.UPDATE:
                outcome = driver.domains.update_glue(name, glue)
            case GlueChange.DELETE:
                outcome = driver.domains.delete_glue(name, glue.name)
        return outcome

    def look(self, operation: Operation, driver: Any) -> Look:
        if not driver.supports("domain.glue_records").usable:
            return Look(None, "the registrar does not show hosts")
        wanted = _glue(operation)
        found = driver.domains.glue_records(name_of(operation))
        host = next((row for row in found if row.name.lower() == wanted.name.lower()), None)
        if host is None:
            gone = operation.payload["change"] == GlueChange.DELETE
            return Look(gone, f"there is no host {wanted.name}")
        same = operation.payload["change"] != GlueChange.DELETE and addresses(host) == addresses(wanted)
        return Look(same, f"{wanted.name} has {', '.join(sorted(addresses(host))) or 'no address'}")

    def record(self, operation: Operation, domain: Domain) -> None:
        kept = _glue(operation)
        if operation.payload["change"] == GlueChange.DELETE:
            domain.glue_records.filter(name=kept.name).delete()
        else:
            values = {"addresses": sorted(addresses(kept))}
            domain.glue_records.update_or_create(name=kept.name, defaults=values)

    def remote_subject(self, operation: Operation) -> str:
        return str(operation.payload["glue"]["name"])


def of_hosts_below(name: str) -> Q:
    """Operations about hosts below a name (A-label): their subject is the host."""
    return Q(subject__startswith="host:", subject__endswith=f".{name}")


def addresses(glue: types.GlueRecord) -> set[str]:
    """Every address of a host, each written in one way."""
    given = [glue.ipv4, glue.ipv6, *glue.others]
    return {str(ipaddress.ip_address(address.strip())) for address in given if address.strip()}


def _glue(operation: Operation) -> types.GlueRecord:
    kept = operation.payload["glue"]
    return types.GlueRecord(**{**kept, "others": tuple(kept["others"])})


@transaction.atomic
def plan_glue(
    domain: Domain, change: GlueChange, glue: types.GlueRecord, *, actor: User | None, key: str = ""
) -> Operation:
    """Plan to make, change or delete a host below the name; its addresses count for the first two.

    Raises NotOffered, NotNow, BadValue(name or ipv4) and AlreadyOpen.
    """
    require(domain.account, domain.tld_name, f"domain.{change}_glue")
    require_changeable(domain)
    host = glue.name.lower().rstrip(".")
    if not host.endswith(f".{domain.name}"):
        raise BadValue("name")
    try:
        given = addresses(glue)
    except ValueError:
        raise BadValue("ipv4") from None
    if not given and change != GlueChange.DELETE:
        raise BadValue("ipv4")
    kept = asdict(types.GlueRecord(host, glue.ipv4.strip(), glue.ipv6.strip(), glue.others))
    return plan_about(
        ChangeGlue.name,
        domain,
        actor=actor,
        intent={"change": change, "host": host, "addresses": sorted(given)},
        payload={"change": str(change), "glue": {**kept, "others": list(glue.others)}},
        key=key,
        subject=f"host:{host}",
    )
