"""One change of many zones: a plan for each of them, and starting those that a person chose."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from panel.dns import mirror
from panel.dns.drafts import Working
from panel.dns.merging import between
from panel.dns.models import Zone
from panel.dns.operations import AT_ONCE, ONE_BY_ONE, plan_zone
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
MOST_ZONES = 25
# What is looked through for one page: so many zones, of which the last one passes so many records.
MOST_LOOKED_AT, MOST_RECORDS = 2_000, 100_000
# Zones that are read at once.
CHUNK = 100

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


@dataclass(frozen=True, slots=True)
class Found:
    """What a change of many zones would do to the first ones that it changes.

    `more`: how many may come after them, which nobody has looked at yet. `narrow`: there were too many to look through.
    """

    plans: list[ZonePlan]
    more: int
    narrow: bool


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


def plans_for(zones: QuerySet[Zone], transform: Transform, *, most: int = MOST_ZONES) -> Found:
    """A plan for each zone that the transformation changes, at most so many; none after these is read.

    The transformation gets the records of a zone and its name; None is for a zone that it cannot be applied to.
    """
    keys = list(zones.values_list("pk", flat=True)[: MOST_LOOKED_AT + 1])
    found: list[tuple[Domain, Plan]] = []
    looked_at = size = 0
    for zone in _read(zones, keys[:MOST_LOOKED_AT]):
        if len(found) == most or size > MOST_RECORDS:
            break
        looked_at, size = looked_at + 1, size + len(zone.records)
        rules = zone_rules(zone.domain.account.family)
        if rules is None:
            continue
        now = mirror.records_of(zone)
        wanted = transform(now, zone.domain.name)
        changes = between(now, wanted, zone.domain.name) if wanted is not None else []
        if not changes:
            continue
        working = Working(zone, tuple(now), tuple(changes))
        found.append((zone.domain, plan_of(working, rules)))
    busy = _busy([domain for domain, _plan in found])
    left = len(keys) - looked_at
    is_full = len(found) == most
    return Found(
        [_judged(domain, plan, domain.subject in busy) for domain, plan in found],
        more=left if is_full else 0,
        narrow=len(keys) > MOST_LOOKED_AT or (left > 0 and not is_full),
    )


def _read(zones: QuerySet[Zone], keys: Sequence[int]) -> Iterator[Zone]:
    """These zones in their order, so many at a time: all of them with their records would be much to hold."""
    for start in range(0, len(keys), CHUNK):
        yield from zones.filter(pk__in=keys[start : start + CHUNK])


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
        still_open(Operation.objects.filter(subject__in=subjects, kind__in=mirror.OURS)).values_list(
            "subject", flat=True
        )
    )
