"""One change of many zones: a plan for each of them, and starting those that a person chose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from panel.dns import mirror
from panel.dns.drafts import Working
from panel.dns.merging import between
from panel.dns.models import Zone
from panel.dns.operations import AT_ONCE, ONE_BY_ONE, SetZone, plan_zone
from panel.dns.plans import Group, Plan, groups_of, plan_of
from panel.domain.models import Domain
from panel.domain.planning import capability, require, require_changeable
from panel.domain.refusals import CannotDo, NotNow
from panel.operation.models import Operation
from panel.operation.queries import still_open
from panel.people.models import User
from registrar.types import DnsRecord
from registrar.zones import zone_rules

# Planned at once in a page's request: each is some rows, none a call.
MOST_ZONES = 50
# Zones whose records are looked through for one page.
MOST_LOOKED_AT = 2_000

Transform = Callable[[list[DnsRecord], str], Sequence[DnsRecord] | None]


@dataclass(frozen=True, slots=True)
class ZonePlan:
    """What would be done to one zone. `refusal` is why it cannot be done at all, `busy` that it is being changed."""

    domain: Domain
    plan: Plan
    refusal: CannotDo | None = None
    busy: bool = False

    @property
    def name(self) -> str:
        """The zone's name in A-labels."""
        return self.domain.name

    @property
    def groups(self) -> list[Group]:
        """Its changes by what they do."""
        return groups_of(self.plan.now.changes)

    @property
    def can_start(self) -> bool:
        """Whether nothing stands against it."""
        return not (self.refusal or self.busy or self.plan.errors)


def zones_of(domains: QuerySet[Domain], *, holding: str = "", name: str = "") -> QuerySet[Zone]:
    """Zones of these names that are kept here and were read, by name: those that hold a text, or are called so."""
    found = Zone.objects.filter(domain__in=domains, hosted=True, serial__gt=0)
    if name:
        found = found.filter(domain__unicode_name__icontains=name)
    if holding:
        found = found.annotate(text=Cast("records", TextField())).filter(text__contains=holding)
    return found.select_related("domain__account", "domain__customer__brand").order_by("domain__name")


def families_of(zones: QuerySet[Zone]) -> set[str]:
    """The families of registrars at which these zones are."""
    return set(zones.order_by().values_list("domain__account__family", flat=True).distinct())


def plans_for(
    zones: QuerySet[Zone], transform: Transform, *, most: int = MOST_ZONES
) -> tuple[list[ZonePlan], int]:
    """A plan for each zone that the transformation changes, at most so many, and how many more there are.

    Only the first MOST_LOOKED_AT zones are looked through.

    The transformation gets the records of a zone and its name; None is for a zone that it cannot be applied to.
    """
    found: list[tuple[Domain, Plan]] = []
    more = 0
    for zone in zones[:MOST_LOOKED_AT]:
        rules = zone_rules(zone.domain.account.family)
        if rules is None:
            continue
        now = mirror.records_of(zone)
        wanted = transform(now, zone.domain.name)
        changes = between(now, wanted, zone.domain.name) if wanted is not None else []
        if not changes:
            continue
        if len(found) == most:
            more += 1
            continue
        working = Working(zone, tuple(now), tuple(changes))
        found.append((zone.domain, plan_of(working, rules)))
    busy = _busy([domain for domain, _plan in found])
    return [_judged(domain, plan, domain.subject in busy) for domain, plan in found], more


def start(chosen: ZonePlan, *, actor: User) -> Operation:
    """Plan one zone as it was shown. Raises CannotDo and AlreadyOpen."""
    now = chosen.plan.now
    if chosen.busy:
        raise NotNow("busy")
    return plan_zone(chosen.domain, now.wanted, actor=actor, seen=now.base, base=now.zone.serial)


def _judged(domain: Domain, plan: Plan, busy: bool) -> ZonePlan:
    try:
        at_once = capability(domain.account, domain.tld_name, AT_ONCE).usable
        for method in (AT_ONCE,) if at_once else ONE_BY_ONE:
            require(domain.account, domain.tld_name, method)
        require_changeable(domain)
    except CannotDo as refusal:
        return ZonePlan(domain, plan, refusal, busy)
    return ZonePlan(domain, plan, None, busy)


def _busy(domains: Sequence[Domain]) -> set[str]:
    subjects = [domain.subject for domain in domains]
    return set(
        still_open(Operation.objects.filter(subject__in=subjects, kind=SetZone.name)).values_list(
            "subject", flat=True
        )
    )
