"""What the world is told: "accepted" by the registrar is not yet "served" by the nameservers that are asked.

After a change of a zone its nameservers are asked, by a worker, for the sets that it was about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import structlog
from django.db import transaction

from panel.dns import mirror, records
from panel.dns.answering import answering
from panel.dns.models import Version, Zone
from panel.dns.operations import SetZone
from panel.domain.asking import checks
from panel.domain.asking.checks import AskedSet, Purpose
from panel.domain.asking.models import NameserverCheck
from panel.domain.models import Domain
from panel.operation.models import Operation
from panel.operation.states import State
from panel.people.models import User
from registrar.types import DnsRecord, RecordType

log = structlog.get_logger(__name__)

# What a sample of a zone begins with: where most of what people notice is.
_FIRST = (RecordType.A, RecordType.AAAA, RecordType.MX, RecordType.CNAME, RecordType.TXT)
# It is served as addresses, whatever it points to.
_NEVER = frozenset({RecordType.ANAME})
_WITH_PRIORITY = frozenset({RecordType.MX, RecordType.SRV})

Sets = dict[tuple[str, RecordType], list[DnsRecord]]


class NotAsked(LookupError):
    """Nobody can be asked. `reason`: "servers" (none are known), "elsewhere" (they are not those of this zone)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def sets_between(before: Iterable[DnsRecord], after: Iterable[DnsRecord]) -> list[AskedSet]:
    """The sets that a change is about, in reading order.

    Where there is none, a wildcard may answer: then that is what is expected. What is answered alike before and after
    tells nothing, and is left out.
    """
    before, after = list(before), list(after)
    was, will = _by_set(before), _by_set(after)
    resolved = {records.normal(row).name for row in (*before, *after) if row.type == RecordType.ANAME}
    nodes_was, nodes_will = _nodes(was), _nodes(will)
    found = []
    for place in sorted({*was, *will}, key=lambda item: _place(item, was, will)):
        name, kind = place
        if name in resolved and kind in records.ADDRESSES:
            # What an ANAME stands for is told as addresses that nobody here knows.
            continue
        old, new = _answered(place, was, nodes_was), _answered(place, will, nodes_will)
        times = {record.ttl for record in will.get(place, ())}
        if old != new:
            found.append(AskedSet(name, kind.value, old, new))
        elif place in was and len(times) == 1 and not times & {None, *(row.ttl for row in was[place])}:
            found.append(AskedSet(name, kind.value, old, new, next(iter(times))))
    return found


def sample(rows: Iterable[DnsRecord], zone: str) -> list[AskedSet]:
    """Some sets of a zone as it is, those that people notice first."""
    sets = _by_set(rows)

    def weight(place: tuple[str, RecordType]) -> tuple[int, int]:
        name, kind = place
        kinds = _FIRST.index(kind) if kind in _FIRST else len(_FIRST)
        return (0 if name == zone else 1 if name == f"www.{zone}" else 2), kinds

    chosen = sorted(sets, key=weight)[: checks.MOST_SETS]
    values = {place: _values(sets[place]) for place in chosen}
    return [AskedSet(name, kind.value, values[name, kind], values[name, kind]) for name, kind in chosen]


def check_zone(domain: Domain, zone: Zone, *, actor: User | None) -> NameserverCheck:
    """Have the name's nameservers asked for its zone: for what its last version changed, or for a sample of it.

    Raises NotAsked.
    """
    _require_servers(domain, zone)
    now = mirror.records_of(zone)
    last = zone.versions.filter(number=zone.serial, source=Version.Source.APPLIED).first()
    before = zone.versions.filter(number=zone.serial - 1).first() if last is not None else None
    changed = sets_between(mirror.records_of(before), now) if before is not None else []
    sets = changed or sample(now, domain.name)
    about = f"version {zone.serial}" if changed else ""
    return checks.begin(domain, Purpose.SERVED, domain.nameservers, sets, actor=actor, about=about)


def follow(operation: Operation) -> None:
    """A change of a zone that has been made: have it looked for. Runs in the transaction that ends it.

    Whatever goes wrong with merely looking must not keep the change from ending.
    """
    if operation.kind != SetZone.name or operation.state != State.SUCCEEDED:
        return
    version = Version.objects.filter(operation=operation).select_related("zone__domain__account").first()
    if version is None:
        return
    try:
        with transaction.atomic():
            check_zone(version.zone.domain, version.zone, actor=operation.actor)
    except NotAsked:
        return
    except Exception:
        log.exception("served_not_asked", zone=str(version.zone))


def _require_servers(domain: Domain, zone: Zone) -> None:
    if not domain.nameservers:
        raise NotAsked("servers")
    if answering(domain, zone).here is False:
        raise NotAsked("elsewhere")


def _by_set(rows: Iterable[DnsRecord]) -> Sets:
    found: Sets = defaultdict(list)
    for record in map(records.normal, rows):
        if record.type not in _NEVER:
            found[record.name, record.type].append(record)
    return found


def _place(place: tuple[str, RecordType], was: Sets, will: Sets) -> tuple[object, ...]:
    return tuple(records.place_of((will.get(place) or was[place])[0]))


def _nodes(sets: Sets) -> set[str]:
    """Every name that exists, with all that is above it."""
    found: set[str] = set()
    for name, _kind in sets:
        while name and name not in found:
            found.add(name)
            name = name.partition(".")[2]
    return found


def _answered(place: tuple[str, RecordType], sets: Sets, nodes: set[str]) -> tuple[str, ...]:
    """What a server of the zone says of a set: the set itself, that of a wildcard, or nothing."""
    name, kind = place
    if name not in nodes:
        while name and name not in nodes:
            name = name.partition(".")[2]
        name = f"*.{name}"
    return _values(sets.get((name, kind), ()))


def _values(rows: Sequence[DnsRecord]) -> tuple[str, ...]:
    """The values of a set as `panel.core.nameservers.Reply` has them."""
    return tuple(sorted(map(_value, rows)))


def _value(record: DnsRecord) -> str:
    if record.type in _WITH_PRIORITY:
        return f"{10 if record.priority is None else record.priority} {record.value}"
    return record.value
