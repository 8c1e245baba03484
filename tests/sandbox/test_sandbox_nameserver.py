"""The zones of the imitated registrars, asked for over UDP and TCP as anybody would."""

from __future__ import annotations

import json
import socket
from typing import Any

import dns.edns
import dns.exception
import dns.flags
import dns.message
import dns.opcode
import dns.query
import dns.rcode
import pytest

from registrar.sandbox import start
from registrar.sandbox.nameserver.answering import SERVER_OPTION

MRDOMAIN, NETIM, NAMECOM = "soler-estudio.com", "phare-numerique.fr", "bluestem-studio.com"


def ask(api: Any, name: str, kind: str, server: str = "", *, tcp: bool = False) -> dns.message.Message:
    options = [dns.edns.GenericOption(SERVER_OPTION, server.encode())] if server else []
    query = dns.message.make_query(name, kind, use_edns=0, payload=1232, options=options)
    host, port = api.sandbox.dns_address
    return (dns.query.tcp if tcp else dns.query.udp)(query, host, port=port, timeout=5)


def answers(reply: dns.message.Message) -> list[str]:
    return sorted(line for rrset in reply.answer for line in rrset.to_text().splitlines())


def dns_zone(api: Any, *rows: dict[str, str]) -> None:
    """Put records in place of the whole zone of a service."""
    kept = {
        str(number): {"entityID": str(number), "ttl": "-", "priority": "-", **row}
        for number, row in enumerate(rows, 1)
    }
    family = api.sandbox.world.families["mrdomain"]
    with api.sandbox.world.lock:
        family.account.services[MRDOMAIN].entities["dns"] = kept


def row(name: str, kind: str, value: str, **more: str) -> dict[str, str]:
    full = MRDOMAIN if name == "@" else f"{name}.{MRDOMAIN}"
    return {"name": full, "type": kind, "value": value, **more}


@pytest.mark.parametrize("tcp", [False, True])
@pytest.mark.parametrize(
    ("zone", "server"), [(MRDOMAIN, "ns1.mrdomain.com"), (NETIM, "ns1.netim.net"), (NAMECOM, "")]
)
def test_zone_of_each_registrar_is_served(api: Any, zone: str, server: str, tcp: bool) -> None:
    soa, servers, mail = (ask(api, zone, kind, server, tcp=tcp) for kind in ("SOA", "NS", "MX"))

    for reply in (soa, servers, mail):
        assert reply.rcode() == dns.rcode.NOERROR
        assert reply.flags & dns.flags.AA
        assert not reply.flags & dns.flags.RA
        assert len(reply.answer) == 1
    assert soa.answer[0][0].mname.to_text().removesuffix(".") in {
        data.target.to_text().removesuffix(".") for data in servers.answer[0]
    }


def test_record_made_through_the_api_is_served_at_once(api: Any) -> None:
    before = ask(api, f"new.{MRDOMAIN}", "A")
    serial = ask(api, MRDOMAIN, "SOA").answer[0][0].serial

    api.ok(
        "service/dnscreate",
        serviceName=MRDOMAIN,
        name=f"new.{MRDOMAIN}",
        type="A",
        value="203.0.113.77",
        ttl="120",
    )

    assert before.answer[0].rdtype == dns.rdatatype.CNAME
    assert answers(ask(api, f"New.{MRDOMAIN}", "A")) == [f"New.{MRDOMAIN}. 120 IN A 203.0.113.77"]
    assert ask(api, MRDOMAIN, "SOA").answer[0][0].serial > serial


def test_other_nameservers_follow_after_a_while(api: Any) -> None:
    api.control("POST", "/reset", seed=1, speed=0)
    name = f"www.{MRDOMAIN}"
    old = answers(ask(api, name, "CNAME"))
    zone = api.ok("service/dnslist", serviceName=MRDOMAIN)["dns"]
    www = next(entry for entry in zone if entry["name"] == name)

    api.ok("service/dnsupdate", serviceName=MRDOMAIN, entityID=www["entityID"], value="new.example.net")

    new = [f"{name}. 3600 IN CNAME new.example.net."]
    assert answers(ask(api, name, "CNAME", "ns1.mrdomain.com")) == new
    assert answers(ask(api, name, "CNAME", "ns2.mrdomain.com")) == old
    api.advance(10)
    assert answers(ask(api, name, "CNAME", "ns2.mrdomain.com")) == new


def test_what_a_zone_does_not_have(api: Any) -> None:
    dns_zone(
        api, row("@", "A", "203.0.113.1"), row("a.between", "A", "203.0.113.2"), row("*.wild", "TXT", "any")
    )

    nothing = ask(api, f"none.{MRDOMAIN}", "A")
    between = ask(api, f"between.{MRDOMAIN}", "A")
    other_type = ask(api, MRDOMAIN, "AAAA")

    assert nothing.rcode() == dns.rcode.NXDOMAIN
    assert (between.rcode(), other_type.rcode()) == (dns.rcode.NOERROR, dns.rcode.NOERROR)
    for reply in (nothing, between, other_type):
        assert reply.answer == []
        assert [rrset.rdtype.name for rrset in reply.authority] == ["SOA"]
    assert ask(api, "www.elsewhere.example", "A").rcode() == dns.rcode.REFUSED


def test_wildcard_stands_for_names_that_do_not_exist(api: Any) -> None:
    dns_zone(api, row("*", "A", "203.0.113.9"), row("a.real", "TXT", "x"))

    assert answers(ask(api, f"deep.er.{MRDOMAIN}", "A")) == [f"deep.er.{MRDOMAIN}. 3600 IN A 203.0.113.9"]
    assert ask(api, f"real.{MRDOMAIN}", "A").answer == []
    assert ask(api, f"b.real.{MRDOMAIN}", "A").rcode() == dns.rcode.NXDOMAIN


def test_aliases_are_followed_inside_the_zone(api: Any) -> None:
    dns_zone(
        api,
        row("one", "CNAME", f"two.{MRDOMAIN}"),
        row("two", "CNAME", f"three.{MRDOMAIN}"),
        row("three", "A", "203.0.113.3"),
        row("out", "CNAME", "else.example"),
        row("loop", "CNAME", f"loop.{MRDOMAIN}"),
        row("lost", "CNAME", f"gone.{MRDOMAIN}"),
    )

    assert [line.split()[3] for line in answers(ask(api, f"one.{MRDOMAIN}", "A"))] == ["CNAME", "A", "CNAME"]
    assert answers(ask(api, f"one.{MRDOMAIN}", "CNAME")) == [f"one.{MRDOMAIN}. 3600 IN CNAME two.{MRDOMAIN}."]
    assert len(answers(ask(api, f"out.{MRDOMAIN}", "A"))) == 1
    assert len(answers(ask(api, f"loop.{MRDOMAIN}", "A"))) == 1
    assert ask(api, f"lost.{MRDOMAIN}", "A").rcode() == dns.rcode.NXDOMAIN


def test_delegated_name_is_referred_to_with_glue(api: Any) -> None:
    dns_zone(
        api,
        row("sub", "NS", f"ns.sub.{MRDOMAIN}"),
        row("sub", "NS", "ns.else.example"),
        row("ns.sub", "A", "203.0.113.53"),
        row("www.sub", "A", "203.0.113.1"),
    )

    reply = ask(api, f"www.sub.{MRDOMAIN}", "A")

    assert reply.answer == []
    assert not reply.flags & dns.flags.AA
    assert [(rrset.name.to_text(), len(rrset)) for rrset in reply.authority] == [(f"sub.{MRDOMAIN}.", 2)]
    assert [rrset.to_text() for rrset in reply.additional] == [f"ns.sub.{MRDOMAIN}. 3600 IN A 203.0.113.53"]


def test_long_text_comes_whole_over_tcp(api: Any) -> None:
    texts = ["é" * 200 + str(number) for number in range(5)]
    dns_zone(api, *(row("@", "TXT", text) for text in texts))

    cut, whole = ask(api, MRDOMAIN, "TXT"), ask(api, MRDOMAIN, "TXT", tcp=True)

    assert cut.flags & dns.flags.TC
    assert cut.answer == []
    assert sorted(b"".join(data.strings).decode() for data in whole.answer[0]) == texts
    assert max(len(part) for data in whole.answer[0] for part in data.strings) == 255


def test_every_type_is_served_as_it_is_kept(api: Any) -> None:
    dns_zone(
        api,
        row("@", "MX", "mail.else.example", priority="5"),
        row("_sip._tcp", "SRV", "5 5060 sip.else.example", priority="1"),
        row("@", "CAA", '0 issue "ca.example.net"'),
        row("@", "AAAA", "2001:db8::1"),
    )

    found = answers(ask(api, MRDOMAIN, "ANY", tcp=True))
    assert [line for line in found if " SOA " not in line and " NS " not in line] == [
        f"{MRDOMAIN}. 3600 IN AAAA 2001:db8::1",
        f'{MRDOMAIN}. 3600 IN CAA 0 issue "ca.example.net"',
        f"{MRDOMAIN}. 3600 IN MX 5 mail.else.example.",
    ]
    assert answers(ask(api, f"_sip._tcp.{MRDOMAIN}", "SRV")) == [
        f"_sip._tcp.{MRDOMAIN}. 3600 IN SRV 1 5 5060 sip.else.example."
    ]


def test_service_records_of_netim_are_served_under_their_whole_name(api: Any) -> None:
    record = {"subdomain": "", "kind": "SRV", "value": "sip.else.example"}
    options = {"service": "_sip", "protocol": "_tls", "weight": "5", "port": "5061", "priority": "1"}
    api.control("POST", "/world/netim", domain=NETIM, set={"zone": [{**record, "options": options}]})

    assert answers(ask(api, f"_sip._tls.{NETIM}", "SRV", "ns1.netim.net")) == [
        f"_sip._tls.{NETIM}. 3600 IN SRV 1 5 5061 sip.else.example."
    ]


def test_aname_of_namecom_is_served_as_an_address(api: Any) -> None:
    records = [
        {
            "record_id": 1,
            "name": NAMECOM,
            "type": "ANAME",
            "content": f"web.{NAMECOM}",
            "ttl": 300,
            "created": 0.0,
        },
        {
            "record_id": 2,
            "name": f"web.{NAMECOM}",
            "type": "A",
            "content": "203.0.113.4",
            "ttl": 300,
            "created": 0.0,
        },
    ]
    from registrar.sandbox.namecom.model import Record

    with api.sandbox.world.lock:
        domain = api.sandbox.world.families["namecom"].account.domains[NAMECOM]
        domain.records = [Record(**record) for record in records]

    assert answers(ask(api, NAMECOM, "A")) == [f"{NAMECOM}. 300 IN A 203.0.113.4"]


def test_name_that_is_delegated_elsewhere_is_refused_by_the_registrars_own(api: Any) -> None:
    family = api.sandbox.world.families["mrdomain"].account
    name = next(name for name in family.services if family.find(name))
    api.world(domain=name, set={"nameservers": ["ns1.host.example", "ns2.host.example"], "defaultNS": False})

    assert ask(api, name, "SOA", "ns1.mrdomain.com").rcode() == dns.rcode.REFUSED
    assert ask(api, name, "SOA", "ns1.host.example").rcode() == dns.rcode.NOERROR
    assert ask(api, name, "SOA").rcode() == dns.rcode.NOERROR


@pytest.mark.parametrize(
    ("server", "rcode"),
    [("broken1.host.example", "SERVFAIL"), ("lame.host.example", "REFUSED"), ("ns.host.example", "NOERROR")],
)
def test_nameservers_of_others_behave_as_they_are_called(api: Any, server: str, rcode: str) -> None:
    assert dns.rcode.to_text(ask(api, MRDOMAIN, "SOA", server).rcode()) == rcode


def test_nameserver_does_as_the_control_port_says(api: Any) -> None:
    told = api.control("POST", "/nameservers", **{"ns1.mrdomain.com": "servfail", "lag": 0})

    assert told == {"lag": 0, "moods": {"ns1.mrdomain.com": "servfail"}}
    assert ask(api, MRDOMAIN, "SOA", "ns1.mrdomain.com").rcode() == dns.rcode.SERVFAIL
    api.control("POST", "/reset", seed=1)
    assert ask(api, MRDOMAIN, "SOA", "ns1.mrdomain.com").rcode() == dns.rcode.NOERROR
    status, body, _ = api.raw("POST", api.sandbox.control_url + "/nameservers", b'{"ns1.x.example": "happy"}')
    assert (status, "normal" in json.loads(body)["error"]) == (400, True)


def test_silent_nameserver_says_nothing_and_it_is_logged(api: Any) -> None:
    query = dns.message.make_query(
        MRDOMAIN, "SOA", use_edns=0, options=[dns.edns.GenericOption(SERVER_OPTION, b"silent.host.example")]
    )
    host, port = api.sandbox.dns_address
    with pytest.raises(dns.exception.Timeout):
        dns.query.udp(query, host, port=port, timeout=0.2)

    (logged,) = [entry for entry in api.control("GET", "/requests")["requests"] if entry["family"] == "dns"]
    assert (logged["outcome"], logged["server"], logged["method"]) == ("silent", "silent.host.example", "udp")


def test_what_is_no_question_is_not_answered_and_other_opcodes_are_not_done(api: Any) -> None:
    host, port = api.sandbox.dns_address
    notify = dns.message.make_query(MRDOMAIN, "SOA")
    notify.set_opcode(dns.opcode.NOTIFY)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.settimeout(5)
        line.sendto(b"\x00nonsense", (host, port))
        line.sendto(notify.to_wire(), (host, port))
        reply = dns.message.from_wire(line.recv(512))

    assert (reply.id, reply.rcode()) == (notify.id, dns.rcode.NOTIMP)


def test_many_questions_go_over_one_connection(api: Any) -> None:
    with socket.create_connection(api.sandbox.dns_address, timeout=5) as line:
        for kind in ("SOA", "NS"):
            dns.query.send_tcp(line, dns.message.make_query(MRDOMAIN, kind))
            reply, _ = dns.query.receive_tcp(line)
            assert [rrset.rdtype.name for rrset in reply.answer] == [kind]


def test_port_is_the_sixth_after_the_control_port_on_both_transports() -> None:
    for base in range(41_000, 60_000, 97):
        try:
            with start(base_port=base) as sandbox:
                assert sandbox.dns_address == ("127.0.0.1", base + 6)
                assert sandbox.url("dns") == f"dns://127.0.0.1:{base + 6}"
                with (
                    pytest.raises(OSError, match="in use"),
                    socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line,
                ):
                    line.bind(sandbox.dns_address)
            return
        except OSError:
            continue
    raise AssertionError("no free ports")
