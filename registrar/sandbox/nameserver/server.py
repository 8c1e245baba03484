"""The DNS port: UDP and TCP on one number."""

from __future__ import annotations

import socketserver
import threading
from typing import ClassVar

from registrar.sandbox.nameserver.answering import Answerer
from registrar.sandbox.server import Port, family_of

PATIENCE = 10.0
TRIES = 20


class TcpHandler(socketserver.StreamRequestHandler):
    """Questions of one connection, each with its length before it (RFC 7766); `answerer` is set on a subclass."""

    answerer: ClassVar[Answerer]
    timeout = PATIENCE

    def handle(self) -> None:
        while len(head := self.rfile.read(2)) == 2:
            size = int.from_bytes(head)
            wire = self.rfile.read(size)
            reply = self.answerer.answer(wire, over_tcp=True) if len(wire) == size else None
            if reply is None:
                return
            self.wfile.write(len(reply).to_bytes(2) + reply)


class UdpHandler(socketserver.BaseRequestHandler):
    """One question of one datagram; `answerer` is set on a subclass."""

    answerer: ClassVar[Answerer]

    def handle(self) -> None:
        wire, line = self.request
        reply = self.answerer.answer(wire, over_tcp=False)
        if reply is not None:
            line.sendto(reply, self.client_address)


class UdpListener(socketserver.ThreadingUDPServer):
    """A thread for each datagram."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, address: tuple[str, int], handler: type[socketserver.BaseRequestHandler]) -> None:
        self.address_family = family_of(address)
        super().__init__(address, handler)


class DnsPort:
    """One number on which both transports listen. Raises OSError where it is taken on either."""

    def __init__(self, host: str, port: int, answerer: Answerer) -> None:
        tcp = type("Serving", (TcpHandler,), {"answerer": answerer})
        udp = type("Serving", (UdpHandler,), {"answerer": answerer})
        for left in reversed(range(1 if port else TRIES)):
            self._tcp = Port(host, port, tcp)
            try:
                self._udp = UdpListener(self._tcp.address, udp)
                break
            except OSError:
                # Any free number of the one may be taken on the other.
                self._tcp.close()
                if not left:
                    raise
        self.address = self._tcp.address
        self._serving = False

    @property
    def url(self) -> str:
        host, port = self.address
        return f"dns://{f'[{host}]' if ':' in host else host}:{port}"

    def serve(self) -> None:
        """Answer in threads of its own from now on."""
        self._serving = True
        self._tcp.serve()
        threading.Thread(
            target=self._udp.serve_forever, args=(0.05,), name=f"sandbox-dns-{self.address[1]}", daemon=True
        ).start()

    def close(self) -> None:
        """Free the number."""
        if self._serving:
            self._udp.shutdown()
            self._serving = False
        self._udp.server_close()
        self._tcp.close()
