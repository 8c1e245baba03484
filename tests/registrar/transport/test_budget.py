"""One limit over everything that is done with a driver: after it, nothing more is sent."""

from __future__ import annotations

import time

import pytest

from registrar.errors import NotSent, OutcomeUnknown
from registrar.transport import line
from registrar.transport.http import HttpClient, Timeouts


def test_call_after_the_budget_is_over_was_certainly_not_sent(serve):
    server = serve(lambda peer: peer.reply(b"late"))
    over = Timeouts(connect=2, total=5, until=time.monotonic())

    with pytest.raises(NotSent):
        HttpClient(server.url, timeouts=over).post("x", b"write")
    assert server.connections == 0


def test_call_that_begins_within_the_budget_ends_with_it(serve):
    server = serve(lambda peer: (peer.read_request(), peer.hold()))
    started = time.monotonic()

    with pytest.raises(OutcomeUnknown):
        HttpClient(server.url, timeouts=Timeouts(connect=2, total=5, until=started + 0.3)).post("x", b"write")
    assert time.monotonic() - started < 2


def test_call_without_a_budget_has_its_own_limit_only(serve):
    server = serve(lambda peer: (peer.read_request(), peer.reply(b"there")))

    assert HttpClient(server.url, timeouts=Timeouts(connect=2, total=5)).post("x", b"").body == b"there"


def test_question_after_the_budget_is_over_is_not_asked(serve):
    server = serve(lambda peer: peer.sock.sendall(b"Status: FREE\r\n"))
    over = Timeouts(connect=2, total=5, until=time.monotonic())

    with pytest.raises(NotSent):
        line.ask("127.0.0.1", server.port, "get 1.0 example.com", over)
    assert server.connections == 0
