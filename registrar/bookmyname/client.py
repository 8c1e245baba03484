"""Any function of the API by name: one POST, one reply, one redacted record."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from registrar.bookmyname import codec
from registrar.bookmyname.actions import ACTIONS, SECRET_FIELDS, SIGNATURES
from registrar.bookmyname.errors import EMPTY, error_for, error_for_fault
from registrar.errors import InvalidRequest, RegistrarError, UnreadableReply
from registrar.interface.driver import DriverSettings
from registrar.transport import reading
from registrar.transport.archive import Archive
from registrar.transport.http import HttpClient, HttpReply
from registrar.transport.redact import Redactor

T = TypeVar("T")
FAMILY = "bookmyname"
# The list of contacts comes as a whole: some 3 KB for each.
MAX_REPLY_BYTES = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Reply:
    """What a function returned: `retval` is its number, `fields` its retfields as they came, None without."""

    retcode: int
    retval: int
    fields: codec.Decoded
    data: Mapping[str, codec.Decoded]


class BookMyNameClient:
    """Low-level access with the account's credentials. Never sends anything twice."""

    def __init__(self, settings: DriverSettings, archive: Archive) -> None:
        self.account = settings.credentials["dist_id"].strip()
        self.endpoint = settings.endpoint
        self._password = settings.credentials["dist_passwd"]
        self._http = HttpClient(
            settings.endpoint,
            timeouts=settings.timeouts,
            user_agent=settings.user_agent,
            max_reply_bytes=MAX_REPLY_BYTES,
        )
        self._archive = archive
        self._redactor = Redactor(SECRET_FIELDS, [self._password])

    @staticmethod
    def is_write(function: str) -> bool:
        """Whether a function may change something.

        Raises InvalidRequest(field="action") for an unknown one.
        """
        return ACTIONS[_known(function)]

    def call(self, function: str, /, **parameters: Any) -> Any:
        """Call any of the 20 functions; returns the whole map that it answered: retcode, retval, retfields.

        Parameters have the names of actions.SIGNATURES and travel by position. Where one of them is a map, any other
        name is an entry of that map: call("domain_update", domain="faro.com", registry_status=64). None is
        sent as nil. Raises InvalidRequest before sending, and every class of registrar.errors after.
        """
        return self.fetch(function, parameters, lambda reply: dict(reply.data))

    def fetch(self, function: str, parameters: Mapping[str, Any], read: Callable[[Reply], T]) -> T:
        """As call(), with the reply put through `read`: its failure is an UnreadableReply, and on record."""
        name = _known(function)
        arguments = _arguments(name, parameters)
        uri = self.endpoint
        body = codec.encode(uri, name, [self.account, self._password, *arguments.values()])
        headers = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": f'"{uri}#{name}"'}
        secrets = list(_secrets(arguments))
        with self._archive.keep(name, self._shown(name, arguments, secrets)) as draft:
            reply = self._http.post("", body, headers)
            draft.status = reply.status
            draft.reply = self._redactor.text(reply.body.decode("utf-8", "replace"), secrets)
            return self._read(name, reply, secrets, read)

    def _shown(self, name: str, arguments: Mapping[str, Any], secrets: list[str]) -> str:
        """The call as a person reads it, without secrets: the function and its arguments, not the XML."""
        named = {"dist_id": self.account, "dist_passwd": self._password, **arguments}
        return f"{name} {self._redactor.text(json.dumps(named, ensure_ascii=False), secrets)}"

    def _read(self, name: str, reply: HttpReply, secrets: list[str], read: Callable[[Reply], T]) -> T:
        answer = self._answer(name, reply)
        if isinstance(answer, codec.Fault):
            text = self._redactor.text(answer.text, secrets)
            raise error_for_fault(name, codec.Fault(self._redactor.text(answer.code, secrets), text))
        result = _result(answer)
        if result.retcode != 1 and not ((result.retcode, result.retval) == (0, 0) and name in EMPTY):
            raise error_for(name, result.retcode, result.retval)
        try:
            return read(result)
        except RegistrarError:
            raise
        except (TypeError, ValueError, LookupError, AttributeError, ArithmeticError) as error:
            # The function may have been executed, so whatever is odd in the reply must not look like our own
            # mistake.
            raise UnreadableReply(f"unexpected reply: {type(error).__name__}") from None

    @staticmethod
    def _answer(name: str, reply: HttpReply) -> codec.Decoded | codec.Fault:
        """The answer's value. A fault comes with status 500, and nothing but a fault is believed there."""
        if reply.status == 500 and not reply.broken:
            try:
                answer = codec.decode(reply.body, name)
            except UnreadableReply:
                answer = None
            if isinstance(answer, codec.Fault):
                return answer
        reply.raise_unless_ok()
        return codec.decode(reply.body, name)


def _known(function: str) -> str:
    if function not in ACTIONS:
        raise InvalidRequest(f"unknown function: {function}", field="action")
    return function


def _arguments(name: str, parameters: Mapping[str, Any]) -> dict[str, codec.Value]:
    """The parameters by name in their order; what is not one of them goes into the function's map."""
    signature = SIGNATURES[name]
    given = {key: value for key, value in parameters.items() if key in signature.names}
    loose = {key: value for key, value in parameters.items() if key not in signature.names}
    if loose and not signature.map:
        raise InvalidRequest(f"{name} has no parameter {next(iter(loose))}", field="parameters")
    if signature.map:
        given[signature.map] = {**(given.get(signature.map) or {}), **loose}
    last = max((signature.names.index(key) + 1 for key in given), default=0)
    for missing in (key for key in signature.names[: signature.needed] if key not in given):
        raise InvalidRequest(f"{name} needs {missing}", field="parameters")
    # A parameter that is left out before one that is given is empty text, as in the manual's contact_info.
    arguments = {key: given.get(key, "") for key in signature.names[:last]}
    return {key: _written(key, value, key == signature.map) for key, value in arguments.items()}


def _written(key: str, value: Any, is_map: bool) -> codec.Value:
    if is_map and isinstance(value, Mapping):
        return {str(name): _written(str(name), inner, False) for name, inner in value.items()}
    if value is None or isinstance(value, bool | int | str):
        return value
    raise InvalidRequest(f"{key} cannot be sent as {type(value).__name__}", field="parameters")


def _secrets(arguments: Mapping[str, codec.Value]) -> Iterator[str]:
    for name, value in arguments.items():
        if isinstance(value, Mapping):
            yield from _secrets(value)
        elif name in SECRET_FIELDS and value not in (None, ""):
            yield str(value)


def _result(answer: codec.Decoded) -> Reply:
    data = reading.mapping(answer, "the result")
    return Reply(
        retcode=reading.whole(data, "retcode"),
        retval=reading.whole(data, "retval"),
        fields=data.get("retfields"),
        data=data,
    )
