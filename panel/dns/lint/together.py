"""What records must be to each other: at one name, as a set, and as names that point to names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from panel.dns.lint import mail
from panel.dns.lint.remark import Level, Remark, Row
from registrar.types import RecordType

LOCATED = frozenset({RecordType.A, RecordType.AAAA, RecordType.ANAME})
POINTING = frozenset({RecordType.ANAME, RecordType.CNAME, RecordType.MX, RecordType.NS, RecordType.SRV})


class Zone:
    """A zone's rows, by what they are looked up by."""

    def __init__(self, rows: Iterable[Row], name: str) -> None:
        self.name = name
        self.rows = list(rows)
        self.by_name: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows:
            self.by_name[row.name].append(row)
        self.delegations = {
            (row.name, row.target) for row in self.rows if row.type == RecordType.NS and row.name != name
        }
        self.cuts = {name for name, _target in self.delegations}

    @cached_property
    def kinds(self) -> dict[str, frozenset[RecordType]]:
        """The types that each name has. What there was before a change is mostly never asked."""
        return {name: frozenset(row.type for row in rows) for name, rows in self.by_name.items()}

    @cached_property
    def _nodes(self) -> set[str]:
        """Every name that exists, those between a record and the apex too."""
        found: set[str] = set()
        for name in self.by_name:
            while name not in found and name.endswith("." + self.name):
                found.add(name)
                name = name.partition(".")[2]
        return found | {self.name}

    def holds(self, name: str) -> bool:
        """Whether a name is this zone's to answer for, as far as its spelling tells."""
        return name == self.name or name.endswith("." + self.name)

    def cut_above(self, name: str) -> str:
        """The delegated name at or above a name, "" for none."""
        while self.cuts and len(name) > len(self.name):
            if name in self.cuts:
                return name
            name = name.partition(".")[2]
        return ""

    @cached_property
    def loops(self) -> set[str]:
        """Names whose CNAME leads back to themselves."""
        aliases = {row.name: row.target for row in self.rows if row.type == RecordType.CNAME}
        done: set[str] = set()
        found: set[str] = set()
        for start in aliases:
            path: dict[str, None] = {}
            name = start
            while name in aliases and name not in done and name not in path:
                path[name] = None
                name = aliases[name]
            if name in path:
                names = list(path)
                found.update(names[names.index(name) :])
            done.update(path)
        return found

    def answer(self, name: str) -> frozenset[RecordType]:
        """The types that are there for a name, those of a wildcard included."""
        if name in self.kinds:
            return self.kinds[name]
        while name not in self._nodes and "." in name:
            name = name.partition(".")[2]
            if name in self._nodes:
                return self.kinds.get(f"*.{name}", frozenset())
        return frozenset()


def remarks(zone: Zone, names: Container[str] | None = None) -> Iterator[Remark]:
    """What is wrong among the rows of a zone; at these names only, where some are given."""
    for name, rows in zone.by_name.items():
        if names is not None and name not in names:
            continue
        if len(rows) > 1 or name == zone.name:
            yield from _at_one_name(name, rows, zone)
        for row in rows:
            if row.type in POINTING:
                yield from _pointing(row, zone)
            if zone.cuts:
                yield from _delegated(row, zone)


def _at_one_name(name: str, rows: list[Row], zone: Zone) -> Iterator[Remark]:
    sets: dict[RecordType, list[Row]] = defaultdict(list)
    for row in rows:
        sets[row.type].append(row)
    if RecordType.CNAME in sets:
        first = sets[RecordType.CNAME][0]
        if name == zone.name:
            text = _("The domain itself cannot be a CNAME: its zone has other records there.")
            yield _error("cname_apex", text, first)
        elif len(rows) > 1:
            text = _("%(name)s is a CNAME, which stands alone: no other record can have that name.")
            yield _error("cname_beside", text, first, name=name)
    elif RecordType.ANAME in sets and sum(len(sets.get(kind, ())) for kind in LOCATED) > 1:
        text = _("%(name)s has an ANAME, so it cannot have addresses or another ANAME.")
        yield _error("aname_beside", text, sets[RecordType.ANAME][0], name=name)
    for kind, members in sets.items():
        if len(members) > 1:
            yield from _in_a_set(name, kind, members)


def _in_a_set(name: str, kind: RecordType, rows: list[Row]) -> Iterator[Remark]:
    seen: set[tuple[str, int | None]] = set()
    for row in rows:
        # The same host may be there with several priorities in SRV only.
        mark = (row.value, row.record.priority if kind == RecordType.SRV else None)
        if mark in seen:
            yield _error(
                "duplicate", _("This record is there twice: %(name)s %(type)s."), row, name=name, type=kind
            )
        seen.add(mark)
    if len({row.record.ttl for row in rows if row.record.ttl is not None}) > 1:
        text = _("The %(type)s records of %(name)s have different times to live; they are served with one.")
        yield Remark(Level.WARNING, "ttl_spread", text, name, rows[0].record, {"type": kind, "name": name})
    if kind == RecordType.MX and any(row.target == "." for row in rows):
        text = _("An MX of a single dot says that %(name)s takes no mail. It stands alone.")
        yield _error("null_mx", text, rows[0], name=name)
    if kind == RecordType.TXT:
        for code, is_one, text in (
            (
                "two_spf",
                mail.is_spf,
                _("%(name)s has two SPF texts. Mail servers then heed neither: join them."),
            ),
            ("two_dmarc", mail.is_dmarc, _("%(name)s has two DMARC texts. Mail servers then heed neither.")),
        ):
            found = [row for row in rows if is_one(row.value)]
            if len(found) > 1:
                yield _error(code, text, found[1], name=name)


def _pointing(row: Row, zone: Zone) -> Iterator[Remark]:
    target = row.target
    if target == "." or not zone.holds(target):
        return
    cut = zone.cut_above(target)
    if cut and row.type == RecordType.NS and row.name == cut:
        if not zone.kinds.get(target, frozenset()) & LOCATED:
            text = _("%(target)s is below the name that it serves, so the zone needs its address (glue).")
            yield _warning("glue", text, row, target=target)
        return
    if cut:
        return
    if row.type == RecordType.CNAME and row.name in zone.loops:
        yield _error("cname_loop", _("%(name)s leads back to itself."), row, name=row.name)
        return
    found = zone.answer(target)
    if row.type == RecordType.CNAME:
        if not found:
            yield _dangling(row, target)
        return
    if RecordType.CNAME in found:
        if row.type != RecordType.ANAME:
            level = Level.ERROR if row.type == RecordType.NS else Level.WARNING
            text = _(
                "The %(type)s record of %(name)s points to %(target)s, a CNAME. It needs a name with an address."
            )
            values = {"type": row.type, "name": row.name, "target": target}
            yield Remark(level, f"{row.type.lower()}_cname", text, row.name, row.record, values)
    elif not found & LOCATED:
        yield _dangling(row, target)


def _dangling(row: Row, target: str) -> Remark:
    text = _("%(name)s points to %(target)s, which is not in this zone.")
    return _warning("dangling", text, row, name=row.name, target=target)


def _delegated(row: Row, zone: Zone) -> Iterator[Remark]:
    cut = zone.cut_above(row.name)
    if not cut or (row.name == cut and row.type == RecordType.NS):
        return
    if row.type in LOCATED and (cut, row.name) in zone.delegations:
        return
    text = _("%(cut)s is delegated to other nameservers, so this record is not served.")
    yield _warning("occluded", text, row, cut=cut)


def _error(code: str, text: str | Promise, row: Row, **values: object) -> Remark:
    return Remark(Level.ERROR, code, text, row.name, row.record, values)


def _warning(code: str, text: str | Promise, row: Row, **values: object) -> Remark:
    return Remark(Level.WARNING, code, text, row.name, row.record, values)
