"""Questions to nameservers: over UDP and TCP, to the sandbox and to nobody inside a private network."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from typing import Any

import dns.message
import dns.resolver
import dns.rrset
import pytest

from panel.core import nameservers
from panel.core.nameservers import NoAnswer, ask
from registrar.sandbox import start
from tests.conftest import control

NAME = "byrne-ceramics.com"


@pytest.fixture(scope="module")
def _own_server() -> Iterator[Any]:
    with start(base_port=0, seed=1) as running:
        yield running


@pytest.fixture
def sandbox(_own_server: Any) -> Any:
    """Registrars of these tests' own, whose nameservers nobody else has told how to behave."""
    control(_own_server, "POST", "/reset", {"seed": 1})
    return _own_server


@pytest.fixture
def server(sandbox: Any) -> str:
    """A nameserver of NAME."""
    return sandbox.world.families["namecom"].zone(NAME).servers[0]


def test_set_is_told_as_records_have_it(sandbox: Any, server: str) -> None:
    mail = ask(server, NAME, "MX", at=sandbox.dns_address)
    nothing = ask(server, f"none.{NAME}", "A", at=sandbox.dns_address)

    assert mail.is_of_the_zone
    assert mail.values == tuple(sorted(mail.values))
    assert all(value.split()[0].isdigit() and not value.endswith(".") for value in mail.values)
    assert mail.ttl == 3600
    assert (nothing.rcode, nothing.is_of_the_zone, nothing.values) == ("NXDOMAIN", True, ())


def test_answer_for_another_zone_is_not_of_the_zone(sandbox: Any, server: str) -> None:
    reply = ask(server, "www.elsewhere.example", "A", at=sandbox.dns_address)

    assert (reply.rcode, reply.is_of_the_zone) == ("REFUSED", False)


def test_alias_is_not_the_set_that_was_asked_for(sandbox: Any) -> None:
    reply = ask("ns1.mrdomain.com", "www.soler-estudio.com", "A", at=sandbox.dns_address)

    assert (reply.rcode, reply.values) == ("NOERROR", ())


def test_what_is_cut_is_asked_for_over_tcp(sandbox: Any) -> None:
    texts = ["é" * 300 + str(number) for number in range(4)]
    family = sandbox.world.families["mrdomain"]
    rows = {
        text: {"name": "soler-estudio.com", "type": "TXT", "value": text, "ttl": "60", "priority": "-"}
        for text in texts
    }
    with sandbox.world.lock:
        family.account.services["soler-estudio.com"].entities["dns"] = rows

    reply = ask("ns1.mrdomain.com", "soler-estudio.com", "TXT", at=sandbox.dns_address)

    assert (reply.values, reply.ttl) == (tuple(texts), 60)
    methods = [
        row["method"] for row in control(sandbox, "GET", "/requests")["requests"] if row["family"] == "dns"
    ]
    assert methods == ["udp", "tcp"]


def test_silence_is_no_answer(sandbox: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nameservers, "UDP_SECONDS", 0.1)
    monkeypatch.setattr(nameservers, "TCP_SECONDS", 0.1)

    with pytest.raises(NoAnswer) as caught:
        ask("silent.host.example", NAME, "SOA", at=sandbox.dns_address)

    assert caught.value.reason == "silent"
    methods = [
        row["method"] for row in control(sandbox, "GET", "/requests")["requests"] if row["family"] == "dns"
    ]
    assert methods == ["udp", "tcp"]


@pytest.fixture
def liar() -> Iterator[tuple[str, int]]:
    """Answers every datagram with what is no answer to it: noise, then another question's answer."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.bind(("127.0.0.1", 0))
        line.settimeout(0.05)
        over = threading.Event()

        def lie() -> None:
            while not over.is_set():
                try:
                    _wire, back = line.recvfrom(2048)
                except TimeoutError:
                    continue
                other = dns.message.make_response(dns.message.make_query("other.example", "A"))
                other.answer.append(dns.rrset.from_text("other.example.", 60, "IN", "A", "203.0.113.66"))
                line.sendto(b"\x00", back)
                line.sendto(other.to_wire(), back)

        thread = threading.Thread(target=lie)
        thread.start()
        yield line.getsockname()
        over.set()
        thread.join()


def test_answer_to_another_question_is_none(liar: tuple[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nameservers, "UDP_SECONDS", 0.3)

    with pytest.raises(NoAnswer):
        ask("ns1.host.example", NAME, "A", at=liar)


def test_sandbox_is_never_asked_in_production(sandbox: Any, server: str, settings: Any) -> None:
    settings.SANDBOX_ALLOWED = False

    with pytest.raises(NoAnswer) as caught:
        ask(server, NAME, "SOA", at=sandbox.dns_address)

    assert caught.value.reason == "private"


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        ({}, "unknown"),
        ({"A": ["10.0.0.1"]}, "private"),
        ({"A": ["127.0.0.1"], "AAAA": ["::1"]}, "private"),
        ({"A": ["169.254.169.254"]}, "private"),
        ({"AAAA": ["fd00::1"]}, "private"),
    ],
)
def test_nobody_inside_a_private_network_is_asked(
    monkeypatch: pytest.MonkeyPatch, found: dict[str, list[str]], reason: str
) -> None:
    monkeypatch.setattr(dns.resolver, "resolve", resolving(found))

    with pytest.raises(NoAnswer) as caught:
        ask("ns1.host.example", NAME, "SOA")

    assert caught.value.reason == reason


def test_public_addresses_are_asked_one_of_each_family(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        dns.resolver,
        "resolve",
        resolving({"A": ["9.9.9.9", "9.9.9.10"], "AAAA": ["2620:fe::fe", "2620:fe::9"]}),
    )

    assert nameservers.addresses_of("ns1.host.example") == ["9.9.9.9", "2620:fe::fe"]


def resolving(found: dict[str, list[str]]) -> Any:
    """The system's resolver as it would answer."""

    def resolve(name: str, kind: str, **options: Any) -> dns.rrset.RRset:
        if kind not in found:
            raise dns.resolver.NoAnswer(
                response=dns.message.make_response(dns.message.make_query(name, kind))
            )
        return dns.rrset.from_text_list(name, 60, "IN", kind, found[kind])

    return resolve
