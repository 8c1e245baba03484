"""HTTP/1.1 on a loopback port: reading requests with a size cap, answering, and misbehaving on purpose."""

from __future__ import annotations

import select
import socket
import socketserver
import struct
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar, NoReturn

from registrar.sandbox.family import Family, Reply, Request
from registrar.sandbox.faults import Fault
from registrar.sandbox.world import World

BODY_LIMIT = 1024 * 1024
GARBAGE = b"<html><body><h1>It works!</h1></body></html>\n\x00\xff"


def family_of(address: tuple[str, int]) -> socket.AddressFamily:
    """IPv6 for a host with colons, IPv4 otherwise."""
    return socket.AF_INET6 if ":" in address[0] else socket.AF_INET


class Listener(ThreadingHTTPServer):
    """A threading server that knows its open connections, so that it can hang up on all of them."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
    request_queue_size = 256

    def __init__(self, address: tuple[str, int], handler: type[socketserver.BaseRequestHandler]) -> None:
        self.stopping = threading.Event()
        self.serving = False
        self._open: set[socket.socket] = set()
        self._open_lock = threading.Lock()
        self.address_family = family_of(address)
        super().__init__(address, handler)

    def server_bind(self) -> None:
        # HTTPServer.server_bind looks its own name up in the DNS; a sandbox must not.
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]  # type: ignore[assignment]

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._open_lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._open_lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        # A caller that hung up is normal here; anything else is a defect of the sandbox and must be seen.
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)

    def hang_up(self) -> None:
        """Stop listening and break every open connection."""
        self.stopping.set()
        if self.serving:
            self.shutdown()
        self.server_close()
        with self._open_lock:
            for connection in self._open:
                try:
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue


class BaseHandler(BaseHTTPRequestHandler):
    """Reading and sending that the control port and the registrars share."""

    protocol_version = "HTTP/1.1"
    server_version = "sandbox"
    sys_version = ""
    wbufsize = -1
    disable_nagle_algorithm = True
    timeout = 300
    server: Listener

    def log_message(self, format: str, *args: Any) -> None:
        """Requests are kept in the world's log, not printed."""

    def handle_expect_100(self) -> bool:
        """Tell the caller to go on at once: our writes are buffered."""
        proceed = super().handle_expect_100()
        self.wfile.flush()
        return proceed

    def read_body(self) -> bytes | None:
        """The body, or None after an answer that there is no reading it (411, 413, 400)."""
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            self._refuse_body(411)
            return None
        length = self.headers.get("Content-Length", "0")
        if not length.isdigit():
            self._refuse_body(400)
            return None
        if len(length) > len(str(BODY_LIMIT)) or int(length) > BODY_LIMIT:
            self._refuse_body(413)
            return None
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            self.close_connection = True
            return None
        return body

    def _refuse_body(self, status: int) -> None:
        self.close_connection = True
        self.send(Reply(b"", "text/plain", status))

    def send(self, reply: Reply) -> None:
        """Send a whole reply."""
        self._head(reply)
        self.wfile.write(reply.body)

    def _head(self, reply: Reply) -> None:
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.content_type)
        self.send_header("Content-Length", str(len(reply.body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()

    def reset(self) -> NoReturn:
        """Drop the connection with a TCP reset instead of an orderly end; leaves the handler."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.wfile.close()
        self.rfile.close()
        self.connection.close()
        raise ConnectionAbortedError("reset on purpose")

    def hang(self, seconds: float) -> NoReturn:
        """Say nothing until the time is up, the caller gives up or the server stops; then reset."""
        end = time.monotonic() + seconds
        while not self.server.stopping.is_set() and time.monotonic() < end:
            readable, _, _ = select.select(
                [self.connection], [], [], min(0.1, max(0.0, end - time.monotonic()))
            )
            if readable and not self.connection.recv(1, socket.MSG_PEEK):
                break
            if readable:
                self.server.stopping.wait(0.05)
        self.reset()

    def drip(self, reply: Reply, seconds: float) -> None:
        """Send the reply in ten pieces spread over `seconds`."""
        self._head(reply)
        size = max(1, -(-len(reply.body) // 10))
        for start in range(0, len(reply.body), size):
            self.wfile.flush()
            if self.server.stopping.wait(seconds / 10):
                break
            self.wfile.write(reply.body[start : start + size])

    def cut(self, reply: Reply) -> None:
        """Announce the whole body, send half of it and end the connection."""
        self.close_connection = True
        self._head(reply)
        self.wfile.write(reply.body[: len(reply.body) // 2])


class FamilyHandler(BaseHandler):
    """Serves one family of one world; `family` is set on a subclass per server."""

    family: ClassVar[Family]

    @property
    def world(self) -> World:
        return self.family.world

    def serve(self) -> None:
        head = self._request(b"")
        # Where the head does not name the action (SOAP without a SOAPAction), the body has to be read first.
        named = self.family.action_of(head) != ""
        fault = self._fault(head) if named else None
        body = self.read_body()
        if body is None:
            self.world.log(self.family, head, "unreadable")
            return
        request = self._request(body)
        if not named:
            fault = self._fault(request)
        if fault:
            self._misbehave(fault, request)
            return
        reply = self.world.execute(self.family, request)
        self.world.log(self.family, request, reply.outcome)
        self._deliver(reply)

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = serve  # noqa: N815

    def _fault(self, request: Request) -> Fault | None:
        """The fault that strikes; one of kind "refuse" does so here and leaves the handler."""
        fault = self.world.take_fault(self.family, request)
        if fault and fault.kind == "refuse":
            self.world.log(self.family, request, "refuse")
            self.reset()
        return fault

    def _request(self, body: bytes) -> Request:
        headers = {name.lower(): value for name, value in self.headers.items()}
        return Request(self.command, self.path, headers, body, str(self.client_address[0]))

    def _deliver(self, reply: Reply) -> None:
        if reply.dropped:
            self.reset()
        else:
            self.send(reply)

    def _misbehave(self, fault: Fault, request: Request) -> None:
        plan = fault.plan
        reply = self._reply_under(fault, request)
        self.world.log(self.family, request, f"{fault.kind}: {reply.outcome}")
        if reply.dropped or plan.delivery in ("reset", "late"):
            self.reset()
        elif plan.delivery == "hang":
            self.hang(fault.seconds)
        elif plan.delivery == "drip":
            self.drip(reply, fault.seconds)
        elif plan.delivery == "cut":
            self.cut(reply)
        else:
            self.send(reply)

    def _reply_under(self, fault: Fault, request: Request) -> Reply:
        """Execute what the fault lets through and choose the reply that it allows."""
        plan = fault.plan
        reply = Reply(outcome="not executed")
        if plan.executes:
            reply = self.world.execute(self.family, request)
        elif plan.delivery == "late":
            self.world.execute_later(self.family, request, fault.seconds)
        with self.world.lock:
            if plan.delivery == "code":
                return self.family.coded(request, fault.code)
            if plan.delivery == "rate_limit":
                return self.family.rate_limited(request)
            if plan.delivery == "twist":
                return self.family.twist(fault.kind, request, reply)
        if plan.delivery == "http_500":
            return Reply(b"Internal Server Error\n", "text/plain", 500, reply.outcome)
        if plan.delivery == "garbage":
            return Reply(GARBAGE, "text/html", 200, reply.outcome)
        return reply


class Port:
    """One listening address that can be closed for an outage and opened again on the same number."""

    def __init__(self, host: str, port: int, handler: type[socketserver.BaseRequestHandler]) -> None:
        self._handler = handler
        self._lock = threading.Lock()
        self._placeholder: socket.socket | None = None
        self._listener: Listener | None = Listener((host, port), handler)
        self.address: tuple[str, int] = (host, self._listener.server_port)

    @property
    def url(self) -> str:
        host, port = self.address
        return f"http://{f'[{host}]' if ':' in host else host}:{port}"

    def serve(self) -> None:
        """Answer in a thread of its own from now on."""
        assert self._listener is not None
        self._listener.serving = True
        threading.Thread(
            target=self._listener.serve_forever, args=(0.05,), name=f"sandbox-{self.address[1]}", daemon=True
        ).start()

    def pause(self) -> None:
        """Refuse connections; the number stays reserved by a socket that does not listen."""
        with self._lock:
            if self._listener is None:
                return
            self._listener.hang_up()
            self._listener = None
            self._placeholder = socket.socket(family_of(self.address))
            self._placeholder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self._placeholder.bind(self.address)

    def resume(self) -> None:
        """Answer again after `pause`."""
        with self._lock:
            if self._listener is not None:
                return
            self._release()
            self._listener = Listener(self.address, self._handler)
            self.serve()

    def close(self) -> None:
        with self._lock:
            if self._listener is not None:
                self._listener.hang_up()
                self._listener = None
            self._release()

    def _release(self) -> None:
        if self._placeholder is not None:
            self._placeholder.close()
            self._placeholder = None
