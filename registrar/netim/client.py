"""Any function of the SOAP API by name: one session, one POST, one reply, one redacted record."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from registrar.errors import (
    AuthenticationFailed,
    InvalidRequest,
    NotSent,
    OutcomeUnknown,
    RateLimited,
    RegistrarError,
    UnreadableReply,
)
from registrar.interface.driver import DriverSettings
from registrar.netim.actions import ACTIONS, SECRET_FIELDS, SECRET_PARAMETERS
from registrar.netim.errors import SESSION, TOO_MANY_SESSIONS, WAIT_SECONDS, error_for, is_session_limit
from registrar.netim.session import HEADERS, slot_for, writer
from registrar.transport import soap_reply
from registrar.transport.archive import Archive
from registrar.transport.http import HttpClient
from registrar.transport.redact import MASK, Redactor

T = TypeVar("T")
FAMILY = "netim"
# The list of domains comes as a whole: some 400 bytes for each.
MAX_REPLY_BYTES = 32 * 1024 * 1024

# What the registrar's own modules set; a synchronous call must be answered before it is given up.
LONGEST_SYNC_DELAY = 25
_REST_OF_A_CALL = 5

_SPELLINGS = {name.lower(): name for name in ACTIONS}
_OPENERS = frozenset({"sessionOpen", "login"})
_SESSION_ID = re.compile(r"(?<![0-9A-Za-z])[0-9A-Fa-f]{32}(?![0-9A-Za-z])")
_RESERVED = frozenset({"idsession", "idreseller", "password"})


class NetimClient:
    """Low-level access with the account's session. Nothing is sent twice but after a session fault, which proves
    that nothing was executed."""

    def __init__(self, settings: DriverSettings) -> None:
        # The registrar's own clients send it in upper case.
        self.reseller = settings.credentials["reseller"].strip().upper()
        self._password = settings.credentials["password"]
        self._user_agent = settings.user_agent
        self._http = HttpClient(
            settings.endpoint,
            timeouts=settings.timeouts,
            user_agent=settings.user_agent,
            max_reply_bytes=MAX_REPLY_BYTES,
        )
        self.sync_delay = max(1, min(LONGEST_SYNC_DELAY, int(settings.timeouts.total) - _REST_OF_A_CALL))
        self.patience = settings.timeouts.total
        self._archive = Archive(FAMILY, settings.on_exchange)
        self._redactor = Redactor(SECRET_FIELDS, [self._password])
        self._slot = slot_for(settings.endpoint, self.reseller, self._password, settings.sessions)

    @staticmethod
    def is_write(action: str) -> bool:
        """Whether a function may change something. Raises InvalidRequest(field="action") for an unknown one."""
        return ACTIONS[_known(action)]

    def call(self, action: str, /, *values: Any, **parameters: Any) -> Any:
        """Call any function with its own parameters, by position (without the session) or by name.

        Returns what came as it came: text, None, list or dict by member. Booleans are written as 1 or 0, lists as
        arrays, mappings as structs or maps; what is left out is nil. sessionOpen and login put the session that they
        open in place of the account's. Raises InvalidRequest before sending, and every class of registrar.errors.
        """
        name = _known(action)
        arguments = _bind(name, values, parameters)
        if name in _OPENERS:
            identifier = self._open(name, arguments)
            self._slot.replace(identifier)
            return identifier
        if name == "sessionClose":
            return self._close(self._slot.take())
        return self.fetch(name, arguments, lambda data: data)

    def fetch(self, function: str, arguments: Mapping[str, Any], read: Callable[[Any], T]) -> T:
        """As call() by the WSDL's names, with the reply put through `read`: its failure is an UnreadableReply."""
        # Written once before there is a session, so that what cannot be sent opens none.
        writer().write(function, arguments)
        session = self._slot.acquire(self)
        try:
            return self._send(function, {"IDSession": session.identifier, **arguments}, read)
        except RateLimited as error:
            if error.reason != SESSION:
                raise
        self._slot.drop(session)
        session = self._slot.acquire(self)
        return self._send(function, {"IDSession": session.identifier, **arguments}, read)

    def open_session(self) -> str:
        """A new session. Raises RateLimited where there are too many, AuthenticationFailed for bad credentials.

        Anything unclear is NotSent: whatever became of the opening, the call that needs it was not sent.
        """
        return self._open("sessionOpen", {})

    def prepare_session(self, identifier: str) -> None:
        """Messages in English, and synchronous answers in time (reference 1.5).

        What the registrar refuses to set stays at its default, which for the first two is the same.
        """
        preferences = {"lang": "EN", "sync": "1", "syncDelay": str(self.sync_delay)}
        for kind, value in preferences.items():
            try:
                arguments = {"IDSession": identifier, "type": kind, "value": value}
                self._send("sessionSetPreference", arguments, _nothing)
            except (RateLimited, AuthenticationFailed, NotSent):
                raise
            except RegistrarError as error:
                if not error.code:
                    raise NotSent(f"the session could not be prepared: {error.message}") from error

    def _open(self, function: str, arguments: Mapping[str, Any]) -> str:
        credentials = {"idReseller": self.reseller, "password": self._password, "language": "EN"}
        try:
            return self._send(function, {**arguments, **credentials}, _identifier)
        except (AuthenticationFailed, NotSent):
            raise
        except RegistrarError as error:
            if not error.code and not isinstance(error, OutcomeUnknown):
                raise
            raise _no_session(error) from error

    def _close(self, identifier: str | None) -> None:
        if identifier is None:
            return
        try:
            self._send("sessionClose", {"IDSession": identifier}, _nothing)
        except RateLimited as error:
            # Closed already: the registrar's own client says nothing either.
            if error.reason != SESSION:
                raise

    def _send(self, function: str, arguments: Mapping[str, Any], read: Callable[[Any], T]) -> T:
        message = writer().write(function, arguments)
        headers = HEADERS | {"SOAPAction": f'"{writer().action(function)}"'}
        secrets = _secrets(function, arguments)
        shown = writer().write(function, _masked(function, arguments)).decode("utf-8")
        with self._archive.keep(function, self._redactor.text(shown, secrets)) as record:
            reply = self._http.post("", message, headers)
            record.status = reply.status
            text = reply.body.decode("utf-8", "replace")
            if function in _OPENERS:
                # The new session's id, in whatever element it comes.
                text = _SESSION_ID.sub(MASK, text)
            record.reply = self._redactor.text(text, secrets)
            try:
                return read(soap_reply.read(reply, function))
            except soap_reply.SoapFault as fault:
                raise error_for(fault.code, self._redactor.text(fault.text, secrets)) from None
            except RegistrarError:
                raise
            except (TypeError, ValueError, LookupError, AttributeError, ArithmeticError) as error:
                # The function may have been executed, so whatever is odd in the reply must not look like our own
                # mistake.
                raise UnreadableReply(f"unexpected reply: {type(error).__name__}") from None


def _known(action: str) -> str:
    try:
        return _SPELLINGS[action.lower()]
    except KeyError:
        raise InvalidRequest(f"unknown function: {action}", field="action") from None


def _bind(function: str, values: Sequence[Any], parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Arguments by the names of the WSDL, whatever the case in which they were written."""
    spellings = {part.lower(): part for part in writer().parts(function)}
    if _RESERVED & {name.lower() for name in parameters}:
        raise InvalidRequest("session and credentials are set by the client", field="parameters")
    open_parts = [part for low, part in spellings.items() if low not in _RESERVED]
    if len(values) > len(open_parts):
        raise InvalidRequest(f"{function} takes {len(open_parts)} parameters", field="parameters")
    bound = dict(zip(open_parts, values, strict=False))
    for name, value in parameters.items():
        part = spellings.get(name.lower())
        if part is None or part in bound:
            raise InvalidRequest(
                f"{function} has no parameter {name}, or it is given twice", field="parameters"
            )
        bound[part] = value
    return bound


def _is_secret(function: str, name: str, value: Any) -> bool:
    return (
        bool(value)
        and isinstance(value, str)
        and (name in SECRET_FIELDS or name == SECRET_PARAMETERS.get(function))
    )


def _secrets(function: str, arguments: Mapping[str, Any]) -> list[str]:
    return [value for name, value in arguments.items() if _is_secret(function, name, value)]


def _masked(function: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments for the record: its elements have no names by which a secret could be found."""
    return {name: MASK if _is_secret(function, name, value) else value for name, value in arguments.items()}


def _identifier(data: Any) -> str:
    if not isinstance(data, str) or not data.strip():
        raise UnreadableReply("unexpected reply: no session id")
    return data.strip()


def _no_session(error: RegistrarError) -> RegistrarError:
    """What a fault or a silence on opening a session says of the call that needed it: it was not sent."""
    if error.code and is_session_limit(error):
        return RateLimited(error.message, after=WAIT_SECONDS, code=error.code, reason=TOO_MANY_SESSIONS)
    if isinstance(error, InvalidRequest):
        return AuthenticationFailed(error.message, code=error.code, reason="credentials")
    return NotSent(f"no session: {error.message}", code=error.code, reason=error.reason)


def _nothing(data: Any) -> None:
    """A function without a result."""
