"""The data of one record in a zone file, read with dnspython and written so that every other program reads it."""

from __future__ import annotations

from typing import Any

import dns.name
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import dns.tokenizer

from panel.core import rdata
from panel.dns.records import HOSTS
from registrar.types import DnsRecord, RecordType

# A text is sent in pieces of at most so many bytes (RFC 1035, 3.3).
PIECE = 255
DEFAULT_PRIORITY = 10


def read(word: str, reading: dns.tokenizer.Tokenizer, origin: dns.name.Name) -> Any:
    """The rest of a line as data of that type. Raises dns.exception.DNSException."""
    kind = dns.rdatatype.from_text(word)
    return dns.rdata.from_text(dns.rdataclass.IN, kind, reading, origin, relativize=False)


def value_of(word: str, reading: dns.tokenizer.Tokenizer, origin: dns.name.Name) -> tuple[str, int | None]:
    """Value and priority as records have them. Raises dns.exception.DNSException and ValueError."""
    kind = RecordType(word)
    if kind == RecordType.ANAME:
        # Registrars have it, dnspython does not.
        target = reading.get_name(origin)
        reading.get_eol()
        return rdata.host(target), None
    value, priority = rdata.value_of(read(word, reading, origin))
    if kind == RecordType.CAA and value.count('"') > 2:
        raise ValueError("a quote inside the value of a CAA record")
    return value, priority


def line(record: DnsRecord, zone: str) -> str:
    """A record, as normal() writes it, on one line; its name is relative to the zone."""
    name = "@" if record.name == zone else record.name.removesuffix(f".{zone}")
    if name == record.name and name != "@":
        name += "."
    ttl = "" if record.ttl is None else f"{record.ttl} "
    return f"{name:<20} {ttl}IN {record.type:<5} {_data(record)}"


def _data(record: DnsRecord) -> str:
    value = record.value
    if record.type == RecordType.TXT:
        data = value.encode("utf-8")
        pieces = [data[start : start + PIECE] for start in range(0, len(data), PIECE)] or [b""]
        return " ".join(map(_quoted, pieces))
    if record.type == RecordType.CAA:
        flags, tag, text = [*value.split(None, 2), "", ""][:3]
        text = text[1:-1] if len(text) > 1 and text[0] == text[-1] == '"' else text
        return f"{flags} {tag} {_quoted(text.encode('utf-8'))}"
    if record.type in HOSTS:
        value = value if value.endswith(".") else f"{value}."
    if record.type in (RecordType.MX, RecordType.SRV):
        return f"{DEFAULT_PRIORITY if record.priority is None else record.priority} {value}"
    return value


def _quoted(data: bytes) -> str:
    """Bytes between quotes, those that are no letters of ASCII as \\DDD."""
    letters = (
        f"\\{chr(byte)}" if byte in b'"\\' else chr(byte) if 32 <= byte < 127 else f"\\{byte:03d}"
        for byte in data
    )
    return f'"{"".join(letters)}"'
