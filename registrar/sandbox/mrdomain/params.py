"""Reading the parameters of a request: urlencoded or multipart, and the API's idea of a boolean."""

from __future__ import annotations

from collections.abc import Iterable
from email.parser import BytesParser
from email.policy import HTTP
from urllib.parse import parse_qsl

from registrar.sandbox.clock import day, parse_day
from registrar.sandbox.family import Request
from registrar.sandbox.mrdomain.codes import ApiError, invalid, missing

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"", "0", "false", "no", "off"})


def is_true(text: str) -> bool:
    """A boolean parameter; raises ValueError for a word that is none."""
    word = text.strip().lower()
    if word not in TRUE | FALSE:
        raise ValueError(text)
    return word in TRUE


def read(request: Request) -> dict[str, str]:
    """The POST parameters; those of the URL are ignored (manual 2). Raises 100 for an unreadable body."""
    if request.method != "POST" or not request.body:
        return {}
    kind = request.headers.get("content-type", "application/x-www-form-urlencoded")
    try:
        if kind.lower().startswith("multipart/form-data"):
            return _multipart(kind, request.body)
        if kind.lower().startswith("application/x-www-form-urlencoded"):
            return dict(parse_qsl(request.body.decode("utf-8"), True, errors="strict", max_num_fields=1000))
    except (ValueError, LookupError) as error:
        raise ApiError(100, "The request cannot be read") from error
    return {}


def _multipart(kind: str, body: bytes) -> dict[str, str]:
    head = b"Content-Type: " + kind.encode("latin-1") + b"\r\n\r\n"
    message = BytesParser(policy=HTTP).parsebytes(head + body)
    if not message.is_multipart():
        raise ValueError("no parts")
    found: dict[str, str] = {}
    for part in message.iter_parts():
        name = part.get_param("name", header="content-disposition")
        payload = part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(payload, bytes):
            found[name] = payload.decode("utf-8")
    return found


class Params:
    """The parameters of one call. An empty one counts as not sent, except where a boolean is expected."""

    def __init__(self, values: dict[str, str]) -> None:
        self.values = values

    def text(self, name: str, default: str = "") -> str:
        """The value without the spaces around it."""
        return self.values.get(name, "").strip() or default

    def required(self, name: str) -> str:
        value = self.text(name)
        if not value:
            raise missing(name)
        return value

    def demand(self, names: Iterable[str]) -> None:
        """Raise 101 naming every one of `names` that was not sent."""
        absent = [name for name in names if not self.text(name)]
        if absent:
            raise missing(*absent)

    def choice(self, name: str, allowed: Iterable[str], default: str | None = None) -> str:
        """One of `allowed`; required where there is no default."""
        value = self.required(name) if default is None else self.text(name, default)
        options = list(allowed)
        if value not in options and value != default:
            raise invalid(name, "one of " + ", ".join(options))
        return value

    def integer(self, name: str, default: int | None = None, low: int = 1, high: int = 10**9) -> int:
        """A whole number; required where there is no default."""
        value = self.required(name) if default is None else self.text(name, str(default))
        # Short enough first: Python refuses to read a number of thousands of digits.
        if not (value.isascii() and value.isdigit() and len(value) <= 12) or not low <= int(value) <= high:
            raise invalid(name, "a whole number was expected")
        return int(value)

    def boolean(self, name: str, default: bool | None = None) -> bool:
        """A boolean, empty meaning false; required where there is no default."""
        if name not in self.values:
            if default is None:
                raise missing(name)
            return default
        try:
            return is_true(self.values[name])
        except ValueError:
            raise invalid(name, "a boolean was expected") from None

    def date(self, name: str) -> str:
        """A required date as YYYY-MM-DD; YYYYMMDD is accepted."""
        value = self.required(name)
        try:
            return day(parse_day(value))
        except ValueError:
            raise invalid(name, "YYYYMMDD or YYYY-MM-DD was expected") from None
