"""Their fault codes (reference 1.6) and the words for the end of an operation in our error tree.

A code that is not in the table means OutcomeUnknown: never a success, never a proof that nothing happened.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from registrar.errors import (
    AuthenticationFailed,
    InvalidRequest,
    NotFound,
    OutcomeUnknown,
    RateLimited,
    RegistrarError,
)

# The reference gives no duration for anything: ten minutes is the house's beat for asking again.
WAIT_SECONDS = 600.0
SESSION = "session"
TOO_MANY_SESSIONS = "too_many_sessions"

_CODE = re.compile(r"(E[0-9]{2})(-M[0-9]{4})?")
_LEADING_CODE = re.compile(rf"\s*({_CODE.pattern})(?:\s*:\s*|\s|$)")


@dataclass(frozen=True, slots=True)
class Row:
    """What a code means. A row for a class of codes ("E13") is also that of its codes without a row of their own.

    `field` is the neutral field of an InvalidRequest, `after` the wait of a RateLimited in seconds.
    """

    error: type[RegistrarError]
    reason: str
    field: str = ""
    after: float | None = None


CODES: Mapping[str, Row] = MappingProxyType(
    {
        "E01-M0101": Row(AuthenticationFailed, "credentials"),
        # The session, not the account: the client opens another one, and this is what remains if that is lost too.
        "E02": Row(RateLimited, SESSION, after=WAIT_SECONDS),
        "E13": Row(InvalidRequest, "invalid_parameter"),
        "E13-M1305": Row(InvalidRequest, "invalid_name", "name"),
        "E15-M1502": Row(NotFound, "domain"),
    }
)

# The registrar's words for a field, in the text of E13, that were seen; the rest stays without a field.
FIELD_WORDS: Mapping[str, str] = MappingProxyType({"province": "state"})

_SESSION_LIMIT = re.compile(r"session", re.IGNORECASE), re.compile(r"many|max|limit|quota", re.IGNORECASE)


def code_of(code: str, text: str) -> str:
    """The registrar's code in a fault: its faultcode, or, behind a generic one, what the text begins with."""
    if _CODE.fullmatch(code):
        return code
    found = _LEADING_CODE.match(text)
    return found[1] if found else code


def error_for(code: str, text: str) -> RegistrarError:
    """The exception for a fault. `text` is the registrar's, already without secrets."""
    code = code_of(code, text)
    row = CODES.get(code) or CODES.get(code.partition("-")[0])
    if row is None:
        return OutcomeUnknown(text, code=code, reason="undocumented")
    if row.error is InvalidRequest:
        return InvalidRequest(text, field=row.field or _field(text), code=code, reason=row.reason)
    if row.error is RateLimited:
        return RateLimited(text, after=row.after, code=code, reason=row.reason)
    return row.error(text, code=code, reason=row.reason)


def is_session_limit(error: RegistrarError) -> bool:
    """Whether a refusal to open a session says that there are too many.

    The code for it is not documented; a refusal of an opening cannot have executed anything.
    """
    return error.code.startswith("E02") or all(word.search(error.message) for word in _SESSION_LIMIT)


def _field(text: str) -> str:
    """The neutral field of "E13 : Province : Invalid value"."""
    parts = [part.strip().lower() for part in text.split(" : ")]
    return FIELD_WORDS.get(parts[1], "") if len(parts) > 2 else ""
