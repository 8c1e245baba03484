"""Faults in this protocol's own words, made from the right reply."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from registrar.sandbox.family import Reply, Request
from registrar.sandbox.namecom import envelope
from registrar.sandbox.namecom.codes import ApiError
from registrar.sandbox.namecom.general import BAD_HEADERS

if TYPE_CHECKING:
    from registrar.sandbox.namecom.family import NameCom

KINDS = frozenset({"cut_text", "latin1", "unknown_status", "already_exists", "missed", "session_expired"})
# There is no status but the result's code: this one is in no table.
UNLISTED = 120
EXISTS: dict[str, tuple[int, str]] = {
    "order": (240, "Domain Not Available"),
    "domain/create": (240, "Domain Not Available"),
    "dns/create": (204, "Duplicate Record"),
    "host/create": (204, "Duplicate Host"),
    "host/add_ip": (204, "Duplicate Ip Address"),
}
LISTS = ("domains", "records", "hosts")


def twisted(family: NameCom, kind: str, request: Request, reply: Reply) -> Reply:
    """The reply under one of KINDS; a reply that the kind does not concern stays as it is."""
    if kind == "cut_text":
        return Reply(reply.body[: len(reply.body) // 2], reply.content_type, reply.status, reply.outcome)
    if kind == "session_expired":
        family.account.sessions.pop(request.headers.get("api-session-token", ""), None)
        return envelope.failure(ApiError(251, BAD_HEADERS))
    try:
        document: dict[str, Any] = json.loads(reply.body)
    except ValueError:
        return reply
    if kind == "latin1":
        return _latin1(document, reply)
    if kind == "unknown_status":
        document["result"] = {"code": UNLISTED, "message": "Command Queued For Review"}
    elif kind == "already_exists":
        _deny(family.action_of(request), document)
    else:
        _miss(document)
    body = envelope.encode(document, family.empty_map).encode()
    return Reply(body, reply.content_type, reply.status, reply.outcome)


def _latin1(document: dict[str, Any], reply: Reply) -> Reply:
    """The same document unescaped and in Latin-1; the message makes sure that there is such a letter."""
    document["result"]["message"] += " - terminé"
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":")).replace("/", "\\/")
    return Reply(body.encode("latin-1", "replace"), reply.content_type, reply.status, reply.outcome)


def _deny(action: str, document: dict[str, Any]) -> None:
    """Tell whoever has just made an object that it exists; nothing else of the reply is left."""
    if action not in EXISTS or document["result"]["code"] != 100:
        return
    error = ApiError(*EXISTS[action])
    document["result"] = {"code": error.code, "message": error.message}
    for line in document.get("results", []):
        line.update(success=False, price=0, information=[error.message])
    for key in [key for key in document if key not in ("result", "results")]:
        del document[key]


def _miss(document: dict[str, Any]) -> None:
    """The last member of a listing is not there."""
    for key in LISTS:
        rows = document.get(key)
        if isinstance(rows, dict) and rows:
            rows.popitem()
        elif isinstance(rows, list) and rows:
            rows.pop()
