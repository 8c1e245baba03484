"""The BookMyName server: from an envelope to a function on the account, and back."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from registrar.sandbox import soap
from registrar.sandbox.bookmyname import (
    api,
    change,
    contact,
    das,
    domain_change,
    domain_create,
    domain_read,
    domain_transfer,
    envelope,
    host,
    seed,
    views,
)
from registrar.sandbox.bookmyname.call import Call, Function
from registrar.sandbox.bookmyname.codes import Refusal
from registrar.sandbox.bookmyname.daslimit import Limit
from registrar.sandbox.bookmyname.lifecycle import Lifecycle
from registrar.sandbox.bookmyname.model import DIST_ID, Account
from registrar.sandbox.family import Family, Reply, Request
from registrar.sandbox.world import World

PASSWORD = "demo"
PATH = "/apis.cgi"
# A line of the DAS comes as a request of this method, and is this action for faults and the request log.
DAS_METHOD, DAS_ACTION = "DAS", "das/get"
MODULES = (contact, domain_read, domain_create, domain_change, domain_transfer, host, api)
FUNCTIONS: dict[str, Function] = {
    name: function for module in MODULES for name, function in module.FUNCTIONS.items()
}
LISTINGS = frozenset({"domain_list", "contact_list"})
# What a function answers where its own effect is in the way already.
EXISTS = {"domain_transfer": -6}


class BookMyName(Family):
    """One account: id 13490 with password `demo`."""

    name = "bookmyname"
    twists = frozenset({"cut_text", "latin1", "unknown_status", "already_exists", "missed"})
    code_pattern = r"-?\d{1,4}"

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.account = Account()
        self.lifecycle = Lifecycle(self)
        self.das_limit = Limit(self)

    def action_of(self, request: Request) -> str:
        """The function by its SOAPAction; by the body where a client sends none and the body has been read."""
        if request.method == DAS_METHOD:
            return DAS_ACTION
        word = request.headers.get("soapaction", "").strip().strip('"').rpartition("#")[2]
        if word and "/" not in word:
            return word
        if not request.body:
            return ""
        try:
            return soap.parse(request.body).method
        except soap.SoapError:
            return ""

    def answer(self, request: Request) -> Reply:
        if request.method == DAS_METHOD:
            return das.answer(self, request)
        return self._perform(request, omit=0)

    def _perform(self, request: Request, omit: int) -> Reply:
        if urlsplit(request.path).path != PATH:
            return envelope.plain("Not Found", 404)
        if request.method != "POST":
            return envelope.plain("Method Not Allowed", 405)
        server = self.account.switches.server
        try:
            asked = soap.parse(request.body)
        except soap.SoapError as error:
            return envelope.fault(error, server)
        if asked.method not in FUNCTIONS:
            return envelope.unknown_function(asked.method, server)
        values = [value for _, value in asked.arguments]
        call = Call(self, asked.method, values[2:], request.client_ip, omit)
        try:
            if values[:2] != [str(DIST_ID), PASSWORD]:
                raise Refusal(-1)
            done = FUNCTIONS[asked.method](call)
        except Refusal as refusal:
            return envelope.failure(asked.method, asked.namespace, refusal, server)
        return envelope.success(asked.method, asked.namespace, done, server)

    def _refused(self, request: Request, retval: int, outcome: str) -> Reply:
        """An answer with retval in the place of what the function would have said."""
        try:
            asked = soap.parse(request.body)
            method, uri = asked.method, asked.namespace
        except soap.SoapError:
            method, uri = self.action_of(request) or "unknown", ""
        reply = envelope.failure(method, uri, Refusal(retval), self.account.switches.server)
        return Reply(reply.body, reply.content_type, outcome=outcome or reply.outcome)

    def coded(self, request: Request, code: str) -> Reply:
        return self._refused(request, int(code), "")

    def twist(self, kind: str, request: Request, reply: Reply) -> Reply:
        if kind == "already_exists":
            return self._refused(request, EXISTS.get(self.action_of(request), -2), reply.outcome)
        if kind == "missed":
            # A listing changes nothing, so it can be asked twice.
            return self._perform(request, omit=1) if self.action_of(request) in LISTINGS else reply
        changed = {
            "cut_text": envelope.cut_text,
            "latin1": envelope.latin1,
            "unknown_status": envelope.unknown_status,
        }
        return Reply(changed[kind](reply.body), reply.content_type, reply.status, reply.outcome)

    def rate_limited(self, request: Request) -> Reply:
        """ASSUMPTION: the manual knows no such answer; an overloaded server says 503."""
        return envelope.plain("Service Unavailable", 503)

    def elsewhere(self, name: str) -> bool:
        """True if somebody who is no customer of this registrar holds the domain name (A-label)."""
        others = (family for family in self.world.families.values() if family is not self)
        return self.world.names.taken(name) or any(family.holds(name) for family in others)

    def taken(self, name: str) -> bool:
        """True if the domain name (A-label) cannot be registered: held here or elsewhere, or kept by the registry."""
        kept = self.account.das.words.get(name, "FREE") != "FREE"
        return kept or name in self.account.domains or self.elsewhere(name)

    def reset(self, options: dict[str, Any]) -> None:
        domains = int(options.get("domains", 0))
        balance = change.amount(options["balance"]) if "balance" in options else None
        limits = dict(options.get("limits", {}))
        self.account = Account()
        change.limits(self.account, limits)
        if balance is not None:
            self.account.balance = balance
        seed.fill(self, domains)
        self._restart()

    def _restart(self) -> None:
        self.lifecycle.restart()
        self.das_limit.restart()

    def tick(self) -> None:
        self.lifecycle.tick()

    def settle(self) -> None:
        self.lifecycle.settle()

    def holds(self, name: str) -> bool:
        return name in self.account.domains

    def state(self) -> dict[str, Any]:
        return views.state(self)

    def change(self, data: dict[str, Any]) -> dict[str, Any]:
        return change.apply(self, data)

    def dump(self) -> dict[str, Any]:
        return self.account.dump()

    def load(self, data: dict[str, Any]) -> None:
        self.account = Account.load(data)
        self._restart()
