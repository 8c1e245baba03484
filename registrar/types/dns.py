"""The zone of a domain, where the registrar hosts it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RecordType(StrEnum):
    """Types of records that at least one family knows. Which of them a family takes, its DnsModule says."""

    A = "A"
    AAAA = "AAAA"
    ANAME = "ANAME"
    CAA = "CAA"
    CNAME = "CNAME"
    MX = "MX"
    NS = "NS"
    SRV = "SRV"
    TXT = "TXT"


@dataclass(frozen=True, slots=True)
class DnsRecord:
    """One record.

    `name` is the full name in A-labels without a final dot; the zone's apex is the domain itself, a wildcard
    begins with "*.". `value` is the presentation form without priority: a host without a final dot for CNAME,
    MX, NS and ANAME, "weight port host" for SRV, 'flag tag "value"' for CAA, the plain text for TXT. `ttl` is
    in seconds; None, as for `priority`, is the registrar's default. `identifier` is the registrar's own, empty
    where it has none.
    """

    name: str
    type: RecordType
    value: str
    ttl: int | None = None
    priority: int | None = None
    identifier: str = ""


@dataclass(frozen=True, slots=True)
class SoaTimes:
    """The times of a zone's SOA record, in seconds."""

    ttl: int
    refresh: int
    retry: int
    expire: int
    minimum: int
