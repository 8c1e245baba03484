"""The port of the DAS: a line in, a few lines out, and the connection is closed."""

from __future__ import annotations

import select
import socket
import struct
import time
from socketserver import StreamRequestHandler
from typing import ClassVar, NoReturn

from registrar.sandbox.bookmyname import das
from registrar.sandbox.bookmyname.family import DAS_METHOD, BookMyName
from registrar.sandbox.family import Reply, Request
from registrar.sandbox.faults import Fault
from registrar.sandbox.server import GARBAGE, Listener

LINE_LIMIT = 512


class DasHandler(StreamRequestHandler):
    """One query of one connection; `family` is set on a subclass per server."""

    family: ClassVar[BookMyName]
    server: Listener

    def handle(self) -> None:
        world = self.family.world
        self.connection.settimeout(self.family.account.das.patience)
        empty = self._request(b"")
        fault = world.take_fault(self.family, empty)
        if fault and fault.kind == "refuse":
            world.log(self.family, empty, "refuse")
            self._reset()
        try:
            line = self.rfile.readline(LINE_LIMIT)
        except TimeoutError:
            with world.lock:
                reply = das.coded(self.family, das.TIMEOUT)
            world.log(self.family, empty, reply.outcome)
            self.wfile.write(reply.body)
            return
        if not line:
            return
        request = self._request(line)
        if fault:
            self._misbehave(fault, request)
        else:
            reply = world.execute(self.family, request)
            world.log(self.family, request, reply.outcome)
            self.wfile.write(reply.body)
        if len(line) >= LINE_LIMIT:
            self._drain()

    def _request(self, line: bytes) -> Request:
        return Request(DAS_METHOD, "", {}, line, str(self.client_address[0]))

    def _misbehave(self, fault: Fault, request: Request) -> None:
        plan, world = fault.plan, self.family.world
        reply = self._reply_under(fault, request)
        world.log(self.family, request, f"{fault.kind}: {reply.outcome}")
        if plan.delivery in ("reset", "late"):
            self._reset()
        elif plan.delivery == "hang":
            self._wait(fault.seconds)
            self._reset()
        elif plan.delivery == "drip":
            self._drip(reply, fault.seconds)
        elif plan.delivery == "cut":
            self.wfile.write(reply.body[: len(reply.body) // 2])
        else:
            self.wfile.write(reply.body)

    def _reply_under(self, fault: Fault, request: Request) -> Reply:
        """What the fault lets through. A query changes nothing, so one that would take effect late has none."""
        plan, world = fault.plan, self.family.world
        reply = world.execute(self.family, request) if plan.executes else Reply(outcome="not executed")
        with world.lock:
            if plan.delivery == "code":
                return das.coded(self.family, int(fault.code))
            if plan.delivery == "rate_limit":
                return das.coded(self.family, das.TOO_MANY)
            if plan.delivery == "http_500":
                return das.coded(self.family, das.INTERNAL)
        if plan.delivery == "twist":
            return das.twist(fault.kind, reply)
        return Reply(GARBAGE, outcome=reply.outcome) if plan.delivery == "garbage" else reply

    def _drip(self, reply: Reply, seconds: float) -> None:
        size = max(1, -(-len(reply.body) // 10))
        for start in range(0, len(reply.body), size):
            if self.server.stopping.wait(seconds / 10):
                return
            self.wfile.write(reply.body[start : start + size])

    def _wait(self, seconds: float) -> None:
        """Until the time is up, the caller hangs up or the server stops."""
        end = time.monotonic() + seconds
        while not self.server.stopping.is_set() and time.monotonic() < end:
            readable, _, _ = select.select([self.connection], [], [], 0.05)
            if readable and not self.connection.recv(1, socket.MSG_PEEK):
                return
            if readable:
                self.server.stopping.wait(0.05)

    def _drain(self) -> None:
        """Read what else was sent, for a while: closing over unread bytes would take our answer back."""
        self.connection.shutdown(socket.SHUT_WR)
        self.connection.settimeout(0.5)
        try:
            while self.connection.recv(65536):
                continue
        except TimeoutError:
            return

    def _reset(self) -> NoReturn:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.wfile.close()
        self.rfile.close()
        self.connection.close()
        raise ConnectionAbortedError("reset on purpose")
