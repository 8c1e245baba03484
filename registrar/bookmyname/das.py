"""DAS, the line protocol for availability: one question and its answer per connection (notes, section 9).

Three dialects in use: that of BookMyName itself, EURid's and DNS Belgium's. They differ in the question and in their
words; the answer has the same shape in all three, so that one reader takes what any of them says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from registrar.bookmyname.actions import DAS
from registrar.errors import (
    InvalidRequest,
    OutcomeUnknown,
    PermissionDenied,
    RateLimited,
    RegistrarError,
    UnreadableReply,
)
from registrar.interface.driver import DriverSettings
from registrar.transport import line, reading, values
from registrar.transport.archive import Archive
from registrar.types import Availability, AvailabilityState

PORT = 4343
# The limits that are known count the questions of one minute; nobody says how long a refusal lasts.
WAIT_SECONDS = 60.0

# The registries' own servers, which the manual names for these two extensions. They know no test platform.
REGISTRIES: Mapping[str, tuple[str, int]] = {"be": ("whois.dns.be", PORT), "eu": ("das.be", PORT)}

WORDS: Mapping[str, AvailabilityState] = {
    "FREE": AvailabilityState.AVAILABLE,
    "AVAILABLE": AvailabilityState.AVAILABLE,
    "REGISTERED": AvailabilityState.TAKEN,
    "NOT AVAILABLE": AvailabilityState.TAKEN,
    "BLOCKED": AvailabilityState.TAKEN,
    "RESERVED": AvailabilityState.TAKEN,
    "SUSPENDED": AvailabilityState.TAKEN,
    "APPLICATION PENDING": AvailabilityState.TAKEN,
    "ON HOLD": AvailabilityState.TAKEN,
    "OUT OF SERVICE": AvailabilityState.TAKEN,
    "NOT ALLOWED": AvailabilityState.INVALID,
}

_BAD_PATTERN = "-7"

_RC = re.compile(r"%+\s*RC\s*=\s*(-?[0-9]+)\s*")
_FIELD = re.compile(r"([A-Za-z-]+(?: [A-Za-z]+)?):\s*(.*)")
_COMMENT = re.compile(r"%+\s*(.*)")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a question is put: its version, and whether the extension is part of the name."""

    version: str
    with_tld: bool

    def question(self, name: str) -> str:
        """The line that asks for `name`."""
        return f"get {self.version} {name if self.with_tld else name.partition('.')[0]}"


OWN = Dialect("1.0", with_tld=True)
EURID = Dialect("2.0", with_tld=False)
DNS_BELGIUM = Dialect("1.0", with_tld=False)
_DIALECTS: Mapping[str, Dialect] = {"be": DNS_BELGIUM, "eu": EURID}


class Das:
    """The servers that answer for one account."""

    def __init__(self, settings: DriverSettings, archive: Archive) -> None:
        """Raises InvalidRequest(field="das") for an address that is none."""
        given = settings.credentials.get("das", "").strip()
        self._own = server(given, settings.endpoint)
        # An address that was given answers for everything: a test account asks no registry.
        self._registries = {} if given else REGISTRIES
        self._timeouts = settings.timeouts
        self._archive = archive

    def check(self, name: str) -> Availability:
        """Whether `name` (A-labels) can be registered.

        Raises RateLimited and PermissionDenied for what the server says of us, UnreadableReply for an answer in
        no dialect or about another name, and what a connection raises.
        """
        tld = values.tld(name)
        server = self._registries.get(tld, self._own)
        if server is None:
            raise InvalidRequest("no address of a DAS server is known for this endpoint", field="das")
        question = _DIALECTS.get(tld, OWN).question(name)
        with self._archive.keep(DAS, question) as draft:
            answer = line.ask(*server, question, self._timeouts)
            draft.reply = answer.replace("\x00", "\ufffd")
            return Availability(name, tld, parse(answer, name))


def parse(answer: str, name: str) -> AvailabilityState:
    """What an answer says of `name`."""
    lines = [one.strip() for one in answer.splitlines() if one.strip()]
    codes = [match[1] for match in map(_RC.fullmatch, lines) if match]
    if len(codes) > 1:
        raise UnreadableReply("a DAS answer with two result codes")
    if codes == [_BAD_PATTERN]:
        # The name is one: it is of an extension that this server does not answer for.
        return AvailabilityState.UNKNOWN
    if codes and codes != ["0"]:
        said = [match[1] for match in map(_COMMENT.fullmatch, lines) if match]
        raise _error(codes[0], said[-1] if said else "")
    found = [(match[1], match[2]) for match in map(_FIELD.fullmatch, lines) if match]
    fields = dict(found)
    if len(fields) != len(found) or "Domain" not in fields or "Status" not in fields:
        raise UnreadableReply("a DAS answer without one domain and one status")
    asked = reading.a_label(fields.get("A-label") or fields["Domain"])
    if asked not in {name, name.partition(".")[0]}:
        raise UnreadableReply("a DAS answer about another name")
    state = WORDS.get(" ".join(fields["Status"].upper().split()))
    if state is None:
        raise UnreadableReply("a DAS answer with an unknown status")
    return state


def _error(code: str, message: str) -> RegistrarError:
    """DNS Belgium's codes, the older ones among them; the other two servers are only known to say 0."""
    match code:
        case "-2":
            return RateLimited(message, after=WAIT_SECONDS, code=code, reason="too_many_queries")
        case "-3" | "-9":
            return PermissionDenied(message, code=code, reason="filtered")
        case "-1" | "-8":
            return OutcomeUnknown(message, code=code, reason="internal_error")
        case _:
            return UnreadableReply(message, code=code, reason="undocumented")


def server(given: str, endpoint: str) -> tuple[str, int] | None:
    """The address that was given, else the API's host with das. in place of api.; None where that is not possible."""
    if not given:
        name = urlsplit(endpoint).hostname or ""
        return (f"das.{name.removeprefix('api.')}", PORT) if name.startswith("api.") else None
    wrong = InvalidRequest("the DAS address must look like host:port", field="das")
    try:
        parts = urlsplit(f"//{given}")
        port = parts.port or PORT
    except ValueError:
        raise wrong from None
    if not parts.hostname or parts.path or "@" in given:
        raise wrong
    return parts.hostname, port
