"""The Netim server: from an HTTP request to a function on the account, and back."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from registrar.sandbox import soap
from registrar.sandbox.family import Family, Reply, Request
from registrar.sandbox.nameserver.zone import Hosted
from registrar.sandbox.netim import (
    certificate,
    change,
    contact,
    domain_create,
    domain_dnssec,
    domain_read,
    domain_transfer,
    domain_update,
    forward,
    functions,
    host,
    operation,
    seed,
    session,
    twist,
    wsdl,
    zone,
    zonedata,
)
from registrar.sandbox.netim.call import Call, Handler
from registrar.sandbox.netim.codes import EXISTS, RATE, SESSIONS, NetimFault
from registrar.sandbox.netim.engine import Effect, Engine
from registrar.sandbox.netim.functions import SESSION, Function
from registrar.sandbox.netim.lifecycle import Lifecycle
from registrar.sandbox.netim.model import NAME_SERVERS, Account, Session
from registrar.sandbox.netim.structs import encode
from registrar.sandbox.world import World

HANDLERS: dict[str, Handler] = {
    **session.FUNCTIONS,
    **contact.FUNCTIONS,
    **host.FUNCTIONS,
    **domain_read.FUNCTIONS,
    **domain_create.FUNCTIONS,
    **domain_transfer.FUNCTIONS,
    **domain_update.FUNCTIONS,
    **domain_dnssec.FUNCTIONS,
    **zone.FUNCTIONS,
    **forward.FUNCTIONS,
    **certificate.FUNCTIONS,
    **operation.FUNCTIONS,
}
EFFECTS: dict[str, Effect] = {
    **contact.EFFECTS,
    **host.EFFECTS,
    **domain_create.EFFECTS,
    **domain_transfer.EFFECTS,
    **domain_update.EFFECTS,
    **domain_dnssec.EFFECTS,
    **zone.EFFECTS,
    **forward.EFFECTS,
    **certificate.EFFECTS,
}
PATHS, WSDL_PATH = ("/2.0", "/2.0/"), "/2.0/api.wsdl"
_HOST = re.compile(r"[A-Za-z0-9.:\[\]-]{1,255}")
_ACTION = re.compile(r"(?:.*[#/])?([A-Za-z0-9]+?)(?:Action)?")


class Netim(Family):
    """One reseller, `DEMO01` with password `demo`."""

    name = "netim"
    twists = frozenset({*twist.TWISTS, "already_exists", "session_expired", "too_many_sessions"})
    code_pattern = r"E\d{2}(-M\d{4})?"
    effects = EFFECTS

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.account = Account()
        self.engine = Engine(self)
        self.lifecycle = Lifecycle(self)

    def action_of(self, request: Request) -> str:
        """The function by the SOAPAction, else by the body; "" while neither is known, the path for a GET."""
        if request.method != "POST":
            return urlsplit(request.path).path
        header = _ACTION.fullmatch(request.headers.get("soapaction", "").strip().strip('"'))
        found = functions.find(header[1]) if header else None
        if found is None and request.body:
            try:
                found = functions.find(soap.parse(request.body).method)
            except soap.SoapError:
                return ""
        return found.name if found else ""

    def answer(self, request: Request) -> Reply:
        path = urlsplit(request.path).path
        if request.method == "GET" and path == WSDL_PATH:
            return Reply(wsdl.document(self._address(request)), "text/xml; charset=utf-8")
        if request.method == "GET" and path in PATHS:
            return _page()
        if path not in PATHS:
            return Reply(b"Not Found\n", "text/plain", 404, "not found")
        if request.method != "POST":
            return Reply(b"Method Not Allowed\n", "text/plain", 405, "not allowed")
        try:
            called = soap.parse(request.body)
        except soap.SoapError as error:
            return _fault(error.code, error.text)
        function = functions.find(called.method)
        if function is None:
            return _fault("SOAP-ENV:Server", f"Procedure '{called.method}' not present")
        return self._call(function, functions.bind(function, called.arguments))

    def _address(self, request: Request) -> str:
        """Where the caller found us, so that the WSDL is right on any port."""
        sent = request.headers.get("host", "")
        return f"http://{sent if _HOST.fullmatch(sent) else '127.0.0.1:8702'}/2.0/"

    def _call(self, function: Function, given: dict[str, soap.Read]) -> Reply:
        stranger = Session("", self.world.clock.now(), self.world.clock.now())
        call = Call(self, function, given, stranger)
        try:
            if function.has_session:
                call.session = session.resume(self, str(given.get(SESSION) or ""))
            value = HANDLERS[function.name](call)
        except NetimFault as fault:
            return _fault(fault.code, fault.text(call.session.language))
        typed = encode(function.type, value) if function.type else soap.VOID
        body = soap.render(function.name, wsdl.NAMESPACE, typed, function.part)
        outcome = str(value["STATUS"]) if function.is_operation else "ok"
        return Reply(body, soap.CONTENT_TYPE, outcome=outcome)

    def coded(self, request: Request, code: str) -> Reply:
        return _fault(code, NetimFault(code).text(self._language(request)))

    def _session_of(self, request: Request) -> Session | None:
        """The living session that a request names, untouched."""
        try:
            called = soap.parse(request.body)
        except soap.SoapError:
            return None
        function = functions.find(called.method)
        if function is None or not function.has_session:
            return None
        key = functions.bind(function, called.arguments)[SESSION]
        return session.alive(self).get(str(key or ""))

    def _language(self, request: Request) -> str:
        found = self._session_of(request)
        return found.language if found else "EN"

    def twist(self, kind: str, request: Request, reply: Reply) -> Reply:
        """`already_exists` says of what was made just now that it was there before."""
        if kind == "session_expired":
            found = self._session_of(request)
            if found is not None:
                del self.account.sessions[found.key]
            return self.coded(request, "E02")
        if kind == "too_many_sessions":
            return self.coded(request, SESSIONS)
        if kind == "already_exists":
            made = reply.outcome in ("ok", "Done", "Pending") and self.action_of(request) in twist.CREATING
            return self.coded(request, EXISTS) if made else reply
        return twist.TWISTS[kind](reply)

    def rate_limited(self, request: Request) -> Reply:
        return self.coded(request, RATE)

    def reset(self, options: dict[str, Any]) -> None:
        domains = int(options.get("domains", 0))
        balance = change.amount(options["balance"]) if "balance" in options else None
        self.account = Account(began=self.world.clock.now())
        change.limits(self, dict(options.get("limits", {})))
        if balance is not None:
            self.account.balance = balance
        seed.fill(self, domains)
        self.engine.restart()
        self.lifecycle.restart()

    def tick(self) -> None:
        now = self.world.clock.now()
        agendas: tuple[Engine | Lifecycle, ...] = (self.engine, self.lifecycle)
        while True:
            due = [(moment, agenda) for agenda in agendas if (moment := agenda.next()) is not None]
            first = min(due, key=lambda row: row[0], default=None)
            if first is None or first[0] > now:
                return
            first[1].run_next()

    def settle(self) -> None:
        self.tick()
        self.engine.settle()

    def holds(self, name: str) -> bool:
        found = self.account.domains.get(name)
        return found is not None and found.held

    def zone_names(self) -> Iterable[str]:
        return list(self.account.domains)

    def zone(self, name: str) -> Hosted | None:
        domain = self.account.domains.get(name)
        return zonedata.hosted(domain) if domain is not None and domain.held else None

    def has_nameserver(self, host: str) -> bool:
        return host in NAME_SERVERS

    def state(self) -> dict[str, Any]:
        return change.state(self)

    def change(self, data: dict[str, Any]) -> dict[str, Any]:
        return change.apply(self, data)

    def dump(self) -> dict[str, Any]:
        return self.account.dump()

    def load(self, data: dict[str, Any]) -> None:
        self.account = Account.load(data)
        self.engine.restart()
        self.lifecycle.restart()


def _fault(code: str, text: str) -> Reply:
    return Reply(soap.fault(code, text), soap.CONTENT_TYPE, 500, code)


def _page() -> Reply:
    """What a person sees at the address."""
    names = "".join(f"<li>{html.escape(name)}</li>" for name in functions.FUNCTIONS)
    page = f"<!DOCTYPE html><title>DRS</title><h1>DRS (sandbox)</h1><p>Functions:</p><ul>{names}</ul>\n"
    return Reply(page.encode(), "text/html; charset=utf-8")
