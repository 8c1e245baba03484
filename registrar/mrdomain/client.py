"""Any action of the Simple API by name: one POST, one reply, one redacted record."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar
from urllib.parse import urlencode

from registrar.errors import InvalidRequest, RegistrarError, UnreadableReply
from registrar.interface.driver import DriverSettings
from registrar.mrdomain import mapping
from registrar.mrdomain.actions import ACTIONS, SECRET_FIELDS
from registrar.mrdomain.errors import error_for
from registrar.transport.exchange import Exchange
from registrar.transport.http import HttpClient, HttpReply
from registrar.transport.redact import Redactor

T = TypeVar("T")
FAMILY = "mrdomain"

_log = logging.getLogger(__name__)
_RESERVED = frozenset({"apiuser", "apipasswd", "output-format", "output-pretty"})
_HEADERS = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8", "Accept": "application/json"}


class MrDomainClient:
    """Low-level access with the account's credentials. Never sends anything twice."""

    def __init__(self, settings: DriverSettings) -> None:
        self._credentials = {name: settings.credentials[name] for name in ("apiuser", "apipasswd")}
        self._http = HttpClient(settings.endpoint, timeouts=settings.timeouts, user_agent=settings.user_agent)
        self._on_exchange = settings.on_exchange
        self._redactor = Redactor(SECRET_FIELDS, [self._credentials["apipasswd"]])

    @staticmethod
    def is_write(action: str) -> bool:
        """Whether an action may change something.

        Raises InvalidRequest(field="action") for an unknown one.
        """
        return ACTIONS[_known(action)]

    def call(self, action: str, /, **parameters: Any) -> Any:
        """Call any of the 106 actions with its own parameters; returns the reply's responseData as it came.

        Booleans become 1 or empty, dates YYYY-MM-DD, sequences a comma-separated list; None is left out.
        Raises InvalidRequest before sending, and every class of registrar.errors after.
        """
        return self.fetch(action, parameters, lambda data: data)

    def fetch(self, action: str, parameters: Mapping[str, Any], read: Callable[[Any], T]) -> T:
        """As call(), with the reply put through `read`: its failure is an UnreadableReply, and on record."""
        name = _known(action)
        if _RESERVED & parameters.keys():
            raise InvalidRequest("credentials and output format are set by the client", field="parameters")
        form = self._credentials | _form(parameters)
        started = time.monotonic()
        reply: HttpReply | None = None
        failure: Exception | None = None
        try:
            reply = self._http.post(f"/{name}/", urlencode(form).encode("ascii"), _HEADERS)
            return self._read(name, reply, form, read)
        except Exception as error:
            failure = error
            raise
        finally:
            self._record(name, form, reply, time.monotonic() - started, failure)

    def _read(self, name: str, reply: HttpReply, form: Mapping[str, str], read: Callable[[Any], T]) -> T:
        reply.raise_unless_ok()
        envelope = mapping.envelope(reply.body)
        if envelope.code:
            raise error_for(envelope.code, self._redactor.text(envelope.message, _secrets(form)), action=name)
        try:
            return read(envelope.data)
        except RegistrarError:
            raise
        except (TypeError, ValueError, LookupError, AttributeError, ArithmeticError) as error:
            # The action may have been executed, so whatever is odd in the reply must not look like our own
            # mistake.
            raise UnreadableReply(f"unexpected reply: {type(error).__name__}") from None

    def _record(
        self,
        name: str,
        form: Mapping[str, str],
        reply: HttpReply | None,
        duration: float,
        failure: Exception | None,
    ) -> None:
        if self._on_exchange is None:
            return
        body = reply.body.decode("utf-8", "replace") if reply else ""
        exchange = Exchange(
            family=FAMILY,
            action=name,
            request=self._redactor.form(form),
            reply=self._redactor.text(body, _secrets(form)),
            status=reply.status if reply else 0,
            duration=duration,
            error=type(failure).__name__ if failure else "",
        )
        try:
            self._on_exchange(exchange)
        except Exception:
            # A full archive must not hide what the registrar answered.
            _log.exception("the record of %s could not be kept", name)


def _known(action: str) -> str:
    name = action.strip("/")
    if name not in ACTIONS:
        raise InvalidRequest(f"unknown action: {action}", field="action")
    return name


def _secrets(form: Mapping[str, str]) -> list[str]:
    secret = {name.lower() for name in SECRET_FIELDS}
    return [value for name, value in form.items() if name.lower() in secret and value]


def _form(parameters: Mapping[str, Any]) -> dict[str, str]:
    return {name: _written(name, value) for name, value in parameters.items() if value is not None}


def _written(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "1" if value else ""
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, list | tuple) and all(isinstance(part, str) for part in value):
        return ",".join(value)
    raise InvalidRequest(f"{name} cannot be sent as {type(value).__name__}", field=name)
