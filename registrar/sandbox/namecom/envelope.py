"""Replies as PHP's json_encode prints them: compact, slashes escaped, keys in the documented order."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from registrar.sandbox.family import Reply
from registrar.sandbox.namecom.codes import ApiError, message

JSON = "application/json"


def encode(value: Any, empty_map: str = "[]") -> str:
    """A value as JSON text; a whole amount comes without decimals, as PHP prints a float."""
    if isinstance(value, dict):
        if not value:
            return empty_map
        inside = (f"{encode(str(key))}:{encode(member, empty_map)}" for key, member in value.items())
        return "{" + ",".join(inside) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(encode(member, empty_map) for member in value) + "]"
    if isinstance(value, Decimal):
        return str(int(value)) if value == value.to_integral_value() else f"{value.normalize():f}"
    return json.dumps(value).replace("/", "\\/")


def success(data: dict[str, Any], empty_map: str, code: int = 100) -> Reply:
    """The result and whatever else the command answers."""
    document = {"result": {"code": code, "message": message(code)}, **data}
    outcome = "ok" if code == 100 else f"error {code}"
    return Reply(encode(document, empty_map).encode(), JSON, 200, outcome)


def failure(error: ApiError) -> Reply:
    """A reply with nothing but the result; HTTP status 200."""
    document = {"result": {"code": error.code, "message": error.message}}
    return Reply(encode(document).encode(), JSON, 200, f"error {error.code}")


def not_found() -> Reply:
    """What a web server says of an unknown path, without the API."""
    return Reply(b"<html><body><h1>404 Not Found</h1></body></html>\n", "text/html", 404, "error 404")


def too_many() -> Reply:
    """No client knows a limit of use: HTTP's own words for it (assumption)."""
    return Reply(b"Too Many Requests\n", "text/plain", 429, "too many requests")
