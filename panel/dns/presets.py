"""Record templates: what a website, mail or a provider needs in a zone, and how it goes together with what is there.

Pure functions. Values of providers are those that they publish for everybody; what is personal is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from panel.dns import records
from panel.dns.lint.mail import is_dmarc, is_spf
from registrar.types import DnsRecord, RecordType

# Of a name that has several of these, only one answer makes sense: a template puts its own in their place.
_EXCLUSIVE = frozenset({RecordType.A, RecordType.AAAA, RecordType.ANAME, RecordType.CNAME, RecordType.MX})


@dataclass(frozen=True, slots=True)
class Line:
    """A record of a template. `name` is relative ("@" the apex); both it and `value` may hold {fields} and {zone}.

    A line with an empty field is left out.
    """

    name: str
    type: RecordType
    value: str
    priority: int | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """What a template asks for. `kind`: ipv4, ipv6, host, text, label or email."""

    name: str
    label: str | Promise
    kind: str
    example: str = ""
    required: bool = True


@dataclass(frozen=True, slots=True)
class Preset:
    """A template.

    `clears` are sets (relative name, type) that go even where the template has none of them. `spf` is a mechanism
    that joins the SPF text that is there, or begins one ended by `spf_end`; `spf_whole` replaces it.
    """

    slug: str
    group: str
    title: str | Promise
    text: str | Promise
    lines: tuple[Line, ...] = ()
    fields: tuple[Field, ...] = ()
    clears: tuple[tuple[str, RecordType], ...] = ()
    spf: str = ""
    spf_end: str = "~all"
    spf_whole: str = ""

    @property
    def is_personal(self) -> bool:
        """Whether it asks for what is different for every zone, so that it is of no use to many at once."""
        return any(field.kind in ("text", "host") for field in self.fields)

    @property
    def types(self) -> frozenset[RecordType]:
        """The types of its records: a registrar has to take all of them."""
        return frozenset(line.type for line in self.lines)


@dataclass(frozen=True, slots=True)
class Applied:
    """What a template makes of a zone: all of its records then, and what of it comes, goes and is joined."""

    wanted: tuple[DnsRecord, ...]
    added: tuple[DnsRecord, ...]
    replaced: tuple[DnsRecord, ...]
    there: tuple[DnsRecord, ...]


def apply(preset: Preset, values: Mapping[str, str], current: Sequence[DnsRecord], zone: str) -> Applied:
    """The zone `current` with a template in it.

    What only makes sense once is replaced: addresses, aliases and mail servers of the names that the template is about.
    SPF texts are joined, a DMARC text that is there stays, everything else is added. Nothing is there twice.
    """
    now = list(map(records.normal, current))
    coming = [records.normal(row) for row in _rows(preset, values, zone)]
    said = {_says(row) for row in now}
    there = [row for row in coming if _says(row) in said]
    added = [row for row in coming if _says(row) not in said]
    if any(is_dmarc(row.value) and row.type == RecordType.TXT for row in now):
        names = {row.name for row in now if row.type == RecordType.TXT and is_dmarc(row.value)}
        added = [row for row in added if not (is_dmarc(row.value) and row.name in names)]
    staying: list[DnsRecord] = []
    replaced: list[DnsRecord] = []
    kept = {_says(row) for row in coming}
    for row in now:
        out = _says(row) not in kept and _gives_way(row, coming, preset, zone)
        (replaced if out else staying).append(row)
    spf = _spf(preset, [row for row in staying if row.type == RecordType.TXT and row.name == zone])
    if spf is not None:
        old, new = spf
        staying = [row for row in staying if row not in old]
        replaced += old
        added.append(DnsRecord(zone, RecordType.TXT, new, old[0].ttl if old else None))
    return Applied((*staying, *added), tuple(added), tuple(replaced), tuple(there))


def _rows(preset: Preset, values: Mapping[str, str], zone: str) -> Iterable[DnsRecord]:
    words = {**values, "zone": zone}
    for line in preset.lines:
        needed = [field.name for field in preset.fields if f"{{{field.name}}}" in line.name + line.value]
        if any(not values.get(name) for name in needed):
            continue
        name = line.name.format(**words)
        full = zone if name == "@" else f"{name}.{zone}"
        yield DnsRecord(full, line.type, line.value.format(**words), None, line.priority)


def _says(row: DnsRecord) -> tuple[str, str, str, int | None]:
    return row.name, row.type, row.value, row.priority if row.type == RecordType.MX else None


def _gives_way(row: DnsRecord, coming: Sequence[DnsRecord], preset: Preset, zone: str) -> bool:
    """Whether a record that is there cannot stay beside those that come."""
    if records.is_apex_ns(row, zone):
        return False
    for name, kind in preset.clears:
        if row.type == kind and row.name == (zone if name == "@" else f"{name}.{zone}"):
            return True
    for other in coming:
        if other.name != row.name:
            continue
        if RecordType.CNAME in (row.type, other.type):
            return True
        if row.type == other.type and row.type in _EXCLUSIVE:
            return True
        if RecordType.ANAME in (row.type, other.type) and {row.type, other.type} <= _EXCLUSIVE - {
            RecordType.MX
        }:
            return True
    return False


def _spf(preset: Preset, texts: Sequence[DnsRecord]) -> tuple[list[DnsRecord], str] | None:
    """The SPF texts that go and the one that comes; None where nothing changes."""
    old = [row for row in texts if is_spf(row.value)]
    if preset.spf_whole:
        new = preset.spf_whole
    elif not preset.spf:
        return None
    elif not old:
        new = f"v=spf1 {preset.spf} {preset.spf_end}"
    else:
        new = joined(old[0].value, preset.spf)
    if [row.value for row in old] == [new]:
        return None
    return old, new


def joined(text: str, mechanism: str) -> str:
    """An SPF text with one mechanism more, before what ends it."""
    terms = text.split()
    if mechanism.lower() in (term.lower() for term in terms):
        return text
    ends = [
        number
        for number, term in enumerate(terms)
        if term.lstrip("+-~?").lower() == "all" or term.lower().startswith("redirect=")
    ]
    place = ends[0] if ends else len(terms)
    return " ".join([*terms[:place], mechanism, *terms[place:]])
