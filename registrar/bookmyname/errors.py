"""Their retcode and retval, function by function, in our error tree.

retcode 1 is success, 0 means an absent object, -1 an error whose number is retval. A pair that is not in the table
means OutcomeUnknown: never a success, never a proof that nothing happened. The manual leaves some pairs blank or
open; their rows are assumptions, each with its name in QUIRKS.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from registrar.bookmyname.codec import Fault
from registrar.errors import (
    AlreadyExists,
    AuthenticationFailed,
    Conflict,
    InvalidRequest,
    NotFound,
    NotSupported,
    OutcomeUnknown,
    Refused,
    RegistrarError,
)


@dataclass(frozen=True, slots=True)
class Row:
    """What one pair means. `field` is the neutral field of an InvalidRequest."""

    error: type[RegistrarError]
    reason: str
    field: str = ""


_LOGIN = Row(AuthenticationFailed, "credentials")
_NO_CONTACT = Row(NotFound, "contact")
_NO_DOMAIN = Row(NotFound, "domain")
_NO_HOST = Row(NotFound, "host")
_NO_NAME = Row(InvalidRequest, "invalid_name", "name")
_SYNTAX = Row(InvalidRequest, "syntax", "contact")
_INCOMPLETE_CONTACT = Row(InvalidRequest, "missing_field", "contact")
_INCOMPLETE = Row(InvalidRequest, "missing_field")
_BAD_CONTACT = Row(InvalidRequest, "contact_unusable", "contact")
_BAD_SERVERS = Row(InvalidRequest, "nameservers", "nameservers")
_NOT_MANAGED = Row(Refused, "unsupported_tld")
# Said of one object, not of the account: it must not stop everything else.
_NO_RIGHT = Row(Refused, "access_denied")
# Blank in the manual, right above its list of the states that forbid the function (assumption "blank-is-denied").
_DENIED = Row(Conflict, "denied")

_ERRORS: Mapping[str, Mapping[int, Row]] = {
    "contact_create": {
        -1: _LOGIN,
        # No handle could be made for it, which may mean that there is one: to be looked at before it is a failure.
        -2: Row(Conflict, "create_failed"),
        -3: _SYNTAX,
        -4: _INCOMPLETE_CONTACT,
    },
    "contact_update": {
        -1: _LOGIN,
        -2: _NO_RIGHT,
        -3: Row(Conflict, "inactive"),
        -4: _SYNTAX,
        -5: _INCOMPLETE_CONTACT,
    },
    "contact_delete": {-1: _LOGIN, -2: _NO_RIGHT, -3: Row(Conflict, "in_use")},
    "contact_info": {-1: _LOGIN},
    "contact_list": {-1: _LOGIN},
    "domain_check": {
        -1: _LOGIN,
        -2: Row(AlreadyExists, "taken"),
        -3: _NOT_MANAGED,
        -4: Row(AlreadyExists, "taken"),
        -5: _NO_NAME,
    },
    "domain_multicheck": {-1: _LOGIN, -2: _NO_NAME},
    "domain_create": {
        -1: _LOGIN,
        -2: Row(AlreadyExists, "taken"),
        -3: _INCOMPLETE,
        -4: _BAD_CONTACT,
        -5: _NO_NAME,
        -6: Row(InvalidRequest, "tld_fields", "extra"),
        -7: _BAD_SERVERS,
    },
    "domain_renew": {-1: _LOGIN, -2: _DENIED, -3: Row(InvalidRequest, "period", "years"), -4: _NO_NAME},
    "domain_update": {
        -1: _LOGIN,
        -2: _DENIED,
        -3: _INCOMPLETE,
        -4: _BAD_CONTACT,
        -5: _NO_NAME,
        -6: _BAD_SERVERS,
        -7: _BAD_SERVERS,
    },
    "domain_delete": {-1: _LOGIN, -2: _DENIED, -3: Row(Conflict, "delete_running"), -4: _NO_NAME},
    # Their database holds the name, for somebody else: in our account it is not.
    "domain_info": {-1: _LOGIN, -2: Row(NotFound, "not_ours"), -3: _NO_NAME},
    "domain_list": {-1: _LOGIN},
    "domain_transfer": {
        -1: _LOGIN,
        -2: Row(Conflict, "pending"),
        -3: Row(Conflict, "locked"),
        -4: Row(Refused, "whois_failed"),
        # "login_id error" is all that is said; a wrong log-in has -1 (assumption "login-id-of-one-name"). This one
        # and the next may be about a name that is in the account already, so it has to be looked for.
        -5: Row(Conflict, "login_id"),
        -6: Row(Conflict, "access_denied"),
        -7: _NOT_MANAGED,
        -8: Row(Refused, "too_young"),
        -9: Row(InvalidRequest, "auth_code", "auth_code"),
        -10: Row(InvalidRequest, "owner_needed", "owner"),
    },
    # No table exists for these (assumption "undescribed-functions").
    "host_create": {-1: _LOGIN},
    "host_update": {-1: _LOGIN},
    "host_delete": {-1: _LOGIN},
    "api_status": {-1: _LOGIN},
    "api_paysid": {-1: _LOGIN},
    "api_regionid": {-1: _LOGIN},
}

# 0/0 for the functions whose table has it; of contact_create the meaning is unclear, so it is not here.
_ABSENT: Mapping[str, Row] = {
    "contact_update": _NO_CONTACT,
    "contact_delete": _NO_CONTACT,
    "contact_info": _NO_CONTACT,
    "domain_renew": _NO_DOMAIN,
    "domain_update": _NO_DOMAIN,
    "domain_delete": _NO_DOMAIN,
    "domain_info": _NO_DOMAIN,
    "host_update": _NO_HOST,
    "host_delete": _NO_HOST,
    "api_status": Row(NotFound, "operation"),
}

# (function, retcode, retval) -> what it means.
CODES: Mapping[tuple[str, int, int], Row] = MappingProxyType(
    {(function, -1, value): row for function, rows in _ERRORS.items() for value, row in rows.items()}
    | {(function, 0, 0): row for function, row in _ABSENT.items()}
)

# 0/0 here says that there is nothing to list: contact_list by the manual, the others by analogy ("empty-list").
EMPTY = frozenset({"contact_list", "domain_list", "domain_multicheck"})

_NO_FUNCTION = re.compile(r"function\b.*\bdoes(?:n't| not) exist", re.IGNORECASE | re.DOTALL)


def error_for(function: str, retcode: int, retval: int) -> RegistrarError:
    """The exception for a retcode that is not 1."""
    row = CODES.get((function, retcode, retval))
    code = f"{retcode}/{retval}"
    if row is None:
        return OutcomeUnknown(f"{function} answered {code}", code=code, reason="undocumented")
    message = f"{function} answered {code}: {row.reason}"
    if row.error is InvalidRequest:
        return InvalidRequest(message, field=row.field, code=code, reason=row.reason)
    return row.error(message, code=code, reason=row.reason)


def error_for_fault(function: str, fault: Fault) -> RegistrarError:
    """The exception for a fault, its words already without secrets.

    Faults are not documented: only one that says that there is no such function proves that nothing happened.
    """
    if _NO_FUNCTION.search(fault.text):
        return NotSupported(function, fault.text, code=fault.code, reason="unknown_action")
    return OutcomeUnknown(fault.text, code=fault.code, reason="fault")
