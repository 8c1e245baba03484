"""Their error codes (manual 10.1.1) in our error tree.

A code that is not in the table means OutcomeUnknown: never a success, never a proof that nothing happened.
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
    NotFound,
    NotSupported,
    OutcomeUnknown,
    PermissionDenied,
    RateLimited,
    Refused,
    RegistrarError,
)

# The manual gives no duration for a closed extension, nor for the temporary block after too many calls
# (1.2, 1.3); ten minutes is the house's beat for asking again.
MAINTENANCE_SECONDS = 600.0
BLOCK_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Row:
    """What one code means.

    `field` is the neutral field of an InvalidRequest, `after` the wait of a RateLimited in seconds.
    """

    error: type[RegistrarError]
    reason: str
    field: str = ""
    after: float | None = None


CODES: Mapping[int, Row] = MappingProxyType(
    {
        1: Row(OutcomeUnknown, "undefined"),
        100: Row(InvalidRequest, "syntax"),
        101: Row(InvalidRequest, "missing_parameter"),
        102: Row(NotSupported, "unknown_action"),
        103: Row(PermissionDenied, "action_not_allowed"),
        104: Row(NotSupported, "not_implemented"),
        105: Row(InvalidRequest, "invalid_parameter"),
        200: Row(AuthenticationFailed, "credentials"),
        201: Row(AuthenticationFailed, "credentials"),
        210: Row(AuthenticationFailed, "session"),
        # Said of one object, not of the account: it must not stop everything else.
        300: Row(Refused, "action_not_allowed"),
        # A block may pass by itself; a ban (1030) does not. Going on asking turns the one into the other.
        1000: Row(RateLimited, "blocked", after=BLOCK_SECONDS),
        1001: Row(AuthenticationFailed, "deleted"),
        1002: Row(AuthenticationFailed, "inactive"),
        1003: Row(AuthenticationFailed, "credentials"),
        1004: Row(AuthenticationFailed, "credentials"),
        1005: Row(AuthenticationFailed, "credentials"),
        1006: Row(RateLimited, "blocked", after=BLOCK_SECONDS),
        1007: Row(PermissionDenied, "filtered"),
        1009: Row(AuthenticationFailed, "credentials"),
        1010: Row(RateLimited, "blocked", after=BLOCK_SECONDS),
        1011: Row(RateLimited, "blocked", after=BLOCK_SECONDS),
        1012: Row(RateLimited, "blocked", after=BLOCK_SECONDS),
        1013: Row(RateLimited, "blocked", after=BLOCK_SECONDS),
        1014: Row(PermissionDenied, "filtered"),
        1030: Row(AuthenticationFailed, "banned"),
        1100: Row(InsufficientFunds, "balance"),
        2001: Row(InvalidRequest, "invalid_name", "name"),
        2002: Row(Refused, "unsupported_tld"),
        2003: Row(RateLimited, "maintenance", after=MAINTENANCE_SECONDS),
        2004: Row(Refused, "check_failed"),
        2005: Row(Refused, "transfer_not_allowed"),
        2006: Row(Refused, "whois_not_allowed"),
        2007: Row(Refused, "whois_failed"),
        2008: Row(NotFound, "domain"),
        2009: Row(Refused, "create_failed"),
        2010: Row(AlreadyExists, "taken"),
        2011: Row(Refused, "premium"),
        2012: Row(Refused, "transfer_failed"),
        # Also what an outdated curExpDate may answer: the name has to be read before anybody calls this a
        # failure.
        2100: Row(Conflict, "renew_failed"),
        2101: Row(Conflict, "renew_not_allowed"),
        2102: Row(Conflict, "renew_blocked"),
        # The registrar says "exists already" of names only. For everything else one failure without a reason
        # stands for that, too, so that the object has to be read before anybody calls it a failure.
        2200: Row(Conflict, "update_failed"),
        2201: Row(Refused, "update_not_allowed"),
        2202: Row(Conflict, "locked"),
        2210: Row(Conflict, "owner_unverified"),
        3001: Row(NotFound, "contact"),
        3002: Row(InvalidRequest, "contact_data", "contact"),
        3003: Row(Conflict, "contact_unverified"),
        3500: Row(NotFound, "user"),
        3501: Row(Conflict, "create_failed"),
        3502: Row(Conflict, "update_failed"),
        4001: Row(NotFound, "service"),
        4002: Row(NotFound, "service_entity"),
        4003: Row(Refused, "limit_reached"),
        4004: Row(Conflict, "create_failed"),
        4005: Row(Conflict, "update_failed"),
        4006: Row(Conflict, "delete_failed"),
        4007: Row(Conflict, "create_failed"),
        4008: Row(Conflict, "upgrade_failed"),
        4009: Row(Conflict, "renew_failed"),
        4010: Row(Conflict, "update_failed"),
        5000: Row(Conflict, "certificate_failed"),
        5001: Row(NotFound, "certificate"),
        10001: Row(Refused, "website_failed"),
    }
)


def error_for(code: int, message: str, *, action: str) -> RegistrarError:
    """The exception for an error code. `message` is the registrar's, already without secrets."""
    row = CODES.get(code)
    text = str(code)
    if row is None:
        return OutcomeUnknown(message, code=text, reason="undocumented")
    if row.error is NotSupported:
        return NotSupported(action, message, code=text, reason=row.reason)
    if row.error is InvalidRequest:
        return InvalidRequest(message, field=row.field, code=text, reason=row.reason)
    if row.error is RateLimited:
        return RateLimited(message, after=row.after, code=text, reason=row.reason)
    return row.error(message, code=text, reason=row.reason)
