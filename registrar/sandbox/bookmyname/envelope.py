"""Answers as bytes: apache Maps in the manual's key order, as a PHP or a SOAP::Lite server writes them."""

from __future__ import annotations

import base64
import re
from typing import Any

from registrar.sandbox import soap
from registrar.sandbox.bookmyname.codes import Answer, Refusal
from registrar.sandbox.family import Reply

DEFAULT_URI = "http://api.dev.free.org/apis.cgi"
_INTEGER = re.compile(r"[+-]?\d{1,10}")
_NUMBER = re.compile(r"[+-]?(\d+\.\d*|\.\d+)")
# The word for a state that no manual knows.
UNKNOWN_WORD = "Quarantaine"
_WORD = re.compile(rb"(>status</key><value [^>]*>)[^<]*(</value>)")


def plain(text: str, status: int) -> Reply:
    """An answer outside SOAP."""
    return Reply(text.encode() + b"\n", "text/plain", status, f"HTTP {status}")


def fault(error: soap.SoapError, server: str) -> Reply:
    """A fault with HTTP status 500; `server` is the world's switch. Only for what is no call at all."""
    code = "soap:Client" if server == "soaplite" else error.code
    return Reply(soap.fault(code, error.text), soap.CONTENT_TYPE, 500, f"fault {error.text}")


def unknown_function(name: str, server: str) -> Reply:
    """A call of a function that does not exist."""
    return fault(soap.SoapError(f"Function '{name}' doesn't exist", "SOAP-ENV:Server"), server)


def success(method: str, uri: str, answer: Answer, server: str) -> Reply:
    """retcode, retval and, where the function has any, retfields."""
    value: dict[str, Any] = {"retcode": answer.retcode, "retval": answer.retval}
    if answer.fields is not None:
        value["retfields"] = answer.fields
    return Reply(_render(method, uri, value, server), soap.CONTENT_TYPE)


def failure(method: str, uri: str, refusal: Refusal, server: str) -> Reply:
    """retcode and retval of a call that was not executed; never a fault."""
    value = {"retcode": refusal.retcode, "retval": refusal.retval}
    outcome = f"{refusal.retcode}/{refusal.retval}"
    return Reply(_render(method, uri, value, server), soap.CONTENT_TYPE, outcome=outcome)


def _render(method: str, uri: str, value: dict[str, Any], server: str) -> bytes:
    if server == "soaplite":
        return soap.render(method, uri or DEFAULT_URI, _guessed(value), part="s-gensym3")
    return soap.render(method, uri or DEFAULT_URI, value)


def _guessed(value: Any) -> Any:
    """SOAP::Lite knows no types: it sends a phone number as a float and text that is not ASCII as base64."""
    if isinstance(value, dict):
        return {key: _guessed(member) for key, member in value.items()}
    if isinstance(value, list):
        return [_guessed(member) for member in value]
    if not isinstance(value, str):
        return value
    if not value.isascii():
        return soap.Scalar(base64.b64encode(value.encode()).decode(), "base64Binary")
    if _INTEGER.fullmatch(value):
        return soap.Scalar(value, "int")
    return soap.Scalar(value, "float") if _NUMBER.fullmatch(value) else value


def cut_text(body: bytes) -> bytes:
    """XML that ends in the middle of an element."""
    return body[: len(body) * 2 // 3]


def latin1(body: bytes) -> bytes:
    """The same text in ISO 8859-1; a comment makes sure that there is a letter to stumble over."""
    declaration, _, rest = body.decode().partition("\n")
    return f"{declaration}\n<!-- réponse -->{rest}".encode("latin-1", "replace")


def unknown_status(body: bytes) -> bytes:
    """Every status word of the answer is one that is in no manual."""
    return _WORD.sub(rb"\g<1>" + UNKNOWN_WORD.encode() + rb"\g<2>", body)
