"""The Name.com server: from an HTTP request to a command on the account, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, ClassVar, NamedTuple
from urllib.parse import unquote, urlsplit

from registrar.sandbox.family import Family, Reply, Request
from registrar.sandbox.namecom import (
    change,
    dns,
    domain,
    envelope,
    general,
    host,
    nameservers,
    order,
    seed,
    twist,
)
from registrar.sandbox.namecom.call import Call, Command
from registrar.sandbox.namecom.codes import ApiError
from registrar.sandbox.namecom.lifecycle import Lifecycle
from registrar.sandbox.namecom.model import Account
from registrar.sandbox.nameserver.zone import Hosted
from registrar.sandbox.world import World

GROUPS = frozenset({"account", "domain", "dns", "host"})
ALIASES = {"domain/power_check": "domain/check"}


class Route(NamedTuple):
    """How a command may be asked for; `most` is how many parts may follow it in the URL."""

    command: Command
    methods: frozenset[str]
    most: int = 0


def _routes() -> dict[str, Route]:
    get, post, both = frozenset({"GET"}), frozenset({"POST"}), frozenset({"GET", "POST"})
    routes = {
        "hello": Route(general.hello, get),
        "login": Route(general.login, post),
        "logout": Route(general.logout, get),
        "account/get": Route(general.account_get, get),
        "order": Route(order.order, post),
        "domain/create": Route(order.create, post),
    }
    # The manual locks by POST, the official clients by GET; check came in both ways, too.
    methods = {"domain/lock": both, "domain/unlock": both, "domain/check": both}
    reading = {"domain/get", "domain/list", "dns/list", "host/list", "host/sync"}
    for name, command in {**domain.COMMANDS, **dns.COMMANDS, **host.COMMANDS}.items():
        allowed = methods.get(name, get if name in reading else post)
        routes[name] = Route(command, allowed, 2 if name == "domain/check" else 1)
    return routes


ROUTES = _routes()
OPEN = frozenset({"hello", "login"})


class NameCom(Family):
    """One account, `demo-ote` with the API token `demo`."""

    name = "namecom"
    user: ClassVar[str] = general.USER
    twists = twist.KINDS
    code_pattern = r"\d{3}"

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.account = Account()
        self.lifecycle = Lifecycle(self)

    @property
    def empty_map(self) -> str:
        """How an empty map is printed."""
        return "[]" if self.account.switches["empty_map"] == "list" else "{}"

    def _split(self, request: Request) -> tuple[str, list[str]]:
        """The command's name and what follows it; an absolute URL in the request line is fine."""
        parts = [unquote(part) for part in urlsplit(request.path).path.split("/") if part]
        if parts[:1] == ["api"]:
            del parts[0]
        size = 2 if parts[:1] and parts[0] in GROUPS else 1
        name = "/".join(parts[:size])
        return ALIASES.get(name, name), parts[size:]

    def action_of(self, request: Request) -> str:
        return self._split(request)[0]

    def answer(self, request: Request) -> Reply:
        try:
            data = self._execute(request)
        except ApiError as error:
            if error.code == 211 and self.account.switches["unknown_url"] == "404":
                return envelope.not_found()
            return envelope.failure(error)
        code = data.pop(order.RESULT_CODE, 100)
        return envelope.success(data, self.empty_map, code)

    def _execute(self, request: Request) -> dict[str, Any]:
        name, arguments = self._split(request)
        route = ROUTES.get(name)
        in_api = urlsplit(request.path).path.startswith("/api/")
        if not in_api or route is None or request.method not in route.methods or len(arguments) > route.most:
            raise ApiError(211)
        call = Call(self, name, arguments, {}, request.headers, request.client_ip)
        if name not in OPEN and not (name == "domain/check" and call.switch("check_without_login")):
            general.authenticate(call)
        if request.method == "POST":
            call.body = _body(request)
        return route.command(call)

    def coded(self, request: Request, code: str) -> Reply:
        return envelope.failure(ApiError(int(code)))

    def twist(self, kind: str, request: Request, reply: Reply) -> Reply:
        return twist.twisted(self, kind, request, reply)

    def rate_limited(self, request: Request) -> Reply:
        return envelope.too_many()

    def reset(self, options: dict[str, Any]) -> None:
        domains = int(options.get("domains", 0))
        if options.get("limits"):
            raise ValueError("namecom has no limits")
        credit = change.amount(options["balance"]) if "balance" in options else None
        self.account = Account()
        if credit is not None:
            self.account.credit = credit
        seed.fill(self, domains)
        self.lifecycle.restart()

    def tick(self) -> None:
        self.lifecycle.tick()

    def settle(self) -> None:
        self.lifecycle.settle()

    def holds(self, name: str) -> bool:
        return name in self.account.domains

    def zone_names(self) -> Iterable[str]:
        return list(self.account.domains)

    def zone(self, name: str) -> Hosted | None:
        found = self.account.domains.get(name)
        return None if found is None else dns.hosted(self.world, found)

    def has_nameserver(self, host: str) -> bool:
        return nameservers.is_own(host)

    def state(self) -> dict[str, Any]:
        return change.state(self)

    def change(self, data: dict[str, Any]) -> dict[str, Any]:
        return change.apply(self, data)

    def dump(self) -> dict[str, Any]:
        return self.account.dump()

    def load(self, data: dict[str, Any]) -> None:
        self.account = Account.load(data)
        self.lifecycle.restart()


def _body(request: Request) -> dict[str, Any]:
    """The body as JSON, whatever the Content-Type says; what is no JSON is nothing, as in PHP. Raises 250."""
    try:
        data = json.loads(request.body.decode("utf-8"))
    except (ValueError, RecursionError):
        return {}
    if data is None or data == []:
        return {}
    if not isinstance(data, dict):
        raise ApiError(250)
    return data
