"""Faults in this protocol's own words, made from the right reply."""

from __future__ import annotations

import json
from typing import Any

from registrar.sandbox.family import Reply
from registrar.sandbox.mrdomain import envelope
from registrar.sandbox.mrdomain.codes import ApiError

KINDS = frozenset({"cut_text", "latin1", "unknown_status", "already_exists", "missed"})
UNKNOWN = "awaiting-review"
# What each kind of object says when there is one already.
EXISTS: dict[str, int] = {
    "domain/create": 2010,
    "domain/transfer": 2010,
    "domain/gluerecordcreate": 2200,
    "domain/dnsseccreate": 2200,
    "service/create": 4007,
    "ssl/create": 5000,
    "user/create": 3501,
    "user/adddomain": 3502,
    **{
        f"service/{kind}create": 4004
        for kind in ("ftp", "ddbb", "subdomain", "redirect", "mail", "mailalias", "dns")
    },
}


def twisted(action: str, kind: str, reply: Reply) -> Reply:
    """The reply under one of KINDS; a reply that the kind does not concern, or that is XML, stays as it is."""
    if kind == "cut_text":
        return Reply(reply.body[: len(reply.body) // 2], reply.content_type, reply.status, reply.outcome)
    if kind == "latin1" and b"<?xml" in reply.body[:8]:
        return _said(
            reply,
            reply.body.decode().replace("</data>", "<note>é</note></data>").encode("latin-1", "replace"),
        )
    try:
        document: dict[str, Any] = json.loads(reply.body)
    except ValueError:
        return reply
    if kind == "latin1":
        document["errorCodeMsg"] += "é"
        text = json.dumps(document, ensure_ascii=False, separators=(",", ":")).replace("/", "\\/")
        return _said(reply, text.encode("latin-1", "replace"))
    if kind == "already_exists":
        if action not in EXISTS or not document["success"]:
            return reply
        return envelope.failure(action, ApiError(EXISTS[action]), {})
    if kind == "unknown_status":
        _rename(document["responseData"])
    elif action.endswith("list"):
        _miss(document["responseData"])
    text = json.dumps(document, separators=(",", ":")).replace("/", "\\/")
    return _said(reply, text.encode())


def _said(reply: Reply, body: bytes) -> Reply:
    return Reply(body, reply.content_type, reply.status, reply.outcome)


def _rename(data: Any) -> None:
    """Every status, at every depth, is a word of no table."""
    members = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    if isinstance(data, dict) and isinstance(data.get("status"), str):
        data["status"] = UNKNOWN
    for member in members:
        _rename(member)


def _miss(data: Any) -> None:
    """The last object of a listing is not there, and is not counted either."""
    if not isinstance(data, dict) or "queryInfo" not in data:
        return
    rows = next((value for value in data.values() if isinstance(value, list)), [])
    if rows:
        rows.pop()
        data["queryInfo"]["results"] -= 1
        data["queryInfo"]["total"] -= 1
