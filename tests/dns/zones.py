"""Records of a zone that tests of pure functions share."""

from __future__ import annotations

from registrar.types import DnsRecord, RecordType

ZONE = "lamps.example"


def record(name: str, type: str, value: str, ttl: int | None = 300, priority: int | None = None) -> DnsRecord:
    """A record by its name relative to the zone, "@" for the apex."""
    full = ZONE if name == "@" else f"{name}.{ZONE}"
    return DnsRecord(full, RecordType(type), value, ttl, priority)


SOUND = [
    record("@", "A", "203.0.113.5"),
    record("@", "AAAA", "2001:db8::5"),
    record("@", "NS", "ns1.else.example"),
    record("@", "NS", "ns2.else.example"),
    record("@", "MX", f"mail.{ZONE}", priority=10),
    record("@", "TXT", "v=spf1 mx include:else.example -all"),
    record("@", "CAA", '0 issue "ca.example.net"'),
    record("_dmarc", "TXT", "v=DMARC1; p=reject; rua=mailto:post@lamps.example"),
    record("key._domainkey", "TXT", "v=DKIM1; k=rsa; p=MIGfMA0="),
    record("mail", "A", "203.0.113.6"),
    record("www", "CNAME", ZONE),
    record("*.shop", "A", "203.0.113.7"),
    record("_sip._tcp", "SRV", f"5 5060 mail.{ZONE}", priority=0),
    record("branch", "NS", f"ns.branch.{ZONE}"),
    record("ns.branch", "A", "203.0.113.8"),
]
