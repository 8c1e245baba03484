"""From a question's bytes to the answer's (RFC 1035), for every nameserver that the world has."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable

import dns.edns
import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.opcode
import dns.rcode
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import dns.rrset
from dns.rdtypes.ANY.TXT import TXT

from registrar.sandbox.clock import iso
from registrar.sandbox.nameserver.publishing import Publisher, State
from registrar.sandbox.nameserver.zone import Record

# An option for local use (RFC 6891, 9) in which a question may name the nameserver that is meant.
SERVER_OPTION = 65001
UDP_SIZE, LEAST_UDP_SIZE, TCP_SIZE = 1232, 512, 65535
LONGEST_CHAIN = 8
IN = dns.rdataclass.IN
Rcode = dns.rcode.Rcode


class Answerer:
    """Answers questions from what a Publisher shows."""

    def __init__(self, publisher: Publisher) -> None:
        self._publisher = publisher

    def answer(self, wire: bytes, *, over_tcp: bool) -> bytes | None:
        """The answer's bytes; None where there is none: a nameserver that is silent, or bytes that are no question."""
        try:
            query = dns.message.from_wire(wire)
            if query.flags & dns.flags.QR:
                return None
            reply = dns.message.make_response(query, our_payload=UDP_SIZE)
        except (dns.exception.DNSException, ValueError):
            return None
        server = _server_meant(query)
        world = self._publisher.world
        with world.lock:
            world.tick()
            mood = self._publisher.mood(server)
            self._fill(query, reply, server, mood)
            asked = query.question[0].to_text() if query.question else "nothing"
            outcome = mood if mood == "silent" else dns.rcode.to_text(reply.rcode())
            row = {"clock": iso(world.clock.now()), "family": "dns", "method": "tcp" if over_tcp else "udp"}
            world.requests.add({**row, "action": asked, "outcome": outcome, "server": server})
        if mood == "silent":
            return None
        most = TCP_SIZE if over_tcp else max(LEAST_UDP_SIZE, min(query.payload, UDP_SIZE))
        return _fit(reply, most)

    def _fill(self, query: dns.message.Message, reply: dns.message.Message, server: str, mood: str) -> None:
        if query.opcode() != dns.opcode.QUERY:
            reply.set_rcode(Rcode.NOTIMP)
        elif len(query.question) != 1:
            reply.set_rcode(Rcode.FORMERR)
        elif mood == "servfail":
            reply.set_rcode(Rcode.SERVFAIL)
        else:
            question = query.question[0]
            name = question.name.to_text(omit_final_dot=True).lower()
            state = self._publisher.serving(name, server)
            if mood == "refused" or state is None or question.rdclass != IN:
                reply.set_rcode(Rcode.REFUSED)
            else:
                _Walk(state, reply).go(name, dns.rdatatype.to_text(question.rdtype))


class _Walk:
    """One question's way through a zone."""

    def __init__(self, state: State, reply: dns.message.Message) -> None:
        self._zone, self._serial, self._reply = state.zone, state.serial, reply

    def go(self, name: str, kind: str) -> None:
        self._reply.flags |= dns.flags.AA
        for _step in range(LONGEST_CHAIN):
            cut = self._zone.cut(name)
            if cut and not (name == cut and kind == "DS"):
                self._refer(cut)
                return
            rows = self._zone.at(name) or ([] if self._zone.exists(name) else self._zone.wildcard(name))
            if not rows and not self._zone.exists(name):
                self._reply.set_rcode(Rcode.NXDOMAIN)
            alias = next((row for row in rows if row.type == "CNAME"), None)
            if alias is None or kind in ("CNAME", "ANY"):
                self._answer(name, kind, rows)
                return
            self._put(self._reply.answer, name, [alias])
            name = alias.value
            if name != self._zone.name and not name.endswith(f".{self._zone.name}"):
                return

    def _answer(self, name: str, kind: str, rows: list[Record]) -> None:
        has_soa = name == self._zone.name and kind in ("SOA", "ANY")
        if has_soa:
            self._reply.answer.append(self._soa())
        found = [row for row in rows if kind in (row.type, "ANY") and row.type != "ANAME"]
        if kind in ("A", "AAAA"):
            found += [self._resolved(row) for row in rows if row.type == "ANAME" and kind == "A"]
        self._put(self._reply.answer, name, found)
        if not found and not has_soa:
            self._reply.authority.append(self._soa(self._zone.soa["minimum"]))
        for row in found:
            if row.type in ("NS", "MX", "SRV"):
                self._add_addresses(row.value.split(" ")[-1])

    def _resolved(self, row: Record) -> Record:
        """What an ANAME stands for: an address of its target, which is looked for in this zone only."""
        inside = next((other.value for other in self._zone.at(row.value) if other.type == "A"), "")
        return row._replace(
            type="A", value=inside or f"198.51.100.{zlib.crc32(row.value.encode()) % 254 + 1}"
        )

    def _refer(self, cut: str) -> None:
        if not self._reply.answer:
            self._reply.flags &= ~dns.flags.AA
        rows = [row for row in self._zone.at(cut) if row.type == "NS"]
        self._put(self._reply.authority, cut, rows)
        for row in rows:
            self._add_addresses(row.value)

    def _add_addresses(self, host: str) -> None:
        rows = [row for row in self._zone.at(host) if row.type in ("A", "AAAA")]
        self._put(self._reply.additional, host, rows)

    def _soa(self, ttl: int | None = None) -> dns.rrset.RRset:
        times, server = self._zone.soa, self._zone.servers[0]
        text = f"{server}. hostmaster.{self._zone.name}. {self._serial}"
        text += "".join(f" {times[word]}" for word in ("refresh", "retry", "expire", "minimum"))
        return dns.rrset.from_text(
            f"{self._zone.name}.", times["ttl"] if ttl is None else ttl, "IN", "SOA", text
        )

    def _put(self, section: list[dns.rrset.RRset], name: str, rows: Iterable[Record]) -> None:
        """Append the sets that these records make, each with the shortest time to live in it."""
        sets: dict[str, list[Record]] = defaultdict(list)
        for row in rows:
            sets[row.type].append(row)
        for members in sets.values():
            data = [rdata_of(row) for row in members]
            ttl = min(row.ttl for row in members)
            rrset = dns.rrset.from_rdata_list(dns.name.from_text(name), ttl, data)
            if rrset not in section:
                section.append(rrset)


def rdata_of(row: Record) -> dns.rdata.Rdata:
    """A record's data."""
    if row.type == "TXT":
        data = row.value.encode("utf-8")
        return TXT(IN, dns.rdatatype.TXT, [data[at : at + 255] for at in range(0, len(data), 255)] or [b""])
    text = row.value
    if row.type in ("CNAME", "NS", "MX", "SRV"):
        text = f"{text.rstrip('.')}."
    if row.type in ("MX", "SRV"):
        text = f"{row.priority} {text}"
    return dns.rdata.from_text(IN, dns.rdatatype.from_text(row.type), text)


def _server_meant(query: dns.message.Message) -> str:
    for option in query.options:
        if option.otype == SERVER_OPTION and isinstance(option, dns.edns.GenericOption):
            return bytes(option.data).decode("ascii", "replace").lower().rstrip(".")
    return ""


def _fit(reply: dns.message.Message, most: int) -> bytes:
    """The reply's bytes; one that does not fit is empty and says that there is more over TCP."""
    try:
        return reply.to_wire(max_size=most)
    except dns.exception.TooBig:
        reply.flags |= dns.flags.TC
        reply.answer, reply.authority, reply.additional = [], [], []
        return reply.to_wire(max_size=most)
