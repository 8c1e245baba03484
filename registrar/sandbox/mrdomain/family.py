"""The MrDomain server: from an HTTP request to an action on the account, and back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote, urlsplit

from registrar.sandbox.family import Family, Reply, Request
from registrar.sandbox.mrdomain import (
    access,
    account,
    certificate_check,
    certificate_csr,
    certificate_order,
    certificate_products,
    certificate_read,
    change,
    contact,
    domain_create,
    domain_dnssec,
    domain_glue,
    domain_read,
    domain_transfer,
    domain_update,
    envelope,
    nameservers,
    params,
    seed,
    service_database,
    service_dns,
    service_ftp,
    service_mail,
    service_plan,
    service_read,
    service_redirect,
    service_site,
    service_subdomain,
    tool,
    twist,
    zone,
)
from registrar.sandbox.mrdomain.abuse import Guard
from registrar.sandbox.mrdomain.call import Action, Call
from registrar.sandbox.mrdomain.certificate_life import CertificateLife
from registrar.sandbox.mrdomain.codes import ApiError
from registrar.sandbox.mrdomain.lifecycle import Lifecycle
from registrar.sandbox.mrdomain.model import CANCELLED, Account
from registrar.sandbox.mrdomain.service_life import ServiceLife
from registrar.sandbox.nameserver.zone import Hosted
from registrar.sandbox.world import World

USER, PASSWORD = "demo", "demo"
MODULES = (
    tool,
    account,
    domain_create,
    domain_transfer,
    domain_update,
    domain_glue,
    domain_dnssec,
    domain_read,
    contact,
    service_read,
    service_plan,
    service_site,
    service_ftp,
    service_database,
    service_subdomain,
    service_redirect,
    service_mail,
    service_dns,
    certificate_csr,
    certificate_products,
    certificate_read,
    certificate_order,
    certificate_check,
    access,
)
ACTIONS: dict[str, Action] = {name: action for module in MODULES for name, action in module.ACTIONS.items()}
ACCOUNT_STATUS = {"blocked": 1000, "deleted": 1001, "inactive": 1002}


class MrDomain(Family):
    """One account, `demo` with password `demo`."""

    name = "mrdomain"
    twists = twist.KINDS

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.account = Account()
        self.lifecycle = Lifecycle(self)
        self.service_life = ServiceLife(self)
        self.certificate_life = CertificateLife(self)
        self.guard = Guard(self)

    def action_of(self, request: Request) -> str:
        return unquote(urlsplit(request.path).path).strip("/")

    def answer(self, request: Request) -> Reply:
        if self.account.ip_filter == "reset":
            return Reply(outcome="filtered", dropped=True)
        action = self.action_of(request)
        sent: dict[str, str] = {}
        try:
            sent = params.read(request)
            call = Call(self, action, params.Params(sent), request.client_ip)
            self._admit(call)
            data, messages = ACTIONS[action](call)
        except ApiError as error:
            self.guard.count_error(error)
            return envelope.failure(action, error, sent)
        return envelope.success(action, data, messages, sent)

    def _admit(self, call: Call) -> None:
        """Everything that is checked before the action's own parameters."""
        if self.account.ip_filter:
            raise ApiError(1007, f"Account filtered: {call.ip} is not allowed")
        if call.action not in ACTIONS:
            raise ApiError(102, "invalid object/action")
        user, password = call.params.text("apiuser"), call.params.values.get("apipasswd", "")
        if not user or not password:
            raise ApiError(200, "Login required")
        if user != USER:
            raise ApiError(1003, "Account not exists")
        if password != PASSWORD:
            raise ApiError(1004, "Account invalid pass")
        if self.account.status in ACCOUNT_STATUS:
            raise ApiError(ACCOUNT_STATUS[self.account.status])
        self.guard.admit(call.action)

    def coded(self, request: Request, code: str) -> Reply:
        try:
            sent = params.read(request)
        except ApiError:
            sent = {}
        return envelope.failure(self.action_of(request), ApiError(int(code)), sent)

    def twist(self, kind: str, request: Request, reply: Reply) -> Reply:
        return twist.twisted(self.action_of(request), kind, reply)

    def rate_limited(self, request: Request) -> Reply:
        return self.coded(request, "1010")

    def reset(self, options: dict[str, Any]) -> None:
        domains = int(options.get("domains", 0))
        balance = change.amount(options["balance"]) if "balance" in options else None
        limits = dict(options.get("limits", {}))
        self.account = Account(began=self.world.clock.now())
        self.guard.restart()
        change.limits(self.account, limits)
        if balance is not None:
            self.account.balance = balance
        seed.fill(self, domains)
        self.lifecycle.restart()

    def tick(self) -> None:
        self.lifecycle.tick()
        self.service_life.tick()
        self.certificate_life.tick()

    def settle(self) -> None:
        self.lifecycle.settle()
        self.service_life.settle()
        self.certificate_life.settle()

    def holds(self, name: str) -> bool:
        domain = self.account.find(name)
        return domain is not None and domain.status not in CANCELLED

    def zone_names(self) -> Iterable[str]:
        return list(self.account.services)

    def zone(self, name: str) -> Hosted | None:
        return zone.hosted(self.account, name)

    def has_nameserver(self, host: str) -> bool:
        return host in nameservers.DEFAULT

    def state(self) -> dict[str, Any]:
        return change.state(self)

    def change(self, data: dict[str, Any]) -> dict[str, Any]:
        return change.apply(self, data)

    def dump(self) -> dict[str, Any]:
        return self.account.dump()

    def load(self, data: dict[str, Any]) -> None:
        self.account = Account.load(data)
        self.guard.restart()
        self.lifecycle.restart()
