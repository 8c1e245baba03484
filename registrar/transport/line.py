"""A line protocol: one question and its answer on a connection of its own."""

from __future__ import annotations

from registrar.errors import InvalidRequest, OutcomeUnknown, UnreadableReply
from registrar.transport.connection import DeadlineSocket, open_socket
from registrar.transport.http import Timeouts

MAX_ANSWER_BYTES = 64 * 1024


def ask(host: str, port: int, question: str, timeouts: Timeouts) -> str:
    """Send `question` with CRLF and return everything until the server hangs up.

    Raises InvalidRequest for a question of more than one line, NotSent, OutcomeUnknown, and UnreadableReply for an
    answer that is empty, too long or not UTF-8.
    """
    if not question.isascii() or any(sign < " " for sign in question):
        raise InvalidRequest("the question is not one line of ASCII")
    connect_deadline, deadline = timeouts.deadlines()
    with open_socket(host, port, None, connect_deadline) as sock:
        line = DeadlineSocket(sock, deadline)
        line.sendall(f"{question}\r\n".encode("ascii"))
        try:
            answer = line.makefile("rb").read(MAX_ANSWER_BYTES + 1)
        except OSError as error:
            raise OutcomeUnknown(f"no answer: {type(error).__name__}") from None
    if not answer or len(answer) > MAX_ANSWER_BYTES:
        raise UnreadableReply(f"the answer has {len(answer)} bytes")
    try:
        return answer.decode("utf-8")
    except UnicodeDecodeError:
        raise UnreadableReply("the answer is not UTF-8") from None
