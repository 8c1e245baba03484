"""Any call of the legacy API by name: one request, one reply, one redacted record."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from registrar.errors import AuthenticationFailed, InvalidRequest, RegistrarError, UnreadableReply
from registrar.interface.driver import DriverSettings
from registrar.namecom import mapping
from registrar.namecom.actions import ACTIONS, CALLS, OPEN, SECRET_FIELDS, Argument
from registrar.transport import reading
from registrar.transport.archive import Archive
from registrar.transport.http import HttpClient, HttpReply
from registrar.transport.redact import Redactor

T = TypeVar("T")
FAMILY = "namecom"

_ARGUMENT = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*")
_HEADER = re.compile(r"[!-~]+")


class NameComClient:
    """Low-level access. Never sends anything twice.

    Every call bears user name and token, so that there is no session to lose; between login() and logout() it bears
    the session's token instead.
    """

    def __init__(self, settings: DriverSettings) -> None:
        """Raises InvalidRequest (field of the credential) for what no header can hold."""
        self._username = _credential(settings, "username")
        self._token = _credential(settings, "api_token")
        self._session = ""
        self._http = HttpClient(settings.endpoint, timeouts=settings.timeouts, user_agent=settings.user_agent)
        self._archive = Archive(FAMILY, settings.on_exchange)
        self._redactor = Redactor(SECRET_FIELDS, [self._token])

    @property
    def has_session(self) -> bool:
        """True between login() and logout()."""
        return bool(self._session)

    @staticmethod
    def is_write(action: str) -> bool:
        """Whether a call may change something; its argument may be there or not.

        Raises InvalidRequest(field="action") for an unknown one.
        """
        return ACTIONS[_split(action)[0]]

    def login(self) -> None:
        """Open a session (manual, Login). It ends with logout(), or when a call says that it has ended."""
        self.call("login")

    def logout(self) -> None:
        """End the session (manual, Logout). The next call bears user name and token again."""
        self.call("logout")

    def call(self, action: str, /, **parameters: Any) -> Any:
        """Make any of the 22 calls, its argument behind it: call("domain/get/example.com").

        `parameters` are the members of the JSON body: texts, numbers, booleans, lists and mappings; None is left out,
        dates become YYYY-MM-DD. "login" takes none: the client has the credentials. Returns the reply without its
        `result`, as it came. Raises InvalidRequest before sending, and every class of registrar.errors after.
        """
        return self.fetch(action, parameters, dict)

    def fetch(self, action: str, parameters: Mapping[str, Any], read: Callable[[Mapping[str, Any]], T]) -> T:
        """As call(), with the reply put through `read`: its failure is an UnreadableReply, and on record."""

        def successful(envelope: mapping.Envelope) -> T:
            envelope.raise_unless_successful()
            return read(envelope.data)

        return self.answer(action, parameters, successful)

    def answer(self, action: str, parameters: Mapping[str, Any], read: Callable[[mapping.Envelope], T]) -> T:
        """As fetch(), for a reply that may tell something whatever its code: `read` gets the whole envelope."""
        name, path = _split(action)
        body = self._body(name, parameters)
        headers = self._headers(name)
        secrets = [self._session]
        with self._archive.keep(name, self._shown(name, path, body, secrets)) as draft:
            reply = self._send(name, path, body, headers)
            draft.status = reply.status
            draft.reply = self._redactor.text(reply.body.decode("utf-8", "replace"), secrets)
            try:
                return self._read(name, reply, secrets, read)
            except AuthenticationFailed:
                # It may have been the session alone that ended: the next call needs none.
                self._session = ""
                raise

    def _read(
        self, name: str, reply: HttpReply, secrets: list[str], read: Callable[[mapping.Envelope], T]
    ) -> T:
        reply.raise_unless_ok()
        envelope = mapping.envelope(
            reading.parse_json(reply.body), name, lambda words: self._redactor.text(words, secrets)
        )
        try:
            found = read(envelope)
            self._keep_session(name, envelope)
        except RegistrarError:
            raise
        except (TypeError, ValueError, LookupError, AttributeError, ArithmeticError) as error:
            # The call may have been executed, so whatever is odd in the reply must not look like our own mistake.
            raise UnreadableReply(f"unexpected reply: {type(error).__name__}") from None
        return found

    def _keep_session(self, name: str, envelope: mapping.Envelope) -> None:
        if name == "login":
            token = reading.required(envelope.data, "session_token")
            if not _HEADER.fullmatch(token):
                raise reading.unreadable("session_token")
            self._session = token
        elif name == "logout":
            self._session = ""

    def _send(self, name: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> HttpReply:
        if CALLS[name].verb == "GET":
            return self._http.get(path, headers)
        return self._http.post(path, body or b"", headers)

    def _body(self, name: str, parameters: Mapping[str, Any]) -> bytes | None:
        given = {key: _written(key, value) for key, value in parameters.items() if value is not None}
        if given and (name == "login" or CALLS[name].verb == "GET"):
            raise InvalidRequest(f"{name} takes no parameters", field="parameters")
        if name == "login":
            given = {"username": self._username, "api_token": self._token}
        return json.dumps(given, separators=(",", ":")).encode("ascii") if given else None

    def _headers(self, name: str) -> dict[str, str]:
        headers = {"Accept": "application/json"}
        if CALLS[name].verb == "POST":
            headers["Content-Type"] = "application/json"
        if name in OPEN:
            return headers
        if self._session:
            return {**headers, "Api-Session-Token": self._session}
        return {**headers, "Api-Username": self._username, "Api-Token": self._token}

    def _shown(self, name: str, path: str, body: bytes | None, secrets: list[str]) -> str:
        """The request as a person reads it, without headers and secrets."""
        line = f"{CALLS[name].verb} {path}"
        return self._redactor.text(f"{line} {body.decode()}" if body else line, secrets)


def _credential(settings: DriverSettings, name: str) -> str:
    value = settings.credentials[name].strip()
    if not _HEADER.fullmatch(value):
        raise InvalidRequest(f"{name} holds a character that no header can hold", field=name)
    return value


def _split(action: str) -> tuple[str, str]:
    """The name of a call, and its path with the argument."""
    path = action.strip("/")
    name = path if path in CALLS else path.rpartition("/")[0]
    if name not in CALLS:
        raise InvalidRequest(f"unknown call: {action}", field="action")
    argument = path[len(name) + 1 :]
    wanted = CALLS[name].argument
    if argument and (wanted is Argument.NONE or not _ARGUMENT.fullmatch(argument)):
        raise InvalidRequest(f"{name} cannot be called for {argument!r}", field="action")
    return name, path


def _written(name: str, value: Any) -> Any:
    if isinstance(value, str | bool | int):
        return value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, Mapping):
        return {str(key): _written(name, part) for key, part in value.items() if part is not None}
    if isinstance(value, list | tuple):
        return [_written(name, part) for part in value]
    raise InvalidRequest(f"{name} cannot be sent as {type(value).__name__}", field=name)
