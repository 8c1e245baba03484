"""Every code of manual 10.1.1, row by row."""

from __future__ import annotations

import pytest

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
    Verdict,
)
from registrar.mrdomain.errors import CODES, error_for

EXPECTED = {
    1: (OutcomeUnknown, "undefined"),
    100: (InvalidRequest, "syntax"),
    101: (InvalidRequest, "missing_parameter"),
    102: (NotSupported, "unknown_action"),
    103: (PermissionDenied, "action_not_allowed"),
    104: (NotSupported, "not_implemented"),
    105: (InvalidRequest, "invalid_parameter"),
    200: (AuthenticationFailed, "credentials"),
    201: (AuthenticationFailed, "credentials"),
    210: (AuthenticationFailed, "session"),
    300: (Refused, "action_not_allowed"),
    1000: (RateLimited, "blocked"),
    1001: (AuthenticationFailed, "deleted"),
    1002: (AuthenticationFailed, "inactive"),
    1003: (AuthenticationFailed, "credentials"),
    1004: (AuthenticationFailed, "credentials"),
    1005: (AuthenticationFailed, "credentials"),
    1006: (RateLimited, "blocked"),
    1007: (PermissionDenied, "filtered"),
    1009: (AuthenticationFailed, "credentials"),
    1010: (RateLimited, "blocked"),
    1011: (RateLimited, "blocked"),
    1012: (RateLimited, "blocked"),
    1013: (RateLimited, "blocked"),
    1014: (PermissionDenied, "filtered"),
    1030: (AuthenticationFailed, "banned"),
    1100: (InsufficientFunds, "balance"),
    2001: (InvalidRequest, "invalid_name"),
    2002: (Refused, "unsupported_tld"),
    2003: (RateLimited, "maintenance"),
    2004: (Refused, "check_failed"),
    2005: (Refused, "transfer_not_allowed"),
    2006: (Refused, "whois_not_allowed"),
    2007: (Refused, "whois_failed"),
    2008: (NotFound, "domain"),
    2009: (Refused, "create_failed"),
    2010: (AlreadyExists, "taken"),
    2011: (Refused, "premium"),
    2012: (Refused, "transfer_failed"),
    2100: (Conflict, "renew_failed"),
    2101: (Conflict, "renew_not_allowed"),
    2102: (Conflict, "renew_blocked"),
    2200: (Conflict, "update_failed"),
    2201: (Refused, "update_not_allowed"),
    2202: (Conflict, "locked"),
    2210: (Conflict, "owner_unverified"),
    3001: (NotFound, "contact"),
    3002: (InvalidRequest, "contact_data"),
    3003: (Conflict, "contact_unverified"),
    3500: (NotFound, "user"),
    3501: (Conflict, "create_failed"),
    3502: (Conflict, "update_failed"),
    4001: (NotFound, "service"),
    4002: (NotFound, "service_entity"),
    4003: (Refused, "limit_reached"),
    4004: (Conflict, "create_failed"),
    4005: (Conflict, "update_failed"),
    4006: (Conflict, "delete_failed"),
    4007: (Conflict, "create_failed"),
    4008: (Conflict, "upgrade_failed"),
    4009: (Conflict, "renew_failed"),
    4010: (Conflict, "update_failed"),
    5000: (Conflict, "certificate_failed"),
    5001: (NotFound, "certificate"),
    10001: (Refused, "website_failed"),
}


@pytest.mark.parametrize(("code", "row"), EXPECTED.items())
def test_code_becomes_its_class_and_reason(code, row):
    error = error_for(code, "their words", action="domain/create")

    assert (type(error), error.reason) == row
    assert (error.code, error.message) == (str(code), "their words")


def test_table_holds_exactly_the_manuals_codes():
    assert CODES.keys() == EXPECTED.keys()


@pytest.mark.parametrize("code", [-1, 2, 99, 999, 2013, 9999, 10002])
def test_undocumented_code_leaves_the_outcome_unknown(code):
    error = error_for(code, "", action="domain/renew")

    assert type(error) is OutcomeUnknown
    assert error.verdict is Verdict.UNKNOWN
    assert error.reason == "undocumented"


@pytest.mark.parametrize("code", [code for code in EXPECTED if code != 1])
def test_documented_code_says_that_nothing_was_executed(code):
    assert error_for(code, "", action="domain/renew").verdict is Verdict.NOT_EXECUTED


@pytest.mark.parametrize("code", [1000, 1006, 1010, 1011, 1012, 1013, 2003])
def test_block_and_maintenance_are_over_after_ten_minutes(code):
    error = error_for(code, "", action="domain/create")

    assert isinstance(error, RateLimited)
    assert error.after == 600


@pytest.mark.parametrize(("code", "field"), [(2001, "name"), (3002, "contact"), (101, "")])
def test_invalid_request_names_the_neutral_field(code, field):
    error = error_for(code, "", action="domain/create")

    assert isinstance(error, InvalidRequest)
    assert error.field == field


def test_unsupported_action_is_named():
    error = error_for(104, "", action="service/maillist")

    assert isinstance(error, NotSupported)
    assert error.capability == "service/maillist"
