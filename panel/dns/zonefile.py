"""Zone files as RFC 1035 has them and BIND reads them: into records, and back. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import dns.exception
import dns.name
import dns.rdataclass
import dns.rdatatype
import dns.tokenizer
import dns.ttl
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from panel.core import rdata
from panel.dns import zonefile_data
from panel.dns.lint import Level
from panel.dns.records import is_apex_ns, normal
from registrar.types import DnsRecord, RecordType

LARGEST = 1024 * 1024
MOST_RECORDS = 10_000
# Whoever has so much to be told has given us something else than a zone file.
MOST_REMARKS = 1_000
# What the registrar decides is written as this many seconds, under a $TTL that says so and is read back as nobody's.
OPEN_TTL, OPEN_MARK = 3600, "; the registrar's default"

_STOPS = re.compile(r'\\.|[\n"();]', re.DOTALL)
_CODEC = dns.name.IDNA_2008_Practical
_IN = dns.rdataclass.IN


@dataclass(frozen=True, slots=True)
class LineRemark:
    """What is to be said of a line: an error is a line that could not be read, a warning one that was left out."""

    level: Level
    code: str
    text: str | Promise
    line: int
    source: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The remark in the language of who reads it."""
        return str(self.text % self.values) if self.values else str(self.text)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What is in a zone file: records in its order, and what is to be said of its lines."""

    records: tuple[DnsRecord, ...]
    remarks: tuple[LineRemark, ...]

    @property
    def is_whole(self) -> bool:
        """Whether every line could be read."""
        return all(remark.level != Level.ERROR for remark in self.remarks)


class TooLarge(ValueError):
    """The text has more than LARGEST bytes, or more than MOST_RECORDS records."""


class Entry(NamedTuple):
    """What belongs together, on one line or on several in parentheses. `line` counts from 1."""

    line: int
    text: str
    closed: bool = True


class _LineError(Exception):
    """A line that gives no record."""

    def __init__(
        self, code: str, text: str | Promise, *, level: Level = Level.ERROR, **values: object
    ) -> None:
        super().__init__(code)
        self.code, self.text, self.level, self.values = code, text, level, values


def parse(text: str, zone: str) -> Parsed:
    """Read a zone file for `zone` (A-labels, no final dot). Raises TooLarge.

    $ORIGIN and $TTL count; $INCLUDE and $GENERATE are refused. The SOA record and the zone's own nameservers are left
    to the registrar, types that no registrar takes are left out: a remark says so of each line. A record without a
    time to live has that of $TTL, else that of the one above it (RFC 1035), else None.
    """
    if len(text) > LARGEST or len(text.encode("utf-8", "replace")) > LARGEST:
        raise TooLarge
    reader = _Reader(zone)
    for entry in _entries(text.removeprefix("\ufeff").replace("\r\n", "\n")):
        reader.read(entry)
        if len(reader.records) > MOST_RECORDS:
            raise TooLarge
        if len(reader.remarks) == MOST_REMARKS:
            said = _("From here on nothing was read: there is too much to be said of the lines above.")
            reader.remarks.append(LineRemark(Level.ERROR, "stopped", said, entry.line))
            break
    return Parsed(tuple(reader.records), tuple(reader.remarks))


def _entries(text: str) -> Iterator[Entry]:
    """The entries of a file with the line on which each begins."""
    at = begin = 0
    line = first = 1
    depth, quoted = 0, False
    while (found := _STOPS.search(text, at)) is not None:
        mark, at = found[0], found.end()
        if mark == "\n" or mark == "\\\n":
            line += 1
        if mark == '"':
            quoted = not quoted
        elif mark == "\n" and (quoted or depth <= 0):
            yield Entry(first, text[begin : at - 1], not quoted)
            begin, first, depth, quoted = at, line, 0, False
        elif not quoted and mark == ";":
            end = text.find("\n", at)
            at = len(text) if end < 0 else end
        elif not quoted and mark in "()":
            depth += 1 if mark == "(" else -1
    yield Entry(first, text[begin:], not quoted and depth <= 0)


class _Reader:
    """Reads entries one by one and remembers what the next one may leave out."""

    def __init__(self, zone: str) -> None:
        self.zone = zone
        self.records: list[DnsRecord] = []
        self.remarks: list[LineRemark] = []
        self._apex = dns.name.from_text(zone)
        self._origin = self._apex
        self._owner: dns.name.Name | None = None
        self._default: int | None = None
        self._default_is_open = False
        self._last_ttl: int | None = None
        self._seen: set[tuple[str, str, str, int | None]] = set()

    def read(self, entry: Entry) -> None:
        """Take in one entry; what is wrong with it becomes a remark."""
        shown = entry.text.strip()
        if not shown or shown.startswith(";"):
            return
        try:
            if not entry.closed:
                raise _LineError("open", _("A quote or a parenthesis that begins here is not closed."))
            self._take(entry.text)
        except _LineError as error:
            first = shown.splitlines()[0][:200]
            self.remarks.append(
                LineRemark(error.level, error.code, error.text, entry.line, first, error.values)
            )

    def _take(self, text: str) -> None:
        reading = dns.tokenizer.Tokenizer(text, idna_codec=_CODEC)
        try:
            if text.startswith("$"):
                self._directive(reading, text)
            else:
                self._record(reading, inherits=text[0] in " \t")
        except (dns.exception.DNSException, ValueError):
            raise _LineError("unreadable", _("This line cannot be read.")) from None

    def _directive(self, reading: dns.tokenizer.Tokenizer, text: str) -> None:
        word = reading.get().value.upper()
        if word == "$ORIGIN":
            self._origin = reading.get_name(self._origin)
        elif word == "$TTL":
            self._default = reading.get_ttl()
            self._default_is_open = text.rstrip().endswith(OPEN_MARK)
        elif word == "$INCLUDE":
            raise _LineError(
                "include", _("$INCLUDE names another file, which is not here. Paste its lines instead.")
            )
        elif word == "$GENERATE":
            raise _LineError("generate", _("$GENERATE is not read. Write the records out."))
        else:
            raise _LineError("directive", _("Zone files know no %(word)s."), word=word[:20])
        reading.get_eol()

    def _record(self, reading: dns.tokenizer.Tokenizer, *, inherits: bool) -> None:
        if not inherits:
            self._owner = reading.get_name(self._origin)
        if self._owner is None:
            raise _LineError("no_owner", _("The first record has no name."))
        ttl, word = self._before_data(reading)
        if word == "SOA":
            self._soa(reading, ttl)
        if not self._owner.is_subdomain(self._apex):
            name = rdata.host(self._owner)
            raise _LineError("outside", _("%(name)s is not a name in this zone."), name=name)
        if word not in RecordType.__members__:
            raise _unsupported(word)
        self._add(word, ttl, reading)

    def _before_data(self, reading: dns.tokenizer.Tokenizer) -> tuple[int | None, str]:
        """Time to live and class in either order, then the type."""
        ttl: int | None = None
        while True:
            word = reading.get_identifier()
            if word[:1].isdigit():
                ttl = dns.ttl.from_text(word)
                continue
            word = word.upper()
            if word in ("CH", "HS", "CHAOS", "HESIOD"):
                raise _LineError("class", _("Only class IN is served."), level=Level.WARNING)
            if word != "IN":
                break
        if ttl is not None:
            self._last_ttl = ttl
            return ttl, word
        if self._default is not None:
            return (None if self._default_is_open else self._default), word
        return self._last_ttl, word

    def _soa(self, reading: dns.tokenizer.Tokenizer, ttl: int | None) -> None:
        """Left out; where nothing else says so, its last number is everybody's time to live, as in BIND."""
        numbers = zonefile_data.read("SOA", reading, self._origin)
        if ttl is None and self._last_ttl is None:
            self._last_ttl = numbers.minimum
        text = _("The SOA record is the registrar's: left out.")
        raise _LineError("soa", text, level=Level.WARNING)

    def _add(self, word: str, ttl: int | None, reading: dns.tokenizer.Tokenizer) -> None:
        assert self._owner is not None
        try:
            value, priority = zonefile_data.value_of(word, reading, self._origin)
        except (dns.exception.DNSException, ValueError):
            raise _LineError("data", _("This is no %(type)s record."), type=word) from None
        record = DnsRecord(rdata.host(self._owner), RecordType(word), value, ttl, priority)
        if is_apex_ns(record, self.zone):
            text = _("The nameservers of the zone itself are set with the name: left out.")
            raise _LineError("apex_ns", text, level=Level.WARNING)
        mark = (record.name, record.type, record.value, record.priority)
        if mark in self._seen:
            text = _("This record stands further up already: left out.")
            raise _LineError("again", text, level=Level.WARNING)
        self._seen.add(mark)
        self.records.append(record)


def _unsupported(word: str) -> _LineError:
    try:
        dns.rdatatype.from_text(word)
    except (dns.exception.DNSException, ValueError):
        return _LineError("type_unknown", _("%(type)s is no type of record."), type=word[:20])
    text = _("No registrar takes records of type %(type)s: left out.")
    return _LineError("type", text, level=Level.WARNING, type=word)


def write(records: Iterable[DnsRecord], zone: str, *, comment: str = "") -> str:
    """A zone file with these records, those without a time to live of their own after the others.

    It has no SOA record, which is the registrar's. `comment` goes to the top, one line of it per line.
    """
    rows = [normal(record) for record in records]
    lines = [f"; {line}".rstrip() for line in comment.splitlines()]
    lines.append(f"$ORIGIN {zone}.")
    lines += [zonefile_data.line(row, zone) for row in rows if row.ttl is not None]
    left = [zonefile_data.line(row, zone) for row in rows if row.ttl is None]
    if left:
        lines += [f"$TTL {OPEN_TTL} {OPEN_MARK}", *left]
    return "\n".join([*lines, ""])
