"""What the transport promises, against servers that misbehave byte by byte."""

from __future__ import annotations

import socket
import ssl
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from registrar.errors import InvalidRequest, NotSent, OutcomeUnknown, RateLimited, UnreadableReply
from registrar.transport.http import HttpClient, HttpReply, Timeouts

QUICK = Timeouts(connect=2, total=0.4)


def client(url: str, **options: object) -> HttpClient:
    return HttpClient(url, **{"timeouts": Timeouts(connect=2, total=5), **options})  # type: ignore[arg-type]


def answer(text: bytes = b'{"ok": 1}', **options: str):
    def behave(peer):
        peer.read_request()
        peer.reply(text, **options)

    return behave


def test_post_sends_path_headers_and_body_once(serve):
    seen = []

    def behave(peer):
        seen.append(peer.read_request())
        peer.reply(b"fine")

    server = serve(behave)

    reply = client(f"{server.url}/base/", user_agent="Test/1").post("/tool/hello/", b"a=1", {"Accept": "x/y"})

    assert (reply.status, reply.body, reply.broken) == (200, b"fine", "")
    head, _, body = seen[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /base/tool/hello/ HTTP/1.1\r\n")
    assert body == b"a=1"
    lines = head.split(b"\r\n")
    assert f"Host: 127.0.0.1:{server.port}".encode() in lines
    assert {b"Accept: x/y", b"User-Agent: Test/1", b"Connection: close"} <= set(lines)
    assert server.connections == 1


def test_refused_connection_was_not_sent(free_port):
    with pytest.raises(NotSent, match="no connection"):
        client(f"http://127.0.0.1:{free_port}").post("x", b"")


def test_unknown_host_was_not_sent():
    # A label of 64 characters cannot exist, so no resolver is asked.
    with pytest.raises(NotSent, match="cannot be resolved"):
        client(f"https://{'a' * 64}.example").post("x", b"")


def test_address_that_never_accepts_was_not_sent():
    """A full backlog leaves the handshake unanswered: the connection's own limit ends it."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(0)
    address = listener.getsockname()
    fillers = [socket.socket() for _ in range(3)]
    for filler in fillers:
        filler.setblocking(False)
        filler.connect_ex(address)
    started = time.monotonic()
    try:
        with pytest.raises(NotSent):
            client(f"http://127.0.0.1:{address[1]}", timeouts=Timeouts(connect=0.3, total=5)).post("x", b"")
    finally:
        for each in (*fillers, listener):
            each.close()
    assert time.monotonic() - started < 4


def test_reset_while_sending_the_request_is_unknown(serve):
    def behave(peer):
        peer.sock.recv(1)
        peer.reset()

    server = serve(behave)

    with pytest.raises(OutcomeUnknown):
        client(server.url).post("x", b"a" * 100_000)
    assert server.connections == 1


def test_reset_after_reading_the_request_is_unknown_and_not_repeated(serve):
    def behave(peer):
        peer.read_request()
        peer.reset()

    server = serve(behave)

    with pytest.raises(OutcomeUnknown):
        client(server.url).post("x", b"a=1")
    assert server.connections == 1


def test_close_without_a_reply_is_unknown_and_not_repeated(serve):
    server = serve(lambda peer: peer.read_request())

    with pytest.raises(OutcomeUnknown):
        client(server.url).post("x", b"a=1")
    assert server.connections == 1


def test_silence_after_the_request_ends_at_the_total(serve):
    def behave(peer):
        peer.read_request()
        peer.hold()

    server = serve(behave)
    started = time.monotonic()

    with pytest.raises(OutcomeUnknown):
        client(server.url, timeouts=QUICK).post("x", b"a=1")
    assert 0.3 < time.monotonic() - started < 4


def test_dripping_headers_end_at_the_total(serve):
    def behave(peer):
        peer.read_request()
        peer.drip(b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 1000, 0.05)

    server = serve(behave)
    started = time.monotonic()

    with pytest.raises(OutcomeUnknown):
        client(server.url, timeouts=QUICK).post("x", b"a=1")
    assert time.monotonic() - started < 4


def test_dripping_body_ends_at_the_total_and_is_broken(serve):
    def behave(peer):
        peer.read_request()
        peer.sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        peer.drip(b"a" * 1000, 0.05)

    server = serve(behave)
    started = time.monotonic()

    reply = client(server.url, timeouts=QUICK).post("x", b"a=1")

    assert time.monotonic() - started < 4
    assert reply.broken
    with pytest.raises(UnreadableReply):
        reply.raise_unless_ok()


def test_server_that_does_not_read_ends_at_the_total(serve):
    server = serve(lambda peer: peer.stopping.wait(10))
    started = time.monotonic()

    with pytest.raises(OutcomeUnknown):
        client(server.url, timeouts=QUICK).post("x", b"a" * 30_000_000)
    assert time.monotonic() - started < 4


@pytest.mark.parametrize(
    "raw",
    [
        b'HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{"success"',
        b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n{"success"',
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
    ],
)
def test_cut_body_is_broken(serve, raw):
    def behave(peer):
        peer.read_request()
        peer.sock.sendall(raw)

    reply = client(serve(behave).url).post("x", b"a=1")

    assert "cut short" in reply.broken
    with pytest.raises(UnreadableReply):
        reply.raise_unless_ok()


def test_chunked_body_is_read_whole(serve):
    def behave(peer):
        peer.read_request()
        peer.sock.sendall(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n3\r\nabc\r\n0\r\n\r\n"
        )

    reply = client(serve(behave).url).post("x", b"a=1")

    assert (reply.body, reply.broken) == (b"{}abc", "")


def test_reply_over_the_cap_is_broken_and_cut(serve):
    reply = client(serve(answer(b"a" * 5000)).url, max_reply_bytes=1000).post("x", b"a=1")

    assert "longer than 1000" in reply.broken
    assert len(reply.body) == 1000


def test_endless_reply_is_stopped_at_the_cap(serve):
    def behave(peer):
        peer.read_request()
        peer.sock.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while not peer.stopping.is_set():
            peer.sock.sendall(b"a" * 65536)

    reply = client(serve(behave).url, max_reply_bytes=100_000).post("x", b"a=1")

    assert reply.broken


def test_reply_that_is_not_http_is_unknown(serve):
    def behave(peer):
        peer.read_request()
        peer.sock.sendall(b"SSH-2.0-OpenSSH_9.2\r\n\r\n")

    with pytest.raises(OutcomeUnknown):
        client(serve(behave).url).post("x", b"a=1")


@pytest.mark.parametrize("status", ["500 Oops", "502 Bad Gateway", "503 Busy"])
def test_server_error_is_unknown(serve, status):
    reply = client(serve(answer(status=status)).url).post("x", b"a=1")

    with pytest.raises(OutcomeUnknown):
        reply.raise_unless_ok()


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Again", "308 Moved"])
def test_redirect_is_not_followed_and_unknown(serve, status):
    elsewhere = serve(answer())
    server = serve(answer(b"", status=status, headers=f"Location: {elsewhere.url}/x\r\n"))

    reply = client(server.url).post("x", b"secret=1")

    with pytest.raises(UnreadableReply):
        reply.raise_unless_ok()
    assert (server.connections, elsewhere.connections) == (1, 0)


@pytest.mark.parametrize("status", ["400 Bad", "403 Forbidden", "404 Missing"])
def test_client_error_without_a_readable_answer_is_unknown(serve, status):
    reply = client(serve(answer(status=status)).url).post("x", b"a=1")

    with pytest.raises(UnreadableReply):
        reply.raise_unless_ok()


def test_proxy_of_the_environment_is_ignored(serve, monkeypatch):
    proxy = serve(answer(b"proxied"))
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "https_proxy"):
        monkeypatch.setenv(name, proxy.url)
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    seen = []

    def behave(peer):
        seen.append(peer.read_request())
        peer.reply(b"direct")

    assert client(serve(behave).url).post("x", b"a=1").body == b"direct"
    assert seen[0].startswith(b"POST /x HTTP/1.1\r\n")
    assert proxy.connections == 0


def test_too_many_requests_tells_the_wait_in_seconds():
    with pytest.raises(RateLimited) as caught:
        HttpReply(429, b"", {"retry-after": "17"}).raise_unless_ok()
    assert caught.value.after == 17


@pytest.mark.parametrize(("ahead", "low", "high"), [(1000, 900, 1000), (-1000, 0, 0)])
def test_too_many_requests_tells_the_wait_as_a_date(ahead, low, high):
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=ahead), usegmt=True)

    with pytest.raises(RateLimited) as caught:
        HttpReply(429, b"", {"retry-after": moment}).raise_unless_ok()
    assert caught.value.after is not None
    assert low <= caught.value.after <= high


@pytest.mark.parametrize("headers", [{}, {"retry-after": "soon"}, {"retry-after": ""}])
def test_too_many_requests_without_a_wait(headers):
    with pytest.raises(RateLimited) as caught:
        HttpReply(429, b"", headers).raise_unless_ok()
    assert caught.value.after is None


@pytest.mark.parametrize(
    "endpoint",
    [
        "ftp://host",
        "host:80",
        "https://",
        "",
        "http://api.example.com",
        "http://93.184.216.34",
        "https://user:pass@host",
        "https://@host",
        "https://*host",
        "https://[host",
        "https://host:notaport",
        "https://host:99999",
        "https://host?x=1",
    ],
)
def test_unusable_endpoint_is_refused(endpoint):
    with pytest.raises(InvalidRequest) as caught:
        HttpClient(endpoint)
    assert caught.value.field == "endpoint"


@pytest.mark.parametrize(
    "endpoint", ["http://127.0.0.1:1", "http://localhost:1", "http://sandbox:8701", "http://10.0.0.9"]
)
def test_plain_http_is_allowed_nearby(endpoint):
    HttpClient(endpoint)


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("x HTTP/1.1\r\nX-Evil: 1", {}),
        ("x#y", {}),
        ("é", {}),
        ("x", {"X-Good": "1\r\nX-Evil: 1"}),
        ("x", {"X-Good\r\nX-Evil": "1"}),
        ("x", {"X-Good": "é"}),
        ("x", {"": "1"}),
    ],
)
def test_header_injection_is_refused_before_anything_is_sent(serve, path, headers):
    server = serve(answer())

    with pytest.raises(InvalidRequest):
        client(server.url).post(path, b"", headers)
    assert server.connections == 0


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> Path:
    """A certificate for 127.0.0.1 that nobody trusts, with its key in the same file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path: Path = tmp_path_factory.mktemp("tls") / "server.pem"
    plain = serialization.NoEncryption()
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    )
    return path


def tls(certificate: Path):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return lambda sock: context.wrap_socket(sock, server_side=True)


def test_untrusted_certificate_was_not_sent(serve, certificate):
    seen = []
    server = serve(lambda peer: seen.append(peer.read_request()), wrap=tls(certificate))

    with pytest.raises(NotSent, match="CERTIFICATE_VERIFY_FAILED"):
        client(server.url.replace("http:", "https:")).post("x", b"apipasswd=secret")
    assert seen == []


@pytest.mark.parametrize("name", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_certificate_trusted_by_the_environment_of_requests_was_not_sent(
    serve, certificate, monkeypatch, name
):
    monkeypatch.setenv(name, str(certificate))
    server = serve(answer(), wrap=tls(certificate))

    with pytest.raises(NotSent, match="CERTIFICATE_VERIFY_FAILED"):
        client(f"https://localhost:{server.port}").post("x", b"a=1")


def test_certificate_for_another_host_was_not_sent(serve, certificate):
    server = serve(answer(), wrap=tls(certificate))
    trusting = ssl.create_default_context(cafile=str(certificate))

    with pytest.raises(NotSent, match="CERTIFICATE_VERIFY_FAILED"):
        client(server.url.replace("http:", "https:"), tls=trusting).post("x", b"a=1")


def test_trusted_certificate_is_served(serve, certificate):
    server = serve(answer(b"private"), wrap=tls(certificate))
    trusting = ssl.create_default_context(cafile=str(certificate))

    reply = client(f"https://localhost:{server.port}", tls=trusting).post("x", b"a=1")

    assert reply.body == b"private"


def test_tls_handshake_that_never_ends_was_not_sent(serve):
    server = serve(lambda peer: peer.hold())
    started = time.monotonic()

    with pytest.raises(NotSent):
        client(server.url.replace("http:", "https:"), timeouts=Timeouts(connect=0.3, total=5)).post(
            "x", b"a=1"
        )
    assert time.monotonic() - started < 4


def test_dripping_tls_handshake_was_not_sent(serve):
    server = serve(lambda peer: peer.drip(b"\x16\x03\x03\x40\x00" + b"\x02" * 1000, 0.05))
    started = time.monotonic()

    with pytest.raises(NotSent):
        client(server.url.replace("http:", "https:"), timeouts=Timeouts(connect=0.4, total=5)).post(
            "x", b"a=1"
        )
    assert time.monotonic() - started < 4


def test_dripping_body_over_tls_ends_at_the_total_and_is_broken(serve, certificate):
    def behave(peer):
        peer.read_request()
        peer.sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        peer.drip(b"a" * 1000, 0.05)

    server = serve(behave, wrap=tls(certificate))
    trusting = ssl.create_default_context(cafile=str(certificate))
    started = time.monotonic()

    reply = client(f"https://localhost:{server.port}", tls=trusting, timeouts=QUICK).post("x", b"a=1")

    assert time.monotonic() - started < 4
    assert "cut short" in reply.broken


def test_plain_server_behind_https_was_not_sent(serve):
    server = serve(lambda peer: peer.sock.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n"))

    with pytest.raises(NotSent):
        client(server.url.replace("http:", "https:")).post("x", b"a=1")
