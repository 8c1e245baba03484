"""Every call of the legacy API: its verb, whether it changes something, and what calls it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Argument(StrEnum):
    """Whether the URL of a call ends in an argument: a domain's name, or a user's for domain/list."""

    NONE = "none"
    OPTIONAL = "optional"
    NEEDED = "needed"


@dataclass(frozen=True, slots=True)
class Action:
    """One call. Where the manual leaves a doubt (host/sync), it counts as a write."""

    verb: str
    writes: bool = False
    argument: Argument = Argument.NONE


_NAMED_READ = Action("GET", argument=Argument.NEEDED)
_NAMED_WRITE = Action("POST", writes=True, argument=Argument.NEEDED)

CALLS: Mapping[str, Action] = MappingProxyType(
    {
        "login": Action("POST"),
        "logout": Action("GET"),
        "hello": Action("GET"),
        "account/get": Action("GET"),
        "order": Action("POST", writes=True),
        "domain/create": Action("POST", writes=True),
        "domain/get": _NAMED_READ,
        "domain/list": Action("GET", argument=Argument.OPTIONAL),
        "domain/lock": _NAMED_WRITE,
        "domain/unlock": _NAMED_WRITE,
        "domain/update_nameservers": _NAMED_WRITE,
        "domain/update_contacts": _NAMED_WRITE,
        "domain/check": Action("POST"),
        "dns/list": _NAMED_READ,
        "dns/create": _NAMED_WRITE,
        "dns/delete": _NAMED_WRITE,
        "host/list": _NAMED_READ,
        "host/sync": Action("GET", writes=True, argument=Argument.NEEDED),
        "host/create": _NAMED_WRITE,
        "host/delete": _NAMED_WRITE,
        "host/add_ip": _NAMED_WRITE,
        "host/remove_ip": _NAMED_WRITE,
    }
)

# Call without its argument -> whether it writes.
ACTIONS: Mapping[str, bool] = MappingProxyType({name: call.writes for name, call in CALLS.items()})

# Call without its argument -> the typed operation that makes it; "session" for what the client does by itself.
METHODS: Mapping[str, str] = MappingProxyType(
    {
        "login": "session",
        "logout": "session",
        "hello": "tool.hello",
        "account/get": "account.info",
        "order": "domain.order",
        "domain/create": "domain.create",
        "domain/get": "domain.info",
        "domain/list": "domain.list",
        "domain/lock": "domain.set_transfer_lock",
        "domain/unlock": "domain.set_transfer_lock",
        "domain/update_nameservers": "domain.set_nameservers",
        "domain/update_contacts": "domain.set_contacts",
        "domain/check": "domain.check",
        "dns/list": "dns.list",
        "dns/create": "dns.create",
        "dns/delete": "dns.delete",
        "host/list": "domain.glue_records",
        "host/sync": "domain.sync_glue",
        "host/create": "domain.create_glue",
        "host/delete": "domain.delete_glue",
        "host/add_ip": "domain.update_glue",
        "host/remove_ip": "domain.update_glue",
    }
)

# Type of an order's item -> the typed operation that buys just it; domain.order buys all of them.
ORDER_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "domain/create": "domain.create",
        "domain/renew": "domain.renew",
        "whois_privacy/create": "domain.buy_whois_privacy",
        "whois_privacy/renew": "domain.buy_whois_privacy",
        "backorder/create": "domain.backorder",
    }
)

# Calls that go without credentials (manual, Authentication).
OPEN = frozenset({"login", "hello"})

# Fields of requests and replies whose value never leaves the process. No reply is known to hold a code for
# transfers; should one do so after all, it is not archived.
SECRET_FIELDS = frozenset({"api_token", "session_token", "auth_code", "authcode"})
