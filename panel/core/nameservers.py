"""Questions to nameservers: the one place of the panel that sends them. Workers ask, never a page's request."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

import dns.edns
import dns.exception
import dns.flags
import dns.message
import dns.query
import dns.rcode
import dns.rdatatype
import dns.resolver
from django.conf import settings

from panel.core import rdata

PORT = 53
# Seconds for each of UDP and TCP, and for finding out where a nameserver is.
UDP_SECONDS, TCP_SECONDS, RESOLVE_SECONDS = 2.0, 3.0, 4.0
PAYLOAD = 1232
# The sandbox plays every nameserver on one port: the question names the one that is meant (EDNS, for local use).
SERVER_OPTION = dns.edns.OptionType.make(65001)

Address = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Reply:
    """What a nameserver said of a name and a type.

    `rcode` is its word ("NOERROR", "NXDOMAIN", "REFUSED"), `authoritative` whether it speaks for the zone itself.
    `values` are those of the set, sorted, MX and SRV with their priority before them; `ttl` is the set's, in seconds.
    """

    rcode: str
    authoritative: bool
    values: tuple[str, ...] = ()
    ttl: int | None = None

    @property
    def is_of_the_zone(self) -> bool:
        """Whether it is an answer of a server that has the zone, be it that there is no such record."""
        return self.authoritative and self.rcode in ("NOERROR", "NXDOMAIN")


class NoAnswer(Exception):
    """It did not answer. `reason`: "unknown" (it has no address), "private" (none that may be asked), "silent"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def ask(server: str, name: str, kind: str, *, at: Address | None = None) -> Reply:
    """Ask a nameserver, by its host name, for a set: over UDP, and over TCP where that is cut or gets no answer.

    `at` is where the sandbox plays it, on a development machine only. Raises NoAnswer.
    """
    query = dns.message.make_query(name, kind, use_edns=0, payload=PAYLOAD, flags=dns.flags.Flag(0))
    if at is not None:
        if not settings.SANDBOX_ALLOWED:
            raise NoAnswer("private")
        query.use_edns(0, payload=PAYLOAD, options=[dns.edns.GenericOption(SERVER_OPTION, server.encode())])
        addresses: list[Address] = [at]
    else:
        addresses = [(address, PORT) for address in addresses_of(server)]
    for address in addresses:
        found = _exchanged(query, address)
        if found is not None:
            return _read(found, kind)
    raise NoAnswer("silent")


def addresses_of(server: str) -> list[str]:
    """Where a nameserver is: an address of each family, IPv4 first. Raises NoAnswer.

    Whoever may name nameservers must not have us talk to machines inside our own network.
    """
    found: list[str] = []
    for kind in ("A", "AAAA"):
        try:
            answer = dns.resolver.resolve(server, kind, lifetime=RESOLVE_SECONDS, search=False)
        except (dns.exception.DNSException, OSError):
            continue
        found += [data.address for data in answer][:1]
    if not found:
        raise NoAnswer("unknown")
    public = [address for address in found if ipaddress.ip_address(address).is_global]
    if not public:
        raise NoAnswer("private")
    return public


def _exchanged(query: dns.message.Message, address: Address) -> dns.message.Message | None:
    host, port = address
    try:
        return dns.query.udp(
            query,
            host,
            UDP_SECONDS,
            port,
            ignore_unexpected=True,
            raise_on_truncation=True,
            ignore_errors=True,
        )
    except (dns.exception.DNSException, OSError):
        # Cut, lost or not understood: the other way tells.
        pass
    try:
        return dns.query.tcp(query, host, TCP_SECONDS, port)
    except (dns.exception.DNSException, OSError, EOFError):
        return None


def _read(reply: dns.message.Message, kind: str) -> Reply:
    authoritative = bool(reply.flags & dns.flags.AA)
    question = reply.question[0] if reply.question else None
    wanted = dns.rdatatype.from_text(kind)
    for rrset in reply.answer:
        if question is not None and rrset.name == question.name and rrset.rdtype == wanted:
            values = tuple(sorted(_told(data) for data in rrset))
            return Reply(dns.rcode.to_text(reply.rcode()), authoritative, values, rrset.ttl)
    return Reply(dns.rcode.to_text(reply.rcode()), authoritative)


def _told(data: object) -> str:
    try:
        value, priority = rdata.value_of(data)
    except ValueError:
        return str(data)
    return value if priority is None else f"{priority} {value}"
