"""A line protocol: one question and its answer on a connection of its own."""

from __future__ import annotations

import pytest

from registrar.errors import InvalidRequest, NotSent, OutcomeUnknown, UnreadableReply
from registrar.transport import line
from registrar.transport.http import Timeouts

QUICK = Timeouts(connect=2, total=0.5)


def heard(peer) -> bytes:
    data = b""
    while not data.endswith(b"\n"):
        data += peer.sock.recv(100)
    return data


def test_question_is_one_line_and_the_answer_is_everything_until_the_end(serve):
    asked = []

    def answer(peer):
        asked.append(heard(peer))
        peer.sock.sendall(b"% hello\r\nStatus: FREE\r\n")

    server = serve(answer)

    assert line.ask("127.0.0.1", server.port, "get 1.0 a.eu", QUICK) == "% hello\r\nStatus: FREE\r\n"
    assert asked == [b"get 1.0 a.eu\r\n"]


@pytest.mark.parametrize("question", ["two\r\nlines", "caf\u00e9.eu", "null\x00", "tab\t"])
def test_question_that_is_not_one_line_of_ascii_is_refused_before_sending(serve, question):
    server = serve(heard)

    with pytest.raises(InvalidRequest):
        line.ask("127.0.0.1", server.port, question, QUICK)
    assert server.connections == 0


def test_nobody_listening_is_not_sent(free_port):
    with pytest.raises(NotSent):
        line.ask("127.0.0.1", free_port, "get 1.0 a.eu", QUICK)


def test_silence_is_an_unknown_outcome(serve):
    server = serve(lambda peer: (heard(peer), peer.hold()))

    with pytest.raises(OutcomeUnknown):
        line.ask("127.0.0.1", server.port, "get 1.0 a.eu", QUICK)


@pytest.mark.parametrize("answer", [b"", b"caf\xe9", b"x" * (line.MAX_ANSWER_BYTES + 1)])
def test_answer_that_is_empty_too_long_or_no_text_is_unreadable(serve, answer):
    server = serve(lambda peer: (heard(peer), peer.sock.sendall(answer)))

    with pytest.raises(UnreadableReply):
        line.ask("127.0.0.1", server.port, "get 1.0 a.eu", QUICK)
