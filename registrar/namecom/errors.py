"""Their result codes (manual, Response Codes and Messages) in our error tree.

A code that is not in the table means OutcomeUnknown: never a success, never a proof that nothing happened. Any other
but 250 means that nothing was executed (assumption "documented-refusal").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from registrar.errors import (
    AlreadyExists,
    AuthenticationFailed,
    Conflict,
    InsufficientFunds,
    InvalidRequest,
    NotSupported,
    OutcomeUnknown,
    PermissionDenied,
    Refused,
    RegistrarError,
)

SUCCESS = 100


@dataclass(frozen=True, slots=True)
class Row:
    """What one code means. `field` is the neutral field of an InvalidRequest."""

    error: type[RegistrarError]
    reason: str
    field: str = ""


CODES: Mapping[int, Row] = MappingProxyType(
    {
        203: Row(InvalidRequest, "missing_parameter"),
        204: Row(InvalidRequest, "invalid_parameter"),
        211: Row(NotSupported, "unknown_action"),
        221: Row(PermissionDenied, "not_authorized"),
        240: Row(Refused, "command_failed"),
        250: Row(OutcomeUnknown, "exception"),
        251: Row(AuthenticationFailed, "credentials"),
        260: Row(InsufficientFunds, "balance"),
        # The account is to be paid from elsewhere, and that payment failed: it goes on when there is money.
        261: Row(InsufficientFunds, "funds_not_authorized"),
    }
)

# The table's message of each code. A message may go on behind it: " - Detail In Title Case".
MESSAGES: Mapping[int, str] = MappingProxyType(
    {
        203: "Required Parameter Missing",
        204: "Parameter Value Error",
        211: "Invalid Command URL",
        221: "Authorization Error",
        240: "Command Failed",
        250: "Unexpected Error (Exception)",
        251: "Authentication Error",
        260: "Insufficient Funds",
        261: "Unable to Authorize Funds",
    }
)

# Details, or first words of them, that were seen, in lower case, and what they add to their code (assumption
# "details").
DETAILS: Mapping[tuple[int, str], Row] = MappingProxyType(
    {
        (204, "domain"): Row(InvalidRequest, "invalid_name", "name"),
        (204, "duplicate"): Row(AlreadyExists, "duplicate"),
        (204, "invalid srv format"): Row(InvalidRequest, "srv_format", "value"),
        (221, "username or ip token invalid"): Row(AuthenticationFailed, "credentials"),
    }
)

# Calls that make something. "Command Failed" tells neither why nor whether the thing is there already, perhaps from
# an earlier try: it has to be looked at before anybody calls this a failure.
_MAKING = frozenset({"order", "domain/create", "dns/create", "host/create"})
_LOOK_FIRST = Row(Conflict, "command_failed")


def detail_of(message: str) -> str:
    """What a message adds to the table's one, in lower case: "duplicate record"."""
    return message.partition(" - ")[2].strip().casefold()


def code_in(words: str) -> int | None:
    """The code whose message a text is, or begins with: orders tell of an item's failure in words only."""
    said = words.partition(" - ")[0].strip().casefold()
    return next((code for code, message in MESSAGES.items() if message.casefold() == said), None)


def row_for(code: int, message: str, *, action: str) -> Row | None:
    """What a failing code means for a call, None where no table has it."""
    if code == 240 and action in _MAKING:
        return _LOOK_FIRST
    detail = detail_of(message)
    return DETAILS.get((code, detail)) or DETAILS.get((code, detail.partition(" ")[0])) or CODES.get(code)


def error_for(code: int, message: str, *, action: str) -> RegistrarError:
    """The exception for a code that is not 100. `message` is the registrar's, already without secrets."""
    row = row_for(code, message, action=action)
    text = str(code)
    if row is None:
        return OutcomeUnknown(message, code=text, reason="undocumented")
    if row.error is NotSupported:
        return NotSupported(action, message, code=text, reason=row.reason)
    if row.error is InvalidRequest:
        return InvalidRequest(message, field=row.field, code=text, reason=row.reason)
    return row.error(message, code=text, reason=row.reason)
