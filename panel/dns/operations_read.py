"""Reading a zone: however often it is done, it is the same."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from panel.dns import mirror
from panel.dns.models import Zone
from panel.dns.zones import read_zone
from panel.domain.kind import mirrored, name_of
from panel.domain.models import Domain
from panel.domain.operations_read import Reading
from panel.domain.planning import plan_about, require
from panel.domain.refreshing import PAUSE, JustRead
from panel.operation.models import Operation
from panel.operation.registry import register
from panel.operation.services import AlreadyOpen, plan
from panel.people.models import User
from registrar import errors, types

Shown = tuple[types.DnsRecord, ...]


@register
class ReadZone(Reading):
    """Read every record of a name's zone; a registrar that has no zone of it says so."""

    name = "dns.read"
    methods = ("dns.list",)

    def submit(self, operation: Operation, driver: Any) -> types.Outcome[Shown | None]:
        name = name_of(operation)
        try:
            return types.Done(tuple(read_zone(driver, name)))
        except errors.NotFound:
            # Is it the zone that is missing, or the name? The name raises NotFound itself.
            driver.domains.info(name)
            return types.Done(None)

    def apply(self, operation: Operation, value: Shown | None) -> dict[str, Any]:
        domain = mirrored(operation)
        if domain is None:
            return {}
        zone = mirror.record_reading(domain, value, operation)
        return {"hosted": zone.hosted, "records": len(zone.records), "version": zone.serial}


@transaction.atomic
def plan_read_zone(domain: Domain, *, actor: User | None) -> Operation:
    """Plan to read the zone anew, or return the reading that is under way. Raises NotOffered, and JustRead."""
    require(domain.account, domain.tld_name, *ReadZone.methods)
    read_at = Zone.objects.filter(domain=domain).values_list("read_at", flat=True).first()
    if read_at is not None and timezone.now() - read_at < PAUSE:
        raise JustRead(domain.name)
    return plan_about(ReadZone.name, domain, actor=actor, intent={}, payload={})


def read_after(operation: Operation) -> None:
    """Have the zone read into the mirror once a change of it is over, well or not."""
    name = name_of(operation)
    try:
        plan(
            ReadZone.name,
            subject=operation.subject,
            label=name,
            account=operation.account,
            intent_key=f"{ReadZone.name}:{name}:after:{operation.public_id}",
            payload={"name": name},
            customer=operation.customer,
        )
    except AlreadyOpen:
        return
