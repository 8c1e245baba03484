"""The reply around every answer (manual 2.1, 2.3), as JSON or XML, in the shapes a PHP server gives them."""

from __future__ import annotations

import json
from typing import Any
from xml.sax.saxutils import escape

from registrar.sandbox.family import Reply
from registrar.sandbox.mrdomain.codes import CODES, ApiError
from registrar.sandbox.mrdomain.params import FALSE

VERSION = "1.0.20"
# 10.1.1 says "Invalid object/action"; the manual's own example of such a reply says this.
TEXTS = {102: "Object action invalid"}


def success(action: str, data: Any, messages: tuple[str, ...], params: dict[str, str]) -> Reply:
    """A reply with errorCode 0; `messages` only where there are any."""
    head: dict[str, Any] = {
        "success": True,
        "errorCode": 0,
        "errorCodeMsg": "",
        "action": action,
        "version": VERSION,
    }
    if messages:
        head["messages"] = list(messages)
    return _render({**head, "responseData": data}, params, "ok")


def failure(action: str, error: ApiError, params: dict[str, str]) -> Reply:
    """A reply with an error code, its messages and an empty list as data; HTTP status 200 (assumption)."""
    document = {
        "success": False,
        "errorCode": error.code,
        "errorCodeMsg": TEXTS.get(error.code, CODES.get(error.code, CODES[1])),
        "action": action,
        "version": VERSION,
        "messages": list(error.messages),
        "responseData": [],
    }
    return _render(document, params, f"error {error.code}")


def _render(document: dict[str, Any], params: dict[str, str], outcome: str) -> Reply:
    pretty = params.get("output-pretty", "").strip().lower() not in FALSE
    if params.get("output-format", "").strip().lower() == "xml":
        return Reply(_xml(document, pretty).encode(), "text/xml; charset=utf-8", 200, outcome)
    text = json.dumps(document, indent=4) if pretty else json.dumps(document, separators=(",", ":"))
    return Reply(text.replace("/", "\\/").encode(), "application/json; charset=utf-8", 200, outcome)


def _xml(document: dict[str, Any], pretty: bool) -> str:
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', *_element("data", document, 0, pretty)]
    if pretty:
        return "\n".join(lines) + "\n"
    return lines[0] + "\n" + "".join(lines[1:]) + "\n"


def _element(name: str, value: Any, depth: int, pretty: bool) -> list[str]:
    pad = "  " * depth if pretty else ""
    if isinstance(value, dict):
        children = list(value.items())
    elif isinstance(value, (list, tuple)):
        # The manual shows no list in XML; every member is called "item" (assumption).
        children = [("item", member) for member in value]
    else:
        return [f"{pad}<{name}>{_text(value)}</{name}>"]
    if not children:
        return [f"{pad}<{name}></{name}>"]
    inside = [line for key, member in children for line in _element(str(key), member, depth + 1, pretty)]
    return [f"{pad}<{name}>", *inside, f"{pad}</{name}>"]


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "1" if value else ""
    return escape(str(value))
