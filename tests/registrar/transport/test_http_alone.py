"""Each call stands alone: nothing of the library's comforts reaches it, and nothing of it reaches the next."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from registrar.errors import NotSent, OutcomeUnknown, RateLimited, UnreadableReply
from registrar.transport.http import HttpClient, Timeouts


def client(url: str, **options: object) -> HttpClient:
    return HttpClient(url, **{"timeouts": Timeouts(connect=2, total=5), **options})  # type: ignore[arg-type]


def recorder(seen: list[bytes], body: bytes = b"fine", **options: str):
    def behave(peer):
        seen.append(peer.read_request())
        peer.reply(body, **options)

    return behave


def test_every_call_has_a_connection_of_its_own(serve):
    server = serve(recorder([], headers="Connection: keep-alive\r\n"))
    http = client(server.url)

    for _ in range(3):
        assert http.post("x", b"a=1").body == b"fine"

    assert server.connections == 3


def test_client_serves_several_threads_at_once(serve):
    seen: list[bytes] = []
    server = serve(recorder(seen))
    http = client(server.url)

    with ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(lambda number: http.post("x", b"n=%d" % number), range(8)))

    assert [reply.body for reply in replies] == [b"fine"] * 8
    assert {request.rpartition(b"n=")[2] for request in seen} == {b"%d" % number for number in range(8)}


def test_only_the_headers_that_were_asked_for_are_sent(serve):
    seen: list[bytes] = []

    client(serve(recorder(seen)).url, user_agent="Test/1").post("x", b"a=1", {"Content-Type": "a/b"})

    lines = seen[0].partition(b"\r\n\r\n")[0].split(b"\r\n")[1:]
    names = sorted(line.partition(b":")[0].decode().lower() for line in lines)
    assert names == [
        "accept-encoding",
        "connection",
        "content-length",
        "content-type",
        "host",
        "user-agent",
    ]
    assert b"Accept-Encoding: identity" in lines


def test_password_file_of_the_environment_is_ignored(serve, monkeypatch, tmp_path):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password something\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    seen: list[bytes] = []

    client(serve(recorder(seen)).url).post("x", b"a=1")

    assert b"authorization" not in seen[0].lower()


def test_cookie_is_not_carried_to_the_next_call(serve):
    seen: list[bytes] = []
    http = client(serve(recorder(seen, headers="Set-Cookie: session=1; Path=/\r\n")).url)

    http.post("x", b"a=1")
    http.post("x", b"a=1")

    assert b"cookie" not in seen[1].lower()


@pytest.mark.parametrize("location", ["http://[broken", "https://*.example/", "/again", "é"])
def test_redirect_that_leads_nowhere_is_a_reply_like_any_other(serve, location):
    server = serve(recorder([], status="302 Found", headers=f"Location: {location}\r\n"))

    reply = client(server.url).post("x", b"a=1")

    assert (reply.status, reply.body) == (302, b"fine")
    with pytest.raises(UnreadableReply):
        reply.raise_unless_ok()
    assert server.connections == 1


def test_endless_body_of_a_redirect_is_stopped_at_the_cap(serve):
    def behave(peer):
        peer.read_request()
        peer.sock.sendall(b"HTTP/1.1 307 Again\r\nLocation: /x\r\n\r\n")
        while not peer.stopping.is_set():
            peer.sock.sendall(b"a" * 65536)

    reply = client(serve(behave).url, max_reply_bytes=100_000).post("x", b"a=1")

    assert "longer than 100000" in reply.broken
    assert len(reply.body) == 100_000


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "GZIP", "identity, gzip", "unheard-of"])
def test_compressed_reply_is_not_unpacked_and_unreadable(serve, encoding):
    bomb = gzip.compress(b"a" * 50_000_000)
    server = serve(recorder([], bomb, headers=f"Content-Encoding: {encoding}\r\n"))

    reply = client(server.url).post("x", b"a=1")

    assert reply.body == bomb
    with pytest.raises(UnreadableReply, match="compressed"):
        reply.raise_unless_ok()


def test_reply_said_to_be_uncompressed_is_read(serve):
    server = serve(recorder([], headers="Content-Encoding: identity\r\n"))

    reply = client(server.url).post("x", b"a=1")

    assert (reply.body, reply.broken) == (b"fine", "")


@pytest.mark.parametrize("status", ["429 Slow down", "503 Busy", "413 Too much"])
def test_wait_asked_for_by_the_server_is_not_obeyed_by_sending_again(serve, status):
    server = serve(recorder([], status=status, headers="Retry-After: 0\r\n"))

    reply = client(server.url).post("x", b"a=1")

    assert reply.status == int(status[:3])
    assert server.connections == 1


def test_too_many_requests_tells_the_wait_of_the_reply(serve):
    server = serve(recorder([], status="429 Slow down", headers="Retry-After: 90\r\n"))

    with pytest.raises(RateLimited) as caught:
        client(server.url).post("x", b"a=1").raise_unless_ok()
    assert caught.value.after == 90


def test_reply_before_the_request_was_read_is_unknown(serve):
    def behave(peer):
        peer.sock.recv(1)
        peer.reply(b"done already")
        peer.reset()

    server = serve(behave)

    with pytest.raises(OutcomeUnknown, match="may have left"):
        client(server.url).post("x", b"a" * 30_000_000)
    assert server.connections == 1


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 1, 2\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X-Many: 1\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 100_000 + b"\r\n\r\n",
        b"HTTP/1.1 99999 OK\r\n\r\n",
        b"HTTP/7.0 200 OK\r\n\r\n",
        b"\r\n\r\n",
    ],
)
def test_head_that_cannot_be_read_is_unknown(serve, head):
    def behave(peer):
        peer.read_request()
        peer.sock.sendall(head)

    server = serve(behave)

    with pytest.raises(OutcomeUnknown):
        client(server.url).post("x", b"a=1")
    assert server.connections == 1


def test_error_repeats_nothing_of_the_request(serve):
    server = serve(lambda peer: peer.read_request())

    with pytest.raises(OutcomeUnknown) as caught:
        client(server.url).post("x", b"apipasswd=hunter22", {"X-Token": "hunter22"})
    assert "hunter22" not in str(caught.value)


def test_resolver_that_never_answers_was_not_sent(monkeypatch):
    answer_at_last = threading.Event()

    def hang(*_: object, **__: object) -> list[object]:
        answer_at_last.wait(10)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    started = time.monotonic()
    try:
        with pytest.raises(NotSent, match="in time"):
            client("https://registrar.example", timeouts=Timeouts(connect=0.3, total=5)).post("x", b"a=1")
    finally:
        answer_at_last.set()
    assert time.monotonic() - started < 4
